"""The ids and names of one document as they are in the bound file: nothing twice, and what went together still does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from lxml import etree

from docgen.patterns import regex
from docgen.word.bind.lists import renumber
from docgen.word.bind.styles import SAME, USES, Names
from docgen.word.fields import Field, fields, words
from docgen.word.text import CELL, PARAGRAPH, TABLE, w

_ID, _VALUE, _NAME, _ANCHOR = w("id"), w("val"), w("name"), w("anchor")
_BOOKMARK, _LINK, _STYLE = w("bookmarkStart"), w("hyperlink"), w("pStyle")
_NOTES: Final = {w(f"{kind}{mark}"): kind for kind, marks in (
    ("footnote", ("Reference", "")), ("endnote", ("Reference", "")),
    ("comment", ("Reference", "RangeStart", "RangeEnd", ""))) for mark in marks}  # fmt: skip
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_OFFICE_VML: Final = "{urn:schemas-microsoft-com:office:office}"
_WORD_2010: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PARAGRAPH_IDS: Final = (f"{_WORD_2010}paraId", f"{_WORD_2010}textId")
_SHAPES: Final = tuple(f"{_VML}{kind}" for kind in ("shape", "group", "rect", "roundrect", "oval", "line", "polyline"))
# Ids, and the fields whose instructions may have to change.
_CONCERNED: Final = re.compile(
    rb"w:id=|<w:id |docPr|<v:|paraId|dataBinding|w:anchor=|instrText|(?i:NUMPAGES|REF|TOC|SEQ|HYPERLINK)"
)
_COUNTED: Final = regex(r"\\[rch]\b", re.IGNORECASE)
_BOUND_TO: Final = regex(r"\\b\b", re.IGNORECASE)


class Taken:
    """What is taken in the bound file so far, whatever document it is of."""

    def __init__(self, bookmarks: set[str]) -> None:
        self.marks = self.drawings = self.shapes = 0
        self.controls: set[str] = set()
        self.bookmarks = bookmarks
        self.sequences: set[str] = set()


class Total(NamedTuple):
    """What a document's number of pages is asked by, and what it is where somebody has counted.

    Without an instruction Word has no way to tell it.
    """

    instruction: str | None
    pages: int | None = None


class Remap:
    """What changes in one document, part by part: its number, and what its ids and names are now."""

    def __init__(self, number: int, taken: Taken, span: str) -> None:
        self.number, self.taken, self.span = number, taken, span
        self.styles: Names = SAME
        self.numbers: Mapping[str, str] = {}
        self.notes: dict[str, dict[str, str]] = {}
        self.total: Total | None = None
        self.bookmarks: dict[str, str] = {}
        self.begun: set[str] = set()
        self.shift = 0
        self.rewritten = False

    def concerns(self, data: bytes) -> bool:
        """Whether anything in the bytes of a part has to change, or all parts have changed already."""
        if self.rewritten or self.styles.changed or (self.numbers and b"numId" in data):
            return True
        return _CONCERNED.search(data) is not None

    def name(self, roots: list[etree._Element]) -> None:
        """Find names for the bookmarks in the parts of the document, before anything refers to them."""
        self.shift = self.taken.marks
        for root in roots:
            for bookmark in root.iter(_BOOKMARK):
                old = bookmark.get(_NAME, "")
                new = next(each for each in _candidates(old, self.number) if each.lower() not in self.taken.bookmarks)
                self.taken.bookmarks.add(new.lower())
                self.bookmarks[old.lower()] = new

    def apply(self, root: etree._Element) -> None:
        """Change the ids and names in one part."""
        if self.styles.changed:
            self._restyle(root)
        if self.numbers:
            renumber(root, self.numbers)
        self._marks(root)
        self._drawings(root)
        self._controls(root)
        for field_ in fields(root):
            self._field(field_)

    def close(self) -> None:
        """Go on to the next document: what this one has begun is taken."""
        self.taken.sequences |= self.begun

    def _restyle(self, root: etree._Element) -> None:
        styles = self.styles
        for use in root.iter(*USES):
            old = use.get(_VALUE, "")
            new = styles.inside.get(old) if styles.inside and use.tag == _STYLE and _in_table(use) else None
            use.set(_VALUE, new or styles.ids.get(old, old))
        if styles.paragraph or styles.cell:
            for paragraph in root.iter(PARAGRAPH):
                _name_default(paragraph, styles.cell if styles.inside and _in_table(paragraph) else styles.paragraph)
        for table in root.iter(TABLE) if styles.table else ():
            _name_default(table, styles.table)

    def _marks(self, root: etree._Element) -> None:
        """Give bookmarks, tracked changes and notes ids of their own."""
        for element in _with_id(root):
            kind = _NOTES.get(str(element.tag))
            old = element.get(_ID, "")
            if kind is not None:
                element.set(_ID, self.notes.get(kind, {}).get(old, old))
            elif old.lstrip("-").isdecimal():
                new = int(old) + self.shift
                self.taken.marks = max(self.taken.marks, new + 1)
                element.set(_ID, str(new))
        for bookmark in root.iter(_BOOKMARK):
            bookmark.set(_NAME, self.bookmarks.get(bookmark.get(_NAME, "").lower(), bookmark.get(_NAME, "")))
        for link in root.iter(_LINK):
            anchor = link.get(_ANCHOR)
            if anchor is not None:
                link.set(_ANCHOR, self.bookmarks.get(anchor.lower(), anchor))

    def _drawings(self, root: etree._Element) -> None:
        for drawing in root.iter(_DRAWING):
            self.taken.drawings += 1
            drawing.set("id", str(self.taken.drawings))
        renamed: dict[str, str] = {}
        for shape in root.iter(*_SHAPES):
            self.taken.shapes += 1
            spid = f"_x0000_s{1024 + self.taken.shapes}"
            old = shape.get("id")
            if old is not None:
                kept = old if old.startswith("PowerPlusWaterMarkObject") else "_x0000_i"
                renamed[old] = f"{kept.rstrip('0123456789')}{1024 + self.taken.shapes}"
                shape.set("id", renamed[old])
            if shape.get(f"{_OFFICE_VML}spid") is not None:
                shape.set(f"{_OFFICE_VML}spid", spid)
        for embedded in root.iter(f"{_OFFICE_VML}OLEObject") if renamed else ():
            embedded.set("ShapeID", renamed.get(embedded.get("ShapeID", ""), embedded.get("ShapeID", "")))

    def _controls(self, root: etree._Element) -> None:
        for control in root.iter(w("sdtPr")):
            identity = control.find(_ID)
            if identity is not None:
                old = identity.get(_VALUE, "")
                new = next(each for each in _control_ids(old, self.number) if each not in self.taken.controls)
                self.taken.controls.add(new)
                identity.set(_VALUE, new)
            # The data that it was bound to stay behind; what it shows is its own now.
            for binding in [each for each in control if str(each.tag).endswith("}dataBinding")]:
                control.remove(binding)
        for paragraph in root.iter(PARAGRAPH, w("tr")):
            for attribute in _PARAGRAPH_IDS:
                paragraph.attrib.pop(attribute, "")

    def _field(self, asked: Field) -> None:
        instruction = asked.instruction
        found = words(instruction)
        command = found[0].upper() if found else ""
        if command == "NUMPAGES" and self.total is not None:
            self._count(asked, found[1:])
            return
        new = instruction
        if command in ("PAGEREF", "REF", "NOTEREF") and len(found) > 1:
            new = self._referring(instruction, found[1])
        elif command == "HYPERLINK" and "\\l" in found[:-1]:
            new = self._referring(instruction, found[found.index("\\l") + 1])
        elif command == "TOC":
            new = self._contents(instruction, found)
        elif command == "STYLEREF" and len(found) > 1:
            new = self._restyled(instruction, found[1])
        elif command == "SEQ" and len(found) > 1:
            new = self._sequence(instruction, found[1])
        if new != instruction:
            asked.ask(new)

    def _count(self, asked: Field, switches: list[str]) -> None:
        total = self.total
        assert total is not None
        if total.instruction is None:
            # Words that stay as they are; nothing, rather than something wrong.
            asked.ask(f' QUOTE "{total.pages or ""}" ')
            asked.show(str(total.pages or ""))
            return
        asked.ask(" ".join(["", total.instruction, *switches, ""]))
        if total.pages is not None:
            asked.show(str(total.pages))

    def _referring(self, instruction: str, name: str) -> str:
        new = self.bookmarks.get(name.strip('"').lower())
        return instruction if new is None else instruction.replace(name, new if name[0] != '"' else f'"{new}"', 1)

    def _restyled(self, instruction: str, name: str) -> str:
        new = self.styles.names.get(name.strip('"'))
        return instruction if new is None else instruction.replace(name, f'"{new}"', 1)

    def _contents(self, instruction: str, found: list[str]) -> str:
        """A document's own contents are of its own pages."""
        if _BOUND_TO.search(instruction):
            at = next((n for n, word in enumerate(found[:-1]) if word.lower() == "\\b"), None)
            return instruction if at is None else self._referring(instruction, found[at + 1])
        return f"{instruction.rstrip()} \\b {self.span} "

    def _sequence(self, instruction: str, name: str) -> str:
        """The first of each kind in a document begins anew where one before has counted the same."""
        key = name.strip('"').lower()
        first = key not in self.begun
        self.begun.add(key)
        if not first or key not in self.taken.sequences or _COUNTED.search(instruction):
            return instruction
        return f"{instruction.rstrip()} \\r 1 "


def _in_table(element: etree._Element) -> bool:
    return next(element.iterancestors(CELL), None) is not None


def _name_default(element: etree._Element, style: str | None) -> None:
    """Let a paragraph or table that names no style name the one given."""
    holder, kind = (w("pPr"), _STYLE) if element.tag == PARAGRAPH else (w("tblPr"), w("tblStyle"))
    own = element.find(holder)
    if style is None or (own is not None and own.find(kind) is not None):
        return
    if own is None:
        own = etree.Element(holder)
        element.insert(0, own)
    own.insert(0, etree.Element(kind, {_VALUE: style}))


def _with_id(root: etree._Element) -> list[etree._Element]:
    found = root.xpath("descendant-or-self::*[@w:id]", namespaces={"w": _ID[1:].partition("}")[0]})
    listed = found if isinstance(found, list) else []
    return [each for each in listed if isinstance(each, etree._Element)]  # noqa: SLF001 - lxml has no other name


def _candidates(name: str, number: int) -> list[str]:
    return [name, *(f"{name[:32]}_{number}{'_' * more}" for more in range(64))]


def _control_ids(old: str, number: int) -> list[str]:
    value = int(old) if old.lstrip("-").isdecimal() else 0
    return [old, *(str((value + number * 7919 + more) % 0x7FFFFFFF) for more in range(1, 100_000))]
