"""A Reading: any document as the ordered blocks that a person sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Cell(NamedTuple):
    """The place of a table cell: table number in the document, row and column, all from 1 as a clerk counts.

    `column` is the grid column, so that a cell below a merged header keeps the column a person sees it in. A cell
    that is merged over rows stands in the first of them, with its `row_span`. `header` marks a repeated header row.
    """

    table: int
    row: int
    column: int
    column_span: int = 1
    depth: int = 1
    row_span: int = 1
    header: bool = False


class Block(NamedTuple):
    """One paragraph of a document: its visible text, the part it stands in, and its cell if it is in a table.

    `index` counts over the whole Reading from 0. In a Word file `position` counts the paragraphs of the part (in the
    order of their opening tags), which is how edits find it again, and `number` is the automatic number that a person
    sees before the text (第四条, 4.1, （一）) without being part of it. In plain text `line` (from 1) and `offset` (in
    characters from 0) say where the text begins in the file; in a PDF `page` counts from 1. `unseen` is text that the
    file holds here and nobody sees: deleted or hidden.
    """

    index: int  # type: ignore[assignment]  # a tuple has a method of that name, which nobody asks a block for
    part: str
    position: int
    text: str
    label: str = ""
    style: str | None = None
    cell: Cell | None = None
    number: str = ""
    line: int | None = None
    offset: int | None = None
    page: int | None = None
    unseen: str = ""

    @property
    def seen(self) -> str:
        """The text as a person sees it, the automatic number before it."""
        return f"{self.number}{self.text}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person sees of one file, in reading order: body, then headers, footers, footnotes.

    `unread` names what the file holds and nobody could read, each with the reason; an empty tuple means that
    everything was read.
    """

    file: str
    blocks: tuple[Block, ...]
    unread: tuple[str, ...] = ()

    # What is remembered of a document is remembered of this one: going over all its text would cost more.
    __hash__ = object.__hash__

    @property
    def text(self) -> str:
        """The text of all blocks, one line each."""
        return "\n".join(block.text for block in self.blocks)

    def by_place(self) -> dict[tuple[str, int], Block]:
        """The blocks by the part and the paragraph that each of them is."""
        return {(block.part, block.position): block for block in self.blocks}


@dataclass(frozen=True, slots=True)
class Bundle:
    """The readings that are one set: files named together or lying in one folder, in the order of their names."""

    readings: tuple[Reading, ...]
