"""Rents of a lease: what a month costs, and what a quarter, a year and a deposit of months must be by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from docgen.amounts.find import Found
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.facts import Facts
from docgen.rules.instalments import singly
from docgen.rules.numerals import numeral
from docgen.rules.phrases import apart, yuan
from docgen.rules.rule import inside, place_in, rule

_FILL: Final = r"(?:金额|总额|总计|合计|共计|即|为|计|是|共|人民币|大写|小写|[￥¥：:，,\s（(])*\Z"
_RENT: Final = regex(rf"(?<![第首次个免])每?(?P<per>月|季度?|半年|年)租金{_FILL}")
_DEPOSIT: Final = regex(rf"(?:押金|保证金)[^，。；0-9]{{0,6}}(?P<months>[一二两三四五六1-6])个月的?租金{_FILL}")
# Where another rent is honest: raised, remitted, of another year or place.
_OTHER: Final = regex(
    r"递增|递减|上浮|下浮|增长|增加|调整|上调|免租|免除|优惠|折扣|原租金|第[一二三四五六七八九十1-9]|首年|次年|起租|不含|含税|商铺|车位"
)
_MONTHS: Final = {"月": 1, "季": 3, "季度": 3, "半年": 6, "年": 12}


@dataclass(frozen=True, slots=True)
class _Rent:
    """One rent that is stated: for how many months, and the amount."""

    months: int
    block: Block
    amount: Found

    @property
    def value(self) -> Decimal:
        return self.amount.value or Decimal(0)


@rule("M131", "租金的月、季、年数额不符", on=Reading)
def rents_agree(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 月租金写明了，季度租金、年租金和按月数计的押金就都定了；有一个对不上，必有一个写错。

    错误: 月租金18000元，年租金261000元，押金为两个月租金，计36000元。
    正确: 月租金18000元，年租金216000元，押金为两个月租金，计36000元；第二年租金每年递增5%，年租金226800元。
    """
    rents = list(_rents(reading))
    monthly = {rent.value for rent in rents if rent.months == 1}
    if len(monthly) != 1:
        return
    (month,) = monthly
    base = next(rent for rent in rents if rent.months == 1)
    for rent in rents:
        right = month * rent.months
        if abs(rent.value - right) < rent.months:
            continue
        message = f"按月租金 {yuan(month)}，{rent.months} 个月是 {yuan(right)}，这里写的是 {yuan(rent.value)}"
        related = (place_in(reading, base.block, (base.amount.start, base.amount.end)),)
        yield inside(
            reading, rent.block, (rent.amount.start, rent.amount.end), f"{message}，{apart(rent.value, right)}。",
            severity=Severity.WARNING, expected=yuan(right), related=related,
            hint="请核对月租金和这一处；另有免租、递增等约定的，请写明。",
        )  # fmt: skip


def _rents(reading: Reading) -> Iterator[_Rent]:
    """The rents that a document states, each sentence that speaks of a change left out."""
    for block in reading.blocks:
        if "租金" not in block.text:
            continue
        for found in singly(block.text):
            sentence = max(block.text.rfind(sign, 0, found.start) for sign in "。；;\n")
            lead = block.text[sentence + 1 : found.start]
            match = _RENT.search(lead) or _DEPOSIT.search(lead)
            if match is None or not found.value or _OTHER.search(lead):
                continue
            named = match.groupdict()
            months = _MONTHS[named["per"]] if "per" in named else _count(named["months"])
            yield _Rent(months, block, found)


def _count(text: str) -> int:
    return 2 if text == "两" else numeral(text) or 1
