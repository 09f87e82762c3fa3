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
