"""How paragraphs, runs, tables and pages look: what the template says otherwise, brought into the person's file.

What the person formatted otherwise stays; where both did, the run says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from docgen.merge.properties import Properties, Speech, follow, follow_in, raw, same
from docgen.merge.story import Cell, Paragraph, Row, Story, Table
from docgen.merge.words import edits
from docgen.word.edit import run_from
from docgen.word.order import put_in_order
from docgen.word.sight import Sight
from docgen.word.text import w

_PROPERTIES, _RUN, _SECTION = w("pPr"), w("rPr"), w("sectPr")
_TABLE, _GRID, _ROW, _CELL = w("tblPr"), w("tblGrid"), w("trPr"), w("tcPr")
# What is said of a block that has no words: it ends a section, or keeps others apart.
_EMPTY = "空行或分节处"
Stories = tuple[Story, Story, Story]


class _Dressed(NamedTuple):
    """Characters of the new version that have one look there, had one before, and stand together in the file."""

    start: int
    end: int
    old: Properties
    new: Properties


class Formats:
    """What is needed to bring looks over; `left` are the blocks whose new look could not be, with their texts."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self.left: list[tuple[str, etree._Element | None]] = []

    def paragraph(self, base: Paragraph, mine: Paragraph, theirs: Paragraph, stories: Stories) -> None:
        """Bring over how a paragraph and its runs look, once its words are what they are to be."""
        old, new = base.element.find(_PROPERTIES), theirs.element.find(_PROPERTIES)
        done = follow_in(_PROPERTIES, old, mine.element, new, self._speech)
        marks = [each.find(_RUN) if each is not None else None for each in (old, new)]
        if raw(marks[0]) != raw(marks[1]):
            own = mine.element.find(_PROPERTIES)
            if own is not None:
                follow_in(_RUN, marks[0], own, marks[1], self._speech)
        done &= self._section(old, mine.element, new)
        done &= self._runs(base, mine.element, theirs, stories)
        self._say(done, mine.text, mine.element)

    def table(self, base: Table, mine: Table, theirs: Table) -> None:
        """Bring over how a table as a whole looks."""
        old, own, new = (table.element for table in (base, mine, theirs))
        done = follow_in(_TABLE, old.find(_TABLE), own, new.find(_TABLE), self._speech)
        grids = [each.find(_GRID) for each in (old, own, new)]
        if raw(grids[0]) != raw(grids[2]):
            done &= _same_widths(grids, own)
        self._say(done, mine.text, mine.element)

    def row(self, base: Row, mine: Row, theirs: Row) -> None:
        """Bring over how a row looks."""
        done = follow_in(_ROW, base.element.find(_ROW), mine.element, theirs.element.find(_ROW), self._speech)
        self._say(done, mine.text, mine.element)

    def cell(self, base: Cell, mine: Cell, theirs: Cell) -> None:
        """Bring over how a cell looks."""
        done = follow_in(_CELL, base.element.find(_CELL), mine.element, theirs.element.find(_CELL), self._speech)
        self._say(done, mine.text, mine.element)

    def last_section(self, base: etree._Element, mine: etree._Element, theirs: etree._Element) -> None:
        """Bring over how the pages of the last section look."""
        old, own, new = (body.find(_SECTION) for body in (base, mine, theirs))
        if own is not None and new is not None:
            self._say(follow(old, own, new, self._speech), "页面设置", None)

    def without_section(self, base: etree._Element, mine: etree._Element) -> None:
        """Take out the end of a section that the new version has no more, where the person left it as it was."""
        old, own = (each.find(f"{_PROPERTIES}/{_SECTION}") for each in (base, mine))
        if old is not None and own is not None and self._as_it_was(old, own):
            next(own.iterancestors()).remove(own)

    def as_it_was(self, base: Paragraph, mine: Paragraph, stories: Stories) -> bool:
        """Whether a paragraph looks as it was generated."""
        old, own = (each.element.find(_PROPERTIES) for each in (base, mine))
        looks = [_looks(each.element, story.sight) for each, story in zip((base, mine), stories[:2], strict=True)]
        pairs = {(raw(one), raw(other)): (one, other) for one, other in zip(*looks, strict=True)}
        return self._as_it_was(old, own) and all(self._as_it_was(*pair) for pair in pairs.values())

    def _as_it_was(self, old: Properties, own: Properties) -> bool:
        return same(old, own, (self._speech.old, self._speech.own))

    def _section(self, old: Properties, paragraph: etree._Element, new: Properties) -> bool:
        """Whether the end of a section on a paragraph, which came, went or changed, is what it is to be."""
        before, now = (each.find(_SECTION) if each is not None else None for each in (old, new))
        own = paragraph.find(f"{_PROPERTIES}/{_SECTION}")
        if raw(before) == raw(now) or self._alike(own, now):
            return True
        if before is not None and own is not None and now is not None:
            return follow(before, own, now, self._speech)
        if before is None and own is None and now is not None:
            return self._broken(paragraph, self._speech.fitted(now))
        if before is not None and own is not None and self._as_it_was(before, own):
            next(own.iterancestors()).remove(own)
            return True
        return False

    def _alike(self, own: Properties, new: Properties) -> bool:
        """Whether the person's file and the new version end the same section, or both none."""
        if own is None or new is None:
            return own is new
        return same(own, new, (self._speech.own, self._speech.new))

    def _broken(self, paragraph: etree._Element, section: Properties) -> bool:
        """Whether a section could be made to end with a paragraph."""
        own = paragraph.find(_PROPERTIES)
        own = own if own is not None else put_in_order(paragraph, etree.Element(_PROPERTIES))
        if section is not None:
            put_in_order(own, section)
        return section is not None

    def _runs(self, base: Paragraph, mine: etree._Element, theirs: Paragraph, stories: Stories) -> bool:
        old, new = _looks(base.element, stories[0].sight), _looks(theirs.element, stories[2].sight)
        if len({raw(each) for each in (*old, *new)}) <= 1:
            return True
        sight = stories[1].sight
        now = "".join(stretch.text for stretch in sight.stretches(mine))
        done = True
        for piece in list(_pieces(base.text, old, now, theirs.text, new)):
            if not same(piece.old, piece.new, (self._speech.old, self._speech.new)):
                done &= self._dress(mine, piece, sight)
        return done

    def _dress(self, paragraph: etree._Element, piece: _Dressed, sight: Sight) -> bool:
        run_from(paragraph, piece.end, sight)
        run_from(paragraph, piece.start, sight)
        shown = [each for each in sight.stretches(paragraph) if piece.start <= each.start < piece.end]
        runs = dict.fromkeys(next(each.element.iterancestors()) for each in shown)
        done = True
        for run in runs:
            done &= follow_in(_RUN, piece.old, run, piece.new, self._speech)
        return done

    def _say(self, done: bool, text: str, block: etree._Element | None) -> None:
        text = text.strip() or _EMPTY
        if not done and all(text != said for said, _ in self.left):
            self.left.append((text, block))


def _same_widths(grids: Sequence[Properties], own: etree._Element) -> bool:
    """Whether the columns are as wide as the new version has them, where it has them otherwise than the old one."""
    old, mine, new = ([column.get(w("w")) for column in grid] if grid is not None else [] for grid in grids)
    if new in (old, mine):
        return True
    grid = own.find(_GRID)
    if mine != old or grid is None:
        return False
    grid[:] = [etree.Element(w("gridCol"), {w("w"): width or "0"}) for width in new]
    return True


def _looks(paragraph: etree._Element, sight: Sight) -> list[Properties]:
    """The properties of the run that shows each character of a paragraph."""
    found: list[Properties] = []
    for stretch in sight.stretches(paragraph):
        found += [next(stretch.element.iterancestors()).find(_RUN)] * len(stretch.text)
    return found


def _pieces(
    base: str, old: Sequence[Properties], now: str, theirs: str, new: Sequence[Properties]
) -> Iterator[_Dressed]:
    """The stretches of the person's text that stand in the new version too, each with one look before and one now.

    What is new there had the look of what it stands for, or of what it was put behind.
    """
    places, models = _answers(now, theirs), _models(base, theirs)
    last: _Dressed | None = None
    for at, look in enumerate(new):
        place, before = places[at], old[models[at]] if old else None
        if last is not None and last.end == place and last.old is before and last.new is look:
            last = last._replace(end=last.end + 1)
            continue
        if last is not None:
            yield last
        last = _Dressed(place, place + 1, before, look) if place is not None else None
    if last is not None:
        yield last


def _answers(now: str, theirs: str) -> list[int | None]:
    """For each character of the new version where it stands in the person's text, if it does."""
    found: list[int | None] = [None] * len(theirs)
    here = there = 0
    for edit in [*edits(now, theirs), None]:
        until = edit.start if edit is not None else len(now)
        found[there : there + until - here] = range(here, until)
        there += until - here + (len(edit.text) if edit is not None else 0)
        here = edit.end if edit is not None else until
    return found


def _models(base: str, theirs: str) -> list[int]:
    """For each character of the new version the one of the old version whose look it had, or would have had."""
    found: list[int] = []
    here = 0
    for edit in edits(base, theirs):
        found += range(here, edit.start)
        found += [edit.start if edit.start < edit.end else max(edit.start - 1, 0)] * len(edit.text)
        here = edit.end
    return [*found, *range(here, len(base))]
