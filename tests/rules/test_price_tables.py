"""Price tables in documents: slips at their own figure, and silence about tables that are right in their own way."""

from __future__ import annotations

import pytest

from docgen.findings import Finding, Severity
from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

HEAD = "序号\t事项\t单价（元）\t数量\t金额（元）\t备注\n"


def found_in(text: str) -> list[Finding]:
    """The findings about amounts in a document."""
    return [finding for finding in check_reading(reading_of(text)) if finding.rule.startswith("M")]


def told(text: str) -> list[tuple[str, str, str, str | None]]:
    """Code, severity, quote and correction of each of them."""
    return [(f.rule, f.severity.label, f.quote, f.fix) for f in found_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "1\t甲\t1,200.00\t45天\t54,000.00\t\n2\t管理费（含税）\t\t\t123000\t\n合计\t\t\t\t177000\t",
        HEAD + "1\t甲\t100\t3\t300\t\n2\t乙\t200\t2\t400\t\n合计\t\t300\t5\t700\t",
        # Persons stand in a column of their own, the product is made of their months.
        "角色\t人数\t投入人月\t人月单价（元）\t小计（元）\n经理\t1\t6\t32,000\t192,000\n工程师\t4\t20\t24,000\t480,000\n合计\t5\t26\t\t672,000",
        "车型\t数量（辆）\t里程（公里）\t单价（元/公里）\t金额（元）\n中巴\t1\t420\t8.50\t3,570\n大巴\t2\t260\t12\t3,120\n合计\t\t\t\t6,690",
        "等级\t名额\t标准\t金额\n一等奖\t1\t5000元\t5000元\n二等奖\t3\t3000元\t9000元\n三等奖\t6\t1000元\t6000元\n合计\t10\t\t20000元（贰万元整）",
        HEAD + "1\t甲\t0.333\t3\t1\t\n2\t乙\t33.33\t3\t100\t\n合计\t\t\t\t101\t",
        HEAD + "1\t甲\t100\t3\t300\t\n2\t培训\t\t\t免费\t\n3\t\t\t\t\t\n合计\t\t\t\t300\t",
        HEAD + "1\t甲\t100\t3\t300\t\n2\t培训\t\t\t据实结算\t\n合计\t\t\t\t900\t",
        HEAD + "1\t甲\t100\t3\t300\t\n小计\t\t\t\t300\t\n2\t优惠\t\t\t50\t\n合计\t\t\t\t250\t",
        HEAD + "1\t保安12个月\t3000\t5\t180000\t\n2\t甲\t10\t2\t20\t\n合计\t\t\t\t180020\t",
        HEAD + "1\t甲\t100\t3\t300\t\n其中：材料费\t\t\t\t200\t\n合计\t\t\t\t300\t",
        HEAD
        + "1\t甲\t100\t3\t300\t\n\n合计\n\n"
        + HEAD
        + "\t二、乙项\t\t\t\t\n\t300\t\t\t\t\n1\t乙\t5\t2\t10\t\n合计\t\t\t\t10\t",
        HEAD + "1\t甲\t100\t3\t300\t\n\n转下页\n\n2\t乙\t5\t2\t10\t\n合计\t\t\t\t310\t",
        HEAD + "1\t甲\t100\t3\t300\t\n合计：人民币叁佰元整（￥300.00）",
        "单位：万元\n序号\t内容\t单价\t数量\t金额\n1\t甲\t1.5\t2\t3.0\n2\t乙\t0.5\t2\t1\n合计\t\t\t\t4",
        "序号\t岗位\t单价（元/人天）\t人数\t天数\t金额（元）\n1\t专家\t1200\t3\t15\t54000\n合计\t\t\t\t\t54000",
        "序号\t名称\t单价（元）\t数量\t不含税金额\t税率\t税额\t含税金额\n1\t甲\t50\t10\t500\t13%\t65\t565\n合计\t\t\t\t500\t\t65\t565",
        "序号\t费用名称\t金额（万元）\n一\t人工费\t10\n1\t专家费\t6\n2\t劳务费\t4\n二\t差旅费\t5\n合计\t\t15",
        "科目\t2021年预算（万元）\t2022年预算（万元）\t合计（万元）\n人工\t10\t20\t30\n差旅\t5\t5\t10\n合计\t15\t25\t40",
        "序号\t指标\t分值\n1\t公开\t40\n2\t服务\t50\n合计\t\t100",
        "序号\t费用名称\t金额（万元）\n1\t甲\t3.33\n2\t乙\t3.33\n3\t丙\t3.33\n合计\t\t10.00",
        "岗位\t人数\t月单价（元）\t月数\t月费用（元）\t年费用（元）\n保安\t3\t5000\t12\t15000\t180000\n合计\t3\t\t\t15000\t180000",
        "序号\t名称\t单价（元）\t数量\t优惠率\t金额（元）\n1\t甲\t100\t10\t10%\t900\n合计\t\t\t\t\t900",
        HEAD + "1\t甲\t100\t3\t600\t\n2\t乙\t200\t2\t800\t\n合计\t\t\t\t1400\t",
        "房屋\t面积（㎡）\t单价（元/㎡/天）\t年租金（元）\n101\t100\t2\t73000",
        # A quantity that was measured more exactly than it is shown.
        HEAD + "1\t道路保洁\t6.00\t45122.51\t270735.05\t\n2\t土方\t80\t12.35\t987.76\t\n合计\t\t\t\t271722.81\t",
    ],
)
def test_honest_tables_are_no_fault(text: str) -> None:
    """Units, roundings, lump sums, discounts, hidden factors, torn and continued tables, and levels are left alone."""
    assert told(text) == []


def test_the_subtotal_says_which_amount_slipped() -> None:
    """Of two rows that do not multiply, the one that the subtotal wants put right has a wrong amount."""
    text = HEAD + (
        "1\t办法编制\t1000\t30\t300000\t\n2\t问卷，每份20元\t20\t4000\t80000\t\n"
        "3\t座谈，每次费用约为12000元\t1200\t4\t48000\t\n合计\t\t\t\t158000\t"
    )

    assert told(text) == [("M111", "error", "300000", "30000"), ("M111", "error", "1200", "12000")]


def test_the_description_says_which_factor_slipped() -> None:
    """A unit price or a quantity in words decides where it makes the amount."""
    assert told(HEAD + "1\t每份问卷6元\t8\t1200\t7200\t") == [("M111", "error", "8", "6")]
    assert told(HEAD + "1\t共4000份\t20\t400\t80000\t\n合计\t\t\t\t80000\t") == [("M111", "error", "400", "4000")]
    assert told(HEAD + "1\t每份20元，共400份\t20\t400\t80000\t") == [("M111", "error", "80000", "8000")]


def test_a_row_that_nothing_else_speaks_for_is_told_at_its_amount() -> None:
    """Without a third fact there is an expectation and no correction."""
    (finding,) = found_in(HEAD + "1\t甲\t1200\t45\t45000\t\n2\t乙\t10\t2\t20\t")

    assert (finding.quote, finding.expected, finding.fix) == ("45000", "54000", None)
    assert finding.message == "单价 1200 元×数量 45 是 54,000.00 元，金额写的是 45,000.00 元，相差 9,000.00 元。"


def test_the_grand_total_says_whether_rows_or_subtotal_slipped() -> None:
    """The grand total closes with one subtotal put right and with the other as written."""
    text = HEAD + (
        "1\t甲\t100\t3\t300\t\n合计\t\t\t\t900\t\n1\t乙\t200\t2\t400\t\n合计\t\t\t\t450\t\n"
        "1\t丙\t\t\t50\t\n合计\t\t\t\t800\t"
    )
    first, second = found_in(text)

    assert (first.rule, first.quote, first.expected, first.fix) == ("M112", "900", "300", "300")
    assert (second.rule, second.quote, second.expected, second.fix) == ("M112", "450", None, None)


@pytest.mark.parametrize(
    ("total", "findings"),
    [
        ("总计\t\t\t\t760\t", [("M113", "error", "760", None)]),
        ("合计\t\t\t\t760\t", [("M113", "error", "760", None)]),
        ("总计\t\t\t\t700\t", []),
        ("总价（小写）：800元", [("M113", "error", "800", None)]),
        ("合计：柒佰元整", []),
    ],
)
def test_a_grand_total_is_the_sum_of_its_sections(total: str, findings: list[tuple[str, str, str, str | None]]) -> None:
    """The last total is that of all sections, in a row or in a line below the table."""
    text = HEAD + "1\t甲\t100\t3\t300\t\n小计\t\t\t\t300\t\n1\t乙\t200\t2\t400\t\n小计\t\t\t\t400\t\n"
    assert told(text + total) == findings


def test_tables_that_may_have_lost_rows_are_a_warning() -> None:
    """A gap in the numbers of the rows, or several levels, leave a second reading."""
    assert told(HEAD + "1\t甲\t100\t3\t300\t\n3\t乙\t5\t2\t10\t\n合计\t\t\t\t410\t") == [
        ("M112", "warning", "410", None)
    ]
    assert told("序号\t科目\t金额\n一\t人工\t10\n1\t专家\t6\n2\t劳务\t4\n合计\t\t11") == [
        ("M112", "warning", "11", None)
    ]


def test_amounts_ten_thousand_times_off_ask_for_the_unit() -> None:
    """An amount in 元 in a column of 万元 is a question of the unit."""
    text = "序号\t名称\t单价（元）\t数量\t金额（万元）\n1\t甲\t4000\t10\t4\n2\t乙\t4000\t12\t48000"
    (finding,) = found_in(text)

    assert (finding.rule, finding.severity.label, finding.quote, finding.fix) == ("M111", "warning", "48000", None)
    assert "万元" in str(finding.hint)


def test_a_description_with_another_unit_price_is_a_note() -> None:
    """It may be a part of the price; 约 and another measure say that it is."""
    row = "1\t需完成 1200 份问卷，每份问卷推广费{}6 元\t8\t1200\t9600\t"
    assert told(HEAD + row.format("用")) == [("M114", "note", "6", None)]
    assert told(HEAD + row.format("约")) == []
    assert told(HEAD + "1\t会议2场，每人茶歇6元\t8\t2\t16\t") == []


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("岗位\t人数\t月标准\t每月费用\n司机\t6\t6500\t39000\n文员\t8\t5400\t43300", [("M111", "43300")]),
        (
            "科目\t标准（元）\t人数\t天数\t金额（元）\n教学费\t280\t50\t7\t98000\n食宿费\t186\t50\t7\t58800",
            [("M111", "58800")],
        ),
        ("年度\t年租金\t物业费\t小计\n第一年\t54\t6\t60\n第二年\t57\t6\t63\n合计\t111\t21\t123", [("M112", "21")]),
    ],
)
def test_headers_that_name_prices_in_other_words(text: str, findings: list[tuple[str, str]]) -> None:
    """标准 is a unit price where it is one of money, and 租金 and 物业费 are amounts."""
    found = check_reading(reading_of(text))

    assert [(f.rule, f.quote) for f in found if f.severity > Severity.NOTE] == findings


def test_a_total_may_be_that_of_a_year() -> None:
    """年服务费合计 sums up what stands above it, and the total of three years below it is no row of it."""
    text = HEAD + (
        "1\t云主机\t4800\t20\t96000\t\n2\t云数据库\t15600\t4\t62400\t\n"
        "年服务费合计\t\t\t\t{}\t\n三年服务费总额\t\t\t\t475200\t"
    )

    assert told(text.format("158400")) == []
    assert [(rule, quote) for rule, _, quote, _ in told(text.format("158900"))] == [("M112", "158900")]
