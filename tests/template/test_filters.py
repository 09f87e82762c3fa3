"""Filters: the form in which a value is printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from jinja2 import Environment

from docgen.contract.days import PartialDate
from docgen.template.filters import FILTERS, printed
from docgen.template.values import Amount, Blank, Day, Quantity, Rows, Share, Text, Whole, path_of

AMOUNT = Amount(Decimal(1040000), "p")


@pytest.mark.parametrize(
    ("value", "name", "expected"),
    [
        (AMOUNT, "大写", "壹佰零肆万元整"),
        (AMOUNT, "金额", "1,040,000.00"),
        (AMOUNT, "整数金额", "1040000"),
        (Amount(Decimal("5.5"), "p"), "整数金额", "5.50"),
        (AMOUNT, "英文金额", None),
        (Share(Decimal("0.5"), "p"), "百分比", "50%"),
        (Share(Decimal("0.005"), "p"), "百分比", "0.5%"),
        (Share(Decimal("0.001"), "p"), "千分比", "1‰"),
        (Share(Decimal("0.1"), "p"), "中文百分比", "百分之十"),
        (Share(Decimal("0.005"), "p"), "中文百分比", "百分之零点五"),
        (Share(Decimal("0.001"), "p"), "中文千分比", "千分之一"),
        (Whole(12, "p"), "中文数字", "十二"),
        (Whole(103, "p"), "中文数字", "一百零三"),
        (Whole(6, "p"), "份数", "陆"),
        (Quantity(Decimal("45.00"), "p"), "数量", "45"),
        (Quantity(Decimal("1E+2"), "p"), "数量", "100"),
        (Day(PartialDate(2026, 7, third="下旬"), "p"), "日期", "2026年7月下旬"),
        (Day(PartialDate(2026, 7, 3), "p"), "年月", "2026年7月"),
        (Day(PartialDate(2026), "p"), "年月", "2026年"),
        (Day(PartialDate(event="合同签订之日"), "p"), "年月", "合同签订之日"),
        (Text("No. 12", "p"), "全角", "Ｎｏ．　１２"),
        (Text("ab", "p"), "upper", "AB"),
        (Text("AB", "p"), "lower", "ab"),
        (Text(" a ", "p"), "trim", "a"),
        (Text("甲乙", "p"), "first", "甲"),
        (Rows(("甲", "乙"), "p"), "join", "甲乙"),
    ],
)  # fmt: skip
def test_filters_print_their_form_and_keep_the_path(value: object, name: str, expected: str | None) -> None:
    """Each filter prints the form its name says, and the result still knows its field."""
    result = FILTERS[name](value)

    assert expected is None or result == expected
    assert path_of(result) == "p"
    assert FILTERS[name](Blank("b")) == "________"


def test_plain_printing_follows_the_kind_of_value() -> None:
    """Without a filter an amount prints in plain figures, a share in percent, a quantity without zeros."""
    values: list[Any] = [
        AMOUNT, Amount(Decimal("0.1")), Share(Decimal("0.25")), Quantity(Decimal("0.50")), Day(PartialDate(2026, 6)), 7,
        Decimal("1.50"), Blank(),
    ]  # fmt: skip

    assert [printed(value) for value in values] == [
        "1040000",
        "0.10",
        "25%",
        "0.5",
        "2026年6月",
        "7",
        "1.5",
        "________",
    ]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (Text("甲"), "金额"), (None, "大写"), (True, "金额"), (Whole(3), "日期"), (Decimal("1.5"), "中文数字"),
        (Decimal(-1), "大写"), (Decimal("1.005"), "金额"), ((), "first"), (7, "length"), (Whole(10**12), "中文数字"),
    ],
)  # fmt: skip
def test_what_a_filter_cannot_print_is_refused(value: object, name: str) -> None:
    """A value that the form does not suit is an error, never a guess."""
    with pytest.raises(ValueError):
        FILTERS[name](value)


def test_defaults_stand_for_what_is_left_out() -> None:
    """`default` gives the other value for None and for what a draft left out, not for what is 待填."""
    values = (None, Blank(is_open=False), Blank(), "", "甲")

    assert [FILTERS["default"](value, "无") for value in values] == ["无", "无", "________", "", "甲"]
    assert FILTERS["default"]("", "无", True) == "无"


def test_lists_are_counted_and_picked() -> None:
    """length, first, last and join work on lists of the data and keep to their items."""
    rows = Rows((Text("甲", "r[1]"), Text("乙", "r[2]")), "r")

    assert (FILTERS["length"](rows), FILTERS["first"](rows), FILTERS["last"](rows), FILTERS["join"](rows, "、")) == (
        2,
        "甲",
        "乙",
        "甲、乙",
    )
    assert (path_of(FILTERS["length"](rows)), path_of(FILTERS["last"](rows))) == ("r", "r[2]")


def test_the_filters_work_in_any_environment() -> None:
    """A plain Jinja environment prints the same with them."""
    environment = Environment(autoescape=True)
    environment.filters.update(FILTERS)

    assert (
        environment.from_string("{{ a|大写 }} {{ a }} {{ b }}").render(a=AMOUNT, b=Blank())
        == "壹佰零肆万元整 1040000 ________"
    )
