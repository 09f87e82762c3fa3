"""Paragraphs of papers in the house's styles."""

from __future__ import annotations

import pytest

from docgen.template.papers.items import Item
from docgen.template.papers.lists import outline_of
from docgen.template.papers.styling import styled


def shown(*texts: str) -> list[str]:
    """The lines of a paper of these paragraphs, without the page before them."""
    lines = styled([Item(text, f"第{number}行") for number, text in enumerate(texts, 1)], "paper.txt")
    return [line for line in outline_of(lines).splitlines() if not line.startswith("@页")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一章 总则", "[章] 第一章　总则"),
        ("第四条 合同价款及支付", "[条] 第四条　合同价款及支付"),
        ("一、项目内容", "[一级] 一、项目内容"),
        ("（一）项目时间", "[二级] （一）项目时间"),
        ("（一）乙方应当按期提交成果。", "[正文] （一）乙方应当按期提交成果。"),
        ("1. 提交报告；", "[正文] 1.提交报告；"),
        ("4.1 本合同为含税价。", "[正文] 4.1　本合同为含税价。"),
        ("开户行：示例银行", "[顶格] 开户行：示例银行"),
        ("乙方收款账户如下：", "[正文] 乙方收款账户如下："),
        ("（以下无正文）", "[落款·中] （以下无正文）"),
        ("附件1：项目报价", "[附件号] 附件1"),
    ],
)
def test_a_paragraph_is_told_by_its_number_and_its_length(text: str, expected: str) -> None:
    """Headings are short and numbered, particulars are a label and a value, the rest is text."""
    assert shown("服务合同", text, "乙方提供服务。")[1] == expected


def test_a_cover_ends_with_its_date() -> None:
    """What stands before a date of its own is the cover, its name in one paragraph."""
    assert shown(
        "合同编号：示合〔2026〕7号", "政务服务评价——", "2026年度委托合同书", "甲方：示例市数据局", "2026年6月", "一、总则"
    ) == [
        "[封面编号] 合同编号：示合〔2026〕7号", "[封面题名] 政务服务评价——\\n2026年度委托合同书", "[封面项] 甲方：示例市数据局",
        "[封面日期] 2026年6月", "[一级] 一、总则",
    ]  # fmt: skip


def test_an_annex_is_no_entry_of_the_list_of_annexes() -> None:
    """Annexes one after another are a list; a label that stands alone begins one, and its title follows."""
    assert shown("服务合同", "附件1 报价", "附件2 名单", "附件1", "报价", "乙方报价如下。")[1:] == [
        "[正文] 附件1 报价", "[正文] 附件2 名单", "[附件号] 附件1", "[标题] 报价", "[正文] 乙方报价如下。",
    ]  # fmt: skip


def test_signatures_stand_side_by_side() -> None:
    """The block of signatures is a table without borders, a column for each party."""
    assert shown("服务合同", "乙方提供服务。", "甲方（盖章）：", "签订日期：", "乙方（盖章）：", "签订日期：")[2:] == [
        "[空行]", "@表 宽=50,50 边框=无", "｜甲方（盖章）：｜乙方（盖章）：｜ 高=20", "｜签订日期：｜签订日期：｜", "@表终",
    ]  # fmt: skip


def test_dates_to_be_filled_in_stand_side_by_side() -> None:
    """The blanks between 年, 月 and 日 part no sides."""
    gap = " " * 14
    lines = "甲方（盖章）：{}乙方（盖章）：", "日期：    年  月  日{}日期：    年  月  日"
    assert shown("服务合同", "乙方提供服务。", *(line.format(gap) for line in lines))[3:] == [
        "@表 宽=50,50 边框=无", "｜甲方（盖章）：｜乙方（盖章）：｜ 高=20", "｜日期：    年  月  日｜日期：    年  月  日｜", "@表终",
    ]  # fmt: skip
