"""Tables written in HTML inside plain text, as scanning programs write them: their cells on a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from docgen.reading.document import Cell

_TAG: Final = re.compile(r"<(/?)(tr|td|th)\b([^<>]{0,500})>", re.IGNORECASE)
_SPAN: Final = re.compile(r"(col|row)span\s*=\s*[\"']?(\d{1,3})", re.IGNORECASE)


@dataclass(slots=True)
class _Grid:
    """The columns that cells of earlier rows still cover, and the next free one."""

    covered: dict[int, int] = field(default_factory=dict)
    row: int = 0
    column: int = 1

    def new_row(self) -> None:
        """Begin the next row."""
        self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}
        self.row += 1
        self.column = 1

    def place(self, columns: int, rows: int) -> tuple[int, int]:
        """Row and column of the next cell, which is then passed."""
        while self.column in self.covered:
            self.column += 1
        row, column = max(self.row, 1), self.column
        for covered in range(column, column + columns):
            self.covered[covered] = rows
        self.column += columns
        return row, column


def cells_of(text: str, start: int, end: int, table: int) -> Iterator[tuple[int, int, Cell]]:
    """Where the content of each cell stands, and the cell; `start` and `end` enclose one table."""
    grid = _Grid()
    opened: tuple[int, Cell] | None = None
    for tag in _TAG.finditer(text, start, end):
        closing, name = tag[1], tag[2].lower()
        if opened is not None:
            yield opened[0], tag.start(), opened[1]
            opened = None
        if closing:
            continue
        if name == "tr":
            grid.new_row()
            continue
        spans = {kind.lower(): max(1, int(number)) for kind, number in _SPAN.findall(tag[3])}
        columns, rows = spans.get("col", 1), spans.get("row", 1)
        row, column = grid.place(columns, rows)
        opened = tag.end(), Cell(table, row, column, columns, row_span=rows, header=name == "th")
