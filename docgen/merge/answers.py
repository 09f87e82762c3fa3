"""Which blocks of one version of a file answer to which of another: in their order, or moved elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from docgen.merge.align import MOST_COMPARED, Pair, align
from docgen.merge.story import Node, Row, node_likeness, row_likeness

# Two blocks as alike as this are the same one, wherever they stand.
THE_SAME = 0.75
# A shorter text may well stand at two places without having moved.
SHORTEST_MOVED = 8
_FIGURE = re.compile(r"[0-9０-９][0-9０-９,，.．]*[%％‰]?")

_Block = TypeVar("_Block", Node, Row)


def nodes(old: Sequence[Node], new: Sequence[Node]) -> list[Pair]:
    """The pairs of paragraphs and tables that answer to each other, in order of both."""
    return align(old, new, _key, node_likeness, _loose)


def rows(old: Sequence[Row], new: Sequence[Row]) -> list[Pair]:
    """The pairs of rows that answer to each other, in order of both."""
    return align(old, new, _key, row_likeness, _loose)


def moved(
    old: Sequence[_Block], new: Sequence[_Block], pairs: Sequence[Pair], likeness: Callable[[_Block, _Block], float]
) -> dict[int, int]:
    """The blocks that stand elsewhere now, by their numbers in the old version: the likest ones first."""
    gone = [i for i, j in pairs if i is not None and j is None and len(old[i].text) >= SHORTEST_MOVED]
    come = [j for i, j in pairs if i is None and j is not None and len(new[j].text) >= SHORTEST_MOVED]
    if len(gone) * len(come) > MOST_COMPARED:
        return {}
    alike = sorted((-likeness(old[i], new[j]), i, j) for i in gone for j in come)
    found: dict[int, int] = {}
    for negative, i, j in alike:
        if -negative >= THE_SAME and i not in found and j not in found.values():
            found[i] = j
    return found


def _key(block: Node | Row) -> object:
    return block.key


def _loose(block: Node | Row) -> object:
    """What stays of a block when its figures change; the block as it is where that is nothing."""
    said = _FIGURE.sub("", block.text)
    return (type(block), said) if said.strip() else block.key
