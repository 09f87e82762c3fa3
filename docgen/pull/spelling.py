"""What a clerk would have to type for a value to be printed as it was edited: the ways back from a printed text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from docgen.amounts.figures import AmountError, format_figures, parse_figures, plain_figures
from docgen.amounts.read import read_amount
from docgen.contract.days import PartialDate
from docgen.contract.scalars import Scalar

_NUMBERS: Final = frozenset({"count", "quantity", "points", "year"})
_AMOUNTS: Final = frozenset({"money", "instalment"})
# What is the same to the letter or not at all.
_WORDS: Final = frozenset({"line", "text", "choice", "flag"})
_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_PARTED: Final = re.compile(r"(?<=[0-9,.]) +(?=[0-9])")
_BLANKS: Final = " \t\u3000\u00a0\n"


def spellings(text: str, scalar: Scalar, typed: str) -> list[str]:
    """The texts that a field of this kind may have been given to be printed as `text`, the likeliest first.

    `typed` is what stands there now, whose way of writing is kept. Each of them can be read as such a field.
    """
    found = dict.fromkeys(each for each in _ways(text, scalar, typed) if meant(each, scalar) is not None)
    return list(found)


def same(one: str, other: str, scalar: Scalar) -> bool:
    """Whether two texts of a field say the same value: words to the letter, figures and dates however they are written.

    What stands around them as blanks says nothing.
    """
    if one.strip(_BLANKS) == other.strip(_BLANKS):
        return True
    if scalar.kind in _WORDS:
        return False
    value = _said(one, scalar)
    return value is not None and value == _said(other, scalar)


def meant(text: str, scalar: Scalar) -> Any:
    """The value that a text of a field stands for; None where it cannot be read as one."""
    try:
        return scalar.parse(text) if text.strip() else None
    except ValueError:
        return None


def _said(text: str, scalar: Scalar) -> Any:
    """The value that a printed text states by itself."""
    return next((value for way in _ways(text, scalar, "") if (value := meant(way, scalar)) is not None), None)


def _ways(text: str, scalar: Scalar, typed: str) -> Iterator[str]:
    plain = _plain(text)
    if scalar.kind in _AMOUNTS:
        yield from (_like(amount, typed) for amount in _amounts(plain))
    elif scalar.kind in _NUMBERS:
        yield plain.replace(",", "")
        yield from map(str, _chinese(plain))
    elif scalar.kind == "rate":
        yield from _rates(plain, scalar, typed)
    elif scalar.kind == "day":
        yield from _days(plain, scalar, typed)
    yield text.strip(_BLANKS)


def _plain(text: str) -> str:
    """The text in half-width characters, figures in one piece."""
    return _PARTED.sub("", text.translate(_HALF_WIDTH).strip(_BLANKS))


def _amounts(text: str) -> Iterator[Decimal]:
    try:
        yield parse_figures(text)
    except AmountError:
        value = read_amount(text).value
        if value is not None:
            yield value


def _like(amount: Decimal, typed: str) -> str:
    """The amount in figures, with separators where what was typed has them."""
    if "," in typed:
        return format_figures(amount) if "." in typed else format_figures(amount).removesuffix(".00")
    return str(amount.quantize(Decimal("0.01"))) if re.search(r"\.[0-9]{2}$", typed) else plain_figures(amount)


def _rates(text: str, scalar: Scalar, typed: str) -> Iterator[str]:
    """The share with the sign that it was written with, in words where what was typed is in words."""
    plain = text.replace(" ", "")
    value = meant(plain, scalar)
    if isinstance(value, Decimal) and ("分之" in plain) != ("分之" in typed):
        from docgen.template.numerals import chinese_decimal
        from docgen.template.values import percentage

        yield f"百分之{chinese_decimal(value * 100)}" if "分之" in typed else percentage(value)
    yield plain


def _days(text: str, scalar: Scalar, typed: str) -> Iterator[str]:
    """The date as dates are written, with hyphens where what was typed has them."""
    day = meant(text, scalar)
    if isinstance(day, PartialDate) and day.event is None:
        if day.day is not None and re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", typed.strip()):
            yield f"{day.year}-{day.month:02d}-{day.day:02d}"
        yield str(day)


def _chinese(text: str) -> Iterator[int]:
    if re.fullmatch("[零〇一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟两]+", text):
        import cn2an

        try:
            yield int(cn2an.cn2an(text, "smart"))
        except ValueError:
            return
