"""Products that a sentence says in so many words."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str | None]]:
    """What is told of a document, and what is expected there."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text))]


@pytest.mark.parametrize(
    ("text", "slip", "right", "expected"),
    [
        ("押金为每辆5,000元，6辆共{}，租赁期满退还。", "70,000元", "30,000元", "30,000.00 元"),
        ("押金为每辆{}，6辆共30,000元，租赁期满退还。", "5万元", "5,000元", "300,000.00 元"),
        ("基本顾问费每年人民币18万元，两年共计人民币{}。", "31万元", "36万元", "360,000.00 元"),
        ("标准为每人每月4,350元，{}人每月合计226,200.00元，全年另计。", "54", "52", "234,900.00 元"),
        ("开展等保测评每年2次，三年共{}次。", "8", "6", "6"),
        ("法律培训每年4次，{}年共8次。", "三", "两", "12"),
    ],
)  # fmt: skip
def test_a_product_is_what_its_factors_make(text: str, slip: str, right: str, expected: str) -> None:
    """So much for each, so many of them, and what they are together: a slip in any of the three is told."""
    assert told(text.format(right)) == []
    assert [one for _, one in told(text.format(slip))] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "违约金每次1,000元，3次以上合计不超过5,000元。",
        "每辆租金500元，10辆共约4,800元。",
        "每年培训4次，三年不少于15次，共20次。",
        "每套100元，5套含运费共550元。",
        "每年12万元，三年共计35万元（优惠1万元）。",
        "每人每天120元，6人共3天合计2,160元。",
        "每户补贴1.5万元，12户。共20户合计30万元。",
    ],
)
def test_what_is_no_plain_product_is_left_alone(text: str) -> None:
    """Bounds, rough figures and other factors say nothing."""
    assert told(text) == []
