"""Word files as Readings: every paragraph a person sees, with its part, its table cell and a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.errors import InputError
from docgen.reading.document import Block, Cell, Reading
from docgen.word.names import with_usual_names
from docgen.word.package import Package, read_package
from docgen.word.text import CELL, FALLBACK, PARAGRAPH, ROW, TABLE, TEXT_BOX, part_name, visible_text, w

_STORIES = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_ORDER = ("body", "header", "footer", "footnotes", "endnotes")
_PART_LABELS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}

# The numbers that headings and clauses begin with, the more general ones first.
_NUMBER = re.compile(
    r"\s*(?:(第[一二三四五六七八九十百零〇]+[章条])"
    r"|([一二三四五六七八九十百]+)、"
    r"|([（(][一二三四五六七八九十]+[）)])"
    r"|(\d{1,2}(?:\.\d{1,2})+)(?![\d.,%％元万亿])"
    r"|(\d+)[.．、](?!\d)"
    r"|([（(]\d+[）)]))"
)


def read_word(data: bytes, file: str) -> Reading:
    """The Reading of a .docx file: body first, then headers, footers and notes.

    Raises InputError where the file is no Word package or a part of it is no XML.
    """
    package = with_usual_names(read_package(data, file))
    blocks: list[Block] = []
    for name in _stories(package):
        walk = _Walk(part_name(name), len(blocks))
        blocks.extend(walk.blocks(_parse(package[name], name, file)))
    return Reading(file, tuple(blocks))


def _stories(package: Package) -> list[str]:
    names = [name for name in package.names if _STORIES.fullmatch(name)]
    return sorted(names, key=lambda name: (_ORDER.index(_kind(part_name(name))), name))


def _kind(part: str) -> str:
    return part.rstrip("0123456789")


def _parse(content: bytes, name: str, file: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"{file}：其中的 {name} 不是完好的 XML，文件可能已损坏", hint="请用 Word 打开并另存"
        ) from error


@dataclass
class _Walk:
    """One pass over a part, in reading order."""

    part: str
    first: int
    position: int = 0
    tables: int = 0
    heading: list[str] = field(default_factory=list)

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        yield from self._children(root, None)

    def _children(self, element: etree._Element, cell: Cell | None) -> Iterator[Block]:
        for child in element:
            if child.tag == PARAGRAPH:
                yield from self._paragraph(child, cell)
            elif child.tag == TABLE:
                yield from self._table(child, cell)
            elif child.tag != FALLBACK and len(child):
                yield from self._children(child, cell)

    def _paragraph(self, paragraph: etree._Element, cell: Cell | None) -> Iterator[Block]:
        text = visible_text(paragraph)
        label = self._label(text, cell)
        yield Block(self.first + self.position, self.part, self.position, text, label, _style(paragraph), cell)
        self.position += 1
        for box in paragraph.iter(TEXT_BOX):
            # A box inside a box, or inside the Fallback of one, comes with its own paragraph or not at all.
            if next(box.iterancestors(PARAGRAPH, FALLBACK)) is paragraph:
                yield from self._children(box, cell)

    def _table(self, table: etree._Element, outer: Cell | None) -> Iterator[Block]:
        self.tables += 1
        number, depth = self.tables, outer.depth + 1 if outer else 1
        for row_number, row in enumerate(_own(table, ROW, TABLE), 1):
            column = 1 + _number(row.find(f"{w('trPr')}/{w('gridBefore')}"))
            for element in _own(row, CELL, TABLE):
                span = _number(element.find(f"{w('tcPr')}/{w('gridSpan')}")) or 1
                yield from self._children(element, Cell(number, row_number, column, span, depth))
                column += span

    def _label(self, text: str, cell: Cell | None) -> str:
        if cell:
            return f"表{cell.table} 第{cell.row}行第{cell.column}列"
        if _kind(self.part) in _PART_LABELS:
            return _PART_LABELS[_kind(self.part)]
        number = _NUMBER.match(text)
        if number:
            rank = (number.lastindex or 1) - 1
            self.heading = [*(self.heading + [""] * 6)[:rank], number.group().strip().rstrip("、")]
        return " ".join(part for part in self.heading if part)


def _own(element: etree._Element, tag: str, barrier: str) -> Iterator[etree._Element]:
    # Rows and cells may stand inside content controls; those of a nested table are not ours.
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != barrier and child.tag not in (ROW, CELL, PARAGRAPH) and len(child):
            yield from _own(child, tag, barrier)


def _number(element: etree._Element | None) -> int:
    value = element.get(w("val")) if element is not None else None
    return int(value) if value and value.isdigit() else 0


def _style(paragraph: etree._Element) -> str | None:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style.get(w("val")) if style is not None else None
