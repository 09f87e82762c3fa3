"""Changes as people read them."""

from __future__ import annotations

import pytest

from docgen.changes import Change
from docgen.findings import Place
from docgen.report.changes import ChangeReport, FileState, lines, said

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


def test_places_are_told_document_by_document() -> None:
    """Each document by its title, annexes with their number; one place parted from the next, and both from the title."""
    annex, body = (
        "outputs/甲/02_项目报价.docx",
        "outputs/甲/01_2026年度政务服务“好差评”质效监测评价服务项目委托合同书.docx",
    )
    places = [(body, "四、（一）"), (body, None), (annex, "附件1"), (annex, "附件1 一"), (annex, "表7 第8行第3列")]
    changed = tuple(Change("price.total", "1", "2", Place(file, label=label)) for file, label in places)

    assert list(lines(ChangeReport("", changes=changed, titles={annex: "附件1 项目报价"}))) == [
        "  数据引起的改动（5 处）：",
        "    price.total：“1” → “2”（《2026年度政务服务…委托合同书》 四、（一），正文；"
        "《附件1 项目报价》 开头，一，表7 第8行第3列）",
    ]


def test_a_document_without_a_known_title_is_called_as_its_file_is() -> None:
    """Without the number in front; a file that has none, by its name."""
    places = (Place("寄回/02_项目报价.docx", label="附件1 一"), Place("报价（改）.docx", label="表1 第2行第3列"))
    changed = tuple(Change("price.total", "1", "2", place) for place in places)

    (_, line) = lines(ChangeReport("", changes=changed))

    assert line == "    price.total：“1” → “2”（《项目报价》 附件1 一；《报价（改）》 表1 第2行第3列）"


def test_a_pdf_file_of_an_older_version_is_told_as_such() -> None:
    """Its document is in the set still."""
    files = (FileState("甲/02_报价.docx", "orphaned"), FileState("甲/合订本.pdf", "orphaned"))

    assert list(lines(ChangeReport("", files))) == [
        "  甲/02_报价.docx：不再属于这套合同，将移到一边",
        "  甲/合订本.pdf：已经过时，将移到一边",
    ]
