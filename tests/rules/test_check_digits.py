"""Check digits are those of the standards' own examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from docgen.rules.check_digits import credit_check, identity_check


@pytest.mark.parametrize("code", ["91990000MA0A20023W", "11990000MB0A10013E"])
def test_the_last_character_of_a_credit_code_follows_from_the_others(code: str) -> None:
    """A sound code ends in the character that its first 17 give."""
    assert credit_check(code[:-1]) == code[-1]


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "11010119900307002X"])
def test_the_last_character_of_an_identity_number_follows_from_the_others(number: str) -> None:
    """A sound number, that of a former district too, ends in the character that its first 17 give (GB 11643)."""
    assert identity_check(number[:-1]) == number[-1]


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_credit_codes_are_checked_as_the_library_checks_them(characters: str) -> None:
    """The last character of any code is the one that python-stdnum computes."""
    assert credit_check(characters) == uscc.calc_check_digit(characters)


@given(st.text("0123456789", min_size=17, max_size=17))
def test_identity_numbers_are_checked_as_the_library_checks_them(digits: str) -> None:
    """The last character of any number is the one that python-stdnum computes."""
    assert identity_check(digits) == ric.calc_check_digit(f"{digits}0")
