"""Where a document states the contract's total, what most statements say, and which of them is proved wrong."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Final

from docgen.amounts.find import Found
from docgen.findings import Place
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.amount_pairs import amount_blocks, amounts_in, pairs_in
from docgen.rules.facts import Facts
from docgen.rules.instalments import instalment_groups, paid_in_all
from docgen.rules.once import once_per_reading
from docgen.rules.price_sums import Sum
from docgen.rules.price_tables import sheets
from docgen.rules.rule import place_in
from docgen.rules.tax_in_text import totals_by_tax

# The total of this contract, said in so many words; between the words and the figure nothing but what belongs to it.
_STRICT: Final = (
    r"(?:合同|协议)(?:含税)?(?:总价款?|总金额|总额|价款总额|合计(?:总?金额|价款?)|价款|金额)|项目经费总(?:金)?额"
)
_LOOSE: Final = (
    r"(?:服务费用?|经费|费用|价款|报价)(?:总额|总金额|总计|共计|合计)|(?:最终|投标|响应|成交|中标)(?:总?报价|总?金额|总价)"
    r"|标的(?:总)?(?:金)?额|签约合同价|总价款?|总金额|^总计(?=人民币)"
)
_LEAD_IN: Final = (
    r"(?:[（(](?:不?含税|大写|小写|人民币|(?:抹零|取整)[^（）()0-9]{0,6}|优惠[价后]?|固定总?价|包干价?|暂定价?)[）)]"
    r"|[\s：:]|为|是|即|共计|总计|合计|人民币|大写|小写|RMB|CNY|[￥¥])*(?:[（(](?:即|人民币|[￥¥\s])*(?=[￥¥0-9]))?"
)
_TOTAL: Final = regex(rf"(?P<words>(?P<strict>{_STRICT})|{_LOOSE}){_LEAD_IN}")

# Another contract's total, one of several, or a threshold.
_OTHER_TOTAL: Final = regex(
    r"(?:上年度?|去年|上一?期|前期|变更[前后]|调整[前后]|补充|其他|类似|同类|业绩|已签|[每单各][份个项]|不含税|分包|子项|该项"
    r"|第[一二三四五六七八九十0-9]+[包标项期年]).{0,6}$|[原主该某]$"
)
_BEFORE: Final = 60
_CHANGED: Final = regex(r"(?:修改|变更|调整|更改|改)[为成]|增加(?:至|到|为)|减少(?:至|到|为)")
_THRESHOLD: Final = regex(r"[\s）)]*(?:[（(]含[）)])?(?:及?以[上下内]|左右|[、~～—至])")


@dataclass(frozen=True, slots=True)
class Stated:
    """One place where a document states the contract's total; `strict` where no other total can be meant."""

    words: str
    value: Decimal
    reading: Reading
    block: Block
    span: tuple[int, int]
    strict: bool = True

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_in(self.reading, self.block, self.span)


@once_per_reading
def stated_totals(reading: Reading) -> tuple[Stated, ...]:
    """Every statement of the total but those that a rule on pairs tells: figures that differ from their own words."""
    return (*_stated(reading), *_beside(reading))


def known_total(reading: Reading, facts: Facts) -> Decimal | None:
    """The total of the contract as far as it is known: from its data, else what most statements say.

    A statement that something else in the document proves wrong counts as put right: that is told in its own place.
    """
    return (facts.total if facts.total is not None else _put_right(reading)) or None


@once_per_reading
def _put_right(reading: Reading) -> Decimal | None:
    said = agreed(stated_totals(reading))
    if said is None:
        return None
    by_table = end_of_table(reading)
    return (
        by_table.mark.value
        if by_table is not None and is_proved_wrong(reading, said, by_table)
        else (totals_by_tax(reading).get(said, said))
    )


def is_proved_wrong(reading: Reading, said: Decimal, by_table: Sum) -> bool:
    """Whether the price table and all instalments together say another total than its only statement."""
    once = sum(one.value == said for one in stated_totals(reading)) == 1
    return once and by_table.mark.value != said and by_table.mark.value in paid_in_plans(reading)


def end_of_table(reading: Reading) -> Sum | None:
    """The total of the only price table, where its rows make it."""
    ends = [sheet.sums[-1] for sheet in sheets(reading) if sheet.sums and sheet.sums[-1].added is None]
    return ends[0] if len(ends) == 1 else None


def agreed(stated: Sequence[Stated]) -> Decimal | None:
    """The value that most statements of the total say; None where there is none, or several have as many."""
    counted = Counter(one.value for one in stated if one.strict) or Counter(one.value for one in stated)
    if len(counted) > 1:
        counted = Counter(one.value for one in stated)
    ranked = counted.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _stated(reading: Reading) -> Iterator[Stated]:
    for block in blocks_with(reading, "价", "额", "计"):
        if not amounts_in(block.text) or _CHANGED.search(block.text):
            continue
        for match in _TOTAL.finditer(block.text):
            if _OTHER_TOTAL.search(block.text[max(match.start() - _BEFORE, 0) : match.start()]) or "不含税" in match[0]:
                continue
            found = _amount_at(block.text, match)
            if found is not None and found.value is not None:
                span = (found.start, found.end)
                yield Stated(match["words"], found.value, reading, block, span, strict=match["strict"] is not None)
        for match in _BEHIND.finditer(block.text):
            found = next((one for one in amounts_in(block.text) if 0 <= match.start() - one.end <= _CLOSE), None)
            if found is not None and found.value is not None:
                yield Stated(match[1], found.value, reading, block, (found.start, found.end), strict=False)


# 以人民币867500元的投标总价承担本项目.
_BEHIND: Final = regex(r"[元整）)]\s*的((?:投标|报价|响应)?总(?:报价|价))")
_CLOSE: Final = 2


def _beside(reading: Reading) -> Iterator[Stated]:
    """The totals of forms: a cell that names the total, and the next one with a single amount."""
    for block in amount_blocks(reading):
        label = reading.blocks[block.index - 1] if block.index else block
        if label.cell is None or block.cell is None or len(label.text) > 16 or label is block:
            continue
        if (label.cell.table, label.cell.row) != (block.cell.table, block.cell.row):
            continue
        found = [one for one in amounts_in(block.text) if one.value is not None]
        if not found:
            continue
        match = _TOTAL.fullmatch(re.sub(r"[（(](?:人民币)?[万亿]?元[）)]|[\s　]", "", label.text))
        if match and len({one.value for one in found}) == 1 and not _THRESHOLD.match(block.text, found[0].end):
            span = (found[0].start, found[0].end)
            yield Stated(match["words"], found[0].value or Decimal(0), reading, block, span, strict=False)


def _amount_at(text: str, match: re.Match[str]) -> Found | None:
    """The amount that follows a lead-in at once; the lead-in may have taken the amount's own sign or prefix."""
    amounts = amounts_in(text)
    first = bisect_left(amounts, match.end("words"), key=attrgetter("start"))
    behind = bisect_right(amounts, match.end(), lo=first, key=attrgetter("start"))
    found = next((found for found in amounts[first:behind] if match.end() < found.end), None)
    if found is None or found.start in _contradicted(text) or _THRESHOLD.match(text, found.end):
        return None
    return found


@lru_cache(maxsize=256)
def _contradicted(text: str) -> frozenset[int]:
    """Where the figures and words of a paragraph begin that are a pair and do not agree."""
    apart = (pair for pair in pairs_in(text) if pair[0].value != pair[1].value)
    return frozenset(found.start for pair in apart for found in pair)


def paid_in_plans(reading: Reading) -> set[Decimal]:
    """What the instalments of each whole plan of payment are together."""
    return {paid for group in instalment_groups(reading) if (paid := paid_in_all(group)) is not None}
