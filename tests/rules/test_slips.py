"""One slip of the hand is told from a different figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.rules.slips import Suspect, is_slip, slipped, suspects_of


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ("1300", "1200"),
        ("630000", "603000"),
        ("63000", "630000"),
        ("6300000", "630000"),
        ("0.5", "0.6"),
        ("12.5", "125"),
        ("62.15", "61.25"),
    ],
)
def test_a_digit_wrong_lost_doubled_or_swapped_is_a_slip(found: str, right: str) -> None:
    """Both ways round."""
    assert is_slip(Decimal(found), Decimal(right))
    assert is_slip(Decimal(right), Decimal(found))


@pytest.mark.parametrize(("found", "right"), [("1300", "1300.00"), ("1300", "1211"), ("630000", "36"), ("5", "-4")])
def test_other_differences_are_none(found: str, right: str) -> None:
    """Equal figures, two wrong digits and figures below zero are no slip."""
    assert not is_slip(Decimal(found), Decimal(right))


def test_only_figures_that_a_slip_explains_are_suspects() -> None:
    """The sum is ten thousand too large: one figure explains it by a slip."""
    figures = [("a", Decimal(640000)), ("b", Decimal(405000))]

    assert suspects_of(figures, Decimal(10000)) == [Suspect("a", Decimal(640000), Decimal(630000))]


@pytest.mark.parametrize(
    ("one", "other", "places"),
    [
        ("1234", "1294", (2,)),
        ("1234", "1243", (2, 3)),
        ("1234", "1342", ()),
        ("1223", "1233", (2,)),
        ("1123", "1233", ()),
        ("1234", "1234", ()),
        ("1234", "12345", ()),
    ],
)
def test_a_slip_is_known_by_its_places(one: str, other: str, places: tuple[int, ...]) -> None:
    """One character, or two neighbours that changed places; whatever else differs is no slip."""
    assert slipped(one, other) == places
    assert slipped(other, one) == places
