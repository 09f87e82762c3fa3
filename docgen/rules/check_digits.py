"""The last characters of codes and numbers, which follow from those before them."""

from __future__ import annotations

from typing import Final

# The letters of credit codes by their values. python-stdnum, which the tests compare with, gives the same digits, but
# brings a twentieth of a whole build along.
_CREDIT_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_check(characters: str) -> str:
    """The last character of a credit code whose first 17 are given (GB 32100, MOD 31)."""
    weighed = sum(3**place % 31 * _CREDIT_LETTERS.index(letter) for place, letter in enumerate(characters))
    return _CREDIT_LETTERS[-weighed % 31]


def identity_check(digits: str) -> str:
    """The last character of an identity number whose first 17 digits are given (GB 11643, MOD 11-2)."""
    weighed = sum(2 ** (17 - place) * int(digit) for place, digit in enumerate(digits))
    return "10X98765432"[weighed % 11]
