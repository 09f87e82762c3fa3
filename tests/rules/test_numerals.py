"""Numbers of references are read in every form that contracts use."""

from __future__ import annotations

import pytest

from docgen.rules.numerals import numeral


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
