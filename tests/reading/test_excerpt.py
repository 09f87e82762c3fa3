"""The sentence a finding stands in, cut to a line, with the mark exactly below the characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.reading.excerpt import excerpt
from docgen.visible import columns


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("前一句。合同总价为100元（大写：壹仟元整）。后一句。", "壹仟元整", "合同总价为100元（大写：壹仟元整）。"),
        ("198000", "198000", "198000"),
        ("序号一；  金额 5 元", "5", "金额 5 元"),
    ],
)  # fmt: skip
def test_the_sentence_is_shown_and_marked(text: str, quote: str, shown: str) -> None:
    """The sentence stands by itself, and the mark is as wide as what it marks."""
    line, mark = excerpt(text, text.index(quote), text.index(quote) + len(quote)).split("\n")

    assert line == shown
    assert mark == " " * columns(shown[: shown.index(quote)]) + "^" * columns(quote)


@given(st.text("甲元a1，。 ", min_size=1, max_size=300), st.data())
def test_every_excerpt_fits_a_terminal(text: str, data: st.DataObject) -> None:
    """Whatever is marked, line and mark fit into eighty columns, and the mark stands below the first character."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    line, mark = excerpt(text, start, end).split("\n")

    at = next(at for at in range(len(line) + 1) if columns(line[:at]) == len(mark) - len(mark.lstrip()))
    assert max(columns(line), columns(mark)) <= 72
    assert line[at] == text[start]
