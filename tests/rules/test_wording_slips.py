"""Letters among figures, doubled characters: told where they are sure, silent where Chinese doubles honestly."""

from __future__ import annotations

import pytest

from docgen.findings import Severity
from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str, code: str) -> list[tuple[str, str | None]]:
    """Quote and expected text of the findings of one rule."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == code]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("合同价款为10400OO元。", ("10400OO", "1040000")),
        ("总价￥l,040,000.00（含税）。", ("l,040,000.00", "1,040,000.00")),
        ("大写：壹佰零肆万园整。", ("园", "元")),
        ("大写：壹佰零肄万元整。", ("肄", "肆")),
        ("大写：陆拾叁方元整。", ("方", "万")),
        ("大写：壹拾拾万元整。", ("拾拾", "拾")),
        ("大写：壹佰零肆万元元整。", ("元元", "元")),
    ],
)
def test_lookalikes_in_amounts(text: str, found: tuple[str, str]) -> None:
    """The wrong characters are quoted, the right ones expected."""
    assert told(text, "W111") == [found]


@pytest.mark.parametrize(
    "text",
    [
        "合同价款为1040000元（大写：壹佰零肆万元整）。",
        "编号 O1-2026，型号 I5-1040，费用 1,040.00元。",
        "示例园整修工程，伍仟方土，伯伯路 1 号，玖方公司，陆方会谈。",
        "贰仟零贰拾万圆整，人民币叁万元正。",
        "CO 浓度 10 mg，iPhone 11 每台 5000 元。",
        "大学园整体规划，壹号公园员工。",
    ],
)
def test_no_amount_is_misread(text: str) -> None:
    """Right amounts, numbers of things, and words that only look so are left alone."""
    assert told(text, "W111") == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [("按时提交，，并解释。", "，，"), ("完成。。", "。。"), ("甲方的的要求", "的的"), ("由甲方甲方负责", "甲方甲方")],
)
def test_doubled_words_and_marks(text: str, quote: str) -> None:
    """A doubled word or mark is a note."""
    findings = [f for f in check_reading(reading_of(text)) if f.rule == "W112"]

    assert [(f.quote, f.severity) for f in findings] == [(quote, Severity.NOTE)]


@pytest.mark.parametrize(
    "text",
    [
        "本协议标的的交付，本合同目的的实现，的的确确。",
        "参与与配合，以及及时通知，涉及及早处理，共和和睦。",
        "等等，天天，人人，常常，仅仅。",
        "目录。。。。。。1",
        "说明……，以及其他。",
        "人民币40000元（大写：肆万元整）；甲方、乙方。",
        "为了了解情况，相应应急预案，对对方负责，是是否的问题。",
    ],
)
def test_honest_doubles(text: str) -> None:
    """Two words that meet in one character are no slip."""
    assert told(text, "W112") == []
