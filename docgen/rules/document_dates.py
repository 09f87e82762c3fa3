"""Dates in documents, each judged by itself: there is such a day, it is that weekday, a span ends after it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_where, blocks_with
from docgen.rules.facts import Facts
from docgen.rules.once import once_per_reading
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.written_dates import MARKS, Written, after, dates_in, spans_in

_WEEKDAYS: Final = "一二三四五六日"
_WEEKDAY: Final = regex(
    r"\s*(?:[（(]\s*(?:星期|周|礼拜)([一二三四五六日天])|星期([一二三四五六日天]))(?!\s*(?:至|到|[-—~～、及和或]))"
)
_BEGINS: Final = regex(r"(?:开始|起始|开工|启动)(?:日期|时间|年月)?|起(?:日期|时间)")
_ENDS: Final = regex(r"(?:结束|终止|截止|完成|竣工|完工)(?:日期|时间|年月)?|止(?:日期|时间)")


def _dated(reading: Reading) -> Iterator[tuple[Block, Written]]:
    return ((block, written) for block in blocks_with(reading, *MARKS) for written in dates_in(block.text))


@rule("D101", "没有这一天", on=Reading)
def possible_days(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 2 月没有 30 日，一年没有 13 个月；写成这样的日期一定错了，期限也无从计算。

    错误:
        服务期限至2026年6月31日止。
    正确:
        服务期限至2026年6月30日止。
    """
    for block, written in _dated(reading):
        if written.fault is None:
            continue
        severity = Severity.WARNING if written.year is None else Severity.ERROR
        message = f"“{written.text}”不是日历上的日期：{written.fault}。"
        hint = "请核对年、月、日。"
        yield inside(reading, block, (written.start, written.end), message, severity=severity, hint=hint)


@rule("D102", "星期与日期不符", on=Reading)
def right_weekdays(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 同一天写了日期又写了星期，两者不符，收到的人就不知道是哪一天。

    错误:
        开标时间：2026年6月9日（星期三）上午9时
    正确:
        开标时间：2026年6月9日（星期二）上午9时
    """
    for block, written in _dated(reading):
        day, match = written.earliest(), _WEEKDAY.match(block.text, written.end)
        if day is None or written.day is None or match is None:
            continue
        group = 1 if match[1] else 2
        right = _WEEKDAYS[day.weekday()]
        if match[group].replace("天", "日") != right:
            message = f"{written.text}是星期{right}，这里写的是星期{match[group]}。"
            again = _paragraphs_by_day(reading)[day] > 1
            hint = "这个日期在别处也写明：请改星期。" if again else "请核对是日期错了还是星期错了。"
            yield inside(
                reading, block, match.span(group), message, expected=right, hint=hint, fix=right if again else None
            )


@once_per_reading
def _paragraphs_by_day(reading: Reading) -> Counter[date | None]:
    """In how many paragraphs each day is written."""
    dated = blocks_with(reading, *MARKS)
    return Counter(day for block in dated for day in {written.earliest() for written in dates_in(block.text)})


@rule("D103", "结束早于开始", on=Reading)
def spans_in_order(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 期限不能先结束后开始，多半是年份或月份写错。

    错误:
        服务期限：自2026年6月21日起至2025年5月31日止。
    正确:
        服务期限：自2026年6月21日起至2027年5月31日止。
    """
    for block in blocks_with(reading, *MARKS):
        for first, last in spans_in(block.text):
            if not last.lent and after(first, last):
                yield _reversed(reading, (block, first), (block, last))
    yield from _columns(reading)


def _reversed(reading: Reading, begin: tuple[Block, Written], end: tuple[Block, Written]) -> Finding:
    (other, first), (block, last) = begin, end
    message = f"结束的时间 {last.text} 早于开始的时间 {first.text}。"
    related = (place_in(reading, other, (first.start, first.end)),)
    return inside(reading, block, (last.start, last.end), message, related=related, hint="请核对这两个日期。")


def _columns(reading: Reading) -> Iterator[Finding]:
    """Rows of a table with a column for the beginning and one for the end."""
    ends_of = [block for block in blocks_where(reading, _ENDS) if _ENDS.fullmatch(block.text.strip())]
    dated = {block.cell.table for block in ends_of if block.cell is not None and block.cell.depth == 1}
    cells = (block for block in reading.blocks if block.cell is not None and block.cell.table in dated)
    for _, table in groupby(cells, key=lambda block: block.cell and block.cell.table):
        begins: int | None = None
        ends: int | None = None
        row: dict[int, tuple[Block, Written]] = {}
        at = 0
        for block in table:
            assert block.cell is not None
            if block.cell.row != at:
                at, row = block.cell.row, {}
            text = block.text.strip()
            if _BEGINS.fullmatch(text):
                begins = block.cell.column
            elif _ENDS.fullmatch(text):
                ends = block.cell.column
            elif dates := dates_in(block.text):
                row[block.cell.column] = (block, dates[0])
            if block.cell.column != ends or begins not in row or ends not in row:
                continue
            if after(row[begins][1], row[ends][1]):
                yield _reversed(reading, row[begins], row[ends])
