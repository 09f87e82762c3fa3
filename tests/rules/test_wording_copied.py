"""A block copied from another annex is told where it still names that annex's subject."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_bundle
from tests.rules.snippets import bundle_of

BLOCK = "乙方根据{}工作项目需求分析和过往项目承接经验，组建由管理人员和专职人员共同组成的项目团队。"


def left(first: str, second: str, more: str = "") -> list[str]:
    """What is told about two annexes with the same block, each with its subject filled in."""
    text = f"附件 1: 年度绩效评估工作方案\n{first}\n附件 2:\n\n## 政务公开工作方案\n{second}\n{more}"
    return [finding.quote for finding in check_bundle(bundle_of(text)) if finding.rule == "W108"]


def test_a_subject_left_in_a_copied_block_is_told() -> None:
    """The other annex's subject is quoted, also where the titles stand below their numbers."""
    assert left(BLOCK.format("绩效评估"), BLOCK.format("绩效评估")) == ["绩效"]


def test_a_misspelt_title_is_none_of_another_subject() -> None:
    """Where the list of annexes says what a title was meant to be, its text keeps its own subject."""
    block = BLOCK.format("绩效评估和政务公开")
    rest = "附件1：年度绩效评估工作方案\n{}\n附件2：政务{}工作方案\n{}\n"
    listed = "附件：\n1. 年度绩效评估工作方案\n2. 政务公开工作方案\n\n"

    def told(text: str) -> list[str]:
        return [finding.rule for finding in check_bundle(bundle_of(text)) if finding.rule in {"W108", "R103"}]

    assert told(listed + rest.format(block, "公井", block)) == ["R103"]
    assert told(listed + rest.format(block, "公开", block)) == []


@pytest.mark.parametrize(
    ("first", "second", "more"),
    [
        (BLOCK.format("绩效评估"), BLOCK.format("政务公开"), ""),
        (BLOCK.format("绩效评估"), BLOCK.format("各项"), ""),
        (BLOCK.format("绩效评估和政务公开"), BLOCK.format("绩效评估和政务公开"), ""),
        (BLOCK.format("绩效评估"), BLOCK.format("绩效评估"), "本附件与绩效评估结果衔接。"),
        (BLOCK.format("绩效评估"), "乙方应当按照绩效评估的结果逐项改进，并在每个季度的第一个月向甲方报告情况。", ""),
    ],
)
def test_adapted_and_common_blocks_stay_alone(first: str, second: str, more: str) -> None:
    """Adapted blocks, blocks about both annexes, and subjects that an annex really treats are no faults."""
    assert left(first, second, more) == []
