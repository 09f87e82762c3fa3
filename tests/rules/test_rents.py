"""Rents by the month, the quarter and the year, and deposits of some months."""

from __future__ import annotations

import pytest

from docgen.rules.catalogue import check_reading
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
    "text",
    [
        "甲铺月租金5000元，乙铺月租金8000元，年租金合计156000元。",
        "月租金5000元。第一年免租一个月，年租金55000元。首年年租金55000元。",
        "月租金为______元，年租金为______元，押金为一个月租金______元。",
        "月租金5000元，按季度支付，每次15000元。",
    ],
)
def test_other_leases_are_left_alone(text: str) -> None:
    """Several rents, rents that change, and blanks say nothing."""
    assert told(text) == []
