"""Marks at the places of a document that others refer to: where it begins, where it ends, and what belongs to it."""

from __future__ import annotations

from typing import Final

from lxml import etree

from docgen.word.bind.remap import Taken, Total
from docgen.word.bind.sections import Sections, last_paragraph, tiny_paragraph
from docgen.word.bind.source import Source
from docgen.word.text import PARAGRAPH, w

MARK: Final = "_Bound"
"""How the names of all these marks begin: _Bound2 is where the second document begins."""

_FORMAT: Final = w("fmt")


def names_of(documents: int) -> set[str]:
    """The names that the marks of so many documents may bear, as bookmarks are told apart: without regard to case."""
    return {f"{MARK}{number}{kind}".lower() for number in range(1, documents + 1) for kind in ("", "All", "End")}


def total_of(sections: Sections, source: Source, pages: int | None) -> Total | None:
    """How the document can tell its number of pages, if it does: by the number of its last page, where that says it."""
    if not any(b"NUMPAGES" in data or b"instrText" in data for data in _parts(source)):
        return None
    runs = sections.runs
    if len(runs) > 1 or runs[0][0] != 1:
        return Total(None, pages)
    numbers = sections.all[-1].find(w("pgNumType"))
    plain = numbers is None or numbers.get(_FORMAT, "decimal") == "decimal"
    return Total(f"PAGEREF {MARK}{source.number}End" + ("" if plain else " \\* Arabic"), pages)


def mark_places(sections: Sections, source: Source, taken: Taken, total: Total | None) -> None:
    """Mark all places of the document that may be referred to."""
    own = f"{MARK}{source.number}"
    first = next(sections.body.iter(PARAGRAPH), None)
    if first is None:
        first = tiny_paragraph()
        sections.body.insert(0, first)
    _put(first, own, taken)
    last = last_paragraph(sections, sections.all[-1])
    assert last is not None
    if any(b"TOC" in data for data in _parts(source)):
        _span(first, last, f"{own}All", taken)
    if total is not None and total.instruction is not None:
        _put(last, f"{own}End", taken, at_end=True)


def _parts(source: Source) -> list[bytes]:
    return [part.data for part in source.package if part.name.startswith("word/") and part.name.endswith(".xml")]


def _put(paragraph: etree._Element, name: str, taken: Taken, *, at_end: bool = False) -> None:
    begin, end = _bookmark(name, taken)
    if at_end:
        paragraph.extend([begin, end])
    else:
        _insert(paragraph, begin)
        begin.addnext(end)


def _span(first: etree._Element, last: etree._Element, name: str, taken: Taken) -> None:
    begin, end = _bookmark(name, taken)
    _insert(first, begin)
    last.append(end)


def _insert(paragraph: etree._Element, element: etree._Element) -> None:
    paragraph.insert(0 if paragraph.find(w("pPr")) is None else 1, element)


def _bookmark(name: str, taken: Taken) -> tuple[etree._Element, etree._Element]:
    identity = {w("id"): str(taken.marks)}
    taken.marks += 1
    begin = etree.Element(w("bookmarkStart"), {**identity, w("name"): name})
    return begin, etree.Element(w("bookmarkEnd"), identity)
