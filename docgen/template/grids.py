"""Tables whose number of columns is only known when they are rendered: their grid is made to fit."""

from __future__ import annotations

from lxml import etree

from docgen.word.parts import parse, serialize
from docgen.word.text import CELL, ROW, TABLE, w

_WIDTH, _VALUE = w("w"), w("val")


def with_fitting_grids(xml: bytes) -> bytes:
    """The part with as many grid columns in every table as its widest row has; the table keeps its width."""
    root = parse(xml)
    for table in root.iter(TABLE):
        grid = table.find(w("tblGrid"))
        needed = max((_columns(row) for row in table.iter(ROW)), default=0)
        if grid is not None and needed and needed != len(grid):
            _fit(grid, needed)
    return serialize(root)


def _columns(row: etree._Element) -> int:
    skipped = sum(int(mark.get(_VALUE, "0")) for mark in row.iter(w("gridBefore"), w("gridAfter")))
    return skipped + sum(_span(cell) for cell in row.findall(CELL))


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
