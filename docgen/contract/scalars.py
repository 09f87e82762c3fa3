"""The kinds of single values a contract holds: each reads its own text and says in Chinese what it expects.

A value arrives as the text that stands in the YAML (`0010`, `1,040,000.00`, `百分之十`), so nothing is lost on the
way. Each type below carries a `Scalar` that the loader reads with and words its messages with, and the JSON Schema is
made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final

from docgen.contract.days import PartialDate, parse_day

__all__ = [
    "COUNT",
    "DAY",
    "FLAG",
    "IDENTITY_NUMBER",
    "INSTALMENT_AMOUNT",
    "LINE",
    "MONEY",
    "POINTS",
    "QUANTITY",
    "RATE",
    "SOCIAL_CREDIT_CODE",
    "TEXT",
    "YEAR",
    "Count",
    "Day",
    "Flag",
    "IdentityNumber",
    "InstalmentAmount",
    "Line",
    "Money",
    "PartialDate",
    "Points",
    "Quantity",
    "Rate",
    "Rest",
    "Scalar",
    "SocialCreditCode",
    "Text",
    "Year",
    "choice",
]


class Rest(StrEnum):
    """The amount of an instalment that is whatever remains of the total."""

    REST = "余款"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One kind of value: how its text is read, what it is called, and what a clerk should write.

    `parse` raises a ValueError whose Chinese text says what is wrong; `result` are the types it returns.
    """

    kind: str
    name: str
    expected: str
    parse: Callable[[str], Any]
    result: tuple[type, ...] = (str,)
    options: tuple[str, ...] = ()


# What Word cannot hold (XML 1.0), and what a reader cannot see but a program would compare.
_UNWRITABLE: Final = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_INVISIBLE: Final = "[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BLANKS: Final = " \u3000\u00a0\n"


def _text(text: str) -> str:
    """The text without surrounding blanks, refused when it holds what a Word file cannot."""
    # The patterns take longer to make than a whole contract to read, and no good text needs them.
    plain = text.replace("\n", "").replace("\u3000", "").isprintable()
    if not plain and (fault := re.search(_UNWRITABLE, text) or re.search(_INVISIBLE, text)):
        code = ord(fault.group())
        what = "制表符（Tab）" if code == 9 else f"看不见的字符 U+{code:04X}"
        raise ValueError(f"第 {fault.start() + 1} 个字是{what}，不能写进合同，请删去")
    stripped = text.strip(_BLANKS)
    if not stripped:
        raise ValueError("没有内容")
    return stripped


def _line(text: str) -> str:
    stripped = _text(text)
    if "\n" in stripped:
        raise ValueError("应写在一行之内，其中有换行")
    return stripped


def _figures(text: str) -> str:
    """The text in half-width characters without surrounding blanks."""
    return _line(text).translate(_HALF_WIDTH).strip()


def _count(text: str) -> int:
    figures = _figures(text)
    if match := re.fullmatch(r"([0-9]+)\s*([^0-9\s.,%‰-]+)", figures):
        raise ValueError(f"只写数字 {match[1]}，不带“{match[2]}”")
    if re.fullmatch(r"0[0-9]+", figures):
        raise ValueError("数字前面不要补 0")
    if not re.fullmatch(r"[0-9]{1,9}", figures):
        raise ValueError("不是整数")
    return int(figures)


def _decimal(text: str) -> Decimal:
    figures = _figures(text)
    if match := re.fullmatch(r"([0-9][0-9.,]*)\s*([^0-9\s.,%‰-]+)", figures):
        raise ValueError(f"只写数字 {match[1]}，不带“{match[2]}”")
    if not re.fullmatch(r"(?:0|[1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,6})?", figures):
        raise ValueError("不是数")
    return Decimal(figures.replace(",", ""))


def _money(text: str) -> Decimal:
    from docgen.amounts.figures import AmountError, parse_figures

    line = _line(text)
    try:
        return parse_figures(line)
    except AmountError:
        if written := _in_words(line):
            raise ValueError(f"“{line}”应写成数字 {written}；大写由程序写出") from None
        raise


def _in_words(text: str) -> str | None:
    """The figures of an amount in 大写; None for what is no such amount."""
    from docgen.amounts.figures import plain_figures
    from docgen.amounts.read import read_amount

    value = read_amount(text).value
    return None if value is None else plain_figures(value)


def _instalment(text: str) -> Decimal | Rest:
    return Rest.REST if text.strip(_BLANKS) == Rest.REST else _money(text)


_SHARE_SIGNS: Final = {"%": 100, "‰": 1000, "‱": 10000}
_SHARE_WORDS: Final = {"百": 100, "千": 1000, "万": 10000}
_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")}


def _rate(text: str) -> Decimal:
    plain = _figures(text).replace(" ", "")
    share = _signed_share(plain)
    if share is None:
        share = _worded_share(plain)
    if share is None:
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?", plain):
            raise ValueError(_bare_share(plain))
        raise ValueError("不是比例")
    if share > 1:
        raise ValueError("比例超过了 100%")
    return share


def _bare_share(plain: str) -> str:
    """Why a bare number is refused: 0.5 may be meant for 50 % or for 0.5 %."""
    number = Decimal(plain)
    if 0 < number <= 1:
        return f"只有数，看不出是 {(number * 100).normalize():f}% 还是 {plain}%；请写明是哪一个"
    return f"只有数，看不出是百分之几；如果是百分之{plain}，请写 {plain}%"


def _signed_share(text: str) -> Decimal | None:
    match = re.fullmatch(r"((?:0|[1-9][0-9]{0,4})(?:\.[0-9]{1,6})?)([%‰‱])", text)
    return Decimal(match[1]) / _SHARE_SIGNS[match[2]] if match else None


def _worded_share(text: str) -> Decimal | None:
    """The share that 百分之十, 千分之0.5 or 万分之五 writes."""
    match = re.fullmatch(r"([百千万])分之(.+)", text)
    if match is None:
        return None
    part = re.fullmatch(r"(?:0|[1-9][0-9]{0,4})(?:\.[0-9]{1,6})?", match[2])
    number = Decimal(part[0]) if part else _chinese_decimal(match[2])
    return None if number is None else number / _SHARE_WORDS[match[1]]


def _chinese_decimal(text: str) -> Decimal | None:
    """The number that 二十五, 一百, 十二点五 or 零点零五 writes."""
    whole, point, fraction = text.partition("点")
    number = 100 if whole == "百" else _chinese_integer(whole)
    if number is None or (point and not re.fullmatch(r"[零一二三四五六七八九]{1,6}", fraction)):
        return None
    digits = "".join(str(_DIGITS[char]) for char in fraction)
    return Decimal(f"{number}.{digits or 0}") if point else Decimal(number)


_CHINESE_INTEGER: Final = r"(?:([一二三四五六七八九])百)?(零)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?"


def _chinese_integer(text: str) -> int | None:
    """The number below one thousand that `text` writes in the one usual way."""
    if text == "零":
        return 0
    match = re.fullmatch(_CHINESE_INTEGER, text)
    if not text or match is None:
        return None
    hundreds, zero, tens, ten, units = match.groups()
    gap = bool(hundreds and units and not ten)
    if bool(zero) is not gap or (hundreds and ten and not tens):
        return None
    tens_value = _DIGITS[tens] if tens else 1 if ten else 0
    return 100 * _DIGITS[hundreds or "零"] + 10 * tens_value + _DIGITS[units or "零"]


def _day(text: str) -> PartialDate:
    return parse_day(_line(text))


def _year(text: str) -> int:
    match = re.fullmatch(r"([0-9]{4}) ?(?:年度?)?", _figures(text))
    if match is None:
        raise ValueError("不是四位的年份")
    if not 1900 <= int(match[1]) <= 2199:
        raise ValueError(f"年份 {match[1]} 不在 1900—2199 之间")
    return int(match[1])


def _credit_code(text: str) -> str:
    code = _figures(text).upper()
    if len(code) != 18:
        raise ValueError(f"应为 18 位，实为 {len(code)} 位")
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", code):
        raise ValueError("第 3—8 位应为数字，其余为数字或大写字母（不用 I、O、S、V、Z）")
    return code


def _identity_number(text: str) -> str:
    number = _figures(text).upper()
    if len(number) != 18:
        raise ValueError(f"应为 18 位，实为 {len(number)} 位")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ValueError("前 17 位应为数字，末位为数字或 X")
    return number


_FLAGS: Final = {"是": True, "否": False, "true": True, "false": False}


def _flag(text: str) -> bool:
    value = _FLAGS.get(text.strip(_BLANKS).lower())
    if value is None:
        raise ValueError("应为 是 或 否")
    return value


def choice(options: tuple[str, ...]) -> Scalar:
    """The kind of value that is one of a few given words."""
    allowed = "、".join(options)

    def parse(text: str) -> str:
        word = _line(text)
        if word not in options:
            raise ValueError(f"应为下列之一：{allowed}")
        return word

    return Scalar("choice", "选项", f"下列之一：{allowed}", parse, options=options)


LINE: Final = Scalar("line", "文字", "一行文字", _line)
TEXT: Final = Scalar("text", "文字", "文字，可以换行", _text)
COUNT: Final = Scalar("count", "整数", "整数，如 6，不带单位", _count, (int,))
MONEY: Final = Scalar("money", "金额", "金额（元），如 1040000、1,040,000.00 或 104万元", _money, (Decimal,))
QUANTITY: Final = Scalar("quantity", "数量", "数，如 45 或 0.5，不带单位", _decimal, (Decimal,))
POINTS: Final = Scalar("points", "分值", "数，如 10 或 2.5，不带单位", _decimal, (Decimal,))
RATE: Final = Scalar("rate", "比例", "比例，如 50%、1‰、百分之十", _rate, (Decimal,))
DAY: Final = Scalar(
    "day", "日期", "日期，如 2021-06-21、2026年6月、2026年7月下旬，或 合同签订之日", _day, (PartialDate,)
)
YEAR: Final = Scalar("year", "年份", "四位年份，如 2026", _year, (int,))
FLAG: Final = Scalar("flag", "是否", "是 或 否", _flag, (bool,), ("是", "否"))
INSTALMENT_AMOUNT: Final = Scalar("instalment", "金额", "金额（元），如 520000，或 余款", _instalment, (Decimal, Rest))
SOCIAL_CREDIT_CODE: Final = Scalar("credit_code", "统一社会信用代码", "18 位统一社会信用代码", _credit_code)
IDENTITY_NUMBER: Final = Scalar("identity_number", "身份证号", "18 位身份证号", _identity_number)

Line = Annotated[str, LINE]
Text = Annotated[str, TEXT]
Count = Annotated[int, COUNT]
Money = Annotated[Decimal, MONEY]
Quantity = Annotated[Decimal, QUANTITY]
Points = Annotated[Decimal, POINTS]
Rate = Annotated[Decimal, RATE]
Day = Annotated[PartialDate, DAY]
Year = Annotated[int, YEAR]
Flag = Annotated[bool, FLAG]
InstalmentAmount = Annotated[Decimal | Rest, INSTALMENT_AMOUNT]
SocialCreditCode = Annotated[str, SOCIAL_CREDIT_CODE]
IdentityNumber = Annotated[str, IDENTITY_NUMBER]
