"""Defined terms: one name for one thing, as 以下简称 says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.facts import Facts
from docgen.rules.name_search import squeezed
from docgen.rules.rule import inside, place_in, rule

_DEFINED: Final = regex(
    r"([^，。；：、:;,\n（(）)“”]{4,40})[”》]?\s{0,8}+(?:[（(，,]\s{0,8}+)?(?:以下|下称|后称|下文)(?:均|统|合|简)*称?(?:为|作)?\s*[：:]?\s*[“‘\"「《]?([^“”‘’\"「」《》（）()，。；、\s]{2,14})[”’\"」》]?\s*[）)，。；]"
)
_SHORT: Final = regex(r"(?:以下|下|后|下文)(?:均|统|合|简)?称(?:为|作)?")
_ORGANISATION: Final = regex(
    r"(?:公司|集团|[局院厅委部会所站处校社]|中心|大学|医院|银行|事务所|协会|学会|工厂|管委会)$"
)
_ROLES: Final = frozenset(["甲方", "乙方", "丙方", "丁方"])
_TOO_COMMON: Final = 4


@dataclass(frozen=True, slots=True)
class _Term:
    """A defined term: what it stands for, and where it is defined."""

    thing: str
    term: str
    block: Block
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Clash:
    """A second definition that does not go with the first."""

    first: _Term
    second: _Term
    message: str


@rule("W113", "简称前后不一", on=Reading)
def defined_terms(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 同一个简称指两家单位，或者同一家单位有两个简称，责任就落不到人。

    错误:
        示例市应急管理局（以下简称“甲方”）与示例咨询有限公司（以下简称“乙方”）签订本协议。
        示例咨询有限公司（以下简称“甲方”）保证上述内容真实。
    正确:
        示例市应急管理局（以下简称“甲方”）与示例咨询有限公司（以下简称“乙方”）签订本协议。
        示例市应急管理局专项评估项目（以下简称“本项目”）由乙方承担。
    """
    terms = list(_terms(reading))
    for clash in _clashes(terms):
        yield inside(
            reading,
            clash.second.block,
            (clash.second.start, clash.second.end),
            clash.message,
            severity=Severity.WARNING,
            related=(place_in(reading, clash.first.block, (clash.first.start, clash.first.end)),),
            hint="请核对简称，全文用同一个。",
        )
    yield from _misspelt(reading, terms)


def _terms(reading: Reading) -> Iterator[_Term]:
    """What a document defines for organisations."""
    for block in reading.blocks:
        if "称" not in block.text or not _SHORT.search(block.text):
            continue
        for match in _DEFINED.finditer(block.text):
            thing = re.split(r"[与和由]|依据|根据|确定", squeezed(match[1]))[-1]
            if _ORGANISATION.search(thing) and match[2] != thing:
                yield _Term(thing, match[2], block, match.start(2), match.end(2))


def _clashes(terms: list[_Term]) -> Iterator[_Clash]:
    """Each second definition that clashes with an earlier one; a second role beside a short name is none."""
    for number, second in enumerate(terms):
        for first in terms[:number]:
            same_thing = first.thing in second.thing or second.thing in first.thing
            if first.term == second.term and not same_thing:
                yield _Clash(first, second, f"“{second.term}”前面指“{first.thing}”，这里指“{second.thing}”。")
            elif first.thing == second.thing and {first.term, second.term} <= _ROLES and first.term != second.term:
                yield _Clash(first, second, f"“{first.thing}”前面简称“{first.term}”，这里简称“{second.term}”。")


def _misspelt(reading: Reading, terms: list[_Term]) -> Iterator[Finding]:
    """Short names of organisations with one character changed: 示例咨询 and 示例资询."""
    for term in {term.term: term for term in terms if len(term.term) >= _TOO_COMMON}.values():
        shapes = "|".join(
            re.escape(term.term[:at]) + "[\u4e00-\u9fff]" + re.escape(term.term[at + 1 :])
            for at in range(1, len(term.term) - 1)
        )
        uses = sum(block.text.count(term.term) for block in reading.blocks)
        odd = [(block, m) for block in reading.blocks for m in re.finditer(shapes, block.text) if m[0] != term.term]
        if uses >= len(odd) * 2:
            for block, match in odd:
                message = f"“{match[0]}”与简称“{term.term}”只差一个字。"
                related = (place_in(reading, term.block, (term.start, term.end)),)
                yield inside(
                    reading, block, match.span(), message,
                    severity=Severity.WARNING, expected=term.term, related=related, hint="请核对是不是同一家单位。",
                )  # fmt: skip
