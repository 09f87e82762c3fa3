"""Dates as documents write them: every form with its place, impossible ones with the reason, and spans."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from docgen.patterns import regex

_PLAIN: Final = str.maketrans("０１２３４５６７８９．－／○Ｏ零", "0123456789.-/〇〇〇")
_WIDE: Final = regex(r"[０-９．－／○Ｏ零]")
MARKS: Final = ("月", "20", "19", "２０")
"""What every date has in it."""
# A number before 月, or a year before what parts it from its month; most paragraphs with a mark have neither.
_MARKED: Final = regex(r"[月\-./－．](?:(?<=[0-9０-９一二三四五六七八九十\s]月)|(?<=[0-9０-９].))")
_SPACE: Final = r"[^\S\n]*"
_HAN: Final = "〇一二三四五六七八九"
_NUMBER: Final = r"(?:[0-9]{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE: Final = regex(
    rf"(?:(?<![0-9])(?<![0-9] )(?P<year>[0-9]{{3,5}}|(?<![{_HAN}])[{_HAN}]{{4}}){_SPACE}年{_SPACE})?"
    rf"(?<![0-9.十百一二三四五六七八九])(?P<month>{_NUMBER})(?:{_SPACE}[-–—~～至、]{_SPACE}(?P<until>{_NUMBER}))?{_SPACE}月"
    rf"(?:{_SPACE}(?P<day>{_NUMBER}){_SPACE}(?:日|号(?![楼院线]))|{_SPACE}(?P<third>[上中下]旬))?"
)
_SHORT: Final = regex(
    r"(?<![A-Za-z0-9.\-/])(?P<year>(?:19|20)[0-9]{2})(?P<sep>[-./])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
    r"(?![0-9A-Za-z]|[.\-/][0-9])"
)
_LONGEST: Final = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_THIRDS: Final = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_LASTING: Final = regex(r"(?:工期|期限|历时|共计?|累计|满|长达|约|为期)[为：:]?\s*$")
_TO: Final = regex(
    r"\s*(?:[(（][^()（）]{1,10}[)）])?(?:[0-9]{1,2}[:：时点][0-9]{0,2}分?)?(?:之日)?(?:起|开始|始)?(?:计?算|执行|生效|实施|履行)?"
    r"[,，]?\s*(?:至|到|[-–—―~～－]{1,2})\s*"
)


@dataclass(frozen=True, slots=True)
class Written:
    """One date in a text: where it stands and what it says; what is left out is None.

    `until` is the last month of 4-5月. `fault` says why there is no such date. `lent` marks a year that only the
    beginning of the span writes (2026年1月1日至12月31日).
    """

    start: int
    end: int
    text: str
    year: int | None
    month: int
    day: int | None = None
    third: str | None = None
    until: int | None = None
    fault: str | None = None
    lent: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is a day of a year."""
        return self.year is not None and self.day is not None and self.fault is None

    def earliest(self) -> dt.date | None:
        """The first day that may be meant; None without a year."""
        if self.year is None or self.fault:
            return None
        return dt.date(self.year, self.month, _THIRDS[self.third][0] if self.third else self.day or 1)

    def latest(self) -> dt.date | None:
        """The last day that may be meant; None without a year."""
        if self.year is None or self.fault:
            return None
        month = self.until or self.month
        last = calendar.monthrange(self.year, month)[1]
        return dt.date(self.year, month, min(last, _THIRDS[self.third][1] if self.third else self.day or last))

    def in_year(self, year: int) -> str:
        """The same date as it is written, in another year."""
        digits = "〇一二三四五六七八九"
        written = re.match(r"[^年./\-]+", self.text)
        old = written[0].rstrip() if written else ""
        new = str(year) if old.isascii() else "".join(digits[int(char)] for char in str(year))
        return new + self.text[len(old) :]


def after(one: Written, other: Written) -> bool:
    """Whether `one` lies after `other` however the two are read."""
    first, last = one.earliest(), other.latest()
    return first is not None and last is not None and first > last


@lru_cache(maxsize=4096)
def dates_in(text: str) -> tuple[Written, ...]:
    """The dates in a text in order, the years of spans lent to their ends."""
    if _MARKED.search(text) is None:
        return ()
    plain = text.translate(_PLAIN) if _WIDE.search(text) else text
    found = [_chinese(match, text) for match in _DATE.finditer(plain)] if "月" in plain else []
    found += [_short(match, text) for match in _SHORT.finditer(plain)]
    found.sort(key=lambda date: date.start)
    return tuple(_lend(found, text))


def spans_in(text: str) -> Iterator[tuple[Written, Written]]:
    """The pairs of dates in a text that write a span: 自…至…."""
    for first, last in pairwise(dates_in(text)):
        if _TO.fullmatch(text, first.end, last.start):
            yield first, last


def _lend(found: list[Written], text: str) -> Iterator[Written]:
    before: Written | None = None
    for date in found:
        lent = date.year is None and before is not None and _TO.fullmatch(text, before.end, date.start) is not None
        before = _judged(replace(date, year=before.year, lent=True)) if lent and before and before.year else date
        yield before


def _chinese(match: re.Match[str], text: str) -> Written:
    year, month, day, until = (_number(match[name]) for name in ("year", "month", "day", "until"))
    start, end = match.span()
    date = Written(start, end, text[start:end], year, month or 0, day, match["third"], until)
    if year is None and _LASTING.search(text[max(0, start - 6) : start]):
        return date  # 工期3月15日 is how long, not when
    if match["year"] and len(match["year"]) != 4:
        return _with_fault(date, f"年份“{match['year']}”不是四位") if day else replace(date, year=None)
    return replace(date, year=None) if _placeholder(match) else _judged(date)


def _short(match: re.Match[str], text: str) -> Written:
    start, end = match.span()
    date = Written(start, end, text[start:end], int(match["year"]), int(match["month"]), int(match["day"]))
    judged = _judged(date)
    if judged.fault and (match["sep"] == "." or not 1 <= date.month <= 12 or date.day == 0):
        return replace(date, year=None)  # rather some other number
    return judged


def _placeholder(match: re.Match[str]) -> bool:
    return match["month"] == "00" or match["day"] == "00"


def _judged(date: Written) -> Written:
    """The date, with the reason where the calendar does not have it."""
    year, months = date.year, [month for month in (date.month, date.until) if month is not None]
    if year is not None and not 1000 <= year <= 2150:
        return _with_fault(date, f"年份 {year} 不可能")
    wrong = next((month for month in months if not 1 <= month <= 12), None)
    if wrong is not None:
        return _with_fault(date, f"没有 {wrong} 月") if year is not None else date
    if date.day is None:
        return date
    last = calendar.monthrange(year, date.month)[1] if year is not None else _LONGEST[date.month]
    if 1 <= date.day <= last or (year is None and not 0 < date.day <= 31):
        return date
    named = f"{year} 年 {date.month} 月" if year is not None else f"{date.month} 月"
    return _with_fault(date, f"{named}只有 {last} 天")


def _with_fault(date: Written, fault: str) -> Written:
    return replace(date, fault=fault)


def _number(text: str | None) -> int | None:
    """The number that 2026, 二〇二六 (digit by digit) or 二十一 (with 十) writes."""
    if text is None:
        return None
    if text.isascii():
        return int(text)
    tens, ten, units = text.partition("十")
    if not ten:
        return int("".join(str(_HAN.index(char)) for char in text))
    return (_HAN.index(tens) if tens in _HAN and tens else 1) * 10 + (_HAN.find(units[:1]) if units else 0)
