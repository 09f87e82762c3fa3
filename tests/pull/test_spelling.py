"""Other ways to write a value: they are the same value, and are typed as the data write it."""

from __future__ import annotations

import pytest

from docgen.contract import scalars
from docgen.contract.meaning import same
from docgen.contract.scalars import Scalar
from docgen.pull.spelling import spellings


@pytest.mark.parametrize(
    ("scalar", "typed", "text", "expected"),
    [
        (scalars.MONEY, "523", "550", "550"),
        (scalars.MONEY, "523", "５５０", "550"),
        (scalars.MONEY, "2,160,000", "￥2260000元", "2,260,000"),
        (scalars.MONEY, "2160000", "2 260 000.00", "2260000"),
        (scalars.MONEY, "2160000", "226万", "2260000"),
        (scalars.MONEY, "2160000", "人民币贰佰贰拾陆万元正", "2260000"),
        (scalars.MONEY, "2160000", "二百二十六万元整", "2260000"),
        (scalars.DAY, "2026-06-09", "2026 年 06 月 10 日", "2026-06-10"),
        (scalars.DAY, "2026-06-09", "二〇二六年六月十日", "2026-06-10"),
        (scalars.DAY, "2026-06-09", "2026年7月", "2026年7月"),
        (scalars.DAY, "待填", "2026.6.10", "2026年6月10日"),
        (scalars.DAY, "2026年11月下旬", "2026/12/1", "2026年12月1日"),
        (scalars.RATE, "20%", "百分之三十", "30%"),
        (scalars.RATE, "百分之十", "３０ ％", "百分之三十"),
        (scalars.RATE, "1‰", "2‰", "2‰"),
        (scalars.COUNT, "4", "伍", "5"),
        (scalars.COUNT, "4", "五", "5"),
        (scalars.COUNT, "2000", "2,100", "2100"),
        (scalars.LINE, "林示二", " 林示九 ", "林示九"),
    ],
)
def test_a_value_is_typed_as_the_data_write_it(scalar: Scalar, typed: str, text: str, expected: str) -> None:
    """The likeliest way is plain, in the manner of what stands there now, and says what was written in the file."""
    ways = spellings(text, scalar, typed)

    assert ways[0] == expected
    assert same(text, ways[0], scalar)


def test_what_is_printed_in_a_form_is_a_way_after_the_plain_one() -> None:
    """A bare figure may stand before 万元, digits may be printed in groups; which of them it was, rendering proves."""
    assert spellings("4.5", scalars.MONEY, "32000.00") == ["4.50", "45000.00", "4.5"]
    assert spellings("4.5元", scalars.MONEY, "32000.00")[:1] == ["4.50"]
    assert spellings("138 0000 0002", scalars.LINE, "13800000001") == ["138 0000 0002", "13800000002"]
    assert spellings("0571-9000", scalars.LINE, "0571-8000") == ["0571-9000"]


@pytest.mark.parametrize(
    ("scalar", "one", "other"),
    [
        (scalars.LINE, "13800000001", "138 0000 0001"),
        (scalars.TEXT, "甲方", "甲"),
        (scalars.DAY, "2026年6月", "2026年6月1日"),
        (scalars.MONEY, "550.00", "550.01"),
        (scalars.COUNT, "5", "5份"),
    ],
)
def test_other_words_are_another_value(scalar: Scalar, one: str, other: str) -> None:
    """Only what reads as the very same value is the same; text is the same to the letter."""
    assert not same(one, other, scalar)
