"""Control figures: what was typed although it is worked out as well, and agrees."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.contract.derive import complete
from docgen.contract.model import ContractData
from docgen.contract.paths import value_at, with_value
from docgen.contract.scalars import Rest


def controls(data: ContractData) -> frozenset[str]:
    """The paths of all figures that may be left out without anything becoming another."""
    return frozenset(_left_out(data)[1])


def without_controls(data: ContractData) -> ContractData:
    """The same data with all control figures left out, so that a change goes through to all that follows from it."""
    return _left_out(data)[0]


def _left_out(data: ContractData) -> tuple[ContractData, list[str]]:
    whole, found = complete(data), []
    for path in _derivable(data):
        if value_at(data, path) in (None, Rest.REST):
            continue
        bare = with_value(data, path, None)
        if complete(bare) == whole:
            data = bare
            found.append(path)
    return data, found


def _derivable(data: ContractData) -> Iterator[str]:
    """The fields that may be worked out, each behind those that it is worked out from."""
    price = data.price
    for number, section in enumerate(price.sections, 1):
        yield from (f"price.sections[{number}].rows[{row}].amount" for row, _ in enumerate(section.rows, 1))
        yield f"price.sections[{number}].subtotal"
    yield "price.total"
    yield from (f"price.sub_budgets[{number}].amount" for number, _ in enumerate(price.sub_budgets, 1))
    yield from ("price.tax.net", "price.tax.tax")
    yield from (f"price.instalments[{number}].amount" for number, _ in enumerate(price.instalments, 1))
    yield from ("review.amount", "review.contract_name", "contract.copies.total")
    for number, table in enumerate(data.indicator_tables, 1):
        yield from (f"indicator_tables[{number}].groups[{group}].points" for group, _ in enumerate(table.groups, 1))
        yield f"indicator_tables[{number}].points"
