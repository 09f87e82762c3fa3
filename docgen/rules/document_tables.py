"""Tables in documents: serial numbers, rows without one, and points of groups against those of their items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Reading
from docgen.reading.tables import GridCell, Table, tables
from docgen.rules.facts import Facts
from docgen.rules.rule import inside, place_in, rule

_SERIAL: Final = regex(r"\s*(?:序\s*号|编\s*号|No\.?|№)\s*", re.IGNORECASE)
_SUM: Final = regex(
    r"\s*(?:.{0,8}(?:合\s*计|小\s*计|总\s*计|共\s*计|总\s*价|总\s*额)|备\s*注|说\s*明|注|[大小]\s*写|"
    r"(?:本[期次月])?[应实][付收发扣支].{0,8}|(?:增值)?税[额金率]|优惠|折扣|下浮|[一-龥]{0,4}比例\s*$)"
)
# A row of points is called what it likes: only a sum of them is none.
_TOTAL: Final = regex(r"\s*(?:合\s*计|小\s*计|总\s*计|共\s*计|总\s*价|备\s*注|说\s*明|注)")
_WHOLE: Final = regex(r"\s*(\d{1,4})\s*[.、]?\s*")
_POINTS: Final = regex(r"\s*(?:分\s*值|分\s*数|满\s*分|标准分)\s*(?:[（(]分[）)])?\s*")
_POINT: Final = regex(r"\s*(\d{1,4}(?:\.\d+)?)\s*分?\s*")
_GROUP: Final = regex(r"[（(]\s*(\d{1,4}(?:\.\d+)?)\s*分\s*[）)]\s*$")
# A row …… of a form: whoever fills it in goes on with the numbers.
_AND_SO_ON: Final = regex(r"\s*(?:[…⋯]+|[.．。]{3,}|·{3,})\s*")
_LEFT_OPEN: Final = -1
# 2a, 2b: two rows of one number.
_LETTERED: Final = regex(r"\s*\d{1,3}\s?[a-zA-Z]\s*")
_BRACKET_POINTS: Final = regex(r"[（(]\s*\d[\d.]*\s*分\s*[）)]")
_LABEL: Final = 30
_HEADER_ROWS: Final = 3
_FILLED: Final = 3
# 其中：房屋租赁费, 包括水电费: what the row above consists of.
_PARTS: Final = regex(r"[（(]?(?:其中|(?:包括|包含|含)\s?[：:])")
_FAR: Final = 12

Row = tuple[GridCell, ...]


@rule("N103", "表格序号跳号或重复", on=Reading)
def serials_in_order(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 名单、报价表的序号跳号或重复，可能漏了一行或者重复计了一行。

    错误:
        序号\t姓名\t职务
        1\t甲\t研究员
        2\t乙\t研究员
        4\t丙\t研究员
        5\t丁\t研究员
    正确:
        序号\t姓名\t职务
        1\t甲\t研究员
        2\t乙\t研究员
        3\t丙\t研究员
    """
    numbered: list[tuple[GridCell, int]] = []
    for table in tables(reading):
        column = _column(table, _SERIAL)
        if column is None:
            yield from _serial_slips(reading, numbered)
            numbered = []
            continue
        for row in table.rows:
            cell = next((cell for cell in row if cell.cell.column == column), None)
            if cell is not None and (number := _serial(cell, column)) is not None:
                numbered.append((cell, number))
            elif any(_AND_SO_ON.fullmatch(cell.text) for cell in row) or (cell and _LETTERED.fullmatch(cell.text)):
                numbered.append((row[0], _LEFT_OPEN))
    yield from _serial_slips(reading, numbered)


def _serial_slips(reading: Reading, numbered: list[tuple[GridCell, int]]) -> Iterator[Finding]:
    """The numbers that do not follow the ones before; a misprint counts as what was expected."""
    before: GridCell | None = None
    last = 0
    for place, (cell, number) in enumerate(numbered):
        following = numbered[place + 1][1] if place + 1 < len(numbered) else None
        if number == _LEFT_OPEN:
            before = None
            continue
        behind = numbered[place + 1][1] if _same_table(numbered[place + 1 : place + 2], cell) else None
        new = not _same_table([(before, last)] if before else [], cell)
        expected = last + 1
        first = (following == 2 and number not in {1, expected} and last != 1) or _headless(
            cell, number, last, behind, new=new
        )
        expected = 1 if first else expected
        misprint = first or following in (expected + 1, 1, None) or number == last
        begins = (number == 1 and (new or not _again(before, cell, last, behind))) or (before is None and not first)
        begins = begins or _new_page(before, cell)
        if number == expected or begins or not (misprint or expected < number <= last + _FAR):
            last = number
        else:
            finding = _of_serial(reading, cell, before, expected, repeated=number == last)
            # The number before and the one behind it decide; in a PDF rows may be lost between them.
            held = before is not None and following == expected + 1 and cell.blocks[0].page is None
            yield replace(finding, fix=str(expected)) if held else finding
            meant = following == expected + 1 or (misprint and number != last and following != number + 1)
            last = expected if meant else number
        before = cell


def _same_table(others: Sequence[tuple[GridCell, int]], cell: GridCell) -> bool:
    return any(other.cell.table == cell.cell.table for other, _ in others)


def _headless(cell: GridCell, number: int, last: int, behind: int | None, *, new: bool) -> bool:
    """Whether a table with a header of its own begins with another number than 1, and goes on from 1 or from there."""
    block = cell.blocks[0]
    if not new or block.page is not None or block.line is not None or last == number - 1 == 1:
        return False
    return (behind == 2 and number != 1) or (number == 2 and behind == 3 and last != 1)


def _again(before: GridCell | None, cell: GridCell, last: int, behind: int | None) -> bool:
    """Whether a number 1 right below another number of its table is that row twice, or a slip in the last row."""
    if before is None or cell.cell.row - before.cell.row != before.cell.row_span or cell.blocks[0].page is not None:
        return False
    return behind in ((2, None) if last == 1 else (last + 2, None))


def _new_page(before: GridCell | None, cell: GridCell) -> bool:
    """Whether a page of a PDF file begins between two rows; what a table loses there is not the contract's fault."""
    return before is not None and before.blocks[0].page != cell.blocks[0].page


def _of_serial(reading: Reading, cell: GridCell, before: GridCell | None, expected: int, *, repeated: bool) -> Finding:
    block = cell.blocks[0]
    text = block.text.strip()
    start = block.text.index(text)
    message = f"序号 {text} 重复。" if repeated else f"序号 {text} 不连续，按次序应为 {expected}。"
    related = (place_in(reading, before.blocks[0], (0, len(before.blocks[0].text))),) if before else ()
    return inside(
        reading, block, (start, start + len(text)), message, severity=Severity.WARNING, expected=str(expected),
        related=related, hint="请核对是序号写错，还是缺了一行。",
    )  # fmt: skip


@rule("N104", "表格中有一行没有序号", on=Reading)
def rows_without_serial(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 编了序号的表格里夹着一行没有序号的内容，多半是漏填或者串行。

    错误:
        序号\t姓名\t电话\t职务\t职责
        1\t甲\t13800000001\t督导\t监督
        2\t乙\t13800000002\t专员\t问卷
        \t\t13800000003\t专员\t问卷
        3\t丁\t13800000004\t专员\t问卷
    正确:
        序号\t姓名\t电话\t职务\t职责
        1\t甲\t13800000001\t督导\t监督
        2\t乙\t13800000002\t专员\t问卷
        \t\t\t\t
        合计\t\t2人\t\t
    """
    for table in tables(reading):
        column = _column(table, _SERIAL)
        if column is None:
            continue
        numbered = [index for index, row in enumerate(table.rows) if _serial(_first(row), column) is not None]
        priced = any("价" in cell.text for cell in table.rows[0])
        spread = priced or any(_is_spread(cells, table.rows[0], column) for cells in table.rows)
        parts = _parts_of_a_row(table.rows, column)
        for index, row in enumerate(table.rows):
            inner = len(numbered) > 1 and numbered[0] < index and index not in parts
            if not inner or not _left_out(row, table.rows[0], column) or (spread and _goes_on(row)):
                continue
            if any(number > index for number in numbered) or _continued(reading, table):
                cell = next(cell for cell in row if cell.text.strip())
                block = next(block for block in cell.blocks if block.text.strip())
                message = "这一行有内容，却没有序号。"
                yield inside(
                    reading, block, (0, len(block.text)), message, severity=Severity.WARNING,
                    hint="请补上序号，或核对这一行是否属于上一行。",
                )  # fmt: skip


def _left_out(row: Row, header: Row, column: int) -> bool:
    """Whether a row is filled in but for its serial number: no sum, no title, no rest of the row above."""
    first = _first(row)
    if first is None or first.cell.column != column or first.text.strip() or first.cell.row_span > 1:
        return False
    filled = [cell for cell in row if cell.text.strip()]
    if len(filled) < _FILLED or len(row) < len(header) - 1:
        return False
    return not any(_SUM.match(cell.text) for cell in filled[:2])


def _parts_of_a_row(rows: Sequence[Row], column: int) -> frozenset[int]:
    """The rows that say what the row above them consists of: 其中：…, and those without a number behind it."""
    found, inside_parts = set[int](), False
    for index, row in enumerate(rows):
        first = _first(row)
        if first is None or first.cell.column != column or first.text.strip():
            inside_parts = False
            continue
        said = next((text for cell in row if (text := cell.text.strip())), "")
        inside_parts = inside_parts or _PARTS.match(said) is not None
        if inside_parts:
            found.add(index)
    return frozenset(found)


def _is_spread(row: Row, header: Row, column: int) -> bool:
    """Whether an item reaches over several rows: merged cells, or a short row that only lacks what is merged above."""
    first = _first(row)
    if first is None:
        return False
    short = len(row) < len(header) and _serial(first, column) is None and not _SUM.match(first.text)
    return first.cell.column != column or first.cell.row_span > 1 or (short and len(row) > 1)


def _goes_on(row: Row) -> bool:
    """Whether a row lacks a name as well: in a table of merged cells or prices it belongs to the row above."""
    return len(row) > 1 and not row[1].text.strip()


def _continued(reading: Reading, table: Table) -> bool:
    """Whether the next table goes on with this one: the same serial column without a heading of its own."""
    following = next((other for other in tables(reading) if other.number == table.number + 1), None)
    return following is not None and len(following.rows[0]) == len(table.rows[0])


@rule("N105", "分组分值与各项分值之和不符", on=Reading)
def points_add_up(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 考核表的分组分值不等于各项之和，总分就对不上，评分会有争议。

    错误:
        一级指标\t二级指标\t分值
        发布解读（31分）\t机构职能\t14
        \t领导信息\t16
        互动交流（10分）\t信息提交\t10
    正确:
        一级指标\t二级指标\t分值
        发布解读（31分）\t机构职能\t15
        \t领导信息\t16
        互动交流（10分）\t信息提交\t10
    """
    group: tuple[GridCell, Decimal] | None = None
    added = Decimal(0)
    items = 0
    for table in tables(reading):
        column = _column(table, _POINTS)
        if column is None:
            continue
        for row in table.rows:
            label = _group(row, column)
            if label is not None and (group is None or label.text.strip() != group[0].text.strip()):
                if group is not None and items > 1:
                    yield from _of_points(reading, group, added)
                group, added, items = (label, Decimal(_stated(label))), Decimal(0), 0
            points = _points(row, column)
            if points is not None and group is not None:
                added, items = added + points, items + 1
    torn = group is not None and group[0].blocks[0].page is not None and added < group[1]
    if group is not None and items > 1 and not torn:  # the last group of a PDF file may go on in a table unread
        yield from _of_points(reading, group, added)


def _of_points(reading: Reading, group: tuple[GridCell, Decimal], added: Decimal) -> Iterator[Finding]:
    cell, stated = group
    if added == stated:
        return
    block = next(block for block in cell.blocks if _GROUP.search(block.text))
    match = _GROUP.search(block.text)
    assert match is not None
    message = f"这一组写着 {stated} 分，组内各项之和是 {added} 分。"
    # Tables of a PDF file lose cells where a page begins.
    severity = Severity.ERROR if block.page is None else Severity.WARNING
    hint = "请核对分组分值和各项分值。"
    yield inside(reading, block, match.span(1), message, severity=severity, expected=str(added), hint=hint)


def _group(row: Row, column: int) -> GridCell | None:
    """The cell that names a group with its points: before the column of points, not an item behind it （8分）."""
    return next((cell for cell in row[:2] if cell.cell.column < column and _is_label(cell)), None)


def _is_label(cell: GridCell) -> bool:
    """Whether a cell is the name of a group: short, and not a rule that gives points for this and that."""
    return len(cell.text) <= _LABEL and len(_BRACKET_POINTS.findall(cell.text)) == 1 and bool(_stated(cell))


def _stated(cell: GridCell) -> str:
    match = next((found for block in cell.blocks if (found := _GROUP.search(block.text))), None)
    return match[1] if match else ""


def _points(row: Row, column: int) -> Decimal | None:
    if _TOTAL.match(row[0].text):
        return None
    cell = next((cell for cell in row if cell.cell.column == column), None)
    match = _POINT.fullmatch(cell.text) if cell else None
    return Decimal(match[1]) if match else None


def _column(table: Table, name: re.Pattern[str]) -> int | None:
    """The column whose header has that name, in one of the first rows."""
    for row in table.rows[:_HEADER_ROWS]:
        for cell in row:
            if name.fullmatch(cell.text):
                return cell.cell.column
    return None


def _first(row: Row) -> GridCell | None:
    return row[0] if row else None


def _serial(cell: GridCell | None, column: int) -> int | None:
    if cell is None or cell.cell.column != column:
        return None
    match = _WHOLE.fullmatch(cell.text)
    return int(match[1]) if match else None
