"""Changes as people read them."""

from __future__ import annotations

import pytest

from docgen.report.changes import said

CLAUSE = "该费用是甲方就乙方完成本协议全部工作应付的全部对价，乙方不得另行收取任何费用，甲方也不再支付。"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("523.00", "550.00", "“523.00” → “550.00”"),
        (None, "新增", "（无） → “新增”"),
        ("移动的一行", "移动的一行", "“移动的一行”"),
        ("旧", None, "“旧” → （删去）"),
        ("甲\t乙\n丙", "甲\t丁\n丙", "“甲　乙／丙” → “甲　丁／丙”"),
        (
            CLAUSE,
            CLAUSE.replace("对价", "对价（含税）"),
            "“…议全部工作应付的全部对价，乙方不得另行收取任何费…” → “…议全部工作应付的全部对价（含税），乙方不得另行收取任何费…”",
        ),
        (CLAUSE, "另行约定。", "“该费用是甲方就乙方完成本协议全部工作应付的全部对价，乙方不得另行收取任何费用，甲方也不再支付。” → “另行约定。”"),
        ("甲" * 80, "乙", f"“{'甲' * 60}…” → “乙”"),
    ],
)  # fmt: skip
def test_a_long_text_is_told_by_what_differs(old: str | None, new: str | None, told: str) -> None:
    """A clause in which a word was changed is told by the words around it, a short text as a whole."""
    assert said(old, new) == told
