"""How the parts of a package find each other: relationships and content types, and parts added to them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from lxml import etree

from docgen.word.package import CONTENT_TYPES, Package

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def parse(data: bytes) -> etree._Element:
    """The root of a part's XML; entities and the network are never resolved."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def serialize(root: etree._Element) -> bytes:
    """The bytes of a part, with the declaration that Word writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def relationships_of(name: str) -> str:
    """The name of the part that holds the relationships of the part `name`."""
    folder, _, stem = name.rpartition("/")
    return f"{folder}/_rels/{stem}.rels" if folder else f"_rels/{stem}.rels"


def changed(package: Package, name: str, change: Callable[[etree._Element], None]) -> Package:
    """The package with `change` applied to the XML of one part."""
    root = parse(package[name])
    change(root)
    return package.replaced({name: serialize(root)})


def added(package: Package, owner: str, name: str, kind: str, data: bytes) -> tuple[Package, str]:
    """The package with a new part that `owner` refers to, and the id of that relationship.

    `kind` is the last word of both the relationship's type and the content type: comments, header.
    """
    rels = relationships_of(owner)
    root = parse(package[rels]) if rels in package else etree.Element(f"{{{RELATIONSHIPS}}}Relationships")
    taken = {relation.get("Id") for relation in root}
    identity = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    target = posixpath.relpath(name, posixpath.dirname(owner))
    etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=identity, Type=f"{OFFICE}/{kind}", Target=target)
    types = parse(package[CONTENT_TYPES])
    etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=f"{_WORD}.{kind}+xml")
    changes = {name: data, rels: serialize(root), CONTENT_TYPES: serialize(types)}
    return package.replaced(changes), identity
