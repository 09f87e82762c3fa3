"""Copies of a Word file with the findings in it: as comments, or corrected where it is sure what is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from docgen.findings import Finding
from docgen.reading.document import Reading
from docgen.report.annotate import Page, comments
from docgen.word.comments import add_comments
from docgen.word.names import usual_package
from docgen.word.package import CONTENT_TYPES, Package, write_package
from docgen.word.parts import parse, relationships_of, serialize
from docgen.word.revisions import Revision, revise

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MAIN = re.compile(r"application/vnd\.(?:ms-word|openxmlformats-officedocument\.wordprocessingml)\.\S+\.main\+xml")
_MACROS = re.compile(r"word/(?:vbaProject\.bin|vbaData\.xml|_rels/vbaProject\.bin\.rels)", re.IGNORECASE)
# Nobody but the bidder may touch a bid: there the contradiction is only pointed at.
_BID = re.compile(r"投标文件|投标函|开标一览表|投标报价|响应文件|报价一览表")
# A contract may list the bid among its papers: （3）投标文件；
_TITLE = re.compile(
    rf"(?![（(]?[0-9一二三四五六七八九十]{{1,3}}[、.．）)]).{{0,20}}(?:{_BID.pattern})(?:[（(].{{0,6}}[）)]|[正副]本)?"
)
_HEAD = 30
_WORDS = re.compile(
    r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*|[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]+|[^0-9０-９]", re.DOTALL
)


def annotated(data: bytes, reading: Reading, findings: Sequence[Finding]) -> bytes:
    """The file as a .docx with each finding as a comment on the words it speaks of."""
    return add_comments(_plain(data), comments(findings, [Page(reading)])[0])


def corrected(data: bytes, reading: Reading, findings: Sequence[Finding]) -> bytes:
    """The file as a .docx with sure corrections as tracked changes, everything else as comments.

    In a bid nothing is corrected: there are comments only.
    """
    revisions = [] if is_bid(reading) else _revisions(reading, findings)
    # Comments first: they move no character, a correction does.
    return revise(annotated(data, reading, findings), revisions)


def is_bid(reading: Reading) -> bool:
    """Whether the document calls itself a bid, in its file's name or on its first lines."""
    head = (block.seen.strip() for block in reading.blocks[:_HEAD] if len(block.text) < _HEAD)
    return bool(_BID.search(reading.file)) or any(_TITLE.fullmatch(line) for line in head)


def _revisions(reading: Reading, findings: Sequence[Finding]) -> list[Revision]:
    """The corrections that are sure, none of which claims the characters of another."""
    found: list[Revision] = []
    taken: dict[int, list[tuple[int, int]]] = {}
    for finding in findings:
        for place in (finding.place, *finding.again) if finding.fix is not None else ():
            number, start, end = place.block, place.start or 0, place.end or 0
            if number is None or any(first < end and start < last for first, last in taken.get(number, ())):
                continue
            taken.setdefault(number, []).append((start, end))
            block = reading.blocks[number]
            for (first, last), text in _hunks(finding.quote, finding.fix or ""):
                found.append(Revision(block.part, block.position, start + first, start + last, text))
    return found


def _hunks(old: str, new: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The words of an old text that change, each with what it becomes; an amount is one word, what ties two stays."""
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    starts = [0, *accumulate(map(len, ours))]
    for kind, first, last, begin, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            yield (starts[first], starts[last]), "".join(theirs[begin:end])


def _plain(data: bytes) -> bytes:
    """The file as an ordinary document: in the usual names, templates as documents, macros left behind."""
    package = usual_package(data)
    types = parse(package[CONTENT_TYPES])
    for item in list(types):
        if _MAIN.fullmatch(item.get("ContentType", "")):
            item.set("ContentType", _WORD)
        if _MACROS.fullmatch(item.get("PartName", "").lstrip("/")):
            types.remove(item)
    macros: dict[str, bytes | None] = {name: None for name in package.names if _MACROS.fullmatch(name)}
    changes = {CONTENT_TYPES: serialize(types), **macros, **(_unrelated(package) if macros else {})}
    return write_package(package.replaced(changes))


def _unrelated(package: Package) -> dict[str, bytes | None]:
    """The main part's relationships without those to macros."""
    name = relationships_of("word/document.xml")
    if name not in package:
        return {}
    root = parse(package[name])
    for relation in list(root):
        if _MACROS.fullmatch(f"word/{relation.get('Target', '')}"):
            root.remove(relation)
    return {name: serialize(root)}
