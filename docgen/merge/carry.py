"""What blocks of one Word file refer to, carried into another with them: pictures, addresses, notes, lists."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import Final

from lxml import etree

from docgen.patterns import regex
from docgen.word.names import BODY, target_of
from docgen.word.package import CONTENT_TYPES, Package
from docgen.word.parts import OFFICE, RELATIONSHIPS, TYPES, parse, relationships_of, serialize
from docgen.word.text import MAIN, w

NUMBERING: Final = "word/numbering.xml"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_VML_REFERENCE: Final = "{urn:schemas-microsoft-com:office:office}relid"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_STEM: Final = regex(r"^(.*?)\d*(\.[^./]+)$")
_ID, _TYPE, _VALUE = w("id"), w("type"), w("val")
_ABSTRACT, _NUMBER = w("abstractNum"), w("num")
_ABSTRACT_ID, _NUMBER_ID = w("abstractNumId"), w("numId")
# Word takes lists that bear one mark for one list; a bullet may be a picture.
_OF_ONE_LIST: Final = (w("nsid"), w("tmpl"), w("lvlPicBulletId"))


class Carrier:
    """The parts of a file (`stock`) that change or come new because of blocks of another (`scion`)."""

    def __init__(self, scion: Package, stock: Package) -> None:
        self._scion, self._stock = scion, stock
        self._changes: dict[str, bytes] = {}
        self._taken: dict[str, str] = {}
        self._notes: dict[str, list[etree._Element]] = {}
        self._drawings: Iterator[int] | None = None

    def know(self, source: str, target: str) -> None:
        """From here on the part `source` of the scion is the part `target` of the stock, and not carried over."""
        self._taken[source] = target

    def brought(self, name: str) -> bool:
        """Whether a part of the scion stands in the stock now."""
        return name in self._taken

    def carry(self, block: etree._Element, source: str, target: str) -> None:
        """Let a block, copied from the part `source`, refer in the part `target` to what it did refer to.

        Raises ValueError where that is not in its file.
        """
        for drawing in block.iter(_DRAWING):
            self._drawings = self._drawings or count(_highest(self._stock) + 1)
            drawing.set("id", str(next(self._drawings)))
        for kind in ("footnote", "endnote"):
            for reference in block.iter(w(f"{kind}Reference")):
                reference.set(_ID, self._note(kind, reference.get(_ID, "")))
        for element, attribute in _references(block):
            element.set(attribute, self._related(source, target, element.get(attribute, "")))

    def list_number(self, number: str) -> str | None:
        """The number in the stock of a list of the scion, which is carried over; None where the scion has none such."""
        if NUMBERING not in self._scion:
            return None
        theirs = parse(self._scion[NUMBERING])
        use = next((each for each in theirs.iter(_NUMBER) if each.get(_NUMBER_ID) == number), None)
        named = use.find(_ABSTRACT_ID) if use is not None else None
        meant = [each for each in theirs.iter(_ABSTRACT) if named is not None and _named(each, named.get(_VALUE))]
        if use is None or named is None or not meant:
            return None
        root = parse(self.now(NUMBERING) or serialize(etree.Element(w("numbering"), nsmap={"w": MAIN})))
        own, new = str(_free(root, _ABSTRACT, _ABSTRACT_ID)), str(_free(root, _NUMBER, _NUMBER_ID))
        abstract = deepcopy(meant[0])
        abstract.set(_ABSTRACT_ID, own)
        for mark in list(abstract.iter(*_OF_ONE_LIST)):
            next(mark.iterancestors()).remove(mark)
        named.set(_VALUE, own)
        use.set(_NUMBER_ID, new)
        root.insert(sum(each.tag in (w("numPicBullet"), _ABSTRACT) for each in root), abstract)
        root.insert(sum(each.tag in (w("numPicBullet"), _ABSTRACT, _NUMBER) for each in root), use)
        self.put(NUMBERING, "numbering", serialize(root))
        return new

    def changes(self, merged: dict[str, bytes]) -> dict[str, bytes]:
        """All parts that change in the stock; `merged` are those that were changed already."""
        for kind, notes in self._notes.items():
            name = f"word/{kind}s.xml"
            known = merged.get(name) or self.now(name)
            root = parse(known) if known is not None else _without_notes(parse(self._scion[name]), kind)
            for note in notes:
                root.append(note)
            self.put(name, f"{kind}s", serialize(root))
        return {**merged, **self._changes}

    def now(self, name: str) -> bytes | None:
        """The bytes of a part of the stock as they are to be."""
        if name in self._changes:
            return self._changes[name]
        return self._stock[name] if name in self._stock else None  # noqa: SIM401 - a package is no dictionary

    def put(self, name: str, kind: str, data: bytes) -> None:
        """Change a part of the main document, which gets it where it has none."""
        if self.now(name) is None:
            self._type(name, f"{_WORD}.{kind}+xml")
            self._relate(BODY, f"{OFFICE}/{kind}", posixpath.relpath(name, posixpath.dirname(BODY)), external=False)
        self._changes[name] = data

    def _note(self, kind: str, identity: str) -> str:
        """The id in the stock of a note of the scion, which is carried over."""
        name = f"word/{kind}s.xml"
        theirs = parse(self._scion[name]) if name in self._scion else ()
        note = next((each for each in theirs if each.get(_ID) == identity), None)
        if note is None:
            raise ValueError("a note that is not there")
        known, own = self.now(name), self._notes.setdefault(kind, [])
        taken = [int(each.get(_ID, "0")) for each in (*(parse(known) if known is not None else ()), *own)]
        new = deepcopy(note)
        new.set(_ID, str(max(taken, default=0) + 1))
        for element, attribute in _references(new):
            element.set(attribute, self._related(name, name, element.get(attribute, "")))
        own.append(new)
        return new.get(_ID, "")

    def _related(self, source: str, target: str, identity: str) -> str:
        """The id under which a part of the stock refers to what a part of the scion refers to."""
        relation = next((each for each in _relations(self._scion, source) if each.get("Id") == identity), None)
        if relation is None:
            raise ValueError("a reference that leads nowhere")
        kind, place = relation.get("Type", ""), relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            return self._relate(target, kind, place, external=True)
        part = self._part(target_of(source, relation))
        return self._relate(target, kind, posixpath.relpath(part, posixpath.dirname(target)), external=False)

    def _relate(self, owner: str, kind: str, place: str, *, external: bool) -> str:
        name = relationships_of(owner)
        known = self.now(name)
        root = parse(known) if known is not None else etree.Element(f"{{{RELATIONSHIPS}}}Relationships")
        for each in root:
            same = (each.get("Type"), each.get("Target"), each.get("TargetMode") == "External")
            if same == (kind, place, external):
                return each.get("Id", "")
        taken = {each.get("Id") for each in root}
        identity = next(f"rId{n}" for n in count(1) if f"rId{n}" not in taken)
        made = etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=identity, Type=kind, Target=place)
        if external:
            made.set("TargetMode", "External")
        self._changes[name] = serialize(root)
        return identity

    def _part(self, name: str) -> str:
        """The name in the stock of a part of the scion, which is carried over with all that it refers to itself."""
        if name in self._taken:
            return self._taken[name]
        if name not in self._scion:
            raise ValueError("a part that is not there")
        own = _relations(self._scion, name)
        if not own and self.now(name) == self._scion[name]:
            self._taken[name] = name
            return name
        match = _STEM.match(name)
        stem, suffix = (match[1], match[2]) if match is not None else (name, "")
        new = next(f"{stem}{n}{suffix}" for n in count(1) if self.now(f"{stem}{n}{suffix}") is None)
        # A part that leads back to itself must not be followed for ever.
        self._taken[name] = new
        self._changes[new] = self._scion[name]
        self._type(new, _content_type(self._scion, name))
        if own:
            self._changes[relationships_of(new)] = self._followed(name, new)
        return new

    def _followed(self, name: str, new: str) -> bytes:
        root = parse(self._scion[relationships_of(name)])
        for relation in root:
            if relation.get("TargetMode") != "External":
                part = self._part(target_of(name, relation))
                relation.set("Target", posixpath.relpath(part, posixpath.dirname(new)))
        return serialize(root)

    def _type(self, name: str, kind: str) -> None:
        root = parse(self.now(CONTENT_TYPES) or b"")
        etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
        self._changes[CONTENT_TYPES] = serialize(root)


def _references(block: etree._Element) -> list[tuple[etree._Element, str]]:
    """The elements that name relationships, each with the attribute that does."""
    names = ((each, str(name)) for each in block.iter() for name in each.attrib)
    return [(each, name) for each, name in names if name.startswith(f"{{{OFFICE}}}") or name == _VML_REFERENCE]


def _relations(package: Package, owner: str) -> list[etree._Element]:
    name = relationships_of(owner)
    return list(parse(package[name])) if name in package else []


def _content_type(package: Package, name: str) -> str:
    types = parse(package[CONTENT_TYPES])
    own = (each.get("ContentType", "") for each in types if each.get("PartName") == f"/{name}")
    extension = name.rpartition(".")[2].lower()
    kinds = (each.get("ContentType", "") for each in types if each.get("Extension", "").lower() == extension)
    return next(own, None) or next(kinds, "application/octet-stream")


def _without_notes(root: etree._Element, kind: str) -> etree._Element:
    """The part that holds notes with nothing in it but the lines between text and notes."""
    for note in [each for each in root.iter(w(kind)) if each.get(_TYPE, "normal") == "normal"]:
        root.remove(note)
    return root


def _highest(package: Package) -> int:
    """The highest number of a drawing in a file."""
    named = (part for part in package if part.name.startswith("word/") and part.name.endswith(".xml"))
    numbers = (
        each.get("id", "0") for part in named if b"docPr" in part.data for each in parse(part.data).iter(_DRAWING)
    )
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _named(abstract: etree._Element, number: str | None) -> bool:
    return abstract.get(_ABSTRACT_ID) == number


def _free(root: etree._Element, tag: str, attribute: str) -> int:
    return max((int(each.get(attribute, "0")) for each in root.iter(tag)), default=0) + 1
