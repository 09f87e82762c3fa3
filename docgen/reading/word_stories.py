"""What a reader sees beside the body of a Word file: headers and footers that are shown, notes referred to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from docgen.reading.word_looks import without_looks
from docgen.reading.word_source import Relation, Source
from docgen.word.parts import OFFICE
from docgen.word.text import w

_VALUE, _ID, _KIND = w("val"), w("id"), w("type")
_EDGES: Final = {w("headerReference"): "页眉", w("footerReference"): "页脚"}
_NOTES: Final = (("footnotes", w("footnoteReference"), "脚注"), ("endnotes", w("endnoteReference"), "尾注"))
_SMALL: Final = 32 * 1024  # to go through a smaller part takes longer than to parse it as it is
_USUAL: Final = re.compile(r"[\w-]+")
_PLAIN: Final = ("UTF-8", "utf-8", None)
_OFF: Final = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Story:
    """One part to read: its name, its XML, the label of what stands in it, and of notes the labels by id.

    `hiding` tells whether any of its text may be hidden.
    """

    name: str
    root: etree._Element
    label: str
    hiding: bool
    notes: Mapping[str, str] | None = None


def story_of(
    source: Source, name: str, label: str, hidden: frozenset[str], notes: Mapping[str, str] | None = None
) -> Story:
    """A part of the file as a story; `hidden` are the styles that hide their text."""
    data = source.data(name)
    hiding = b"vanish" in data or _names_any(hidden, data)
    needed = bytes if hiding or len(data) < _SMALL else without_looks
    root = source.tree(name, data, needed)
    if not hiding and (root.getroottree().docinfo.encoding not in _PLAIN or b"\0" in data):
        # In an encoding of another kind the bytes do not show it.
        hiding, root = True, source.tree(name, data)
    return Story(name, root, label, hiding, notes)


def _names_any(styles: frozenset[str], data: bytes) -> bool:
    """Whether a part may name one of the styles."""
    if not styles or b"&#" in data:
        return bool(styles)
    quoted = ((f'"{style}"'.encode(), f"'{style}'".encode()) for style in styles)
    return not all(map(_USUAL.fullmatch, styles)) or any(one in data or other in data for one, other in quoted)


def stories(
    source: Source,
    relations: Mapping[str, Relation],
    sections: Iterable[etree._Element],
    notes: Mapping[str, Mapping[str, str]],
    hidden: frozenset[str],
) -> Iterator[Story]:
    """What is to be read after the body: headers, footers, footnotes, endnotes, each part once.

    `sections` are the body's, `notes` the labels of the notes that it refers to, by kind and id, `hidden` the
    styles that hide their text.
    """
    sections = list(sections)
    shown = _edges(sections, even=_names_even_pages(sections) and _has_even_pages(source, relations))
    for label in _EDGES.values():
        names = [relations[key].target for key, kind in shown.items() if kind == label and key in relations]
        for name in dict.fromkeys(names):
            if name in source.contents:
                yield story_of(source, name, label, hidden)
    for kind, labels in notes.items():
        name = next((each.target for each in relations.values() if each.kind == kind and not each.external), "")
        if name in source.contents:
            yield story_of(source, name, "", hidden, labels)


def notes_in(body: etree._Element) -> dict[str, dict[str, str]]:
    """The labels of the notes that the body refers to, by kind (footnotes, endnotes) and id, counted in its order."""
    found = {kind: _notes(body, reference, label) for kind, reference, label in _NOTES}
    return {kind: labels for kind, labels in found.items() if labels}


def _edges(sections: Iterable[etree._Element], *, even: bool) -> dict[str, str]:
    """The relationship ids of the headers and footers that some section shows, in order, each with its label."""
    shown: dict[str, str] = {}
    given: dict[tuple[str, str], str] = {}
    for section in sections:
        kinds = {"default"} | ({"even"} if even else set())
        for child in section:
            if child.tag in _EDGES:
                given[_EDGES[child.tag], child.get(_KIND, "default")] = child.get(f"{{{OFFICE}}}id", "")
            elif child.tag == w("titlePg") and child.get(_VALUE) not in _OFF:
                kinds.add("first")
        shown |= {key: label for (label, kind), key in given.items() if kind in kinds and key not in shown}
    return shown


def _names_even_pages(sections: Iterable[etree._Element]) -> bool:
    """Whether some section has headers for even pages."""
    return any(child.get(_KIND) == "even" for section in sections for child in section)


def _has_even_pages(source: Source, relations: Mapping[str, Relation]) -> bool:
    """Whether even pages have headers of their own; the settings are only parsed where they may say so."""
    for relation in relations.values():
        if relation.kind == "settings" and relation.target in source.contents:
            data = source.data(relation.target)
            if b"evenAndOddHeaders" not in data:
                return False
            found = source.tree(relation.target, data).find(w("evenAndOddHeaders"))
            return found is not None and found.get(_VALUE) not in _OFF
    return False


def _notes(body: etree._Element, reference: str, label: str) -> dict[str, str]:
    """The labels of the notes that the body refers to, by id, counted in its order."""
    found: dict[str, str] = {}
    count = 0
    for each in body.iter(reference):
        own_mark = each.get(w("customMarkFollows")) not in (None, *_OFF)
        count += not own_mark
        found.setdefault(each.get(_ID, ""), label if own_mark else f"{label}{count}")
    return found
