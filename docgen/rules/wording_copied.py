"""Blocks that were copied from another part and still speak of that part's subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Bundle, Reading
from docgen.rules.alike import edits
from docgen.rules.annex_titles import annexes_in
from docgen.rules.facts import Facts
from docgen.rules.name_search import squeezed
from docgen.rules.rule import inside, place_in, rule

_ANNEX: Final = r"\s*[*#]*\s*附\s*[件表录][ \u3000]?([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*"
_HEADING: Final = regex(_ANNEX + r"[：:、.．\s]\s*(\S.{2,40})$")
_BARE: Final = regex(_ANNEX + r"[：:、.．]?\s*$")
# Words of titles that say nothing of the subject.
_COMMON: Final = regex(
    r"年度|工作|方案|项目|评估|评价|服务|业务|管理|监管|协议书?|合同书?|责任书|承诺书|需求书?|报价表?|清单|名单|职责|成员|负责人"
    r"|小组|实施|开展|辅助|协助|计划|附件|应急|安全|技术|要求|标准|报告|专项|委托|及|和|与|的|[0-9０-９]+|局|市|区|县"
)
_LEAST_KEY: Final = 2
_LEAST_BLOCK: Final = 30
_GRAM: Final = 10
_TOO_MANY: Final = 40


_MISSPELT: Final = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """One annex, in a file of its own or under its heading, with the words of its title that tell its subject."""

    reading: Reading
    label: str
    title: str
    blocks: tuple[Block, ...]
    subjects: tuple[str, ...]


@rule("W108", "照抄的段落没有改成本部分的内容", on=Bundle)
def copied_blocks(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 从另一份附件照抄来的段落还写着那一份的事项，这一份的约定就落空了。

    错误:
        附件1：年度绩效评估工作方案
        乙方根据绩效评估工作项目需求分析和过往项目承接经验，组建由管理人员和专职人员共同组成的项目团队。
        附件2：政务公开工作方案
        乙方根据绩效评估工作项目需求分析和过往项目承接经验，组建由管理人员和专职人员共同组成的项目团队。
    正确:
        附件1：年度绩效评估工作方案
        乙方根据绩效评估工作项目需求分析和过往项目承接经验，组建由管理人员和专职人员共同组成的项目团队。
        附件2：政务公开工作方案
        乙方根据政务公开工作项目需求分析和过往项目承接经验，组建由管理人员和专职人员共同组成的项目团队。
    """
    listed = {f"附件{entry.number}": squeezed(entry.title) for entry in annexes_in(bundle).listed}
    parts = [_named(part, listed) for reading in bundle.readings for part in _parts(reading)][:_TOO_MANY]
    for part in parts:
        others = [other for other in parts if other.title != part.title]
        for other in others:
            yield from _left_from(part, other, others)


def _named(part: _Part, listed: Mapping[str, str]) -> _Part:
    """The part with the subjects of its title as the list of annexes spells it, where one of the two is misspelt."""
    title = listed.get(part.label, part.title)
    if title == part.title or edits(title, part.title, _MISSPELT) > _MISSPELT:
        return part
    return replace(part, subjects=(*part.subjects, *_subjects(title)))


def _subjects(title: str) -> tuple[str, ...]:
    return tuple(key for key in _COMMON.split(title) if key and len(key) >= _LEAST_KEY)


def _parts(reading: Reading) -> Iterator[_Part]:
    """The annexes of a document: from heading to heading."""
    starts = [*_headings(reading), (len(reading.blocks), "", "")]
    for (number, label, title), (end, _, _) in pairwise(starts):
        blocks = reading.blocks[number:end]
        if sum(len(block.text) for block in blocks) > _LEAST_BLOCK + len(title):
            yield _Part(reading, label, squeezed(title), blocks, _subjects(squeezed(title)))


def _headings(reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Block number, 附件N and title of each annex; a title may stand on the line below."""
    for number, block in enumerate(reading.blocks):
        if block.cell or block.part != "body" or "附" not in block.text[:8]:
            continue
        if match := _HEADING.match(block.text):
            yield number, f"附件{match[1]}", match[2]
        elif match := _BARE.match(block.text):
            below = (other.text for other in reading.blocks[number + 1 : number + 4] if other.text.strip(" *#\u3000"))
            yield number, f"附件{match[1]}", next(below, "")[:40]


def _left_from(part: _Part, other: _Part, others: list[_Part]) -> Iterator[Finding]:
    """The blocks of a part that stand in the other one too and name the other one's subject, not their own."""
    for subject in other.subjects:
        own = [block for block in part.blocks if subject in block.text]
        if subject in part.title or len(own) != 1 or own[0].text.count(subject) > 1 or len(own[0].text) < _LEAST_BLOCK:
            continue  # named nowhere, or in the part's own right
        twin = next((one for one in other.blocks if subject in one.text and _twins(own[0], one)), None)
        if twin and not _common_text(part, other, others, own[0].text):
            yield _left(part, other, (own[0], twin), subject)


def _common_text(part: _Part, other: _Part, others: list[_Part], text: str) -> bool:
    """Whether a text tells of several parts, its own among them, so that it may stand in each of them."""
    told = {word for one in others if one is not other for word in one.subjects if word not in other.title}
    return any(word in text for word in {*part.subjects, *told})


def _twins(block: Block, other: Block) -> bool:
    """Whether most of one block stands in the other."""
    one, two = squeezed(block.text), squeezed(other.text)
    if min(len(one), len(two)) < _LEAST_BLOCK:
        return False
    grams = {two[at : at + _GRAM] for at in range(len(two) - _GRAM + 1)}
    same = sum(one[at : at + _GRAM] in grams for at in range(len(one) - _GRAM + 1))
    return same >= (len(one) - _GRAM + 1) * 0.6


def _left(part: _Part, other: _Part, twins: tuple[Block, Block], subject: str) -> Finding:
    block, twin = twins
    start, at = block.text.index(subject), twin.text.index(subject)
    return inside(
        part.reading,
        block,
        (start, start + len(subject)),
        f"这一段与{other.label}相同，写的仍是{other.label}的“{subject}”；这里是{part.label}“{part.title}”。",
        severity=Severity.WARNING,
        related=(place_in(other.reading, twin, (at, at + len(subject))),),
        hint="请改成本附件的事项。",
    )
