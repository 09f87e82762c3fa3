"""What linting says of values beforehand is what happens to them when they are rendered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from jinja2 import nodes

from docgen.contract.days import PartialDate
from docgen.template.environment import FAILURES, expressions
from docgen.template.filters import FILTERS as RUNNING
from docgen.template.filters import printed
from docgen.template.lint.kinds import Meant, Sort
from docgen.template.lint.operations import compared, computed, unprintable
from docgen.template.lint.signatures import FILTERS, TESTS
from docgen.template.values import Amount, Day, Quantity, Record, Rows, Share, Text, Whole

VALUES: dict[Sort, Any] = {
    Sort.TEXT: Text("甲"),
    Sort.WHOLE: Whole(6),
    Sort.NUMBER: Quantity(Decimal(3)),
    Sort.MONEY: Amount(Decimal(1000)),
    Sort.RATE: Share(Decimal(1)),
    Sort.DAY: Day(PartialDate(2021, 6, 21)),
    Sort.FLAG: False,
    Sort.GROUP: Record("g", {}),
    Sort.LIST: Rows((Text("甲"), Text("乙"))),
}
NAME = nodes.Name("x", "load")
OPERATORS = {"+": "+", "-": "-", "*": "*", "//": "//", "/": "/"}
ORDERS = {"lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}


def fails(source: str, **values: Any) -> bool:
    """Whether an expression fails with such values."""
    try:
        expressions().compile_expression(source)(**values)
    except FAILURES:
        return True
    return False


@pytest.mark.parametrize("name", sorted(FILTERS))
@pytest.mark.parametrize("sort", VALUES)
def test_filters_take_what_they_are_said_to_take(name: str, sort: Sort) -> None:
    """A filter fails for exactly the sorts of values that it is said not to take."""
    takes = FILTERS[name].takes

    assert fails(f"x|{name}", x=VALUES[sort]) is bool(takes and sort not in takes)


def test_every_filter_has_a_signature() -> None:
    """No filter that a clerk may write is unknown to linting, and no other is known."""
    assert set(FILTERS) == {name for name in RUNNING if not name.startswith("_")}
    assert set(TESTS) <= set(expressions().tests)


@pytest.mark.parametrize("sort", VALUES)
def test_what_cannot_be_printed_is_not_printed(sort: Sort) -> None:
    """Printing fails for exactly those values that linting tells."""
    try:
        printed(VALUES[sort])
        failed = False
    except ValueError:
        failed = True

    assert failed is (unprintable(Meant(sort)) is not None)


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("one", VALUES)
@pytest.mark.parametrize("other", VALUES)
def test_computations_fail_where_they_are_said_to(one: Sort, other: Sort, operator: str) -> None:
    """What can be computed is not told, and what is told to be wrong fails; flags count as numbers to Python alone."""
    odd, _ = computed(operator, (Meant(one), NAME), (Meant(other), NAME))
    if Sort.FLAG not in (one, other):
        assert fails(f"a {operator} b", a=VALUES[one], b=VALUES[other]) is (odd is not None)
    else:
        assert odd is not None


@pytest.mark.parametrize("operator", ORDERS)
@pytest.mark.parametrize("one", VALUES)
@pytest.mark.parametrize("other", VALUES)
def test_orders_fail_where_they_are_said_to(one: Sort, other: Sort, operator: str) -> None:
    """Only numbers and texts have an order; lists have one to Python alone."""
    odd = list(compared(operator, (Meant(one), NAME), (Meant(other), NAME)))
    if Sort.FLAG not in (one, other) and not one is other is Sort.LIST:
        assert fails(f"a {ORDERS[operator]} b", a=VALUES[one], b=VALUES[other]) is bool(odd)
    else:
        assert odd


@pytest.mark.parametrize("one", VALUES)
@pytest.mark.parametrize("other", VALUES)
def test_what_is_said_to_be_never_equal_is_not(one: Sort, other: Sort) -> None:
    """Where linting says that two sorts are never equal, two such values are not."""
    if list(compared("eq", (Meant(one), NAME), (Meant(other), NAME))) and one is not other:
        assert not expressions().compile_expression("a == b")(a=VALUES[one], b=VALUES[other])


@pytest.mark.parametrize("sort", VALUES)
def test_loops_go_through_what_they_are_said_to(sort: Sort) -> None:
    """What linting takes for no list cannot be gone through, but for the characters of a text."""
    try:
        iter(VALUES[sort])
        goes = True
    except TypeError:
        goes = False

    assert goes is (sort in (Sort.LIST, Sort.TEXT))
