"""What a sentence says of an annex that it refers to: its title right behind the number, or money, or people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from docgen.patterns import regex
from docgen.rules.annex_titles import bare
from docgen.rules.annexes import Reference, lead

_BEHIND: Final = regex(r"[\s\u3000]*[“《（(：:]?([^，。；、）)》”：:\n]{4,40})")
_CLAUSE: Final = regex(r"[，,。；;（(：:]")
_SENTENCE: Final = regex(r"[。；;\n]")
_EMPTY: Final = regex(
    r"[\s\u3000]*(?:具体|详细)?(?:内容|情况|明细|清单|标准|要求)?(?:详)?见(?:本合同|本协议)?[\s\u3000]*"
)
# A subject as sentences speak of it, and as the title of the annex that holds it does.
_SUBJECTS: Final = (
    (
        "费用",
        regex(r"(?:费用?|经费|价款|单价|价格|预算)[^，。；]{0,4}(?:明细|标准|构成|组成|测算|清单)|(?:总额|总价|价款|费用|经费)[^。；]*明细"),
        regex(r"报价|价格|预算|费用|经费|价款|测算|收费"),
    ),
    (
        "人员",
        regex(r"(?:人员|成员|小组|团队)[^，。；]{0,4}(?:组成|名单|构成|分工|职责)"),
        regex(r"名单|花名册|(?:人员|成员|小组|团队)(?:组成|构成|一览|表)"),
    ),
)  # fmt: skip


def meant_by_subject(text: str, reference: Reference, titles: Mapping[int, str]) -> tuple[int, str] | None:
    """The annex that a reference must mean, and by which words; None where it means its own, or nobody can tell."""
    named = _named_behind(text, reference, titles) or _named_before(text, reference, titles)
    if named is not None:
        return named
    said = _said(text, reference)
    for subject, spoken, title in _SUBJECTS:
        holders = [number for number, words in titles.items() if title.search(words)]
        if spoken.search(said) and len(holders) == 1 and holders[0] != reference.number:
            return holders[0], subject
    return None


def _named_behind(text: str, reference: Reference, titles: Mapping[int, str]) -> tuple[int, str] | None:
    """The annex whose title stands right behind the number, where it is another one's."""
    match = _BEHIND.match(text, reference.end)
    words = re.sub(r"[\s\u3000]", "", match[1]) if match else ""
    own = bare(titles.get(reference.number, ""))
    if not words or not own or words[:4] in own or own[:4] in words:
        return None
    found = [number for number, title in titles.items() if _is_title(words, bare(title))]
    return (found[0], words) if len(found) == 1 and found[0] != reference.number else None


def _named_before(text: str, reference: Reference, titles: Mapping[int, str]) -> tuple[int, str] | None:
    """The annex whose title ends with the words of the clause: 服务方案见附件1."""
    words = _SEE.sub("", re.sub(r"[\s\u3000]", "", _CLAUSE.split(lead(text, reference.start))[-1]))
    own = bare(titles.get(reference.number, ""))
    if len(words) < _LEAST or not own or words in own or own.endswith(words[-2:]):
        return None  # 工作方案 is what every 方案 may be called
    found = [number for number, title in titles.items() if bare(title).endswith(words)]
    return (found[0], words) if len(found) == 1 and found[0] != reference.number else None


_SEE: Final = regex(r"(?:的?(?:具体)?(?:内容|情况|要求))?(?:详见|参见|见|按照?|依照|如)(?:本合同|本协议)?$")


def _is_title(words: str, title: str) -> bool:
    """Whether words are the title of an annex, or what it ends with."""
    return len(title) >= _LEAST and (words.startswith(title) or (title.endswith(words) and len(words) * 2 > len(title)))


_LEAST: Final = 4


def _said(text: str, reference: Reference) -> str:
    """The clause that a reference stands in, its rest included, and the sentence before where it says nothing."""
    before = _CLAUSE.split(lead(text, reference.start))[-1]
    if _EMPTY.fullmatch(before):
        before = _SENTENCE.split(lead(text, reference.start))[-1]
    return before + _CLAUSE.split(text[reference.end : reference.end + 12])[0]
