"""Comments in a Word file, on exactly the characters they speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from docgen.word.names import BODY
from docgen.word.package import Package, read_package, write_package
from docgen.word.parts import added, changed, parse, serialize
from docgen.word.text import MAIN, PARAGRAPH, RUN, TEXT, Stretch, paragraphs, stretches, w

COMMENTS = "word/comments.xml"
# What XML or Word has no place for; a comment on faulty data may well quote it.
_UNWRITABLE = re.compile("[^\t\n -\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on the characters `start` to `end` of a paragraph (both 0: on the whole paragraph).

    Word knows no comments in headers, footers and notes: one that belongs there is put at the document's first
    paragraph; one in a text box, which is twice in the file, at the paragraph around it.
    """

    part: str
    position: int
    start: int
    end: int
    text: str
    author: str = "docgen"


def add_comments(data: bytes, comments: Sequence[Comment]) -> bytes:
    """The Word file with the comments in it; everything else stays as it is."""
    if not comments:
        return data
    package = _with_comments_part(read_package(data))
    first = _next_id(package)

    def anchor(root: etree._Element) -> None:
        body = paragraphs(root)
        for number, comment in enumerate(comments, first):
            inside = comment.part == "body" and comment.position < len(body)
            paragraph = body[comment.position if inside else 0]
            around = list(paragraph.iterancestors(PARAGRAPH))
            span = (comment.start, comment.end) if inside and not around else (0, 0)
            _anchor(around[-1] if around else paragraph, *span, str(number))

    def write(root: etree._Element) -> None:
        for number, comment in enumerate(comments, first):
            root.append(_comment(comment, str(number)))

    return write_package(changed(changed(package, BODY, anchor), COMMENTS, write))


def _with_comments_part(package: Package) -> Package:
    if COMMENTS in package:
        return package
    empty = serialize(etree.Element(w("comments"), nsmap={"w": MAIN}))
    return added(package, BODY, COMMENTS, "comments", empty)[0]


def _next_id(package: Package) -> int:
    ids = [int(element.get(w("id"), "0")) for element in parse(package[COMMENTS]).iter(w("comment"))]
    return max(ids, default=-1) + 1


def _comment(comment: Comment, number: str) -> etree._Element:
    # No date: the same findings give the same bytes.
    element = etree.Element(w("comment"), {w("id"): number, w("author"): comment.author, w("initials"): "核"})
    for line in _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", comment.text).split("\n"):
        text = etree.SubElement(etree.SubElement(etree.SubElement(element, w("p")), RUN), TEXT)
        text.text = line
        text.set(_SPACE, "preserve")
    return element


def _anchor(paragraph: etree._Element, start: int, end: int, number: str) -> None:
    """Mark the characters from `start` to `end` of the paragraph as what the comment speaks of."""
    shown = stretches(paragraph)
    if end <= start:
        start, end = 0, shown[-1].end if shown else 0
    # The end first: splitting a run there leaves what stands before it where it is.
    reference = _reference(number)
    _insert(paragraph, _run_from(paragraph, end), reference)
    reference.addprevious(etree.Element(w("commentRangeEnd"), {w("id"): number}))
    _insert(paragraph, _run_from(paragraph, start), etree.Element(w("commentRangeStart"), {w("id"): number}))


def _reference(number: str) -> etree._Element:
    run = etree.Element(RUN)
    etree.SubElement(run, w("commentReference"), {w("id"): number})
    return run


def _insert(paragraph: etree._Element, before: etree._Element | None, element: etree._Element) -> None:
    if before is None:
        paragraph.append(element)
    else:
        before.addprevious(element)


def _run_from(paragraph: etree._Element, at: int) -> etree._Element | None:
    """The run that begins with the character at `at`, split off if need be; None at the paragraph's end."""
    for stretch in stretches(paragraph):
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
        half.set(_SPACE, "preserve")
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
