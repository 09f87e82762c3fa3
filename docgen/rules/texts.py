"""Every text of the data with its path, the kit's own fields included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.contract.group import Group


def texts_of(value: Any, path: str = "", *, leave_out: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every text below a value, in the order of the data; `leave_out` are keys at the top that are passed over."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Group):
        for key in value.declared:
            if key not in leave_out:
                yield from texts_of(getattr(value, key), f"{path}.{key}" if path else key)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from texts_of(item, f"{path}[{number}]")
