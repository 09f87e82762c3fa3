"""Which part of one Word file answers to which of another: the body, headers and footers, notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docgen.merge.align import text_likeness
from docgen.word.names import BODY, target_of
from docgen.word.package import Package
from docgen.word.parts import OFFICE, parse, relationships_of
from docgen.word.text import paragraphs, visible_text, w

NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_REFERENCES = (w("headerReference"), w("footerReference"))
_ID, _TYPE = f"{{{OFFICE}}}id", w("type")

# Headers less alike than this are not the same one, where sections came or went.
_ALIKE = 0.5

Place = tuple[int, str, str]


class Parts(NamedTuple):
    """The names of one part in three versions of a file; None where a version has none."""

    base: str
    mine: str | None
    theirs: str | None


def matching_parts(base: Package, mine: Package, theirs: Package) -> list[Parts]:
    """The parts that people read, as they answer to each other.

    Programs name headers as they like when they save a file: one is known by its section and kind, else by its text.
    """
    found = [Parts(BODY, BODY, BODY)]
    places = [dict(_headers(package)) for package in (mine, theirs)]
    seen: set[str] = set()
    for place, name in _headers(base):
        if name not in seen:
            seen.add(name)
            here, there = (
                _answering(base, name, place, own, package) for own, package in zip(places, (mine, theirs), strict=True)
            )
            found.append(Parts(name, here, there))
    notes = [name for name in NOTES if name in base]
    return [*found, *(Parts(name, name if name in mine else None, name if name in theirs else None) for name in notes)]


def new_headers(base: Package, theirs: Package) -> list[str]:
    """The names of the headers and footers of the new version that say something, where the old one had none."""
    known = dict(_headers(base))
    fresh = dict.fromkeys(name for place, name in _headers(theirs) if place not in known)
    shown = {name for place, name in _headers(theirs) if place in known}
    return [name for name in fresh if name not in shown and text_of(theirs, name).strip()]


def text_of(package: Package, name: str) -> str:
    """The visible text of a part, a line for each paragraph."""
    return "\n".join(map(visible_text, paragraphs(parse(package[name]))))


def _headers(package: Package) -> Iterator[tuple[Place, str]]:
    """The headers and footers by section, kind and the pages that they are for."""
    relations = relationships_of(BODY)
    targets = {r.get("Id"): target_of(BODY, r) for r in parse(package[relations])} if relations in package else {}
    for number, section in enumerate(parse(package[BODY]).iter(w("sectPr"))):
        for reference in section.iterchildren(*_REFERENCES):
            name = targets.get(reference.get(_ID))
            if name is not None and name in package:
                yield (number, reference.tag, reference.get(_TYPE, "default")), name


def _answering(base: Package, name: str, place: Place, places: dict[Place, str], other: Package) -> str | None:
    said = text_of(base, name)
    if place in places and _sections(base) == _sections(other):
        return places[place]
    kind = {found: where == place for where, found in places.items() if where[1:] == place[1:]}
    likest = max(
        ((text_likeness(said, text_of(other, found)), here, found) for found, here in kind.items()), default=None
    )
    if likest is not None and (likest[0] >= _ALIKE or likest[1]):
        return likest[2]
    others = [found for (_, tag, _), found in places.items() if tag == place[1]]
    return next((found for found in others if text_of(other, found) == said), None)


def _sections(package: Package) -> int:
    return sum(1 for _ in parse(package[BODY]).iter(w("sectPr")))
