"""Sections of several documents one after another: each keeps its page, its headers and its page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from docgen.word.parts import OFFICE
from docgen.word.text import PARAGRAPH, TABLE, TEXT_BOX, w

SECTION = w("sectPr")
_HEADER, _FOOTER, _TYPE, _VALUE = w("headerReference"), w("footerReference"), w("type"), w("val")
_REFERENCE = f"{{{OFFICE}}}id"
_PROPERTIES, _NUMBERS, _START = w("pPr"), w("pgNumType"), w("start")
_SCHEMA = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)
_ORDER = {w(name): rank for rank, name in enumerate(_SCHEMA.split())}
_ORDER[_FOOTER] = _ORDER[_HEADER]
_NOTE_ORDER = (w("pos"), w("numFmt"), w("numStart"), w("numRestart"))

Edge = tuple[str, str]
"""Header or footer, and the pages it is for: default, even, first."""


class Sections(NamedTuple):
    """The main part of one document, its body, and its sections in order."""

    root: etree._Element
    body: etree._Element
    all: tuple[etree._Element, ...]

    @property
    def edges(self) -> set[Edge]:
        """The kinds of headers and footers that some section has."""
        return {_edge(reference) for section in self.all for reference in section.iterchildren(_HEADER, _FOOTER)}

    @property
    def runs(self) -> list[tuple[int, etree._Element]]:
        """Where pages are counted anew: the number of the first page, and the last section that is counted so."""
        found: list[tuple[int, etree._Element]] = []
        for section in self.all:
            numbers = section.find(_NUMBERS)
            start = None if numbers is None else numbers.get(_START)
            if start is not None or not found:
                found.append((int(start or 1), section))
            else:
                found[-1] = (found[-1][0], section)
        return found


def sections_of(root: etree._Element) -> Sections:
    """The sections of a document, the last of which is made where the file takes it for granted."""
    body = root.find(w("body"))
    assert body is not None
    last = body.find(SECTION)
    if last is None:
        last = etree.SubElement(body, SECTION)
    found = [each for each in body.iter(SECTION) if next(each.iterancestors(w("sectPrChange")), None) is None]
    return Sections(root, body, tuple(found))


def carry_last(sections: Sections) -> None:
    """Move the last section of a document from its end into its last paragraph, so that others can follow."""
    last, bearer = sections.all[-1], ending_paragraph(sections)
    properties = bearer.find(_PROPERTIES)
    if properties is None:
        properties = etree.Element(_PROPERTIES)
        bearer.insert(0, properties)
    change = properties.find(w("pPrChange"))
    if change is None:
        properties.append(last)
    else:
        change.addprevious(last)


def ending_paragraph(sections: Sections) -> etree._Element:
    """The paragraph at the end of a document, which is made where there is none, or where it ends another section."""
    blocks = [each for each in sections.body if each.tag in (PARAGRAPH, TABLE, w("sdt"), w("customXml"))]
    found = blocks[-1] if blocks and blocks[-1].tag == PARAGRAPH else None
    if found is None or found.find(f"{_PROPERTIES}/{SECTION}") is not None:
        found = tiny_paragraph()
        sections.all[-1].addprevious(found)
    return found


def tiny_paragraph() -> etree._Element:
    """A paragraph that takes no room that could be seen."""
    paragraph = etree.Element(PARAGRAPH)
    properties = etree.SubElement(paragraph, _PROPERTIES)
    spacing = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
    etree.SubElement(properties, w("snapToGrid"), {_VALUE: "0"})
    etree.SubElement(properties, w("spacing"), {w(key): value for key, value in spacing.items()})
    mark = etree.SubElement(properties, w("rPr"))
    etree.SubElement(mark, w("sz"), {_VALUE: "2"})
    return paragraph


def last_paragraph(sections: Sections, section: etree._Element) -> etree._Element | None:
    """The paragraph that a section ends with; None where a document has none at all."""
    bearer = next(section.iterancestors(PARAGRAPH), None)
    if bearer is not None:
        return bearer
    found = [each for each in sections.body.iter(PARAGRAPH) if next(each.iterancestors(TEXT_BOX), None) is None]
    return found[-1] if found else None


def begin(first: etree._Element, *, odd: bool) -> None:
    """Let the first section of a document begin on a new page, with the number that it had."""
    kind = first.find(_TYPE)
    was = "nextPage" if kind is None else kind.get(_VALUE, "nextPage")
    if kind is not None:
        first.remove(kind)
    wanted = "oddPage" if odd else was if was in ("oddPage", "evenPage") else "nextPage"
    put(first, etree.Element(_TYPE, {_VALUE: wanted}))
    numbers = first.find(_NUMBERS)
    if numbers is None:
        numbers = put(first, etree.Element(_NUMBERS))
    if numbers.get(_START) is None:
        numbers.set(_START, "1")


def same_on_even_pages(sections: Sections) -> None:
    """Let even pages have what all pages have: the document knows no others, and the bound file does."""
    for section in sections.all:
        for reference in section.findall(_HEADER) + section.findall(_FOOTER):
            if reference.get(_TYPE) == "even":
                section.remove(reference)
            elif reference.get(_TYPE, "default") == "default":
                even = deepcopy(reference)
                even.set(_TYPE, "even")
                reference.addnext(even)


def close_edges(sections: Sections, inherited: set[Edge], blanks: Mapping[str, str]) -> None:
    """Keep headers and footers of the documents before from showing: a blank one where this one has none.

    `blanks` are the ids under which the document knows an empty header and an empty footer.
    """
    first = sections.all[0]
    known = {_edge(reference) for reference in first.iterchildren(_HEADER, _FOOTER)}
    for side, kind in sorted(inherited - known, reverse=True):
        tag = _HEADER if side == "header" else _FOOTER
        first.insert(0, etree.Element(tag, {_TYPE: kind, _REFERENCE: blanks[side]}))
    references = sorted(first.iterchildren(_HEADER, _FOOTER), key=lambda each: each.tag == _FOOTER)
    for place, reference in enumerate(references):
        first.insert(place, reference)


def needs_blank(sections: Sections, inherited: set[Edge]) -> set[str]:
    """Which of header and footer the document's first section has to have an empty one of."""
    known = {_edge(reference) for reference in sections.all[0].iterchildren(_HEADER, _FOOTER)}
    return {side for side, _ in inherited - known}


def number_notes(sections: Sections, kind: str, settings: etree._Element | None) -> None:
    """Let the footnotes or endnotes of a document be numbered as they were when it stood alone."""
    holder = w(f"{kind}Pr")
    general = None if settings is None else settings.find(holder)
    before = 0
    for section, notes in zip(sections.all, _notes_by_section(sections, w(f"{kind}Reference")), strict=True):
        said = {str(each.tag): each for each in (() if general is None else general) if each.tag in _NOTE_ORDER}
        own = section.find(holder)
        said |= {str(each.tag): each for each in (() if own is None else own)}
        if own is not None:
            section.remove(own)
        start, restart = said.get(w("numStart")), said.get(w("numRestart"))
        first = 1 if start is None else int(start.get(_VALUE, "1"))
        if restart is None or restart.get(_VALUE) == "continuous":
            # LibreOffice numbers all footnotes from the last number it meets, be there notes in that section or not.
            begin = first + before if notes or kind != "footnote" else first
            said[w("numStart")] = etree.Element(w("numStart"), {_VALUE: str(begin)})
            said[w("numRestart")] = etree.Element(w("numRestart"), {_VALUE: "eachSect"})
        before += notes
        new = etree.Element(holder)
        new.extend([deepcopy(said[tag]) for tag in _NOTE_ORDER if tag in said])
        put(section, new)


def gather_endnotes(sections: Sections, settings: etree._Element | None) -> None:
    """Let endnotes stand at the end of their document, which was the end of the file."""
    place = None if settings is None else settings.find(f"{w('endnotePr')}/{w('pos')}")
    if place is not None and place.get(_VALUE) == "sectEnd":
        return
    for section in sections.all[:-1]:
        if section.find(w("noEndnote")) is None:
            put(section, etree.Element(w("noEndnote")))


def put(section: etree._Element, element: etree._Element) -> etree._Element:
    """The element, put where the schema wants it in a section."""
    rank = _ORDER[str(element.tag)]
    after = next((each for each in section if _ORDER.get(str(each.tag), 99) > rank), None)
    if after is None:
        section.append(element)
    else:
        after.addprevious(element)
    return element


def _notes_by_section(sections: Sections, reference: str) -> Sequence[int]:
    """How many notes, numbered by Word, each section refers to."""
    counts = [0] * len(sections.all)
    at = 0
    for block in sections.body:
        custom = w("customMarkFollows")
        counts[min(at, len(counts) - 1)] += sum(each.get(custom) not in ("1", "true", "on")
                                                for each in block.iter(reference))  # fmt: skip
        at += sum(1 for _ in _inner_sections(block))
    return counts


def _inner_sections(block: etree._Element) -> Iterator[etree._Element]:
    return (each for each in block.iter(SECTION) if next(each.iterancestors(w("sectPrChange")), None) is None)


def _edge(reference: etree._Element) -> Edge:
    side = "header" if reference.tag == _HEADER else "footer"
    return side, reference.get(_TYPE, "default")
