"""Numbers in Chinese characters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.template.numerals import chinese, chinese_decimal, circled, formal, full_width


@pytest.mark.parametrize(
    ("number", "plain", "capital"),
    [
        (0, "零", "零"), (1, "一", "壹"), (10, "十", "壹拾"), (12, "十二", "壹拾贰"), (20, "二十", "贰拾"), (100, "一百", "壹佰"),
        (101, "一百零一", "壹佰零壹"), (110, "一百一十", "壹佰壹拾"), (1001, "一千零一", "壹仟零壹"), (1010, "一千零一十", "壹仟零壹拾"),
        (10000, "一万", "壹万"), (100000, "十万", "壹拾万"), (10001, "一万零一", "壹万零壹"), (100200300, "一亿零二十万零三百", "壹亿零贰拾万零叁佰"),
        (300000005, "三亿零五", "叁亿零伍"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_they_are_read(number: int, plain: str, capital: str) -> None:
    """One zero is read for every gap, and a leading ten has no one before it."""
    assert (chinese(number), formal(number)) == (plain, capital)


def test_decimals_full_width_and_circles() -> None:
    """Decimals are read digit by digit; circles go to fifty."""
    assert chinese_decimal(Decimal("10.05")) == "十点零五"
    assert full_width("A-1 %") == "Ａ－１　％"
    assert [circled(number) for number in (1, 20, 21, 36, 50)] == ["①", "⑳", "㉑", "㊱", "㊿"]
    with pytest.raises(ValueError, match="-1 不能写成中文数字"):
        chinese(-1)
