"""Which part of one Word file answers to which of another: the body, headers and footers, notes."""

from __future__ import annotations

from typing import NamedTuple

from docgen.merge.align import text_likeness
from docgen.merge.opened import Opened, Place
from docgen.word.names import BODY

NOTES = ("word/footnotes.xml", "word/endnotes.xml")

# Headers less alike than this are not the same one, where sections came or went.
_ALIKE = 0.5


class Parts(NamedTuple):
    """The names of one part in three versions of a file; None where a version has none."""

    base: str
    mine: str | None
    theirs: str | None


def matching_parts(base: Opened, mine: Opened, theirs: Opened) -> list[Parts]:
    """The parts that people read, as they answer to each other.

    Programs name headers as they like when they save a file: one is known by its section and kind, else by its text.
    """
    found = [Parts(BODY, BODY, BODY)]
    places = [dict(each.headers) for each in (mine, theirs)]
    seen: set[str] = set()
    for place, name in base.headers:
        if name not in seen:
            seen.add(name)
            here, there = (
                _answering(base, name, place, own, each) for own, each in zip(places, (mine, theirs), strict=True)
            )
            found.append(Parts(name, here, there))
    notes = [name for name in NOTES if name in base.package]
    return [*found, *(_named(name, mine, theirs) for name in notes)]


def _named(name: str, mine: Opened, theirs: Opened) -> Parts:
    return Parts(name, name if name in mine.package else None, name if name in theirs.package else None)


def new_headers(base: Opened, theirs: Opened) -> list[str]:
    """The names of the headers and footers of the new version that say something, where the old one had none."""
    known = dict(base.headers)
    fresh = dict.fromkeys(name for place, name in theirs.headers if place not in known)
    shown = {name for place, name in theirs.headers if place in known}
    return [name for name in fresh if name not in shown and theirs.text(name).strip()]


def _answering(base: Opened, name: str, place: Place, places: dict[Place, str], other: Opened) -> str | None:
    if place in places and base.sections == other.sections:
        return places[place]
    said = base.text(name)
    kind = {found: where == place for where, found in places.items() if where[1:] == place[1:]}
    likest = max(((text_likeness(said, other.text(found)), here, found) for found, here in kind.items()), default=None)
    if likest is not None and (likest[0] >= _ALIKE or likest[1]):
        return likest[2]
    others = [found for (_, tag, _), found in places.items() if tag == place[1]]
    return next((found for found in others if other.text(found) == said), None)
