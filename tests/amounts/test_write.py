"""The writer: one canonical spelling for every amount, and nothing for what is no amount."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.amounts.figures import LARGEST, AmountError
from docgen.amounts.write import write_amount
from tests.amounts.spellings import spelled
from tests.endure import examples

CANONICAL = [
    ("0", "零元整"),
    ("0.01", "壹分"),
    ("0.10", "壹角整"),
    ("0.55", "伍角伍分"),
    ("1", "壹元整"),
    ("1.05", "壹元零伍分"),
    ("10", "壹拾元整"),
    ("10.30", "壹拾元叁角整"),
    ("100.01", "壹佰元零壹分"),
    ("1409.50", "壹仟肆佰零玖元伍角整"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
    ("107000.53", "壹拾万零柒仟元伍角叁分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("10005", "壹万零伍元整"),
    ("1040000", "壹佰零肆万元整"),
    ("2160000", "贰佰壹拾陆万元整"),
    ("100001000", "壹亿零壹仟元整"),
    ("1000000000000", "壹万亿元整"),
    ("1000000010000", "壹万亿零壹万元整"),
    ("1000100000000", "壹万零壹亿元整"),
    ("1010101010101010.01", "壹仟零壹拾万零壹仟零壹拾亿零壹仟零壹拾万零壹仟零壹拾元零壹分"),
    (
        "9999999999999999.99",
        "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
    ),
]


@pytest.mark.parametrize(("figures", "words"), CANONICAL)
def test_an_amount_has_one_canonical_spelling(figures: str, words: str) -> None:
    """An amount is written the same whether it comes as text or as a Decimal."""
    assert (write_amount(figures), write_amount(Decimal(figures))) == (words, words)


@pytest.mark.parametrize("scale", [0, 4, 8, 12])
def test_every_four_digits_are_written_at_every_scale(scale: int) -> None:
    """All groups of four digits, in front of zeros and between other digits, are spelled as digit by digit."""
    for group in range(10_000):
        alone = group * 10**scale * 100
        between = (1_0001_0001_0001 // 10**scale * 10**scale * 10**4 + group * 10**scale + 1) * 100 % (LARGEST + 1)
        assert (write_amount(Decimal(alone) / 100), write_amount(Decimal(between) / 100)) == (
            spelled(alone),
            spelled(between),
        )


@settings(max_examples=examples(300))
@given(st.integers(0, LARGEST))
def test_any_amount_is_spelled_as_digit_by_digit(fen: int) -> None:
    """The writer agrees with a spelling made digit by digit."""
    assert write_amount(Decimal(fen).scaleb(-2)) == spelled(fen)


@settings(max_examples=examples(300))
@given(st.text("0000123", min_size=1, max_size=16), st.integers(0, 99))
def test_amounts_full_of_zeros_are_spelled_as_digit_by_digit(digits: str, rest: int) -> None:
    """The same where most of the digits are zero."""
    fen = int(digits) * 100 + rest
    assert write_amount(Decimal(fen).scaleb(-2)) == spelled(fen)


def test_a_contract_chooses_its_characters() -> None:
    """元 or 圆, 整 or 正, with or without 人民币: each option changes its own character only."""
    assert [
        write_amount("100.50"),
        write_amount("100.50", yuan="圆"),
        write_amount("100.50", whole="正"),
        write_amount("100.50", prefix=True),
        write_amount("100.50", yuan="圆", whole="正", prefix=True),
    ] == ["壹佰元伍角整", "壹佰圆伍角整", "壹佰元伍角正", "人民币壹佰元伍角整", "人民币壹佰圆伍角正"]


def test_other_characters_are_refused() -> None:
    """An option that the rules do not know is refused."""
    options: Any = {"yuan": "块"}
    with pytest.raises(AmountError, match="没有“块”“整”的写法"):
        write_amount(1, **options)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.5, "金额不能用浮点数 1.5：它存不准角和分，请用 Decimal 或文字"),
        (float("nan"), "金额不能用浮点数 nan：它存不准角和分，请用 Decimal 或文字"),
        (True, "True 不是金额（类型 bool）：请用 Decimal、整数或文字"),
        (None, "None 不是金额（类型 NoneType）：请用 Decimal、整数或文字"),
        (Fraction(1, 2), "Fraction(1, 2) 不是金额（类型 Fraction）：请用 Decimal、整数或文字"),
        (Decimal("NaN"), "NaN 不是金额：请给出确定的数"),
        (Decimal("sNaN"), "sNaN 不是金额：请给出确定的数"),
        (Decimal("-Infinity"), "-Infinity 不是金额：请给出确定的数"),
        (Decimal("2.675"), "金额 2.675 多于两位小数：只能写到分，请先定好怎样取舍"),
        ("1.005", "“1.005”多于两位小数：金额只能写到分"),
        (Decimal("1E-999999"), "金额 1E-999999 太大或太小：要在 0.01 元到 9,999,999,999,999,999.99 元之间"),
        (Decimal("1E+999999"), "金额 1E+999999 太大或太小：要在 0.01 元到 9,999,999,999,999,999.99 元之间"),
        (10**16, "金额太大：最大是 9,999,999,999,999,999.99 元"),
        (-1, "金额不能小于零：大写没有负数的写法"),
        (Decimal("-0.01"), "金额不能小于零：大写没有负数的写法"),
    ],
)
def test_what_is_no_exact_amount_is_refused(value: Any, message: str) -> None:
    """Nothing is rounded, cut off or guessed: the writer says why it refuses."""
    with pytest.raises(AmountError) as refused:
        write_amount(value)
    assert str(refused.value) == message


def test_equal_numbers_are_written_alike() -> None:
    """How many zeros a Decimal carries makes no difference, nor does the sign of zero."""
    values = ["100000", "1E+5", "100000.000", "1.000E5"]
    assert {write_amount(Decimal(value)) for value in values} == {"壹拾万元整"}
    assert write_amount(Decimal("-0")) == "零元整"


def test_the_decimal_context_of_the_caller_does_not_matter() -> None:
    """A caller that computes with three digits still gets every digit written."""
    with localcontext() as context:
        context.prec = 3
        assert write_amount(Decimal("1234567.89")) == "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"
