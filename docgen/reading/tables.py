"""The tables of a Reading as grids: rows of cells, each with the blocks that stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from docgen.reading.document import Block, Cell, Reading
from docgen.reading.once import once_per_reading


class GridCell(NamedTuple):
    """One cell with its blocks; `text` is theirs, one line each."""

    cell: Cell
    blocks: tuple[Block, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its cells row by row, and the blocks before it since the last table or heading (caption, unit)."""

    number: int
    rows: tuple[tuple[GridCell, ...], ...]
    lead: tuple[Block, ...] = ()

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that covers a row and a grid column, both from 1; a merged cell covers all that it spans."""
        for cells in self.rows:
            for found in cells:
                cell = found.cell
                if 0 <= row - cell.row < cell.row_span and 0 <= column - cell.column < cell.column_span:
                    return found
        return None


@once_per_reading
def tables(reading: Reading) -> tuple[Table, ...]:
    """The tables of a document in order; a nested table is one of its own."""
    found: dict[int, list[Block]] = {}
    for block in reading.blocks:
        if block.cell is not None:
            found.setdefault(block.cell.table, []).append(block)
    return tuple(Table(number, _rows(blocks), _lead(reading, blocks[0])) for number, blocks in found.items())


@once_per_reading
def frames(reading: Reading) -> frozenset[int]:
    """The tables of a single cell: a frame around text that reads on, and no table to anybody."""
    cells: dict[int, set[Cell]] = {}
    for block in reading.blocks:
        if block.cell is not None:
            cells.setdefault(block.cell.table, set()).add(block.cell)
    return frozenset(number for number, found in cells.items() if len(found) == 1)


def _rows(blocks: list[Block]) -> tuple[tuple[GridCell, ...], ...]:
    cells = [
        GridCell(cell, tuple(own), own[0].text if len(own) == 1 else "\n".join(block.text for block in own))
        for cell, own in _by_cell(blocks)
    ]
    return tuple(tuple(row) for _, row in groupby(cells, key=lambda found: found.cell.row))


def _by_cell(blocks: list[Block]) -> list[tuple[Cell, list[Block]]]:
    found: dict[Cell, list[Block]] = {}
    for block in blocks:
        assert block.cell is not None
        found.setdefault(block.cell, []).append(block)
    return list(found.items())


def _lead(reading: Reading, first: Block) -> tuple[Block, ...]:
    """The last few paragraphs before the table, nearest last; no cells among them."""
    before: list[Block] = []
    for index in range(first.index - 1, -1, -1):
        block = reading.blocks[index]
        if block.cell is not None or block.part != first.part or len(before) == _LEAD:
            break
        if block.text.strip():
            before.append(block)
    return tuple(reversed(before))


_LEAD = 3
