"""Rows of Word tables that hold nothing but plain text, which most do: each is read in one go."""

from __future__ import annotations

from typing import Final

from lxml import etree

from docgen.word.sight import FORMULAS, PICTURES
from docgen.word.text import CELL, FALLBACK, PARAGRAPH, ROW, SHOWN, SYMBOLS, TABLE, TEXT, TEXT_BOX, w

_STYLE, _VALUE = w("pStyle"), w("val")
_PLAIN: Final = (CELL, PARAGRAPH, TEXT, _STYLE)
# All that the reader takes for more than text in a paragraph in a cell, whatever part of it takes it so.
_SPECIAL: Final = (
    *SHOWN, *SYMBOLS, *FORMULAS, *PICTURES, FALLBACK, TABLE, TEXT_BOX,
    *map(w, ("gridSpan", "vMerge", "hMerge", "gridBefore", "tblHeader", "numPr", "sectPr", "pPrChange", "vanish",
             "del", "moveFrom", "delText", "fldChar", "sdtPr", "sdtEndPr", "rubyPr", "rt", "altChunk")),
)  # fmt: skip


def special_rows(table: etree._Element) -> frozenset[etree._Element]:
    """The rows of a table that hold more than plain text: merged cells, breaks, fields, tables inside."""
    return frozenset(row for each in table.iter(*_SPECIAL) for row in each.iterancestors(ROW))


def plain_cells(row: etree._Element) -> list[list[list[str]]]:
    """The cells of a row without anything special: of each paragraph the style's id and the text."""
    cells: list[list[list[str]]] = []
    paragraph = ["", ""]
    for each in row.iter(*_PLAIN):
        tag = each.tag
        if tag == TEXT:
            paragraph[1] += each.text or ""
        elif tag == PARAGRAPH:
            paragraph = ["", ""]
            cells[-1].append(paragraph)
        elif tag == CELL:
            cells.append([])
        else:
            paragraph[0] = each.get(_VALUE, "")
    return cells
