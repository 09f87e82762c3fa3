"""Remarks that say how a quantity was reckoned, against the quantity."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

ROWS = """序号\t事项\t单价（元）\t数量\t金额（元）\t备注
1\t方案设计\t1,200.00\t45\t54,000.00\t3名专家×15个工作日
2\t现场核验\t1,200.00\t20\t24,000.00\t2名专家×10个工作日
3\t问卷调查\t20.00\t4000\t80,000.00\t2次评估×2000份
4\t{}
"""


def told(row: str) -> list[tuple[str, str]]:
    """The findings about amounts in the table with one more row: code and quote."""
    return [(f.rule, f.quote) for f in check_reading(reading_of(ROWS.format(row))) if f.rule.startswith("M")]


@pytest.mark.parametrize(
    "row",
    [
        "报告撰写\t1,200.00\t30\t36,000.00\t3名专家×10个工作日",
        "报告撰写\t1,800.00\t40\t72,000.00\t2名专家×40个工作日",
        "报告撰写\t1,800.00\t40\t72,000.00\t2名专家×4轮×10个工作日",
        "召开会议\t8,000.00\t2\t16,000.00\t2场，每场专家3人",
        "展板\t300.00\t7\t2,100.00\t规格600×900",
        "展板\t300.00\t7\t2,100.00\t20元×5个",
        "展板\t300.00\t7\t2,100.00\t约3名×2天，另加1名",
    ],
)
def test_a_remark_that_explains_the_quantity_is_silent(row: str) -> None:
    """A product, one of its factors with a price per day, sizes, prices and other words are left alone."""
    assert told(row) == []


def test_a_remark_that_makes_another_quantity_is_told() -> None:
    """Where the row multiplies and other rows are reckoned so, the remark is the odd one."""
    assert told("报告撰写\t1,200.00\t30\t36,000.00\t3名专家×12个工作日") == [("M132", "3名专家×12个工作日")]


def test_a_row_that_does_not_multiply_is_told_once() -> None:
    """A slip in the quantity is a matter of the row's product."""
    assert [code for code, _ in told("报告撰写\t1,200.00\t33\t36,000.00\t3名专家×10个工作日")] == ["M111"]
