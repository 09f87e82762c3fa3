"""What a printed text says as a value: figures, dates and shares are the same however a person writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from docgen.contract.scalars import COUNT, DAY, MONEY, RATE, Scalar

NUMBERS: Final = frozenset({"count", "quantity", "points", "year"})
AMOUNTS: Final = frozenset({"money", "instalment"})
BLANKS: Final = " \t\u3000\u00a0\n"
"""What may stand around a value and says nothing."""

# What is the same to the letter or not at all.
_WORDS: Final = frozenset({"line", "text", "choice", "flag"})
_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_PARTED: Final = r"(?<=[0-9,.]) +(?=[0-9])"
# 1,000; the comma of “1,” or “1,2” parts no thousands.
_GROUPED: Final = r"(?<=[0-9]),(?=(?:[0-9]{3},)*[0-9]{3}(?![0-9]))"
_NUMERAL: Final = "[零〇一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟两]+"
_LONGEST: Final = 40


def meant(text: str, scalar: Scalar) -> Any:
    """The value that a text of a field stands for; None where it cannot be read as one."""
    try:
        return scalar.parse(text) if text.strip() else None
    except ValueError:
        return None


def same(one: str, other: str, scalar: Scalar) -> bool:
    """Whether two texts of a field say the same value: words to the letter, figures and dates however they are written.

    What stands around them as blanks says nothing.
    """
    if one.strip(BLANKS) == other.strip(BLANKS):
        return True
    value = None if scalar.kind in _WORDS else _value(one, scalar)
    return value is not None and value == _value(other, scalar)


def same_figure(one: str, other: str) -> bool:
    """Whether two texts are one amount, date, share or number in two ways of writing it."""
    short = 0 < len(one) <= _LONGEST and 0 < len(other) <= _LONGEST
    return short and any(same(one, other, scalar) for scalar in (MONEY, DAY, RATE, COUNT))


def plain(text: str) -> str:
    """The text in half-width characters, figures in one piece, without blanks around it."""
    return re.sub(_PARTED, "", text.translate(_HALF_WIDTH).strip(BLANKS))


def amounts(text: str) -> Iterator[Decimal]:
    """The amount that a text in figures or in words says; nothing where it says none."""
    from docgen.amounts.figures import AmountError, parse_figures
    from docgen.amounts.read import read_amount

    try:
        yield parse_figures(text)
    except AmountError:
        value = read_amount(text).value
        if value is not None:
            yield value


def numerals(text: str) -> Iterator[int]:
    """The whole number that Chinese numerals say; nothing where they say none."""
    if re.fullmatch(_NUMERAL, text):
        import cn2an

        try:
            yield int(cn2an.cn2an(text, "smart"))
        except ValueError:
            return


def _value(text: str, scalar: Scalar) -> Any:
    said = plain(text)
    if scalar.kind in AMOUNTS:
        return next(amounts(said), None) if said else None
    if scalar.kind in NUMBERS:
        number = meant(re.sub(_GROUPED, "", said), scalar)
        return next(numerals(said), None) if number is None else number
    return meant(said.replace(" ", "") if scalar.kind == "rate" else said, scalar)
