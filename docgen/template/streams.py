"""Data that can be gone through only once, made such that can be gone through again.

A document may be rendered more than once until it is right: quickly, with care, by docxtpl. What the first of these
took out of a generator would be missing in the next; so what has come out of one is kept, and it ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from docgen.template.budget import MOST_PASSES, TOO_MANY, Meter
from docgen.template.values import Rows, Text

# Generators, and what Python makes by zip, map, itertools…: nothing else can be asked of them but the next item.
_MODULES: Final = frozenset({"builtins", "itertools"})
_END: Final = object()
_DEEPEST: Final = 4
# Python itself knows how long these are, whatever a class made of them says.
KNOWN: Final[frozenset[type]] = frozenset(
    {str, Text, int, float, bool, type(None), Decimal, list, tuple, Rows, dict, set, frozenset, bytes, range}
)


class Stream:
    """The items of an iterator, from the first of them each time."""

    __slots__ = ("_come", "_coming")

    def __init__(self, coming: Iterator[Any]) -> None:
        self._coming = coming
        self._come: list[Any] = []

    def __iter__(self) -> Iterator[Any]:
        """The items; a ValueError where there are more than any loop may go through."""
        number = 0
        while number < len(self._come) or self._comes():
            yield self._come[number]
            number += 1

    def _comes(self) -> bool:
        if len(self._come) == MOST_PASSES:
            raise ValueError(TOO_MANY)
        item = next(self._coming, _END)
        if item is not _END:
            self._come.append(item)
        return item is not _END

    def __str__(self) -> str:
        return str(self._coming)


def finite(value: Any, meter: Meter) -> Any:
    """The value, of which nobody need be asked how long it is; a ValueError where it has more items than may be.

    What a class of somebody else's holds is copied, item by item: Python's own functions would never come back from
    one without end.
    """
    kind = value.__class__
    if kind is range and len(value) > MOST_PASSES:
        raise ValueError(TOO_MANY)
    if kind in KNOWN or hasattr(kind, "__html__"):
        return value
    if isinstance(value, str):
        return str.__getitem__(value, slice(None))
    if isinstance(value, Mapping):
        return {key: value[key] for key in meter.counted(value)}
    return list(meter.counted(value)) if hasattr(kind, "__iter__") or hasattr(kind, "__getitem__") else value


def searched(value: Any, meter: Meter) -> Any:
    """What is looked through for an item: as it is where it says by itself what it holds."""
    own = value.__class__ not in KNOWN and getattr(value.__class__, "__contains__", None)
    return value if own and not isinstance(value, str) else finite(value, meter)


def lasting(data: Mapping[str, Any], depth: int = _DEEPEST) -> Mapping[str, Any]:
    """The data with every generator in them, and in groups within them, as one that lasts."""
    changed = {name: made for name, item in data.items() if (made := _lasting(item, depth - 1)) is not item}
    return {**data, **changed} if changed else data


def _lasting(item: Any, depth: int) -> Any:
    if type(item) is dict:
        return lasting(item, depth) if depth else item
    once = isinstance(item, Iterator) and type(item).__module__ in _MODULES
    return Stream(item) if once else item
