"""Sums that a sentence says behind their parts: 租赁费30000元，服务费20000元，合计50000元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Final

from docgen.amounts.find import Found
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.instalments import singly
from docgen.rules.phrases import apart, yuan
from docgen.rules.rule import inside
from docgen.rules.slips import is_slip

_HALF: Final = r"整?\s*(?:[（(][^（）()]{0,30}[）)])?\s*"
_WORDS: Final = ("合计", "共计", "总计", "总共")
_SUM: Final = regex(
    rf"{_HALF}[，,；;、\s]*(?:(?:以上|上述)?(?:各项|[两二三四五六七八]项)?费?用?)(?:{'|'.join(_WORDS)})(?:金额|费用|人民币|[为是:：￥¥\s])*"
)
_NEXT: Final = regex(rf"{_HALF}[，,；;、和及]\s*[一-龥（）()“”]{{2,16}}?(?:人民币|[:：为计￥¥\s])*")
# What stands before such an amount is no part of a sum: a price of one, a limit, something paid or taken off.
_NO_PART: Final = regex(
    r"单价|每|其中|折|优惠|预算|限额|[上下]限|不超过|约|已|剩余|余额|扣|减|税|含|达|至|原|比|增|计划"
)
_MOST: Final = 10
_LONGEST_SENTENCE: Final = 1000


def off_sums(reading: Reading) -> Iterator[Finding]:
    """The sums behind their parts that one slip of the hand made wrong."""
    for block in blocks_with(reading, *_WORDS):
        found = [one for one in singly(block.text) if one.value]
        for number in range(2, len(found)):
            before, total = found[max(0, number - _MOST) : number], found[number]
            if _SUM.fullmatch(block.text, before[-1].end, total.start):
                yield from _off(reading, block, _parts(block.text, before), total)


def _parts(text: str, before: Sequence[Found]) -> list[Found]:
    """The amounts right before a sum that can be its parts, each behind its name."""
    first = len(before) - 1
    while first and len(before) - first < _MOST and _NEXT.fullmatch(text, before[first - 1].end, before[first].start):
        first -= 1
    return list(before[first:])


def _no_sum(text: str, parts: Sequence[Found]) -> bool:
    """Whether what stands before the parts says that they are prices, limits or anything but parts."""
    least = max(0, parts[0].start - _LONGEST_SENTENCE)
    start = max(least, *(text.rfind(mark, least, parts[0].start) + 1 for mark in "。；;：:\n"))
    return _NO_PART.search(text, start, parts[-1].start) is not None


def _off(reading: Reading, block: Block, parts: Sequence[Found], total: Found) -> Iterator[Finding]:
    values, said = [one.value or Decimal(0) for one in parts], total.value or Decimal(0)
    added = sum(values, Decimal(0))
    if len(parts) < 2 or said in accumulate(reversed(values)):
        return
    if not is_slip(said, added) and not any(is_slip(value, value - added + said) for value in values):
        return  # rather a sum of something else
    if _no_sum(block.text, parts):
        return
    message = f"前面各项之和是 {yuan(added)}，合计写的是 {yuan(said)}，{apart(said, added)}。"
    yield inside(
        reading, block, (total.start, total.end), message, severity=Severity.WARNING, expected=yuan(added),
        hint="请核对各项金额和合计。",
    )  # fmt: skip
