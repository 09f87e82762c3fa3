"""What was handed in, what was cut and what was found due."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str | None]]:
    """What M133 quotes and expects."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M133"]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("送审金额为2,213,456.78元，审定金额2,046,912.35元，审减金额166,544.43元，审减率7.52%。", []),
        (
            "送审金额为2,213,456.78元，审定金额2,064,912.35元，审减金额166,544.43元。",
            [("2,064,912.35元", "2,046,912.35 元")],
        ),
        ("送审造价221.35万元，核减16.65万元，审定造价204.69万元。", []),
        ("送审造价221.35万元，核减16.65万元，审定造价240.69万元。", [("240.69万元", "2,047,000.00 元")]),
        ("送审金额1000元，核增50元，核减100元，审定金额950元。", []),
        ("本次核减100元，审定金额950元。", []),
    ],
)
def test_a_sentence_is_worked_out(text: str, findings: list[tuple[str, str | None]]) -> None:
    """Each amount is said once; with additions, or one of them unsaid, nothing follows."""
    assert told(text) == findings


_TABLE = "序号\t项目\t送审金额（元）\t审定金额（元）\t核减金额（元）\n1\t甲\t1000\t900\t100\n2\t乙\t2000\t1800\t{}\n"


def test_a_row_is_worked_out() -> None:
    """Each row of a table makes its own."""
    assert told(_TABLE.format(200)) == []
    assert told(_TABLE.format(300)) == [("1800", "1,700.00 元")]  # either may be the slip
    assert told(_TABLE.format(200).replace("核减金额", "增减金额").replace("900", "800")) == []
