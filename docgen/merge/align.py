"""Which item of one sequence answers to which of another: paragraphs, rows, words of two versions of a document."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

Pair = tuple[int | None, int | None]

_Item = TypeVar("_Item")
# Below this, two items are rather one gone and another one new.
_ALIKE = 0.35
# Tables of similarities larger than this cost more than what they tell.
MOST_COMPARED = 40_000
_SOON_COMPARED = 2_500
# So many items of a long stretch are looked for that the other one has not.
MOST_LEFT = 600
_Keys = tuple[Sequence[Hashable], Sequence[Hashable]]


def align(
    old: Sequence[_Item],
    new: Sequence[_Item],
    key: Callable[[_Item], Hashable],
    likeness: Callable[[_Item, _Item], float],
    loose: Callable[[_Item], Hashable] | None = None,
) -> list[Pair]:
    """The pairs of positions that answer to each other, in order of both; None stands where an item has no other.

    Equal keys are found first, from both ends and where they stand once; what lies between is paired so that all pairs
    together are as alike as can be (0 to 1; below 0 what can never answer to each other), a single item left on each
    side as well. Where that is much, what has the same `loose` key is found before.
    """
    keys = [key, loose] if loose is not None else [key]
    named = [([each(item) for item in old], [each(item) for item in new]) for each in keys]
    return _pairs(range(len(old)), range(len(new)), named, lambda a, b: likeness(old[a], new[b]))


def _pairs(old: range, new: range, keys: Sequence[_Keys], likeness: Callable[[int, int], float]) -> list[Pair]:
    """The pairs of two stretches, by the first of the keys, then by the others, and what is left by likeness."""
    if not keys:
        return _between(old, new, likeness)
    pairs: list[Pair] = []
    at_old, at_new = old.start, new.start
    for i, j in [*_anchors(*keys[0], (old.start, old.stop, new.start, new.stop)), (old.stop, new.stop)]:
        inner = range(at_old, i), range(at_new, j)
        pairs += _pairs(*inner, keys[1:] if len(inner[0]) * len(inner[1]) > _SOON_COMPARED else (), likeness)
        if i < old.stop:
            pairs.append((i, j))
        at_old, at_new = i + 1, j + 1
    return pairs


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], area: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Positions of equal keys, rising in both."""
    found: list[tuple[int, int]] = []
    areas = [area]
    while areas:
        a, b, c, d = areas.pop()
        while a < b and c < d and old[a] == new[c]:
            found.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            found.append((b, d))
        if a < b and c < d:
            equal = _singles(old, new, (a, b, c, d))
            # Which of several equal lines is meant, what stands around them tells: few enough are compared one by one.
            if not equal and (b - a) * (d - c) > MOST_COMPARED:
                equal = _shortest(old, new, (a, b, c, d))
            found += equal
            # Around each of them the same may be found again.
            edges = [(a - 1, c - 1), *equal, (b, d)]
            areas += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(edges)] if equal else []
    return sorted(found)


def _singles(
    old: Sequence[Hashable], new: Sequence[Hashable], area: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """The longest rising row of keys that stand once on each side."""
    a, b, c, d = area
    here, there = Counter(old[a:b]), Counter(new[c:d])
    places = {new[j]: j for j in range(c, d) if there[new[j]] == 1}
    rising = [(i, places[old[i]]) for i in range(a, b) if here[old[i]] == 1 and old[i] in places]
    return _longest_rising(rising)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        ends[at : at + 1] = [j]
        last[at : at + 1] = [n]
        before.append(last[at - 1] if at else None)
    found: list[tuple[int, int]] = []
    now = last[-1] if last else None
    while now is not None:
        found.append(pairs[now])
        now = before[now]
    return found[::-1]


def _shortest(
    old: Sequence[Hashable], new: Sequence[Hashable], area: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Equal keys of a long stretch so that as few as can be are left over; of its beginning where those are very many.

    From each number of left-over items to the next, how far down each diagonal one comes (Myers' way).
    """
    a, b, c, d = area
    if set(old[a:b]).isdisjoint(new[c:d]):
        return []
    furthest, trail = {1: 0}, list[dict[int, int]]()
    for left in range(min(MOST_LEFT, b - a + d - c) + 1):
        trail.append(dict(furthest))
        for shift in range(-left, left + 1, 2):
            down = shift == -left or (shift != left and furthest[shift - 1] < furthest[shift + 1])
            i = furthest[shift + 1] if down else furthest[shift - 1] + 1
            while a + i < b and c + i - shift < d and old[a + i] == new[c + i - shift]:
                i += 1
            furthest[shift] = i
            if a + i >= b and c + i - shift >= d:
                return [(a + x, c + y) for x, y in _walked(trail, b - a, d - c)][::-1]
    ends = ((i, i - shift) for shift, i in furthest.items() if (shift + left) % 2 == 0)
    end = max((end for end in ends if end[0] <= b - a and end[1] <= d - c), key=sum, default=(0, 0))
    return [(a + x, c + y) for x, y in _walked(trail, *end)][::-1]


def _walked(trail: Sequence[dict[int, int]], i: int, j: int) -> Iterator[tuple[int, int]]:
    """The equal positions on the way that led to the end of both, from the last to the first."""
    for left in range(len(trail) - 1, -1, -1):
        furthest, shift = trail[left], i - j
        down = shift == -left or (shift != left and furthest[shift - 1] < furthest[shift + 1])
        before = shift + 1 if down else shift - 1
        x = furthest[before]
        y = x - before
        while i > x and j > y and i > 0 and j > 0:
            i, j = i - 1, j - 1
            yield i, j
        i, j = x, y


def _between(old: range, new: range, likeness: Callable[[int, int], float]) -> list[Pair]:
    """The pairs of what lies between two anchors."""
    if len(old) * len(new) > MOST_COMPARED and len(old) == len(new):
        # A word exchanged throughout a long table: each row is what the row at its place was.
        each = zip(old, new, strict=True)
        return [pair for i, j in each for pair in ([(i, j)] if likeness(i, j) >= _ALIKE else [(i, None), (None, j)])]
    if not old or not new or len(old) * len(new) > MOST_COMPARED:
        return _apart(old, new, likeness)
    pairs: list[Pair] = []
    at_old, at_new = old.start, new.start
    for i, j in [*_best(old, new, likeness), (old.stop, new.stop)]:
        pairs += _apart(range(at_old, i), range(at_new, j), likeness)
        if i < old.stop:
            pairs.append((i, j))
        at_old, at_new = i + 1, j + 1
    return pairs


def _apart(old: range, new: range, likeness: Callable[[int, int], float]) -> list[Pair]:
    """Items that are like none of the others: each for itself, but a single one answers to a single one of its kind."""
    if len(old) == len(new) == 1 and likeness(old.start, new.start) >= 0:
        return [(old.start, new.start)]
    return [*((i, None) for i in old), *((None, j) for j in new)]


def _best(old: range, new: range, likeness: Callable[[int, int], float]) -> Iterator[tuple[int, int]]:
    """The rising row of pairs with the greatest likeness in all."""
    alike = [[likeness(i, j) for j in new] for i in old]
    rows, columns = len(old), len(new)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < rows and j < columns:
        if alike[i][j] >= _ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield old.start + i, new.start + j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def text_likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: twice the pairs of neighbouring characters they share, of all."""
    if one == other:
        return 1.0
    mine, yours = _neighbours(one), _neighbours(other)
    both = sum(min(mine[pair], yours[pair]) for pair in mine.keys() & yours.keys())
    # A text of n characters has n + 1 such pairs, its ends among them.
    return 2 * both / (len(one) + len(other) + 2)


@lru_cache(maxsize=5_000)
def _neighbours(text: str) -> Counter[str]:
    padded = f"\0{text}\0"
    return Counter(padded[n : n + 2] for n in range(len(padded) - 1))
