"""What several entries of a list were written as, laid side by side: what is always there, and what depends on what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from docgen.template.papers.lines import EACH, Each, If, Piece, Slot, Tag, slots_of

_CHUNK: Final = re.compile(r"[^，。；：、（）()《》“”｜¶\s]+|.", re.DOTALL)
_STOP: Final = re.compile("[，、；。]?")
_MOST_BRANCHES: Final = 3
LAST: Final = "=loop.last"
_Item = TypeVar("_Item")


class Condition(NamedTuple):
    """Something that is true of some entries: what a template writes, and for which of them it is true."""

    written: str
    true: frozenset[int]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the wording of an entry may depend on, the likelier first."""

    known: tuple[Condition, ...]
    inside: str = ""

    def choose(self, variants: Mapping[int, tuple[Piece, ...]]) -> tuple[Piece, ...] | None:
        """The pieces that give every entry its variant; None where nothing that is known tells them apart."""
        ways = (self._chosen(variants, depth) for depth in range(_MOST_BRANCHES + 1))
        return next((way for way in ways if way is not None), None)

    def _chosen(self, variants: Mapping[int, tuple[Piece, ...]], depth: int) -> tuple[Piece, ...] | None:
        first, *others = variants.values()
        if all(key(other) == key(first) for other in others):
            return first
        if depth == 0:
            return None
        if (deeper := self._deeper(list(variants.values()))) is not None:
            return deeper
        for condition in self._ordered(variants):
            there = {entry: variant for entry, variant in variants.items() if entry in condition.true}
            rest = {entry: variant for entry, variant in variants.items() if entry not in condition.true}
            first_half = self._chosen(there, depth - 1) if there and rest else None
            second_half = self._chosen(rest, depth - 1) if first_half is not None else None
            if first_half is not None and second_half is not None:
                return tuple(_factored(condition.written, first_half, second_half))
        return None

    def _deeper(self, variants: list[tuple[Piece, ...]]) -> tuple[Piece, ...] | None:
        """The pieces that depend on a field of an inner loop, which some entries always have and some never."""
        fields = [
            tag.path for variant in variants for piece in variant if isinstance(piece, Slot) for tag in piece.tags
        ]
        fields += [piece.field for variant in variants for piece in variant if isinstance(piece, If)]
        for field in dict.fromkeys(fields):
            if not field.startswith(self.inside) or EACH not in field[len(self.inside) :]:
                continue
            ways = [
                piece for variant in variants for piece in variant if isinstance(piece, If) and piece.field == field
            ]
            there = [variant for variant in variants if any(slot.tags[0].path == field for slot, _ in slots_of(variant))
                     and not any(isinstance(piece, If) for piece in variant)]  # fmt: skip
            others = [
                variant for variant in variants if variant not in there and not any(isinstance(p, If) for p in variant)
            ]
            made = ways[0] if ways else If(field, there[0], others[0] if others else ()) if there else None
            if made is None:
                continue
            fits = {key((made,)), key(made.there), key(made.otherwise)}
            if all(key(variant) in fits for variant in variants):
                return (made,)
        return None

    def _ordered(self, variants: Mapping[int, tuple[Piece, ...]]) -> list[Condition]:
        """The conditions, first those on a field that is printed by some variant; for stops, on being the last."""
        used = {tag.path for variant in variants.values() for piece in variant if isinstance(piece, Slot)
                for tag in piece.tags}  # fmt: skip
        stops = all(
            isinstance(piece, str) and _STOP.fullmatch(piece) for variant in variants.values() for piece in variant
        )
        first = {LAST} if stops else used
        return sorted(self.known, key=lambda condition: condition.written not in first)


def _factored(written: str, there: tuple[Piece, ...], otherwise: tuple[Piece, ...]) -> Iterator[Piece]:
    """The condition without what both of its branches begin and end with."""
    before, there, otherwise = _common(there, otherwise)
    after, there, otherwise = (part[::-1] for part in _common(there[::-1], otherwise[::-1], back=True))
    yield from before
    yield If(written, there, otherwise)
    yield from after


def _common(
    one: tuple[Piece, ...], other: tuple[Piece, ...], *, back: bool = False
) -> tuple[tuple[Piece, ...], tuple[Piece, ...], tuple[Piece, ...]]:
    """What two rows of pieces begin with, and what is left of each; texts are read backward for `back`."""
    shared: list[Piece] = []
    one_left, other_left = list(one), list(other)
    while one_left and other_left and key(one_left[:1]) == key(other_left[:1]):
        shared.append(one_left.pop(0))
        other_left.pop(0)
    first, second = (left[0] if left else None for left in (one_left, other_left))
    if isinstance(first, str) and isinstance(second, str):
        size = _alike(first[::-1], second[::-1]) if back else _alike(first, second)
        if size:
            shared.append(first[len(first) - size :] if back else first[:size])
            one_left[:1] = [first[: len(first) - size] if back else first[size:]]
            other_left[:1] = [second[: len(second) - size] if back else second[size:]]
    return tuple(shared), tuple(filter(None, one_left)), tuple(filter(None, other_left))


def _alike(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def key(variant: Iterable[Piece]) -> tuple[object, ...]:
    """What a variant comes down to, whatever its entry held."""
    return tuple(piece.tags if isinstance(piece, Slot) else piece for piece in variant)


def chunks(text: str) -> Iterator[str]:
    """The text in the pieces that wordings are compared by."""
    return (match[0] for match in _CHUNK.finditer(text))


def merged(rows: Sequence[tuple[Piece, ...]], conditions: Conditions) -> tuple[Piece, ...] | None:
    """The one wording that all entries have, with what depends on the entry in conditions; None if there is none."""
    result: list[Piece] = []
    varying: list[list[Piece | None]] = []
    for column in [*columns(rows, _weight), None]:
        fixed = None if column is None else _fixed(column)
        if column is not None and fixed is None:
            varying.append(column)
            continue
        if varying:
            chosen = conditions.choose(_variants(varying, len(rows)))
            if chosen is None:
                return None
            result += chosen
            varying = []
        if fixed is not None:
            result.append(fixed)
    return joined(result)


def columns(rows: Sequence[Sequence[_Item]], weight: Callable[[list[_Item], _Item], int]) -> list[list[_Item | None]]:
    """The items of all rows in columns: those that are the same thing under one another, None where a row lacks it."""
    table: list[list[_Item | None]] = [[item] for item in rows[0]]
    for number, row in enumerate(rows[1:], 1):
        laid: list[list[_Item | None]] = []
        for above, below in _paired(table, row, weight):
            column = [None] * number if above is None else table[above]
            laid.append([*column, None if below is None else row[below]])
        table = laid
    return table


def _paired(
    table: list[list[_Item | None]], row: Sequence[_Item], weight: Callable[[list[_Item], _Item], int]
) -> list[tuple[int | None, int | None]]:
    """Which column goes with which item of a row, so that as much as possible goes together."""
    above = [[item for item in column if item is not None] for column in table]
    best = [[0] * (len(row) + 1) for _ in range(len(table) + 1)]
    for i in range(len(table) - 1, -1, -1):
        for j in range(len(row) - 1, -1, -1):
            worth = weight(above[i], row[j])
            together = best[i + 1][j + 1] + worth if worth else 0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(table) or j < len(row):
        if i < len(table) and j < len(row) and best[i][j] > max(best[i + 1][j], best[i][j + 1]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif i < len(table) and (j == len(row) or best[i + 1][j] >= best[i][j + 1]):
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return pairs


def _weight(above: list[Piece], item: Piece) -> int:
    """How much it is worth that a piece goes with those above it, 0 where it cannot."""
    if _shared([*above, item]):
        return 8
    if _texts([*above, item]) is not None:
        return min(len(_text(item)), 6)
    return 8 if isinstance(item, (If, Each)) and all(piece == item for piece in above) else 0


def _fixed(column: list[Piece | None]) -> Piece | None:
    """The piece that is the same in all entries; None where it is not."""
    pieces = [piece for piece in column if piece is not None]
    if len(pieces) < len(column):
        return None
    return _together(pieces)


def _together(pieces: list[Piece]) -> Piece | None:
    shared = _shared(pieces)
    if shared:
        return Slot(_text(pieces[0]), shared)
    text = _texts(pieces)
    if text is not None:
        return text
    return pieces[0] if all(piece == pieces[0] for piece in pieces) else None


def _shared(pieces: list[Piece]) -> tuple[Tag, ...]:
    """The tags that all pieces may be printed by; none where one of them is no slot."""
    slots = [piece for piece in pieces if isinstance(piece, Slot)]
    if not slots or len(slots) < len(pieces):
        return ()
    first, *others = slots
    return tuple(tag for tag in first.tags if all(tag in other.tags for other in others))


def _texts(pieces: list[Piece]) -> str | None:
    """The text that all pieces are, where at least one of them is nothing else."""
    if not any(isinstance(piece, str) for piece in pieces) or any(isinstance(piece, (If, Each)) for piece in pieces):
        return None
    texts = {_text(piece) for piece in pieces}
    return texts.pop() if len(texts) == 1 else None


def _text(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text if isinstance(piece, Slot) else ""


def _variants(varying: list[list[Piece | None]], count: int) -> dict[int, tuple[Piece, ...]]:
    """What each entry has in the columns where they differ."""
    tags = [_shared([piece for piece in column if piece is not None]) for column in varying]
    found: dict[int, tuple[Piece, ...]] = {}
    for entry in range(count):
        pieces: list[Piece] = []
        for column, shared in zip(varying, tags, strict=True):
            piece = column[entry]
            if isinstance(piece, Slot) and shared:
                pieces.append(Slot(piece.text, shared))
            elif piece is not None:
                pieces.append(piece)
        found[entry] = joined(pieces)
    return found


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with texts that follow one another put together."""
    result: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        elif piece != "":
            result.append(piece)
    return tuple(result)
