"""Tables whose rows and columns are only known when they are rendered, made into what Word takes for a table."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from lxml import etree

from docgen.errors import TemplateError
from docgen.word.parts import parse, serialize
from docgen.word.text import CELL, PARAGRAPH, ROW, TABLE, visible_text, w

# Word opens no table with more.
MOST_COLUMNS: Final = 63

_TOO_WIDE: Final = f"{{}}，Word 的表格最多 {MOST_COLUMNS} 列。"
_NARROWER: Final = "请把横着重复的内容改成一行一项（{%tr %}），或分成几张表。"
_TOLD, _SHOWN = 5, 20
# What stands around values until the document is finished.
_MARKED: Final = re.compile("\ufdd2[^\ufdd3]*\ufdd3|[\ufdd0-\ufdd6]")
_WIDTH, _VALUE = w("w"), w("val")
_SKIPPED = (w("gridBefore"), w("gridAfter"))
_BLOCKS = (PARAGRAPH, TABLE, w("sdt"))


def with_fitting_grids(xml: bytes) -> bytes:
    """The part with as many grid columns in every table as its widest row has; the table keeps its width.

    Rows without cells and tables without rows, which Word does not open, are left out. A TemplateError tells all rows
    that are wider than Word can.
    """
    root = parse(xml)
    tables = list(root.iter(TABLE))
    _refuse([found for number, table in enumerate(tables, 1) if (found := _mend(table, number))])
    return serialize(root)


def refuse_wide(xml: bytes) -> None:
    """Raise a TemplateError where a part has rows that are wider than Word can."""
    _refuse(
        [found for number, table in enumerate(parse(xml).iter(TABLE), 1) if (found := _too_wide(_rows(table), number))]
    )


def _refuse(wide: list[str]) -> None:
    if wide:
        raise TemplateError(_TOO_WIDE.format("；".join(wide[:_TOLD])), hint=_NARROWER)


def with_ended_cells(xml: bytes) -> bytes:
    """The part with a paragraph at the end of every cell, without which Word does not open it."""
    root = parse(xml)
    for cell in root.iter(CELL):
        blocks = [child for child in cell if child.tag in _BLOCKS]
        if not blocks or blocks[-1].tag == TABLE:
            etree.SubElement(cell, PARAGRAPH)
    return serialize(root)


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter(ROW) if next(row.iterancestors(TABLE)) is table]


def _mend(table: etree._Element, number: int) -> str:
    """Make the table one that Word takes; what is said of its first row that is too wide, if there is one."""
    rows = _rows(table)
    for row in rows:
        if next(row.iter(CELL), None) is None:
            _remove(row)
    needed = max(map(_columns, rows), default=0)
    grid = table.find(w("tblGrid"))
    if not needed:
        _remove(table)
    elif needed > MOST_COLUMNS:
        return _too_wide(rows, number)
    elif grid is not None and needed != len(grid):
        _fit(grid, needed)
    return ""


def _too_wide(rows: list[etree._Element], number: int) -> str:
    """What is said of the first of a table's rows that is wider than Word can; nothing where there is none."""
    for at, row in enumerate(rows, 1):
        if (width := _columns(row)) > MOST_COLUMNS:
            text = "".join(visible_text(paragraph) for paragraph in islice(row.iter(PARAGRAPH), _TOLD))
            return f"表{number} 第{at}行（“{_MARKED.sub('', text)[:_SHOWN]}…”）会有 {width} 列"
    return ""


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def columns_of(element: etree._Element) -> int:
    """How many columns a row has, or a cell, as far as that is a number."""
    return _columns(element) if element.tag == ROW else _span(element)


def _columns(row: etree._Element) -> int:
    skipped = sum(_number(mark.get(_VALUE, "0")) for mark in row.iterfind(f"{w('trPr')}/*") if mark.tag in _SKIPPED)
    cells = [cell for cell in row.iter(CELL) if next(cell.iterancestors(ROW)) is row]
    return skipped + sum(map(_span, cells)) if cells else 0


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if span is None else _number(span.get(_VALUE, "1"))


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 1


def _fit(grid: etree._Element, needed: int) -> None:
    """Give the grid the needed number of columns, the old ones in proportion, new ones of average width."""
    widths = [_number(column.get(_WIDTH, "0").partition(".")[0]) for column in grid]
    total = sum(widths)
    kept = widths[:needed] or [1]
    average = sum(kept) // len(kept)
    wanted = kept + [average] * (needed - len(kept))
    scale = total / sum(wanted) if sum(wanted) else 0
    for column in list(grid):
        grid.remove(column)
    for width in wanted:
        etree.SubElement(grid, w("gridCol"), {_WIDTH: str(int(width * scale))})
