"""Check digits are those of the standards' own examples."""

from __future__ import annotations

import pytest

from docgen.rules.parties import credit_check, identity_check


@pytest.mark.parametrize("code", ["91990000MA0A20023W", "11990000MB0A10013E"])
def test_the_last_character_of_a_credit_code_follows_from_the_others(code: str) -> None:
    """A sound code ends in the character that its first 17 give."""
    assert credit_check(code[:-1]) == code[-1]


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "11010119900307002X"])
def test_the_last_character_of_an_identity_number_follows_from_the_others(number: str) -> None:
    """A sound number, that of a former district too, ends in the character that its first 17 give (GB 11643)."""
    assert identity_check(number[:-1]) == number[-1]
