"""A set in memory: its documents belong together, and what is wrong in any of them is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.contract.load import load
from docgen.draft import Draft, drafted
from docgen.errors import TemplateError
from docgen.template.documents import documents
from tests.contract.samples import make_data, make_kit

DATA = """\
kit: 样例
contract: {stage: 定稿, number: 一号, name: 示例协议}
work_plans: [{annex_title: 绩效方案}, {annex_title: 监管方案}]
"""


def drafts_of(root: Path, **bodies: str) -> list[Draft]:
    """The documents of a contract whose templates hold the given text."""
    templates = {f"{name}.docx": body for name, body in bodies.items()}
    contract, findings = load(make_data(root, DATA), kits=make_kit(root, templates=templates))
    assert contract is not None, findings
    return drafted(contract, documents(contract), Path("甲"))


def told(error: TemplateError, root: Path) -> list[str]:
    """The lines of a message, templates called by their names alone."""
    return str(error).replace(f"{root.as_posix()}/templates/样例/", "").splitlines()


def test_references_reach_later_documents(tmp_path: Path) -> None:
    """The body names a clause of an annex behind it, and the annex one of the body."""
    drafts = drafts_of(
        tmp_path,
        正文='见附件{{ ref("goal") }}\n{{ no("第一条", "pay") }}',
        方案='{% if doc.index == 2 %}{{ no("一、", "goal") }}{% endif %}见{{ ref("pay") }}',
    )

    assert [draft.reading.text for draft in drafts] == ["见附件一\n第一条", "一、见第一条", "见第一条"]
    assert [draft.file for draft in drafts] == ["甲/01_示例协议.docx", "甲/02_绩效方案.docx", "甲/03_监管方案.docx"]


def test_faults_of_all_templates_are_told_at_once(tmp_path: Path) -> None:
    """A tag that cannot be compiled and one that cannot be printed stand in one message, each template once."""
    with pytest.raises(TemplateError) as caught:
        drafts_of(tmp_path, 正文="{{ }}", 方案="{{ plan.nobody }}")

    assert told(caught.value, tmp_path) == [
        "模板“正文.docx”有误：正文 第1段 “{{ }}”，标签 {{ }}：语法有误：缺少字段",
        "模板“方案.docx” 正文 第1段 “{{ plan.nobody }}”，标签 {{ plan.nobody }}：work_plans[1] 没有名为 nobody 的字段",
        "模板“方案.docx” 正文 第1段 “{{ plan.nobody }}”，标签 {{ plan.nobody }}：work_plans[2] 没有名为 nobody 的字段",
    ]


def test_references_that_lead_nowhere_are_told_at_once(tmp_path: Path) -> None:
    """Every document whose references cannot be filled in is told of."""
    with pytest.raises(TemplateError) as caught:
        drafts_of(tmp_path, 正文='{{ ref("甲") }}', 方案='{{ ref("乙") }}')

    assert told(caught.value, tmp_path) == [
        '模板“正文.docx”：ref("甲") 所指的条款没有编号。',
        '模板“方案.docx”：ref("乙") 所指的条款没有编号。',
    ]
