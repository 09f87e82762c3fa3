"""What follows from the data: amounts, sums, shares, serial numbers. Pure functions; None means not known.

Whatever depends on something that is not known is not known either; nothing here raises. Rounding is half up to 分,
once, on the exact figure. Shares of the total are rounded one by one and the last instalment that is a share takes
the remainder, so that shares adding up to 100 % hit the total exactly; 余款 is the total less everything else.
How figures that contradict each other are settled is told in settle.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from docgen.contract.model import (
    ContractData,
    Copies,
    IndicatorGroup,
    IndicatorTable,
    Instalment,
    Price,
    PriceRow,
    PriceSection,
    Review,
    SubBudget,
    Tax,
)
from docgen.contract.scalars import Rest
from docgen.contract.settle import Settled, SettledSection, row_product, settle, sum_known, times, to_cents

__all__ = [
    "complete",
    "copies_total",
    "group_points",
    "instalment_amounts",
    "row_amount",
    "row_product",
    "section_subtotals",
    "settle",
    "share_amounts",
    "sub_budget_amount",
    "subtotal",
    "table_points",
    "tax_parts",
    "total",
]


def row_amount(row: PriceRow) -> Decimal | None:
    """The amount of a price row: as typed, else unit price × quantity."""
    return row_product(row) if row.amount is None else row.amount


def subtotal(section: PriceSection) -> Decimal | None:
    """The subtotal of a section: as typed, else the sum of its rows."""
    return sum_known(map(row_amount, section.rows)) if section.subtotal is None else section.subtotal


def total(price: Price) -> Decimal | None:
    """The total: as typed, else the sum of the sections."""
    return sum_known(map(subtotal, price.sections)) if price.total is None else price.total


def section_subtotals(price: Price, settled: Settled) -> dict[str, Decimal | None]:
    """The settled subtotal of each section by its title; a title used twice is not known."""
    titles = [section.title for section in price.sections]
    pairs = zip(titles, settled.sections, strict=True)
    return {title: part.subtotal if titles.count(title) == 1 else None for title, part in pairs if title is not None}


def sub_budget_amount(budget: SubBudget, subtotals: Mapping[str, Decimal | None]) -> Decimal | None:
    """The sum of the sections that a sub-budget names, whatever amount is typed; None if it names none."""
    return sum_known(subtotals.get(title) for title in dict.fromkeys(budget.sections))


def share_amounts(instalments: Sequence[Instalment], whole: Decimal | None) -> tuple[Decimal | None, ...]:
    """The amount of each instalment that is a share of the total; None for the others."""
    if whole is None:
        return (None,) * len(instalments)
    shares = [item.share for item in instalments]
    amounts = [None if share is None else times(whole, share) for share in shares]
    holders = [index for index, share in enumerate(shares) if share is not None]
    if holders:
        together = times(whole, sum((share for share in shares if share is not None), Decimal(0)))
        others = sum((amounts[index] or Decimal(0) for index in holders[:-1]), Decimal(0))
        amounts[holders[-1]] = together - others
    return tuple(amounts)


def instalment_amounts(price: Price, whole: Decimal | None) -> tuple[Decimal | None, ...]:
    """The amount of each instalment: as typed, else its share, else what remains of the total for 余款.

    A second 余款, a remainder below zero, or an instalment not known beside it leave 余款 unknown.
    """
    shares = share_amounts(price.instalments, whole)
    amounts = [
        item.amount if isinstance(item.amount, Decimal) else None if item.amount is Rest.REST else share
        for item, share in zip(price.instalments, shares, strict=True)
    ]
    rests = [index for index, item in enumerate(price.instalments) if item.amount is Rest.REST]
    if len(rests) == 1:
        amounts[rests[0]] = _remainder(whole, [a for index, a in enumerate(amounts) if index != rests[0]])
    return tuple(amounts)


def _remainder(whole: Decimal | None, others: Sequence[Decimal | None]) -> Decimal | None:
    """What the others leave of the total, None where that is not known or below zero."""
    taken = sum_known(others) if others else Decimal(0)
    if whole is None or taken is None or taken > whole:
        return None
    return whole - taken


def tax_parts(tax: Tax, whole: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """The net price and the tax: as typed, else the one from the other and the total, else from the rate."""
    net, amount = tax.net, tax.tax
    if whole is None:
        return net, amount
    if net is None and amount is None and tax.rate is not None:
        net = to_cents(whole / (1 + tax.rate))
    if net is None and amount is not None and amount <= whole:
        net = whole - amount
    if amount is None and net is not None and net <= whole:
        amount = whole - net
    return net, amount


def copies_total(copies: Copies) -> int | None:
    """The number of copies: as typed, else the sum over the holders."""
    counts = [holding.count for holding in copies.holders]
    if copies.total is not None or not counts or None in counts:
        return copies.total
    return sum(count for count in counts if count is not None)


def group_points(group: IndicatorGroup) -> Decimal | None:
    """The points of an indicator group: as typed, else the sum of its rows."""
    return sum_known(row.points for row in group.rows) if group.points is None else group.points


def table_points(table: IndicatorTable) -> Decimal | None:
    """The points of an indicator table: as typed, else the sum of its groups."""
    return sum_known(map(group_points, table.groups)) if table.points is None else table.points


def complete(data: ContractData) -> ContractData:
    """The same data with every control figure that was left out filled in, serial numbers included.

    What was typed stays as typed. The annex numbers of the work plans follow from the documents of the set and are
    not filled in here.
    """
    settled = settle(data)
    return data.changed(
        contract=data.contract.changed(copies=_complete_copies(data.contract.copies)),
        price=_complete_price(data.price, settled),
        review=_complete_review(data.review, data.contract.name, settled.total),
        indicator_tables=tuple(map(_complete_table, data.indicator_tables)),
        team=tuple(member.changed(no=_given(member.no, index)) for index, member in enumerate(data.team, 1)),
    )


T = TypeVar("T")


def _given(typed: T | None, derived: T) -> T:
    return derived if typed is None else typed


def _complete_copies(copies: Copies) -> Copies:
    return copies.changed(total=copies_total(copies))


def _complete_review(review: Review, name: str | None, whole: Decimal | None) -> Review:
    return review.changed(contract_name=_given(review.contract_name, name), amount=_given(review.amount, whole))


def _complete_price(price: Price, settled: Settled) -> Price:
    subtotals = section_subtotals(price, settled)
    net, tax = tax_parts(price.tax, settled.total)
    amounts = instalment_amounts(price, settled.total)
    return price.changed(
        total=_given(price.total, settled.total),
        tax=price.tax.changed(net=net, tax=tax),
        sections=tuple(map(_complete_section, price.sections, settled.sections)),
        sub_budgets=tuple(
            budget.changed(amount=_given(budget.amount, sub_budget_amount(budget, subtotals)))
            for budget in price.sub_budgets
        ),
        instalments=tuple(item.changed(amount=amount) for item, amount in zip(price.instalments, amounts, strict=True)),
    )


def _complete_section(section: PriceSection, settled: SettledSection) -> PriceSection:
    rows = tuple(
        row.changed(no=_given(row.no, index), amount=_given(row.amount, amount))
        for index, (row, amount) in enumerate(zip(section.rows, settled.amounts, strict=True), 1)
    )
    return section.changed(rows=rows, subtotal=_given(section.subtotal, settled.subtotal))


def _complete_table(table: IndicatorTable) -> IndicatorTable:
    groups = tuple(group.changed(points=group_points(group)) for group in table.groups)
    return table.changed(groups=groups, points=table_points(table))
