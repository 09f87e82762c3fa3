"""PDF files as Readings: text in reading order, ruled tables as cells, every block with its page."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from docgen.errors import InputError, ToolMissing
from docgen.reading.document import Block, Cell, Reading
from docgen.reading.headings import Headings
from docgen.reading.pdf_columns import lines_in_columns
from docgen.reading.pdf_lines import Char, Line, column_of, continues, is_full, joined, paragraphs_of
from docgen.reading.pdf_tables import Ruled, tables_of

_MOST_PAGES: Final = 2000
_FEWEST_RULES: Final = 4
# A drawing has more lines than this, a table never; and no page has so many characters.
_MOST_RULES: Final = 3000
_MOST_CHARACTERS: Final = 50_000
_MOST_OBJECTS: Final = 100_000
# A scan has its stamp or its page number as text at most.
_FEWEST_CHARACTERS: Final = 8
# A character so much wider than high is a comma or a dash of a font that does not say how high its lines are.
_SQUAT: Final = 0.8
_EDGE: Final = 0.12
_PAGE_NUMBER: Final = re.compile(r"[\s—–\-第页共/of0-9０-９一二三四五六七八九十百pP.]{1,16}")
_FIGURES: Final = re.compile(r"[0-9０-９]+")
_SCAN: Final = "是扫描图片，没有文字可读"


def read_pdf(data: bytes, shown: str) -> Reading:
    """The Reading of a PDF file; InputError where it is damaged, encrypted or a scan without text."""
    pages, scanned = _pages(data, shown)
    if not any(page.items for page in pages):
        message = f"{shown}：每一页都{_SCAN}。" if scanned else f"{shown}：里面没有文字。"
        raise InputError(message, hint="请取得 Word 文件或带文字层的 PDF，或先做文字识别（OCR）。")
    unread = (f"第 {'、'.join(map(str, scanned))} 页{_SCAN}",) if scanned else ()
    return Reading(shown, tuple(_Walk().blocks(pages)), unread)


@dataclass(slots=True)
class _Page:
    """One page: paragraphs and tables from top to bottom, and the lines at its upper and lower edge."""

    number: int
    height: float
    items: list[Line | Ruled] = field(default_factory=list)
    edge: list[tuple[str, Line]] = field(default_factory=list)
    full: bool = False


def _pages(data: bytes, shown: str) -> tuple[list[_Page], list[int]]:
    """The pages, and the numbers of those that are pictures."""
    try:
        import pdfplumber
        import pypdfium2
    except ImportError:
        raise ToolMissing(f"{shown}：没有安装读取 PDF 的组件。", hint="请运行 pip install 'docgen[pdf]'。") from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused(shown, str(error)) from None
    if len(document) > _MOST_PAGES:
        raise InputError(f"{shown}：PDF 有 {len(document)} 页，最多读 {_MOST_PAGES} 页。")
    found, scanned = [], []
    with pdfplumber.open(io.BytesIO(data)) as plumber:
        for index in range(len(document)):
            page = document[index]
            chars = _chars(page, f"{shown}：第 {index + 1} 页")
            pictures, rules = _objects(page)
            if len(chars) < _FEWEST_CHARACTERS and pictures:
                scanned.append(index + 1)
            ruled = _FEWEST_RULES <= rules <= _MOST_RULES and bool(chars)
            tables, rest = tables_of(plumber.pages[index], chars) if ruled else ([], chars)
            heights = [(table.box[1], table.box[3]) for table in tables]
            found.append(_Sheet(index + 1, page.get_size()[1], tables, lines_in_columns(rest, heights)))
            page.close()
    return _without_edges(found), scanned


def _refused(shown: str, said: str) -> InputError:
    if "password" in said.lower():
        return InputError(f"{shown}：PDF 有密码保护，不能读取。", hint="请去掉密码后再试。")
    return InputError(f"{shown}：不是完好的 PDF 文件，可能已损坏。", hint="请重新取得该文件。")


def _chars(page: Any, shown: str) -> list[Char]:
    """The characters that stand upright on the page; a watermark or stamp at an angle is none of them."""
    import pypdfium2.raw as pdfium

    crowded = pdfium.FPDFPage_CountObjects(page) > _MOST_OBJECTS
    text = None if crowded else page.get_textpage()
    if text is None or text.count_chars() > _MOST_CHARACTERS:
        raise InputError(f"{shown}的内容多得不正常，不予读取。", hint="文件可能已损坏，请重新取得。")
    found: list[tuple[float, Char]] = []
    width, height = page.get_size()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code <= 0x20 or code in (0xA0, 0x3000, 0xAD, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000:
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        angle = round(pdfium.FPDFText_GetCharAngle(text, index), 1)
        if not angle and top - bottom < _SQUAT * (right - left):
            bottom, top = _heights(text, index, right - left)
        box = _turned((left, bottom, right, top), page.get_rotation(), width, height)
        found.append((angle, Char(chr(code), *box)))
    text.close()
    upright = Counter(angle for angle, _ in found).most_common(1)
    return [char for angle, char in found if angle == upright[0][0]]


def _heights(text: Any, index: int, size: float) -> tuple[float, float]:
    """The bottom and the top of a line at a comma or a dash whose font tells no more than how high its ink is."""
    import ctypes

    import pypdfium2.raw as pdfium

    x, base = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, base)
    return base.value - 0.12 * size, base.value + 0.88 * size


def _turned(
    box: tuple[float, float, float, float], rotation: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a box as a person sees the page, whose width and height are those seen."""
    left, bottom, right, top = box
    if rotation == 90:
        return bottom, left, top, right
    if rotation == 180:
        return width - right, bottom, width - left, top
    if rotation == 270:
        return width - top, height - right, width - bottom, height - left
    return left, height - top, right, height - bottom


def _objects(page: Any) -> tuple[int, int]:
    """How many pictures and how many drawn lines a page has."""
    import pypdfium2.raw as pdfium

    kinds = Counter(item.type for item in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH]))
    return kinds[pdfium.FPDF_PAGEOBJ_IMAGE], kinds[pdfium.FPDF_PAGEOBJ_PATH]


@dataclass(slots=True)
class _Sheet:
    """One page as it was read: its tables and the lines outside of them."""

    number: int
    height: float
    tables: list[Ruled]
    lines: list[Line]


def _without_edges(sheets: Sequence[_Sheet]) -> list[_Page]:
    """The pages with headers, footers and page numbers told from the text."""
    seen = Counter(key for sheet in sheets for key in {_key(sheet, line) for line in sheet.lines} if key)
    pages = []
    for sheet in sheets:
        page = _Page(sheet.number, sheet.height)
        body = []
        for line in sheet.lines:
            key = _key(sheet, line)
            if key and (_PAGE_NUMBER.fullmatch(line.text) or seen[key] > max(1, len(sheets) // 3)):
                page.edge.append((key[0], line))
            else:
                body.append(line)
        column = column_of(body)
        page.items = [*_between_tables(body, sheet.tables)]
        page.full = bool(body) and is_full(body[-1], column)
        pages.append(page)
    return pages


def _key(sheet: _Sheet, line: Line) -> tuple[str, str] | None:
    """The edge at which a line stands and its text without figures; None in the middle of the page."""
    if line.bottom < _EDGE * sheet.height:
        return "header", _FIGURES.sub("#", line.text)
    if line.top > (1 - _EDGE) * sheet.height:
        return "footer", _FIGURES.sub("#", line.text)
    return None


def _between_tables(lines: Sequence[Line], tables: Sequence[Ruled]) -> Iterator[Line | Ruled]:
    """Paragraphs and tables from top to bottom."""
    column, left = column_of(lines), list(lines)
    for table in tables:
        above = [line for line in left if line.bottom <= table.box[1] + line.size / 2]
        left = left[len(above) :]
        yield from paragraphs_of(above, column)
        yield table
    yield from paragraphs_of(left, column)


class _Walk:
    """The blocks of all pages, paragraphs and tables going on over the ends of pages."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._headings = Headings()
        self._table = 0
        self._rows = 0
        self._columns = 0
        self._head: tuple[str, ...] = ()

    def blocks(self, pages: Sequence[_Page]) -> list[Block]:
        """All blocks: the body, then what stands at the edges of the pages, once each."""
        for page, items in _joined(pages):
            for number, item in enumerate(items):
                if isinstance(item, Line):
                    self._add(item.text, page.number, f"第{page.number}页 {self._headings.label(item.text)}".strip())
                else:
                    self._add_table(item, page, first=not number and page.number > 1)
        edges = ((part, line.text, _first(pages, line.text)) for page in pages for part, line in page.edge)
        for part, text, number in dict.fromkeys(edges):
            self._add(text, number, f"第{number}页 {'页眉' if part == 'header' else '页脚'}", part=part)
        return self._blocks

    def _add(self, text: str, page: int, label: str, cell: Cell | None = None, part: str = "body") -> None:
        index = len(self._blocks)
        self._blocks.append(Block(index, part, index, text, label, cell=cell, page=page))

    def _add_table(self, table: Ruled, page: _Page, *, first: bool) -> None:
        last = self._blocks[-1].cell if self._blocks else None
        goes_on = first and last is not None and table.columns == self._columns
        if not goes_on:
            self._table, self._rows, self._head = self._table + 1, 0, table.head
        again = goes_on and table.head == self._head
        for found in table.cells:
            row = self._rows + found.row + 1
            header = again and found.row == 0
            cell = Cell(self._table, row, found.column + 1, found.columns, row_span=found.rows, header=header)
            label = f"第{page.number}页 表{cell.table} 第{cell.row}行第{cell.column}列"
            for line in found.lines or (Line("", 0, 0, 0, 0),):
                self._add(line.text, page.number, label, cell)
        self._rows += table.rows
        self._columns = table.columns


def _first(pages: Sequence[_Page], text: str) -> int:
    """The first page at whose edge a text stands."""
    return next(page.number for page in pages if any(line.text == text for _, line in page.edge))


def _joined(pages: Sequence[_Page]) -> Iterator[tuple[_Page, list[Line | Ruled]]]:
    """Every page with its items, a paragraph that goes on over the end of a page whole on the first one."""
    kept = [list(page.items) for page in pages]
    for number in range(len(pages) - 1, 0, -1):
        before, after = kept[number - 1], kept[number]
        if not (before and after and pages[number - 1].full):
            continue
        last, first = before[-1], after[0]
        if isinstance(last, Line) and isinstance(first, Line):
            column = column_of([item for item in after if isinstance(item, Line)])
            if continues(last, first, column) and not last.text.endswith(("。", "；", "：")):
                before[-1] = joined(last, first)
                del after[0]
    yield from zip(pages, kept, strict=True)
