"""Comments in a Word file, on exactly the characters they speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from docgen.word.authors import CHECKING, initials
from docgen.word.edit import SPACE, insert_before, run_from
from docgen.word.names import BODY
from docgen.word.package import Package, read_package, write_package
from docgen.word.parts import added, changed, parse, serialize
from docgen.word.sight import Sight, sight_in
from docgen.word.text import MAIN, PARAGRAPH, RUN, TEXT, paragraphs, w

COMMENTS = "word/comments.xml"
_MARKS = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))
# What XML or Word has no place for; a comment on faulty data may well quote it.
_UNWRITABLE = re.compile("[^\t\n -\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


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
    author: str = CHECKING


def add_comments(data: bytes, comments: Sequence[Comment]) -> bytes:
    """The Word file with the comments in it; everything else stays as it is."""
    if not comments:
        return data
    package = _with_comments_part(read_package(data))
    first, sight = _next_id(package), sight_in(package)

    def anchor(root: etree._Element) -> None:
        body = paragraphs(root)
        for number, comment in enumerate(comments, first):
            inside = comment.part == "body" and comment.position < len(body)
            paragraph = body[comment.position if inside else 0]
            around = list(paragraph.iterancestors(PARAGRAPH))
            span = (comment.start, comment.end) if inside and not around else (0, 0)
            _anchor(around[-1] if around else paragraph, *span, str(number), sight)

    def write(root: etree._Element) -> None:
        for number, comment in enumerate(comments, first):
            root.append(_comment(comment, str(number)))

    return write_package(changed(changed(package, BODY, anchor), COMMENTS, write))


def remove_comments(data: bytes, author: str) -> bytes:
    """The Word file without the comments of this author; those of others stay."""
    package = read_package(data)
    if COMMENTS not in package:
        return data
    root = parse(package[COMMENTS])
    own = [comment for comment in root.iter(w("comment")) if comment.get(w("author")) == author]
    if not own:
        return data
    numbers = {comment.get(w("id")) for comment in own}
    for comment in own:
        root.remove(comment)

    def forget(body: etree._Element) -> None:
        for mark in [each for each in body.iter(*_MARKS) if each.get(w("id")) in numbers]:
            _take_out(mark)

    return write_package(changed(package.replaced({COMMENTS: serialize(root)}), BODY, forget))


def _take_out(mark: etree._Element) -> None:
    """Take a mark of a comment out, and the run that only held it."""
    parent = mark.getparent()
    assert parent is not None
    parent.remove(mark)
    if parent.tag == RUN and all(child.tag == w("rPr") for child in parent):
        above = parent.getparent()
        assert above is not None
        above.remove(parent)


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
    element = etree.Element(
        w("comment"), {w("id"): number, w("author"): comment.author, w("initials"): initials(comment.author)}
    )
    for line in _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", comment.text).split("\n"):
        text = etree.SubElement(etree.SubElement(etree.SubElement(element, w("p")), RUN), TEXT)
        text.text = line
        text.set(SPACE, "preserve")
    return element


def _anchor(paragraph: etree._Element, start: int, end: int, number: str, sight: Sight) -> None:
    """Mark the characters from `start` to `end` of the paragraph as what the comment speaks of."""
    shown = sight.stretches(paragraph)
    if end <= start:
        start, end = 0, shown[-1].end if shown else 0
    # The end first: splitting a run there leaves what stands before it where it is.
    reference, close = _reference(number), etree.Element(w("commentRangeEnd"), {w("id"): number})
    insert_before(paragraph, run_from(paragraph, end, sight), close)
    home = _beside_control(paragraph)
    if home is None:
        close.addnext(reference)
    else:
        _put_first(home, reference)
    begin = etree.Element(w("commentRangeStart"), {w("id"): number})
    if shown:
        insert_before(paragraph, run_from(paragraph, start, sight), begin)
    else:
        _put_first(paragraph, begin)


def _put_first(paragraph: etree._Element, element: etree._Element) -> None:
    properties = paragraph.find(w("pPr"))
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, element)


def _beside_control(paragraph: etree._Element) -> etree._Element | None:
    """The paragraph for the reference of a comment on the first paragraph of a content control; None for any other.

    LibreOffice loses what stands before a reference there. The range, which says what the comment speaks of, stays.
    """
    if not _begins_control(paragraph):
        return None
    root = paragraph.getroottree().getroot()
    every = [one for one in root.iter(PARAGRAPH) if next(one.iterancestors(PARAGRAPH), None) is None]
    at = every.index(paragraph)
    near = (one for one in (*every[at + 1 :], *reversed(every[:at])) if not _begins_control(one))
    return next(near, None)


def _begins_control(paragraph: etree._Element) -> bool:
    return any(next(content.iter(PARAGRAPH)) is paragraph for content in paragraph.iterancestors(w("sdtContent")))


def _reference(number: str) -> etree._Element:
    run = etree.Element(RUN)
    etree.SubElement(run, w("commentReference"), {w("id"): number})
    return run
