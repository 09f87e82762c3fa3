"""Rows that add up from left to right."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str | None]]:
    """What M134 quotes and expects."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M134"]


WORKS = """金额单位：万元
序号\t工程\t建筑工程\t安装工程\t设备购置\t合计\t占比
一\t工程费用\t3,260.00\t840.00\t1,120.00\t5,220.00\t77.33%
1\t取水工程\t860.00\t120.00\t240.00\t1,220.00\t
2\t净水厂\t1,500.00\t420.00\t680.00\t2,600.00\t
3\t输配水管网\t900.00\t300.00\t200.00\t1,400.00\t
二\t预备费\t\t\t550.00\t550.00\t
三\t利息\t\t\t\t180.00\t
"""


@pytest.mark.parametrize(
    ("old", "new", "findings"),
    [
        ("", "", []),
        ("420.00", "427.00", [("2,600.00", None)]),  # or the total is
        ("\t680.00", "\t608.00", [("608.00", "680.00")]),
        ("1,400.00", "1,500.00", [("1,500.00", None)]),
        ("550.00\t550.00", "550.00\t590.00", [("590.00", None)]),
        ("合计\t占比", "上年\t占比", []),
        ("120.00", "（详见附表1）", []),
    ],
)
def test_one_row_that_does_not_add_up(old: str, new: str, findings: list[tuple[str, str | None]]) -> None:
    """Where the other rows do, the one that does not is told, at the figure that one slip explains."""
    assert told(WORKS.replace(old, new, 1)) == findings


def test_columns_that_are_no_parts_are_left_alone() -> None:
    """Unit prices, quantities and last year's figures do not make the total."""
    rows = "".join(f"{at}\t项{at}\t{at * 10}\t{at}\t{at * at * 10}\n" for at in range(1, 6))

    assert told(f"序号\t名称\t单价\t数量\t合计\n{rows}") == []
    assert told("科目\t甲\t乙\t合计\nA\t1\t2\t3\nB\t2\t2\t4\nC\t2\t2\t5\n") == []


TAXED = """名称\t数量\t不含税金额（元）\t税率\t税额（元）\t价税合计（元）
加工中心\t3\t769,911.51\t13%\t100,088.50\t870,000.01
数控车床\t5\t707,964.60\t{}\t92,035.40\t800,000.00
刀具\t8\t35,398.24\t13%\t4,601.77\t40,000.01
"""


def test_a_rate_that_is_not_that_of_the_tax() -> None:
    """Net price and tax that make their sum show that the rate slipped."""
    assert told(TAXED.format("13%")) == []
    assert told(TAXED.format("18%")) == [("18%", None)]
