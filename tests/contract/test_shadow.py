"""Mended texts and the way back to the places typed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.shadow import Edit, Shadow
from tests.endure import examples


def test_offsets_lead_back_to_the_text_as_typed() -> None:
    """Before, inside and behind a mend."""
    shadow = Shadow.of("甲：X乙", [Edit(1, 2, ": ")])

    assert shadow.text == "甲: X乙"
    assert [shadow.origin(offset) for offset in range(6)] == [0, 1, 1, 2, 3, 4]


def test_of_overlapping_mends_the_first_counts() -> None:
    """Two reasons to mend the same characters do not mend them twice."""
    assert Shadow.of("abcdef", [Edit(1, 4, "-"), Edit(2, 3, "+"), Edit(5, 6, "")]).text == "a-e"


EDITS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("甲 -", max_size=4)), max_size=6)


@given(EDITS)
@settings(max_examples=examples(100))
def test_characters_that_were_kept_are_found_again(edits: list[tuple[int, int, str]]) -> None:
    """Every kept character leads back to itself, and offsets never run backwards."""
    text = "".join(chr(0x4E00 + number) for number in range(40))
    shadow = Shadow.of(text, [Edit(start, start + length, new) for start, length, new in edits])

    origins = [shadow.origin(offset) for offset in range(len(shadow.text) + 1)]

    assert origins == sorted(origins)
    assert all(
        text[origin] == character
        for origin, character in zip(origins, shadow.text, strict=False)
        if "\u4e00" <= character < "\u4e28"
    )
    assert origins[-1] == len(text)
