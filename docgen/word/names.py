"""The usual names of a Word file's parts; Word on the web calls the main one document2.xml."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from docgen.word.package import CONTENT_TYPES, Package, read_package
from docgen.word.parts import OFFICE, TYPES, parse, relationships_of, serialize
from docgen.word.strict import as_transitional

BODY = "word/document.xml"
_USUAL = {"officeDocument": BODY, "styles": "word/styles.xml", "settings": "word/settings.xml"}


def usual_package(data: bytes) -> Package:
    """The package of a Word file, its parts and all that stands in them named as everybody looks for them."""
    return with_usual_names(as_transitional(read_package(data)))


def with_usual_names(package: Package) -> Package:
    """The package with its main part, styles and settings named as everybody looks for them."""
    for owner in ("", BODY):
        for kind, name in list(_targets(package, owner)):
            usual = _USUAL.get(kind, name)
            # In another folder, what the part itself refers to would be looked for in the wrong place.
            if name in package and usual not in package and posixpath.dirname(name) == posixpath.dirname(usual):
                package = _renamed(package, owner, name, usual)
    return package


def target_of(owner: str, relation: etree._Element) -> str:
    """The name of the part that a relationship of the part `owner` leads to."""
    path = posixpath.join("/", posixpath.dirname(owner), relation.get("Target", ""))
    return posixpath.normpath(path).lstrip("/")


def _targets(package: Package, owner: str) -> Iterator[tuple[str, str]]:
    rels = relationships_of(owner)
    for relation in parse(package[rels]) if rels in package else ():
        yield relation.get("Type", "").removeprefix(f"{OFFICE}/"), target_of(owner, relation)


def _renamed(package: Package, owner: str, name: str, usual: str) -> Package:
    relations, types = parse(package[relationships_of(owner)]), parse(package[CONTENT_TYPES])
    for relation in relations:
        if target_of(owner, relation) == name:
            relation.set("Target", posixpath.relpath(usual, posixpath.dirname(owner) or "."))
    for item in types.iter(f"{{{TYPES}}}Override"):
        if item.get("PartName") == f"/{name}":
            item.set("PartName", f"/{usual}")
    changes: dict[str, bytes | None] = {CONTENT_TYPES: serialize(types), relationships_of(owner): serialize(relations)}
    changes |= {name: None, usual: package[name]}
    own = relationships_of(name)
    if own in package:
        changes |= {own: None, relationships_of(usual): package[own]}
    return package.replaced(changes)
