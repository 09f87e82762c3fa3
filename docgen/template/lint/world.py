"""What the code of a template may name: the fields of the data, the functions, the names of clauses and annexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from docgen.contract.kit import DocumentSpec, Kit
from docgen.contract.nearest import nearest
from docgen.contract.shape import GroupShape, below, english_path, every_field, labelled_path, shape_at
from docgen.template.lint.kinds import FLAG, TEXT, WHOLE, Extras, Meant, Sort, entry_of, meant_by

_ANNEX: Final[Mapping[str, Meant]] = MappingProxyType({"annex": WHOLE, "annex_label": TEXT})
_DOCUMENT: Final = Meant(Sort.GROUP, fields={"id": TEXT, "title": TEXT, "annex": WHOLE, "label": TEXT, "index": WHOLE})
_ANNEXES: Final = Meant(Sort.LIST, entry=Meant(Sort.GROUP, fields={"no": WHOLE, "label": TEXT, "title": TEXT}))
_CLUES: Final = 3


@dataclass(frozen=True, slots=True)
class World:
    """What a template may name; `shape` is that of the data, None where nobody knows them.

    `annexes` are the ids of the documents that annex() may name, each with the condition it is made on, if any.
    """

    names: Mapping[str, Meant] = field(default_factory=dict)
    extras: Extras = field(default_factory=dict)
    shape: GroupShape | None = None
    annexes: Mapping[str, str | None] = field(default_factory=dict)
    functions: bool = True

    @property
    def is_known(self) -> bool:
        """Whether every name that is not among these is a fault."""
        return self.shape is not None

    def label(self, path: str) -> str:
        """The path as a clerk says it, with [] for every entry."""
        return labelled_path(self.shape, path) if self.shape else path

    def nearest(self, chain: str, group: Meant | None, before: str) -> str | None:
        """What an unknown name was probably meant to be, of which `chain` is all that was typed, behind `before`."""
        name = chain.partition(".")[0]
        if group is not None:
            shape = group.shape
            known = {key: key for key in group.fields}
            if isinstance(shape, GroupShape):
                known |= dict(shape.keys)
            near = nearest(name, known)
            return f"{before}.{known[near]}" if near else None
        if self.shape is None:
            return None
        if below(self.shape, name):
            return self._completed(english_path(self.shape, chain), self.shape)
        if elsewhere := " 或 ".join(list(self._elsewhere(name))[:_CLUES]):
            return elsewhere
        near = nearest(name, {**self.names, **self.shape.keys})
        if near is None:
            return None
        meant = self.shape.keys.get(near, near)
        whole = f"{meant}{chain[len(name) :]}"
        return whole if shape_at(self.shape, whole) else meant

    def _completed(self, path: str, shape: GroupShape) -> str:
        """The path with the field that the first unknown part of it was probably meant to be, without it if none."""
        parts = path.split(".")
        for known in range(len(parts) - 1, 0, -1):
            before = ".".join(parts[:known])
            group = shape_at(shape, before)
            if shape_at(shape, path) is None and isinstance(group, GroupShape):
                # A field is often called after its group: 合同名称 in 合同.
                whole = f"{self.label(before).rpartition('.')[2]}{parts[known]}"
                near = whole if whole in group.keys else nearest(parts[known], group.keys)
                return f"{before}.{group.keys[near]}" if near else before
        return path

    def _elsewhere(self, name: str) -> Iterator[str]:
        """The fields of that key or label deeper in the data, those of lists left out."""
        for path, item in every_field(self.shape) if self.shape else ():
            if name in (item.key, item.label) and "[]" not in path:
                yield path


def world_of(kit: Kit, document: DocumentSpec) -> World:
    """What the template of one document of a kit may name."""
    extras = {f"{spec.each}[]": _ANNEX for spec in kit.documents if spec.each and spec.role == "annex"}
    names = {**_data(kit, extras), "doc": _DOCUMENT, "annexes": _ANNEXES, **_item(kit, document, extras)}
    annexes = {spec.id: spec.when for spec in kit.documents if spec.role == "annex"}
    return World(names, extras, kit.shape, annexes)


def kit_world(kit: Kit, document: DocumentSpec, key: str) -> World:
    """What an expression of kit.yaml about a document may name; titles also know of annex numbers."""
    extras = {f"{document.each}[]": _ANNEX} if key == "title" and document.each and document.role == "annex" else {}
    own = {} if key == "each" else _item(kit, document, extras)
    return World({**_data(kit, extras), **own}, extras, kit.shape, functions=False)


def _data(kit: Kit, extras: Extras) -> dict[str, Meant]:
    return {key: meant_by(item.shape, key, extras) for key, item in kit.shape.fields.items()}


def _item(kit: Kit, document: DocumentSpec, extras: Extras) -> dict[str, Meant]:
    if not document.each or not document.item:
        return {}
    whole = Meant(Sort.LIST, document.each, shape_at(kit.shape, document.each))
    return {document.item: entry_of(whole, extras)}


def loop_of(entry: Meant) -> Meant:
    """What `loop` stands for inside a loop over such entries."""
    numbers = dict.fromkeys(("index", "index0", "revindex", "revindex0", "length", "depth", "depth0"), WHOLE)
    called = Meant(Sort.FUNCTION)
    fields = {**numbers, "first": FLAG, "last": FLAG, "cycle": called, "changed": called}
    return Meant(Sort.GROUP, fields={**fields, "previtem": entry, "nextitem": entry})
