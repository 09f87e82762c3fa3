"""Plans of payment in one paragraph."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str | None]]:
    """What is told of a document, and what is expected there."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text))]


AUDIT = "审计费用合计人民币250,000.00元，大写：人民币贰拾伍万元整。\n本约定书签订后支付审计费用的{}，即{}元；出具报告后支付剩余{}，即{}元。"
GOODS = "合计金额（大写）：壹拾玖万壹仟玖佰贰拾元整。\n分{}批付款：第一批到货后付{}元（{}），第二批到货后付76,768.00元（40%），第三批到货后付38,384.00元（20%）。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (AUDIT.format("50%", "125,000.00", "50%", "125,000.00"), []),
        (AUDIT.format("50%", "126,000.00", "50%", "125,000.00"), [("126,000.00元", "125,000.00 元")]),
        (AUDIT.format("50%", "125,000.00", "50%", "215,000.00"), [("215,000.00元", "125,000.00 元")]),
        (AUDIT.format("50%", "125,000.00", "55%", "125,000.00"), [("125,000.00元", "137,500.00 元")]),
        (GOODS.format("三", "76,768.00", "40%"), []),
        (GOODS.format("三", "67,768.00", "40%"), [("67,768.00元", "76,768.00 元")]),
        (GOODS.format("三", "76,768.00", "35%"), [("35%", "40%")]),
        (GOODS.format("四", "76,768.00", "40%"), [("四", None)]),
    ],
)
def test_each_payment_is_its_share_of_what_the_others_are_shares_of(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    """In a plan of one paragraph the one amount, share or number of payments that does not fit is told."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "合同总价250,000元。\n签订后支付50%，即125,000元；验收后支付至90%，即100,000元。",
        "合同总价250,000元。\n逾期的支付违约金50%，即125,000元；解除的50%，即100,000元。",
        "甲方支付60%，即30,000元；丙方支付40%，即24,000元。",
    ],
)
def test_what_is_no_plan_of_one_amount_is_left_alone(text: str) -> None:
    """What is paid so far, penalties, and shares of amounts that nobody states say nothing."""
    assert told(text) == []
