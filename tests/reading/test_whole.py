"""The whole text of a document, searched at once, tells the same blocks as block by block."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_where, blocks_with, together

_TEXTS = st.lists(st.text("甲乙元1\n ", max_size=6), max_size=12)


def document(*texts: str) -> Reading:
    return Reading("a.docx", tuple(Block(number, "body", number, text) for number, text in enumerate(texts)))


@given(_TEXTS, st.lists(st.text("甲乙元1", min_size=1, max_size=2), max_size=3))
def test_blocks_with_a_word_are_those_that_have_it(texts: list[str], words: list[str]) -> None:
    """In order, each once, whichever of the words it has; a second question gets the same answer."""
    reading = document(*texts)
    expected = [block for block in reading.blocks if any(word in block.text for word in words)]
    assert blocks_with(reading, *words) == expected
    assert blocks_with(reading, *words) == expected


@given(_TEXTS)
def test_blocks_where_a_pattern_is_found_are_those_that_match(texts: list[str]) -> None:
    """In order, each once, however many matches it has."""
    reading, pattern = document(*texts), re.compile("[甲1]元?")
    assert blocks_where(reading, pattern) == [block for block in reading.blocks if pattern.search(block.text)]


def test_lists_of_blocks_are_put_together_in_order() -> None:
    """A block that several lists have comes once."""
    one, two, three = document("一", "二", "三").blocks
    assert together([one, three], [], [two, three]) == [one, two, three]
