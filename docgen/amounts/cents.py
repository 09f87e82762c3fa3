"""What follows 元 in an amount in 大写: 角, 分 and 整."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from docgen.amounts.figures import quoted
from docgen.amounts.spelling import (
    JIAO_WITHOUT_WHOLE,
    NO_WHOLE,
    WHOLE_AFTER_FEN,
    YUAN_ZERO,
    ZERO_FEN,
    ZERO_JIAO,
    ZERO_LEFT_OUT_BEFORE_FEN,
    Remark,
    UnreadableError,
)
from docgen.amounts.write import DIGITS


class Cents(NamedTuple):
    """The 角 and 分 of an amount as a number of 分, and what their spelling deserves to be told."""

    value: int
    remarks: tuple[Remark, ...]


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"(?P<zero>零?)(?:(?P<jiao>[{DIGITS}])角)?(?:(?P<fen>[{DIGITS}])分)?(?P<whole>整?)")


@lru_cache(maxsize=2_000)
def read_cents(text: str, *, ones: int | None) -> Cents:
    """The 角 and 分 that canonical characters write behind a 元位 of `ones`, or alone where that is None."""
    found = _pattern().fullmatch(text)
    if found is None:
        raise UnreadableError(_misplaced(text))
    zero, jiao, fen, whole = found.groups()
    value = DIGITS.index(jiao or "零") * 10 + DIGITS.index(fen or "零")
    remarks = [
        remark
        for remark, applies in (
            (NO_WHOLE, not text),
            (ZERO_JIAO, jiao == "零"),
            (ZERO_FEN, fen == "零"),
            (WHOLE_AFTER_FEN, fen and whole),
            (JIAO_WITHOUT_WHOLE, jiao and jiao != "零" and not fen and not whole),
            (ZERO_LEFT_OUT_BEFORE_FEN, ones is not None and fen and fen != "零" and not jiao and not zero),
        )
        if applies
    ]
    if zero:
        remarks += _leading_zero(text, jiao, fen, ones)
    return Cents(value, tuple(remarks))


def _leading_zero(text: str, jiao: str | None, fen: str | None, ones: int | None) -> list[Remark]:
    """The remark on 零 behind 元, which stands for a 角 that is zero or else for a 元 that is zero."""
    first = jiao or fen
    if ones is None or first in (None, "零"):
        raise UnreadableError(f"{quoted(text)}里的“零”多余")
    if jiao is None:
        return []
    if ones:
        raise UnreadableError(f"“元”后的“零”多余：元位和角位都不是 0，不知{quoted(text)}是多写了零还是写错了单位")
    return [YUAN_ZERO]


def _misplaced(text: str) -> str:
    if text[-1] in DIGITS:
        return f"最后的“{text[-1]}”后面没有“角”或“分”"
    return f"{quoted(text)}不成几角几分"
