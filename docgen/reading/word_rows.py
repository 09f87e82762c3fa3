"""Paragraphs, and rows of tables, that hold nothing but plain text, which most do: each is read in one go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from docgen.word.sight import FORMULAS, PICTURES
from docgen.word.text import CELL, FALLBACK, MAIN, PARAGRAPH, ROW, SHOWN, SYMBOLS, TABLE, TEXT, TEXT_BOX, w

_STYLE, _VALUE = w("pStyle"), w("val")
_NUMBERING: Final = w("numPr")
_PLAIN: Final = (CELL, PARAGRAPH, TEXT, _STYLE)
# All that the reader takes for more than text in a paragraph, whatever part of it takes it so.
_SPECIAL: Final = (
    *SHOWN, *SYMBOLS, *FORMULAS, *PICTURES, FALLBACK, TEXT_BOX,
    *map(w, ("sectPr", "pPrChange", "vanish", "del", "moveFrom", "delText", "fldChar", "sdtPr", "sdtEndPr",
             "rubyPr", "rt", "altChunk")),
)  # fmt: skip
_SPECIAL_IN_ROW: Final = (
    *_SPECIAL,
    TABLE,
    *map(w, ("numPr", "gridSpan", "vMerge", "hMerge", "gridBefore", "tblHeader")),
)
# Where text is hidden by styles.
_NAMING_STYLES: Final = (_STYLE, w("rStyle"))
_NESTED: Final = etree.XPath("boolean((descendant::w:p/ancestor::w:p)[1])", namespaces={"w": MAIN})


def special_rows(table: etree._Element, rows: list[etree._Element], hidden: frozenset[str]) -> set[etree._Element]:
    """Which of the rows of a table hold more than plain text: merged cells, breaks, fields, tables inside.

    `hidden` are the styles that hide their text.
    """
    return _holding(set(rows), ROW, table.iter(ROW, *_SPECIAL_IN_ROW, *(_NAMING_STYLES if hidden else ())), hidden)


def special_paragraphs(root: etree._Element, hidden: frozenset[str]) -> set[etree._Element]:
    """The paragraphs of a part that hold more than plain text."""
    found = _holding(None, PARAGRAPH, root.iter(PARAGRAPH, *_SPECIAL, *(_NAMING_STYLES if hidden else ())), hidden)
    if _NESTED(root):
        # What stands behind a paragraph inside another cannot be told from what stands in it.
        found.update(around for each in root.iter(PARAGRAPH) for around in each.iterancestors(PARAGRAPH))
    return found


def _holding(
    own: set[etree._Element] | None, kind: str, elements: Iterable[etree._Element], hidden: frozenset[str]
) -> set[etree._Element]:
    """The paragraphs or rows that something special stands in, or behind, which does no harm."""
    found: set[etree._Element] = set()
    last: etree._Element | None = None
    for each in elements:
        tag = each.tag
        if tag == kind:
            # Those that stand in another one, in a table inside, count for it.
            last = each if own is None or each in own else last
        elif last is not None and (tag not in _NAMING_STYLES or each.get(_VALUE) in hidden):
            found.add(last)
    return found


def plain_paragraph(paragraph: etree._Element) -> tuple[str, etree._Element | None, str]:
    """The style's id, the w:numPr and the text of a paragraph without anything special."""
    style, own, text = "", None, ""
    for each in paragraph.iter(TEXT, _STYLE, _NUMBERING):
        tag = each.tag
        if tag == TEXT:
            text += each.text or ""
        elif tag == _STYLE:
            style = each.get(_VALUE, "")
        else:
            own = each
    return style, own, text


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
