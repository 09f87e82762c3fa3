"""Slips in clean sets are found, and edits that change nothing are not: a sample of what `nox -s mutate` goes through."""

from __future__ import annotations

import random

import pytest

from tests.endure import ENDURE, examples
from tests.harmless import LOOKS, SPELLINGS
from tests.mutate import AWKWARD, SAMPLES, alarms, clean_set, findings, is_found, mutations
from tests.slips import LETTERS

PLACES = {"正文", "表格", "嵌套表", "页眉", "页脚", "脚注", "文本框", "内容控件", "拆开的文字", "修订与域"}


@pytest.mark.parametrize("name", [*SAMPLES, *AWKWARD])
def test_slips_are_found(name: str) -> None:
    """Verify finds nothing in a clean set, and something in it after any slip of a bound fact."""
    clean = clean_set(name)
    slips = list(mutations(clean, seed=examples(7, 1)))
    sample = random.Random(7).sample(slips, min(examples(12, len(slips)), len(slips)))

    assert [] == findings(clean)
    assert [] == [slip.shown for slip in sample if not is_found(clean, slip)]


@pytest.mark.parametrize("name", [*SAMPLES, *AWKWARD])
def test_edits_that_change_nothing_are_left_alone(name: str) -> None:
    """Fonts, runs, blanks, empty paragraphs and lawful spellings are no reason for a finding."""
    clean = clean_set(name)
    few = 2 if name in SAMPLES and not ENDURE else None
    looks, spellings = list(LOOKS.values())[:few], list(SPELLINGS.values())[:few]

    assert [] == [one for edit in looks for one in alarms(clean, edit, notes=False)]
    assert [] == [one for edit in spellings for one in alarms(clean, edit, notes=True)]


def test_every_kind_of_fact_and_every_place_is_slipped() -> None:
    """The awkward sets hold bound facts of each kind, and in whatever part of a Word file text may stand."""
    facts = [fact for name in AWKWARD for fact in clean_set(name).facts]

    assert {fact.place for fact in facts} == PLACES
    assert {fact.kind for fact in facts} | {"先后", "缺行", "重行"} == {*LETTERS, "行"}
