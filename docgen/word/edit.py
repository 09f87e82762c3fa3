"""Runs of a paragraph split at a character, so that marks and changes stand on exactly the characters they mean."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from docgen.word.sight import Sight
from docgen.word.text import RUN, Stretch, w

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


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
