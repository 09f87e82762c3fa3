"""Amounts in 大写 read back: the value first, the spelling second, and never a guess.

A grammar as strict as the writer's is walked over the characters. What it finds beside the canonical spelling is
collected as remarks, each with its rule; what no digit string writes as ends the reading with the reason.
A 零 must stand for at least one zero digit; a 零 that is missing leaves the value plain unless the digit behind
it has no unit of its own (贰万伍 is said for 25000 and would be written for 20005), and then nothing is read.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from docgen.amounts.cents import Cents, read_cents
from docgen.amounts.characters import CANONICAL, Cleaned, clean
from docgen.amounts.figures import fen_to_yuan, quoted
from docgen.amounts.integer import Number, read_integer
from docgen.amounts.spelling import (
    BOTH_ZEROS,
    NO_YUAN,
    NO_YUAN_NO_WHOLE,
    WAN_ZERO,
    YUAN_ZERO,
    ZERO_YUAN,
    Remark,
    Standing,
    UnreadableError,
)
from docgen.amounts.write import write_fen

__all__ = ["AmountReading", "Standing", "read_amount"]

_PREFIX = "人民币"
_LONGEST = 100


class AmountReading(NamedTuple):
    """What a 大写 says: its value in 元, how its spelling stands to the rules, why, and the canonical spelling.

    `value` and `canonical` are None exactly where the text is unreadable; `reason` is None exactly where the
    text is canonical; `rule` names regulation and article of every remark.
    """

    value: Decimal | None
    standing: Standing
    reason: str | None = None
    rule: str | None = None
    canonical: str | None = None


def read_amount(text: str) -> AmountReading:
    """The value and the standing of an amount in 大写, with or without 人民币 in front."""
    try:
        cleaned = _cleaned(text)
        fen, remarks = _body(cleaned.text)
    except UnreadableError as problem:
        return AmountReading(None, Standing.UNREADABLE, str(problem))
    if not remarks and not cleaned.remarks:
        canonical = _PREFIX + cleaned.text if cleaned.prefix else cleaned.text
        return AmountReading(fen_to_yuan(fen), Standing.CANONICAL, canonical=canonical)
    return _judged(fen, cleaned, remarks)


def _cleaned(text: str) -> Cleaned:
    """The text in canonical characters; nearly always it consists of nothing else."""
    body = text.removeprefix(_PREFIX)
    if body.strip(CANONICAL):
        return clean(text)
    return Cleaned(body, prefix=len(body) < len(text))


def _judged(fen: int, cleaned: Cleaned, remarks: tuple[Remark, ...]) -> AmountReading:
    """The reading of a spelling that is not canonical, or only in its blanks around it."""
    spelled = write_fen(fen) if remarks else cleaned.text
    canonical = (_PREFIX if cleaned.prefix else "") + ("负" if cleaned.negative else "") + spelled
    value = fen_to_yuan(-fen if cleaned.negative else fen)
    standing, reason, rule = _summary(cleaned.remarks + remarks)
    return AmountReading(value, standing, reason, rule, canonical)


@lru_cache(maxsize=1_000)
def _summary(remarks: tuple[Remark, ...]) -> tuple[Standing, str | None, str | None]:
    """The standing that the remarks add up to, what to tell, and the rules: the grave ones first, each once."""
    told = sorted({remark: None for remark in remarks if remark is not WAN_ZERO}, key=_is_mild)
    if not told:
        return Standing.CANONICAL, None, None
    rules = dict.fromkeys(remark.rule for remark in told if remark.rule)
    return told[0].standing, "；".join(f"{remark.text}（{remark.rule}）" for remark in told), "；".join(rules)


def _is_mild(remark: Remark) -> bool:
    return remark.standing is not Standing.IRREGULAR


def _body(text: str) -> tuple[int, tuple[Remark, ...]]:
    """The amount in 分 that canonical characters write, with the remarks on their spelling."""
    if not text or len(text) > _LONGEST:
        raise UnreadableError(f"{quoted(text)}太长，不是一个金额" if text else "没有内容：请写金额")
    head, yuan, tail = text.partition("元")
    if not yuan:
        return _without_yuan(text)
    if not head:
        raise UnreadableError("“元”前面没有数字：是还没有填写的金额")
    if "角" in head or "分" in head:
        raise UnreadableError(f"{quoted(text)}把角、分写在了“元”前面")
    number = read_integer(head)
    cents = read_cents(tail, ones=number.value % 10)
    if not number.remarks and not cents.remarks and (number.value or not cents.value):
        return number.value * 100 + cents.value, ()
    return number.value * 100 + cents.value, _about_both(number, cents)


def _about_both(number: Number, cents: Cents) -> tuple[Remark, ...]:
    """The remarks on both sides of 元, and on what the two sides say together."""
    remarks = number.remarks + cents.remarks
    if not number.value and cents.value:
        return (ZERO_YUAN, *(remark for remark in remarks if remark is not YUAN_ZERO))
    if WAN_ZERO in remarks and YUAN_ZERO in remarks:
        return (BOTH_ZEROS, *(remark for remark in remarks if remark not in (WAN_ZERO, YUAN_ZERO)))
    return remarks


def _without_yuan(text: str) -> tuple[int, tuple[Remark, ...]]:
    """An amount below one 元, or one in which 元 is missing behind 万 or 亿, where nothing else can be meant."""
    if "角" in text or "分" in text:
        cents = read_cents(text, ones=None)
        return cents.value, cents.remarks
    number = text.removesuffix("整")
    if number[-1:] not in ("万", "亿", "兆"):
        raise UnreadableError(f"{quoted(text)}没有写“元”：不知道是多少元")
    whole = read_integer(number)
    return whole.value * 100, (*whole.remarks, NO_YUAN if number != text else NO_YUAN_NO_WHOLE)
