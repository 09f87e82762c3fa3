"""Slips of the hand: which of several figures was probably mistyped when they do not add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from docgen.rules.phrases import plain


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure that one slip of the hand would explain: where it stands, what it says, what it would have said."""

    path: str
    found: Decimal
    right: Decimal


def is_slip(found: Decimal, right: Decimal) -> bool:
    """Whether one digit typed wrong, left out, doubled, or two neighbours swapped turn one figure into the other."""
    one, other = plain(found), plain(right)
    if one.find(".") == other.find("."):  # 62.15 and 61.25: the point is no neighbour
        one, other = one.replace(".", ""), other.replace(".", "")
    if right < 0 or one == other:
        return False
    if len(one) == len(other):
        return bool(slipped(one, other))
    shorter, longer = sorted((one, other), key=len)
    return len(longer) - len(shorter) == 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


def slipped(one: str, other: str) -> tuple[int, ...]:
    """The place of the one wrong character, or those of two swapped neighbours, that part two texts of one length.

    None where they are the same, or where more than one slip of the hand parts them.
    """
    if len(one) != len(other):
        return ()
    places = tuple(place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
    if len(places) == 2 and places[1] - places[0] == 1:
        return places if (one[places[0]], one[places[1]]) == (other[places[1]], other[places[0]]) else ()
    return places if len(places) == 1 else ()


def suspects_of(figures: Sequence[tuple[str, Decimal]], excess: Decimal) -> list[Suspect]:
    """The figures that a slip would explain, when their sum is too large by `excess`."""
    candidates = (Suspect(path, found, found - excess) for path, found in figures)
    return [suspect for suspect in candidates if is_slip(suspect.found, suspect.right)]
