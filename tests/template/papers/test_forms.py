"""The forms that values are printed in, found in texts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.amounts.figures import format_figures
from docgen.contract.days import PartialDate
from docgen.template.filters import FILTERS
from docgen.template.papers.forms import Index, forms_of, stands_alone
from docgen.template.papers.lines import Tag
from docgen.template.values import Amount, Day, Rows, Share, Text, Whole
from tests.endure import examples


def found(text: str, *values: object) -> list[tuple[str, tuple[Tag, ...]]]:
    """What is found of the values in a text, each with its tags."""
    forms = [form for number, value in enumerate(values) for form in forms_of(value, f"v{number}")]
    return [(text[each.start : each.end], each.tags) for each in Index(forms).find(text)]


@pytest.mark.parametrize(
    ("text", "value", "shown", "form"),
    [
        ("人民币1,040,000.00元", Amount(Decimal(1040000)), "1,040,000.00", "金额"),
        ("人民币1040000元", Amount(Decimal(1040000)), "1040000", "整数金额"),
        ("（大写：壹佰零肆万元整）", Amount(Decimal(1040000)), "壹佰零肆万元整", "大写"),
        ("总价的0.1%", Share(Decimal("0.001")), "0.1%", "百分比"),
        ("总价的1‰", Share(Decimal("0.001")), "1‰", "千分比"),
        ("总额的百分之十", Share(Decimal("0.1")), "百分之十", "中文百分比"),
        ("一式陆份", Whole(6), "陆", "份数"),
        ("一式6份", Whole(6), "6", ""),
        ("至2022年5月31日止", Day(PartialDate(2022, 5, 31)), "2022年5月31日", ""),
        ("（2022年5月）", Day(PartialDate(2022, 5, 31)), "2022年5月", "年月"),
        ("甲、乙等", Rows([Text("甲"), Text("乙")]), "甲、乙", 'join("、")'),
    ],
)
def test_a_value_is_found_in_each_form(text: str, value: object, shown: str, form: str) -> None:
    """Each form that a template can print is told by the tag that prints it."""
    assert (shown, (Tag("v0", form),)) in found(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11040000元", Amount(Decimal(1040000))),
        ("1040000.50元", Amount(Decimal(1040000))),
        ("第十六条", Whole(6)),
        ("10.5%", Whole(10)),
        ("2022年5月31日", Day(PartialDate(2022, 5))),
        ("表头[v2]", Whole(2)),
    ],
)
def test_a_part_of_something_else_is_no_value(text: str, value: object) -> None:
    """A figure inside a longer one, a month of a whole date and a mark of the markup are not the value."""
    assert found(text, value) == []


@pytest.mark.parametrize("text", ["位于示例市光明路1号3楼的房屋", "示例市光明路1号二号楼"])
def test_an_address_inside_a_longer_one_is_not_it(text: str) -> None:
    """A room in a house is another place than the house, which is found where it stands alone."""
    assert found(text, Text("示例市光明路1号")) == []
    assert found("示例市光明路1号，共3楼", Text("示例市光明路1号")) == [("示例市光明路1号", (Tag("v0"),))]


def test_the_longer_of_two_values_is_taken() -> None:
    """Where one value is a part of another, the whole one stands there."""
    assert [shown for shown, _ in found("示例市应急管理局报告", Text("示例市"), Text("示例市应急管理局"))] == [
        "示例市应急管理局"
    ]


@given(st.decimals(min_value=1, max_value=10**10, places=2), st.sampled_from(["金额", "大写"]))
@settings(max_examples=examples(60, 100_000))
def test_every_amount_is_found_whole_in_a_sentence(amount: Decimal, form: str) -> None:
    """What a filter prints of an amount is found again as that amount in that form."""
    shown = str(FILTERS[form](Amount(amount)))

    assert (shown, True) in [(text, Tag("v0", form) in tags) for text, tags in found(f"共{shown}，", Amount(amount))]


@given(st.integers(1, 10**9), st.integers(1, 10**9))
@settings(max_examples=examples(60, 100_000))
def test_no_amount_is_found_inside_another(one: int, other: int) -> None:
    """Figures stand alone or not at all."""
    text = format_figures(Decimal(one))
    part = str(other)
    at = text.find(part)

    assert at < 0 or not stands_alone(text, at, at + len(part)) or part == text
