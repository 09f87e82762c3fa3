"""Working out once what is asked for several times: of a document by its rules, of parts that many files share."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, ParamSpec, TypeVar, cast

from docgen.reading.document import Reading

Extracted = TypeVar("Extracted")
Given = ParamSpec("Given")

# Rules go over a set one after the other, so all documents of an ordinary set are remembered.
_MOST: Final = 32
# Filled when modules are loaded, so that what is remembered can be let go of together.
_FORGETTING: Final[list[Callable[[], None]]] = []


def once_per_reading(extract: Callable[[Reading], Extracted]) -> Callable[[Reading], Extracted]:
    """The same function, which remembers what it found in the last few documents."""
    remembered = lru_cache(maxsize=_MOST)(extract)
    _FORGETTING.append(remembered.cache_clear)
    return remembered


def once_per_part(extract: Callable[Given, Extracted]) -> Callable[Given, Extracted]:
    """The same function, which remembers what it found in the last few parts."""
    remembered = lru_cache(maxsize=_MOST)(extract)
    _FORGETTING.append(remembered.cache_clear)
    return cast("Callable[Given, Extracted]", remembered)


def forget() -> None:
    """Let go of all documents and parts that are remembered."""
    for clear in _FORGETTING:
        clear()
