"""Papers without what scans and pages add to them."""

from __future__ import annotations

import pytest

from docgen.template.papers.cleaning import cleaned
from docgen.template.papers.items import Item
from docgen.template.papers.remarks import Remark


def clean(*texts: str) -> tuple[list[str], list[str]]:
    """The paragraphs that are left, and the kinds of what was said."""
    remarks: list[Remark] = []
    made = cleaned([Item(text, f"第{number}行") for number, text in enumerate(texts, 1)], remarks)
    return [item.text for item in made], [remark.kind for remark in remarks]


@pytest.mark.parametrize("noise", ["— 12 —", "第 3 页 共 9 页", "12", "密", "骑缝", "23;", "合同价款……………… 5", "目录"])
def test_what_is_no_text_of_the_paper_is_dropped(noise: str) -> None:
    """Page numbers, stamps, scraps of a scan and lines of contents are no paragraphs."""
    assert clean("服务合同", noise, "一、乙方提供服务。") == (["服务合同", "一、乙方提供服务。"], ["删去"])


@pytest.mark.parametrize("kept", ["服务合同", "附件：", "甲方：", "一、总则", "成果。", "____"])
def test_what_is_short_and_says_something_stays(kept: str) -> None:
    """A short title, heading, label or end of a sentence is no stamp."""
    assert kept in clean("甲方委托乙方提供咨询服务。", kept)[0]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("乙方应当按照约定的时间，向甲方提交", "全部成果。", True),
        ("乙方应当按照约定的时间，向甲方提交：", "全部成果。", False),
        ("2026年度政务服务评价项目委托服务合同", "依据有关法律，双方订立本合同。", False),
        ("地址：示例市明政区政务大道一号院二号楼", "电话：13800000001", False),
        ("第三条　项目履行的期限和地点以及其他的安排", "乙方应当按期履行。", False),
        ("乙方应当按照约定的时间，向甲方提交", "（二）甲方付款", False),
    ],
)
def test_a_torn_sentence_is_joined_and_no_other(first: str, second: str, *, whole: bool) -> None:
    """A line goes on in the next where its sentence is open; titles, labels and headings end where they end."""
    assert clean(first, second)[0] == ([first + second] if whole else [first, second])


def test_the_sides_of_a_signature_stay_apart() -> None:
    """Wide gaps part the two parties; a gap in a sentence, and a narrow one, is none of the paper's own."""
    gap = " " * 12
    texts = [f"甲方（盖章）：{gap}乙方（盖章）：", f"日期：{gap}日 期：", f"乙方提供{gap}咨询服务。"]

    assert clean(*texts)[0] == [texts[0], f"日期：{gap}日期：", "乙方提供咨询服务。"]


def test_the_lines_of_a_signature_and_its_blanks_stay_as_they_are() -> None:
    """No line of it goes on with the one before, and room for a date by hand stays."""
    texts = [
        "甲方（盖章）：示例市数据管理局　　　　乙方（盖章）：示例物业服务有限公司",
        "法定代表人或授权代表：　　　　　　　法定代表人或授权代表：",
        "日期：    年  月  日              日期：    年  月  日",
    ]

    assert clean(*texts)[0] == texts


def test_a_cover_that_was_scanned_twice_stands_once() -> None:
    """The second of two equal covers is dropped."""
    cover = ("合同编号：示合〔2026〕7号", "2026年度政务服务评价项目委托合同书", "甲方：示例市数据局", "2026年6月")

    assert clean(*cover, *cover, "一、乙方提供服务。")[0] == [*cover, "一、乙方提供服务。"]


def test_a_table_cut_by_a_page_is_one_table() -> None:
    """Rows that count on belong to the table before; one that counts anew is a table of its own."""
    head, end = "@表 宽=50,50", "@表终"
    tables = [
        (head, "｜序号｜事项｜", "｜1｜甲｜", end),
        (head, "｜序号｜事项｜", "｜2｜乙｜", end),
        (head, "｜序号｜事项｜", "｜1｜丙｜", end),
    ]
    remarks: list[Remark] = []
    made = cleaned([Item("", f"表{number}", table=table) for number, table in enumerate(tables, 1)], remarks)

    assert [item.table for item in made] == [(head, "｜序号｜事项｜", "｜1｜甲｜", "｜2｜乙｜", end), tables[2]]
    assert [remark.kind for remark in remarks] == ["接行"]
