"""Which figures of the price are taken as meant where control figures disagree, so that one slip is told once.

A figure can be typed (a control) and derived at the same time. Where both differ, that place has a finding of its
own; what matters here is which of the two the next level is computed from. The rule is the same on every level:
the figure that closes the level above is taken, and the typed one where neither does.

    row       typed amount, or unit price × quantity   whichever closes the subtotal, else the total
    section   typed subtotal, or the sum of its rows    whichever closes the total
    total     typed total, or the sum of the sections, or what the rest of the data agrees on

The total is put to a vote, because it is stated most often: the typed total, the sum of the sections, the sum of
the instalments, of the sub-budgets, of net price and tax, the amount on a review form without a date, and each
instalment that gives both a share and an amount. The typed total wins every tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import islice, product
from typing import Final, NamedTuple

from docgen.contract.model import ContractData, Instalment, Price, PriceRow, PriceSection

CENT: Final = Decimal("0.01")

# Slips are few; a table that disagrees in more rows than this is taken as typed.
_MOST_WAYS: Final = 512


class SettledSection(NamedTuple):
    """The figures of one section that are taken as meant; None is not known."""

    amounts: tuple[Decimal | None, ...]
    subtotal: Decimal | None


class Settled(NamedTuple):
    """The figures of the price that are taken as meant; None is not known."""

    sections: tuple[SettledSection, ...]
    sections_sum: Decimal | None
    total: Decimal | None


def to_cents(value: Decimal) -> Decimal:
    """The amount rounded half up to 分."""
    return value.quantize(CENT, ROUND_HALF_UP, _exactly())


def times(amount: Decimal, factor: Decimal) -> Decimal:
    """The exact product rounded once, half up to 分."""
    return to_cents(_exactly().multiply(amount, factor))


def _exactly() -> Context:
    """A context in which the product of the longest amount and the longest factor loses no digit."""
    return Context(prec=80)


def exact_product(row: PriceRow) -> Decimal | None:
    """Unit price × quantity of a row to the last digit, None unless both are known."""
    if row.unit_price is None or row.quantity is None:
        return None
    return _exactly().multiply(row.unit_price, row.quantity)


def row_product(row: PriceRow) -> Decimal | None:
    """Unit price × quantity of a row rounded half up to 分, None unless both are known."""
    product = exact_product(row)
    return None if product is None else to_cents(product)


def sum_known(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the values, None when there is none or one of them is not known."""
    known = list(values)
    if not known or None in known:
        return None
    return sum((value for value in known if value is not None), Decimal(0))


def settle(data: ContractData) -> Settled:
    """The figures of the contract's price that are taken as meant."""
    price = data.price
    witnesses = tuple(_witnesses(data))
    sections = _settle_sections(price.sections, witnesses)
    sections_sum = sum_known(section.subtotal for section in sections)
    if price.total is None:
        return Settled(sections, sections_sum, sections_sum)
    return Settled(sections, sections_sum, _settle_total(price, sections_sum, witnesses))


def _witnesses(data: ContractData) -> Iterator[Decimal]:
    """The figures that each state the total by themselves, the typed total first."""
    price = data.price
    stated = [price.total, sum_known((price.tax.net, price.tax.tax))]
    # A dated form tells what the total was when it was reviewed.
    stated.append(data.review.amount if data.review.date is None else None)
    if price.basis != "据实结算":
        stated.append(sum_known(typed_amount(instalment) for instalment in price.instalments))
    if len(price.sub_budgets) > 1:
        stated.append(sum_known(budget.amount for budget in price.sub_budgets))
    yield from (figure for figure in stated if figure is not None)


def typed_amount(instalment: Instalment) -> Decimal | None:
    """The amount typed for an instalment, None for 余款 and where only a share is given."""
    return instalment.amount if isinstance(instalment.amount, Decimal) else None


def _settle_sections(sections: Sequence[PriceSection], witnesses: Sequence[Decimal]) -> tuple[SettledSection, ...]:
    ways = list(islice(product(*map(_ways, sections)), _MOST_WAYS))
    if len(ways) == 1:
        return ways[0]
    sums = [sum_known(section.subtotal for section in way) for way in ways]
    closing = (ways[sums.index(figure)] for figure in witnesses if figure in sums)
    return next(closing, ways[0])


def _ways(section: PriceSection) -> list[SettledSection]:
    """The ways to read a section, the likeliest first; one that closes its subtotal leaves no other."""
    choices = [_row_choices(row) for row in section.rows]
    if not all(choices) or not choices:
        return [SettledSection(tuple(c[0] if c else None for c in choices), section.subtotal)]
    ways = [_added_up(amounts) for amounts in islice(product(*choices), _MOST_WAYS)]
    if section.subtotal is None:
        return ways
    closing = [way for way in ways if way.subtotal == section.subtotal]
    return closing[:1] or [ways[0]._replace(subtotal=section.subtotal), *ways]


def _added_up(amounts: tuple[Decimal, ...]) -> SettledSection:
    total = sum(amounts, Decimal(0))
    return SettledSection(amounts, total)


def _row_choices(row: PriceRow) -> tuple[Decimal, ...]:
    """The typed amount, then the product, each once."""
    given = (row.amount, row_product(row))
    return tuple(dict.fromkeys(value for value in given if value is not None))


def _settle_total(price: Price, sections_sum: Decimal | None, witnesses: Sequence[Decimal]) -> Decimal:
    """The figure that most statements of the total agree on; `witnesses` begin with the typed total."""
    stated = [*witnesses, *([] if sections_sum is None else [sections_sum])]
    pairs = list(_shares_with_amounts(price))
    implied = (to_cents(amount / share) for share, amount in pairs if share)

    def votes(figure: Decimal) -> int:
        return stated.count(figure) + sum(abs(times(figure, share) - amount) <= CENT for share, amount in pairs)

    return max(dict.fromkeys([*stated, *implied]), key=votes)


def _shares_with_amounts(price: Price) -> Iterator[tuple[Decimal, Decimal]]:
    """The share and the typed amount of each instalment that gives both."""
    for item in price.instalments:
        amount = typed_amount(item)
        if item.share is not None and amount is not None:
            yield item.share, amount
