"""Lists that have a paragraph for each entry: which paragraphs are entries still, which came, which are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from docgen.merge.align import Pair
from docgen.pull.rows import Entry, Owner, entries_now


class Items(NamedTuple):
    """The paragraphs of one list, by their numbers in the old version and in the new one.

    `before` are its entries with their paragraphs as they stood, `now` those that stand there still and what came
    next to them, `gone` the paragraphs that stand nowhere. `several` tells that an entry has more than one.
    """

    path: str
    before: tuple[tuple[int, int], ...]
    now: tuple[Entry, ...]
    gone: tuple[int, ...]
    several: bool

    @property
    def come(self) -> list[Entry]:
        """The paragraphs that came next to those of the list."""
        return [entry for entry in self.now if entry.old is None]


def items_of(owners: Sequence[Owner | None], pairs: Sequence[Pair]) -> Iterator[Items]:
    """The lists among whose paragraphs some came or are gone; `owners` are the entries that the old ones are of.

    Where a paragraph is gone and another one came in its place, nobody can say whether it was written anew.
    """
    now, _ = entries_now(owners, pairs)
    counts = Counter(owners)
    replaced = set(_replaced(pairs))
    for path in dict.fromkeys(owner.path for owner in owners if owner is not None):
        mine = [(owner.number, i) for i, owner in enumerate(owners) if owner is not None and owner.path == path]
        here = tuple(entry for entry in now if entry.owner is not None and entry.owner.path == path)
        left = {entry.old for entry in here}
        gone = tuple(i for _, i in mine if i not in left)
        if not replaced.intersection(gone) and (gone or any(entry.old is None for entry in here)):
            several = any(counts[Owner(path, number)] > 1 for number, _ in mine)
            yield Items(path, tuple(mine), here, gone, several)


def _replaced(pairs: Sequence[Pair]) -> Iterator[int]:
    """What is gone where something else came."""
    for paired, group in groupby(pairs, key=lambda pair: None not in pair):
        apart = list(group)
        if not paired and any(j is not None for _, j in apart):
            yield from (i for i, _ in apart if i is not None)
