"""Dates as contracts state them: a day, a month, a third of a month, a year, or an event (合同签订之日)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final, Literal

Third = Literal["上旬", "中旬", "下旬"]

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
_THIRDS: Final[dict[Third, tuple[int, int | None]]] = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}
_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGITS: Final = {"〇": "0", "○": "0", "零": "0"} | {char: str(i) for i, char in enumerate("一二三四五六七八九", 1)}

_WRITTEN: Final = re.compile(
    r"(?P<year>[0-9]{4}) ?年 ?(?:(?P<month>[0-9]{1,2}) ?月 ?(?:(?P<day>[0-9]{1,2}) ?[日号]|(?P<third>[上中下]旬))?)?"
)
# What is rarer is compiled where it is met.
_SHORT: Final = r"(?P<year>[0-9]{4})(?:(?P<sep>[-./])(?P<month>[0-9]{1,2})(?:(?P=sep)(?P<day>[0-9]{1,2}))?)?"
_COMPACT: Final = r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
_CHINESE: Final = (
    r"(?P<year>[〇○零一二三四五六七八九]{4})年(?:(?P<month>[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<day>[一二三四五六七八九十]{1,3})[日号]|(?P<third>[上中下]旬))?)?"
)
_NO_YEAR: Final = r"[0-9一二三四五六七八九十]{1,2}月(?:[0-9一二三四五六七八九十]{1,3}[日号]|[上中下]旬|份)?"
_DATE_LIKE: Final = r"[0-9]|[〇○零一二三四五六七八九十]{2,4}年|[一二三四五六七八九十]{1,2}月"
_HAN: Final = r"[\u4e00-\u9fff]"
_UNDECIDED: Final = frozenset({"待定", "未定", "另定", "暂定", "空", "无"})


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exact as the contract states it; `event` stands alone, without a year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    third: Third | None = None
    event: str | None = None

    def __str__(self) -> str:
        if self.event is not None:
            return self.event
        month = f"{self.month}月" if self.month else ""
        day = f"{self.day}日" if self.day else ""
        return f"{self.year}年{month}{day}{self.third or ''}"

    def earliest(self) -> dt.date | None:
        """The first day that may be meant; None for an event."""
        if self.year is None:
            return None
        first = _THIRDS[self.third][0] if self.third else self.day or 1
        return dt.date(self.year, self.month or 1, first)

    def latest(self) -> dt.date | None:
        """The last day that may be meant; None for an event."""
        if self.year is None:
            return None
        month = self.month or 12
        last = _THIRDS[self.third][1] if self.third else self.day
        return dt.date(self.year, month, last or calendar.monthrange(self.year, month)[1])


def parse_day(text: str) -> PartialDate:
    """The date or event that `text` writes; a ValueError in Chinese says what is wrong with it."""
    plain = re.sub(r"[ \u3000]+", " ", text.translate(_HALF_WIDTH).strip())
    if match := _WRITTEN.fullmatch(plain) or re.fullmatch(_SHORT, plain) or re.fullmatch(_COMPACT, plain):
        return _checked(match, {name: int(value) for name, value in _numbers(match).items()})
    if match := re.fullmatch(_CHINESE, plain.replace(" ", "")):
        return _checked(match, {name: _chinese_number(value) for name, value in _numbers(match).items()})
    return _event(text.strip(), plain)


def _numbers(match: re.Match[str]) -> dict[str, str]:
    found = match.groupdict()
    return {name: found[name] for name in ("year", "month", "day") if found.get(name)}


def _chinese_number(text: str) -> int:
    """The number that 二〇二六 (digit by digit) or 二十一 (with 十) writes."""
    tens, ten, units = text.partition("十")
    if not ten:
        return int("".join(_DIGITS[char] for char in text))
    if len(tens) > 1 or len(units) > 1 or "十" in units:
        raise ValueError(f"“{text}”不是月份或日期的写法")
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(units, "0"))


def _checked(match: re.Match[str], numbers: dict[str, int]) -> PartialDate:
    """The date of a match, refused when the calendar does not have it."""
    year, month, day = numbers["year"], numbers.get("month"), numbers.get("day")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"年份 {year} 不在 {_FIRST_YEAR}—{_LAST_YEAR} 之间")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"没有 {month} 月")
    if month is not None and day is not None:
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            raise ValueError(f"没有 {day} 日这一天：{year} 年 {month} 月只有 {last} 天")
    third = match.groupdict().get("third")
    return PartialDate(year, month, day, third=_third(third))


def _third(text: str | None) -> Third | None:
    return next((third for third in _THIRDS if third == text), None)


def _event(text: str, plain: str) -> PartialDate:
    """The event that `text` names, refused when it rather is a date gone wrong."""
    if text in _UNDECIDED:
        raise ValueError("还没有定的日期请写 待填")
    if re.fullmatch(_NO_YEAR, plain.replace(" ", "")):
        raise ValueError("没有写年份")
    if re.match(_DATE_LIKE, plain):
        raise ValueError("不是完整的日期")
    if not re.search(_HAN, text):
        raise ValueError("既不是日期，也不是“合同签订之日”一类的说法")
    return PartialDate(event=text)
