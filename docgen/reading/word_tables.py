"""The grid of a Word table: where each cell stands, and how far it reaches over columns and rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from docgen.reading.word_rows import plain_cells, special_rows
from docgen.word.text import CELL, FALLBACK, PARAGRAPH, ROW, TABLE, w

_ROW_PROPERTIES, _CELL_PROPERTIES = w("trPr"), w("tcPr")
_BEFORE, _HEADER, _DELETED = w("gridBefore"), w("tblHeader"), w("del")
_SPAN, _DOWN, _ACROSS = w("gridSpan"), w("vMerge"), w("hMerge")
_VALUE: Final = w("val")
_OFF: Final = ("0", "false", "off", "none")
# Word knows 63 columns; more than this can only be meant to do harm.
_MOST: Final = 1000
_BARRIERS: Final = frozenset({TABLE, ROW, CELL, PARAGRAPH, FALLBACK, _ROW_PROPERTIES})


@dataclass(slots=True)
class Slot:
    """One cell of a grid.

    One that another cell covers, above or to the left, is `covered`, as is one of a deleted row: nobody sees them.
    Where a row holds nothing but plain text, `plain` are the paragraphs of the cell, each its style's id and its text,
    and `element` is the row.
    """

    element: etree._Element
    row: int
    column: int
    columns: int = 1
    rows: int = 1
    header: bool = False
    covered: bool = False
    plain: list[list[str]] | None = None


def grid(table: etree._Element, hidden: frozenset[str], *, plainly: bool = True) -> list[Slot]:
    """The cells of a table in order, given the styles that hide text; if not `plainly`, none is given as plain."""
    found: list[Slot] = []
    above: dict[int, Slot] = {}
    number = 0
    rows = _own(table, ROW)
    special = special_rows(table, rows, hidden)
    for row in rows:
        if plainly and row not in special:
            number += 1
            found += [Slot(row, number, n, 1, 1, False, False, cell) for n, cell in enumerate(plain_cells(row), 1)]
            above = {}
        elif _is_deleted(row):
            found += [Slot(cell, 0, 0, covered=True) for cell in _own(row, CELL)]
        else:
            number += 1
            above = _merged(row, number, above, found)
    return found


def _merged(row: etree._Element, number: int, above: dict[int, Slot], found: list[Slot]) -> dict[int, Slot]:
    """Add the cells of a row to those found; by column those that may go on in the row below."""
    below: dict[int, Slot] = {}
    for slot, down in _slots(row, number):
        over = above.get(slot.column) if down == "continue" else None
        if over is not None and over.columns == slot.columns:
            over.rows += 1
            slot.covered = True
            below[slot.column] = over
        elif down:
            below[slot.column] = slot
        found.append(slot)
    return below


def _slots(row: etree._Element, number: int) -> Iterator[tuple[Slot, str]]:
    column, header = _row(row)
    last: Slot | None = None
    for cell in _own(row, CELL):
        columns, down, across = _cell(cell)
        slot = Slot(cell, number, column, columns, header=header)
        if across == "continue" and last is not None:
            last.columns += columns
            slot.covered = True
        else:
            last = slot
        yield slot, "" if slot.covered else down
        column += columns


def _is_deleted(row: etree._Element) -> bool:
    return any(each.tag == _DELETED for properties in row.iterchildren(_ROW_PROPERTIES) for each in properties)


def _row(row: etree._Element) -> tuple[int, bool]:
    """The first column of the row, and whether it is repeated on every page."""
    column, header = 1, False
    for properties in row.iterchildren(_ROW_PROPERTIES):
        for each in properties:
            if each.tag == _BEFORE:
                column += _number(each)
            elif each.tag == _HEADER:
                header = each.get(_VALUE) not in _OFF
    return column, header


def _cell(cell: etree._Element) -> tuple[int, str, str]:
    """How many columns a cell takes, and whether it goes on from the cell above and from the one before."""
    columns, down, across = 1, "", ""
    if len(cell) and cell[0].tag == _CELL_PROPERTIES:
        for each in cell[0]:
            tag = each.tag
            if tag == _SPAN:
                columns = _number(each) or 1
            elif tag == _DOWN:
                down = each.get(_VALUE, "continue")
            elif tag == _ACROSS:
                across = each.get(_VALUE, "continue")
    return columns, down, across


def _own(element: etree._Element, tag: str) -> list[etree._Element]:
    # Rows and cells may stand inside content controls; those of a nested table are not ours.
    found = list(element.iterchildren(tag))
    others = len(element) - len(found)
    if not others or (others == 1 and element[0].tag == _ROW_PROPERTIES):
        return found
    found = []
    for child in element:
        if (name := child.tag) == tag:
            found.append(child)
        elif name not in _BARRIERS and len(child):
            found += _own(child, tag)
    return found


def _number(element: etree._Element) -> int:
    value = element.get(_VALUE, "")
    return min(int(value), _MOST) if value.isascii() and value.isdigit() and len(value) < 10 else 0
