"""Rows of a table and the entries of lists that stand in them: which are there still, which moved, which are new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docgen.merge.align import Pair
from docgen.merge.story import Row

_ENTRIES = re.compile(r"\[([0-9]+)\]")


class Owner(NamedTuple):
    """An entry of a list: the path of the list, and the number of the entry from 1."""

    path: str
    number: int


class Entry(NamedTuple):
    """A row as it stands now: whose it is, its row before (None for a new one), its row now, the row it is like."""

    owner: Owner | None
    old: int | None
    new: int
    model: int


def owner_of(paths: Iterable[str]) -> Owner | None:
    """The entry that a row is of, by the values in it; None where that are several entries, or none.

    The title of a section may stand in the row of its first item, so what lies further in counts; and an item may have
    a list of its own in a cell, so what has fields of its own in the row counts before what is but a line.
    """
    innermost = [(entries, path) for path in paths if (entries := list(_entries(path)))]
    named = [entries for entries, path in innermost if not path.endswith("]")]
    found = {entries[-1]: len(entries) for entries in named or (entries for entries, _ in innermost)}
    deepest = [entry for entry, depth in found.items() if depth == max(found.values())]
    return deepest[0] if len(deepest) == 1 else None


def owners_of(rows: Sequence[Sequence[str]]) -> list[Owner | None]:
    """The entry that each row of a table is of, by the values in it.

    A row that has all the lines of a list is the entry with these lines, where its neighbours are others of its kind.
    """
    around = [_around(paths) for paths in rows]
    alone = {owner for owner in around if owner is not None and around.count(owner) == 1}
    kinds = Counter(owner.path for owner in alone)
    return [
        owner if owner in alone and kinds[owner.path] > 1 else owner_of(paths)
        for owner, paths in zip(around, rows, strict=True)
    ]


def _around(paths: Iterable[str]) -> Owner | None:
    """The one entry whose lines stand in a row; None where anything else stands there."""
    found = [(list(_entries(path)), path) for path in paths]
    listed = [entries for entries, _ in found if entries]
    if any(entries and not path.endswith("]") for entries, path in found) or not all(len(e) > 1 for e in listed):
        return None
    owners = {entries[-2] for entries in listed}
    return owners.pop() if len(owners) == 1 else None


def _entries(path: str) -> Iterator[Owner]:
    for match in _ENTRIES.finditer(path):
        yield Owner(path[: match.start()], int(match[1]))


def with_moves(old: Sequence[Row], new: Sequence[Row], pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs of rows, where one that stands elsewhere now with the same words is the same row.

    A row that was held against another one only because nothing else was left for it is new then.
    """
    answers = {j: i for i, j in pairs if j is not None}
    same = {n: _said(row) for n, row in enumerate(old) if row.text.strip()}
    settled = {i for j, i in answers.items() if i is not None and same.get(i) == _said(new[j])}
    for j, row in enumerate(new):
        if answers[j] not in settled:
            moved = next((i for i, said in same.items() if i not in settled and said == _said(row)), None)
            if moved is not None:
                answers = {k: None if i == moved else i for k, i in answers.items()}
                answers[j] = moved
                settled.add(moved)
    kept = set(answers.values())
    gone: list[Pair] = [(i, None) for i in range(len(old)) if i not in kept]
    return [*gone, *((answers[j], j) for j in range(len(new)))]


def _said(row: Row) -> tuple[str, ...]:
    """What a row says apart from its serial number, which changes with its place."""
    first, *others = (cell.text for cell in row.cells)
    return ("" if first.strip().isdecimal() else first, *others)


def entries_now(owners: Sequence[Owner | None], pairs: Sequence[Pair]) -> tuple[list[Entry], list[int]]:
    """The rows as they stand now with their entries, and the new rows that stand by no list.

    A new row is one of the list whose rows it stands behind, or else before.
    """
    now = [(i, j) for i, j in pairs if j is not None]
    entries: list[Entry] = []
    strays: list[int] = []
    for place, (i, j) in enumerate(now):
        if i is not None:
            entries.append(Entry(owners[i], i, j, i))
            continue
        near = _near(owners, now, place)
        if near is None:
            strays.append(j)
        else:
            entries.append(Entry(owners[near], None, j, near))
    return entries, strays


def _near(owners: Sequence[Owner | None], now: Sequence[tuple[int | None, int]], place: int) -> int | None:
    """The old row of a list that a new row stands next to, other new ones between; the one before it first."""
    for way in (reversed(now[:place]), iter(now[place + 1 :])):
        old = next((i for i, _ in way if i is not None), None)
        if old is not None and owners[old] is not None:
            return old
    return None


def out_of_order(order: Sequence[int]) -> set[int]:
    """The fewest of these numbers without which the others go up: what was moved among what was not."""
    if list(order) == sorted(order):
        return set()
    runs: list[list[int]] = [[]]
    for number in order:
        before = [run for run in runs if not run or run[-1] < number]
        longest: list[int] = max(before, key=_length)
        runs.append([*longest, number])
    kept: list[int] = max(runs, key=_length)
    return set(order) - set(kept)


def _length(run: list[int]) -> int:
    return len(run)
