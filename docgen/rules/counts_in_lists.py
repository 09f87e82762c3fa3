"""Counts that the numbered lines below take apart: 保安员52人： and 1.门岗12人； 2.巡逻岗16人； below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.rule import inside, place_in
from docgen.rules.slips import is_slip

_UNIT: Final = r"(?P<unit>[人名位台辆套份次场间件])"
_HEAD: Final = regex(
    rf"(?<![\d.,每第])(?P<number>\d{{1,4}})\s?{_UNIT}[^\d，。；;：:]{{0,6}}(?:[，,]\s?(?:其中|分别为|包括|具体如下|如下))?\s*[：:]\s*\Z"
)
_LINE: Final = regex(
    rf"\s*(?:[（(]?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})[）)、.．]+|[-•·])?\s*[一-龥A-Za-z（）()]{{2,16}}[：:]?\s?(?P<number>\d{{1,4}})\s?{_UNIT}\s*[；;。，,]?\s*"
)
_VAGUE: Final = regex(r"约|至少|不少于|不低于|以上|每|兼")
_LONGEST: Final = 60
_LEAST: Final = 3
_MOST: Final = 20
_NEAR: Final = 2


def off_listed_counts(reading: Reading) -> Iterator[Finding]:
    """The counts that are not what the lines below add up to."""
    for block in blocks_with(reading, "：", ":"):
        head = _HEAD.search(block.text[-_LONGEST:]) if block.text.rstrip().endswith(("：", ":")) else None
        if head is None or block.cell is not None or _VAGUE.search(block.text[-_LONGEST:]):
            continue
        lines = list(_lines(reading.blocks[block.index + 1 : block.index + 1 + _MOST], head["unit"]))
        yield from _off(reading, block, head, lines)


def _lines(blocks: Sequence[Block], unit: str) -> Iterator[tuple[Block, re.Match[str]]]:
    """The lines right below that say a name and a count of the same unit each."""
    for block in blocks:
        if not block.text.strip():
            continue
        line = _LINE.fullmatch(block.text) if block.cell is None and len(block.text) < _LONGEST else None
        if line is None or line["unit"] != unit or _VAGUE.search(block.text):
            return
        yield block, line


def _off(
    reading: Reading, block: Block, head: re.Match[str], lines: Sequence[tuple[Block, re.Match[str]]]
) -> Iterator[Finding]:
    total, added = int(head["number"]), sum(int(line["number"]) for _, line in lines)
    if len(lines) < _LEAST or added == total:
        return
    if abs(total - added) > _NEAR and not is_slip(Decimal(total), Decimal(added)):
        return
    message = f"下面 {len(lines)} 行之和是 {added}，这里写的是 {total}。"
    start = max(0, len(block.text) - _LONGEST)
    span = head.start("number") + start, head.end("number") + start
    related = tuple(place_in(reading, one, line.span("number")) for one, line in lines)
    yield inside(
        reading, block, span, message, severity=Severity.WARNING, expected=str(added), related=related,
        hint="请核对总数和各行。",
    )  # fmt: skip
