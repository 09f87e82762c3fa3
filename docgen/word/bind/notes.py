"""Footnotes, endnotes and comments of several files in one, each with an id that nothing else has."""

from __future__ import annotations

from lxml import etree

from docgen.word.bind.remap import Remap
from docgen.word.bind.source import Source
from docgen.word.bind.store import Store, body_relation
from docgen.word.bind.together import Gathered
from docgen.word.names import BODY
from docgen.word.text import w

KINDS = ("footnote", "endnote", "comment")
_ID, _TYPE = w("id"), w("type")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class Notes:
    """The notes of one kind so far, and the lines between text and notes, which all documents share."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.gathered = Gathered()
        self.separators: dict[str, str] = {}
        self.next = 0 if kind == "comment" else -1

    @property
    def part(self) -> str:
        """The part that holds them in the bound file."""
        return f"word/{self.kind}s.xml"

    def admit(self, source: Source, remap: Remap) -> etree._Element | None:
        """The notes of a document, of which `remap` now knows the new ids; None where it has none."""
        root = source.root(f"{self.kind}s")
        if root is None:
            return None
        ids = remap.notes[self.kind] = {}
        for note in list(root):
            kind, old = note.get(_TYPE), note.get(_ID, "")
            if kind in self.separators:
                ids[old] = self.separators[kind]
                root.remove(note)
                continue
            ids[old] = str(self.next)
            if kind is not None and kind != "normal":
                self.separators[kind] = str(self.next)
            self.next += 1
        return root

    def take(self, source: Source, root: etree._Element, store: Store) -> None:
        """Take the notes in, their ids changed already."""
        name = source.related(f"{self.kind}s")
        assert name is not None
        store.adopt(root, source, name, self.part)
        self.gathered.take(root, root)

    def put(self, store: Store) -> None:
        """Write them as a part of the bound file, if there are any."""
        if self.gathered.texts:
            store.put(self.part, self.gathered.under(w(f"{self.kind}s")), f"{_WORD}.{self.kind}s+xml")
            store.relate(BODY, body_relation(f"{self.kind}s", self.part))

    def name_separators(self, settings: etree._Element) -> None:
        """Let the settings name the lines between text and notes, and put endnotes where their sections end."""
        if not self.gathered.texts:
            return
        holder = settings.find(w(f"{self.kind}Pr"))
        if holder is None:
            holder = etree.Element(w(f"{self.kind}Pr"))
            before = next((each for each in settings if each.tag in _AFTER), None)
            settings.append(holder) if before is None else before.addprevious(holder)
        for each in holder.findall(w(self.kind)):
            holder.remove(each)
        for identity in self.separators.values():
            etree.SubElement(holder, w(self.kind), {_ID: identity})
        if self.kind == "endnote":
            for place in holder.findall(w("pos")):
                holder.remove(place)
            holder.insert(0, etree.Element(w("pos"), {w("val"): "sectEnd"}))


# What follows the properties of notes in the settings.
_AFTER = frozenset(map(w, (
    "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
    "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "shapeDefaults",
    "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"))) | {
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}  # fmt: skip
