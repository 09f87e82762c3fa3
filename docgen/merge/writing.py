"""Edits of a paragraph written down: for good, or as tracked changes where both sides changed the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docgen.merge.pen import Pen
from docgen.merge.story import Paragraph
from docgen.merge.words import Clash, Together
from docgen.merge.work import Found, Work


class _Stroke(NamedTuple):
    """The characters `start` to `end` of a paragraph are replaced; `clash` is what both sides said there."""

    start: int
    end: int
    text: str
    pen: Pen
    clash: Clash | None = None


def write(work: Work, paragraph: Paragraph, merged: Together) -> None:
    """Make the edits for good and the clashes in doubt, each in the piece of the paragraph in which it stands."""
    strokes = [_Stroke(e.start, e.end, e.text, work.pen) for e in merged.edits]
    strokes += [_Stroke(c.start, c.end, c.theirs, work.doubt, c) for c in merged.clashes]
    start = 0
    for piece in paragraph.pieces:
        end = start + len(piece.text)
        last = piece is paragraph.pieces[-1]
        _write(work, piece, list(_within(sorted(strokes, key=lambda each: each[:2]), start, end, last=last)))
        start = end


def _within(strokes: Sequence[_Stroke], start: int, end: int, *, last: bool) -> Iterator[_Stroke]:
    """The strokes of one piece; what goes over its end says in the next one only what goes there."""
    for stroke in strokes:
        begins = start <= stroke.start < end or (stroke.start == end and (last or stroke.start == stroke.end))
        if begins and (stroke.start > start or start == 0 or stroke.end > start):
            yield stroke._replace(start=stroke.start - start, end=min(stroke.end, end) - start)
        elif stroke.start < start < stroke.end:
            yield stroke._replace(start=0, end=min(stroke.end, end) - start, text="", clash=None)


def _write(work: Work, paragraph: Paragraph, strokes: Sequence[_Stroke]) -> None:
    """Make the strokes from the end on, so that what is before keeps its place."""
    shift = 0
    for stroke in strokes:
        if stroke.clash is not None:
            at, clash = stroke.start + shift, stroke.clash
            found = Found(paragraph.element, at, at + len(stroke.text), clash.base, clash.mine, clash.theirs)
            work.found.append(found)
        shift += len(stroke.text) - (stroke.end - stroke.start)
    for stroke in reversed(strokes):
        stroke.pen.replace(paragraph.element, stroke.start, stroke.end, stroke.text)
