"""Places for signatures: both parties where both agree."""

from __future__ import annotations

import pytest

from docgen.findings import Severity
from docgen.rules.document_signatures import both_sign
from docgen.rules.facts import UNKNOWN
from tests.rules.snippets import bundle_of

BOTH = "附件1：\n保密协议书\n甲乙双方遵守本协议。\n甲方（盖章）：\n授权代表（签字）：\n乙方（盖章）：\n"


def found(text: str) -> list[tuple[str, Severity]]:
    """Quote and severity of what the rule finds."""
    return [(finding.quote, finding.severity) for finding in both_sign.check(bundle_of(text), UNKNOWN)]


@pytest.mark.parametrize(
    "part",
    [
        "附件 2:\n廉政责任书\n本协议经双方授权代表签字并盖章后生效。\n乙方（盖章）：示例咨询有限公司",
        "【文件】b.txt\n附件2\n廉政责任书\n甲方执肆份、乙方执贰份。\n乙方（盖章）：示例咨询有限公司",
        "附件2\n廉政责任书\n甲乙双方共同遵守。\n乙方（盖章）：\t授权代表（签字）：",
    ],
)
def test_a_part_of_both_that_one_signs_is_a_warning(part: str) -> None:
    """An annex that both agree to and only one signs is found, in the same file or another."""
    text = f"【文件】a.txt\n{BOTH}{part}"

    assert found(text) == [("乙方（盖章）", Severity.WARNING)]


@pytest.mark.parametrize(
    "part",
    [
        "附件2\n廉洁承诺书\n甲乙双方共同遵守。\n乙方（盖章）：",
        "附件2\n报价清单\n乙方（盖章）：",
        "附件2\n廉政责任书\n甲乙双方共同遵守。\n甲方：\n乙方（盖章）：",
        "附件2\n廉政责任书\n甲乙双方共同遵守。\n甲方（公章）\t乙方（公章）\n",
        "附件2\n廉政责任书\n甲乙双方共同遵守。",
    ],
)
def test_parts_of_one_party_are_left_alone(part: str) -> None:
    """Undertakings, price lists, places without a bracket, two columns and parts without signatures."""
    assert found(f"{BOTH}{part}") == []


def test_a_set_where_nobody_signs_twice_is_left_alone() -> None:
    """Where no part has both, one alone proves nothing."""
    assert found("一、甲乙双方共同遵守。\n乙方（盖章）：") == []
