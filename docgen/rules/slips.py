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
        differing = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        return len(differing) == 1 or _swapped(one, other, differing)
    shorter, longer = sorted((one, other), key=len)
    return len(longer) - len(shorter) == 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


def _swapped(one: str, other: str, differing: Sequence[int]) -> bool:
    if len(differing) != 2 or differing[1] - differing[0] != 1:
        return False
    first, second = differing
    return (one[first], one[second]) == (other[second], other[first])


def suspects_of(figures: Sequence[tuple[str, Decimal]], excess: Decimal) -> list[Suspect]:
    """The figures that a slip would explain, when their sum is too large by `excess`."""
    candidates = (Suspect(path, found, found - excess) for path, found in figures)
    return [suspect for suspect in candidates if is_slip(suspect.found, suspect.right)]
