"""Control figures: what was typed although it is worked out as well, and whether it agrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from typing import Any, NamedTuple

from docgen.contract.derive import complete
from docgen.contract.model import ContractData
from docgen.contract.paths import NOWHERE, value_at, with_value
from docgen.contract.scalars import Rest
from docgen.contract.settle import CENT


class Outdated(NamedTuple):
    """A control figure that does not agree with the rest: its field, what is typed, and what it should be."""

    path: str
    typed: Any
    right: Any

    @property
    def said(self) -> str:
        """What is typed and what it should be, in plain figures."""
        return f"{_plain(self.typed)} → {_plain(self.right)}"


def _plain(value: Any) -> str:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return f"{value:.0f}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def controls(data: ContractData) -> frozenset[str]:
    """The paths of all figures that may be left out without anything becoming another."""
    return frozenset(_left_out(data)[1])


def without_controls(data: ContractData) -> ContractData:
    """The same data with all control figures left out, so that a change goes through to all that follows from it."""
    return _left_out(data)[0]


def typed_controls(data: ContractData) -> list[str]:
    """The paths of all figures that are typed and may be worked out as well, whether they agree or not."""
    return [path for path in _derivable(data) if value_at(data, path) not in (None, Rest.REST)]


def left_behind(data: ContractData, paths: Iterable[str]) -> list[Outdated]:
    """Those of the control figures at `paths` that contradict what comes out of all that stands elsewhere.

    What a dated review form says is what was reviewed then, and is not among them.
    """
    asked = [path for path in paths if path and value_at(data, path) not in (None, Rest.REST, NOWHERE)]
    bare = reduce(lambda less, path: with_value(less, path, None), asked, data)
    found: dict[str, Outdated] = {}
    # From the rows upward: what does not come out of the figures below it is taken for right in those above.
    for path in (each for each in _derivable(data) if each in asked):
        typed, right = value_at(data, path), _worked_out(bare, path)
        if right is None or _agree(path, typed, right):
            bare = with_value(bare, path, typed)
        else:
            found[path] = Outdated(path, typed, right)
    dated = data.review.date is not None
    return [found[path] for path in asked if path in found and not (dated and path.startswith("review."))]


def _worked_out(data: ContractData, path: str) -> Any:
    """What a figure comes to that is left out; None where that is not known, or would be one guess of two."""
    tax = data.price.tax
    if path.startswith("price.tax.") and tax.rate is None:
        return None
    return value_at(complete(data), path)


def _agree(path: str, typed: Any, right: Any) -> bool:
    """Whether both are the same figure; products and shares may be rounded another way."""
    rounded = (path.endswith("].amount") and ".rows[" in path) or path.startswith("price.instalments[")
    return bool(abs(typed - right) <= CENT if rounded and isinstance(right, Decimal) else typed == right)


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
