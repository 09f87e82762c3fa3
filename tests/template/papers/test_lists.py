"""Entries of lists in papers as loops: rows, paragraphs, and sentences."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from docgen.contract.model import ContractData
from docgen.contract.shape import shape_of
from docgen.template.papers.inline import strung
from docgen.template.papers.lines import line_of
from docgen.template.papers.lists import listed, looped, outline_of
from docgen.template.values import Amount, Record, Rows, Share, Text, Whole

SHAPE = shape_of(ContractData)


def rows(path: str, *entries: dict[str, Any]) -> Rows:
    """A list of records as templates see it."""
    kinds: dict[type, Any] = {str: Text, int: Whole, Decimal: Amount, float: Share}
    made = [
        Record(f"{path}[{number}]", {
            name: kinds[type(value)](value, f"{path}[{number}].{name}") for name, value in entry.items()
        })
        for number, entry in enumerate(entries, 1)
    ]  # fmt: skip
    return Rows(made, path)


PAYMENTS = rows(
    "price.instalments",
    {"name": "首付款", "days": 10, "amount": Decimal(6000)},
    {"name": "中期款", "amount": Decimal(3000)},
    {"name": "尾款", "days": 5, "amount": Decimal(1000)},
)
COPIES = rows("contract.copies.holders", {"holder": "甲方", "count": 4}, {"holder": "乙方", "count": 2})


def made(values: Rows, *markup: str) -> list[str]:
    """The lines of markup with the list in loops."""
    found = listed(values, SHAPE)
    return outline_of(strung(looped([line_of(line) for line in markup], found), found)).splitlines()


def test_paragraphs_become_a_loop_with_conditions() -> None:
    """What only some entries say depends on the field that they have, the last one's stop on being the last."""
    assert made(
        PAYMENTS,
        "[正文] 分期支付：",
        "[正文] 首付款：签订后10个工作日内支付6,000.00元；",
        "[正文] 中期款：签订后支付3,000.00元；",
        "[正文] 尾款：签订后5个工作日内支付1,000.00元。",
        "[正文] 完。",
    ) == [
        "[正文] 分期支付：",
        "{%p for instalment in price.instalments %}",
        "[正文] {{ instalment.name }}：签订后{% if instalment.days %}{{ instalment.days }}个工作日内{% endif %}"
        "支付{{ instalment.amount|金额 }}元{% if loop.last %}。{% else %}；{% endif %}",
        "{%p endfor %}",
        "[正文] 完。",
    ]  # fmt: skip


def test_the_last_stop_depends_on_being_the_last_even_where_a_field_would_tell_it() -> None:
    """A stop that ends a list is the last entry's, though only the others have a share."""
    payments = rows(
        "price.instalments",
        {"name": "首付款", "days": 10, "amount": Decimal(6000)},
        {"name": "中期款", "days": 5, "amount": Decimal(3000)},
        {"name": "尾款", "amount": Decimal(1000)},
    )
    assert made(
        payments,
        "[正文] 首付款：签订后10个工作日内支付6,000.00元；",
        "[正文] 中期款：签订后5个工作日内支付3,000.00元；",
        "[正文] 尾款：签订后支付1,000.00元。",
    )[1].endswith("元{% if loop.last %}。{% else %}；{% endif %}")


def test_rows_become_a_loop() -> None:
    """Rows of a table that are the entries of a list are one row in a loop, numbered by it; a dash stands for nothing."""
    assert made(
        PAYMENTS,
        "@表 宽=10,30,30,30",
        "｜序号｜名称｜天数｜金额｜",
        "｜1｜首付款｜10｜6,000.00｜",
        "｜2｜中期款｜—｜3,000.00｜",
        "｜3｜尾款｜5｜1,000.00｜",
        "@表终",
    )[2:5] == [
        "｜{%tr for instalment in price.instalments %}｜",
        "｜{{ loop.index }}｜{{ instalment.name }}｜{% if instalment.days %}{{ instalment.days }}{% else %}—{% endif %}"
        "｜{{ instalment.amount|金额 }}｜",
        "｜{%tr endfor %}｜",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一式陆份，甲方执肆份，乙方执贰份，效力相同。",
            "一式陆份，{% for holder in contract.copies.holders %}{{ holder.holder }}执{{ holder.count|份数 }}份，"
            "{% endfor %}效力相同。",
        ),
        (
            "甲方4份、乙方2份。",
            "{% for holder in contract.copies.holders %}{{ holder.holder }}{{ holder.count }}份"
            "{% if not loop.last %}、{% endif %}{% endfor %}。",
        ),
        ("甲方应当向乙方付款。", "甲方应当向乙方付款。"),
    ],
)
def test_a_sentence_that_goes_through_a_list_becomes_a_loop(text: str, expected: str) -> None:
    """What stands between entries is said between them; a sentence with only some of the values stays."""
    assert made(COPIES, f"[正文] {text}") == [f"[正文] {expected}"]


def test_merged_cells_are_left_alone() -> None:
    """Rows that cells are merged over are no loop, which could not count them."""
    markup = ["｜款项[v3]｜首付款｜6,000.00｜", "｜^｜中期款｜3,000.00｜", "｜^｜尾款｜1,000.00｜"]

    assert made(PAYMENTS, *markup) == markup
