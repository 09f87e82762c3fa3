from __future__ import annotations

from collections import Counter

import pytest
from lxml import etree

from docgen.merge import opened as room
from docgen.merge.three_way import Merged, Version, merge
from docgen.word.parts import parse
from tests.wordfiles import p, word_file


def test_each_part_of_each_version_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often headers are held against each other and the body gone through."""
    parsed: Counter[bytes] = Counter()

    def counted(data: bytes) -> etree._Element:
        parsed[data] += 1
        return parse(data)

    monkeypatch.setattr(room, "parse", counted)
    versions = [Version(word_file(p(each), header=p(f"页眉{each}"))) for each in ("甲方", "甲方（章）", "乙方和甲方")]

    merge(*versions)

    # The body and the header of each version, and the same relations in all three.
    assert sorted(parsed.values()) == [1] * 6 + [3]


def test_what_is_generated_as_it_was_leaves_the_file_alone() -> None:
    """The person's file comes out to the byte, whatever is in it."""
    made, mine = word_file(p("甲方")), b"anything"

    assert merge(Version(made), Version(mine), Version(made)) == Merged(mine)
