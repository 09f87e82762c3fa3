"""The sentences and clauses of a document, over line breaks of a scan, with the way back to their blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import frames
from docgen.rules.once import once_per_reading

_END: Final = regex(r"[。；;！？]")
_FINISHED: Final = frozenset("。；;！？：:）)")
_BEGINS: Final = regex(
    r"\s*(?:第[一二三四五六七八九十百0-9]+[章条节部]|[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]|[0-9]+\.[0-9]|附\s*件|[-*#①-⑳])"
)


class Clause(NamedTuple):
    """A stretch of text between two stops; `stop` is the stop behind it, empty where a paragraph just ends.

    `pieces` are where the text of each block begins: offset in the clause, the block, offset in the block.
    """

    text: str
    stop: str
    pieces: tuple[tuple[int, Block, int], ...]

    def place(self, start: int, end: int) -> tuple[Block, tuple[int, int]]:
        """The block and the characters there of a stretch of the clause."""
        offset, block, first = next(piece for piece in reversed(self.pieces) if piece[0] <= start)
        return block, (start - offset + first, min(end - offset + first, len(block.text)))

    def part(self, start: int, end: int) -> Clause:
        """A part of the clause, which knows its places too."""
        bounds = [*(offset for offset, _, _ in self.pieces[1:]), len(self.text)]
        pieces = tuple(
            (max(0, offset - start), block, first + max(0, start - offset))
            for (offset, block, first), bound in zip(self.pieces, bounds, strict=True)
            if offset < end and bound > start
        )
        return Clause(self.text[start:end], "", pieces)


@once_per_reading
def clauses_of(reading: Reading) -> tuple[Clause, ...]:
    """The clauses of the paragraphs of a document in order; cells are none, but for a frame around text."""
    return tuple(_clauses(reading))


def begins_anew(block: Block) -> bool:
    """Whether a line begins a paragraph of its own: it has a number, or is the title of an annex."""
    return bool(block.number or _BEGINS.match(block.text))


@dataclass(slots=True)
class _Open:
    """The clause that is being read."""

    text: str = ""
    pieces: list[tuple[int, Block, int]] = field(default_factory=list)

    def add(self, block: Block, start: int, end: int) -> None:
        if self.text:
            self.text += "\n"
        self.pieces.append((len(self.text), block, start))
        self.text += block.text[start:end]

    def closed(self, stop: str) -> Clause:
        """The clause, which is over."""
        clause = Clause(self.text, stop, tuple(self.pieces))
        self.text, self.pieces = "", []
        return clause


def _clauses(reading: Reading) -> Iterator[Clause]:
    going_on, part = _Open(), ""
    framed = frames(reading)
    for block in reading.blocks:
        text = block.text
        if (block.cell is not None and block.cell.table not in framed) or not text or text.isspace():
            continue
        if going_on.pieces and (block.part != part or len(going_on.pieces) > 3 or begins_anew(block)):
            yield going_on.closed("")
        part, start = block.part, 0
        for match in _END.finditer(text):
            end = match.start()
            if going_on.pieces:
                going_on.add(block, start, end)
                yield going_on.closed(match[0])
            elif (said := text[start:end]) and not said.isspace():
                # Most begin where they end.
                yield Clause(said, match[0], ((0, block, start),))
            start = end + 1
        rest = text[start:]
        if rest and not rest.isspace():
            going_on.add(block, start, len(text))
            if text.rstrip()[-1] in _FINISHED:
                yield going_on.closed("")
    if going_on.pieces:
        yield going_on.closed("")
