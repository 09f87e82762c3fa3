"""Lines and paragraphs of a PDF page, made of its characters and where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

_WIDE: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—￥]")
# Radicals and compatibility forms that programs write in place of the characters themselves.
_RADICALS: Final = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
# What begins a paragraph of its own, however full the line above is.
_BEGINNING: Final = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节条部]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?![\d%％元万亿])|\d{1,2}[.．、)）](?!\d)|[①-⑳]|附[件录表][一二三四五六七八九十\d]*(?:[：:\s]|$)"
    r"|[甲乙丙丁]方(?:[（(][^（）()]{1,10}[）)])?[：:])"
)
_ENDS: Final = ("。", "；", "：", "！", "？", ";", ":")


@dataclass(frozen=True, slots=True)
class Char:
    """One character and its box, measured from the upper left corner of the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """How high it is."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its box, and the column of a page set in two in which it stands."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    column: Column | None = None

    @property
    def size(self) -> float:
        """How high it is."""
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True)
class Column:
    """The left and the right edge between which text runs."""

    left: float
    right: float


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines that the characters make, from top to bottom."""
    return [line_of(row) for row in rows_of(chars)]


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """The characters of each line from left to right, the lines from top to bottom."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (char.middle, char.x0)):
        row = rows[-1] if rows else []
        if row and abs(char.middle - median(other.middle for other in row[-5:])) < 0.45 * max(char.size, row[-1].size):
            row.append(char)
        else:
            rows.append([char])
    return [sorted(row, key=lambda char: char.x0) for row in rows]


def line_of(row: Sequence[Char]) -> Line:
    """The line that characters make which stand one behind another."""
    text, last = "", row[0]
    for number, char in enumerate(row):
        overlap = number and char.text == last.text and char.x0 - last.x0 < 0.3 * char.size
        if overlap:
            # Bold made by printing twice.
            continue
        gap = (char.x0 - last.x1) / max(char.size, 1.0) if number else 0.0
        text += ("   " if gap > 1.5 else " " if gap > 0.28 else "") + char.text
        last = char
    top, bottom = min(char.top for char in row), max(char.bottom for char in row)
    return Line(_canonical(text), row[0].x0, top, max(char.x1 for char in row), bottom)


def _canonical(text: str) -> str:
    return _RADICALS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def column_of(lines: Sequence[Line]) -> Column:
    """Where the text of a page runs: from the leftmost to the rightmost line."""
    return Column(min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=0.0))


def paragraphs_of(lines: Sequence[Line], column: Column) -> Iterator[Line]:
    """The paragraphs that the lines make: a full line goes on in the next one if that is not indented."""
    open_: Line | None = None
    full = False
    for line in lines:
        if open_ is not None and full and continues(open_, line, column) and line.top - open_.bottom < 1.5 * line.size:
            open_ = joined(open_, line)
        else:
            if open_ is not None:
                yield open_
            open_ = line
        full = is_full(line, column)
    if open_ is not None:
        yield open_


def paragraphs_in_cell(lines: Sequence[Line]) -> Iterator[Line]:
    """The paragraphs of a table cell, whose text may be centred: a line almost as wide as the widest goes on."""
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    open_: Line | None = None
    wide = False
    for line in lines:
        if open_ is not None and wide and not open_.text.endswith(_ENDS) and not _BEGINNING.match(line.text):
            open_ = joined(open_, line)
        else:
            if open_ is not None:
                yield open_
            open_ = line
        wide = line.x1 - line.x0 > 0.7 * widest
    if open_ is not None:
        yield open_


def is_full(line: Line, column: Column) -> bool:
    """Whether a line reaches the right edge, or nearly so in the middle of a sentence: its text may go on."""
    column = line.column or column
    if line.x1 > column.right - 1.2 * line.size:
        return True
    nearly = line.x1 > column.left + 0.8 * (column.right - column.left)
    return nearly and not line.text.endswith(_ENDS)


def continues(before: Line, line: Line, column: Column) -> bool:
    """Whether a line may be the rest of the one before: not indented, not numbered, of the same size."""
    column = line.column or column
    same = 0.6 < line.size / before.size < 1.67
    return same and line.x0 < column.left + 1.2 * line.size and not _BEGINNING.match(line.text)


def joined(before: Line, line: Line) -> Line:
    """Two lines as one; a space between them only where letters or figures of the Latin script meet."""
    wide = _WIDE.match(before.text[-1:]) or _WIDE.match(line.text[:1])
    figures = before.text[-1:].isdigit() and line.text[:1].isdigit()
    text = before.text + ("" if wide or figures else " ") + line.text
    right, left = max(before.x1, line.x1), min(before.x0, line.x0)
    # The height stays that of the last line, which decides whether another one follows.
    return replace(before, text=text, x0=left, x1=right, top=line.top, bottom=line.bottom)
