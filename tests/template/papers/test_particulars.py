"""Particulars of papers that the model has no field for."""

from __future__ import annotations

from docgen.template.papers.kits import NewField
from docgen.template.papers.lines import line_of
from docgen.template.papers.particulars import particulars
from docgen.template.papers.remarks import Remark


def found(*markup: str, facts: dict[str, str] | None = None) -> tuple[list[NewField], dict[str, str]]:
    """The new fields of these lines, and their values."""
    return particulars([line_of(line) for line in markup], facts or {}, [])


def test_a_labelled_line_and_a_form_are_fields() -> None:
    """The label is the field's, and what stands there tells what kind of value it takes."""
    fields, values = found(
        "[顶格] 主持人：王示一",
        "[顶格] 时间：2026年3月18日上午",
        "｜建设单位｜示例市数据局｜开工日期｜2026-02-01｜",
        "｜合同金额｜￥1,280,000.00[>3]｜",
    )

    assert fields == [
        NewField("chair", "主持人", "line"),
        NewField("time", "时间", "line"),
        NewField("owner", "建设单位", "line"),
        NewField("date", "开工日期", "day"),
        NewField("amount", "合同金额", "money"),
    ]
    assert values == {
        "details.chair": "王示一", "details.time": "2026年3月18日上午", "details.owner": "示例市数据局",
        "details.date": "2026-02-01", "details.amount": "￥1,280,000.00",
    }  # fmt: skip


def test_lists_blanks_and_what_is_known_are_none() -> None:
    """Rows of a list, places to sign, open blanks and what the model has a field for are left alone."""
    assert found(
        "｜名称｜数量｜单价｜金额｜",
        "｜台式计算机｜40｜",
        "｜1｜数据目录｜合格｜",
        "[顶格] 日期：____年__月__日",
        "[顶格] 负责人（盖章）：",
        "[正文] 主持人：王示一",
        "[顶格] 合同编号：示合〔2026〕7号",
        facts={"contract.number": "示合〔2026〕7号"},
    ) == ([], {})


def test_what_was_taken_for_a_field_is_said() -> None:
    """A person sees which words became a field, and under which name."""
    remarks: list[Remark] = []
    particulars([line_of("[顶格] 记录人：李示二", "第3行")], {}, remarks)

    assert remarks == [Remark("新字段", "第3行", "记录人：李示二", "details.recorder（记录人）")]
