"""Amounts in documents: figures against 大写, the spelling of 大写, and the contract's total wherever it is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from docgen.amounts.find import Found, find_amounts, pairs
from docgen.amounts.read import Standing, read_amount
from docgen.amounts.write import write_amount
from docgen.findings import Finding, Place, Severity
from docgen.reading.document import Block, Reading
from docgen.rules.facts import Facts
from docgen.rules.phrases import yuan
from docgen.rules.rule import inside, place_in, rule

# The total of this contract, said in so many words; between the words and the figure nothing but what belongs to it.
_TOTAL_WORDS: Final = r"(?:合同|协议|项目)(?:经费)?(?:总价款?|总金额|总额|总价|价款总额|金额)|委托项目经费总金额"
_LEAD_IN: Final = (
    r"(?:[（(](?:含税|大写|小写|人民币)[）)]|[\s：:]|为|是|即|共计|总计|合计|人民币|大写|小写|RMB|CNY|[￥¥])*"
)
_TOTAL: Final = re.compile(rf"({_TOTAL_WORDS}){_LEAD_IN}")

# Another contract's total, or a figure that only depends on it.
_OTHER_TOTAL: Final = re.compile(
    r"(?:原|主|上年度?|去年|上一?期|前期|变更[前后]|调整[前后]|补充|其他|该|每份|单个|类似|同类|业绩)[^，。；]{0,6}$"
)


@rule("M101", "大写与小写不一致", on=Reading)
def words_differ_from_figures(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 同一笔金额的大写和小写不同，付款依据就有争议。

    错误: 合同总价为10000.00元（大写：壹仟元整）
    正确: 合同总价为10000.00元（大写：壹万元整）
    """
    for block in reading.blocks:
        for figures, words in pairs(block.text):
            if figures.value is None or words.value is None or figures.value == words.value:
                continue
            message = f"小写是 {yuan(figures.value)}，大写是“{words.text}”（{yuan(words.value)}），两者不是同一笔金额。"
            yield inside(
                reading,
                block,
                (words.start, words.end),
                message,
                expected=write_amount(figures.value),
                related=(place_in(reading, block, (figures.start, figures.end)),),
                hint="请核对哪一个写错；以小写为准时，大写应如“应为”所示。",
            )


@rule("M102", "大写金额写法不规范或无法读出", on=Reading)
def irregular_words(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 大写金额写法不规范容易被改动；读不出数目的大写等于没有写。

    错误: 合同总价为1040000元（大写：壹佰零肆万元）
    正确: 合同总价为1040000元（大写：壹佰零肆万元整）
    """
    for block in reading.blocks:
        for found in find_amounts(block.text):
            if found.kind != "words" or found.standing not in {Standing.IRREGULAR, Standing.UNREADABLE}:
                continue
            span = (found.start, found.end)
            reading_of = read_amount(found.text)
            reason = f"：{reading_of.reason}" if reading_of.reason else ""
            if found.standing is Standing.UNREADABLE:
                message = f"大写“{found.text}”读不出数目{reason}。"
                yield inside(reading, block, span, message, hint="请按小写重新写出大写。")
            else:
                message = f"大写“{found.text}”写法不规范{reason}。"
                right = reading_of.canonical
                yield inside(reading, block, span, message, severity=Severity.NOTE, expected=right)


@rule("M103", "合同总价前后不一致", on=Reading)
def totals_agree(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 合同总价在几处写明，处处都必须相同。

    错误:
        合同总价为1040000元。
        乙方确认合同总价：1,400,000.00元。
    正确:
        合同总价为1040000元。
        乙方确认合同总价：104万元；原合同总价为900000元。
    """
    stated = list(_stated_totals(reading))
    if not stated:
        return
    first = stated[0]
    right = first.value if facts.total is None else facts.total
    for total in stated:
        if total.value == right:
            continue
        before = f"前面写的是 {yuan(right)}" if facts.total is None else f"合同总价是 {yuan(right)}"
        message = f"这里的{total.words}是 {yuan(total.value)}，{before}。"
        related = (first.place,) if facts.total is None else ()
        yield inside(reading, total.block, total.span, message, expected=yuan(right), related=related)


@dataclass(frozen=True, slots=True)
class _Stated:
    """One place where a document states the contract's total."""

    words: str
    value: Decimal
    block: Block
    span: tuple[int, int]
    place: Place


def _stated_totals(reading: Reading) -> Iterator[_Stated]:
    for block in reading.blocks:
        matches = [m for m in _TOTAL.finditer(block.text) if not _OTHER_TOTAL.search(block.text[: m.start()])]
        amounts = find_amounts(block.text) if matches else []
        for match in matches:
            found = _amount_at(amounts, match)
            if found is not None and found.value is not None:
                span = (found.start, found.end)
                yield _Stated(match[1], found.value, block, span, place_in(reading, block, span))


def _amount_at(amounts: list[Found], match: re.Match[str]) -> Found | None:
    """The amount that follows a lead-in at once; the lead-in may have taken the amount's own sign or prefix."""
    near = (found for found in amounts if match.end(1) <= found.start <= match.end() < found.end)
    return next(near, None)
