"""The integer part of an amount in 大写: groups of four digits joined by 万 and 亿."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from docgen.amounts.figures import quoted
from docgen.amounts.spelling import (
    BARE_TEN,
    EVERY_ZERO,
    TRILLION,
    WAN_ZERO,
    WAN_ZERO_LEFT_OUT,
    ZERO_LEFT_OUT,
    Remark,
    UnreadableError,
)
from docgen.amounts.write import DIGITS

_DIGITS = {char: digit for digit, char in enumerate(DIGITS) if digit}
_EXPONENTS = {"拾": 1, "佰": 2, "仟": 3}


class Number(NamedTuple):
    """A part of an integer: its value, how many 零 stand before it, and what its spelling deserves to be told."""

    value: int
    zeros: int
    remarks: tuple[Remark, ...]


@lru_cache(maxsize=4_000)
def read_integer(text: str) -> Number:
    """The integer that the canonical characters write, with remarks; 零 alone is zero."""
    if text == "零":
        return Number(0, 0, ())
    number = _whole(text)
    if number.zeros:
        raise UnreadableError(f"{quoted(text)}以“零”开头：像是少写了前面的数")
    return number


def _whole(text: str) -> Number:
    if "兆" in text:
        number = _joined(text, "兆", 12)
        return Number(number.value, number.zeros, (TRILLION, *number.remarks))
    if "亿" in text:
        return _joined(text, "亿", 8)
    return _below_yi(text)


def _below_yi(text: str) -> Number:
    return _joined(text, "万", 4) if "万" in text else _group(text)


def _before_yi(text: str) -> Number:
    """The number of 亿, in which 万位 is another place than the one that the rules excuse."""
    number = _below_yi(text)
    remarks = tuple(ZERO_LEFT_OUT if remark is WAN_ZERO_LEFT_OUT else remark for remark in number.remarks)
    return Number(number.value, number.zeros, tuple(remark for remark in remarks if remark is not WAN_ZERO))


def _joined(text: str, unit: str, width: int) -> Number:
    """The number written on both sides of 万, 亿 or 兆, which counts 10 ** width."""
    head, _, rest = text.partition(unit)
    if unit in rest:
        raise UnreadableError(f"{quoted(text)}里有两个“{unit}”")
    high = _before_yi(head) if unit == "亿" else _group(head)
    if not rest:
        return Number(high.value * 10**width, high.zeros, high.remarks)
    low = _whole(rest)
    if low.value >= 10**width:
        raise UnreadableError(f"{quoted(text)}里单位的次序不对")
    if rest.startswith("拾"):
        raise UnreadableError(f"{quoted(text)}里“{unit}拾”之间少了数字")
    remarks = high.remarks + low.remarks + _zeros_at_joint(text, high, low, width)
    return Number(high.value * 10**width + low.value, high.zeros, remarks)


def _zeros_at_joint(text: str, high: Number, low: Number, width: int) -> tuple[Remark, ...]:
    ending = str(high.value)
    gap = len(ending) - len(ending.rstrip("0")) + width - len(str(low.value))
    optional = width == 4 and low.value >= 1000 and gap > 0
    if optional and low.zeros == 0:
        return (WAN_ZERO_LEFT_OUT,)
    remarks = _about_zeros(text, low.zeros, gap, bare=low.value < 10)
    return (*remarks, WAN_ZERO) if optional else remarks


def _about_zeros(text: str, zeros: int, gap: int, *, bare: bool) -> tuple[Remark, ...]:
    """The remarks on so many 零 where `gap` digits are zero; `bare` says that the digit behind has no unit."""
    if zeros == min(gap, 1):
        return ()
    if gap == 0:
        raise UnreadableError(f"{quoted(text)}里的“零”多余：它的前后两位之间没有 0，不知是多写了零还是写错了单位")
    if zeros == 0 and bare:
        raise UnreadableError(f"{quoted(text)}可以读成两个数：“{text[-1]}”前是少写了“零”，还是后面少写了单位")
    if zeros == 0:
        return (ZERO_LEFT_OUT,)
    if zeros == gap:
        return (EVERY_ZERO,)
    raise UnreadableError(f"{quoted(text)}里“零”的个数和 0 的个数对不上")


@lru_cache(maxsize=20_000)
def _group(text: str) -> Number:
    """One to four digits with their units: 肆仟零伍 is 4005."""
    value, place, lead = 0, 4, 0
    remarks: tuple[Remark, ...] = ()
    for zeros, digit, exponent in _places(text):
        if exponent >= place:
            raise UnreadableError(f"{quoted(text)}里仟、佰、拾的次序不对")
        if value:
            remarks += _about_zeros(text, zeros, place - exponent - 1, bare=exponent == 0)
        else:
            lead = zeros
        if not digit:
            remarks += (_bare_ten(text, zeros, first=value == 0),)
        value += (digit or 1) * 10**exponent
        place = exponent
    if not value:
        raise UnreadableError("“万”“亿”或“元”前面没有数字")
    return Number(value, lead, remarks)


def _bare_ten(text: str, zeros: int, *, first: bool) -> Remark:
    """The remark on 拾 without a digit, which is plain at the front (拾万) only."""
    if first and not zeros:
        return BARE_TEN
    if zeros:
        raise UnreadableError(f"{quoted(text)}里的“零拾”可以读成两个数：拾位是 0，还是少写了“壹”")
    raise UnreadableError(f"{quoted(text)}里的“拾”前面少了数字")


def _places(text: str) -> Iterator[tuple[int, int, int]]:
    """Each digit of a group: the 零 before it, the digit (0 for 拾 alone), and the exponent of its unit."""
    at = 0
    while at < len(text):
        start = at
        while text.startswith("零", at):
            at += 1
        zeros = at - start
        digit = _DIGITS.get(text[at : at + 1], 0)
        at += digit > 0
        exponent = _EXPONENTS.get(text[at : at + 1], 0)
        at += exponent > 0
        if not digit and exponent != 1:
            raise UnreadableError(_no_digit(text, at, exponent))
        if not exponent and at < len(text):
            raise UnreadableError(f"{quoted(text)}里的“{text[at - 1]}”后面缺单位")
        yield zeros, digit, exponent


def _no_digit(text: str, at: int, exponent: int) -> str:
    if exponent:
        return f"{quoted(text)}里的“{text[at - 1]}”前面没有数字"
    if at == len(text):
        return f"{quoted(text)}里的“零”后面没有数字"
    return f"{quoted(text)}里的“{text[at]}”不该在这里"
