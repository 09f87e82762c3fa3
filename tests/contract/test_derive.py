"""Derived figures: sums and shares close, nothing that depends on an open field is invented."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.derive import (
    complete,
    copies_total,
    group_points,
    instalment_amounts,
    row_amount,
    section_subtotals,
    settle,
    share_amounts,
    sub_budget_amount,
    subtotal,
    table_points,
    tax_parts,
    total,
)
from docgen.contract.model import ContractData, IndicatorGroup, IndicatorTable, Instalment, PriceRow, Tax
from docgen.contract.scalars import Rest
from tests.contract.samples import group_of
from tests.endure import examples


def data_of(text: str) -> ContractData:
    """The contract data that a YAML snippet holds."""
    return group_of(ContractData, yaml.load(dedent(text), yaml.BaseLoader))


def price_of(text: str) -> Any:
    """The price that a YAML snippet holds."""
    return group_of(ContractData, {"price": yaml.load(dedent(text), yaml.BaseLoader)}).price


def money(*figures: str | int | None) -> tuple[Decimal | None, ...]:
    """The figures as amounts."""
    return tuple(None if figure is None else Decimal(figure) for figure in figures)


TWO_SECTIONS = """
    total: 1040000
    sections:
      - title: 方案设计
        subtotal: 630000
        rows:
          - {unit_price: 12000, quantity: 45}
          - {amount: 90000}
      - title: 社会调查
        rows:
          - {unit_price: 8000, quantity: 50}
          - {unit_price: 5000, quantity: 2, amount: 10000}
"""


@pytest.mark.parametrize(
    ("row", "amount"),
    [
        ({"unit_price": "3.33", "quantity": "0.5"}, "1.67"),
        ({"unit_price": "0.01", "quantity": "0.5"}, "0.01"),
        ({"unit_price": "0.01", "quantity": "0.49"}, "0.00"),
        ({"unit_price": "8000", "quantity": "2", "amount": "16001"}, "16001"),
        ({"amount": "5000"}, "5000"),
        ({"unit_price": "9999999999999999.99", "quantity": "999999999999.5"}, "9999999999994999990000000000.01"),
    ],
)
def test_a_row_amount_is_typed_or_the_product_rounded_half_up(row: dict[str, str], amount: str) -> None:
    """A typed amount stands; otherwise unit price × quantity is rounded once, half up, however long it is."""
    assert row_amount(group_of(PriceRow, row)) == Decimal(amount)


@pytest.mark.parametrize("row", [{}, {"unit_price": "8"}, {"quantity": "3"}])
def test_a_row_with_an_open_factor_has_no_amount(row: dict[str, str]) -> None:
    """A missing unit price or quantity leaves the amount unknown."""
    assert row_amount(group_of(PriceRow, row)) is None


def test_sums_run_from_rows_to_the_total() -> None:
    """Subtotals come from rows, the total from sections, and typed controls stand."""
    price = price_of(TWO_SECTIONS)

    assert tuple(map(subtotal, price.sections)) == money(630000, 410000)
    assert total(price) == Decimal(1040000)
    assert total(price.changed(total=None)) == Decimal(1040000)


def test_an_open_row_leaves_every_sum_above_it_open() -> None:
    """What depends on an open field is not known."""
    price = price_of("sections: [{title: 甲, rows: [{amount: 1}, {item: 待定}]}, {title: 乙, rows: [{amount: 2}]}]")
    settled = settle(ContractData(price=price))

    assert tuple(map(subtotal, price.sections)) == (None, Decimal(2))
    assert total(price) is None
    assert (settled.sections_sum, settled.total) == (None, None)
    assert settled.sections[0].amounts == money(1, None)


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ("{unit_price: 1200, quantity: 4, amount: 48000}", 48000),  # the subtotal supports the amount
        ("{unit_price: 12000, quantity: 4, amount: 4800}", 48000),  # the subtotal supports the product
    ],
)
def test_the_row_figure_that_closes_the_subtotal_is_meant(row: str, meant: int) -> None:
    """One slip in a row stays in that row."""
    data = data_of(f"price: {{total: 58000, sections: [{{subtotal: 58000, rows: [{row}, {{amount: 10000}}]}}]}}")
    settled = settle(data)

    assert settled.sections[0].amounts == money(meant, 10000)
    assert (settled.sections_sum, settled.total) == (Decimal(58000), Decimal(58000))


def test_without_a_subtotal_the_total_decides_about_a_row() -> None:
    """A row's slip is settled by the nearest control figure that closes."""
    data = data_of(
        "price: {total: 58000, sections: [{rows: [{unit_price: 12000, quantity: 4, amount: 4800}, {amount: 10000}]}]}"
    )

    assert settle(data).sections[0].amounts == money(48000, 10000)


def test_a_figure_that_closes_nowhere_stays_as_typed() -> None:
    """Where nothing decides, the typed figure is taken upward."""
    section = settle(data_of("price: {sections: [{rows: [{unit_price: 2, quantity: 3, amount: 7}]}]}")).sections[0]

    assert (section.amounts, section.subtotal) == (money(7), Decimal(7))


@pytest.mark.parametrize(("typed", "meant"), [(631000, 630000), (630000, 630000)])
def test_the_subtotal_that_closes_the_total_is_meant(typed: int, meant: int) -> None:
    """A slip in a subtotal does not reach the total."""
    data = data_of("price:\n" + TWO_SECTIONS.replace("630000", str(typed)))

    assert settle(data).sections[0].subtotal == Decimal(meant)
    assert settle(data).total == Decimal(1040000)


def test_a_subtotal_may_be_right_where_its_rows_are_not() -> None:
    """When the rows do not close the total and the typed subtotal does, the subtotal is meant."""
    data = data_of("price:\n" + TWO_SECTIONS.replace("90000", "91000"))

    assert settle(data).sections[0].subtotal == Decimal(630000)


@pytest.mark.parametrize(
    ("snippet", "meant"),
    [
        ("{total: 2160000, instalments: [{amount: 1000000}, {amount: 1160001}]}", 2160000),
        ("{total: 2161000, instalments: [{share: 50%, amount: 1080000}, {share: 50%, amount: 1080000}]}", 2160000),
        ("{total: 2160000, instalments: [{share: 50%, amount: 1080000}, {share: 50%, amount: 1090000}]}", 2160000),
        ("{total: 2160000, basis: 据实结算, instalments: [{amount: 1080000}]}", 2160000),
        ("{total: 500, sections: [{rows: [{amount: 400}]}], tax: {net: 380, tax: 20}}", 400),
        ("{total: 500, sections: [{rows: [{amount: 400}]}]}", 500),
    ],
)
def test_the_total_that_most_statements_agree_on_is_meant(snippet: str, meant: int) -> None:
    """The typed total wins every tie and loses only to a majority."""
    assert settle(data_of(f"price: {snippet}")).total == Decimal(meant)


def test_the_last_share_takes_the_remainder() -> None:
    """Shares are rounded one by one and still hit the total."""
    items = [group_of(Instalment, {"share": share}) for share in ("33.3%", "33.3%", "33.4%")]

    assert share_amounts(items, Decimal("100.01")) == money("33.30", "33.30", "33.41")
    assert share_amounts(items, None) == money(None, None, None)


@settings(max_examples=examples(200, 20_000), deadline=None)
@given(st.integers(100, 10**17), st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_shares_of_a_hundred_per_cent_always_hit_the_total(cents: int, parts: list[int]) -> None:
    """No 分 is lost or invented, and nobody is off by more than the rounding."""
    whole = Decimal(cents) / 100
    shares = [Decimal(part) / 1000 for part in parts]
    shares.append(1 - sum(shares, Decimal(0)))
    amounts = share_amounts([Instalment(share=share) for share in shares], whole)

    assert sum(amount for amount in amounts if amount is not None) == whole
    assert all(
        amount is not None and abs(amount - whole * share) <= Decimal("0.005") * len(shares)
        for amount, share in zip(amounts, shares, strict=True)
    )


@pytest.mark.parametrize(
    ("items", "amounts"),
    [
        ("[{amount: 630000}, {amount: 余款}]", money(630000, 410000)),
        ("[{share: 50%}, {amount: 余款}, {share: 25%}]", money(520000, 260000, 260000)),
        ("[{amount: 余款}]", money(1040000)),
        ("[{amount: 余款}, {amount: 余款}]", money(None, None)),
        ("[{amount: 1050000}, {amount: 余款}]", money(1050000, None)),
        ("[{name: 首付款}, {amount: 余款}]", money(None, None)),
        ("[{share: 50%, amount: 521000}, {share: 50%}]", money(521000, 520000)),
    ],
)
def test_instalments_are_typed_or_shares_or_the_rest(items: str, amounts: tuple[Decimal | None, ...]) -> None:
    """余款 is the total less the others; what cannot be known stays open."""
    assert instalment_amounts(price_of(f"instalments: {items}"), Decimal(1040000)) == amounts


def test_without_a_total_only_typed_instalments_are_known() -> None:
    """Shares and 余款 of an open total are open."""
    price = price_of("instalments: [{amount: 1}, {share: 50%}, {amount: 余款}]")

    assert instalment_amounts(price, None) == money(1, None, None)


@pytest.mark.parametrize(
    ("tax", "parts"),
    [
        ({"rate": "6%"}, ("981132.08", "58867.92")),
        ({"net": "981132.08"}, ("981132.08", "58867.92")),
        ({"tax": "58867.92"}, ("981132.08", "58867.92")),
        ({"net": "1", "tax": "2", "rate": "6%"}, ("1", "2")),
        ({"tax": "1040001"}, (None, "1040001")),
        ({}, (None, None)),
    ],
)
def test_net_and_tax_make_the_total(tax: dict[str, str], parts: tuple[str | None, str | None]) -> None:
    """One part follows from the other, both from the rate; typed parts stand."""
    assert tax_parts(group_of(Tax, tax), Decimal(1040000)) == money(*parts)


def test_a_sub_budget_is_the_sum_of_its_sections() -> None:
    """A section that does not exist, or whose title stands twice, leaves the sum open."""
    price = price_of(
        TWO_SECTIONS + "    sub_budgets: [{sections: [方案设计, 社会调查]}, {sections: [没有]}, {name: 其他}]"
    )
    subtotals = section_subtotals(price, settle(ContractData(price=price)))

    assert [sub_budget_amount(budget, subtotals) for budget in price.sub_budgets] == [Decimal(1040000), None, None]


def test_points_add_up_and_stay_open_with_an_open_row() -> None:
    """Group and table points are sums unless typed; a table without points has none."""
    scored = group_of(IndicatorGroup, {"rows": [{"points": "2.5"}, {"points": "3"}]})
    plain = group_of(IndicatorGroup, {"rows": [{"indicator": "可用性"}]})

    assert (group_points(scored), group_points(plain)) == (Decimal("5.5"), None)
    assert table_points(IndicatorTable(groups=(scored, scored))) == Decimal(11)
    assert table_points(IndicatorTable(groups=(scored, plain))) is None


def test_copies_are_counted_over_their_holders() -> None:
    """The total of copies is typed or the sum; an open holder leaves it open."""
    held = data_of("contract: {copies: {holders: [{holder: 甲方, count: 5}, {holder: 乙方, count: 1}]}}")
    opened = data_of("contract: {copies: {holders: [{holder: 甲方, count: 5}, {holder: 乙方}]}}")

    assert copies_total(held.contract.copies) == 6
    assert copies_total(opened.contract.copies) is None


def test_complete_fills_every_control_figure_and_changes_nothing_typed() -> None:
    """A completed contract knows its amounts, numbers, shares and what the review form repeats."""
    data = data_of(
        """
        contract:
          name: 示例服务合同
          copies: {holders: [{holder: 甲方, count: 4}, {holder: 乙方, count: 2}]}
        price:
          tax: {rate: 6%}
          sections:
            - {title: 一, rows: [{item: 设计, unit_price: 100, quantity: 3}, {item: 印刷, amount: 700}]}
            - {title: 二, subtotal: 60, rows: [{no: 7, item: 邮寄, amount: 60}]}
          sub_budgets: [{name: 全部, sections: [一, 二]}]
          instalments: [{share: 50%}, {amount: 余款}]
        team: [{name: 甲某}, {no: 5, name: 乙某}]
        indicator_tables: [{id: t, groups: [{rows: [{points: 60}, {points: 40}]}]}]
        """
    )
    done = complete(data)
    rows = [row for section in done.price.sections for row in section.rows]

    assert [(row.no, row.amount) for row in rows] == [(1, Decimal(300)), (2, Decimal(700)), (7, Decimal(60))]
    assert [section.subtotal for section in done.price.sections] == [Decimal(1000), Decimal(60)]
    assert (done.price.total, done.price.sub_budgets[0].amount) == (Decimal(1060), Decimal(1060))
    assert [item.amount for item in done.price.instalments] == [Decimal(530), Decimal(530)]
    assert (done.price.tax.net, done.price.tax.tax) == (Decimal(1000), Decimal(60))
    assert (done.review.contract_name, done.review.amount) == ("示例服务合同", Decimal(1060))
    assert (done.contract.copies.total, [member.no for member in done.team]) == (6, [1, 5])
    assert (done.indicator_tables[0].points, done.indicator_tables[0].groups[0].points) == (Decimal(100), Decimal(100))
    assert complete(done) == done
    assert data.price.total is None


def test_complete_takes_an_empty_contract() -> None:
    """Nothing known stays nothing known."""
    assert complete(ContractData()) == ContractData()


def test_the_rest_is_a_word() -> None:
    """余款 is read as the rest, not as an amount."""
    assert price_of("instalments: [{amount: 余款}]").instalments[0].amount is Rest.REST
