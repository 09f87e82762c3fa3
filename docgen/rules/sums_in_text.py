"""Sums that a sentence works out: 28500㎡×35元/㎡=997500元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from math import prod
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Reading
from docgen.rules.facts import Facts
from docgen.rules.numerals import figure_of
from docgen.rules.phrases import apart, plain, yuan
from docgen.rules.rule import inside, rule

_NUMBER: Final = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_UNIT: Final = r"[^0-9\s×✕*＊xX+＋=＝，。；：,;:（）()、≈约]{0,8}"
_TERM: Final = rf"[￥¥]?(?:{_NUMBER})\s?{_UNIT}\s?"
_TIMES: Final = r"[×✕*＊xX]"
_SUM: Final = regex(
    rf"(?<![0-9.,，%％×✕*＊xX+＋\-－—/÷=＝）)A-Za-z])(?P<made>{_TERM}(?:(?:{_TIMES}|[+＋])\s?{_TERM})+)[=＝]\s?"
    rf"(?P<result>[￥¥]?\s?(?P<figure>{_NUMBER})\s?(?P<wan>[万亿]?)元)(?!\s?[0-9×✕*＊xX+＋\-－÷=＝])"
)
_PART: Final = regex(rf"[￥¥]?({_NUMBER})\s?([%％‰]|[万亿]|)")
_SCALES: Final = {"": Decimal(1), "%": Decimal("0.01"), "％": Decimal("0.01"), "‰": Decimal("0.001"),
                  "万": Decimal(10**4), "亿": Decimal(10**8)}  # fmt: skip


@rule("M129", "算式与结果不符", on=Reading)
def sums_are_right(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 条文里写明的算式是金额的来历，结果与算式不符，按哪一个付款就有争议。

    错误: 设计费按28,500㎡×35元/㎡=979,500元计取。
    正确: 设计费按28,500㎡×35元/㎡=997,500元计取，租金为15元×1200平方米×12个月=21.6万元。
    """
    for block in reading.blocks:
        if "=" not in block.text and "＝" not in block.text:
            continue
        for match in _SUM.finditer(block.text):
            right, written, step = _made(match["made"]), _value(match), _step(match)
            # 1.5+2.4=3.9万元: the unit behind the result is that of all numbers.
            if right is None or min(abs(right - written), abs(right * _SCALES[match["wan"]] - written)) < step:
                continue
            message = f"按算式是 {yuan(right)}，结果写的是 {yuan(written)}，{apart(written, right)}。"
            severity = Severity.ERROR if block.page is None else Severity.WARNING
            yield inside(
                reading, block, match.span("figure"), message, severity=severity, expected=_like(match, right),
                hint="请核对算式里的每一个数和结果。",
            )  # fmt: skip


def _made(text: str) -> Decimal | None:
    """What products and sums of numbers make, None where a part of it is no plain number."""
    added: list[Decimal] = []
    for product in re.split(r"[+＋]", text):
        parts = [_PART.match(part.strip()) for part in re.split(_TIMES, product)]
        if None in parts:
            return None
        added.append(prod((figure_of(part[1]) * _SCALES[part[2]] for part in parts if part), start=Decimal(1)))
    return sum(added, Decimal(0))


def _value(match: re.Match[str]) -> Decimal:
    return figure_of(match["figure"]) * _SCALES[match["wan"]]


def _step(match: re.Match[str]) -> Decimal:
    """What one in the last digit of the result is worth: the result may be rounded so far."""
    return Decimal(1).scaleb(-len(match["figure"].partition(".")[2])) * _SCALES[match["wan"]]


def _like(match: re.Match[str], right: Decimal) -> str:
    """The right result as the written one is spelled."""
    value = right / _SCALES[match["wan"]]
    return f"{value:,}" if "," in match["figure"] and value == value.to_integral_value() else plain(value)
