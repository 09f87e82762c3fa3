"""Price tables with items below items: a parent is what stands below it."""

from __future__ import annotations

import pytest

from docgen.findings import Severity
from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

TABLE = """
序号\t项目\t单位\t工程量\t单价（元）\t金额（元）
一\t绿化、保洁\t项\t\t\t847624.30
1\t绿化维护\t项\t\t\t576889.25
1.1\t草坪维护\t㎡\t122477.60\t4.54\t556538.21
1.2\t行道树维护\t株\t696.00\t29.24\t20351.04
2\t卫生保洁\t项\t\t\t270735.05
2.1\t道路清扫\t㎡\t20000\t10.00\t200000.00
2.2\t河堤保洁\t㎡\t14147.01\t5.00\t70735.05
二\t市政设施\t项\t\t\t178202.43
1\t道路维修\t项\t\t\t100000.00
2\t路灯维修\t项\t\t\t78202.43
\t合计\t\t\t\t1025826.73
""".strip()

Told = tuple[str, str, str | None]


def told(text: str) -> list[Told]:
    """Code, quote and expected value of what is more than a note."""
    found = check_reading(reading_of(text))
    return [(f.rule, f.quote, f.expected) for f in found if f.severity > Severity.NOTE]


def test_levels_that_add_up_are_left_alone() -> None:
    """Three levels, a total of the first, unit prices that were rounded, and parents without a unit price."""
    assert told(TABLE) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("847624.30", "847642.30", ("M128", "847642.30", "847624.30")),
        ("576889.25", "576898.25", ("M128", "576898.25", "576889.25")),
        ("270735.05", "270753.05", ("M128", "270753.05", "270735.05")),
        # A leaf: the total speaks for the parent.
        ("\t78202.43", "\t78220.43", ("M128", "178202.43", None)),
        # Where its own row speaks against it, the row tells.
        ("20351.04", "20315.04", ("M111", "20315.04", "20351.04")),
    ],
)
def test_a_figure_on_any_level_is_found(old: str, new: str, finding: Told) -> None:
    """One wrong figure is told once, at the parent; what decides the side decides what is expected."""
    assert TABLE.count(old) == 1
    assert told(TABLE.replace(old, new)) == [finding]


@pytest.mark.parametrize(
    "text",
    [
        # Nothing proves that the items below make the one above.
        "序号\t项目\t金额（元）\n一\t绿化\t50000\n1\t草坪\t30000\n2\t树木\t15000",
        "序号\t项目\t金额（元）\n1\t措施项目\t45000\n1.1\t其中：安全文明施工费\t30000\n1.2\t其中：临时设施\t5000\n"
        "2\t其他项目\t50000\n2.1\t其中：暂列金额\t30000\n2.2\t其中：计日工\t10000\n合计\t\t95000",
        # Rows in between that have no number, and numbers that do not begin with 1.
        "序号\t项目\t金额（元）\n一\t绿化\t50000\n2\t草坪\t30000\n3\t树木\t15000\n二\t保洁\t300\n1\t甲\t100\n2\t乙\t200\n合计\t\t50300",
    ],
)
def test_what_is_not_clear_is_not_judged(text: str) -> None:
    """Parts (其中), excerpts, and tables in which no parent is what stands below it."""
    assert [one for one in told(text) if one[0] == "M128"] == []


@pytest.mark.parametrize(
    ("line", "findings"),
    [
        ("合计金额小写：30000 元 合计金额大写：叁万元整", []),
        ("合计金额小写：31000 元 合计金额大写：叁万壹仟元整", [("M112", "31000", "30000")]),
    ],
)
def test_the_total_of_a_table_may_stand_below_it_with_its_words(line: str, findings: list[Told]) -> None:
    """合计金额小写 and 大写 in one line are the total of the table above."""
    table = "序号\t标的名称\t数量\t总价（元）\n1\t行道树\t2268\t10000\n2\t化粪池\t1041\t15000\n3\t果皮桶\t696\t5000\n"

    assert told(f"{table}{line}") == findings


def test_a_column_with_tax_is_not_what_rows_multiply_to() -> None:
    """Beside 合价 a 含税合价 is explained by the rate of each row; a slip in 合价 is still seen."""
    rows = (
        "序号\t名称\t数量\t单价\t合价（元）\t税率\t含税合价（元）\n1\t办公桌\t10\t800\t{}\t13%\t9040\n"
        "2\t办公椅\t20\t350\t7000\t13%\t7910\n3\t会议桌\t1\t6000\t6000\t13%\t6780\n合计\t\t\t\t21000\t\t23730"
    )

    assert told(rows.format(8000)) == []
    assert told(rows.format(8800)) == [("M111", "8800", "8000")]
