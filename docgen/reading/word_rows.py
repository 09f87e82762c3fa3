"""Paragraphs, and rows of tables, that hold nothing but plain text, which most do: each is read in one go."""

from __future__ import annotations

from typing import Final

from lxml import etree

from docgen.word.sight import FORMULAS, PICTURES
from docgen.word.text import CELL, FALLBACK, MAIN, PARAGRAPH, ROW, SHOWN, SYMBOLS, TABLE, TEXT, TEXT_BOX, w

_STYLE, _VALUE = w("pStyle"), w("val")
_PLAIN: Final = (CELL, PARAGRAPH, TEXT, _STYLE)
# All that the reader takes for more than text in a paragraph in a cell, whatever part of it takes it so.
_SPECIAL: Final = (
    *SHOWN, *SYMBOLS, *FORMULAS, *PICTURES, FALLBACK, TABLE, TEXT_BOX,
    *map(w, ("gridSpan", "vMerge", "hMerge", "gridBefore", "tblHeader", "numPr", "sectPr", "pPrChange", "vanish",
             "del", "moveFrom", "delText", "fldChar", "sdtPr", "sdtEndPr", "rubyPr", "rt", "altChunk")),
)  # fmt: skip
# What stands behind a paragraph inside another cannot be told from what stands in it.
_NESTED: Final = etree.XPath("boolean(.//w:p//w:p)", namespaces={"w": MAIN})


def special_rows(table: etree._Element) -> frozenset[etree._Element]:
    """The rows of a table that hold more than plain text: merged cells, breaks, fields, tables inside."""
    return frozenset(row for each in table.iter(*_SPECIAL) for row in each.iterancestors(ROW))


def special_paragraphs(root: etree._Element) -> frozenset[etree._Element] | None:
    """The paragraphs of a part that hold more than plain text; None where any of them may."""
    if _NESTED(root):
        return None
    return frozenset(paragraph for each in root.iter(*_SPECIAL) for paragraph in each.iterancestors(PARAGRAPH))


def plain_paragraph(paragraph: etree._Element) -> tuple[str, str]:
    """The style's id and the text of a paragraph without anything special."""
    style, text = "", ""
    for each in paragraph.iter(TEXT, _STYLE):
        if each.tag == TEXT:
            text += each.text or ""
        else:
            style = each.get(_VALUE, "")
    return style, text


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
