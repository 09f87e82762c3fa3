"""Where a paragraph of a template stands, in the words of a clerk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from docgen.errors import DocgenError
from docgen.template.dialect import Place
from docgen.word.package import Package
from docgen.word.text import CELL, FALLBACK, PARAGRAPH, ROW, TABLE, paragraphs, part_name, visible_text, w

_BODY = "body"
_KNOWN = {_BODY: "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_LONGEST = 30

Numbers = Callable[[], Mapping[int, str]]
"""Tells the automatic numbers of the body's paragraphs, by their place among them."""


def automatic(package: Package, source: bytes) -> Numbers:
    """What tells the numbers that Word gives the paragraphs of a template, once a place in it is to be named."""

    def numbers() -> Mapping[int, str]:
        from docgen.reading.word import BODY, read_word

        if not any("numbering" in part for part in package.names):
            return {}
        try:
            blocks = read_word(source, "").blocks
        except DocgenError:
            return {}
        return {block.position: block.number for block in blocks if block.part == BODY and block.number}

    return numbers


class Places:
    """The places of one part's paragraphs; tables are counted from 1 as they come."""

    def __init__(self, path: str, root: etree._Element, numbers: Numbers = dict) -> None:
        self._name = part_name(path)
        self._title = next((label for stem, label in _KNOWN.items() if self._name.startswith(stem)), self._name)
        self._tables = {table: number for number, table in enumerate(root.iter(TABLE), 1)}
        self._numbers = {paragraph: number for number, paragraph in enumerate(paragraphs(root))}
        self._automatic = numbers
        self._blocks: dict[etree._Element, str] = {}
        self._labels: dict[etree._Element, str] | None = None
        self._cells: dict[etree._Element, int] = {}
        self._rows: dict[etree._Element, int] = {}

    def inlined(self, elements: list[etree._Element], block: str) -> None:
        """Remember that the paragraphs of these elements came out of a shared block, which they are all of."""
        inside = [paragraph for element in elements for paragraph in element.iter(PARAGRAPH)]
        seen = [paragraph for paragraph in inside if next(paragraph.iterancestors(FALLBACK), None) is None]
        for number, paragraph in enumerate(seen):
            self._blocks[paragraph], self._numbers[paragraph] = block, number
        if self._labels is not None:
            self._labels |= _labelled(seen, f"共用段落“{block}”", {})

    def of(self, paragraph: etree._Element, number: int, text: str) -> Place:
        """The place of the paragraph with that text; its number (from 0) is that in its own file, if it is known."""
        if self._labels is None:  # before the first tag is taken out, while headings can still be read
            body = self._name == _BODY
            self._labels = _labelled(list(self._numbers), self._title, self._automatic()) if body else {}
        number = self._numbers.get(paragraph, number)
        around = text.strip()
        shown = around if len(around) <= _LONGEST else around[: _LONGEST - 1] + "…"
        return Place(self._name, self._label(paragraph), shown, number, self._blocks.get(paragraph))

    def _label(self, paragraph: etree._Element) -> str:
        """What a clerk calls the place: 第四条 第2段, 表1 第3行第2列, 页眉."""
        block, cell = self._blocks.get(paragraph), self._cell(paragraph)
        source = f"共用段落“{block}”" if block else self._title
        if cell is not None:
            return cell if source == _KNOWN[_BODY] else f"{source} {cell}"
        return (self._labels or {}).get(paragraph, source)

    def _cell(self, paragraph: etree._Element) -> str | None:
        cell = next(paragraph.iterancestors(CELL), None)
        row = None if cell is None else cell.getparent()
        table = None if row is None else next(row.iterancestors(TABLE), None)
        if cell is None or row is None or table is None:
            return None
        # All of a row and of a table at once, and before the first of their tags is taken out with its row or cell.
        if cell not in self._cells:
            self._cells |= _first_columns(row)
        if row not in self._rows:
            self._rows |= _row_numbers(row)
        return f"表{self._tables.get(table, 0)} 第{self._rows[row]}行第{self._cells[cell]}列"


def _row_numbers(row: etree._Element) -> dict[etree._Element, int]:
    """The number of each row beside this one, itself included."""
    holder = row.getparent()
    beside = [row] if holder is None else holder.iterchildren(ROW)
    return {other: number for number, other in enumerate(beside, 1)}


def _first_columns(row: etree._Element) -> dict[etree._Element, int]:
    """The column that each cell of a row begins in."""
    found, column = {}, 1
    for cell in row.iterchildren(CELL):
        found[cell] = column
        column += _columns(cell)
    return found


def _labelled(found: list[etree._Element], name: str, automatic: Mapping[int, str]) -> dict[etree._Element, str]:
    """The labels of the paragraphs that stand in no table; `automatic` are the numbers that Word gives."""
    from docgen.reading.headings import numbered
    from docgen.template.labels import labels

    free = {
        paragraph: numbered(automatic.get(number, ""), visible_text(paragraph))
        for number, paragraph in enumerate(found)
        if next(paragraph.iterancestors(CELL), None) is None
    }
    return dict(zip(free, labels(free.values(), name), strict=True))


def _columns(cell: etree._Element) -> int:
    """How many columns the cell spans, as far as that is a number yet."""
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    value = "1" if span is None else span.get(w("val"), "1")
    return int(value) if value.isdigit() else 1
