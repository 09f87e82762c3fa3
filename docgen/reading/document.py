"""A Reading: any document as the ordered blocks that a person sees."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a table cell: table number in the document, row and column, all from 1 as a clerk counts.

    `column` is the grid column, so that a cell below a merged header keeps the column a person sees it in.
    """

    table: int
    row: int
    column: int
    column_span: int = 1
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a document: its visible text, the part it stands in, and its cell if it is in a table.

    `index` counts over the whole Reading from 0, `position` over the paragraphs of the part (in the order of
    their opening tags), which is how edits find it again in the file.
    """

    index: int
    part: str
    position: int
    text: str
    label: str = ""
    style: str | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a person sees of one file, in reading order: body, then headers, footers, footnotes.

    `unread` names what the file holds and nobody could read, each with the reason; an empty tuple means that
    everything was read.
    """

    file: str
    blocks: tuple[Block, ...]
    unread: tuple[str, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text of all blocks, one line each."""
        return "\n".join(block.text for block in self.blocks)
