"""Extracting once per document what several rules ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar

from docgen.reading.document import Reading

Extracted = TypeVar("Extracted")


@dataclass(frozen=True, slots=True)
class _Same:
    """A Reading that is equal to itself alone: comparing all its text would cost more than reading it again."""

    reading: Reading

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.reading is self.reading

    def __hash__(self) -> int:
        return id(self.reading)


def once_per_reading(extract: Callable[[Reading], Extracted]) -> Callable[[Reading], Extracted]:
    """The same function, which remembers what it found in the last few documents."""

    @lru_cache(maxsize=4)
    def remembered(same: _Same) -> Extracted:
        return extract(same.reading)

    @wraps(extract)
    def asked(reading: Reading) -> Extracted:
        return remembered(_Same(reading))

    return asked
