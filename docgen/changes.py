"""Two renderings of a set held against each other, value by value: what an edit of the data makes of the files.

Values are compared field by field. Entries of a list answer to each other by what they hold, not by their numbers:
a row put in before others is one new row, and does not change all that follow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from docgen.findings import Place
from docgen.merge.align import align, text_likeness

_STEP = re.compile(r"[^.\[\]]+|\[[0-9]+\]")


class Value(NamedTuple):
    """A value in a file: the path of its field (empty for what comes from no single one), its text, its place."""

    path: str
    text: str
    place: Place


class Change(NamedTuple):
    """One value that is written otherwise: old is None where it is new, new where it is gone."""

    field: str
    old: str | None
    new: str | None
    place: Place


@dataclass
class _Node:
    """What stands below a path: the values of the path itself, the fields below it, the entries of a list."""

    values: list[Value] = field(default_factory=list)
    fields: dict[str, _Node] = field(default_factory=dict)
    entries: dict[int, _Node] = field(default_factory=dict)

    @cached_property
    def texts(self) -> Counter[tuple[str, str]]:
        """All that is written of it: the last step of each path with the text."""
        found = Counter(("", value.text) for value in self.values)
        for name, node in self.fields.items():
            found.update({(name, text): count for (_, text), count in node.texts.items()})
        for node in self.entries.values():
            found.update(node.texts)
        return found

    @cached_property
    def key(self) -> frozenset[tuple[tuple[str, str], int]]:
        """What is equal in two entries that say the same."""
        return frozenset(self.texts.items())


def changes(old: Iterable[Value], new: Iterable[Value]) -> list[Change]:
    """What is written otherwise, field by field in the order of the new values."""
    before, after = _by_top(old), _by_top(new)
    # Most of a set says what it said, which costs less to see than to lay out.
    same = {top for top, values in after.items() if _texts(values) == _texts(before.get(top, ()))}
    one, other = ([v for top, values in each.items() if top not in same for v in values] for each in (before, after))
    return list(_changes(_tree(one), _tree(other), ""))


def _by_top(values: Iterable[Value]) -> dict[str, list[Value]]:
    """The values by the field at the top of their paths."""
    found: dict[str, list[Value]] = {}
    for value in values:
        found.setdefault(value.path.partition(".")[0].partition("[")[0], []).append(value)
    return found


def _texts(values: Iterable[Value]) -> list[tuple[str, str]]:
    return [(value.path, value.text) for value in values]


def _tree(values: Iterable[Value]) -> _Node:
    root = _Node()
    for value in values:
        node = root
        for step in _STEP.findall(value.path):
            if step.startswith("["):
                node = node.entries.setdefault(int(step[1:-1]), _Node())
            else:
                node = node.fields.setdefault(step, _Node())
        node.values.append(value)
    return root


def _changes(old: _Node, new: _Node, path: str) -> Iterator[Change]:
    yield from _otherwise(path, old.values, new.values)
    for name in dict.fromkeys([*new.fields, *old.fields]):
        inner = f"{path}.{name}" if path else name
        yield from _changes(old.fields.get(name, _Node()), new.fields.get(name, _Node()), inner)
    before, after = sorted(old.entries.items()), sorted(new.entries.items())
    for i, j in align([n for _, n in before], [n for _, n in after], lambda node: node.key, _likeness):
        number = after[j][0] if j is not None else before[i][0] if i is not None else 0
        one = before[i][1] if i is not None else _Node()
        yield from _changes(one, after[j][1] if j is not None else _Node(), f"{path}[{number}]")


def _otherwise(path: str, old: list[Value], new: list[Value]) -> Iterator[Change]:
    for i, j in align(old, new, lambda value: value.text, _alike):
        if i is None and j is not None:
            # The same value at one more place is no other value.
            if not any(value.text == new[j].text for value in old):
                yield Change(path, None, new[j].text, new[j].place)
        elif j is None and i is not None:
            if not any(value.text == old[i].text for value in new):
                yield Change(path, old[i].text, None, old[i].place)
        elif i is not None and j is not None and old[i].text != new[j].text:
            yield Change(path, old[i].text, new[j].text, new[j].place)


def _alike(one: Value, other: Value) -> float:
    """How likely one value stands where the other stood: the same file and a like text."""
    return 0.5 + text_likeness(one.text, other.text) / 4 + (0.25 if one.place.file == other.place.file else 0.0)


def _likeness(one: _Node, other: _Node) -> float:
    shared, total = (one.texts & other.texts).total(), max(one.texts.total(), other.texts.total())
    return shared / total if total else 0.0
