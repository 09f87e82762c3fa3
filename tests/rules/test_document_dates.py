"""Dates in documents: days that exist, weekdays, spans."""

from __future__ import annotations

import pytest

from docgen.findings import Severity
from docgen.rules.document_dates import possible_days, right_weekdays, spans_in_order
from docgen.rules.facts import UNKNOWN
from docgen.rules.rule import Rule
from tests.rules.snippets import reading_of


def quotes(rule: Rule, text: str) -> list[str]:
    """The words that a rule finds fault with in a text."""
    return [finding.quote for finding in rule.check(reading_of(text), UNKNOWN)]


@pytest.mark.parametrize(
    "date",
    [
        "2021年2月30日",
        "2026年13月",
        "2026-06-31",
        "二〇二六年六月三十一日",
        "2026 年 4 月 31 日",
        "２０２６年２月２９日",
        "20226年6月9日",
    ],
)
def test_a_day_that_no_calendar_has_is_an_error(date: str) -> None:
    """Impossible months, days and years are found in every way of writing them."""
    found = possible_days.check(reading_of(f"服务期限至{date}止。"), UNKNOWN)

    assert [(finding.quote, finding.severity) for finding in found] == [(date, Severity.ERROR)]


@pytest.mark.parametrize(
    "text",
    [
        "2024年2月29日",
        "2026年　月　日",
        "2026年00月00日",
        "2022 年 4-5 月",
        "2026年7月下旬",
        "工期2月30日",
        "12个月内",
        "版本2026.13.2",
        "电话2026-13-40",
        "2025年11月至12月",
        "二○二六年十二月三十一日",
        "6月9号楼",
        "日期：2021.6.15",
    ],
)
def test_dates_that_are_right_partial_or_none_are_left_alone(text: str) -> None:
    """Leap days, blanks, months, thirds of months, lengths of time and version numbers are no faults."""
    assert [quotes(rule, text) for rule in (possible_days, right_weekdays, spans_in_order)] == [[], [], []]


def test_a_weekday_is_held_against_its_date() -> None:
    """星期 and 周 after a date are found where they are another day's; spans of weekdays and names are left alone."""
    text = """
        2026年6月9日（星期二）
        2026年6月9日（周三）
        2026年6月9日星期五
        2026年6月9日（周三至周五）
        2026年6月9日周一鸣
    """
    assert quotes(right_weekdays, text) == ["三", "五"]


def test_the_end_of_a_span_comes_after_its_beginning() -> None:
    """Spans in words, with dashes and in columns of a table are found; the lent year of a short end is not believed."""
    text = """
        自2026年1月1日起至2025年12月31日止
        （2026年8月上旬-2026年5月下旬）
        2026年6月9日（星期二）起至2026年6月8日止
        供暖期2026年11月15日至3月15日
        自2026年11月15日至次年3月15日
        2026年6月1日、2025年6月1日
        阶段\t开始时间\t结束时间
        一\t2026年1月\t2026年3月
        二\t2026年4月\t2025年6月
    """
    assert quotes(spans_in_order, text) == ["2025年12月31日", "2026年5月下旬", "2026年6月8日", "2025年6月"]
