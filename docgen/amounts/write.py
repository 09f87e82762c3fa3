"""Amounts in 大写: the one canonical spelling of every amount from 0.00 to 9,999,999,999,999,999.99.

The spelling satisfies both sources: 《支付结算办法》附一 and 《会计基础工作规范》第五十二条. One 零 stands for each
inner run of zeros, also where 万位 is 0 and 千位 is not; none stands between 元 and a 角 that is not zero.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from docgen.amounts.figures import AmountError, Figure, exact_fen

Yuan = Literal["元", "圆"]
Whole = Literal["整", "正"]

DIGITS = "零壹贰叁肆伍陆柒捌玖"


def write_amount(value: Figure, *, yuan: Yuan = "元", whole: Whole = "整", prefix: bool = False) -> str:
    """The amount in 大写, 壹佰零肆万元整, with the 元 and 整 that the contract uses and with 人民币 if asked for."""
    if yuan not in ("元", "圆") or whole not in ("整", "正"):
        raise AmountError(f"大写只用“元”或“圆”、“整”或“正”，没有“{yuan}”“{whole}”的写法")
    text = write_fen(exact_fen(value))
    if yuan != "元":
        text = text.replace("元", yuan)
    if whole != "整":
        text = text.replace("整", whole)
    return "人民币" + text if prefix else text


def write_fen(fen: int) -> str:
    """The canonical 大写 of an amount in 分."""
    if fen < 0:
        raise AmountError("金额不能小于零：大写没有负数的写法")
    yuan, cents = divmod(fen, 100)
    if yuan:
        return _integer(yuan) + "元" + _cents_after_yuan(cents)
    return _cents_alone(cents)


@lru_cache(maxsize=4_000)
def _integer(number: int) -> str:
    high, low = divmod(number, 100_000_000)
    if not high:
        return _below_yi(low)
    if not low:
        return _below_yi(high) + "亿"
    zero = "零" if high % 10 == 0 or low < 10_000_000 else ""
    return f"{_below_yi(high)}亿{zero}{_below_yi(low)}"


def _below_yi(number: int) -> str:
    high, low = divmod(number, 10_000)
    if not high:
        return _group(low)
    if not low:
        return _group(high) + "万"
    zero = "零" if high % 10 == 0 or low < 1_000 else ""
    return f"{_group(high)}万{zero}{_group(low)}"


@lru_cache(maxsize=10_000)
def _group(number: int) -> str:
    """One to four digits: 4005 is 肆仟零伍."""
    text, gap = "", False
    for digit, unit in zip(f"{number:04d}", ("仟", "佰", "拾", ""), strict=True):
        if digit == "0":
            gap = True
            continue
        text += ("零" if gap and text else "") + DIGITS[int(digit)] + unit
        gap = False
    return text


@lru_cache(maxsize=100)
def _cents_after_yuan(cents: int) -> str:
    if cents == 0:
        return "整"
    return _cents_alone(cents) if cents >= 10 else "零" + _cents_alone(cents)


@lru_cache(maxsize=100)
def _cents_alone(cents: int) -> str:
    jiao, fen = divmod(cents, 10)
    if cents == 0:
        return "零元整"
    tens = DIGITS[jiao] + "角" if jiao else ""
    return tens + (DIGITS[fen] + "分" if fen else "整")
