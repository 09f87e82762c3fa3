"""Figures: every form that clerks type is read exactly, everything else is refused with the reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.amounts.figures import (
    LARGEST,
    AmountError,
    FinerThanFenError,
    exact_fen,
    format_figures,
    parse_figures,
    plain_figures,
)
from tests.endure import examples

TYPED = [
    ("1040000", "1040000.00"),
    ("1,040,000.00", "1040000.00"),
    ("1040000.5", "1040000.50"),
    ("￥1040000元", "1040000.00"),
    ("￥1,040,000.00元", "1040000.00"),
    ("¥1,040,000.00", "1040000.00"),
    ("￥ 8100 元", "8100.00"),
    ("￥：8100", "8100.00"),
    ("人民币2160000元", "2160000.00"),
    ("人民币￥100", "100.00"),
    ("RMB 1,000.00", "1000.00"),
    ("rmb1000元", "1000.00"),
    ("CNY 12", "12.00"),
    ("8100元（人民币）", "8100.00"),
    ("8100 RMB", "8100.00"),
    ("1040000元整", "1040000.00"),
    ("1040000圆正", "1040000.00"),
    ("104万元", "1040000.00"),
    ("104万", "1040000.00"),
    ("104 万 元", "1040000.00"),
    ("1.5亿元", "150000000.00"),
    ("1.234567万元", "12345.67"),
    ("0.000001万元", "0.01"),
    ("3百万元", "3000000.00"),
    ("5千元", "5000.00"),
    ("1万亿元", "1000000000000.00"),
    ("1亿2000万元", "120000000.00"),
    ("3万5千元", "35000.00"),
    ("12元5角", "12.50"),
    ("12元5角3分", "12.53"),
    ("１０４００００．５０", "1040000.50"),
    ("１，０４０，０００元", "1040000.00"),
    ("1，040，000.00", "1040000.00"),
    ("　1040000 ", "1040000.00"),
    ("0", "0.00"),
    ("0.05", "0.05"),
    ("9999999999999999.99", "9999999999999999.99"),
]

REFUSED = [
    ("", "没有内容：请写金额"),
    ("　", "没有内容：请写金额"),
    ("元", "“元”不是金额：里面没有数字"),
    ("￥____元", "“￥____元”不是金额：里面没有数字"),
    ("壹佰元整", "“壹佰元整”不是金额：里面没有数字"),
    ("-100", "“-100”是负数：金额不能小于零"),
    ("－100元", "“－100元”是负数：金额不能小于零"),
    ("￥-100", "“￥-100”是负数：金额不能小于零"),
    ("1.005", "“1.005”多于两位小数：金额只能写到分"),
    ("100.000", "“100.000”多于两位小数：金额只能写到分"),
    ("1.2345678万元", "“1.2345678万元”多于两位小数：金额只能写到分"),
    ("1,04,0000", "“1,04,0000”的千位分隔不对：从右往左每三位一个逗号，例如 1,040,000.00"),
    ("104,0000", "“104,0000”的千位分隔不对：从右往左每三位一个逗号，例如 1,040,000.00"),
    ("1,040,00", "“1,040,00”的千位分隔不对：从右往左每三位一个逗号，例如 1,040,000.00"),
    ("1040,000", "“1040,000”的千位分隔不对：从右往左每三位一个逗号，例如 1,040,000.00"),
    (",100", "“,100”的千位分隔不对：从右往左每三位一个逗号，例如 1,040,000.00"),
    ("1,,000", "“1,,000”的千位分隔不对：从右往左每三位一个逗号，例如 1,040,000.00"),
    ("5.", "“5.”不是金额：小数点前后都要有数字，且只能有一个小数点"),
    (".5", "“.5”不是金额：小数点前后都要有数字，且只能有一个小数点"),
    ("1.2.3", "“1.2.3”不是金额：小数点前后都要有数字，且只能有一个小数点"),
    ("007", "“007”以 0 开头：像编号，不像金额"),
    ("1 200", "“1 200”不是金额：数字中间有空格或看不见的字符"),
    ("1\x00", "“1\ufffd”不是金额：数字中间有空格或看不见的字符"),
    ("12%", "“12%”是比例，不是金额"),
    ("1e5", "“1e5”不是金额：不明白其中的“e”"),
    ("US$5", "“US$5”不是金额：不明白其中的“U”"),
    ("5美元", "“5美元”不是金额：不明白其中的“美”"),
    ("١٠٠", "“١٠٠”不是金额：里面没有数字"),
    ("5千3万元", "“5千3万元”的单位次序不对：请写成一个数，例如 1.2亿元"),
    ("10000000000000000", "“10000000000000000”太大：最大是 9,999,999,999,999,999.99 元"),
    ("1万亿亿元", "“1万亿亿元”不是金额：不明白其中的“万”"),
]


@pytest.mark.parametrize(("typed", "value"), TYPED)
def test_every_form_that_clerks_type_is_read(typed: str, value: str) -> None:
    """The value is exact and always has two decimals."""
    assert str(parse_figures(typed)) == value


@pytest.mark.parametrize(("typed", "message"), REFUSED)
def test_everything_else_is_refused_with_the_reason(typed: str, message: str) -> None:
    """The message quotes what was typed and says what disturbs."""
    with pytest.raises(AmountError) as refused:
        parse_figures(typed)
    assert str(refused.value) == message


def test_a_finer_figure_tells_its_exact_value() -> None:
    """A unit price of a fraction of a 分 is refused as an amount, and its value is known all the same."""
    with pytest.raises(FinerThanFenError) as refused:
        parse_figures("0.0000125万元")
    assert refused.value.value == Decimal("0.125")
    with pytest.raises(FinerThanFenError) as refused:
        parse_figures("0.125元")
    assert refused.value.value == Decimal("0.125")


def test_a_very_long_text_is_quoted_short() -> None:
    """A message stays readable whatever was typed."""
    with pytest.raises(AmountError) as refused:
        parse_figures("1" * 100_000)
    assert str(refused.value) == f"“{'1' * 30}…”（共100000字）太大：最大是 9,999,999,999,999,999.99 元"


@settings(max_examples=examples(300))
@given(st.integers(0, LARGEST))
def test_the_house_form_reads_back(fen: int) -> None:
    """format_figures and plain_figures are inverses of parse_figures, with any sign and unit around them."""
    value = Decimal(fen).scaleb(-2)
    grouped, plain = format_figures(value), plain_figures(value)
    read = {parse_figures(text) for text in (grouped, plain, f"￥{grouped}", f"￥{plain}元", f"{grouped}元整")}
    assert read == {value}


@settings(max_examples=examples(300))
@given(st.text("0123456789,.，￥元万亿千角分整 -％Ａ1壹\u3000", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but an AmountError comes out, and what is read is an exact number of 分."""
    try:
        value = parse_figures(text)
    except AmountError:
        return
    assert value.as_tuple().exponent == -2
    assert 0 <= exact_fen(value) <= LARGEST


@pytest.mark.parametrize(
    ("value", "grouped", "plain"),
    [
        (1040000, "1,040,000.00", "1040000"),
        ("1040000.50", "1,040,000.50", "1040000.50"),
        (Decimal("0.05"), "0.05", "0.05"),
        (0, "0.00", "0"),
        (Decimal("-1234.50"), "-1,234.50", "-1234.50"),
        (Decimal("-0.05"), "-0.05", "-0.05"),
    ],
)
def test_figures_are_printed_in_house_form(value: Any, grouped: str, plain: str) -> None:
    """Grouped with two decimals, or plain with decimals only where there are some; differences keep their sign."""
    assert (format_figures(value), plain_figures(value)) == (grouped, plain)
