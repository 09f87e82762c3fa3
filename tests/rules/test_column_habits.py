"""Rows that break what all other rows of their table keep."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

STAFF = (
    "岗位\t人数\t月工资\t社保\t管理费\t单人费用\t月小计\t10个月合计\n"
    "厨师长\t2\t7,500\t1,950\t750\t10,200\t20,400\t204,000\n"
    "厨师\t10\t5,800\t1,508\t650\t7,958\t79,580\t795,800\n"
    "面点师\t4\t5,200\t1,352\t612\t7,164\t28,656\t286,560\n"
    "服务员\t16\t3,600\t936\t416\t4,952\t79,232\t792,320\n"
)
AUDIT = (
    "单位工程\t送审金额\t审定金额\t核增\t核减\n"
    "管道工程\t9,864,320.15\t9,512,006.30\t0.00\t352,313.85\n"
    "检查井\t1,745,200.00\t1,768,540.00\t23,340.00\t0.00\n"
    "路面恢复\t2,310,666.00\t2,098,126.00\t0.00\t212,540.00\n"
    "签证变更\t486,000.00\t403,590.50\t2,340.00\t84,749.50\n"
)
COVERS = (
    "险种\t车辆数\t平均保费（元/辆）\t保费合计（元）\n交强险\t64\t855.00\t54,720.00\n车损险\t52\t1,236.50\t64,298.00\n"
    "三者险\t64\t978.00\t62,592.00\n座位险\t21\t210.00\t4,410.00\n"
)


BUDGET = (
    "科目\t总额\t财政拨款\t自筹\n直接费用\t286.50\t220.00\t66.50\n设备费\t120.00\t100.00\t20.00\n"
    "材料费\t58.50\t45.00\t13.50\n间接费用\t33.50\t30.00\t3.50\n"
)


def told(text: str) -> list[tuple[str, str | None]]:
    """What M136 quotes, and what it expects."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M136"]


WAGES = (
    "姓名\t出勤（天）\t日工资（元）\t应发（元）\t扣款（元）\t实发（元）\n甲某\t26\t320\t8,320\t0\t8,320\n乙某\t24.5\t320\t7,840\t200\t7,640\n"
    "丙某\t25\t220\t5,500\t0\t5,500\n丁某\t26\t380\t9,880\t0\t9,880\n"
)


PAID = (
    "姓名\t基本工资\t应发\t社保\t个税\t实发\n甲某\t6000\t8300\t830\t0\t7470\n乙某\t5500\t7600\t760\t25\t6815\n"
    "丙某\t5000\t6700\t670\t0\t6030\n丁某\t5200\t6900\t690\t0\t6210\n"
)
FLOORS = "楼层\t建筑面积\t公摊\t套内\n1\t820.5\t120.5\t700\n2\t850\t125\t725\n3\t850\t125\t725\n"


@pytest.mark.parametrize("text", [STAFF, AUDIT, COVERS, BUDGET, WAGES, PAID, FLOORS])
def test_tables_that_keep_their_habits_are_left_alone(text: str) -> None:
    """Products, sums and differences that every row keeps are no finding."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (STAFF, "7,958\t79,580", "7,598\t79,580"),
        (STAFF, "792,320", "729,320"),
        (STAFF, "1,352", "1,532"),
        (AUDIT, "1,768,540.00", "1,786,540.00"),
        (AUDIT, "212,540.00", "221,540.00"),
        (COVERS, "64,298.00", "64,928.00"),
        (COVERS, "978.00\t", "987.00\t"),
        (BUDGET, "220.00", "202.00"),
        (BUDGET, "45.00", "54.00"),
        (WAGES, "200\t7,640", "200\t7,460"),
        (WAGES, "7,840", "7,480"),
        (PAID, "6815", "6185"),
    ],
)
def test_one_slip_in_a_row_is_told_in_that_row(text: str, right: str, wrong: str) -> None:
    """A figure of which one digit is wrong, or two are swapped, is told beside what the row makes."""
    reading = reading_of(text.replace(right, wrong))
    found = [f for f in check_reading(reading) if f.rule in {"M136", "M111", "M134"}]
    cells = [cell for f in found if (cell := reading.blocks[f.place.block or 0].cell) is not None]

    assert [cell.row for cell in cells] == [text[: text.index(right)].count("\n") + 1]


@pytest.mark.parametrize(
    "text",
    [
        "甲\t乙\t丙\n2\t3\t6\n4\t5\t20\n6\t7\t42\n8\t9\t27\n",  # the last one is no slip
        "项\t数量\t天数\t总价\n一\t1\t12\t12\n二\t1\t30\t30\n三\t1\t45\t45\n四\t2\t50\t50\n",  # 1×n shows nothing
        "名称\t一月\t二月\t三月\n电\t100\t200\t300\n水\t110\t220\t335\n气\t130\t140\t155\n",
    ],
)
def test_chance_is_no_habit(text: str) -> None:
    """Small numbers, ones, and rows that differ by more than a slip say nothing."""
    assert told(text) == []


def test_the_habit_is_told_by_what_the_columns_are_called() -> None:
    """A row of letters for formulas names no column."""
    text = (
        "科目\t合计\t资助经费\t配套经费\n(1)\t(2)\t(3)\t(4)\n支出\t1112.2\t555.0\t557.2\n直接费用\t1067.2\t490.0\t557.2\n"
        "劳务费\t265.5\t265.0\t0.5\n外协费\t399.4\t4.2\t395.2\n"
    )
    (found,) = [f for f in check_reading(reading_of(text)) if f.rule == "M136"]

    assert found.message == "其他各行都是资助经费＋配套经费＝合计，这一行算出来是 1,047.2，写的是 1,067.2。"
    assert (found.quote, found.expected) == ("1067.2", None)  # or 577.2 for 557.2
