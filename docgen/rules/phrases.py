"""How figures and places are said in the messages of rules."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


def yuan(value: Decimal) -> str:
    """The amount as a clerk writes it, whatever its size or sign: 1,040,000.00 元."""
    return f"{value:,.2f} 元"


def percent(share: Decimal) -> str:
    """The share in per cent without trailing zeros: 50%, 33.3%."""
    return f"{plain(share * 100)}%"


def plain(value: Decimal) -> str:
    """The number without trailing zeros or an exponent: 45, 0.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal) -> str:
    """The number without trailing zeros, its digits in threes: 1,763,200, 0.5."""
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdecimal() and int(whole) else plain(value)


def apart(found: Decimal, expected: Decimal) -> str:
    """By how much two amounts differ: 相差 1,000.00 元."""
    return f"相差 {yuan(abs(found - expected))}"


def quoted(words: Iterable[str]) -> str:
    """The words in quotation marks, one after another: “甲”、“乙”."""
    return "、".join(f"“{word}”" for word in words)
