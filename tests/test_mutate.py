"""Slips in clean sets are found: a sample of what `nox -s mutate` goes through."""

from __future__ import annotations

import random

import pytest

from tests.endure import examples
from tests.mutate import clean_set, findings, mutated, mutations

# Kinds that the set itself states twice or binds by order, so that every slip can be found.
BOUND = ("copies", "year", "article", "clause", "serial", "count")


@pytest.mark.parametrize("name", ["2021-专项评估", "2026-好差评"])
def test_clean_sets_are_left_alone_and_slips_are_found(name: str) -> None:
    """Verify finds nothing in a set as docgen writes it, and something in it after any slip of a bound fact."""
    clean = clean_set(name)
    bound = [mutation for mutation in mutations(clean) if mutation.kind in BOUND]
    sample = random.Random(7).sample(bound, min(examples(25, len(bound)), len(bound)))

    assert [] == findings(clean)
    assert [] == [m.shown for m in sample if not findings(clean, mutated(clean, m), m.file)]
