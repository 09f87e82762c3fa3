"""Tracked changes: characters of a Word file struck out and others put in, for a person to accept or refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count, pairwise

from lxml import etree

from docgen.word.edit import SPACE, insert_before, run_from
from docgen.word.package import Package, read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.sight import Sight, sight_in
from docgen.word.text import RUN, TEXT, paragraphs, part_name, w

_BREAKS = {"\t": w("tab"), "\n": w("br")}
_MARKS = (w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("rPrChange"), w("pPrChange"), w("bookmarkStart"))


@dataclass(frozen=True, slots=True)
class Revision:
    """The characters `start` to `end` of a paragraph, and the text that is to stand in their place."""

    part: str
    position: int
    start: int
    end: int
    text: str
    author: str = "docgen"


def revise(data: bytes, revisions: Sequence[Revision]) -> bytes:
    """The Word file with the revisions as tracked changes; the new text looks like the first characters it replaces.

    Raises ValueError where two revisions claim the same characters.
    """
    package = read_package(data)
    numbers, sight = count(_next_id(package)), sight_in(package)
    for name in [name for name in package.names if name.endswith(".xml")]:
        own = sorted(
            (r for r in revisions if part_name(name) == r.part and name.startswith("word/")),
            key=lambda revision: (revision.position, revision.start),
        )
        if own:
            root = parse(package[name])
            _revise_part(root, own, numbers, sight)
            package = package.replaced({name: serialize(root)})
    return write_package(package)


def _revise_part(root: etree._Element, revisions: Sequence[Revision], numbers: Iterator[int], sight: Sight) -> None:
    for one, other in pairwise(revisions):
        if one.position == other.position and other.start < one.end:
            raise ValueError(f"two revisions of the characters {other.start} to {one.end}")
    body = paragraphs(root)
    # From the end: what stands before keeps its place.
    for revision in reversed(revisions):
        _replace(body[revision.position], revision, numbers, sight)


def _replace(paragraph: etree._Element, revision: Revision, numbers: Iterator[int], sight: Sight) -> None:
    after = run_from(paragraph, revision.end, sight)
    first = run_from(paragraph, revision.start, sight)
    if first is None:
        raise ValueError("a revision behind the end of its paragraph")
    runs = _runs_between(paragraph, first, after)
    if revision.text:
        inserted = _tracked("ins", revision.author, next(numbers))
        inserted.append(_run_like(first, revision.text))
        insert_before(paragraph, _outermost(after), inserted)
    for run in runs:
        _strike(run, _tracked("del", revision.author, next(numbers)))


def _outermost(run: etree._Element | None) -> etree._Element | None:
    """The tracked change that begins with a run, else the run: a change is put beside another one, not into it."""
    while run is not None:
        parent = run.getparent()
        if parent is None or parent.tag not in (w("ins"), w("del")) or parent[0] is not run:
            break
        run = parent
    return run


def _runs_between(
    paragraph: etree._Element, first: etree._Element, after: etree._Element | None
) -> list[etree._Element]:
    """The runs from `first` up to `after` that show text, those of a text box inside left out."""
    found: list[etree._Element] = []
    for run in paragraph.iter(RUN):
        if run is after:
            break
        if (run is first or found) and next(run.iterancestors(w("p"))) is paragraph:
            found.append(run)
    return [run for run in found if run is first or run.find(w("commentReference")) is None]


def _tracked(kind: str, author: str, number: int) -> etree._Element:
    # No date: the same findings give the same bytes.
    return etree.Element(w(kind), {w("id"): str(number), w("author"): author})


def _run_like(run: etree._Element, text: str) -> etree._Element:
    new = etree.Element(RUN)
    properties = run.find(w("rPr"))
    if properties is not None:
        new.append(deepcopy(properties))
    for piece in re.split("([\t\n])", text):
        if piece in _BREAKS:
            etree.SubElement(new, _BREAKS[piece])
        elif piece:
            etree.SubElement(new, TEXT, {SPACE: "preserve"}).text = piece
    return new


def _strike(run: etree._Element, struck: etree._Element) -> None:
    run.addprevious(struck)
    struck.append(run)
    for text in run.iter(TEXT):
        text.tag = w("delText")


def _next_id(package: Package) -> int:
    """A number that no mark of any part bears yet."""
    taken = [0]
    for name in package.names:
        if name.startswith("word/") and name.endswith(".xml"):
            ids = (mark.get(w("id"), "") for mark in parse(package[name]).iter(*_MARKS))
            taken += [int(number) for number in ids if number.isdigit()]
    return max(taken) + 1
