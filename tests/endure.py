"""How many cases a property test goes through: a seeded sample by default, the full count under `nox -s endure`."""

from __future__ import annotations

import os

ENDURE = bool(os.environ.get("DOCGEN_ENDURE"))


def examples(sample: int, full: int | None = None) -> int:
    """The number of cases: `sample`, or `full` (a hundred times the sample unless given) when enduring."""
    if not ENDURE:
        return sample
    return full if full is not None else sample * 100
