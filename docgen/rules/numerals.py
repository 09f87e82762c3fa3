"""Numbers as references write them: 3, ３, 三, 十二, 一百二十三."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

NUMERAL: Final = r"(?:[0-9０-９]{1,3}|[一二三四五六七八九十百零〇]{1,7})"
"""The pattern of a number in a reference."""

_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS: Final = {"十": 10, "百": 100}


def numeral(text: str) -> int | None:
    """The number that `text` writes, None where it writes none."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[char], 0
        else:
            return None
    return total + digit or None


def figure_of(text: str) -> Decimal:
    """The value of a plain figure, its thousands parted by commas or not: 1,040,000.50."""
    return Decimal(text.replace(",", ""))


def how_many(text: str) -> int | None:
    """The number before a measure word, where two is 两: 两次, 三个月, 12年; None where it writes none."""
    return 2 if text == "两" else numeral(text)


def chinese(value: int) -> str:
    """The number from 1 to 99 in Chinese characters."""
    tens, ones = divmod(value, 10)
    digits = "零一二三四五六七八九"
    if tens == 0:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"
