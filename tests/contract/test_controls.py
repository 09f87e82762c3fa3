"""Control figures: typed although they are worked out as well."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from docgen.contract.contract import Contract
from docgen.contract.controls import controls, left_behind, typed_controls, without_controls
from docgen.contract.derive import complete
from docgen.contract.load import load
from docgen.contract.model import ContractData, Instalment, Price, PriceRow, PriceSection, Tax
from docgen.contract.paths import with_value

ROOT = Path(__file__).resolve().parent.parent.parent
PRICED, SET = "2021-专项评估", "2026-好差评"


def contract(name: str) -> Contract:
    """A sample."""
    found, _ = load(ROOT / "data" / name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", [PRICED, SET, "2022-专项评估-草稿"])
def test_what_is_left_out_is_worked_out_again(name: str) -> None:
    """Without its control figures a contract says just the same, and has none left."""
    data = contract(name).data

    bare = without_controls(data)

    assert complete(bare) == complete(data)
    assert controls(bare) == frozenset()


def test_what_was_typed_besides_what_it_is_worked_out_from_is_a_control() -> None:
    """Sums and amounts of shares are; an amount that nothing gives, and 余款, are not."""
    assert {path for path in controls(contract(PRICED).data) if path.startswith("price.")} == {
        *(f"price.sections[{number}].subtotal" for number in range(1, 7)),
        "price.total",
        "price.sub_budgets[1].amount",
        "price.sub_budgets[2].amount",
    }
    assert controls(contract(SET).data) == {
        "price.instalments[1].amount",
        "price.instalments[2].amount",
        "contract.copies.total",
    }


def test_a_figure_that_contradicts_is_none() -> None:
    """What does not agree with what it is worked out from is told as a fault, and stays."""
    data = with_value(contract(PRICED).data, "price.sections[1].subtotal", 1)

    assert "price.sections[1].subtotal" not in controls(data)


def test_the_rest_of_an_open_total_is_no_control() -> None:
    """余款 says how an amount is worked out, also where it cannot be yet."""
    assert controls(contract("2022-专项评估-草稿").data) == frozenset()


def told(data: ContractData, changed: set[str]) -> list[tuple[str, str, str]]:
    """The figures that stayed behind what was changed, as text."""
    left = left_behind(data, [path for path in typed_controls(data) if path not in changed])
    return [(one.path, f"{one.typed:.0f}", f"{one.right:.0f}") for one in left]


def test_what_a_new_total_leaves_behind_is_named_with_what_it_should_be() -> None:
    """However many of the old figures agree with each other, they follow what was changed, and 余款 by itself."""
    data = with_value(contract(SET).data, "price.total", Decimal(2180000))

    assert told(data, {"price.total"}) == [
        ("price.instalments[1].amount", "1080000", "1090000"),
        ("price.instalments[2].amount", "540000", "545000"),
    ]


def test_what_a_new_unit_price_leaves_behind_is_named_on_every_level() -> None:
    """Subtotal, total and sub-budget follow the row; what a review form says that is dated stays what was reviewed."""
    path = "price.sections[1].rows[4].unit_price"
    data = with_value(contract(PRICED).data, path, Decimal(550))

    assert told(data, {path}) == [
        ("price.sections[1].subtotal", "209500", "212200"),
        ("price.total", "1040000", "1042700"),
        ("price.sub_budgets[2].amount", "820000", "822700"),
    ]
    undated = with_value(data, "review.date", None)
    assert told(undated, {path})[3:] == [("review.amount", "1040000", "1042700")]


def test_figures_rounded_another_way_stay() -> None:
    """What is next to the exact product or share by a 分 at most contradicts nothing."""
    section = PriceSection(
        rows=(PriceRow(unit_price=Decimal("3.33"), quantity=Decimal("0.5"), amount=Decimal("1.66")),)
    )
    shares = tuple(Instalment(share=Decimal("0.5"), amount=Decimal(each)) for each in ("0.84", "0.82"))
    data = ContractData(price=Price(total=Decimal("1.66"), sections=(section,), instalments=shares))

    assert told(data, set()) == []


def test_net_price_and_tax_that_no_rate_gives_are_not_guessed() -> None:
    """Which of the two a new total changes is not known."""
    tax = Tax(net=Decimal(90), tax=Decimal(10))

    assert told(ContractData(price=Price(total=Decimal(120), tax=tax)), {"price.total"}) == []
