"""What a clerk would have to type for a value to be printed as it was edited: the ways back from a printed text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.amounts.figures import format_figures, plain_figures
from docgen.contract.days import PartialDate
from docgen.contract.meaning import AMOUNTS, BLANKS, NUMBERS, amounts, meant, numerals, plain
from docgen.contract.scalars import Scalar

_GROUPED = re.compile(r"[0-9]+(?:[ -][0-9]+)+")
_BARE = re.compile(r"[0-9]{1,9}(?:,[0-9]{3})*(?:\.[0-9]{1,6})?")


def spellings(text: str, scalar: Scalar, typed: str) -> list[str]:
    """The texts that a field of this kind may have been given to be printed as `text`, the likeliest first.

    `typed` is what stands there now, whose way of writing is kept. Each of them can be read as such a field.
    """
    found = dict.fromkeys(each for each in _ways(text, scalar, typed) if meant(each, scalar) is not None)
    return list(found)


def _ways(text: str, scalar: Scalar, typed: str) -> Iterator[str]:
    said = plain(text)
    if scalar.kind in AMOUNTS:
        yield from (_like(amount, typed) for amount in amounts(said))
        if _BARE.fullmatch(said):  # which may stand before 万元
            yield _like(Decimal(said.replace(",", "")).scaleb(4), typed)
    elif scalar.kind in NUMBERS:
        yield said.replace(",", "")
        yield from map(str, numerals(said))
    elif scalar.kind == "rate":
        yield from _rates(said.replace(" ", ""), scalar, typed)
    elif scalar.kind == "day":
        yield from _days(said, scalar, typed)
    yield text.strip(BLANKS)
    if typed.isdecimal() and _GROUPED.fullmatch(text.strip(BLANKS)):
        yield re.sub("[ -]", "", text.strip(BLANKS))  # an account that is printed in groups


def _like(amount: Decimal, typed: str) -> str:
    """The amount in figures, with separators where what was typed has them."""
    if "," in typed:
        return format_figures(amount) if "." in typed else format_figures(amount).removesuffix(".00")
    return str(amount.quantize(Decimal("0.01"))) if re.search(r"\.[0-9]{2}$", typed) else plain_figures(amount)


def _rates(text: str, scalar: Scalar, typed: str) -> Iterator[str]:
    """The share with the sign that it was written with, in words where what was typed is in words."""
    value = meant(text, scalar)
    if isinstance(value, Decimal) and ("分之" in text) != ("分之" in typed):
        from docgen.template.numerals import chinese_decimal
        from docgen.template.values import percentage

        yield f"百分之{chinese_decimal(value * 100)}" if "分之" in typed else percentage(value)
    yield text


def _days(text: str, scalar: Scalar, typed: str) -> Iterator[str]:
    """The date as dates are written, with hyphens where what was typed has them."""
    day = meant(text, scalar)
    if isinstance(day, PartialDate) and day.event is None:
        if day.day is not None and re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", typed.strip()):
            yield f"{day.year}-{day.month:02d}-{day.day:02d}"
        yield str(day)
