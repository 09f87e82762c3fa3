"""Plans of payment that give shares without saying of what."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

PLAN = "（1）合同签订后7日内支付20%，即24万元；\n（2）方案通过后支付30%，即36万元；\n（3）交付后支付40%，即48万元；\n（4）验收后支付10%，即12万元。"


def told(text: str) -> list[tuple[str, str | None]]:
    """The amounts that M130 quotes, and what it expects."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M130"]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (PLAN, []),
        (PLAN.replace("24万", "25万"), [("25万元", "240,000.00 元")]),
        (f"设计费合计1200000元。\n{PLAN.replace('12万', '21万')}", [("21万元", "120,000.00 元")]),
        ("合同总价为1200000元。\n签订后支付50%，即60万元；验收后付清50%，即人民币56万元。", [("人民币56万元", "600,000.00 元")]),
        ("签订后10日内付60%：60万元；\n验收后付40%：48万元。\n服务费总额100万元。", [("48万元", "400,000.00 元")]),
        ("签订后支付30%，计人民币叁拾万元整（￥300000.00），验收后支付70%，计人民币柒拾万元整（￥700000.00）。", []),
    ],
)  # fmt: skip
def test_an_amount_that_is_another_share_is_told(text: str, findings: list[tuple[str, str | None]]) -> None:
    """The total is the one stated, or what most payments are a share of."""
    assert told(text) == findings


@pytest.mark.parametrize(
    "text",
    [
        "签订后支付50%，即60万元；验收后付清50%，即56万元。",  # nothing says which of the two
        "签订后支付20%，即24万元；方案通过后支付至50%，即36万元；验收后支付至100%，即60万元。",
        "支付合同总价的20%，即24万元；支付剩余款项的80%，即90万元。",
        "签订后支付30%，即30万元；每年支付10%，即12万元；逾期的支付5%，即2万元。",
        "签订后支付20%；验收后支付80%，即96万元。",
    ],
)
def test_other_plans_are_left_alone(text: str) -> None:
    """Cumulative shares, shares of something named, and plans that are not the whole say nothing."""
    assert told(text) == []
