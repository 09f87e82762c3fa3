"""Where a paragraph of a template stands, in the words of a clerk."""

from __future__ import annotations

from lxml import etree

from docgen.template.dialect import Place
from docgen.word.text import CELL, FALLBACK, PARAGRAPH, ROW, TABLE, paragraphs, part_name, w

_KNOWN = {"body": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_LONGEST = 30


class Places:
    """The places of one part's paragraphs; tables are counted from 1 as they come."""

    def __init__(self, path: str, root: etree._Element) -> None:
        self._name = part_name(path)
        self._title = next((label for stem, label in _KNOWN.items() if self._name.startswith(stem)), self._name)
        self._tables = {table: number for number, table in enumerate(root.iter(TABLE), 1)}
        self._numbers = {paragraph: number for number, paragraph in enumerate(paragraphs(root))}
        self._blocks: dict[etree._Element, str] = {}

    def inlined(self, elements: list[etree._Element], block: str) -> None:
        """Remember that the paragraphs of these elements came out of a shared block, which they are all of."""
        inside = [paragraph for element in elements for paragraph in element.iter(PARAGRAPH)]
        seen = (paragraph for paragraph in inside if next(paragraph.iterancestors(FALLBACK), None) is None)
        for number, paragraph in enumerate(seen):
            self._blocks[paragraph], self._numbers[paragraph] = block, number

    def of(self, paragraph: etree._Element, number: int, text: str) -> Place:
        """The place of the paragraph with that text; its number (from 0) is that in its own file, if it is known."""
        number = self._numbers.get(paragraph, number)
        block = self._blocks.get(paragraph)
        source = f"{self._title}（共用段落“{block}”）" if block else self._title
        around = text.strip()
        shown = around if len(around) <= _LONGEST else around[: _LONGEST - 1] + "…"
        label = f"{source}{self._cell(paragraph) or f'第 {number + 1} 段'}"
        return Place(self._name, label, shown, number, block)

    def _cell(self, paragraph: etree._Element) -> str | None:
        cell = next(paragraph.iterancestors(CELL), None)
        row = None if cell is None else cell.getparent()
        table = None if row is None else next(row.iterancestors(TABLE), None)
        if cell is None or row is None or table is None:
            return None
        rows = 1 + sum(1 for _ in row.itersiblings(ROW, preceding=True))
        columns = 1 + sum(map(_columns, cell.itersiblings(CELL, preceding=True)))
        return f" 表{self._tables.get(table, 0)} 第{rows}行第{columns}列"


def _columns(cell: etree._Element) -> int:
    """How many columns the cell spans, as far as that is a number yet."""
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    value = "1" if span is None else span.get(w("val"), "1")
    return int(value) if value.isdigit() else 1
