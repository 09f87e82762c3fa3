"""What {% vm %}, {% hm %}, {% colspan %} and {% cellbg %} do to the table cell they stand in."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from docgen.template.dialect import Kind, Tag
from docgen.word.text import CELL, PARAGRAPH, w

# The order that the schema gives the properties of a cell.
_ORDER = tuple(
    w(name)
    for name in (
        "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
        "tcFitText", "vAlign", "hideMark",
    )
)  # fmt: skip
_PROPERTIES = w("tcPr")


class Columns:
    """The columns that cells begin in, each row asked from left to right and so gone through once."""

    def __init__(self) -> None:
        self._reached: dict[etree._Element, tuple[etree._Element, int]] = {}

    def of(self, cell: etree._Element) -> int:
        """How many columns there are before the cell, as far as that is known already."""
        row = cell.getparent()
        assert row is not None
        at, column = self._reached.get(row) or (next(row.iterchildren(CELL)), 0)
        while at is not cell:
            column += _span(at)
            at = next(at.itersiblings(CELL))
        self._reached[row] = cell, column
        return column


def apply(cell: etree._Element, tag: Tag, mark: Callable[[Tag], str], columns: Columns) -> None:
    """Change the cell as its tag says; `mark` gives the mark that stands for a piece of code."""
    if tag.cell == "vm":
        _merge_vertically(cell, tag, mark, columns.of(cell))
    elif tag.cell == "hm":
        _merge_horizontally(cell, tag, mark)
    elif tag.cell == "colspan":
        _put(cell, "gridSpan", val=mark(_value(tag, tag.code, "_columns")))
    else:
        _put(cell, "shd", val="clear", color="auto", fill=mark(_value(tag, tag.code, "_colour")))


def _merge_vertically(cell: etree._Element, tag: Tag, mark: Callable[[Tag], str], column: int) -> None:
    """Merge the cell over the rows of its loop: the first row shows the text, the others an empty paragraph.

    A condition may hide the first row, and may have one such cell in each of its branches: the column counts.
    """
    opens = f"loop|_opens({column})"
    _put(cell, "vMerge", val=mark(_value(tag, f"'restart' if {opens} else 'continue'")))
    first = cell.find(PARAGRAPH)
    empty = etree.Element(PARAGRAPH)
    if first is not None and (properties := first.find(w("pPr"))) is not None:
        empty.append(deepcopy(properties))
        empty[0].tail = None
    properties = _properties(cell)
    properties.tail = mark(_statement(tag, f"if {opens}")) + (properties.tail or "")
    cell[-1].tail = (cell[-1].tail or "") + mark(_statement(tag, "else"))
    cell.append(empty)
    empty.tail = mark(_statement(tag, "endif"))


def _merge_horizontally(cell: etree._Element, tag: Tag, mark: Callable[[Tag], str]) -> None:
    """Let the first cell of a loop over cells span all of them, and leave the others out."""
    _put(cell, "gridSpan", val=mark(_value(tag, f"{_span(cell)} * loop.length", "_columns")))
    before, row = cell.getprevious(), cell.getparent()
    opening = mark(_statement(tag, "if loop.first"))
    if before is not None:
        before.tail = (before.tail or "") + opening
    elif row is not None:
        row.text = (row.text or "") + opening
    cell.tail = mark(_statement(tag, "endif")) + (cell.tail or "")


def _span(cell: etree._Element) -> int:
    """How many columns the cell spans, as far as that is known already."""
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    value = "1" if span is None else span.get(w("val"), "1")
    return int(value) if value.isdigit() else 1


def _value(tag: Tag, code: str, form: str = "_attribute") -> Tag:
    return replace(tag, kind=Kind.OUTPUT, code=f"({code})|{form}", cell=None)


def _statement(tag: Tag, code: str) -> Tag:
    return replace(tag, kind=Kind.STATEMENT, code=code, cell=None)


def _properties(cell: etree._Element) -> etree._Element:
    found = cell.find(_PROPERTIES)
    if found is None:
        found = etree.Element(_PROPERTIES)
        cell.insert(0, found)
    return found


def _put(cell: etree._Element, name: str, **values: str) -> None:
    """Set a property of the cell, at the place that the schema gives it."""
    properties = _properties(cell)
    for old in properties.findall(w(name)):
        properties.remove(old)
    rank = _ORDER.index(w(name))
    at = sum(1 for child in properties if child.tag in _ORDER and _ORDER.index(child.tag) < rank)
    properties.insert(at, etree.Element(w(name), {w(key): value for key, value in values.items()}))
