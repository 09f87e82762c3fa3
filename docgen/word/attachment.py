"""A part of docgen's own inside a Word file: nobody sees it, and Word, WPS and LibreOffice carry it along."""

from __future__ import annotations

import re
from functools import lru_cache

from docgen.word.deflate import usual_deflater
from docgen.word.names import BODY
from docgen.word.package import CONTENT_TYPES, Package, Part, open_package, pack, write_package
from docgen.word.parts import OFFICE, RELATIONSHIPS, TYPES, parse, relationships_of, serialize

SPACE = "urn:docgen:record:1"
_ITEMS, _XML = "customXml/item", ".xml"
_ITEM = re.compile(r"customXml/item[0-9]{1,9}\.xml")
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
    names = (name for name in contents.entries if _ITEM.fullmatch(name))
    return next((contents[name] for name in names if SPACE.encode() in contents[name]), None)


def attach(data: bytes, content: bytes) -> bytes:
    """The Word file with this part of docgen's own in it, in place of the one it had."""
    return write_package(attached_to(open_package(data).packed(), content))


def attached_to(package: Package, content: bytes) -> Package:
    """The packed parts of a Word file with this part of docgen's own, in place of the one it had.

    Nothing is unpacked but what names the parts.
    """
    names = [name for name in package.names if _ITEM.fullmatch(name)]
    known = next((name for name in names if SPACE.encode() in package.unpacked(name)), None)
    if known is not None:
        added = [Part(known, content, pack((content,)))]
    else:
        number = max((int(name[len(_ITEMS) : -len(_XML)]) for name in names), default=0) + 1
        relations = package.unpacked(relationships_of(BODY))
        frame = _frame(number, relations, package.unpacked(CONTENT_TYPES))
        added = [Part(f"{_ITEMS}{number}{_XML}", content, pack((content,))), *frame]
    changed = {part.name for part in added}
    return Package((*(part for part in package if part.name not in changed), *added))


@lru_cache(maxsize=32)
def _frame(number: int, relations: bytes, types: bytes) -> tuple[Part, ...]:
    """What relates the new part to the document, and what says of which type it is: files of a kit share it."""
    name, properties = f"{_ITEMS}{number}{_XML}", f"itemProps{number}.xml"
    identity = next(f"rId{n}" for n in range(1, 10_000) if f'"rId{n}"'.encode() not in relations)
    relation = _RELATION.format(identity, "customXml", f"../{name}").encode()
    own = f'{_HEAD}<Relationships xmlns="{RELATIONSHIPS}">{_RELATION.format("rId1", "customXmlProps", properties)}'
    kind = f'<Override xmlns="{TYPES}" PartName="/customXml/{properties}" ContentType="{_PROPERTIES_TYPE}"/>'
    parts = {
        f"customXml/{properties}": _PROPERTIES,
        relationships_of(name): own.encode() + _RELATIONS_END,
        relationships_of(BODY): _before(relations, _RELATIONS_END, relation),
        CONTENT_TYPES: _before(types, _TYPES_END, kind.encode()),
    }
    # Kept for other files, whichever way those are packed.
    return tuple(Part(name, part, pack((part,), usual_deflater())) for name, part in parts.items())


def _before(xml: bytes, end: bytes, element: bytes) -> bytes:
    head, found, tail = xml.rpartition(end)
    if found:
        return head + element + found + tail
    # Another program wrote it in another way.
    root = parse(xml)
    root.append(parse(element))
    return serialize(root)
