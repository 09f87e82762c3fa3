"""Amounts in running text: found where they are, not found where there are none, and paired where the text says so."""

from __future__ import annotations

import itertools
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.amounts.figures import LARGEST, format_figures, plain_figures
from docgen.amounts.figures_in_text import figures_in
from docgen.amounts.find import MONEY, find_amounts, pairs
from docgen.amounts.spelling import Standing
from docgen.amounts.words_in_text import words_in
from docgen.amounts.write import write_amount
from tests.endure import examples

FIGURES = [
    ("总金额￥1040000元，", [("￥1040000元", "1040000")]),
    ("总金额¥1,040,000.00，", [("¥1,040,000.00", "1040000")]),
    ("共计人民币 2160000 元", [("人民币 2160000 元", "2160000")]),
    ("RMB 1,000.00 为限", [("RMB 1,000.00", "1000")]),
    ("人民币1,000.00，", [("人民币1,000.00", "1000")]),
    ("每份6元，每场5000 元", [("6元", "6"), ("5000 元", "5000")]),
    ("预算57600 万元，不低于210万元", [("57600 万元", "576000000"), ("210万元", "2100000")]),
    ("投资1亿2000万元、1.5亿元", [("1亿2000万元", "120000000"), ("1.5亿元", "150000000")]),
    ("押金12元5角", [("12元5角", "12.5")]),
    ("￥____1350____元", [("￥____1350____元", "1350")]),
    ("（￥：\n50000 元）", [("￥：\n50000 元", "50000")]),
    ("小写：1040000", [("1040000", "1040000")]),
    ("（小写）1,040,000.00", [("1,040,000.00", "1040000")]),
    ("１０４００００元", [("１０４００００元", "1040000")]),
    ("1，040，000.00元", [("1，040，000.00元", "1040000")]),
    ("1000元/份，100元整", [("1000元", "1000"), ("100元整", "100")]),
    ("500至1000元，100-200元", [("1000元", "1000"), ("200元", "200")]),
    ("4.1 ￥100元", [("￥100元", "100")]),
    ("于2021，1040000元", [("1040000元", "1040000")]),
    ("￥100，共200份", [("￥100", "100")]),
    ("电价0.125元/度", [("0.125元", "0.125")]),
]

WORDS = [
    ("合计壹佰零肆万元整。", [("壹佰零肆万元整", "1040000", Standing.CANONICAL)]),
    ("17.2甲方支付人民币捌万元整", [("人民币捌万元整", "80000", Standing.CANONICAL)]),
    ("17.2捌万元整", [("捌万元整", "80000", Standing.CANONICAL)]),
    ("大写 捌仟壹佰 元整", [("捌仟壹佰 元整", "8100", Standing.IRREGULAR)]),
    ("大写__壹仟叁佰伍拾      元整", [("壹仟叁佰伍拾      元整", "1350", Standing.IRREGULAR)]),
    ("贰拾万   元", [("贰拾万   元", "200000", Standing.IRREGULAR)]),
    ("人民币陆拾\n叁万元整", [("人民币陆拾\n叁万元整", "630000", Standing.CANONICAL)]),
    ("貳拾萬圓整", [("貳拾萬圓整", "200000", Standing.PERMITTED)]),
    ("壹佰元正本两份", [("壹佰元", "100", Standing.IRREGULAR)]),
    ("壹佰元一次付清，贰佰元分三次", [("壹佰元", "100", Standing.IRREGULAR), ("贰佰元", "200", Standing.IRREGULAR)]),
    ("壹佰元 贰佰元", [("壹佰元", "100", Standing.IRREGULAR), ("贰佰元", "200", Standing.IRREGULAR)]),
    ("人民币五千元", [("人民币五千元", "5000", Standing.IRREGULAR)]),
    ("一百零四万元整", [("一百零四万元整", "1040000", Standing.IRREGULAR)]),
    ("人民币拾万元整", [("人民币拾万元整", "100000", Standing.IRREGULAR)]),
    ("（大写：壹佰零肆万）", [("壹佰零肆万", "1040000", Standing.IRREGULAR)]),
    ("大写：伍角", [("伍角", "0.5", Standing.PERMITTED)]),
    ("玖万零肆角拾元壹角伍分", [("玖万零肆角拾元壹角伍分", None, Standing.UNREADABLE)]),
    ("共贰万伍元整", [("贰万伍元整", None, Standing.UNREADABLE)]),
    ("共壹元伍。", [("壹元伍", None, Standing.UNREADABLE)]),
    ("共5拾万元整", [("5拾万元整", None, Standing.UNREADABLE)]),
    ("共壹佰O肆万元整", [("壹佰O肆万元整", None, Standing.UNREADABLE)]),
    ("共壹佰0肆万元整", [("壹佰0肆万元整", None, Standing.UNREADABLE)]),
    ("共壹佰伍什肆万元整", [("壹佰伍什肆万元整", None, Standing.UNREADABLE)]),
    ("编号壹佰的肆万元整", [("肆万元整", "40000", Standing.CANONICAL)]),
    ("共1亿贰仟万元整", [("1亿贰仟万元整", None, Standing.UNREADABLE)]),
]

NOTHING = [
    "_____元整（_____整）",
    "元整（¥： ）",
    "XXX元(￥XXX)",
    "￥1XX元",
    "____拾____万____元整",
    "（大写）____万____仟____佰____拾____元整",
    "大写金额和小写金额不一致的，以大写金额为准。",
    "一式陆份，甲方执叁份，乙方执叁份",
    "正本两份 副本6份，甲方4份",
    "2021年6月21日，2022元旦",
    "支付至 80%，违约金0.1‰",
    "共1200份，12题，20日内",
    "17.2 乙方应当按第3条履行",
    "17.2.1元",
    "单价（元） 金额（万元） 单位：人民币（元） 元/份",
    "服务210万人次",
    "100美元，A100元，v1.5元",
    "队伍元旦，大陆元器件，收拾元宵，多元化",
    "每年五千元以内，一分钟，三角形，十分重要，百分之十",
    "人民币5次贬值",
    "",
]

PAIRS = [
    ("￥1,040,000.00元（大写：壹佰零肆万元整）", [("￥1,040,000.00元", "壹佰零肆万元整")]),
    ("人民币2160000元（大写：贰佰壹拾陆万元整）", [("人民币2160000元", "贰佰壹拾陆万元整")]),
    ("额￥410000元(大写:人民币肆拾壹万元整),", [("￥410000元", "人民币肆拾壹万元整")]),
    ("￥630000元（大写：人民币陆拾\n叁万元整)", [("￥630000元", "人民币陆拾\n叁万元整")]),
    ("￥ 8100 元（人民币），\n大写 捌仟壹佰 元整", [("￥ 8100 元", "捌仟壹佰 元整")]),
    ("￥  1350    元\n大写__壹仟叁佰伍拾      元整", [("￥  1350    元", "壹仟叁佰伍拾      元整")]),
    ("壹佰零肆万元整（￥1040000）", [("￥1040000", "壹佰零肆万元整")]),
    ("人民币（大写）：壹佰元整（小写：￥100.00）", [("￥100.00", "壹佰元整")]),
    ("大写：壹佰元整，小写：100.00", [("100.00", "壹佰元整")]),
    ("（大写）壹佰元整（小写）100.00元", [("100.00元", "壹佰元整")]),
    ("（大写）：壹佰万元整；（小写）：￥1000000.00元。", [("￥1000000.00元", "壹佰万元整")]),
    ("人民币（大写）壹佰零肆万元整，￥1,040,000.00", [("￥1,040,000.00", "壹佰零肆万元整")]),
    ("大写:_壹佰_元整_ 小写:￥_100_元", [("￥_100_元", "壹佰_元整")]),
    ("总价1040000（大写：壹佰零伍万元整）", [("1040000", "壹佰零伍万元整")]),
    ("总价100元（含税），大写：壹佰元整", [("100元", "壹佰元整")]),
    ("100元/份（大写：壹佰元整）", [("100元", "壹佰元整")]),
    ("总价1040000元人民币（大写：壹佰零肆万元整）", [("1040000元", "壹佰零肆万元整")]),
    ("￥100.00元整（人民币壹佰元整）", [("￥100.00元整", "人民币壹佰元整")]),
    ("人民币壹佰元整￥100.00", [("￥100.00", "人民币壹佰元整")]),
    ("100元，即壹佰元整", [("100元", "壹佰元整")]),
    ("￥1元（大写：壹元整）￥2元（大写：贰元整）", [("￥1元", "壹元整"), ("￥2元", "贰元整")]),
    ("壹元整（￥1），贰元整（￥2）", [("￥1", "壹元整"), ("￥2", "贰元整")]),
    ("单价100元，大写：壹仟元整，小写：1000元", [("1000元", "壹仟元整")]),
    ("共5元（大写：贰万伍元整）", [("5元", "贰万伍元整")]),
    ("押金100元（其中壹拾元整为工本费）", []),
    ("押金100元（壹拾元整为工本费）", []),
    ("单价￥100元\n贰佰元整", []),
    ("首付100元。余款大写：贰佰元整", []),
    ("首付100元，贰佰元整封顶", []),
    ("大写金额和小写金额不一致的，以大写金额为准", []),
]


def decimals(value: str | None) -> Decimal | None:
    """The expected value."""
    return None if value is None else Decimal(value)


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_are_found_with_sign_unit_or_slot(text: str, expected: list[tuple[str, str]]) -> None:
    """A number counts as an amount with a currency sign, with 元 or 万元, or behind 小写."""
    found = find_amounts(text)
    assert [(one.kind, one.text, one.value) for one in found] == [("figures", t, Decimal(v)) for t, v in expected]
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_are_found_with_their_standing(text: str, expected: list[tuple[str, str | None, Standing]]) -> None:
    """大写 is found as a whole, gaps and line breaks included, and never a readable part of an unreadable one."""
    found = find_amounts(text)
    assert [(one.kind, one.text, one.value, one.standing) for one in found] == [
        ("words", words, decimals(value), standing) for words, value, standing in expected
    ]
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_amount_is_not_found(text: str) -> None:
    """Blanks, clause numbers, dates, shares, counts and sentences about amounts are left alone."""
    assert find_amounts(text) == []


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_what_belongs_together_is_paired(text: str, expected: list[tuple[str, str]]) -> None:
    """Figures and 大写 are a pair by brackets, by 大写 or 小写, or by closeness, and not otherwise."""
    assert [(figures.text, words.text) for figures, words in pairs(text)] == expected


def test_a_faulty_figure_is_found_with_the_reason() -> None:
    """A wrong grouping or a minus leaves no value, and the reason is told."""
    found = find_amounts("￥10,40,000元，￥-500元")
    assert [(one.text, one.value, one.standing, one.reason) for one in found] == [
        (
            "￥10,40,000元",
            None,
            Standing.UNREADABLE,
            "“￥10,40,000元”的千位分隔不对：从右往左每三位一个逗号，例如 1,040,000.00",
        ),
        ("500元", None, Standing.UNREADABLE, "“-500元”是负数：金额不能小于零"),
    ]


def test_a_figure_finer_than_a_fen_keeps_its_value() -> None:
    """Unit prices may have more than two decimals; the value is exact and the reason says so."""
    (found,) = find_amounts("电价0.125元/度")
    assert (found.value, found.standing, found.reason) == (
        Decimal("0.125"),
        Standing.CANONICAL,
        "“0.125元”多于两位小数：金额只能写到分",
    )


@settings(max_examples=examples(200))
@given(st.integers(1, LARGEST) | st.integers(1, 10**7), st.booleans(), st.booleans())
def test_any_amount_written_as_a_pair_is_found_as_one(fen: int, grouped: bool, words_first: bool) -> None:
    """Both sides are found with the value, and as a pair, in either order."""
    value = Decimal(fen).scaleb(-2)
    figures, words = format_figures(value) if grouped else plain_figures(value), write_amount(value)
    text = f"总价为{words}（￥{figures}元），" if words_first else f"总价为￥{figures}元（大写：{words}），"
    ((one, other),) = pairs(text)
    assert (one.value, one.text, other.value, other.text) == (value, f"￥{figures}元", value, words)


@settings(max_examples=examples(300))
@given(st.text("壹拾佰万亿零元角分整0123,，.￥人民币大小写（）：: _\n-第条", max_size=40))
def test_any_text_is_searched(text: str) -> None:
    """Whatever the text, places are exact and in order, and pairs are made of what was found."""
    found = find_amounts(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    for figures, words in pairs(text):
        assert {figures, words} <= set(found)
        assert (figures.kind, words.kind) == ("figures", "words")


@settings(max_examples=examples(300, 100_000))
@given(st.text("壹拾佰万亿零一元角分整05５，,.￥人民币RMBrmb小写（）：: _\u3000\n份", max_size=16))
def test_no_amount_is_passed_over_by_the_quick_look(text: str) -> None:
    """Where the pattern for what every amount has finds nothing, looking closely finds nothing either."""
    if MONEY.search(text) is None:
        assert [*words_in(text), *figures_in(text)] == []


@pytest.mark.parametrize(
    "piece",
    ["壹", "壹 ", "1,", "1，", "￥", "￥ ", "_", "壹元", "1万", "（大写", "人民币 ", "1元（", "小写1", "拾", "\n"],
)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    """Ten times the text takes no more than about ten times as long (generously measured)."""
    short, long = piece * 2_000, piece * 20_000
    started = process_time()
    find_amounts(short)
    first = process_time() - started
    find_amounts(long)
    assert process_time() - started - first < first * 40 + 0.5


@pytest.mark.parametrize(
    ("text", "paired"),
    [
        ("合同总价为RMB 1,166,400元，人民币壹佰壹拾陆万陆仟肆佰元整。", True),
        ("首付款1000元，人民币贰仟元整作为保证金。", False),
        ("首付款1000元，贰仟元整。", False),
    ],
)
def test_words_behind_a_comma(text: str, paired: bool) -> None:
    """Behind a comma only 人民币 and words that end the clause say the figures once more."""
    assert bool(pairs(text)) == paired


@pytest.mark.parametrize(
    ("text", "paired"),
    [
        ("履约担保：人民币叁拾万元整（¥330,000.00，合同金额的5%）。", True),
        ("人民币叁拾万元整（¥100,000.00，其中定金）。", False),
        ("人民币叁拾万元整（首付¥100,000.00，余款另付）。", False),
        ("人民币叁拾万元整（¥100,000.00，扣除预付款后的金额）。", False),
        ("单项不足3000元的，按3000元计取（大写：叁仟元整）。", True),
        ("合同总价：USD 324,800.00（大写：美元叁拾贰万肆仟捌佰元整）", True),
    ],
)
def test_what_a_bracket_adds_behind_the_figures(text: str, paired: bool) -> None:
    """Figures at the beginning of a bracket say the words before it; parts and what is taken off are other amounts."""
    assert bool(pairs(text)) == paired
