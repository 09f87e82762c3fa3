"""A Word file that is to be bound: its parts, what they refer to, and what kind each of them is."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from docgen.word.names import BODY, target_of, usual_package
from docgen.word.package import CONTENT_TYPES, Package
from docgen.word.parts import TYPES, parse, relationships_of


class Relation(NamedTuple):
    """What a part refers to: the type of the relationship, and the part's name or an address outside."""

    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: header, image, footnotes."""
        return self.type.rpartition("/")[2]


class Source:
    """One Word file, its settings, and its number among those that are bound, from 1."""

    def __init__(self, number: int, package: Package, types: dict[str, str]) -> None:
        self.number, self.package, self.types = number, package, types
        self._known: dict[str, dict[str, Relation]] = {}
        self.settings = self.root("settings")

    def relations(self, owner: str) -> dict[str, Relation]:
        """What a part refers to, by id."""
        if owner not in self._known:
            name = relationships_of(owner)
            each = parse(self.package[name]) if name in self.package else ()
            self._known[owner] = {relation.get("Id", ""): _relation(owner, relation) for relation in each}
        return self._known[owner]

    def related(self, kind: str) -> str | None:
        """The name of the part of that kind which the document refers to, if there is one."""
        found = (each.target for each in self.relations(BODY).values() if each.kind == kind and not each.external)
        return next((name for name in found if name in self.package), None)

    def root(self, kind: str) -> etree._Element | None:
        """The XML of the part of that kind which the document refers to."""
        name = self.related(kind)
        return parse(self.package[name]) if name else None

    def content_type(self, name: str) -> str:
        """The content type of a part."""
        return self.types.get(f"/{name}") or self.types.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def open_source(number: int, data: bytes) -> Source:
    """The Word file in `data`, ready to be bound."""
    package = usual_package(data)
    types = {}
    for item in parse(package[CONTENT_TYPES]):
        key = item.get("PartName") if item.tag == f"{{{TYPES}}}Override" else item.get("Extension", "").lower()
        types[key or ""] = item.get("ContentType", "")
    return Source(number, package, types)


def _relation(owner: str, element: etree._Element) -> Relation:
    external = element.get("TargetMode") == "External"
    target = element.get("Target", "") if external else target_of(owner, element)
    return Relation(element.get("Type", ""), target, external)
