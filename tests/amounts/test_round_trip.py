"""Every amount, one by one: what is written is read back as the same value and as canonical."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal

import pytest

from docgen.amounts.read import Standing, read_amount
from docgen.amounts.write import write_amount
from tests.endure import ENDURE

_MILLION = 1_000_000


def first_failure(start: int) -> str | None:
    """The first of a million amounts from `start` (in 分) that does not come back, if any."""
    canonical = Standing.CANONICAL
    for fen in range(start, start + _MILLION):
        value = Decimal(fen).scaleb(-2)
        words = write_amount(value)
        reading = read_amount(words)
        if reading.value != value or reading.standing is not canonical or reading.canonical != words:
            return f"{value} {words} {reading}"
    return None


def test_every_amount_up_to_ten_thousand_comes_back() -> None:
    """0.00 to 9,999.99, all of them."""
    assert first_failure(0) is None


@pytest.mark.skipif(not ENDURE, reason="four minutes on two cores")
def test_every_amount_up_to_a_million_comes_back() -> None:
    """0.00 to 999,999.99, all of them."""
    with ProcessPoolExecutor() as pool:
        failures = list(pool.map(first_failure, range(0, 100 * _MILLION, _MILLION)))
    assert failures == [None] * 100


@pytest.mark.parametrize("scale", [0, 4, 8, 12])
def test_every_four_digits_come_back_at_every_scale(scale: int) -> None:
    """All groups of four digits, alone and behind other digits."""
    for group in range(10_000):
        for value in (group * 10**scale, (group * 10**scale + 3 * 10 ** (scale + 4)) % 10**16):
            words = write_amount(value)
            assert read_amount(words) == (Decimal(value).quantize(Decimal("0.01")), "canonical", None, None, words)
