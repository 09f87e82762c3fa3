"""Amounts in figures: every form that clerks type as an exact Decimal in 元, and the house form back."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

Figure = Decimal | int | str
"""What an amount may be given as; never a float, which cannot hold 0.10."""

LARGEST = 999_999_999_999_999_999
"""The largest amount in 分: sixteen digits of 元."""

# Full-width forms of what stands in a figure, so that one spelling is left to read.
_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９，．￥：－−（）ＲＭＢＣＮＹｒｍｂｃｎｙ圆圓萬億幣\u3000\xa0",
    "0123456789,.¥:--()RMBCNYrmbcny元元万亿币  ",
)
_CURRENCIES = ("¥", "人民币", "RMB", "CNY")
_SCALES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_SCALES |= {"十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}
_SHOWN = 30


class AmountError(ValueError):
    """An amount that cannot be read or written; `str()` tells a clerk why."""


class FinerThanFenError(AmountError):
    """A figure that is no number of 分, such as a unit price of 0.125; `value` is what it says exactly."""

    def __init__(self, message: str, value: Decimal) -> None:
        super().__init__(message)
        self.value = value


def quoted(text: str) -> str:
    """The text in Chinese quotation marks, cut off where it is too long and clean where it cannot be printed."""
    shown = text[:_SHOWN]
    if not shown.isprintable():
        shown = "".join(char if char.isprintable() or char == "\u3000" else "\ufffd" for char in shown)
    return f"“{shown}”" if len(text) <= _SHOWN else f"“{shown}…”（共{len(text)}字）"


def parse_figures(text: str) -> Decimal:
    """The amount in 元, exactly and with two decimals, of figures such as 1,040,000.00, ￥1040000元 or 104万元."""
    return fen_to_yuan(_parse(text))


def exact_fen(value: Figure) -> int:
    """The amount in 分; whatever is not exactly a number of 分 is refused, never rounded."""
    if isinstance(value, Decimal):
        return _decimal_to_fen(value)
    if isinstance(value, str):
        return _parse(value)
    if isinstance(value, float):
        raise AmountError(f"金额不能用浮点数 {value!r}：它存不准角和分，请用 Decimal 或文字")
    if isinstance(value, bool) or not isinstance(value, int):
        raise AmountError(f"{value!r} 不是金额（类型 {type(value).__name__}）：请用 Decimal、整数或文字")
    return _within_range(value * 100)


def format_figures(value: Figure) -> str:
    """The house form of an amount, 1,040,000.00: thousands separated, always two decimals."""
    fen = exact_fen(value)
    if fen and isinstance(value, Decimal):
        return f"{value:,.2f}"  # which rounds nothing: it is a number of 分
    yuan, cents = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{cents:02d}"


def plain_figures(value: Figure) -> str:
    """The amount as contracts print it, 1040000 or 1040000.50: decimals only where there are 角 or 分."""
    text = format_figures(value).replace(",", "")
    return text.removesuffix(".00")


def fen_to_yuan(fen: int) -> Decimal:
    """The amount in 元 with two decimals, whatever the caller's decimal context is."""
    if abs(fen) <= LARGEST:
        sign, digits = ("-", -fen) if fen < 0 else ("", fen)
        return Decimal(f"{sign}{digits // 100}.{digits % 100:02d}")
    raise AmountError("金额太大：最多十六位整数")


def _within_range(fen: int) -> int:
    if abs(fen) > LARGEST:
        raise AmountError("金额太大：最大是 9,999,999,999,999,999.99 元")
    return fen


def _decimal_to_fen(value: Decimal) -> int:
    if not value.is_finite():
        raise AmountError(f"{value} 不是金额：请给出确定的数")
    if value and not -18 <= value.adjusted() <= 18:  # before 1E+999999 is written out in full
        raise AmountError(f"金额 {value} 太大或太小：要在 0.01 元到 9,999,999,999,999,999.99 元之间")
    # Exact whatever the caller's decimal context is, and quicker than its digits.
    number, parts = value.as_integer_ratio()
    if 100 % parts:
        raise AmountError(f"金额 {value:f} 多于两位小数：只能写到分，请先定好怎样取舍")
    return _within_range(number * (100 // parts))


def _parse(text: str) -> int:
    """The amount in 分 of figures as typed."""
    if text.isascii() and text.isdigit():
        return _scaled(text, 0, text)
    plain = (text if text.isascii() else text.translate(_HALF_WIDTH)).strip()
    plain = _without_currency(plain)
    if plain[:1] in ("-", "负"):
        raise AmountError(f"{quoted(text)}是负数：金额不能小于零")
    number, unit = _number_and_unit(plain)
    if unit in _SCALES and not number.strip("0123456789,."):
        return _scaled(number, _SCALES[unit], text)
    return _compound(plain, text)


def _without_currency(text: str) -> str:
    """The figures without ￥, RMB or 人民币 on either side."""
    while text and not text[0].isdigit():
        mark = next((mark for mark in _CURRENCIES if text.upper().startswith(mark)), None)
        if mark is None:
            break
        text = text[len(mark) :].lstrip(": \t")
    for mark in ("(人民币)", "人民币", "RMB", "CNY") if text and not text[-1].isdigit() else ():
        if text.upper().endswith(mark):
            return text[: -len(mark)].rstrip()
    return text


def _number_and_unit(text: str) -> tuple[str, str]:
    """The number, and what stands behind it without 元 and 整: "104万元整" gives 104 and 万."""
    number = text.rstrip("十百千万亿元整正 \t")
    unit = text[len(number) :].strip().replace(" ", "")
    if unit.endswith(("元整", "元正")):
        unit = unit[:-1]
    return number, unit.removesuffix("元")


def _scaled(number: str, exponent: int, text: str) -> int:
    """The amount in 分 of one number that counts 10 ** exponent 元."""
    whole, point, decimals = number.partition(".")
    digits = _ungrouped(whole, text)
    if point and not (decimals.isascii() and decimals.isdigit()):
        raise AmountError(_not_a_figure(number, text))
    if len(decimals) - exponent > 2:
        value = Decimal(f"{digits}.{decimals}e{exponent}")
        raise FinerThanFenError(f"{quoted(text)}多于两位小数：金额只能写到分", value)
    if len(digits) + exponent > 16 and digits != "0":
        raise AmountError(f"{quoted(text)}太大：最大是 9,999,999,999,999,999.99 元")
    return int((digits + decimals).ljust(len(digits) + exponent + 2, "0"))


def _ungrouped(whole: str, text: str) -> str:
    """The digits of the integer part, its commas checked and taken out."""
    first, *groups = whole.split(",")
    digits = first + "".join(groups)
    if not (digits.isascii() and digits.isdigit()):
        raise AmountError(_not_a_figure(whole, text))
    if groups and not (0 < len(first) <= 3 and all(len(group) == 3 for group in groups)):
        raise AmountError(f"{quoted(text)}的千位分隔不对：从右往左每三位一个逗号，例如 1,040,000.00")
    if digits[0] == "0" and len(digits) > 1:
        raise AmountError(f"{quoted(text)}以 0 开头：像编号，不像金额")
    return digits


def _not_a_figure(number: str, text: str) -> str:
    """Why the text is no figure: the first thing that disturbs, as a clerk would name it."""
    if not text.strip():
        return "没有内容：请写金额"
    if not any("0" <= char <= "9" for char in text.translate(_HALF_WIDTH)):
        return f"{quoted(text)}不是金额：里面没有数字"
    odd = next((char for char in number if char not in "0123456789,."), None)
    if odd == "%":
        return f"{quoted(text)}是比例，不是金额"
    if odd is not None and odd.isprintable() and not odd.isspace():
        return f"{quoted(text)}不是金额：不明白其中的“{odd}”"
    if odd is not None:
        return f"{quoted(text)}不是金额：数字中间有空格或看不见的字符"
    return f"{quoted(text)}不是金额：小数点前后都要有数字，且只能有一个小数点"


@cache
def _compound_pattern() -> re.Pattern[str]:
    scale = "(?:[千百十]?[万亿]|万亿|[千百十])"
    return re.compile(rf"((?:[0-9,]+{scale})*(?:[0-9,]+{scale}?)?)元(?:整|正|(?:([0-9])角)?(?:([0-9])分)?)")


def _compound(plain: str, text: str) -> int:
    """The amount in 分 of figures with several units, such as 1亿2000万元 or 12元5角."""
    found = _compound_pattern().fullmatch(plain.replace(" ", ""))
    if found is None or not found[1]:
        raise AmountError(_not_a_figure(plain, text))
    total, limit = 0, LARGEST + 1
    for number, unit in re.findall("([0-9,]+)([十百千万亿]*)", found[1]):
        part = _scaled(number, _SCALES[unit], text)
        if part >= limit:
            raise AmountError(f"{quoted(text)}的单位次序不对：请写成一个数，例如 1.2亿元")
        total, limit = total + part, 10 ** (_SCALES[unit] + 2)
    return _within_range(total + int(found[2] or 0) * 10 + int(found[3] or 0))
