"""Rents by the month, the quarter and the year, and deposits of some months."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

LEASE = (
    "1、租金标准为每月每平方米15元，月租金18000元（大写：人民币壹万捌仟元整），年租金216000元（大写：贰拾壹万陆仟元整）。\n"
    "2、第二年起租金每年递增5%，即第二年年租金226800元。\n"
    "3、押金为两个月租金，计36000元（大写：叁万陆仟元整）。\n"
    "4、租金按季度支付，每季度租金54000元。"
)


def told(text: str) -> list[str]:
    """The amounts that M131 quotes."""
    return [f.quote for f in check_reading(reading_of(text)) if f.rule == "M131"]


@pytest.mark.parametrize(
    ("old", "new", "quotes"),
    [
        ("", "", []),
        ("216000元（大写：贰拾壹万陆仟", "261000元（大写：贰拾陆万壹仟", ["261000元"]),
        ("36000元（大写：叁万陆", "38000元（大写：叁万捌", ["38000元"]),
        ("54000", "45000", ["45000元"]),
        ("226800", "228600", []),  # by a rise that nobody works out here
        ("月租金18000元（大写：人民币壹万捌仟元整）", "月租金由双方另定", []),
    ],
)
def test_rents_of_other_spans_follow_from_the_month(old: str, new: str, quotes: list[str]) -> None:
    """Year, quarter and deposit are held to the rent of a month, where there is just one."""
    assert told(LEASE.replace(old, new)) == quotes


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("租赁面积200平方米，租金为每平方米每月50元，月租金为12000元。", "12000元", "10,000.00 元"),
        ("承租面积：1,200.5㎡\n租金单价：35.5元/㎡/月，月租金42671.75元", "42671.75元", "42,617.75 元"),
        ("物业管理费每月3000元，全年物业管理费共计38000元。", "38000元", "36,000.00 元"),
        ("每月物业费为3000元。每年物业费为30600元。", "30600元", "36,000.00 元"),
    ],
)
def test_area_and_fees_are_reckoned_too(text: str, quote: str, expected: str) -> None:
    """The rent of a month is area times price, and a fee of a year is twelve times that of a month."""
    assert [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M131"] == [(quote, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "租赁面积333.33平方米，租金为每平方米每月50元，月租金为16667元。",
        "建筑面积200平方米，使用面积150平方米，租金50元/㎡/月，月租金7500元。",
        "租赁面积200平方米，租金每平方米每天2元，月租金12000元。",
        "甲铺物业费每月300元，乙铺物业费每月400元，全年物业费共8400元。",
        "甲铺月租金5000元，乙铺月租金8000元，年租金合计156000元。",
        "月租金5000元。第一年免租一个月，年租金55000元。首年年租金55000元。",
        "月租金为______元，年租金为______元，押金为一个月租金______元。",
        "月租金5000元，按季度支付，每次15000元。",
    ],
)
def test_other_leases_are_left_alone(text: str) -> None:
    """Several rents, rents that change, and blanks say nothing."""
    assert told(text) == []


def test_the_rent_of_several_years_is_no_rent_of_a_year() -> None:
    """五年租金总额 is what the whole lease costs; what to check is said in the fee's own words."""
    (finding,) = check_reading(reading_of("月租金18000元，年租金261000元。"))

    assert told("月租金18000元。\n年租金扣除乙方垫付的维修费后，实付年租金200000元。") == []
    assert told("月租金18000元。\n五年租金总额为1080000元，前3年租金共计648000元。") == []
    assert finding.hint == "请核对月租金和这一处；另有免租、递增等约定的，请写明。"


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("月租金为人民币5000元，租赁期限12个月，租金总额为人民币50000元。", ["人民币50000元"]),
        ("租赁期限为三年，月租金5000元，租赁期内租金总额为108000元。", ["108000元"]),
        ("租期三年，月租金5000元，三年租金合计160000元。", ["160000元"]),
        ("租赁期限：12个月。\n月租金：5000元。\n租金总计：60000元。", []),
        ("租赁期限：12个月，含一个月免租期。\n月租金：5000元。\n租金总计：55000元。", []),
        ("租期三年，月租金5000元，第二年起每年递增5%，租金总额189150元。", []),
        ("租期一年，每月租金5000元，租金总额60000元，首期租金合计15000元。", []),
        ("租期三年，每月租金5000元，两年租金合计120000元，租金总额180000元，上半年租金共计30000元。", []),
        ("租赁期限为2年，月租金5000元，租金总计120000元，其中A座租金合计72000元。", []),
        ("租赁期限为2年，可续租，租赁期限1年；月租金5000元，租金总计60000元。", []),
    ],
)
def test_the_rent_of_the_whole_term_follows_from_the_month(text: str, quotes: list[str]) -> None:
    """So many months of the only rent, where the lease says one term and no rent that changes."""
    assert told(text) == quotes
