"""Lists that a set holds twice: one item whose name slipped is told, other lists are left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.reading.document import Bundle
from docgen.rules.document_rules import check_bundle
from tests.rules.snippets import reading_of

_PLAN = "（1）需求调研阶段：访谈；\n（2）开发实施阶段：开发；\n（3）试运行和验收阶段：验收。\n附件1：进度\n"


def told(items: str) -> list[tuple[str, str]]:
    """What W115 quotes, and where else the name stands."""
    found = check_bundle(Bundle((reading_of(_PLAN + items),)))
    return [(f.quote, str((f.related[0].block or 0) + 1)) for f in found if f.rule == "W115"]


@pytest.mark.parametrize(
    ("items", "findings"),
    [
        ("（一）需求调研阶段\n（二）开发实师阶段\n（三）试运行和验收阶段", [("开发实师阶段", "2")]),
        ("（一）需求调研阶段\n（二）开发施实阶段\n（三）试运行和验收阶段", [("开发施实阶段", "2")]),
        ("（一）需求研阶段\n（二）开发实施阶段\n（三）试运行和验收阶段", [("需求研阶段", "1")]),
        ("（一）需求调研阶段\n（二）开发实施阶段\n（三）试运行和验收阶段", []),
        ("（一）需求的调研阶段\n（二）开发实施部阶段\n（三）试运行和验收阶段", []),
        ("（一）需求调研阶段\n（二）设计开发阶段\n（三）试运行和验收阶段", []),
        ("（一）需求分析\n（二）开发实师阶段\n（三）试运行", []),
    ],
)
def test_one_item_of_a_repeated_list(items: str, findings: list[tuple[str, str]]) -> None:
    """Two lists must share most names before one that nearly agrees is a slip."""
    assert told(items) == findings


def test_codes_with_other_digits_are_other_codes() -> None:
    """TEST-2-1 is not TEST-1-2 misspelled."""
    plan = "编号\t前置\nTEST-1-1\t无\nTEST-{}\t无\nTEST-1-3\t无\nTEST-1-4\t无\n"
    found = check_bundle(Bundle((reading_of(plan.format("1-2") + "\n其他\n" + plan.format("2-1")),)))

    assert [f.quote for f in found if f.rule == "W115"] == []


_SECTIONS = "一、年度绩效评估\n二、政务外网监管评估\n三、应急业务社会调查\n四、其他费用\n"


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ("1\t年度绩效评估\n2\t政务外网监营评估\n3\t应急业务社会调查\n4\t其他费用", ["政务外网监营评估"]),
        ("1\t年度绩效评固\n2\t政务外网监管评估\n3\t应急业务社会调查\n4\t其他费用", ["年度绩效评固"]),
        ("1\t年度绩效评估\n2\t政务内网监管评估\n3\t应急业务社会调查\n4\t其他费用", []),
        ("1\t年度绩效评估\n2\t其他费用\n3\t应急业务社会调查\n4\t政务外网监营评估", []),
    ],
)
def test_one_item_in_its_place(rows: str, findings: list[str]) -> None:
    """Where the names around it are the same in both lists, any other character is a slip; the rarer name is the odd."""
    text = f"{_SECTIONS}汇总\n序号\t分节\n{rows}\n本次政务外网监管评估按月开展，年度绩效评估按年开展。"

    assert findings == [f.quote for f in check_bundle(Bundle((reading_of(text),))) if f.rule == "W115"]


@pytest.mark.parametrize("texts", [(0, 1, 1), (1, 0, 1), (1, 1, 0)])
def test_a_slip_is_told_once_however_many_lists_have_it_right(texts: tuple[int, ...]) -> None:
    """One odd name against two right ones is one finding, in one document and in three."""
    stages = ("年度绩效评固", "年度绩效评估")
    lists = [_SECTIONS.replace("年度绩效评估", stages[right]) for right in texts]
    apart = Bundle(tuple(replace(reading_of(text), file=f"{at}.txt") for at, text in enumerate(lists)))
    together = Bundle((reading_of("\n附件1：分项说明\n".join(lists)),))

    assert [f.quote for f in check_bundle(apart) if f.rule == "W115"] == ["年度绩效评固"]
    assert [f.quote for f in check_bundle(together) if f.rule == "W115"] == ["年度绩效评固"]


def test_the_clauses_that_two_lists_change_are_no_spellings() -> None:
    """第四条 in one list of changes and 第十四条 in another are two clauses."""
    text = "一、修改《甲合同》\n（一）将第十条修改为：一。\n（二）将第十一条修改为：二。\n（三）将第四条修改为：三。\n"
    text += "二、修改《乙合同》\n（一）将第十条修改为：四。\n（二）将第十一条修改为：五。\n（三）将第十四条修改为：六。"

    assert [] == [f.quote for f in check_bundle(Bundle((reading_of(text),))) if f.rule == "W115"]
