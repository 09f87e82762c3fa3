"""Fields put into a YAML text that it lacks: where the order of the schema has them, every other byte as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from docgen.contract.amend import Splice, content_end, line_end, line_start, newline_of, spelled
from docgen.contract.contract import outer
from docgen.contract.shape import GroupShape, shape_at
from docgen.contract.source import Node
from docgen.contract.typed import Typed

_STEP = "  "

Entries: TypeAlias = "dict[str, str | Entries]"


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that the data leave out: the nearest mapping there is, by path, and the keys that lead on."""

    around: str
    anchor: Typed
    shape: GroupShape
    keys: tuple[str, ...]


def missing(path: str, typed: Mapping[str, Typed], shape: GroupShape) -> Missing | None:
    """Where a field belongs that stands nowhere in the data; None where there is no place for it."""
    around, _, key = path.rpartition(".")
    keys = [key]
    while around and around not in typed:
        if around.endswith("]"):
            return None
        keys.insert(0, around.rpartition(".")[2])
        around = outer(around)
    anchor, group = typed.get(around), shape_at(shape, around) if around else shape
    if anchor is None or anchor.node.kind != "mapping" or not isinstance(group, GroupShape):
        return None
    return Missing(around, anchor, group, tuple(keys))


def inserted(fields: Iterable[tuple[Missing, str]]) -> Iterator[tuple[Path, Splice]]:
    """The splices that put fields into their data files, with their texts; those of one group together."""
    found: dict[str, tuple[Missing, Entries]] = {}
    for field, text in fields:
        _, entries = found.setdefault(field.around, (field, {}))
        for key in field.keys[:-1]:
            inner = entries.setdefault(key, {})
            assert isinstance(inner, dict)
            entries = inner
        entries[field.keys[-1]] = text
    for field, entries in found.values():
        for splice in _into(field.anchor, field.shape, entries):
            yield field.anchor.path, splice


def _into(anchor: Typed, shape: GroupShape, entries: Entries) -> Iterator[Splice]:
    """The splices for one mapping: each key behind the last one that the schema has before it."""
    text, node = anchor.text, anchor.node
    order = list(shape.fields)
    there = {order.index(shape.keys[name]): n for n, (key, _) in enumerate(node.pairs)
             if (name := key.text.strip()) in shape.keys}  # fmt: skip
    labels = _labelled(node, shape)
    behind: dict[int | None, Entries] = {}
    for key in sorted(entries, key=order.index):
        near = max((place for place in there if place < order.index(key)), default=None)
        behind.setdefault(None if near is None else there[near], {})[key] = entries[key]
    for near, group in behind.items():
        if text[node.start] == "{":
            yield _in_braces(node, near, ", ".join(_flow(group, shape, labels=labels)))
        else:
            yield _in_lines(text, node, near, group, shape, labels=labels)


def _labelled(node: Node, shape: GroupShape) -> bool:
    """Whether the keys of a mapping are written in Chinese."""
    names = [key.text.strip() for key, _ in node.pairs]
    return any(name in shape.keys and name not in shape.fields for name in names)


def _in_braces(node: Node, near: int | None, written: str) -> Splice:
    if near is not None:
        at = node.pairs[near][1].end
        return Splice(at, at, f", {written}")
    at = node.start + 1
    return Splice(at, at, f"{written}, " if node.pairs else written)


def _in_lines(text: str, node: Node, near: int | None, entries: Entries, shape: GroupShape, *, labels: bool) -> Splice:
    first = node.pairs[0][0]
    lead = " " * (first.start - line_start(text, first.start))
    # The first key may share its line with the dash of an item, or stand below a comment of its own.
    at = line_start(text, first.start) if near is None else line_end(text, content_end(text, node.pairs[near][1]))
    alone = not text[at : first.start].strip() and not _commented(text, at)
    if near is None and not alone:
        at = line_end(text, content_end(text, node.pairs[0][1]))
    newline = newline_of(text)
    lines = "".join(f"{lead}{line}{newline}" for line in _lines(entries, shape, labels=labels))
    before = "" if not at or text[at - 1] in "\r\n" else newline
    return Splice(at, at, before + lines)


def _commented(text: str, at: int) -> bool:
    """Whether the line above is a comment."""
    return text[line_start(text, max(at - 2, 0)) : at].lstrip().startswith("#")


def _lines(entries: Entries, shape: GroupShape, *, labels: bool) -> Iterator[str]:
    for name, value, inner in _named(entries, shape, labels=labels):
        if isinstance(value, str):
            yield f"{name}: {spelled(value)}"
        else:
            yield f"{name}:"
            yield from (f"{_STEP}{line}" for line in _lines(value, inner, labels=labels))


def _flow(entries: Entries, shape: GroupShape, *, labels: bool) -> Iterator[str]:
    for name, value, inner in _named(entries, shape, labels=labels):
        said = spelled(value, flow=True) if isinstance(value, str) else None
        yield f"{name}: {said or '{' + ', '.join(_flow(value, inner, labels=labels)) + '}'}"  # type: ignore[arg-type]


def _named(entries: Entries, shape: GroupShape, *, labels: bool) -> Iterator[tuple[str, str | Entries, GroupShape]]:
    """Each field as its key is to be written, with its value and the group that it is, in the order of the schema."""
    for key in sorted(entries, key=list(shape.fields).index):
        field = shape.fields[key]
        inner = field.shape if isinstance(field.shape, GroupShape) else shape
        yield field.label if labels else key, entries[key], inner
