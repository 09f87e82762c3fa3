"""Control figures: typed although they are worked out as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.contract.contract import Contract
from docgen.contract.controls import controls, without_controls
from docgen.contract.derive import complete
from docgen.contract.load import load
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
