"""The columns of a table to which a person added some, or of which some were taken out: new rows are given the same."""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from docgen.merge.align import align, text_likeness
from docgen.merge.answers import rows
from docgen.merge.story import Cell, Row, Table
from docgen.word.text import CELL, PARAGRAPH, visible_text, w

_PROPERTIES, _PARAGRAPH_PROPERTIES = w("tcPr"), w("pPr")


class Columns(NamedTuple):
    """The person's cells of a row, each with the number of the cell that it was; None where the person put it in.

    `cells` is how many cells the row had.
    """

    own: tuple[tuple[etree._Element, int | None], ...]
    cells: int

    def fit(self, row: etree._Element) -> list[str]:
        """What there is no cell for in a new row, which is given the person's columns."""
        known = row.findall(CELL)
        if row.tag != w("tr") or len(known) != self.cells:
            return []
        for cell in known:
            row.remove(cell)
        for model, number in self.own:
            row.append(known[number] if number is not None else _empty(model))
        left = set(range(len(known))) - {number for _, number in self.own}
        said = ("".join(map(visible_text, known[number].iter(PARAGRAPH))) for number in sorted(left))
        return [text for text in said if text.strip()]


def columns_of(base: Table, mine: Table) -> Columns | None:
    """The columns of the person's table where they are others than they were; None where they are the same."""
    if _cells(base) == _cells(mine):
        return None
    for i, j in rows(base.rows, mine.rows):
        old, own = base.rows[i] if i is not None else None, mine.rows[j] if j is not None else None
        if old is None or own is None or (len(old.cells), len(own.cells)) != (_cells(base), _cells(mine)):
            continue
        was = {cell.element: number for number, cell in own_cells(old, own).items()}
        return Columns(tuple((cell.element, was.get(cell.element)) for cell in own.cells), len(old.cells))
    return None


def own_cells(base: Row, mine: Row) -> dict[int, Cell]:
    """The person's cells by the numbers of those that they were; a person may put in columns or take some out."""
    if len(base.cells) == len(mine.cells):
        return dict(enumerate(mine.cells))
    pairs = align(base.cells, mine.cells, lambda cell: cell.key, lambda one, other: text_likeness(one.text, other.text))
    return {i: mine.cells[j] for i, j in pairs if i is not None and j is not None}


def _cells(table: Table) -> int:
    return max((len(row.cells) for row in table.rows), default=0)


def _empty(model: etree._Element) -> etree._Element:
    """A cell that looks like another one and says nothing."""
    cell = etree.Element(CELL)
    properties = model.find(_PROPERTIES)
    if properties is not None:
        cell.append(deepcopy(properties))
    paragraph = etree.SubElement(cell, PARAGRAPH)
    looks = model.find(f"{PARAGRAPH}/{_PARAGRAPH_PROPERTIES}")
    if looks is not None:
        paragraph.append(deepcopy(looks))
    return cell
