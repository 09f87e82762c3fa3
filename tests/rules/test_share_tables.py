"""Tables with shares beside amounts: the row that differs from all others is told."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str, str, str | None]]:
    """Code, severity, quote and expectation of the findings about amounts."""
    found = check_reading(reading_of(text))
    return [(f.rule, f.severity.label, f.quote, f.expected) for f in found if f.rule.startswith("M")]


@pytest.mark.parametrize(
    "text",
    [
        "科目\t金额（万元）\t占比\n人工\t33.3\t33.3%\n差旅\t33.3\t33.3%\n其他\t33.4\t33.4%\n合计\t100\t100%",
        "阶段\t累计付款比例\t金额\n一\t30%\t300\n二\t80%\t500\n三\t100%\t200",
        "阶段\t付款比例\t付款金额\n一\t30%\t\n二\t70%\t据实结算",
        "指标\t权重比例\t得分\n甲\t30%\t300\n乙\t30%\t200",
    ],
)
def test_honest_shares_are_no_fault(text: str) -> None:
    """Rounded and cumulative shares, blanks, and shares of other things than money are left alone."""
    assert told(text) == []


def test_the_row_that_differs_is_told() -> None:
    """Two rows agree on the whole, the third one does not."""
    text = "阶段\t付款比例\t付款金额（元）\n一\t30%\t300\n二\t50%\t600\n三\t20%\t200"

    assert told(text) == [("M126", "error", "600", "500.00 元")]


LOTS = "标段\t投资额（万元）\t酬金（万元）\t占比\n一\t32,000\t{}\t36.99%\n二\t28,500\t91.20\t{}\n三\t26,000\t83.20\t30.06%\n合计\t86,500\t276.80\t100.00%"


@pytest.mark.parametrize(
    ("amount", "share", "rules"),
    [("102.40", "32.95%", []), ("102.40", "36.95%", ["M126"]), ("102.40", "39.25%", ["M126"])],
)
def test_shares_may_be_those_of_one_of_several_amounts(amount: str, share: str, rules: list[str]) -> None:
    """Where one row alone is off in a column of amounts, and no column has none off, that row is told."""
    assert [rule for rule, *_ in told(LOTS.format(amount, share))] == rules


def test_shares_of_another_column_are_left_alone() -> None:
    """The share is that of the second column, which all rows keep, whatever the first one says."""
    text = "科目\t上年金额（元）\t本年金额（元）\t占比\n甲\t300\t500\t50%\n乙\t180\t300\t30%\n丙\t100\t200\t20%\n合计\t580\t1000\t100%"

    assert told(text) == []
