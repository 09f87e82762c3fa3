"""English wording: integer and fen apart, so that no digit is lost on the way."""

from __future__ import annotations

import pytest

from docgen.amounts.english import english_amount
from docgen.amounts.figures import AmountError


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("0", "RMB Zero Yuan Only"),
        ("1", "RMB One Yuan Only"),
        ("0.05", "RMB Five Fen"),
        ("101", "RMB One Hundred One Yuan Only"),
        ("1040000", "RMB One Million Forty Thousand Yuan Only"),
        ("6007.14", "RMB Six Thousand Seven Yuan and Fourteen Fen"),
        ("1680.50", "RMB One Thousand Six Hundred Eighty Yuan and Fifty Fen"),
        (
            "9000000000000021.99",
            "RMB Nine Quadrillion Twenty-One Yuan and Ninety-Nine Fen",
        ),
    ],
)
def test_an_amount_is_worded_in_english(figures: str, words: str) -> None:
    """Title case, no commas, no "and" but the one before the fen."""
    assert english_amount(figures) == words


def test_a_negative_amount_is_refused() -> None:
    """There is no wording for less than nothing."""
    with pytest.raises(AmountError, match="不能小于零"):
        english_amount(-1)
