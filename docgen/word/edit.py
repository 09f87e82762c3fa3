"""Runs of a paragraph split at a character, so that marks and changes stand on exactly the characters they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from docgen.word.sight import Sight
from docgen.word.text import RUN, SHOWN, TEXT, Stretch, w

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = {"\t": w("tab"), "\n": w("br")}
_MARK = f"{w('pPr')}/{w('rPr')}"
# Text put in at the edge of these is none of theirs: it would go with a link, a field, somebody's tracked change.
_APART = frozenset({w("hyperlink"), w("fldSimple"), w("ins"), w("moveTo")})
_FIELD_EDGE, _EDGE_KIND = w("fldChar"), w("fldCharType")
# What a paragraph mark says of itself, and no run says.
_OF_MARKS = frozenset({w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("rPrChange")})


def replace_text(paragraph: etree._Element, start: int, end: int, text: str, sight: Sight) -> None:
    """Put `text` in the place of the seen characters `start` to `end`; it looks like what it replaces or follows."""
    model = run_at(paragraph, start if start < end else start - 1, sight)
    run_from(paragraph, end, sight)
    first = run_from(paragraph, start, sight)
    new = run_like(paragraph, model, text) if text else None
    for stretch in sight.stretches(paragraph):
        if start <= stretch.start < end:
            _take_out(stretch.element, keep=first)
    if new is not None:
        put_in(paragraph, new, *((first, model) if start < end else gap(paragraph, first, model)))
    if first is not None and not _holds(first):
        _drop(first)


def put_in(
    paragraph: etree._Element, new: etree._Element, before: etree._Element | None, after: etree._Element | None
) -> None:
    """Put an element before a run; where there is none, after another one, or else at the paragraph's end."""
    if before is not None:
        before.addprevious(new)
    elif after is not None:
        after.addnext(new)
    else:
        paragraph.append(new)


def gap(
    paragraph: etree._Element, before: etree._Element | None, after: etree._Element | None
) -> tuple[etree._Element | None, etree._Element | None]:
    """What new text stands before, or else after, given the runs around it: outside of links and of fields.

    A field that is counted anew loses what was written into its result.
    """
    fields = list(_fields(paragraph))
    return _outside(before, fields, first=True), _outside(after, fields, first=False)


def _outside(run: etree._Element | None, fields: list[list[etree._Element]], *, first: bool) -> etree._Element | None:
    """The outermost element whose text the run begins (`first`) or ends."""
    while run is not None:
        above = run.getparent()
        field = next((runs for runs in fields if _at_edge(run, runs, first=first)), None)
        if field is not None:
            run = field[0 if first else -1]
        elif above is not None and above.tag in _APART and above[0 if first else -1] is run:
            run = above
        else:
            break
    return run


def _at_edge(run: etree._Element, field: list[etree._Element], *, first: bool) -> bool:
    """Whether a field shows nothing before the run, which is in it, or else nothing behind it."""
    if run not in field[1:-1]:
        return False
    at = field.index(run)
    return not any(map(_shows, field[:at] if first else field[at + 1 :]))


def _shows(run: etree._Element) -> bool:
    return any(child.tag == TEXT or child.tag in SHOWN for child in run)


def _fields(paragraph: etree._Element) -> Iterator[list[etree._Element]]:
    """The runs of each field of a paragraph, from the one where it begins to the one where it ends."""
    runs = list(paragraph.iter(RUN))
    begun: list[int] = []
    for place, run in enumerate(runs):
        for edge in run.iterchildren(_FIELD_EDGE):
            kind = edge.get(_EDGE_KIND)
            if kind == "begin":
                begun.append(place)
            elif kind == "end" and begun:
                yield runs[begun.pop() : place + 1]


def run_at(paragraph: etree._Element, at: int, sight: Sight) -> etree._Element | None:
    """The run that shows the character at `at`, or the first one if `at` is before it; None in an empty paragraph."""
    for stretch in sight.stretches(paragraph):
        if stretch.end > at and stretch.text:
            return stretch.element.getparent()
    return None


def run_like(paragraph: etree._Element, model: etree._Element | None, text: str) -> etree._Element:
    """A run with the text that looks like the run `model`, or like the paragraph's mark where there is none."""
    new = etree.Element(RUN)
    properties = model.find(w("rPr")) if model is not None else paragraph.find(_MARK)
    if properties is not None:
        copied = deepcopy(properties)
        for mark in [child for child in copied if child.tag in _OF_MARKS]:
            copied.remove(mark)
        new.append(copied)
    for piece in re.split("([\t\n])", text):
        if piece in _BREAKS:
            etree.SubElement(new, _BREAKS[piece])
        elif piece:
            etree.SubElement(new, TEXT, {SPACE: "preserve"}).text = piece
    return new


def _take_out(element: etree._Element, keep: etree._Element | None) -> None:
    """Take the element out of its run, and the run out of the paragraph where nothing is left in it."""
    run = element.getparent()
    assert run is not None
    run.remove(element)
    if run is not keep and not _holds(run):
        _drop(run)


def _holds(run: etree._Element) -> bool:
    return any(child.tag != w("rPr") for child in run)


def _drop(run: etree._Element) -> None:
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)


def insert_before(paragraph: etree._Element, before: etree._Element | None, element: etree._Element) -> None:
    """Put an element before a run of the paragraph, or at its end where there is none."""
    if before is None:
        paragraph.append(element)
    else:
        before.addprevious(element)


def run_from(paragraph: etree._Element, at: int, sight: Sight) -> etree._Element | None:
    """The run that begins with the seen character at `at`, split off if need be; None at the paragraph's end."""
    for stretch in sight.stretches(paragraph):
        if stretch.start <= at < stretch.end:
            return _split_run(_split_text(stretch, at - stretch.start))
    return None


def _split_text(stretch: Stretch, at: int) -> etree._Element:
    """The element that begins with the character at `at` of the stretch."""
    element = stretch.element
    if at == 0:
        return element
    rest = deepcopy(element)
    element.text, rest.text = stretch.text[:at], stretch.text[at:]
    for half in (element, rest):
        half.set(SPACE, "preserve")
    element.addnext(rest)
    return rest


def _split_run(element: etree._Element) -> etree._Element:
    """The run that begins with `element`: its own if it stands first, else a new one with the same formatting."""
    run = element.getparent()
    assert run is not None
    before = [child for child in element.itersiblings(preceding=True) if child.tag != w("rPr")]
    if not before:
        return run
    split = etree.Element(RUN)
    split.attrib.update(run.attrib)
    properties = run.find(w("rPr"))
    if properties is not None:
        split.append(deepcopy(properties))
    for child in [element, *element.itersiblings()]:
        split.append(child)
    run.addnext(split)
    return split
