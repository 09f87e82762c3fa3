"""An independent second opinion, where it is one: cn2an's values for the same amounts."""

from __future__ import annotations

from decimal import Decimal

import cn2an
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.amounts.figures import LARGEST
from docgen.amounts.read import Standing, read_amount
from docgen.amounts.write import write_amount
from tests.endure import examples

ZEROS = st.tuples(st.text("0000123", min_size=1, max_size=16), st.sampled_from([0, 5, 50, 55])).map(
    lambda parts: int(parts[0]) * 100 + parts[1]
)
FEN = st.integers(0, LARGEST) | ZEROS


@settings(max_examples=examples(500))
@given(FEN)
def test_what_cn2an_writes_is_read_with_its_value(fen: int) -> None:
    """cn2an leaves out 整 and some 零, never so that the value is lost: we read it, and never as another one."""
    value = Decimal(fen).scaleb(-2)
    reading = read_amount(cn2an.an2cn(str(value), "rmb"))
    assert reading.value == value
    assert reading.standing in (Standing.CANONICAL, Standing.PERMITTED, Standing.IRREGULAR)


@settings(max_examples=examples(500))
@given(FEN.filter(lambda fen: fen < 10**15))
def test_what_we_write_has_the_same_value_for_cn2an(fen: int) -> None:
    """Where cn2an reads an amount at all (it refuses 角整 and 元零), and a float holds it, the value is ours."""
    value = Decimal(fen).scaleb(-2)
    try:
        read = cn2an.cn2an(write_amount(value), "smart")
    except ValueError:
        return
    assert Decimal(str(read)) == value
