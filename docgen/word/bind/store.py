"""The parts of the bound file as they are gathered: the same content once, names that nobody else bears."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from lxml import etree

from docgen.patterns import regex
from docgen.word.bind.source import Relation, Source
from docgen.word.package import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, Package, Part, write_package
from docgen.word.parts import OFFICE, RELATIONSHIPS, TYPES, parse, relationships_of, serialize

_OFFICE_VML = "urn:schemas-microsoft-com:office:office"
_RELATION_ID = f"{{{_OFFICE_VML}}}relid"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_NUMBERED = regex(r"^(.*?)\d*(\.[^./]+)$")

Change = Callable[[str], bytes | None]
"""What the bytes of a part become, told by its name in the file it comes from; None for those that stay."""


class Store:
    """The parts so far with their content types, and what each of them refers to."""

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}
        self.types: dict[str, str] = {}
        self.relations: dict[str, dict[str, Relation]] = {}
        self._same: dict[tuple[object, ...], str] = {}
        self._stems: dict[str, int] = {}
        self._taken: dict[tuple[int, str], str] = {}

    def put(self, name: str, data: bytes, content_type: str) -> str:
        """The name, under which the part lies now."""
        self.parts[name], self.types[name] = Part(name, data), content_type
        return name

    def add(self, like: str, data: bytes, content_type: str) -> str:
        """The name of a part with these bytes: a free one like the name given, or that of the same part."""
        same = (content_type, data)
        if same not in self._same:
            self._same[same] = self.put(self._free(like), data, content_type)
        return self._same[same]

    def relate(self, owner: str, relation: Relation) -> str:
        """The id under which a part refers to another part or to an address."""
        own = self.relations.setdefault(owner, {})
        known = next((identity for identity, each in own.items() if each == relation), None)
        identity = known or f"rId{len(own) + 1}"
        own[identity] = relation
        return identity

    def carry(self, source: Source, name: str, change: Change | None = None) -> str:
        """The name in the bound file of a part of a document, with whatever that refers to itself."""
        key = (source.number, name)
        if key in self._taken:
            return self._taken[key]
        packed = next(part for part in source.package if part.name == name)
        data = (change(name) if change else None) or packed.data
        # A part that leads back to itself must not be followed for ever.
        self._taken[key] = name
        own = {identity: self._followed(source, each) for identity, each in source.relations(name).items()}
        content_type = source.content_type(name)
        same = (content_type, data, *own.items())
        if same not in self._same:
            self._same[same] = new = self._free(name)
            self.parts[new] = Part(new, data, packed.packed if data is packed.data else None)
            self.types[new] = content_type
            if own:
                self.relations[new] = own
        self._taken[key] = self._same[same]
        return self._taken[key]

    def _followed(self, source: Source, relation: Relation) -> Relation:
        if relation.external or relation.target not in source.package:
            return relation
        return relation._replace(target=self.carry(source, relation.target))

    def adopt(self, root: etree._Element, source: Source, part: str, owner: str, change: Change | None = None) -> None:
        """Let `owner` refer to everything that the XML taken from `part` of a document refers to."""
        relations = source.relations(part)
        if not relations:
            return
        for element, attribute in _references(root):
            relation = relations.get(element.get(attribute, ""))
            if relation is None:
                continue
            if not relation.external and relation.target in source.package:
                edge = change if relation.kind in ("header", "footer") else None
                relation = relation._replace(target=self.carry(source, relation.target, edge))
            element.set(attribute, self.relate(owner, relation))

    def _free(self, name: str) -> str:
        """A name like that of the part that nothing in the bound file has."""
        match = _NUMBERED.match(name)
        stem, suffix = (match[1], match[2]) if match else (name, "")
        while True:
            number = self._stems[stem] = self._stems.get(stem, 0) + 1
            if f"{stem}{number}{suffix}" not in self.parts:
                return f"{stem}{number}{suffix}"

    def written(self) -> bytes:
        """The bytes of the bound file: the same for the same parts."""
        parts = dict(self.parts)
        for owner, own in self.relations.items():
            name = relationships_of(owner) if owner else PACKAGE_RELATIONSHIPS
            parts[name] = Part(name, _relationships(owner, own))
        parts[CONTENT_TYPES] = Part(CONTENT_TYPES, self._content_types())
        return write_package(Package(tuple(parts.values())))

    def _content_types(self) -> bytes:
        root = parse(f'<Types xmlns="{TYPES}"/>'.encode())
        for extension, kind in (("rels", _RELATIONS_TYPE), ("xml", "application/xml")):
            etree.SubElement(root, f"{{{TYPES}}}Default", Extension=extension, ContentType=kind)
        for name in sorted(self.types):
            etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=self.types[name])
        return serialize(root)


def _references(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The elements of a tree that name relationships, each with the attribute that does."""
    found = root.xpath("//*[@r:*|@o:relid]", namespaces={"r": OFFICE, "o": _OFFICE_VML})
    for element in found if isinstance(found, list) else ():
        if isinstance(element, etree._Element):  # noqa: SLF001 - lxml has no other name for it
            names = [str(name) for name in element.attrib]
            yield from ((element, name) for name in names if name.startswith(f"{{{OFFICE}}}") or name == _RELATION_ID)


def _relationships(owner: str, relations: dict[str, Relation]) -> bytes:
    root = parse(f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode())
    folder = posixpath.dirname(owner) or "."
    for identity, relation in relations.items():
        target = relation.target if relation.external else posixpath.relpath(relation.target, folder)
        one = etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=identity, Type=relation.type, Target=target)
        if relation.external:
            one.set("TargetMode", "External")
    return serialize(root)


def body_relation(kind: str, target: str) -> Relation:
    """The relationship of that kind as the main document has it."""
    return Relation(f"{OFFICE}/{kind}", target, external=False)
