"""Sums that a sentence says behind their parts: 租赁费30000元，服务费20000元，合计50000元."""

from __future__ import annotations

import re
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
from docgen.rules.numerals import figure_of
from docgen.rules.phrases import apart, yuan
from docgen.rules.rule import inside, place_in
from docgen.rules.slips import is_slip

_HALF: Final = r"整?\s*(?:[（(][^（）()]{0,30}[）)])?\s*"
_WORDS: Final = ("合计", "共计", "总计", "总共")
_SUM: Final = regex(
    rf"{_HALF}[，,；;、\s]*(?:(?:以上|上述)?(?:各项|[两二三四五六七八]项)?费?用?)(?:{'|'.join(_WORDS)})(?:金额|费用|人民币|[为是:：￥¥\s])*"
)
_NEXT: Final = regex(rf"{_HALF}[，,；;、和及]\s*[一-龥（）()“”]{{2,16}}?(?:人民币|[:：为计￥¥\s])*")
_BARE: Final = regex(rf"{_HALF}[，,、和及]\s*")
_EACH: Final = regex(r"分别[为是][^0-9，。；]{0,6}\Z")
_LEAD: Final = 12
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
    # 分别为5.2万元、4.8万元、3.1万元，合计…: the names stand before all of them.
    bare = first == len(before) - 1
    while bare and first and _BARE.fullmatch(text, before[first - 1].end, before[first].start):
        first -= 1
    if bare and not _EACH.search(text, max(0, before[first].start - _LEAD), before[first].start):
        return list(before[-1:])
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


_NUMBERED: Final = r"(?:[（(]?[0-9]{1,2}[）)、.．]|[（(]?[一二三四五六七八九十]{1,2}[）)、])"
_FIGURE: Final = r"[￥¥]?\s?(?P<number>-?[0-9][0-9,]*(?:\.[0-9]{1,2})?)\s*元?"
_LINE: Final = regex(
    rf"\s*{_NUMBERED}?\s*(?P<name>[一-龥][^0-9，。；：:￥¥]{{1,14}}(?:[（(][^（）()]{{1,24}}[）)])?)(?:[：:]\s*|\s+){_FIGURE}"
    r"(?:\s*[（(](?:人民币)?大写[^（）()]*[）)])?\s*[；;。]?\s*"
)
# 1.住宅：62.15㎡×9,800元/㎡=609,070元；
_WORKED_LINE: Final = regex(
    rf"\s*{_NUMBERED}\s*(?P<name>[一-龥][^0-9，。；：:￥¥]{{1,14}}?)(?:[（(][^（）()]{{1,24}}[）)])?[：:]?[^，。；;]{{0,60}}?(?:[=＝]|[，,]\s?[即计])\s?{_FIGURE}\s*[；;。]?\s*"
)
_LAST_LINE: Final = regex(r"(?:以上)?(?:合|总|共)\s*计(?:金额|费用)?(?:[（(][^（）()]{1,10}[）)])?")
_NO_LINE: Final = regex(r"单价|每|其中|优惠|预算|[限余]额|[上下]限|已付|剩余|扣|减|原|比|计划|含税")
_LEAST_LINES: Final = 3
_MOST_LINES: Final = 30


def off_lists(reading: Reading) -> Iterator[Finding]:
    """The sums below lines of a name and an amount each that one slip of the hand made wrong."""
    for block in blocks_with(reading, "计"):
        last = _LINE.fullmatch(block.text) if block.cell is None and len(block.text) < _LINE_LENGTH else None
        if last is None or not _LAST_LINE.fullmatch("".join(last["name"].split())):
            continue
        lines: list[tuple[Block, re.Match[str]]] = []
        for above in reversed(reading.blocks[max(0, block.index - _MOST_LINES) : block.index]):
            match = _line(above)
            if match is None or _NO_LINE.search(match["name"]) or _LAST_LINE.search(match["name"]):
                break
            lines.append((above, match))
        yield from _off_list(reading, block, last, lines[::-1])


_LINE_LENGTH: Final = 80


def _line(block: Block) -> re.Match[str] | None:
    """What a line says that names one amount, the result where it works it out."""
    if block.cell is not None or len(block.text) >= _LINE_LENGTH:
        return None
    return _LINE.fullmatch(block.text) or _WORKED_LINE.fullmatch(block.text)


def _off_list(
    reading: Reading, block: Block, last: re.Match[str], lines: Sequence[tuple[Block, re.Match[str]]]
) -> Iterator[Finding]:
    values = [figure_of(match["number"]) for _, match in lines]
    said, added = figure_of(last["number"]), sum(values, Decimal(0))
    if len(values) < _LEAST_LINES or added == said:
        return
    slipped = [line for line, value in zip(lines, values, strict=True) if is_slip(value, value - added + said)]
    if not slipped and not is_slip(said, added):
        return
    message = f"以上 {len(values)} 行之和是 {yuan(added)}，合计写的是 {yuan(said)}，{apart(said, added)}。"
    related = tuple(place_in(reading, one, match.span("number")) for one, match in slipped or (lines[0], lines[-1]))
    yield inside(
        reading, block, last.span("number"), message, severity=Severity.WARNING, expected=yuan(added),
        related=related, hint="请核对各行和合计：哪一个写错，就改哪一个。",
    )  # fmt: skip
