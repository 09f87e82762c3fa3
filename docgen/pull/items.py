"""Lists that have a paragraph for each entry: which paragraphs are entries still, which came, which are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from docgen.merge.align import Pair
from docgen.merge.trace import Traced
from docgen.pull.rows import Entry, Owner, entries_now
from docgen.pull.spans import Stand, around, read_between

_STOPS: Final = ("；", "。")


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


def read_like(
    model: str, standing: Sequence[Stand], entry: str, text: str
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]] | None:
    """What stands in a new paragraph for the fields of an entry, and what for those that stood there already.

    The words around them, the number among them, must be those of the model, the paragraph of `entry`, and leave one
    way to read it: None where they do not, or where there are none.
    """
    stands = [stand for stand in standing if stand.end > stand.start]
    if not "".join(around(model, [(stand.start, stand.end) for stand in stands if stand.path])).strip():
        return None
    old, new = model, text
    if all(each.endswith(_STOPS) for each in (old, new)) and len(old) > max(stand.end for stand in stands):
        # The last of several ends with a full stop, wherever that is.
        old, new = old[:-1], new[:-1]
    values: dict[str, str] = {}
    again: list[tuple[str, str]] = []
    for stand, span in zip(stands, read_between(Traced("", 0, old, "", 0, new), stands) or (), strict=False):
        said = new[span[0] : span[1]] if span is not None else ""
        own = bool(stand.path and stand.path.startswith(entry))
        if stand.path and not own and said != model[stand.start : stand.end]:
            return None
        if stand.path and own:
            key = stand.path[len(entry) :].lstrip(".")
            again += [(key, said)] if key in values else []
            values.setdefault(key, said)
    return (values, tuple(again)) if values else None
