"""What a month, a quarter or half a year is of an amount for years: 每季度应付177,925.00元."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from docgen.patterns import regex
from docgen.rules.phrases import yuan

_PERIOD: Final = regex(
    r"(?:每个?(?P<period>月|季度?|半年)|(?P<last>上月|当月|每月应付))[^0-9，。；;：:]{0,8}?(?:人民币|[￥¥：:\s])*\Z"
)
_NOT_ALL: Final = regex(r"每[人名台辆个车户套间座]|扣|罚|补贴|补助|违约|押金|增加|减少|不低于|不超过|至少|约\s*\Z")
_PARTS: Final[Mapping[str, tuple[int, ...]]] = {"月": (12, 24, 36), "季": (4, 8, 12), "半": (2, 4, 6)}


def parts_of(lead: str, values: Iterable[Decimal]) -> dict[Decimal, str]:
    """What each amount is for the period that stands right before another one; empty where none stands there."""
    match = _PERIOD.search(lead)
    if match is None or _NOT_ALL.search(lead[max(0, match.start() - _BACK) :]):
        return {}
    numbers = _PARTS["月" if match["last"] else match["period"][0]]
    parts = {value / number: f"{yuan(value)}的 {number} 分之一是" for value in values for number in numbers}
    return {part: made for part, made in parts.items() if part == round(part, 2)}


_BACK: Final = 10
