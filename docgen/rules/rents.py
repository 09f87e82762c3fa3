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
from docgen.reading.whole import blocks_with
from docgen.rules.facts import Facts
from docgen.rules.instalments import singly
from docgen.rules.numerals import figure_of, how_many
from docgen.rules.once import once_per_reading
from docgen.rules.phrases import apart, plain, yuan
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip

_FILL: Final = r"(?:金额|总额|总计|合计|共计|即|为|计|是|共|人民币|大写|小写|[￥¥：:，,\s（(])*\Z"
_FEE: Final = r"(?P<fee>租金|物业(?:管理|服务)?费)(?:标准)?"
_RENT: Final = regex(rf"(?<![第首次个免一二两三四五六七八九十0-9半])[每全]?(?P<per>月|季度?|半年|年)度?{_FEE}{_FILL}")
_PER: Final = regex(rf"{_FEE}[，,]?(?:按|为|是|[:：])?[每全](?P<per>月|季度?|半年|年){_FILL}")
_DEPOSIT: Final = regex(rf"(?:押金|保证金)[^，。；0-9]{{0,6}}(?P<months>[一二两三四五六1-6])个月的?租金{_FILL}")
# 租金总额, 三年租金合计, 总租金; the rent of one part or one time is none: A座租金合计, 首期租金合计.
_WHOLE: Final = regex(
    r"(?:(?<![一-龥A-Za-z0-9])(?P<count>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s*个?(?P<unit>月|年)的?"
    r"|(?<![一-龥A-Za-z0-9])|(?<=合同)|(?<=[赁租]期)|期[限间]?内的?)"
    rf"(?:租金(?:总额|总计|合计|共计|总价)|[总全]租金|全部租金){_FILL}"
)
_TOTALS: Final = regex(r"租金[总合共]|[总全]租金|全部租金|期限?内?的?租金")
_TERM: Final = regex(
    r"(?:租[赁用]期[限间]?|租期)(?:为|共|是|计|[:：\s])*(?P<count>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s*个?(?P<unit>月|年)(?![0-9])"
)
# A month may cost less at first or more later, and then a term is not so many times the first rent.
_UNEVEN: Final = regex(
    r"免租|免收|免除|递增|递减|上浮|下浮|涨|增长|减免|优惠|折|装修期|第[二三四五2-5]年|次年|首年|逐年"
)
# Where another rent is honest: raised, remitted, of another year or place.
_OTHER: Final = regex(
    r"扣除|抵扣|冲抵|减免|实付|实际|另加|加收|递增|递减|上浮|下浮|增长|增加|调整|上调|免租|免除|优惠|折扣|原租金|第[一二三四五六七八九十1-9]|首年|次年|起租|不含|含税|商铺|车位"
)
_SQUARE: Final = r"(?:平方米|平米|㎡|m²)"
_AREA: Final = regex(rf"面积[^0-9，。；;\n]{{0,10}}([0-9][0-9,]*(?:\.[0-9]+)?)\s?{_SQUARE}")
_PRICE: Final = regex(
    rf"每{_SQUARE}每月(?:租金)?(?:[为是:：￥¥]|人民币)*\s?([0-9]+(?:\.[0-9]+)?)\s?元"
    rf"|([0-9]+(?:\.[0-9]+)?)\s?元\s?[/／每·]\s?{_SQUARE}\s?[/／每·.]\s?月"
)
_MONTHS: Final = {"月": 1, "季": 3, "季度": 3, "半年": 6, "年": 12}


@dataclass(frozen=True, slots=True)
class _Rent:
    """One rent or fee that is stated: which, for how many months, and the amount."""

    fee: str
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
    for fee in dict.fromkeys(rent.fee for rent in rents):
        yield from _off(reading, [rent for rent in rents if rent.fee == fee])
    yield from _off_area(reading, [rent for rent in rents if rent.fee == "租金" and rent.months == 1])


def _off_area(reading: Reading, rents: list[_Rent]) -> Iterator[Finding]:
    """The rent of a month that the only area and the only price of a square metre do not make."""
    blocks = blocks_with(reading, "平", "㎡", "m²")
    areas = {figure_of(match[1]) for block in blocks for match in _AREA.finditer(block.text)}
    prices = {match[1] or match[2] for block in blocks for match in _PRICE.finditer(block.text)}
    if len(areas) != 1 or len(prices) != 1 or len({rent.value for rent in rents}) != 1:
        return
    (area,), (price,) = areas, prices
    right = area * Decimal(price)
    rent, rounded = rents[0], area * Decimal(1).scaleb(-len(price.partition(".")[2])) / 2
    off = abs(rent.value - right)
    # The rent may be rounded, and so may the price that it was divided into.
    if off <= 1 or (off <= rounded and not is_slip(rent.value, right)):
        return
    message = f"按 {plain(area)} 平方米、每平方米每月 {price} 元，月租金是 {yuan(right)}，这里写的是 {yuan(rent.value)}"
    yield inside(
        reading, rent.block, (rent.amount.start, rent.amount.end), f"{message}，{apart(rent.value, right)}。",
        severity=Severity.WARNING, expected=yuan(right), hint="请核对面积、单价和月租金。",
    )  # fmt: skip


def _off(reading: Reading, rents: list[_Rent]) -> Iterator[Finding]:
    monthly = {rent.value for rent in rents if rent.months == 1}
    if len(monthly) != 1:
        return
    (month,) = monthly
    base = next(rent for rent in rents if rent.months == 1)
    for rent in rents:
        right = month * rent.months
        if abs(rent.value - right) < rent.months:
            continue
        message = f"按月{base.fee} {yuan(month)}，{rent.months} 个月是 {yuan(right)}，这里写的是 {yuan(rent.value)}"
        related = (place_in(reading, base.block, (base.amount.start, base.amount.end)),)
        yield inside(
            reading, rent.block, (rent.amount.start, rent.amount.end), f"{message}，{apart(rent.value, right)}。",
            severity=Severity.WARNING, expected=yuan(right), related=related,
            hint=f"请核对月{base.fee}和这一处；另有免租、递增等约定的，请写明。",
        )  # fmt: skip


def _rents(reading: Reading) -> Iterator[_Rent]:
    """The rents that a document states, each sentence that speaks of a change left out."""
    for block in reading.blocks:
        if "租金" not in block.text and "物业" not in block.text:
            continue
        term = _term(reading) if _TOTALS.search(block.text) else 0
        for found in singly(block.text):
            sentence = max(block.text.rfind(sign, 0, found.start) for sign in "。；;\n")
            lead = block.text[sentence + 1 : found.start]
            match = _RENT.search(lead) or _PER.search(lead) or _DEPOSIT.search(lead)
            if match is None and term and found.value and (whole := _WHOLE.search(lead)) and not _OTHER.search(lead):
                own = _count(whole["count"]) * _MONTHS[whole["unit"]] if whole["count"] else term
                yield _Rent("租金", own, block, found)
            if match is None or not found.value or _OTHER.search(lead):
                continue
            named = match.groupdict()
            months = _MONTHS[named["per"]] if "per" in named else _count(named["months"])
            yield _Rent("租金" if "租" in named.get("fee", "租金") else "物业费", months, block, found)


@once_per_reading
def _term(reading: Reading) -> int:
    """For how many months a lease runs; 0 where it says several terms or none, or where its rent may change."""
    blocks = blocks_with(reading, "租")
    terms = {(match["count"], match["unit"]) for block in blocks for match in _TERM.finditer(block.text)}
    if len(terms) != 1 or any(_UNEVEN.search(block.text) for block in blocks):
        return 0
    ((count, unit),) = terms
    return _count(count) * _MONTHS[unit]


def _count(text: str) -> int:
    return how_many(text) or 1
