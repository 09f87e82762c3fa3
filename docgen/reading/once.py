"""Extracting once per document what several rules ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Final, TypeVar

from docgen.reading.document import Reading

Extracted = TypeVar("Extracted")

# Rules go over a set one after the other, so all documents of an ordinary set are remembered.
_MOST: Final = 32
# Filled when modules are loaded, so that what is remembered can be let go of together.
_FORGETTING: Final[list[Callable[[], None]]] = []


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

    @lru_cache(maxsize=_MOST)
    def remembered(same: _Same) -> Extracted:
        return extract(same.reading)

    _FORGETTING.append(remembered.cache_clear)

    @wraps(extract)
    def asked(reading: Reading) -> Extracted:
        return remembered(_Same(reading))

    return asked


def forget() -> None:
    """Let go of all documents that are remembered."""
    for clear in _FORGETTING:
        clear()
