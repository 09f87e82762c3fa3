"""Values in the form of a sample."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.days import PartialDate, parse_day
from docgen.template.filters import FILTERS
from docgen.template.samples import SAMPLED, sample_fault
from docgen.template.values import Amount, Blank, Day, Text, path_of
from tests.endure import examples

FIFTH = PartialDate(2021, 3, 5)
FORMS = ("2021-03-05", "2021-3-5", "2021.3.5", "2021/03/05", "2021年03月05日", "2021年3月5日", "二〇二一年三月五日")


@pytest.mark.parametrize(
    ("value", "name", "sample", "expected"),
    [
        (Day(FIFTH, "p"), "日期", "1999-01-02", "2021-03-05"),
        (Day(FIFTH, "p"), "日期", "1999.1.2", "2021.3.5"),
        (Day(PartialDate(2021, 12, 25), "p"), "日期", "1999/01/12", "2021/12/25"),
        (Day(FIFTH, "p"), "日期", "1999年01月02日", "2021年03月05日"),
        (Day(PartialDate(2020, 12, 25), "p"), "日期", "二〇二一年三月五日", "二〇二〇年十二月二十五日"),
        (Day(PartialDate(2020, 12, 25), "p"), "日期", "二○一○年三月五日", "二○二○年十二月二十五日"),
        (Day(PartialDate(2026, 7, third="下旬"), "p"), "日期", "2021-03-05", "2026年7月下旬"),
        (Day(PartialDate(2026, 7, third="下旬"), "p"), "日期", "二〇二一年三月五日", "二〇二六年七月下旬"),
        (Day(PartialDate(2026, 7), "p"), "日期", "2021-03-05", "2026-07"),
        (Day(PartialDate(2026, 7), "p"), "日期", "2021年03月05日", "2026年07月"),
        (Day(PartialDate(event="合同签订之日"), "p"), "日期", "2021-03-05", "合同签订之日"),
        (Amount(Decimal(1234567), "p"), "金额", "1234.00", "1234567.00"),
        (Amount(Decimal(1234567), "p"), "金额", "1,234", "1,234,567"),
        (Amount(Decimal("1234567.50"), "p"), "金额", "1,234", "1,234,567.50"),
        (Amount(Decimal(1234567), "p"), "金额", "1234", "1234567"),
        (Amount(Decimal(384000), "p"), "万元", None, "38.4"),
        (Amount(Decimal("1234567.89"), "p"), "万元", None, "123.456789"),
        (Amount(Decimal(273000), "p"), "万元", "1.00", "27.30"),
        (Amount(Decimal(12340000), "p"), "万元", "1,234", "1,234"),
        (Amount(Decimal(123456000), "p"), "万元", "1,234.00", "12,345.60"),
        (Text("13800000021", "p"), "号码", "000 0000 0000", "138 0000 0021"),
        (Text("6222000012345678901", "p"), "号码", "0000 0000", "6222 0000 1234 5678 901"),
        (Text("6222000012345678901", "p"), "号码", None, "6222 0000 1234 5678 901"),
        (Text("138", "p"), "号码", "000-0000-0000", "138"),
    ],
)
def test_a_value_takes_the_form_of_the_sample(value: object, name: str, sample: str | None, expected: str) -> None:
    """The form is the sample's, the value and its field are its own, and a blank stays one."""
    given_sample = () if sample is None else (sample,)
    result = FILTERS[name](value, *given_sample)

    assert (result, path_of(result)) == (expected, "p")
    assert FILTERS[name](Blank("b"), *given_sample) == "________"


@pytest.mark.parametrize(
    ("name", "sample", "said"),
    [
        ("日期", "2021-3.5", "“2021-3.5”不是日期的样式"),
        ("日期", "3月5日", "“3月5日”不是日期的样式"),
        ("日期", "2021-12-25", "从“2021-12-25”看不出一位数的月、日前面补不补零"),
        ("金额", "1,040.00", "“1,040.00”不是金额的样式"),
        ("万元", "两位", "“两位”不是万元的样式"),
        ("号码", "138 0000 0001", "“138 0000 0001”不是号码的样式"),
    ],
)
def test_what_is_no_sample_is_refused(name: str, sample: str, said: str) -> None:
    """A form that cannot be told from the sample is never guessed."""
    fault = sample_fault(name, sample)

    assert fault is not None
    assert fault.startswith(said)


def test_what_does_not_fit_the_form_is_refused() -> None:
    """Nothing is rounded, and only a date has the form of one."""
    with pytest.raises(ValueError, match=re.escape("38.45万元不能不多不少地写成 1 位小数")):
        FILTERS["万元"](Amount(Decimal(384500), "p"), "1.0")
    with pytest.raises(ValueError, match="只有日期才能按样式写"):
        FILTERS["日期"](Text("2021", "p"), "2021-03-05")


def test_every_sample_has_a_value_to_be_tried_with() -> None:
    """What the filters take as samples, the check of samples takes as well."""
    samples = {"日期": FORMS, "金额": ("1234.00",), "万元": ("1.00",), "号码": ("0000 0000",)}

    assert set(samples) == set(SAMPLED)
    assert [sample_fault(name, sample) for name, known in samples.items() for sample in known] == [None] * 10


@settings(max_examples=examples(100, 20_000))
@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), sample=st.sampled_from(FORMS))
def test_a_date_in_any_form_is_read_as_the_same_date(day: date, sample: str) -> None:
    """What is printed in the form of a sample can be typed into the data again."""
    value = PartialDate(day.year, day.month, day.day)

    assert parse_day(FILTERS["日期"](Day(value), sample)) == value


@settings(max_examples=examples(100, 20_000))
@given(fen=st.integers(0, 10**15))
def test_an_amount_in_ten_thousands_is_exact(fen: int) -> None:
    """Ten thousand times what is printed is the amount."""
    amount = Decimal(fen).scaleb(-2)

    assert Decimal(str(FILTERS["万元"](Amount(amount)))).scaleb(4) == amount
