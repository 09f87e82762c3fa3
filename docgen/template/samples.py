# ruff: noqa: TRY004  (a value of the wrong kind is a wrong value to a clerk: every refusal is a ValueError)
"""Values in the form of a sample that the template shows: 2021-03-05, 二〇二一年三月五日, 1234.00, 138 0000 0001."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import chain, cycle
from types import MappingProxyType
from typing import Final

from docgen.amounts.figures import format_figures
from docgen.patterns import regex
from docgen.template.numerals import chinese
from docgen.template.values import Day, plain_decimal

_HAN: Final = "一二三四五六七八九十"
_DATE: Final = regex(
    r"(?P<year>\d{4})(?P<first>[-./年])(?P<month>\d{1,2})(?P<second>[-./月])(?P<day>\d{1,2})(?P<last>日?)"
    rf"|(?P<nought>[〇○零{_HAN}]{{4}})年[{_HAN}]{{1,2}}月[{_HAN}]{{1,3}}日"
)
_FIGURES: Final = regex(r"1(?P<parted>,?)234(?P<cents>\.00)?")
_TEN_THOUSANDS: Final = regex(r"1(?:(?P<parted>,?)234)?(?:\.(?P<noughts>0{1,6}))?")
_GROUPS: Final = regex(r"(?:0+[ -])+0+")
_DATES: Final = "2021-03-05、2021.3.5、2021/3/5、2021年03月05日、二〇二一年三月五日"
_ENDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"-": ("-", ""), ".": (".", ""), "/": ("/", ""), "年": ("月", "日")}
)


def dated(value: object, sample: str) -> str:
    """The date in the form of the sample; what no figures can tell (下旬, an event) stays in words."""
    match = _DATE.fullmatch(sample)
    if match is None or (match["first"] and (match["second"], match["last"]) != _ENDS[match["first"]]):
        raise ValueError(f"“{sample}”不是日期的样式；可以写：{_DATES}")
    if not isinstance(value, Day):
        raise ValueError("只有日期才能按样式写")
    if value.year is None:
        return str(value)
    if match["nought"]:
        return _in_words(value, next((char for char in match["nought"] if char in "○零"), "〇"))
    if value.third is not None:
        return str(value)
    return _in_figures(value, match)


def _in_words(value: Day, nought: str) -> str:
    year = "".join(nought if digit == "0" else _HAN[int(digit) - 1] for digit in f"{value.year:04d}")
    month = f"{chinese(value.month)}月" if value.month else ""
    day = f"{chinese(value.day)}日" if value.day else ""
    return f"{year}年{month}{day}{value.third or ''}"


def _in_figures(value: Day, match: re.Match[str]) -> str:
    shown = (match["month"], match["day"])
    noughts = any(figure.startswith("0") for figure in shown)
    if not noughts and all(len(figure) == 2 for figure in shown):
        raise ValueError(f"从“{match[0]}”看不出一位数的月、日前面补不补零，请换一个样子，如 2021-03-05 或 2021-3-5")
    parts = [f"{part:02d}" if noughts else str(part) for part in (value.month, value.day) if part]
    signs = (match["first"], match["second"], match["last"])
    if match["first"] != "年":
        return match["first"].join([str(value.year), *parts])
    return "".join(chain.from_iterable(zip((str(value.year), *parts), signs, strict=False)))


def figures(value: Decimal, sample: str) -> str:
    """The amount in the form of the sample: thousands apart or not, decimals always or where there are 角 or 分."""
    match = _FIGURES.fullmatch(sample)
    if match is None:
        raise ValueError(f"“{sample}”不是金额的样式；可以写：1,234.00、1234.00、1,234、1234")
    text = format_figures(value) if match["parted"] else format_figures(value).replace(",", "")
    return text if match["cents"] else text.removesuffix(".00")


def ten_thousands(value: Decimal, sample: str = "1") -> str:
    """The amount in 万元: with as many decimals as it takes, or with those of the sample (1.00), exactly."""
    match = _TEN_THOUSANDS.fullmatch(sample)
    if match is None:
        raise ValueError(f"“{sample}”不是万元的样式；可以写：1、1.00、1,234、1,234.00")
    amount = value.scaleb(-4)
    sign = "," if match["parted"] else ""
    if match["noughts"] is None:
        whole, point, decimals = plain_decimal(amount).partition(".")
        return f"{int(whole):{sign}}{point}{decimals}" if sign else plain_decimal(amount)
    places = len(match["noughts"])
    text = f"{amount:{sign}.{places}f}"
    if Decimal(text.replace(",", "")) != amount:
        raise ValueError(f"{plain_decimal(amount)}万元不能不多不少地写成 {places} 位小数")
    return text


def grouped(value: str, sample: str) -> str:
    """The digits of an account or a telephone in groups as the sample has them, the last group again and again."""
    if _GROUPS.fullmatch(sample) is None:
        raise ValueError(f"“{sample}”不是号码的样式；可以写：000 0000 0000、0000 0000")
    sizes = [len(group) for group in re.findall("0+", sample)]
    signs = re.findall("[ -]", sample)
    made, at = "", 0
    for size, sign in zip(chain(sizes, cycle(sizes[-1:])), chain(signs, cycle(signs[-1:])), strict=False):
        if at + size >= len(value):
            break
        made += value[at : at + size] + sign
        at += size
    return made + value[at:]


SAMPLED: Final[Mapping[str, tuple[Callable[..., str], object]]] = MappingProxyType({
    "日期": (dated, None), "金额": (figures, Decimal(10_000)), "万元": (ten_thousands, Decimal(10_000)),
    "号码": (grouped, ""),
})  # fmt: skip
"""The filters that take a sample, each with what applies it and a value to try a sample with."""


def sample_fault(name: str, sample: str) -> str | None:
    """What is wrong with the sample of a filter; None where it is one."""
    from docgen.contract.days import PartialDate

    apply, value = SAMPLED[name]
    try:
        apply(Day(PartialDate(2021, 3, 5)) if value is None else value, sample)
    except ValueError as error:
        return str(error)
    return None
