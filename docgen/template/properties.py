"""The properties of a rendered file: what the data say, and nothing about who made the template, or when."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import escape

from docgen.word.package import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, Package
from docgen.word.parts import RELATIONSHIPS, TYPES, parse, serialize

CORE, EXTENDED = "docProps/core.xml", "docProps/app.xml"

_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_EXTENDED_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>docgen</Application></Properties>"
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
)
_ELEMENTS = {"title": "dc:title", "subject": "dc:subject", "author": "dc:creator", "keywords": "cp:keywords"}


def core_properties(properties: Mapping[str, str]) -> bytes:
    """The core properties part with title, subject, author and keywords as given, and no dates."""
    body = "".join(
        f"<{name}>{escape(str(properties[key]))}</{name}>" for key, name in _ELEMENTS.items() if properties.get(key)
    )
    return f"{_HEAD}{body}</cp:coreProperties>".encode()


def plain_properties(package: Package) -> Package:
    """The package with empty properties, which it may not have had at all."""
    changes: dict[str, bytes | None] = {CORE: core_properties({})}
    if EXTENDED in package:
        changes[EXTENDED] = _EXTENDED_XML.encode()
    if CORE in package:
        return package.replaced(changes)
    types, relations = parse(package[CONTENT_TYPES]), parse(package[PACKAGE_RELATIONSHIPS])
    override = types.makeelement(f"{{{TYPES}}}Override", {"PartName": f"/{CORE}", "ContentType": _CORE_TYPE})
    types.append(override)
    for old in [relation for relation in relations if relation.get("Type") == _CORE_RELATION]:
        relations.remove(old)
        changes[old.get("Target", "").lstrip("/")] = None
    known = {relation.get("Id") for relation in relations}
    number = next(f"rId{n}" for n in range(1, len(known) + 2) if f"rId{n}" not in known)
    attributes = {"Id": number, "Type": _CORE_RELATION, "Target": CORE}
    relations.append(relations.makeelement(f"{{{RELATIONSHIPS}}}Relationship", attributes))
    changes[CONTENT_TYPES] = serialize(types)
    changes[PACKAGE_RELATIONSHIPS] = serialize(relations)
    return package.replaced(changes)
