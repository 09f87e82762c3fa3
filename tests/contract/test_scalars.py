"""Each kind of value reads its own text, and refuses what it cannot be sure of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.scalars import (
    COUNT,
    DAY,
    FLAG,
    IDENTITY_NUMBER,
    INSTALMENT_AMOUNT,
    LINE,
    MONEY,
    QUANTITY,
    RATE,
    SOCIAL_CREDIT_CODE,
    TEXT,
    YEAR,
    PartialDate,
    Rest,
    Scalar,
    choice,
)
from tests.endure import examples


def refusal(scalar: Scalar, text: str) -> str:
    """Why the text is refused."""
    with pytest.raises(ValueError) as caught:
        scalar.parse(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("50%", "0.5"),
        ("0.1%", "0.001"),
        ("10％", "0.1"),
        ("１０％", "0.1"),
        ("10 %", "0.1"),
        ("1‰", "0.001"),
        ("0.5‰", "0.0005"),
        ("5‱", "0.0005"),
        ("100%", "1"),
        ("0%", "0"),
        ("百分之十", "0.1"),
        ("百分之零点五", "0.005"),
        ("百分之二十五", "0.25"),
        ("百分之十二点五", "0.125"),
        ("百分之百", "1"),
        ("百分之一百", "1"),
        ("百分之 30", "0.3"),
        ("百分之0.5", "0.005"),
        ("千分之一", "0.001"),
        ("千分之零点零五", "0.00005"),
        ("万分之五", "0.0005"),
        ("千分之一百零五", "0.105"),
    ],
)
def test_shares(text: str, share: str) -> None:
    """A share is read from signs and from Chinese words alike, as an exact fraction."""
    assert RATE.parse(text) == Decimal(share)


@pytest.mark.parametrize(
    "text",
    ["0.5", "50", "五成", "百分之", "百分之几", "百分之十十", "百分之五零", "百分之一百五", "分之十", "%", "-5%", "5%%",
     "1,0%", "百分之十点", "05%", "一半", "二分之一", "50%左右"],
)  # fmt: skip
def test_no_shares(text: str) -> None:
    """A bare number, a half-written or a vague share is refused."""
    assert refusal(RATE, text)


def test_a_bare_share_is_told_how_to_write_it() -> None:
    """Whoever writes 10 learns that it may be meant as 10%."""
    assert refusal(RATE, "10") == "只有数，看不出是百分之几；如果是百分之10，请写 10%"
    assert refusal(RATE, "0.5") == "只有数，看不出是 50% 还是 0.5%；请写明是哪一个"
    assert refusal(RATE, "0.05") == "只有数，看不出是 5% 还是 0.05%；请写明是哪一个"
    assert refusal(RATE, "1") == "只有数，看不出是 100% 还是 1%；请写明是哪一个"
    assert refusal(RATE, "150%") == "比例超过了 100%"


def test_an_amount_in_words_is_told_in_figures() -> None:
    """Whoever writes 大写 into the data learns the figures to write, where the words can be read."""
    assert refusal(MONEY, "贰佰壹拾陆万元整") == "“贰佰壹拾陆万元整”应写成数字 2160000；大写由程序写出"
    assert refusal(INSTALMENT_AMOUNT, "一百元五角") == "“一百元五角”应写成数字 100.50；大写由程序写出"
    assert refusal(MONEY, "一百万左右") == "“一百万左右”不是金额：里面没有数字"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2021-06-21", "2021年6月21日"),
        ("2021-6-21", "2021年6月21日"),
        ("2021.6.21", "2021年6月21日"),
        ("2021/6/21", "2021年6月21日"),
        ("20210621", "2021年6月21日"),
        ("2021年6月21日", "2021年6月21日"),
        ("2021年6月21号", "2021年6月21日"),
        ("2021 年 6 月 21 日", "2021年6月21日"),
        ("２０２１年６月２１日", "2021年6月21日"),
        ("２０２１－０６－２１", "2021年6月21日"),
        ("二〇二一年六月二十一日", "2021年6月21日"),
        ("二○二一年十二月十日", "2021年12月10日"),
        ("2024-02-29", "2024年2月29日"),
        ("2026年6月", "2026年6月"),
        ("2026-06", "2026年6月"),
        ("二〇二六年六月", "2026年6月"),
        ("2026年7月下旬", "2026年7月下旬"),
        ("2026年", "2026年"),
        ("2026", "2026年"),
        ("合同签订之日", "合同签订之日"),
        ("验收合格后30日内", "验收合格后30日内"),
    ],
)
def test_dates(text: str, written: str) -> None:
    """A date is read in every form that clerks write, and printed in one."""
    assert str(DAY.parse(text)) == written


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2021-02-30", "没有 30 日这一天：2021 年 2 月只有 28 天"),
        ("2023-2-29", "没有 29 日这一天：2023 年 2 月只有 28 天"),
        ("2021年4月31日", "没有 31 日这一天：2021 年 4 月只有 30 天"),
        ("2021-13-01", "没有 13 月"),
        ("2021-0-1", "没有 0 月"),
        ("20211301", "没有 13 月"),
        ("1021-06-21", "年份 1021 不在 1900—2199 之间"),
        ("2021-6.21", "不是完整的日期"),
        ("6月21日", "没有写年份"),
        ("六月二十一日", "没有写年份"),
        ("21-6-21", "不是完整的日期"),
        ("2021年底", "不是完整的日期"),
        ("2021年6月21曰", "不是完整的日期"),
        ("2021:06:21", "不是完整的日期"),
        ("2021-06-21 00:00:00", "不是完整的日期"),
        ("二〇二一年十十月", "“十十”不是月份或日期的写法"),
        ("待定", "还没有定的日期请写 待填"),
        ("tomorrow", "既不是日期，也不是“合同签订之日”一类的说法"),
        ("合同\n签订之日", "应写在一行之内，其中有换行"),
    ],
)
def test_no_dates(text: str, reason: str) -> None:
    """What the calendar does not have, or what is half a date, is refused with the reason."""
    assert refusal(DAY, text) == reason


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-06-21", dt.date(2021, 6, 21), dt.date(2021, 6, 21)),
        ("2024年2月", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2026年", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        ("2026年7月上旬", dt.date(2026, 7, 1), dt.date(2026, 7, 10)),
        ("2026年7月中旬", dt.date(2026, 7, 11), dt.date(2026, 7, 20)),
        ("2026年2月下旬", dt.date(2026, 2, 21), dt.date(2026, 2, 28)),
        ("合同签订之日", None, None),
    ],
)
def test_partial_dates_have_bounds(text: str, first: dt.date | None, last: dt.date | None) -> None:
    """A partial date tells the first and the last day that may be meant; an event tells none."""
    day = DAY.parse(text)

    assert (first, last) == (day.earliest(), day.latest())


@settings(max_examples=examples(200))
@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    """Whatever is printed for a day is read as the same day."""
    exact = PartialDate(day.year, day.month, day.day)

    assert exact == DAY.parse(str(exact)) == DAY.parse(day.isoformat())


@pytest.mark.parametrize(
    ("text", "count"), [("6", 6), ("６", 6), ("0", 0), ("１０", 10), (" 6 ", 6), ("999999999", 999999999)]
)
def test_counts(text: str, count: int) -> None:
    """A count is a plain number, full-width digits included."""
    assert COUNT.parse(text) == count


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("6份", "只写数字 6，不带“份”"),
        ("6 份", "只写数字 6，不带“份”"),
        ("06", "数字前面不要补 0"),
        ("-1", "不是整数"),
        ("1.5", "不是整数"),
        ("六", "不是整数"),
        ("1,000", "不是整数"),
        ("١٢", "不是整数"),
        ("②", "不是整数"),
        ("1e3", "不是整数"),
        ("", "没有内容"),
    ],
)
def test_no_counts(text: str, reason: str) -> None:
    """A count with a unit, a sign, a fraction or odd digits is refused with the reason."""
    assert refusal(COUNT, text) == reason


@pytest.mark.parametrize(
    ("text", "number"), [("45", "45"), ("0.5", "0.5"), ("1,000", "1000"), ("０．５", "0.5"), ("12.50", "12.50")]
)
def test_quantities(text: str, number: str) -> None:
    """A quantity may have a fraction and well-placed separators."""
    assert QUANTITY.parse(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["1,00", ".5", "5.", "5人", "-5", "1e3", "NaN", "Infinity", "10²", "½", "0x10", "1_000"]
)
def test_no_quantities(text: str) -> None:
    """What is not certainly one number is refused."""
    assert refusal(QUANTITY, text)


@pytest.mark.parametrize("text", ["1040000", "1,040,000.00", "￥1040000元", "104万元", "１０４００００"])
def test_money(text: str) -> None:
    """An amount is read in every form that clerks type, in 元."""
    assert MONEY.parse(text) == Decimal(1040000)


@pytest.mark.parametrize("text", ["1e5", "-5", "1.234", "约100", "NaN", "一百万", "1,04", ""])
def test_no_money(text: str) -> None:
    """An amount that cannot be read for certain is refused."""
    assert refusal(MONEY, text)


def test_an_instalment_may_be_what_remains() -> None:
    """余款 is no number, and prints as the word."""
    assert INSTALMENT_AMOUNT.parse("余款") is Rest.REST
    assert str(Rest.REST) == "余款"
    assert INSTALMENT_AMOUNT.parse("520000") == Decimal(520000)


@pytest.mark.parametrize(("text", "year"), [("2021", 2021), ("2021年", 2021), ("2021年度", 2021), ("２０２６", 2026)])
def test_years(text: str, year: int) -> None:
    """A year has four digits, with or without its unit."""
    assert YEAR.parse(text) == year


@pytest.mark.parametrize("text", ["21", "21年", "20211", "二〇二一", "1066", "2021-2022"])
def test_no_years(text: str) -> None:
    """A year that is not four digits is refused."""
    assert refusal(YEAR, text)


def test_flags_and_choices() -> None:
    """是 and 否 are truth values, and a choice takes only its own words."""
    assert [FLAG.parse(text) for text in ("是", "否", "true", "False")] == [True, False, True, False]
    assert refusal(FLAG, "有") == "应为 是 或 否"
    assert choice(("甲", "乙")).parse(" 甲 ") == "甲"
    assert refusal(choice(("甲", "乙")), "丙") == "应为下列之一：甲、乙"


@pytest.mark.parametrize(
    ("text", "code"),
    [("91110000MA0A20023W", "91110000MA0A20023W"), ("91110000ma0a20023w", "91110000MA0A20023W"),
     ("９１１１００００MA0A20023W", "91110000MA0A20023W")],
)  # fmt: skip
def test_credit_codes(text: str, code: str) -> None:
    """A credit code is read in capital half-width characters; its check digit is for the rules."""
    assert SOCIAL_CREDIT_CODE.parse(text) == code


@pytest.mark.parametrize("text", ["9111", "91110000MA0A20023I", "A1B1C000MA0A20023W", "110000000000001"])
def test_no_credit_codes(text: str) -> None:
    """A code of another length or with letters that codes do not have is refused."""
    assert refusal(SOCIAL_CREDIT_CODE, text)


def test_identity_numbers() -> None:
    """An identity number has 17 digits and a digit or X; the old 15 digits are refused."""
    assert IDENTITY_NUMBER.parse("11010519491231002x") == "11010519491231002X"
    assert refusal(IDENTITY_NUMBER, "110105491231002") == "应为 18 位，实为 15 位"


@pytest.mark.parametrize(
    "code",
    [0, 8, 9, 0xB, 0x1B, 0x7F, 0x85, 0x9F, 0xD800, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF],
    ids=hex,
)
@pytest.mark.parametrize("scalar", [LINE, TEXT], ids=["line", "text"])
def test_what_word_cannot_hold_is_refused(code: int, scalar: Scalar) -> None:
    """Control characters, surrogates and noncharacters are refused, and the place in the text is told."""
    assert refusal(scalar, f"甲{chr(code)}乙").startswith("第 2 个字是")


@pytest.mark.parametrize("char", ["\u200b", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u2028", "\u2060", "\u200f"])
def test_what_nobody_can_see_is_refused(char: str) -> None:
    """Characters without a shape, and those that turn the direction of reading, are refused."""
    assert refusal(TEXT, f"10{char}00元").startswith("第 3 个字是看不见的字符 U+")


@pytest.mark.parametrize("text", ["A&B <甲> “乙” ‹丙›", "𠮷野家", "①㈠Ⅳ", "emoji 🙂", "a\u00a0b", "\ue000"])
def test_unusual_texts_stay(text: str) -> None:
    """Marks, rare characters and those of another plane stay as they were typed."""
    assert TEXT.parse(text) == LINE.parse(text) == text


def test_blanks_around_a_text_go() -> None:
    """Blanks around a text are no part of it; line breaks stay in a text and are refused in a line."""
    assert TEXT.parse("\u3000甲\n乙\n") == "甲\n乙"
    assert refusal(LINE, "甲\n乙") == "应写在一行之内，其中有换行"
    assert refusal(LINE, " \u3000 ") == "没有内容"
