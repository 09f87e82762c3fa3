"""Defined terms: one term for two organisations is told, and a misspelt one; other definitions are left alone."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

PARTIES = "示例市应急管理局（以下简称“甲方”）与示例咨询有限公司（以下简称“示例咨询”）签订本协议。\n"


def told(text: str) -> list[str]:
    """What W113 quotes."""
    return [finding.quote for finding in check_reading(reading_of(text)) if finding.rule == "W113"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (PARTIES + "示例置业有限公司（下称甲方）同意。", ["甲方"]),
        (PARTIES + "示例市应急管理局（以下简称“乙方”）同意。", ["乙方"]),
        (PARTIES + "由示例咨询负责，示例资询交付。", ["示例资询"]),
    ],
)
def test_clashing_terms(text: str, quotes: list[str]) -> None:
    """The second definition or the odd spelling is quoted."""
    assert told(text) == quotes


@pytest.mark.parametrize(
    "text",
    [
        PARTIES,
        PARTIES + PARTIES,
        PARTIES + "示例市应急管理局（以下简称“市应急局”）为甲方。",
        PARTIES + "2026年度专项评估项目（以下简称“本项目”），评估报告（以下统称“成果”）。",
        PARTIES + "按《政府采购法》（以下简称“采购法”）执行，双方（以下合称“双方”）遵守。",
        "____（以下简称“甲方”）\n____（以下简称“乙方”）",
    ],
)
def test_honest_terms(text: str) -> None:
    """Repeated definitions, a short name beside a role, laws, projects and blanks are no clash."""
    assert told(text) == []
