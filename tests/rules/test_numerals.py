"""Numbers of references are read in every form that contracts use."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.rules.numerals import figure_of, how_many, numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("１２", 12),
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百零三", 103),
        ("一百二十三", 123),
        ("五百六十三", 563),
        ("甲", None),
        ("零", None),
    ],
)
def test_a_numeral_is_its_number(text: str, number: int | None) -> None:
    """Half-width, full-width and Chinese numbers are the same number."""
    assert numeral(text) == number


@pytest.mark.parametrize(("text", "number"), [("两", 2), ("三", 3), ("12", 12), ("几", None)])
def test_two_before_a_measure_word_has_a_form_of_its_own(text: str, number: int | None) -> None:
    """两次 are two."""
    assert how_many(text) == number


def test_commas_in_a_figure_say_nothing() -> None:
    """Thousands may be parted by them or not."""
    assert [figure_of(text) for text in ("1,040,000.50", "1040000.50")] == [Decimal("1040000.50")] * 2
