"""Check digits agree with an independent implementation."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from docgen.rules.parties import credit_check, identity_check
from tests.endure import examples


@settings(max_examples=examples(100))
@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_credit_codes_are_checked_as_others_check_them(characters: str) -> None:
    """The check character of a credit code is that of python-stdnum."""
    assert credit_check(characters) == uscc.calc_check_digit(characters)


@settings(max_examples=examples(100))
@given(st.text(alphabet="0123456789", min_size=17, max_size=17))
def test_identity_numbers_are_checked_as_others_check_them(digits: str) -> None:
    """The check character of an identity number is that of python-stdnum."""
    assert identity_check(digits) == ric.calc_check_digit(digits + "0")
