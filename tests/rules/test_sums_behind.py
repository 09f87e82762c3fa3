"""Sums that are said behind their parts."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str | None]]:
    """What M124 quotes, and what it expects."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M124"]


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("车辆租赁费30000元，驾驶员服务费20000元，合计52000元。", "52000元", "50,000.00 元"),
        ("设计费1.5万元、监理费2万元和造价咨询费8000元，共计34000元。", "34000元", "43,000.00 元"),
        (
            "软件开发费人民币60000元（大写：陆万元整），运维费10000元，以上费用总计人民币60000元。",
            "人民币60000元",
            "70,000.00 元",
        ),
        ("车辆评估值分别为5.2万元、4.8万元、3.1万元、2.6万元，合计17.5万元。", "17.5万元", "157,000.00 元"),
        (
            "费用构成：\n1.人员费用 168,400.00\n2.耗材 6,800.00\n3.管理费 21,000.00\n合计 198,000.00",
            "198,000.00",
            "196,200.00 元",
        ),
        (
            "费用：\n人工费：5,000.00元\n材料费：3,000.00元\n税金（税率约6%，附加另计）：480.00元\n合计：8,840.00元",
            "8,840.00",
            "8,480.00 元",
        ),
        (
            "补偿金额\n1.住宅：62.15㎡×9,800元/㎡=609,070元；\n2.装修补偿 46,800元；\n3.停产损失：门面价值的5%，即26,068.75元；\n"
            "以上合计：683,738.75元（大写：陆拾捌万叁仟柒佰叁拾捌元柒角伍分）。",
            "683,738.75",
            "681,938.75 元",
        ),
        ("合同价如下：场地费7000元，餐费5000元，合计12500元。", "12500元", "12,000.00 元"),
    ],
)
def test_a_sum_that_its_parts_do_not_make_is_told(text: str, quote: str, expected: str) -> None:
    """One slip in the sum or in a part is told at the sum."""
    assert told(text) == [(quote, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "车辆租赁费30000元，驾驶员服务费20000元，合计50000元。",
        "合同价50000元，租赁费30000元，服务费20000元，合计50000元。",
        "单价为5.2万元、4.8万元、3.1万元，合计17.5万元。",
        "费用构成：\n1.人员费用 168,400.00\n2.耗材 8,600.00\n3.管理费 21,000.00\n合计 198,000.00",
        "收款情况：\n1.一月 168,400.00\n2.二月 8,600.00\n3.已付 21,000.00\n合计 12.00",
        "单价30元，运费20元，合计52元。",
        "已付款30000元，剩余款20000元，合计52000元。",
        "甲班学费30000元，乙班学费20000元，十二个班合计650000元。",
        "押金3000元。租金20000元，合计25000元。",
        "差旅费3000元，会议费______元，合计______元。",
        "不含税价30000元，税额1800元，合计31808元。",
    ],
)
def test_sums_of_something_else_are_left_alone(text: str) -> None:
    """What agrees, takes off, multiplies or says only some of its parts is no contradiction."""
    assert told(text) == []
