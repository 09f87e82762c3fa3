"""Amounts that a sentence works out from others."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str | None]]:
    """What M135 quotes, and what it expects."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M135"]


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("借款金额：3,500,000.00元。\n按借款金额的1.5%向保证人支付担保费，计55,200元。", "55,200元", "52,500.00 元"),
        ("审定金额为13,779,922.80元。\n按审定金额的3%预留质保金，计431,397.68元。", "431,397.68元", "413,397.68 元"),
        ("年服务费7,032,000元。\n履约保证金356,100元（年服务费的5%）。", "356,100元", "351,600.00 元"),
        ("合同总价为人民币546000元（大写：伍拾肆万陆仟元整）。\n预付50%（237,000元），余款验收后付清。", "237,000元",
         "273,000.00 元"),
        ("月租金118,800元。\n提前退租的，支付相当于三个月租金（354,600元）的违约金。", "354,600元", "356,400.00 元"),
        ("采购电脑20套，单价8,600.00元，核减127,000.00元。", "127,000.00元", "172,000.00 元"),
        ("购数控机床数量2台，单台限价65万元，合计120万元。", "120万元", "1,300,000.00 元"),
        ("合同金额6,280,000.00元，增加合同金额314,000.00元，合同金额调整为6,549,000.00元。", "6,549,000.00元",
         "6,594,000.00 元"),
        ("投标总报价21,096,000.00元，服务期三年，年服务费730.2万元。", "730.2万元", "7,032,000.00 元"),
        ("合同金额：人民币贰佰叁拾伍万捌仟元整（￥2,358,000.00元）。\n签订后支付40%（943,200元），验收后支付至97%（再付1,434,060元）。",
         "1,434,060元", "1,344,060.00 元"),
        ("合同总价1,248,000元（大写：壹佰贰拾肆万捌仟元整），每月140,000元。", "140,000元", "104,000.00 元"),
        ("转让价款为人民币6,500万元（大写：陆仟伍佰万元整）。\n违约金为转让价款的10%，即560万元。", "560万元",
         "6,500,000.00 元"),
        ("暂定监理酬金5,751,000元（伍佰柒拾伍万壹仟元整）。\n进场后支付10%，即75.51万元。", "75.51万元", "575,100.00 元"),
        ("房款人民币1,513,430.00元（大写：壹佰伍拾壹万叁仟肆佰叁拾元整）。\n按全部房价款的3%支付违约金（45,042.90元）。",
         "45,042.90元", "45,402.90 元"),
        ("安置房建筑面积98.60㎡，价格8,900元/㎡，计875,740元。", "875,740元", "877,540.00 元"),
        ("自第三年起每年递增5%，即第三年月租金124,740元，第四年月租金130,997元，第五年月租金137,525.85元。", "130,997元",
         "130,977.00 元"),
    ],
)  # fmt: skip
def test_an_amount_that_slipped_from_what_it_is_worked_out_of_is_told(text: str, quote: str, expected: str) -> None:
    """A share, some months, pieces times a price, a difference and a yearly rise are told where one slip makes them."""
    assert told(text) == [(quote, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "中标价7,851,236.80元，履约担保为中标价的10%，即785,123.68元。",
        "合同总价为1000000元。违约金不超过合同总价的5%，最高50000元。",
        "合同总价为1000000元。合同总价的5%作为质保金，即49000元，余款另付。",  # another figure altogether
        "合同金额1,276.8万元，付至90%（再付383.04万元），已支付至合同金额的60%，计766.08万元。",
        "A款3台，单价100元，运费50元，合计350元。",
        "月租金118,800元，押金为两个月租金，计237,600元。",
        "投标总报价21,096,000.00元，服务期三年，年服务费703.2万元。",
        "合同总价936,000元，三年，每年费用分别为300,000元、312,000元、324,000元。",
        "合同总价1,248,000元（大写：壹佰贰拾肆万捌仟元整），每月104,000元。",
        "合同总价1,248,000元（大写：壹佰贰拾肆万捌仟元整），其中值班费每月14,000元。",
        "合同金额：人民币贰佰叁拾伍万捌仟元整（￥2,358,000.00元）。\n签订后支付40%（943,200元），验收后支付至97%（再付1,344,060元）。",
        "原价1,200元，增加300元，调整为1,600元。",  # too few digits to be sure
        "每年递增5%，即第三年租金100,000元，第四年租金120,000元。",
        "预付款30%，即人民币______元。",
    ],
)
def test_amounts_that_agree_or_say_something_else_are_left_alone(text: str) -> None:
    """What agrees, is a limit, is rounded, or differs by more than a slip is no finding."""
    assert told(text) == []


def test_what_a_nearer_rule_tells_is_not_told_again() -> None:
    """The share of the contract's total is M121's."""
    text = "合同总价为2160000元（大写：贰佰壹拾陆万元整）。\n甲方支付合同总价的50%，即人民币1008000元（大写：壹佰万捌仟元整）。"

    assert [f.rule for f in check_reading(reading_of(text))] == ["M121"]


def test_documents_with_very_many_amounts_are_not_guessed_at() -> None:
    """Among a hundred amounts there is always one that a share could be of."""
    many = "\n".join(f"第{number}项费用{number * 7919 + 10000}元。" for number in range(1, 100))

    assert told(f"{many}\n保证金为该价款的10%，即18,900元。") == []
