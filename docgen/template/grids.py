"""Tables whose rows and columns are only known when they are rendered, made into what Word takes for a table."""

from __future__ import annotations

from lxml import etree

from docgen.errors import TemplateError
from docgen.word.parts import parse, serialize
from docgen.word.text import CELL, PARAGRAPH, ROW, TABLE, w

# Word opens no table with more.
MOST_COLUMNS = 63

_WIDTH, _VALUE = w("w"), w("val")
_SKIPPED = (w("gridBefore"), w("gridAfter"))
_BLOCKS = (PARAGRAPH, TABLE, w("sdt"))


def with_fitting_grids(xml: bytes) -> bytes:
    """The part with as many grid columns in every table as its widest row has; the table keeps its width.

    Rows without cells and tables without rows, which Word does not open, are left out.
    """
    root = parse(xml)
    for table in list(root.iter(TABLE)):
        _mend(table)
    return serialize(root)


def with_ended_cells(xml: bytes) -> bytes:
    """The part with a paragraph at the end of every cell, without which Word does not open it."""
    root = parse(xml)
    for cell in root.iter(CELL):
        blocks = [child for child in cell if child.tag in _BLOCKS]
        if not blocks or blocks[-1].tag == TABLE:
            etree.SubElement(cell, PARAGRAPH)
    return serialize(root)


def _mend(table: etree._Element) -> None:
    rows = [row for row in table.iter(ROW) if next(row.iterancestors(TABLE)) is table]
    for row in rows:
        if next(row.iter(CELL), None) is None:
            _remove(row)
    needed = max(map(_columns, rows), default=0)
    grid = table.find(w("tblGrid"))
    if not needed:
        _remove(table)
    elif needed > MOST_COLUMNS:
        raise TemplateError(f"有一个表格会有 {needed} 列，Word 的表格最多 {MOST_COLUMNS} 列。")
    elif grid is not None and needed != len(grid):
        _fit(grid, needed)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _columns(row: etree._Element) -> int:
    skipped = sum(int(mark.get(_VALUE, "0")) for mark in row.iterfind(f"{w('trPr')}/*") if mark.tag in _SKIPPED)
    cells = [cell for cell in row.iter(CELL) if next(cell.iterancestors(ROW)) is row]
    return skipped + sum(map(_span, cells)) if cells else 0


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if span is None else int(span.get(_VALUE, "1"))


def _fit(grid: etree._Element, needed: int) -> None:
    """Give the grid the needed number of columns, the old ones in proportion, new ones of average width."""
    widths = [int(float(column.get(_WIDTH, "0"))) for column in grid]
    total = sum(widths)
    kept = widths[:needed] or [1]
    average = sum(kept) // len(kept)
    wanted = kept + [average] * (needed - len(kept))
    scale = total / sum(wanted) if sum(wanted) else 0
    for column in list(grid):
        grid.remove(column)
    for width in wanted:
        etree.SubElement(grid, w("gridCol"), {_WIDTH: str(int(width * scale))})
