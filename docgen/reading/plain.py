"""Plain text and Markdown as Readings: one block per line or table cell, each with its exact offset in the file."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from docgen.errors import InputError
from docgen.reading.document import Block, Reading
from docgen.reading.headings import Headings
from docgen.reading.layout import LINE_END, Layout, Piece
from docgen.reading.marks import BREAK, without_marks

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_LINES: Final = 400_000
_SAVE_AGAIN: Final = "请用编辑器打开文件检查，另存为 UTF-8 编码的文本。"

# What Markdown puts before a paragraph, and where the paragraphs of a line or a cell end.
_LEAD: Final = re.compile(r"[ \t\u3000]*(?:>[ \t]*)*(?:(#{1,6})[ \t]+|[-*•][ \t]+(?![ \t]*\d+[ \t]*[-*][ \t]*$))?")
_END: Final = re.compile(rf"(?:\r\n|\r|\n|\f|{BREAK})+")


@dataclass(frozen=True, slots=True)
class PlainReading(Reading):
    """The Reading of a text file, with the decoded text: `source[block.offset:]` begins with what the block shows."""

    source: str = ""

    __hash__ = Reading.__hash__

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character of the file."""
        starts = _line_starts(self.source)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=4)
def _line_starts(source: str) -> list[int]:
    """Where the lines of a text begin; each finding asks for its own."""
    return [0, *(match.end() for match in LINE_END.finditer(source))]


def read_plain(data: bytes, file: str) -> PlainReading:
    """The Reading of a text or Markdown file; raises InputError where the bytes are no text."""
    source = decode(data, file)
    if len(_line_starts(source)) > _MOST_LINES:
        raise InputError(f"{file}：超过 {_MOST_LINES:,} 行，不予读取。", hint="请拆成几个文件。")
    return PlainReading(file, tuple(_Page(source).blocks()), source=source)


def decode(data: bytes, file: str) -> str:
    """The text of the bytes, without its byte order mark: UTF-8, UTF-16, UTF-32 or GB18030."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, file)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = _decoded(data, "gb18030", file)
    if _NOT_TEXT.search(text):
        raise InputError(f"{file}：这不是文本文件，或者编码无法识别。", hint=_SAVE_AGAIN)
    return text


def _decoded(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "gb18030":
            message = f"{file}：既不是 UTF-8 也不是 GB18030 编码的文本。"
        else:
            message = f"{file}：文件开头标明是 {encoding.upper()} 编码，但第 {error.start + 1} 个字节起不符合。"
        raise InputError(message, hint=_SAVE_AGAIN) from None


class _Page:
    """One pass over a decoded text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._text = without_marks(source)
        self._starts = _line_starts(source)
        self._headings = Headings()
        self._index = 0

    def blocks(self) -> Iterator[Block]:
        """The blocks in the order of the file."""
        for piece in Layout(self._text).pieces():
            for start, end in self._paragraphs(piece):
                yield self._block(start, end, piece)

    def _paragraphs(self, piece: Piece) -> Iterator[tuple[int, int]]:
        """The paragraphs of a line or a cell, empty ones only where there is no other."""
        at, found = piece.start, False
        for match in _END.finditer(self._text, piece.start, piece.end):
            if self._text[at : match.start()].strip():
                found = True
                yield at, match.start()
            at = match.end()
        if not found or self._text[at : piece.end].strip():
            yield at, piece.end

    def _block(self, start: int, end: int, piece: Piece) -> Block:
        start, end, level = self._trimmed(start, end, piece)
        text = self._text[start:end]
        cell = piece.cell
        label = f"表{cell.table} 第{cell.row}行第{cell.column}列" if cell else self._label(text, piece.style)
        style = f"Heading{level}" if level else piece.style
        index, line = self._index, bisect_right(self._starts, start)
        self._index += 1
        return Block(index, "body", index, text, label, style, cell, line=line, offset=start)

    def _label(self, text: str, style: str | None) -> str:
        # Lines of a table of contents are no headings.
        return "目录" if style else self._headings.label(text)

    def _trimmed(self, start: int, end: int, piece: Piece) -> tuple[int, int, int]:
        """The paragraph without the marks around it, and the level of the heading that it is, 0 for none."""
        lead = None if piece.cell else _LEAD.match(self._text, start, end)
        level = len(lead[1]) if lead and lead[1] else 0
        if lead and lead[0].strip(" \t\u3000"):
            start = lead.end()
        blank = self._blank_in_cell if piece.cell else self._blank_mark
        while end > start and blank(end - 1):
            end -= 1
        while start < end and blank(start):
            start += 1
        return start, end, level

    def _blank_mark(self, at: int) -> bool:
        return self._text[at] == " " != self._source[at]

    def _blank_in_cell(self, at: int) -> bool:
        return self._text[at] in " \t"
