"""The layout of plain text: which stretches are paragraphs, and which are cells of tables made of tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.reading.document import Cell
from docgen.reading.html_tables import cells_of

LINE_END: Final = re.compile(r"\r\n|\r|\n")

_HTML_TABLE: Final = re.compile(r"<table\b[^<>]*>.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_RULED: Final = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_BARRED: Final = re.compile(r"[ \t]*[|│┃].*[|│┃][ \t]*")
_WITH_BAR: Final = re.compile(r".*\|")
_DRAWN: Final = re.compile(r"[ \t|│┃+─━┼┬┴├┤┌┐└┘╋┳┻┣┫┏┓┗┛=:-]+")
_BARS: Final = frozenset("|│┃")
_BAR: Final = re.compile(r"[|│┃]")
_TAB: Final = re.compile(r"\t")
# A line of a table of contents: a heading, then a page number behind a tab or a row of dots.
_CONTENTS: Final = re.compile(r"[ \u3000]*\S.*?(?:\t+|[.．…·—-]{3,}[ \t]*|…+[ \t]*)[（(]?\d{1,3}[)）]?[ \t]*")
_HEADED: Final = re.compile(
    r"[ \u3000]*(?:第.{1,6}[章条节部]|[一二三四五六七八九十]+[、.]|[（(]|附[件录表]|\d+[.、．])"
)
_TOTAL: Final = re.compile(r"[ \u3000]*(?:合|小|总|共)[ \u3000]*计")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, from `start` to before `end`: a line, or what stands in one cell of a table."""

    start: int
    end: int
    cell: Cell | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table: where it stands, and its cells from left to right."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]


@dataclass(slots=True)
class _Table:
    """The table that is being read: its number, its rows so far, the texts of its first row."""

    number: int = 0
    rows: int = 0
    head: tuple[str, ...] = ()
    last: int | None = None


@dataclass(slots=True)
class Layout:
    """One pass over a text whose marks are blanked out already."""

    text: str
    table: _Table = field(default_factory=_Table)

    def pieces(self) -> Iterator[Piece]:
        """The stretches of the text in order."""
        at = 0
        for match in _HTML_TABLE.finditer(self.text):
            yield from self._lines(at, match.start())
            self.table = _Table(self.table.number + 1)
            for start, end, cell in cells_of(self.text, match.start(), match.end(), self.table.number):
                yield Piece(start, end, cell)
            at = match.end()
        yield from self._lines(at, len(self.text))

    def _lines(self, start: int, end: int) -> Iterator[Piece]:
        lines = list(_lines(self.text, start, end)) if start < end else []
        at = 0
        while at < len(lines):
            ruled = self._ruled(lines, at)
            tabbed = 0 if ruled else self._tabbed(lines, at)
            if ruled:
                yield from self._bars(lines[at : at + ruled])
            elif tabbed:
                yield from self._run(lines[at : at + tabbed])
            else:
                yield self._line(*lines[at])
            at += ruled or tabbed or 1

    def _line(self, start: int, end: int) -> Piece:
        line = self.text[start:end]
        contents = line[-1:].isdigit() and _CONTENTS.fullmatch(line) and _HEADED.match(line)
        return Piece(start, end, style="TOC" if contents else None)

    def _ruled(self, lines: Sequence[tuple[int, int]], at: int) -> int:
        """How many lines from here on are a table with bars (a header above a ruled line); 0 for none."""
        rule = self.text[slice(*lines[at + 1])] if at + 1 < len(lines) else ""
        if "-" in rule and "|" in self.text[slice(*lines[at])] and _RULED.fullmatch(rule):
            return 2 + self._run_of(lines, at + 2, _WITH_BAR)
        barred = self._run_of(lines, at, _BARRED)
        return barred if barred > 1 else 0

    def _run_of(self, lines: Sequence[tuple[int, int]], first: int, kind: re.Pattern[str]) -> int:
        """How many lines from there on are of a kind, lines that only draw the table among them."""
        for number in range(first, len(lines)):
            start, end = lines[number]
            if not kind.match(self.text, start, end) and not (number > first and _is_drawn(self.text, start, end)):
                return number - first
        return len(lines) - first

    def _bars(self, lines: Sequence[tuple[int, int]]) -> Iterator[Piece]:
        self.table = _Table(self.table.number + 1)
        ruled = len(lines) > 1 and _is_drawn(self.text, *lines[1])
        for number, (start, end) in enumerate(lines):
            if not _is_drawn(self.text, start, end):
                row = _row(self.text, *_inside_bars(self.text, start, end), _BAR)
                yield from self._cells(row, header=ruled and not number)

    def _tabbed(self, lines: Sequence[tuple[int, int]], at: int) -> int:
        """How many lines from here on have tabs between texts; 0 where they make no table."""
        count = 0
        while at + count < len(lines) and "\t" in self.text[slice(*lines[at + count])]:
            count += 1
        texts = [self.text[slice(*line)] for line in lines[at : at + count]]
        inner = [text.strip().count("\t") for text in texts]
        if count and self._goes_on(_row(self.text, *lines[at], _TAB)):
            return count
        if not any(inner) or _is_contents(texts):
            return 0
        filled = [cell for cell in texts[0].split("\t") if cell.strip()]
        return 0 if count == 1 and len(filled) < 3 else count

    def _goes_on(self, row: _Row) -> bool:
        """Whether a row that stands apart (behind the end of a page) belongs to the table above it."""
        if not self.table.rows or len(row.texts) < 3 or abs(len(row.texts) - len(self.table.head)) > 1:
            return False
        first = row.texts[0]
        follows = self.table.last is not None and first.isdecimal() and int(first) == self.table.last + 1
        return follows or (self.table.last is not None and (not first or bool(_TOTAL.match(first))))

    def _run(self, lines: Sequence[tuple[int, int]]) -> Iterator[Piece]:
        rows = [_row(self.text, *line, _TAB) for line in lines]
        if not self._goes_on(rows[0]):
            self.table = _Table(self.table.number + 1)
        for number, row in enumerate(rows):
            again = self.table.rows > 0 and _is_header(row) and row.texts == self.table.head
            if again and _first_number(rows, number + 1) == 1:
                self.table, again = _Table(self.table.number + 1), False
            yield from self._cells(row, header=again)

    def _cells(self, row: _Row, *, header: bool) -> Iterator[Piece]:
        table = self.table
        table.rows += 1
        table.head = table.head or row.texts
        if row.texts[0].isdecimal() and len(row.texts[0]) < 4:
            table.last = int(row.texts[0])
        for column, (start, end) in enumerate(row.cells, 1):
            yield Piece(start, end, Cell(table.number, table.rows, column, header=header))


def _is_drawn(text: str, start: int, end: int) -> bool:
    """Whether a line only draws a table: no text in it, but more than spaces and bars."""
    line = text[start:end]
    return bool(_DRAWN.fullmatch(line)) and not set(line) <= set(" \t|│┃")


def _is_contents(lines: Sequence[str]) -> bool:
    """Whether the lines are a table of contents: headings with page numbers that never go back."""
    if not all(map(_CONTENTS.fullmatch, lines)) or not any(map(_HEADED.match, lines)):
        return False
    pages = [int(re.findall(r"\d+", line)[-1]) for line in lines]
    return pages == sorted(pages)


def _is_header(row: _Row) -> bool:
    """Whether a row can be the header of a table: several texts, and no number first."""
    return not row.texts[0].isdecimal() and len(set(filter(None, row.texts))) > 1


def _first_number(rows: Sequence[_Row], at: int) -> int | None:
    """The number that the next numbered row begins with, looked for in a few rows."""
    return next((int(row.texts[0]) for row in rows[at : at + 5] if row.texts[0].isdecimal()), None)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in LINE_END.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def _inside_bars(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    left = len(line) - len(line.lstrip())
    right = len(line.rstrip())
    left += line[left : left + 1] in _BARS
    right -= right > left and line[right - 1] in _BARS
    return start + left, start + right


def _row(text: str, start: int, end: int, mark: re.Pattern[str]) -> _Row:
    cells = []
    at = start
    for match in mark.finditer(text, start, end):
        cells.append((at, match.start()))
        at = match.end()
    cells.append((at, end))
    return _Row(start, end, tuple(cells), tuple(text[slice(*cell)].strip() for cell in cells))
