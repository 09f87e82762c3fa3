"""Annexes that a text refers to, where the contract has one annex only."""

from __future__ import annotations

import pytest

from docgen.reading.document import Block, Reading
from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

_PARTIES = "示例委托合同\n甲方：示例市应急管理局\n乙方：示例咨询有限公司\n"


def told(text: str) -> list[tuple[str, str]]:
    """What R101 says: severity and quote."""
    return [(f.severity.name, f.quote) for f in check_reading(reading_of(text)) if f.rule == "R101"]


def test_a_second_annex_of_a_contract_with_one_is_doubted() -> None:
    """A contract that ends with 附件1 and refers to 附件2 lacks it, or has it in another file: a warning."""
    text = _PARTIES + "第一条 服务内容详见附件1，人员名单见附件2。\n附件1：服务内容\n一、服务范围"

    assert told(text) == [("WARNING", "附件2")]


@pytest.mark.parametrize(
    "text",
    [
        _PARTIES + "第一条 服务内容详见附件2。",
        _PARTIES + "第一条 服务内容详见附件1。\n附件1、附件2与本合同具有同等效力。",
        _PARTIES + "附件 1 《服务清单》、附件 2 《廉政协议》为合同组成部分，见附件2。",
        "附件1：保密协议\n" + _PARTIES + "服务费的支付见附件3。",
        "分析报告\n有□（详见附件2 关联案件信息表）\n附件 1\n专利信息表",
    ],
)
def test_papers_that_show_not_all_their_annexes_are_left_alone(text: str) -> None:
    """No annex of its own, annexes only named, an annex that speaks of its contract, a form of no contract."""
    assert told(text) == []


def test_articles_of_laws_are_no_clauses_of_the_paper() -> None:
    """A table of laws names some of their articles; the articles of a contract begin with the first and run on."""
    laws = "第3条（招标范围）\t第26条（资格）\n第58条（履约保证金）、第67条（串通）\t第22条（资格）"

    assert [] == [f.quote for f in check_reading(reading_of(laws)) if f.rule == "R102"]
    own = "第一条 服务\n第二条 价款\n第三条 违约\n乙方违反第五条的，应当赔偿。"
    assert ["第五条"] == [f.quote for f in check_reading(reading_of(own)) if f.rule == "R102"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("按照财库〔2020〕46号第九条给予扣除。", []),
        ("按照有关办法（财库〔2020〕46号）第九条给予扣除。", []),
        ("根据国办发[2021]22号文第十二条执行。", []),
        ("根据关于审理建设工程施工合同纠纷案件适用法律问题的解释（一）第二十五条计息。", []),
        ("按照示政数合【2026】12号第九条执行。", ["第九条"]),
        ("违反本合同第九条的，应当赔偿。", ["第九条"]),
    ],
)
def test_articles_of_numbered_papers_are_theirs(text: str, quotes: list[str]) -> None:
    """A paper may be named by its number alone, and a judicial interpretation without 《》."""
    found = check_reading(reading_of(f"第一条 服务\n第二条 价款\n第三条 违约\n{text}"))

    assert quotes == [f.quote for f in found if f.rule == "R102"]


def test_a_clause_of_a_pdf_that_is_numbered_otherwise_is_there() -> None:
    """25. and 二十六、 are 第25条 and 第二十六条 to those who read the page; 第二十七条 is nowhere."""
    lines = (
        "第一条 服务",
        "第二条 违约",
        "25. 乙方应当服务。",
        "二十六、 其他",
        "违反第25条、",
        "违反第二十六条、",
        "违反第二十七条的，应当改正。",
    )
    blocks = tuple(Block(at, "body", at, line, page=1) for at, line in enumerate(lines))
    found = [f.quote for f in check_reading(Reading("样例.pdf", blocks)) if f.rule == "R102"]

    assert found == ["第二十七条"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("乙方违反4.2款约定的，每次支付违约金1,000元。", []),
        ("乙方违反4.9款约定的，每次支付违约金1,000元。", ["4.9款"]),
        ("其他事项按4.1条、4.9条执行。", ["4.9条"]),
        ("误差4.9项，每台4.9条。", []),
    ],
)
def test_a_point_may_be_named_without_its_mark(text: str, quotes: list[str]) -> None:
    """违反4.9款 refers to a point as 第4.9款 does."""
    own = "第四条 维保要求\n4.1 每15日保养一次。\n4.2 接到报警后到场。\n4.3 做好记录。\n"

    assert [f.quote for f in check_reading(reading_of(own + text)) if f.rule == "R102"] == quotes
