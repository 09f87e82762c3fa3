"""Where the characters of one version of a Word file stand in another: each value found again after an edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docgen.merge.answers import moved, nodes, rows
from docgen.merge.opened import opened
from docgen.merge.parts import matching_parts
from docgen.merge.story import Node, Paragraph, Story, Table, node_likeness
from docgen.merge.torn import whole
from docgen.merge.words import Edit, Span, edits, sign_edits
from docgen.word.text import paragraphs


class Standing(NamedTuple):
    """Characters of the new version: part and paragraph, from where to where, and what they are."""

    part: str
    position: int
    start: int
    end: int
    text: str


class Traced(NamedTuple):
    """A paragraph of the old version and the one that answers to it: part, paragraph and text of each.

    `new_part` is None where the new version has none for it; then `new_position` is -1 and `new_text` empty. Where a
    person split it, `pieces` are the paragraphs that it is now and where their texts begin in `new_text`. Where a
    person ran it together with others, `text` is that of all of them, in which its own begins at `begin`.
    """

    part: str
    position: int
    text: str
    new_part: str | None
    new_position: int
    new_text: str
    pieces: tuple[tuple[int, int], ...] = ()
    begin: int = 0

    def stand(self, start: int, end: int) -> Standing | None:
        """The paragraph in which the characters stand now, where in it, and what they are.

        None where `span` has none, and where they stand in two paragraphs.
        """
        span = self.span(self.begin + start, self.begin + end)
        if span is None or self.new_part is None:
            return None
        ends = [*(begin for _, begin in self.pieces[1:]), len(self.new_text)]
        for (position, begin), last in zip(self.pieces or ((self.new_position, 0),), ends, strict=True):
            if begin <= span[0] and span[1] <= last:
                text = self.new_text[span[0] : span[1]]
                return Standing(self.new_part, position, span[0] - begin, span[1] - begin, text)
        return None

    def span(self, start: int, end: int) -> Span | None:
        """Where the characters from `start` to `end` stand now, with what was put in between them.

        What was put in just before or behind them is not among them. None where they stand nowhere, or where it cannot
        be told which of the characters that were changed are theirs.
        """
        found = self.spans(start, end)
        return found[0] if found is not None else None

    def spans(self, start: int, end: int) -> tuple[Span, Span] | None:
        """Where the characters stand now, and the same with what was put in just before and behind them."""
        if self.new_part is None:
            return None
        for changes in (edits(self.text, self.new_text), sign_edits(self.text, self.new_text)):
            if not any(_crosses(edit, start, end) for edit in changes):
                first = start + _shift(edit for edit in changes if edit.end <= start)
                last = end + _shift(edit for edit in changes if edit.start < end)
                before, behind = (
                    sum(len(edit.text) for edit in changes if edit.start == edit.end == at) for at in (start, end)
                )
                return (first, last), (first - before, last + behind)
        return None


def trace(old: bytes, new: bytes) -> list[Traced]:
    """Every paragraph of the old version with the one of the new version that answers to it."""
    files = opened(old), opened(new)
    found: list[Traced] = []
    for parts in matching_parts(files[0], files[1], files[0]):
        here = files[0].story(parts.base)
        there = files[1].story(parts.mine) if parts.mine is not None else None
        pairs = _pairs(here.held(), there.held()) if there is not None else ()
        found += _traced(here, there, dict(pairs))
    return found


def _traced(here: Story, there: Story | None, pairs: dict[Paragraph, Paragraph]) -> Iterator[Traced]:
    places = {element: n for n, element in enumerate(paragraphs(there.root))} if there is not None else {}
    answers = {piece.element: (old, new, begin) for old, new in pairs.items() for piece, begin in begun(old)}
    for position, element in enumerate(paragraphs(here.root)):
        if element not in answers or there is None:
            text = "".join(stretch.text for stretch in here.sight.stretches(element))
            yield Traced(here.name, position, text, None, -1, "")
            continue
        old, new, begin = answers[element]
        pieces = tuple((places[piece.element], start) for piece, start in begun(new))
        torn = pieces if len(pieces) > 1 else ()
        yield Traced(here.name, position, old.text, there.name, pieces[0][0], new.text, torn, begin)


def begun(paragraph: Paragraph) -> Iterator[tuple[Paragraph, int]]:
    """The pieces of a paragraph that was split or run together, each with where its text begins in that of all."""
    begin = 0
    for piece in paragraph.pieces:
        yield piece, begin
        begin += len(piece.text)


def _pairs(old: Sequence[Sequence[Node]], new: Sequence[Sequence[Node]]) -> Iterator[tuple[Paragraph, Paragraph]]:
    for before, after in zip(old, new, strict=False):
        one, other, _ = whole((before, after, before))
        pairs = nodes(one, other)
        for i, j in (*pairs, *moved(one, other, pairs, node_likeness).items()):
            if i is not None and j is not None:
                yield from _within(one[i], other[j])


def _within(old: Node, new: Node) -> Iterator[tuple[Paragraph, Paragraph]]:
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        yield old, new
        yield from _pairs(old.boxes, new.boxes)
    elif isinstance(old, Table) and isinstance(new, Table):
        for i, j in rows(old.rows, new.rows):
            if i is not None and j is not None:
                yield from _pairs(*([cell.nodes for cell in row.cells] for row in (old.rows[i], new.rows[j])))


def _crosses(edit: Edit, start: int, end: int) -> bool:
    """Whether an edit takes in characters on both sides of one end of the span, and not all of the span."""
    return edit.start < start < edit.end or edit.start < end < edit.end


def _shift(changes: Iterator[Edit]) -> int:
    return sum(len(edit.text) - (edit.end - edit.start) for edit in changes)
