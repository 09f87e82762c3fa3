"""How a change is put into a Word file: for good, or as a tracked change that a person accepts or refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from lxml import etree

from docgen.merge.touched import cuts_a_field, halves
from docgen.word.edit import replace_text
from docgen.word.revisions import Tracker, strike, track
from docgen.word.sight import Sight
from docgen.word.text import CELL, PARAGRAPH, ROW, RUN, TABLE, TEXT_BOX, w

_PROPERTIES, _MARK, _ROW_PROPERTIES = w("pPr"), w("rPr"), w("trPr")
_TRACKED = frozenset({w("ins"), w("del"), w("moveFrom"), w("moveTo")})
_NEVER_EMPTY = frozenset({CELL, TEXT_BOX, *map(w, ("hdr", "ftr", "footnote", "endnote"))})
_SECTION, _CONTENT = w("sectPr"), w("sdtContent")
# Before these a row's own properties must stand.
_BEFORE_ROW = frozenset({w("tblPrEx")})


class Pen(Protocol):
    """Replaces characters of a paragraph, announces a new block, takes a block out."""

    def replace(self, paragraph: etree._Element, start: int, end: int, text: str) -> None:
        """Put the text in the place of the seen characters from `start` to `end`."""

    def announce(self, block: etree._Element) -> None:
        """Say of a paragraph, row or table that was just put in that it is new."""

    def remove(self, block: etree._Element) -> None:
        """Take a paragraph, row or table out."""


class PlainPen:
    """Changes the file for good."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight

    def replace(self, paragraph: etree._Element, start: int, end: int, text: str) -> None:
        """Put the text in the place of the seen characters from `start` to `end`."""
        replace_text(paragraph, start, end, text, self._sight)

    def announce(self, block: etree._Element) -> None:
        """Nothing: what is put in for good needs no word about it."""

    def remove(self, block: etree._Element) -> None:
        """Take a block out; a paragraph that Word needs where it stands only loses its text.

        What begins or ends in the block and not the other way round, such as a bookmark, stays where the block was.
        """
        if block.tag == PARAGRAPH and (_needed(block) or cuts_a_field(block)):
            shown = self._sight.stretches(block)
            replace_text(block, 0, shown[-1].end if shown else 0, "", self._sight)
            return
        parent = block.getparent()
        if parent is not None:
            for half in list(halves(block)):
                block.addprevious(half)
            parent.remove(block)
            _leave_no_empty(parent)


class TrackingPen:
    """Changes the file in tracked changes."""

    def __init__(self, sight: Sight, tracker: Tracker) -> None:
        self._sight, self._tracker = sight, tracker

    def replace(self, paragraph: etree._Element, start: int, end: int, text: str) -> None:
        """Strike out the seen characters from `start` to `end` and put the text in, tracked."""
        track(paragraph, (start, end), text, self._tracker, self._sight)

    def announce(self, block: etree._Element) -> None:
        """Mark the block as inserted."""
        self._mark(block, "ins")
        for paragraph in _paragraphs(block):
            for run in _runs(paragraph):
                inserted = self._tracker.mark("ins")
                run.addprevious(inserted)
                inserted.append(run)

    def remove(self, block: etree._Element) -> None:
        """Mark the block as deleted."""
        self._mark(block, "del")
        for paragraph in _paragraphs(block):
            for run in _runs(paragraph):
                strike(run, self._tracker.mark("del"))

    def _mark(self, block: etree._Element, kind: str) -> None:
        for row in block.iter(ROW):
            _say(_row_properties(row), self._tracker.mark(kind))
        for paragraph in _paragraphs(block):
            if not _needed(paragraph) or kind == "ins":
                _say(_mark_properties(paragraph), self._tracker.mark(kind))


def _say(properties: etree._Element, mark: etree._Element) -> None:
    """Put a mark where the properties of a row or a paragraph have it, once: somebody else may have said the same."""
    if properties.find(mark.tag) is not None:
        return
    if properties.tag == _MARK:
        at = sum(child.tag == w("ins") for child in properties)
    else:
        late = (w("trPrChange"), w("del")) if mark.tag == w("ins") else (w("trPrChange"),)
        at = sum(child.tag not in late for child in properties)
    properties.insert(at, mark)


def _paragraphs(block: etree._Element) -> list[etree._Element]:
    """The paragraphs of a block, those of text boxes left to the one they hang on."""
    return [p for p in block.iter(PARAGRAPH) if p is block or next(p.iterancestors(TEXT_BOX), None) is None]


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph itself that no tracked change holds yet, in a list that lasts while they are moved."""
    own = [run for run in paragraph.iter(RUN) if next(run.iterancestors(PARAGRAPH)) is paragraph]
    yield from [run for run in own if (parent := run.getparent()) is not None and parent.tag not in _TRACKED]


def _needed(paragraph: etree._Element) -> bool:
    """Whether a paragraph must stay: it ends a section, or is the last one of a cell, a text box, a header, a note."""
    if paragraph.find(f"{_PROPERTIES}/{_SECTION}") is not None:
        return True
    parent = paragraph.getparent()
    while parent is not None and parent.tag in (_CONTENT, w("sdt")):
        parent = parent.getparent()
    if parent is None or parent.tag not in _NEVER_EMPTY:
        return False
    following = paragraph.getnext()
    return (following is None and sum(child.tag == PARAGRAPH for child in parent) <= 1) or _after_table(paragraph)


def _after_table(paragraph: etree._Element) -> bool:
    """Whether a table stands before the last paragraph of a cell, which Word needs there."""
    before = paragraph.getprevious()
    return paragraph.getnext() is None and before is not None and before.tag == TABLE


def _leave_no_empty(parent: etree._Element) -> None:
    """Take out a table without rows and an empty content control, which Word calls damaged."""
    while _empty(parent):
        element = parent if parent.tag == TABLE else parent.getparent()
        above = element.getparent() if element is not None else None
        if element is None or above is None:
            return
        above.remove(element)
        parent = above


def _empty(element: etree._Element) -> bool:
    return (
        next(element.iter(ROW), None) is None if element.tag == TABLE else element.tag == _CONTENT and not len(element)
    )


def _row_properties(row: etree._Element) -> etree._Element:
    found = row.find(_ROW_PROPERTIES)
    if found is None:
        found = etree.Element(_ROW_PROPERTIES)
        at = sum(child.tag in _BEFORE_ROW for child in row)
        row.insert(at, found)
    return found


def _mark_properties(paragraph: etree._Element) -> etree._Element:
    """The properties of the paragraph's mark, in their place among those of the paragraph."""
    properties = paragraph.find(_PROPERTIES)
    if properties is None:
        properties = etree.Element(_PROPERTIES)
        paragraph.insert(0, properties)
    found = properties.find(_MARK)
    if found is None:
        found = etree.Element(_MARK)
        late = next((child for child in properties if child.tag in (_SECTION, w("pPrChange"))), None)
        if late is None:
            properties.append(found)
        else:
            late.addprevious(found)
    return found
