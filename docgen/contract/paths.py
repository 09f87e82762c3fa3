"""Values of a contract by their paths: looked up, and put in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.contract.group import Group
from docgen.contract.shape import steps

NOWHERE = object()


def value_at(data: Any, path: str) -> Any:
    """The value at a path, `NOWHERE` for an entry that is not in its list."""
    for step in _way(path):
        if isinstance(step, int):
            if not 1 <= step <= len(data):
                return NOWHERE
            data = data[step - 1]
        else:
            data = getattr(data, step)
    return data


def with_value(data: Any, path: str, value: Any) -> Any:
    """The data with another value at the path."""
    return _changed(data, list(_way(path)), value)


def _way(path: str) -> Iterator[str | int]:
    for key, indices in steps(path):
        yield key
        yield from map(int, indices)


def _changed(data: Any, way: list[str | int], value: Any) -> Any:
    if not way:
        return value
    step, rest = way[0], way[1:]
    if isinstance(step, int):
        return (*data[: step - 1], _changed(data[step - 1], rest, value), *data[step:])
    assert isinstance(data, Group)
    return data.changed(**{step: _changed(getattr(data, step), rest, value)})
