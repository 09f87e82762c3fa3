"""Payments in sentences: contradictions with the total, and the many ways of saying what is right."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

TOTAL = "合同总价为1000000元（大写：壹佰万元整）。\n"


def told(text: str) -> list[tuple[str, str, str, str | None]]:
    """Code, severity, quote and expectation of the findings about amounts."""
    found = check_reading(reading_of(text))
    return [(f.rule, f.severity.label, f.quote, f.expected) for f in found if f.rule.startswith("M")]


@pytest.mark.parametrize(
    "text",
    [
        "甲方支付合同价 50% 作为首付款，即人民币 500000 元（大写：伍拾万元整）；完成并通过项目\n\n中期评估验收后,支付中期款人民币 "
        "250000 元(大写:贰拾伍万元整);一次性付清合同价余款人民币 250000 元(大写:贰拾伍万元整)。",
        "1.预付款：支付合同总价的30%，即300000元；\n2.进度款：支付至合同总价的80%，即800000元；\n3.尾款：付剩余20%。",
        "1.预付款：支付合同总价的30%，即300000元；\n2.进度款：支付至合同总价的80%，即500000元；\n3.尾款：支付合同总价的20%，即200000元。",
        "1.预付款：支付合同总价的30%；\n2.验收款：支付合同总价的65%；\n3.质保金为合同总价的5%，期满后付清余款。",
        "首付款500000元，余款按实际工作量据实结算，余款300000元为暂定。",
        "支付合同总价的50%，乙方应提交保函人民币10万元。",
        "剩余合同价款的50%，即100000元；结算合同总价的10%为5000元。",
        "违约金不超过合同总价的10%，约90000元。",
        "第一期款：支付合同总价的百分之五十，即伍拾万元整（￥500000元）；第二期款：合同总价的50%。",
        "首付款600000元。\n尾款____元。",
        "首付款：签订后支付300000元；\n进度款：分两次支付，每次200000元，共400000元；\n尾款：支付300000元。",
        "首付款：签订后支付300000元；\n进度款：支付400000元，违约金从中扣除；\n尾款：支付300000元。",
        "首付款500000元；\n进度款按月支付；\n尾款100000元。",
        "（1）中期款：验收后支付300000元；\n（2）尾款：终验后支付200000元；\n（3）首付款：签订后支付500000元。",
        "（1）尾款：终验后支付合同总价的70%；\n（2）首付款：签订后支付合同总价的30%。",
        "其中设备600000元（含服务器500000元），安装400000元。",
        "总金额1000000元，其中设备500000元，安装100000元。",
        "含税总价106元，不含税价100元，税率6%，税额6元。",
        "增值税税率6%，合同总价1000000元，不含税金额943396.23元，税额56603.77元。",
    ],
)
def test_honest_payments_are_no_fault(text: str) -> None:
    """Cumulative shares, securities, settled rests, other bases, partial lists and torn sentences are left alone."""
    assert told(TOTAL + text) == []


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("首付款为合同总价的50%，即50000元。", ("M121", "error", "50000元", "500,000.00 元")),
        ("首付款为合同总价的40%，即500000元（大写：伍拾万元整）。", ("M121", "error", "40%", "50%")),
        ("违约金为合同总价的10%，即10000元。", ("M121", "error", "10000元", "100,000.00 元")),
        ("首付款500000元；尾款450000元。", ("M122", "error", "500000元", "550,000.00 元")),
        ("中期款300000元；尾款200000元；首付款400000元。", ("M122", "error", "200000元", "300,000.00 元")),
        ("首付款500000元，余款450000元。", ("M122", "error", "500000元", "550,000.00 元")),
        ("支付合同总价的50%作为首付款，\n尾款为合同总价的40%。", ("M123", "error", "40%", "合计100%")),
        ("首付款：合同总价的95%；\n尾款：质保期满后支付剩余6%。", ("M123", "error", "6%", "合计100%")),
        ("首付款：合同总价的50%；\n尾款：合同总价的40%。", ("M123", "error", "40%", "合计100%")),
        ("合同总价由以下部分组成：甲项600000元；乙项300000元。", ("M124", "error", "300000元", None)),
        ("总金额1000000元：其中甲项600000元，乙项460000元。", ("M124", "error", "460000元", "400,000.00 元")),
        ("合同总价由以下部分组成：\n（1）甲项600000元；\n（2）乙项300000元。", ("M124", "error", "300000元", None)),
        ("总金额1000000元。其中：\n1.甲项600000元；\n2.乙项500000元。", ("M124", "error", "600000元", "500,000.00 元")),
        ("总价106元，其中不含税价100元，税率6%，税额9元。", ("M125", "error", "9元", "6.00 元")),
        ("含税总价106元，不含税价100元，税率9%，税额6元。", ("M125", "error", "6元", None)),
    ],
)
def test_contradictions_are_told_where_they_stand(text: str, finding: tuple[str, str, str, str | None]) -> None:
    """Shares, instalments, parts and tax are held to the total that the document states."""
    known = TOTAL if finding[0] != "M125" else ""
    assert told(known + text) == [finding]


def test_a_total_may_be_the_end_of_a_table() -> None:
    """Where no sentence states the total, that of the only table serves for shares that one slip parts from it."""
    table = "名称\t金额（元）\n设计费\t300000\n监理费\t200000\n合计\t500000\n\n"
    share = "合同签订后支付合同总价的30%，即人民币{}元。"

    assert told(table + share.format(160000)) == [("M121", "warning", "人民币160000元", "150,000.00 元")]
    assert told(table + share.format(210000)) == []
    assert told("合同合计金额：500000元。\n" + share.format(160000)) == [
        ("M121", "error", "人民币160000元", "150,000.00 元")
    ]


def test_without_a_total_only_shares_are_added_up() -> None:
    """Amounts alone cannot be held to a total that nobody states."""
    assert told("首付款500000元；尾款450000元。") == []
    assert [code for code, *_ in told("首付款：合同总价的50%；\n尾款：合同总价的60%。")] == ["M123"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", []),
        ("62,814.17", "68,214.17", [("68,214.17", "62,814.17 元")]),
        ("483,185.95", "438,185.95", [("438,185.95", "483,185.95 元")]),
        ("546,000.12", "550,000.00", []),  # a rounded price
        ("税额（13%）：62,814.17", "税额：详见发票", []),
    ],
)
def test_tax_in_a_line_of_its_own_is_what_the_lines_beside_it_leave(
    old: str, new: str, told: list[tuple[str, str]]
) -> None:
    """The price without tax, the tax and the price with it make each other below a price list too."""
    text = "未税合计：483,185.95\n税额（13%）：62,814.17\n含税合计：546,000.12".replace(old, new, 1)
    assert [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M125"] == told


@pytest.mark.parametrize(
    ("figures", "rules"),
    [
        (("86,500", "32,000", "28,500"), []),
        (("86,050", "32,000", "28,500"), ["M124"]),
        (("86,500", "23,000", "28,500"), ["M124"]),
        (("86,500", "32,000", "28,507"), ["M124"]),
    ],
)
def test_lots_make_what_they_are_parted_from(figures: tuple[str, ...], rules: list[str]) -> None:
    """分三个标段： names all of the parts, and the amounts behind it are added up."""
    text = "本项目总投资{}万元，分三个标段：一标段{}万元、二标段{}万元、三标段26,000万元。".format(*figures)

    assert [f.rule for f in check_reading(reading_of(text))] == rules


def test_lots_that_are_not_all_told_are_not_added_up() -> None:
    """Fewer amounts than there are lots say nothing of the whole."""
    text = "本项目总投资86,500万元，分三个标段：一标段32,000万元、二标段28,500万元，三标段另行招标。"

    assert [f.rule for f in check_reading(reading_of(text))] == []
