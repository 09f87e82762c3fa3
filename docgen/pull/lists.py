"""Entries of a list put in, taken out or moved, as a change of the YAML and as what must be printed then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.contract.amend import Entry, Fresh
from docgen.contract.scalars import Scalar
from docgen.contract.shape import GroupShape, ListShape, Shape, shape_at
from docgen.contract.typed import Typed
from docgen.pull.found import ListEdit, NewRow, Spot
from docgen.pull.spelling import spellings


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A list in a new order: its path, its node, and its entries: numbers from 1, or new ones with what stands in them.

    `ways` are the new entries as they are to be typed, for each of the ways to type them; `amounts` are the fields that
    must come out as they were written even where they are worked out. `gone` is where an entry stood that is gone.
    """

    path: str
    typed: Typed
    order: tuple[int | NewRow, ...]
    ways: tuple[tuple[Fresh, ...], ...]
    spot: Spot | None
    gone: Spot | None = None
    amounts: frozenset[str] = frozenset()

    def items(self) -> list[int | Fresh]:
        """The entries for the YAML: numbers from 0, or new ones."""
        fresh = iter(self.ways[0])
        return [item - 1 if isinstance(item, int) else next(fresh) for item in self.order]

    def otherwise(self) -> Arrangement | None:
        """The same with another way to type the new entries; None when there is none left."""
        return replace(self, ways=self.ways[1:]) if len(self.ways) > 1 else None

    def moved(self, path: str) -> str:
        """Where a field of the list stands in the new order; empty where its entry is gone."""
        if not path.startswith(f"{self.path}["):
            return path
        number, _, rest = path[len(self.path) + 1 :].partition("]")
        return f"{self.path}[{self.order.index(int(number)) + 1}]{rest}" if int(number) in self.order else ""

    def printed(self) -> Iterator[tuple[str, str]]:
        """What must be printed of the new entries: field and text."""
        fresh = iter(self.ways[0])
        for number, item in enumerate(self.order, 1):
            if isinstance(item, NewRow):
                proven = self.amounts | {key.partition("[")[0] for key in next(fresh).values}
                for key, text in (*item.values.items(), *item.again):
                    if text.strip() and key.partition("[")[0] in proven:
                        yield _field(f"{self.path}[{number}]", key), text

    def told(self, typed: Mapping[str, Typed]) -> Iterator[tuple[str, str | None, str | None]]:
        """The change for people: each new entry with its fields, each one that is gone, and whether any moved."""
        fresh = iter(self.ways[0])
        for number, item in enumerate(self.order, 1):
            if isinstance(item, NewRow):
                for key, value in next(fresh).values.items():
                    field = _field(f"{self.path}[{number}]", key)
                    texts = {field: value} if isinstance(value, str) else _numbered(field, value)
                    yield from ((path, None, text) for path, text in texts.items())
        count = len(self.typed.node.items)
        for number in range(1, count + 1):
            if number not in self.order:
                yield f"{self.path}[{number}]", _said(f"{self.path}[{number}]", typed), None
        kept = [item for item in self.order if isinstance(item, int)]
        moved = [place for place, (one, other) in enumerate(zip(sorted(kept), kept, strict=True)) if one != other]
        if moved:
            here = slice(moved[0], moved[-1] + 1)
            yield self.path, "、".join(map(str, sorted(kept)[here])), "、".join(map(str, kept[here]))


def _field(entry: str, key: str) -> str:
    return f"{entry}.{key}" if key else entry


def _numbered(path: str, texts: Sequence[str]) -> dict[str, str]:
    return {f"{path}[{number}]": text for number, text in enumerate(texts, 1)}


def _said(entry: str, typed: Mapping[str, Typed]) -> str:
    nodes = (t.node for path, t in typed.items() if path == entry or path.startswith((f"{entry}.", f"{entry}[")))
    return " ".join(node.text for node in nodes if node.kind == "scalar")


def arrangement(edit: ListEdit, typed: Mapping[str, Typed], shape: GroupShape) -> Arrangement | str:
    """The change of the YAML that an edit of a list asks for; or why there is none."""
    found = typed.get(edit.path)
    if found is None or found.node.kind != "sequence":
        return "这个列表不是逐项写在数据里的"
    if sorted(edit.before) != list(range(1, len(found.node.items) + 1)):
        return f"文件里没有按次序列出全部 {len(found.node.items)} 项，无法判断增删的是哪一项"
    rows = [item for item in edit.order if isinstance(item, NewRow)]
    ways = [tuple(_fresh(row, edit.path, keys, typed, shape) for row in rows) for keys in _keys(edit, typed)]
    possible: list[tuple[Fresh, ...]] = []
    for way in ways:
        whole = tuple(fresh for fresh in way if fresh is not None)
        if len(whole) == len(way) and whole not in possible:
            possible.append(whole)
    if not possible:
        return "新增的行里有读不成数据的内容"
    return Arrangement(edit.path, found, edit.order, tuple(possible), edit.spot, edit.gone, _amounts(edit.path, shape))


def _amounts(path: str, shape: GroupShape) -> frozenset[str]:
    """The fields of an entry that are amounts."""
    entry = shape_at(shape, f"{path}[1]")
    fields = entry.fields.values() if isinstance(entry, GroupShape) else ()
    return frozenset(field.key for field in fields if isinstance(field.shape, Scalar) and field.shape.kind == "money")


def _keys(edit: ListEdit, typed: Mapping[str, Typed]) -> Iterator[list[str]]:
    """The keys that the entries of the list are typed with: those of each entry first, then all of them together."""
    entries = [_typed_keys(f"{edit.path}[{number}]", typed) for number in edit.before]
    yield from (list(keys) for keys in dict.fromkeys(map(tuple, entries)))
    yield list(dict.fromkeys(key for keys in entries for key in keys))


def _typed_keys(entry: str, typed: Mapping[str, Typed]) -> list[str]:
    if entry in typed and typed[entry].node.kind == "scalar":
        return [""]
    keys = (path[len(entry) + 1 :] for path in typed if path.startswith(f"{entry}."))
    return [key for key in keys if "." not in key and "[" not in key]


def _fresh(row: NewRow, path: str, keys: list[str], typed: Mapping[str, Typed], shape: GroupShape) -> Fresh | None:
    """A new entry as it is to be typed; None where a text cannot be read as its field, or has no field to go to."""
    values: dict[str, Entry] = {}
    for key in keys:
        found = _typed_as(row, path, key, typed, shape)
        if found is None:
            return None
        if found:
            values[key] = found
    said = {key.partition("[")[0] for key, text in row.values.items() if text.strip()}
    lost = said - values.keys() - _worked_out(path, shape)
    return Fresh(values, _names(path, typed, shape)) if values and not lost else None


def _worked_out(path: str, shape: GroupShape) -> frozenset[str]:
    """What may be printed of an entry and is not typed: amounts that are products, numbers that nobody gives."""
    return _amounts(path, shape) | {"no"}


def _typed_as(row: NewRow, path: str, key: str, typed: Mapping[str, Typed], shape: GroupShape) -> Entry | None:
    """What is to be typed for a field of a new entry, empty for nothing; None where it cannot be told."""
    field = shape_at(shape, _field(f"{path}[1]", key))
    if isinstance(field, ListShape):
        texts = [text for name, text in row.values.items() if re.fullmatch(rf"{re.escape(key)}\[[0-9]+\]", name)]
        lines = [_spelled(text, field.item, "") for text in texts if text.strip()]
        deeper = any(name.startswith(f"{key}[") and not name.endswith("]") for name in row.values)
        return None if deeper or None in lines else tuple(line for line in lines if line)
    near = typed.get(_field(f"{path}[1]", key))
    text = row.values.get(key, "")
    return _spelled(text, field, near.node.text if near is not None else "") if text.strip() else ""


def _spelled(text: str, field: Shape | None, typed: str) -> str | None:
    return next(iter(spellings(text, field, typed)), None) if isinstance(field, Scalar) else ""


def _names(path: str, typed: Mapping[str, Typed], shape: GroupShape) -> dict[str, str]:
    """The keys of an entry as its neighbours have them: their labels, where any of them is written so."""
    entry = shape_at(shape, f"{path}[1]")
    nodes = [item for item in typed[path].node.items if item.kind == "mapping"]
    written = {key.text.strip() for item in nodes for key, _ in item.pairs}
    if not isinstance(entry, GroupShape) or not written & (entry.keys.keys() - entry.fields.keys()):
        return {}
    return {key: field.label for key, field in entry.fields.items()}
