"""Tables of a PDF page as its ruled lines draw them: cells on a grid, each with the characters inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docgen.reading.pdf_lines import Char, Line, lines_of, paragraphs_in_cell

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class GridBox:
    """One cell: row and column from 0, how many of each it spans, and its paragraphs."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """One table of a page: its box, how many columns it has, and its cells in reading order."""

    box: Box
    columns: int
    cells: tuple[GridBox, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The texts of the first row."""
        return tuple("".join(line.text for line in cell.lines) for cell in self.cells if cell.row == 0)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max(cell.row + cell.rows for cell in self.cells)


def tables_of(page: Any, chars: Sequence[Char]) -> tuple[list[Ruled], list[Char]]:
    """The tables of a page (of pdfplumber) from top to bottom, and the characters that stand in none of them."""
    found, rest = [], list(chars)
    for table in sorted(page.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0])):
        boxes: list[Box] = list(table.cells)
        if len(boxes) < 2:
            # A frame around a paragraph is no table.
            continue
        inside = [char for char in rest if _within(char, table.bbox)]
        rest = [char for char in rest if not _within(char, table.bbox)]
        if inside:
            found.append(_ruled(table.bbox, boxes, inside))
    return found, rest


def _ruled(box: Box, boxes: Sequence[Box], chars: Sequence[Char]) -> Ruled:
    lefts, tops = _edges([cell[0] for cell in boxes]), _edges([cell[1] for cell in boxes])
    placed: dict[Box, list[Char]] = {cell: [] for cell in boxes}
    for char in chars:
        home = next((cell for cell in boxes if _within(char, cell)), None)
        if home is not None:
            placed[home].append(char)
    cells = [_cell(cell, own, lefts, tops) for cell, own in placed.items()]
    return Ruled(box, len(lefts), tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _cell(box: Box, chars: Sequence[Char], lefts: Sequence[float], tops: Sequence[float]) -> GridBox:
    left, top, right, bottom = box
    row, column = _index(tops, top), _index(lefts, left)
    rows, columns = _index(tops, bottom) - row, _index(lefts, right) - column
    return GridBox(row, column, max(rows, 1), max(columns, 1), tuple(paragraphs_in_cell(lines_of(chars))))


def _edges(values: Sequence[float]) -> list[float]:
    """The distinct edges, those drawn a hair apart taken for one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 3:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    """How many edges lie before a value."""
    return sum(edge < value - 3 for edge in edges)


def _within(char: Char, box: Box) -> bool:
    return box[0] <= (char.x0 + char.x1) / 2 <= box[2] and box[1] <= char.middle <= box[3]
