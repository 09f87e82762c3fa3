"""Paragraphs that a person split in two, or ran together, made one again in all versions, to be merged as one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from docgen.merge.align import Pair, text_likeness
from docgen.merge.answers import THE_SAME, nodes
from docgen.merge.story import Node, Paragraph, Row

_Block = TypeVar("_Block", Node, Row)
Triple = tuple[Sequence[_Block], Sequence[_Block], Sequence[_Block]]
# So many of a piece's pairs of characters must stand in the paragraph of which it is one.
_OF_IT = 0.6


def whole(versions: Triple[Node]) -> Triple[Node]:
    """The versions with the pieces of a paragraph as one paragraph, and paragraphs that were run together as one."""
    base, mine, theirs = versions
    pairs = nodes(base, mine)
    mine = _joined(mine, _torn(base, mine, pairs))
    together = _torn(mine, base, [(j, i) for i, j in nodes(base, mine)])
    if not together:
        return base, mine, theirs
    there = {i: j for i, j in nodes(base, theirs) if i is not None}
    kept: list[range] = []
    answers: list[range] = []
    for group in together:
        found = [there[i] for i in group]
        if all(j is not None for j in found) and all(
            b == a + 1 for a, b in pairwise(j for j in found if j is not None)
        ):
            kept.append(group)
            answers.append(range(found[0] or 0, (found[0] or 0) + len(found)))
    return _joined(base, kept), mine, _joined(theirs, answers)


def _torn(one: Sequence[Node], other: Sequence[Node], pairs: Sequence[Pair]) -> list[range]:
    """The stretches of the other sequence that are a single paragraph of the one."""
    free = {j for i, j in pairs if i is None and j is not None and _plain(other[j])}
    found: list[range] = []
    for i, j in pairs:
        if i is None or j is None or not (_plain(one[i]) and _plain(other[j])) or one[i].text == other[j].text:
            continue
        stretch = _grown(one[i].text, range(j, j + 1), other, free)
        if len(stretch) > 1:
            found.append(stretch)
            free -= set(stretch)
    return found


def _grown(text: str, stretch: range, other: Sequence[Node], free: set[int]) -> range:
    """The stretch with the pieces before and behind it that make it more like the text."""
    start, best = stretch, text_likeness(text, _said(other, stretch))
    while True:
        wider = [(stretch.start - 1, stretch.stop), (stretch.start, stretch.stop + 1)]
        added = [stretch.start - 1, stretch.stop]
        tried = [
            (text_likeness(text, _said(other, range(*ends))), range(*ends))
            for ends, new in zip(wider, added, strict=True)
            if new in free and _of(other[new].text, text)
        ]
        likest = max(tried, key=lambda each: each[0], default=(0.0, stretch))
        if likest[0] <= best:
            return stretch if best >= THE_SAME else start
        best, stretch = likest


def _of(piece: str, text: str) -> bool:
    """Whether a piece is mostly made of what stands in the text."""
    pairs = [piece[n : n + 2] for n in range(len(piece) - 1)] or [piece]
    return sum(pair in text for pair in pairs) >= _OF_IT * len(pairs)


def _plain(node: Node) -> bool:
    return isinstance(node, Paragraph) and bool(node.text) and not node.boxes


def _said(nodes_: Sequence[Node], stretch: range) -> str:
    return "".join(nodes_[n].text for n in stretch)


def _joined(sequence: Sequence[Node], stretches: Sequence[range]) -> list[Node]:
    """The sequence with each stretch as one paragraph."""
    first = {stretch.start: stretch for stretch in stretches}
    rest = {n for stretch in stretches for n in stretch[1:]}
    return [_one(sequence, first[n]) if n in first else node for n, node in enumerate(sequence) if n not in rest]


def _one(sequence: Sequence[Node], stretch: range) -> Paragraph:
    pieces = [node for n in stretch if isinstance(node := sequence[n], Paragraph)]
    values: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:
        values += [(start + at, end + at) for start, end in piece.values]
        at += len(piece.text)
    return Paragraph(pieces[-1].element, _said(sequence, stretch), values, [], tuple(pieces))
