"""Amounts in documents: figures against 大写, the spelling of 大写, and the contract's total wherever it is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from docgen.amounts.figures import format_figures
from docgen.amounts.find import Found, find_amounts, pairs
from docgen.amounts.spelling import Standing
from docgen.amounts.write import write_amount
from docgen.findings import Finding, Place, Severity
from docgen.reading.document import Block, Reading
from docgen.rules.facts import Facts
from docgen.rules.phrases import yuan
from docgen.rules.rule import inside, place_in, rule

# The total of this contract, said in so many words; between the words and the figure nothing but what belongs to it.
_TOTAL_WORDS: Final = r"(?:合同|协议)(?:含税)?(?:总价款?|总金额|总额|价款总额|价款|金额)|项目经费总金额"
_LEAD_IN: Final = (
    r"(?:[（(](?:含税|大写|小写|人民币)[）)]|[\s：:]|为|是|即|共计|总计|合计|人民币|大写|小写|RMB|CNY|[￥¥])*"
)
_TOTAL: Final = re.compile(rf"({_TOTAL_WORDS}){_LEAD_IN}")

# Another contract's total, one of several, or a threshold.
_OTHER_TOTAL: Final = re.compile(
    r"(?:上年度?|去年|上一?期|前期|变更[前后]|调整[前后]|补充|其他|类似|同类|业绩|已签|[每单各][份个项]).{0,6}$|[原主该某]$"
)
_THRESHOLD: Final = re.compile(r"[\s）)]*(?:[（(]含[）)])?(?:及?以[上下内]|左右|[、~～—至])")


@lru_cache(maxsize=4096)
def amounts_in(text: str) -> tuple[Found, ...]:
    """The amounts of a paragraph; several rules ask for the same one."""
    return tuple(find_amounts(text))


def pairs_in(text: str) -> list[tuple[Found, Found]]:
    """The pairs of figures and words of a paragraph."""
    return pairs(text, amounts_in(text))


def _disagree(figures: Found, words: Found) -> bool:
    return figures.value is not None and words.value is not None and figures.value != words.value


@rule("M101", "大写与小写不一致", on=Reading)
def words_differ_from_figures(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 同一笔金额的大写和小写不同，付款依据就有争议。

    错误: 合同总价为10000.00元（大写：壹仟元整）
    正确: 合同总价为10000.00元（大写：壹万元整）
    """
    for block in reading.blocks:
        for figures, words in pairs_in(block.text):
            if _disagree(figures, words):
                yield _disagreement(reading, block, figures, words, total=facts.total)


def _disagreement(reading: Reading, block: Block, figures: Found, words: Found, *, total: Decimal | None) -> Finding:
    """The finding about a pair: at the figures where the words say the contract's total, else at the words."""
    by_figures, by_words = figures.value or Decimal(0), words.value or Decimal(0)
    message = f"小写是 {yuan(by_figures)}，大写是“{words.text}”（{yuan(by_words)}），两者不是同一笔金额。"
    if by_words == total:
        wrong, other, expected = figures, words, format_figures(by_words)
        hint = "大写与合同总价相符：请改小写。"
    else:
        wrong, other, expected = words, figures, write_amount(by_figures)
        hint = (
            "与合同总价核对：大写与小写哪一个写错，就改哪一个。" if total is None else "请核对；小写无误的，请改大写。"
        )
    severity = Severity.ERROR
    if _may_be_wan(figures, words):
        severity, hint = Severity.WARNING, "大写是小写的一万倍：如果小写的单位是万元，请在数字后面写明。"
    span, related = (wrong.start, wrong.end), (place_in(reading, block, (other.start, other.end)),)
    return inside(reading, block, span, message, severity=severity, expected=expected, related=related, hint=hint)


def _may_be_wan(figures: Found, words: Found) -> bool:
    """Whether the figures, bare of any unit, agree when they are read in 万元, as a table's header may say."""
    bare = not re.search(r"[元圆￥¥]", figures.text)
    return bare and figures.value is not None and figures.value * 10000 == words.value


@rule("M102", "大写金额写法不规范或无法读出", on=Reading)
def irregular_words(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 大写金额写法不规范容易被改动；读不出数目的大写等于没有写。

    错误: 合同总价为1040000元（大写：壹佰零肆万元）
    正确: 合同总价为1040000元（大写：壹佰零肆万元整）
    """
    for block in reading.blocks:
        for found in amounts_in(block.text):
            if found.kind != "words" or found.standing not in {Standing.IRREGULAR, Standing.UNREADABLE}:
                continue
            span, reason = (found.start, found.end), f"：{found.reason.rstrip('。')}" if found.reason else ""
            if found.value is None:
                message = f"大写“{found.text}”读不出数目{reason}。"
                yield inside(reading, block, span, message, hint="请按小写重新写出大写。")
            else:
                message = f"大写“{found.text}”写法不规范{reason}。"
                yield inside(reading, block, span, message, severity=Severity.NOTE, expected=found.canonical)


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
        known = facts.total is not None
        message = f"这里的{total.words}是 {yuan(total.value)}，{'合同总价' if known else '前面写的'}是 {yuan(right)}。"
        yield inside(
            reading,
            total.block,
            total.span,
            message,
            severity=Severity.ERROR if known else Severity.WARNING,
            expected=yuan(right),
            related=() if known else (first.place,),
            hint="请核对；说的不是本合同总价的，请写明是哪一笔金额。",
        )


@dataclass(frozen=True, slots=True)
class _Stated:
    """One place where a document states the contract's total."""

    words: str
    value: Decimal
    block: Block
    span: tuple[int, int]
    place: Place


def _stated_totals(reading: Reading) -> Iterator[_Stated]:
    """Every statement of the total but those that M101 tells: figures that differ from their own words."""
    for block in reading.blocks:
        for match in _TOTAL.finditer(block.text):
            if _OTHER_TOTAL.search(block.text[: match.start()]):
                continue
            found = _amount_at(block.text, match)
            if found is not None and found.value is not None:
                span = (found.start, found.end)
                yield _Stated(match[1], found.value, block, span, place_in(reading, block, span))


def _amount_at(text: str, match: re.Match[str]) -> Found | None:
    """The amount that follows a lead-in at once; the lead-in may have taken the amount's own sign or prefix."""
    near = (found for found in amounts_in(text) if match.end(1) <= found.start <= match.end() < found.end)
    found = next(near, None)
    if found is None or _THRESHOLD.match(text, found.end):
        return None
    return None if any(found in pair and _disagree(*pair) for pair in pairs_in(text)) else found
