"""Tracked changes: characters of a Word file struck out and others put in, for a person to accept or refuse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from lxml import etree

from docgen.word.authors import CHECKING
from docgen.word.edit import gap, put_in, run_at, run_from, run_like
from docgen.word.package import Package, read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.sight import Sight, sight_in
from docgen.word.text import CHOICE, FALLBACK, PARAGRAPH, RUN, TEXT, TEXT_BOX, paragraphs, part_name, w

_KINDS = (
    "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "cellIns", "cellDel", "cellMerge",
    "rPrChange", "pPrChange", "trPrChange", "tcPrChange", "tblPrChange", "sectPrChange", "numberingChange",
    "bookmarkStart",
)  # fmt: skip
_MARKS = tuple(map(w, _KINDS))
# Pictures, notes and comments stay where the words at which they stand are exchanged.
_HANGING = frozenset(map(w, ("commentReference", "footnoteReference", "endnoteReference", "drawing", "pict", "object")))
# What Word calls the text and the instructions of fields in a run that is struck out.
_STRUCK = {TEXT: w("delText"), w("instrText"): w("delInstrText")}


@dataclass(frozen=True, slots=True)
class Revision:
    """The characters `start` to `end` of a paragraph, and the text that is to stand in their place."""

    part: str
    position: int
    start: int
    end: int
    text: str
    author: str = CHECKING


def revise(data: bytes, revisions: Sequence[Revision]) -> bytes:
    """The Word file with the revisions as tracked changes; the new text looks like the first characters it replaces.

    Raises ValueError where two revisions claim the same characters.
    """
    package = read_package(data)
    numbers, sight = count(next_number(package)), sight_in(package)
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
        for paragraph in _both(body[revision.position]):
            _replace(paragraph, revision, numbers, sight)


def _both(paragraph: etree._Element) -> list[etree._Element]:
    """The paragraph, and the same one of a text box as it is drawn for older programs."""
    choice = next(paragraph.iterancestors(CHOICE), None)
    parent = None if choice is None else choice.getparent()
    fallback = None if parent is None else parent.find(FALLBACK)
    if choice is None or fallback is None:
        return [paragraph]
    own, old = list(choice.iter(PARAGRAPH)), list(fallback.iter(PARAGRAPH))
    at = own.index(paragraph)
    same = len(own) == len(old) and [t.text for t in own[at].iter(TEXT)] == [t.text for t in old[at].iter(TEXT)]
    return [paragraph, old[at]] if same else [paragraph]


def _replace(paragraph: etree._Element, revision: Revision, numbers: Iterator[int], sight: Sight) -> None:
    if run_at(paragraph, revision.start, sight) is None:
        raise ValueError("a revision behind the end of its paragraph")
    span = revision.start, revision.end
    track(paragraph, span, revision.text, Tracker(revision.author, numbers), sight)


@dataclass(frozen=True, slots=True)
class Tracker:
    """Who makes tracked changes, and the numbers that they get."""

    author: str
    numbers: Iterator[int]

    def mark(self, kind: str) -> etree._Element:
        """A tracked change of a kind (ins, del), empty yet."""
        # No date: the same findings give the same bytes.
        return etree.Element(w(kind), {w("id"): str(next(self.numbers)), w("author"): self.author})


def track(paragraph: etree._Element, span: tuple[int, int], text: str, tracker: Tracker, sight: Sight) -> None:
    """Strike out the seen characters of the span and put the text in, tracked; without characters only put it in."""
    start, end = span
    model = run_at(paragraph, start if start < end else start - 1, sight)
    after = run_from(paragraph, end, sight)
    first = run_from(paragraph, start, sight)
    runs = _runs_between(paragraph, first, after) if first is not None and start < end else []
    if text:
        inserted = tracker.mark("ins")
        inserted.append(run_like(paragraph, model, text))
        last = runs[-1] if runs else model
        places = (_outermost(after), _with_its_mark(last)) if runs else gap(paragraph, after, model)
        put_in(paragraph, inserted, *places)
    for run in runs:
        strike(run, tracker.mark("del"))


def _with_its_mark(run: etree._Element | None) -> etree._Element | None:
    """The tracked change that a run ends, else the run."""
    parent = run.getparent() if run is not None else None
    return parent if parent is not None and parent.tag in (w("ins"), w("del")) and parent[-1] is run else run


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
    """The runs from `first` up to `after`, those of a text box inside left out, and what hangs on words but is none."""
    found: list[etree._Element] = []
    for run in paragraph.iter(RUN):
        if run is after:
            break
        if (run is first or found) and next(run.iterancestors(w("p"))) is paragraph:
            found.append(run)
    return [run for run in found if run is first or not any(child.tag in _HANGING for child in run)]


def strike(run: etree._Element, struck: etree._Element) -> None:
    """Put a run into the deletion that strikes it out."""
    run.addprevious(struck)
    struck.append(run)
    # A text box that hangs on the run has paragraphs of its own, which are not struck out.
    boxed = {element for box in run.iter(TEXT_BOX) for element in box.iter(*_STRUCK)}
    for element in [each for each in run.iter(*_STRUCK) if each not in boxed]:
        element.tag = _STRUCK[str(element.tag)]


def next_number(package: Package) -> int:
    """A number that no mark of any part bears yet."""
    taken = [0]
    for name in package.names:
        if name.startswith("word/") and name.endswith(".xml"):
            ids = (mark.get(w("id"), "") for mark in parse(package[name]).iter(*_MARKS))
            taken += [int(number) for number in ids if number.isdigit()]
    return max(taken) + 1
