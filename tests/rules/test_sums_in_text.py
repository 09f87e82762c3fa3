"""Sums that are worked out in a sentence."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str | None]]:
    """The results that M129 quotes, and what it expects."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M129"]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("设计费：28,500㎡×35元/㎡=979,500元。", [("979,500", "997,500")]),
        ("年租金为15元/平方米×1200平方米×12个月＝216000元", []),
        ("年租金为15元/平方米×1200平方米×12个月＝261000元", [("261000", "216000")]),
        ("合计：997,500元+274,400元=1,271,900元", []),
        ("合计：997,500元+274,400元=1,279,100元", [("1,279,100", "1,271,900")]),
        ("违约金为1200000元×5%=6万元，质保金为1200000×3%=36000元", []),
        ("违约金为1200000元×5%=60万元", [("60", "6")]),
        ("预付款为514484×30%=154345元", []),  # rounded to yuan
        ("总价57.6万元×2年=115.2万元", []),
        ("服务费：1.5+2.4=3.9万元", []),
        ("每年减少损失：3亿规模×0.2%＝60万元，印制费：2万份×35元/份＝70万元", []),
        ("印制费：2万份×35元/份＝7万元", [("7", "70")]),
        ("3人×20天×300元=18000元；2人×5天×200元＝2100元", [("2100", "2000")]),
    ],
)
def test_a_result_that_its_sum_does_not_make_is_told(text: str, findings: list[tuple[str, str | None]]) -> None:
    """Products and sums with units, percentages and 万; a result may be rounded to its own last digit."""
    assert told(text) == findings


@pytest.mark.parametrize(
    "text",
    [
        "投标报价得分=(评标基准价/投标报价)×30%×100",
        "立柱规格40*80*2.3，合计=1+2+3+4+5，金额1,462,309.00元",
        "（100+50）×2=300元",
        "100×2=200×3=600元",
        "约100元×3≈300元",
        "10-5×1=5元",
    ],
)
def test_formulas_and_what_is_not_plain_are_left_alone(text: str) -> None:
    """Brackets, chains, names in formulas, sizes and approximations are not worked out."""
    assert told(text) == []
