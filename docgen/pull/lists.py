"""Entries of a list put in, taken out or moved, as a change of the YAML and as what must be printed then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from docgen.contract.amend import Fresh
from docgen.contract.scalars import Scalar
from docgen.contract.shape import GroupShape, shape_at
from docgen.contract.typed import Typed
from docgen.pull.edits import ListEdit, NewRow, Spot
from docgen.pull.spelling import spellings


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A list in a new order: its path, its node, and its entries: numbers from 1, or new ones with what stands in them.

    `ways` are the new entries as they are to be typed, for each of the ways to type them; `amounts` are the fields that
    must come out as they were written even where they are worked out.
    """

    path: str
    typed: Typed
    order: tuple[int | NewRow, ...]
    ways: tuple[tuple[Fresh, ...], ...]
    spot: Spot | None
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
                proven = self.amounts | next(fresh).values.keys()
                for key, text in item.values.items():
                    if text.strip() and key in proven:
                        yield _field(f"{self.path}[{number}]", key), text

    def told(self, typed: Mapping[str, Typed]) -> Iterator[tuple[str, str | None, str | None]]:
        """The change for people: each new entry with its fields, each one that is gone, and whether any moved."""
        fresh = iter(self.ways[0])
        for number, item in enumerate(self.order, 1):
            if isinstance(item, NewRow):
                for key, text in next(fresh).values.items():
                    yield _field(f"{self.path}[{number}]", key), None, text
        count = len(self.typed.node.items)
        for number in range(1, count + 1):
            if number not in self.order:
                yield f"{self.path}[{number}]", _said(f"{self.path}[{number}]", typed), None
        kept = [item for item in self.order if isinstance(item, int)]
        if kept != sorted(kept):
            yield self.path, "、".join(map(str, sorted(kept))), "、".join(map(str, kept))


def _field(entry: str, key: str) -> str:
    return f"{entry}.{key}" if key else entry


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
    return Arrangement(edit.path, found, edit.order, tuple(possible), edit.spot, _amounts(edit.path, shape))


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
    """A new entry as it is to be typed; None where a text cannot be read as its field."""
    values: dict[str, str] = {}
    for key in keys:
        text = row.values.get(key, "")
        scalar = shape_at(shape, _field(f"{path}[1]", key))
        if not text.strip() or not isinstance(scalar, Scalar):
            continue
        near = typed.get(_field(f"{path}[1]", key))
        found = spellings(text, scalar, near.node.text if near is not None else "")
        if not found:
            return None
        values[key] = found[0]
    return Fresh(values) if values else None
