"""Several Word files as one: every section, header, list, note, style and number of them as it was alone.

Each document begins on a new page (an odd one where that is asked) with the page number it had, its lists, captions and
notes begin anew, and what it says of its own number of pages stays true. Ids and names that two of them share are kept
apart. The same files give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from docgen.word.bind.front import Front, front_page
from docgen.word.bind.lists import Lists, renumber
from docgen.word.bind.marks import MARK, mark_places, names_of, total_of
from docgen.word.bind.notes import KINDS, Notes
from docgen.word.bind.remap import Remap, Taken
from docgen.word.bind.sections import (
    Edge,
    Sections,
    begin,
    carry_last,
    close_edges,
    ending_paragraph,
    gather_endnotes,
    needs_blank,
    number_notes,
    same_on_even_pages,
    sections_of,
    tiny_paragraph,
)
from docgen.word.bind.settings import (
    add_fonts,
    differences,
    empty_settings,
    has_even_pages,
    set_even_pages,
)
from docgen.word.bind.source import Relation, Source, open_source
from docgen.word.bind.store import Store, body_relation
from docgen.word.bind.styles import SAME, Names, Styles, used_in, used_in_cells
from docgen.word.bind.theme import Theme, literal, theme_of
from docgen.word.bind.together import Gathered
from docgen.word.names import BODY
from docgen.word.parts import OFFICE, parse, serialize
from docgen.word.text import MAIN, w

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EDGES = ("header", "footer")
_KEPT = ("theme", "webSettings")
_PROPERTIES = ("core-properties", "custom-properties")


class Layout(NamedTuple):
    """Where the documents stand in the bound file, and how many pages each has.

    Where each begins is counted through from the first page of the file, with pages that are left blank.
    """

    starts: tuple[int, ...]
    pages: tuple[int, ...]


class Bound(NamedTuple):
    """The bound file, and per document what of it could not be kept, in words that a clerk knows."""

    data: bytes
    lost: tuple[tuple[int, tuple[str, ...]], ...] = ()


def bind(
    documents: Sequence[bytes], front: Front | None = None, layout: Layout | None = None, *, odd: bool = False
) -> Bound:
    """The documents as one Word file, in their order.

    Page numbers, in the contents at the front and where a document tells how many pages it has, are those of the
    layout; without one the contents have none.
    """
    sources = [open_source(number, data) for number, data in enumerate(documents, 1)]
    binder = _Binder(sources)
    sections = [sections_of(parse(source.package[BODY])) for source in sources]
    if front is not None:
        binder.front(front, layout.starts if layout else None, sections[0].all[0])
    for source, own in zip(sources, sections, strict=True):
        pages = layout.pages[source.number - 1] if layout else None
        binder.add(source, own, pages, odd=odd, last=source is sources[-1])
    return binder.bound()


class _Document(NamedTuple):
    """One document while it is bound: its parts as XML, its sections, and what changes in it."""

    source: Source
    sections: Sections
    remap: Remap
    edges: dict[str, etree._Element]
    notes: dict[str, etree._Element]

    @property
    def roots(self) -> list[etree._Element]:
        """All that a person sees of it."""
        return [self.sections.body, *self.edges.values(), *self.notes.values()]


class _Binder:
    """The bound file as it grows, document by document.

    Its settings, fonts and properties are those of the first document, even pages those of any.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        first = self.first = sources[0]
        self.store = Store()
        self.settings = empty_settings() if (found := first.root("settings")) is None else found
        self.even = any(has_even_pages(source.settings) for source in sources)
        self.styles, self.fonts, self.lists = Styles(first.root("styles")), first.root("fontTable"), Lists()
        self.notes = {kind: Notes(kind) for kind in KINDS}
        self.taken, self.body = Taken(names_of(len(sources))), Gathered()
        self.inherited: set[Edge] = set()
        self.known: dict[tuple[bytes, Theme | None], Names] = {}
        self.lost: list[tuple[int, tuple[str, ...]]] = []
        self._keep(first)

    def _keep(self, first: Source) -> None:
        """Keep what the first document says of the whole file."""
        self.store.relate("", body_relation("officeDocument", BODY))
        for relation in first.relations("").values():
            if relation.kind in _PROPERTIES and relation.target in first.package:
                self.store.put(relation.target, first.package[relation.target], first.content_type(relation.target))
                self.store.relate("", relation)
        for relation in first.relations(BODY).values():
            if relation.kind in _KEPT and relation.target in first.package:
                self.store.relate(BODY, relation._replace(target=self.store.carry(first, relation.target)))

    def front(self, front: Front, pages: Sequence[int] | None, like: etree._Element) -> None:
        """Put the page with the contents before the first document."""
        style = self.styles.contents()
        anchors = [f"{MARK}{number}" for number in range(1, len(front.entries) + 1)]
        paragraphs = front_page(front, anchors, pages, like, style)
        if front.header is not None:
            identity = self._edge("header", front.header)
            section = next(paragraphs[-1].iter(w("sectPr")))
            for kind in ("even", "default") if self.even else ("default",):
                attributes = {w("type"): kind, f"{{{OFFICE}}}id": identity}
                section.insert(0, etree.Element(w("headerReference"), attributes))
                self.inherited.add(("header", kind))
        holder = etree.Element(w("body"), nsmap={"w": MAIN, "r": OFFICE})
        holder.extend(paragraphs)
        self.body.take(holder, holder)

    def add(self, source: Source, sections: Sections, pages: int | None, *, odd: bool, last: bool) -> None:
        """Put a document after those that are there."""
        remap = Remap(source.number, self.taken, f"{MARK}{source.number}All")
        edges = {each.target: parse(source.package[each.target]) for each in _edges(source)}
        document = _Document(source, sections, remap, edges, {})
        for kind, notes in self.notes.items():
            root = notes.admit(source, remap)
            if root is not None:
                document.notes[kind] = root
        self._compare(document)
        self._styles_and_lists(document)
        remap.total = total_of(sections, source, pages)
        self._change(document)
        mark_places(sections, source, self.taken, remap.total)
        self._sections(document, odd=odd)
        if last:
            ending_paragraph(sections)
        else:
            carry_last(sections)
        self.body.take(sections.root, sections.body)

    def _compare(self, document: _Document) -> None:
        """Make the document independent of what only the whole file has, and note what it loses."""
        theme, shared = theme_of(document.source), theme_of(self.first)
        if theme is not None and theme != shared:
            document.remap.rewritten = True
            for root in document.roots:
                literal(root, theme)
        lost = list(differences(document.source.settings, self.first.settings))
        # It is the whole file's, and would be behind the pages of all.
        lost += ["页面背景"] if document.sections.root.find(w("background")) is not None else []
        if lost:
            self.lost.append((document.source.number, tuple(lost)))
        if self.fonts is not None:
            add_fonts(self.fonts, document.source, "word/fontTable.xml", self.store)

    def _styles_and_lists(self, document: _Document) -> None:
        source, remap = document.source, document.remap
        lists = source.root("numbering")
        if lists is not None:
            self.store.adopt(lists, source, source.related("numbering") or "", "word/numbering.xml")
        remap.numbers = self.lists.admit(lists, source.number)
        name = source.related("styles")
        data = source.package[name] if name else b""
        theme = theme_of(source) if theme_of(source) != theme_of(self.first) else None
        if lists is not None and theme is not None:
            literal(lists, theme)
        key = (data, theme if b"heme" in data else None)
        if source.number == 1 or (self.known.get(key) is SAME and b"numPr" not in data):
            self.known[key] = SAME
            return
        remap.styles = self.known[key] = self._admitted(document, key)
        for level in [] if lists is None else list(lists.iter(w("pStyle"))):
            _name_style(level, remap.styles)

    def _admitted(self, document: _Document, key: tuple[bytes, Theme | None]) -> Names:
        """What the styles of a document are called, those of its own added unless one before had the same."""
        data, theme = key
        used = {identity for part in document.roots for identity in used_in(part)}
        inside = {identity for part in document.roots for identity in used_in_cells(part)}
        known = self.known.get(key)
        if known is not None and b"numPr" not in data and known.cover(used, inside):
            return known
        root = parse(data) if data else None
        if root is not None:
            renumber(root, document.remap.numbers)
            if theme is not None:
                literal(root, theme)
        return self.styles.admit(root, document.source.number, used, inside)

    def _change(self, document: _Document) -> None:
        """Change ids and names throughout the document, and take over what it refers to."""
        source, remap = document.source, document.remap
        remap.name(document.roots)
        concerned = {name: root for name, root in document.edges.items() if remap.concerns(source.package[name])}
        for root in (document.sections.body, *concerned.values(), *document.notes.values()):
            remap.apply(root)
        remap.close()
        for kind, root in document.notes.items():
            self.notes[kind].take(source, root, self.store)
        changed = {name: serialize(root) for name, root in concerned.items()}
        self.store.adopt(document.sections.root, source, BODY, BODY, changed.get)

    def _sections(self, document: _Document, *, odd: bool) -> None:
        sections, settings = document.sections, document.source.settings
        if self.even and not has_even_pages(settings):
            same_on_even_pages(sections)
        begin(sections.all[0], odd=odd)
        blanks = {side: self._edge(side, _blank(side)) for side in sorted(needs_blank(sections, self.inherited))}
        close_edges(sections, self.inherited, blanks)
        self.inherited |= sections.edges
        for kind in ("footnote", "endnote"):
            if kind in document.notes:
                number_notes(sections, kind, settings)
        if "endnote" in document.notes:
            gather_endnotes(sections, settings)

    def _edge(self, side: str, data: bytes) -> str:
        """The id under which the main part refers to a header or footer that no document has."""
        name = self.store.add(f"word/{side}1.xml", data, f"{_WORD}.{side}+xml")
        return self.store.relate(BODY, body_relation(side, name))

    def bound(self) -> Bound:
        """The bound file."""
        store = self.store
        if self.even:
            set_even_pages(self.settings)
        for notes in self.notes.values():
            notes.put(store)
            if notes.kind != "comment":
                notes.name_separators(self.settings)
        parts = {"styles": self.styles.root, "settings": self.settings, "numbering": self.lists.written()}
        for kind, root in {**parts, "fontTable": self.fonts}.items():
            if root is None:
                continue
            name = f"word/{kind}.xml"
            if kind in ("settings", "fontTable"):
                store.adopt(root, self.first, self.first.related(kind) or name, name)
            store.relate(BODY, body_relation(kind, store.put(name, serialize(root), f"{_WORD}.{kind}+xml")))
        store.put(BODY, self.body.under(w("document"), [w("body")]), f"{_WORD}.document.main+xml")
        return Bound(store.written(), tuple(self.lost))


def _edges(source: Source) -> list[Relation]:
    """The headers and footers of a document."""
    found = dict.fromkeys(each for each in source.relations(BODY).values() if each.kind in _EDGES and not each.external)
    return [each for each in found if each.target in source.package]


def _blank(side: str) -> bytes:
    """An empty header or footer, which takes no room."""
    root = etree.Element(w("hdr" if side == "header" else "ftr"), nsmap={"w": MAIN})
    root.append(tiny_paragraph())
    return serialize(root)


def _name_style(level: etree._Element, styles: Names) -> None:
    """Let a level of a list name its style as it is called now, or none where the document does not use it."""
    new = styles.ids.get(level.get(w("val"), ""))
    parent = level.getparent()
    if new is not None:
        level.set(w("val"), new)
    elif parent is not None:
        parent.remove(level)
