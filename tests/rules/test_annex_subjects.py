"""Annexes that a sentence speaks of under another number than they have."""

from __future__ import annotations

from textwrap import dedent

import pytest

from docgen.findings import Severity
from docgen.reading.document import Bundle
from docgen.rules.document_rules import check_bundle
from tests.rules.snippets import reading_of

_ANNEXES = """
附件：
1. 项目报价
2. 项目小组成员名单及职责
3. 绩效评估工作方案
附件1：项目报价
总价一万元。
附件2：项目小组成员名单及职责
共三人。
附件3：绩效评估工作方案
为做好评估，制定本方案。
"""


def told(text: str, annexes: str = _ANNEXES) -> list[tuple[str, str, str | None]]:
    """What is found in a contract with three annexes: rule, quote, what is expected."""
    reading = reading_of(dedent(f"{text}\n{annexes.strip()}"))
    found = check_bundle(Bundle((reading,)))
    return [(f.rule, f.quote, f.expected) for f in found if f.severity > Severity.NOTE]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("项目经费总额为人民币10000元，明细见附件3。", [("R104", "附件3", "附件1")]),
        ("乙方应当严格执行附件2的费用标准。", [("R104", "附件2", "附件1")]),
        ("乙方设立项目小组，人员组成和分工见附件3。", [("R104", "附件3", "附件2")]),
        ("工作安排见附件1绩效评估工作方案，费用见附件1项目报价。", [("R104", "附件1", "附件3")]),
        ("项目经费总额为人民币10000元，明细见附件1。人员组成和分工见附件2。", []),
        ("乙方按照附件3开展工作，所需费用由乙方承担。", []),
        ("乙方应当遵守招标文件附件3的费用标准。", []),
    ],
)
def test_a_reference_means_the_annex_that_it_speaks_of(text: str, findings: list[tuple[str, str, str]]) -> None:
    """Words on money mean the annex of prices, words on people the roster, and a title behind the number its annex."""
    assert told(text) == findings


def test_an_annex_begins_with_the_number_that_the_list_gives_it() -> None:
    """The title tells which annex it is, and the list which number that has."""
    swapped = _ANNEXES.replace("附件2：项目小组", "附件3：项目小组")

    assert ("R103", "项目小组成员名单及职责", "附件2") in told("本合同有附件。", swapped)


def test_words_that_end_a_title_mean_its_annex() -> None:
    """方案见附件N means the annex whose title ends so, although all titles begin alike."""
    annexes = "附件1：营商环境评价服务方案\n一、思路\n附件2：营商环境评价报价单\n总价一万元。"

    assert told("服务方案见附件2。", annexes) == [("R104", "附件2", "附件1")]
    assert told("服务方案见附件1。", annexes) == []
    assert told("工作方案见附件2。", "附件1：绩效工作方案\n一、思路\n附件2：监管评估方案\n一、思路") == []
