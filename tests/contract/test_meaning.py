"""What a printed text says as a value, however a person writes it."""

from __future__ import annotations

import pytest

from docgen.contract.meaning import same_figure


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1000", "1,000", True),
        ("1000000", "1,000,000", True),
        ("1000", "１，０００", True),
        ("十二", "12", True),
        ("2026年6月1日", "2026.6.1", True),
        ("50%", "50 ％", True),
        ("1", "1,", False),
        ("12", "1,2", False),
        ("10000", "1,0000", False),
        ("1000", "1,,000", False),
        ("12", "13", False),
    ],
)
def test_two_ways_of_writing_a_figure_are_one(one: str, other: str, same: bool) -> None:
    """A comma parts thousands and nothing else: “1,” is a figure with a comma behind it, “1,2” nobody knows what."""
    assert same_figure(one, other) is same
    assert same_figure(other, one) is same
