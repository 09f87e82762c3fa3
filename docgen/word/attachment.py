"""A part of docgen's own inside a Word file: nobody sees it, and Word, WPS and LibreOffice carry it along."""

from __future__ import annotations

import re

from docgen.word.names import BODY
from docgen.word.package import CONTENT_TYPES, Contents, Package, Part, open_package, pack, write_package
from docgen.word.parts import OFFICE, RELATIONSHIPS, TYPES, parse, relationships_of, serialize

SPACE = "urn:docgen:record:1"
_ITEM = re.compile(r"customXml/item([0-9]+)\.xml")
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# By this number Word finds the part again; it says nothing but whose part it is.
_PROPERTIES = (
    f'{_HEAD}<ds:datastoreItem ds:itemID="{{5D0C6E11-0001-4D0C-9E61-D0C6E1100001}}" xmlns:ds="{_STORE}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()
_RELATION = f'<Relationship xmlns="{RELATIONSHIPS}" Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
_RELATIONS_END, _TYPES_END = b"</Relationships>", b"</Types>"


def attached(data: bytes) -> bytes | None:
    """The part of docgen's own that the Word file carries; None where it has none."""
    contents = open_package(data)
    name = _name_in(contents)
    return contents[name] if name is not None else None


def attach(data: bytes, content: bytes) -> bytes:
    """The Word file with this part of docgen's own in it, in place of the one it had.

    Nothing else is unpacked for it.
    """
    contents = open_package(data)
    known = _name_in(contents)
    changes = {known: content} if known is not None else _changes(contents, content)
    kept = (part for part in contents.packed() if part.name not in changes)
    return write_package(Package((*kept, *(Part(name, new, pack((new,))) for name, new in changes.items()))))


def _name_in(contents: Contents) -> str | None:
    names = (name for name in contents.entries if _ITEM.fullmatch(name))
    return next((name for name in names if SPACE.encode() in contents[name]), None)


def _changes(contents: Contents, content: bytes) -> dict[str, bytes]:
    """The new part, what relates it to the document, and what says of which type it is."""
    number = max((int(found[1]) for found in map(_ITEM.fullmatch, contents.entries) if found), default=0) + 1
    name, properties = f"customXml/item{number}.xml", f"itemProps{number}.xml"
    relations = contents[relationships_of(BODY)]
    identity = next(f"rId{n}" for n in range(1, 10_000) if f'"rId{n}"'.encode() not in relations)
    relation = _RELATION.format(identity, "customXml", f"../{name}").encode()
    own = f'{_HEAD}<Relationships xmlns="{RELATIONSHIPS}">{_RELATION.format("rId1", "customXmlProps", properties)}'
    kind = f'<Override xmlns="{TYPES}" PartName="/customXml/{properties}" ContentType="{_PROPERTIES_TYPE}"/>'
    return {
        name: content,
        f"customXml/{properties}": _PROPERTIES,
        relationships_of(name): own.encode() + _RELATIONS_END,
        relationships_of(BODY): _before(relations, _RELATIONS_END, relation),
        CONTENT_TYPES: _before(contents[CONTENT_TYPES], _TYPES_END, kind.encode()),
    }


def _before(xml: bytes, end: bytes, element: bytes) -> bytes:
    head, found, tail = xml.rpartition(end)
    if found:
        return head + element + found + tail
    # Another program wrote it in another way.
    root = parse(xml)
    root.append(parse(element))
    return serialize(root)
