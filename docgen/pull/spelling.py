"""What a clerk would have to type for a value to be printed as it was edited: the ways back from a printed text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from docgen.amounts.figures import AmountError, format_figures, parse_figures, plain_figures
from docgen.amounts.read import read_amount
from docgen.contract.scalars import Scalar

_NUMBERS = frozenset({"count", "quantity", "points", "year"})
_AMOUNTS = frozenset({"money", "instalment"})
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def spellings(text: str, scalar: Scalar, typed: str) -> list[str]:
    """The texts that a field of this kind may have been given to be printed as `text`, the likeliest first.

    `typed` is what stands there now, whose way of writing figures is kept. Each of them can be read as such a field.
    """
    found = dict.fromkeys(each for each in _ways(text, scalar, typed) if _readable(each, scalar))
    return list(found)


def _readable(text: str, scalar: Scalar) -> bool:
    try:
        scalar.parse(text)
    except ValueError:
        return False
    return bool(text.strip())


def _ways(text: str, scalar: Scalar, typed: str) -> Iterator[str]:
    plain = text.strip().translate(_HALF_WIDTH)
    if scalar.kind in _AMOUNTS:
        yield from (_like(amount, typed) for amount in _amounts(plain))
    elif scalar.kind in _NUMBERS:
        yield plain.replace(",", "")
        yield from map(str, _chinese(plain))
    elif scalar.kind == "rate":
        yield plain
    yield text
    yield text.strip()


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


def _chinese(text: str) -> Iterator[int]:
    if re.fullmatch("[零〇一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟两]+", text):
        import cn2an

        try:
            yield int(cn2an.cn2an(text, "smart"))
        except ValueError:
            return
