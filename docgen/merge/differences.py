"""What one version of a Word file says otherwise than another, for people: paragraph by paragraph, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from docgen.merge.answers import nodes, rows
from docgen.merge.opened import opened
from docgen.merge.parts import matching_parts
from docgen.merge.story import Node, Paragraph, Row, Story, Table, only_pages_moved
from docgen.word.text import PARAGRAPH, paragraphs


class Spot(NamedTuple):
    """A paragraph of one version: its part and its number in it; of a row or a table the first."""

    part: str
    position: int


class Difference(NamedTuple):
    """What stands otherwise: old is None where it was put in, new where it was taken out; tabs part cells."""

    old: str | None
    new: str | None
    before: Spot | None
    after: Spot | None


def differences(old: bytes, new: bytes) -> list[Difference]:
    """All that the new version says otherwise than the old one, in reading order; formatting is not looked at."""
    files = opened(old), opened(new)
    found: list[Difference] = []
    for parts in matching_parts(files[0], files[1], files[0]):
        if parts.mine is not None:
            found += _Search(files[0].story(parts.base), files[1].story(parts.mine)).all()
    return found


class _Search:
    """The differences between two versions of one part."""

    def __init__(self, old: Story, new: Story) -> None:
        self._stories = old, new
        self._places = [{element: n for n, element in enumerate(paragraphs(story.root))} for story in (old, new)]

    def all(self) -> Iterator[Difference]:
        for one, other in zip(self._stories[0].held(), self._stories[1].held(), strict=False):
            yield from self._nodes(one, other)

    def _nodes(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[Difference]:
        for i, j in nodes(old, new):
            before, after = old[i] if i is not None else None, new[j] if j is not None else None
            if isinstance(before, Table) and isinstance(after, Table):
                yield from self._rows(before.rows, after.rows)
            else:
                yield from self._one(before, after)
                if isinstance(before, Paragraph) and isinstance(after, Paragraph):
                    for boxes in zip(before.boxes, after.boxes, strict=False):
                        yield from self._nodes(*boxes)

    def _rows(self, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Difference]:
        for i, j in rows(old, new):
            before, after = old[i] if i is not None else None, new[j] if j is not None else None
            if before is not None and after is not None and len(before.cells) == len(after.cells):
                for cells in zip(before.cells, after.cells, strict=True):
                    yield from self._nodes(cells[0].nodes, cells[1].nodes)
            else:
                yield from self._one(before, after)

    def _one(self, before: Node | Row | None, after: Node | Row | None) -> Iterator[Difference]:
        old, new = (block.text if block is not None else None for block in (before, after))
        if isinstance(before, Paragraph) and isinstance(after, Paragraph) and only_pages_moved(before, after):
            return
        if old != new and (old or new):
            yield Difference(old, new, self._spot(0, before), self._spot(1, after))

    def _spot(self, side: int, block: Node | Row | None) -> Spot | None:
        if block is None:
            return None
        first: etree._Element = next(block.element.iter(PARAGRAPH))
        return Spot(self._stories[side].name, self._places[side].get(first, 0))
