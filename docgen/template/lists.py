"""Word's own numbered lists that begin anew: {% restart %} in a numbered paragraph.

Word counts a list through the whole file, however often a loop repeats its paragraphs. Where a template asks for it,
each loop (or each place) gets a list of its own, of the same form and counted from the beginning. While a template is
compiled, the paragraphs of such a list are told apart by a sign before the list's number: + begins anew, = goes on.
When the document is written, the signs become the numbers of lists, and those are added to the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Final

from lxml import etree

from docgen.errors import TemplateError
from docgen.template.compiled import MARK
from docgen.template.dialect import Fault, Kind, Tag
from docgen.word.package import Package, Packed, pack
from docgen.word.parts import parse, serialize
from docgen.word.text import PARAGRAPH, w

RESTART: Final = "restart"
NUMBERING: Final = "word/numbering.xml"

_SIGNED: Final = re.compile(rb'([+=])(\d+)\.(\d)"')
_NUMBER, _LEVEL = f"{w('pPr')}/{w('numPr')}/{w('numId')}", f"{w('pPr')}/{w('numPr')}/{w('ilvl')}"
_DEEPEST: Final = 9


def restart(paragraph: etree._Element, tag: Tag, mark: Callable[[Tag], str]) -> str | Fault:
    """The number of the list that begins anew with the paragraph, which is told so; or what is wrong."""
    number, level = paragraph.find(_NUMBER), paragraph.find(_LEVEL)
    known = "" if number is None else number.get(w("val"), "")
    if MARK in known:
        return Fault("同一段里写了两次", tag.place, tag.typed, "T107", tag.start)
    if number is None or not known.isdigit() or known == "0":
        said = "只能写在 Word 自动编号的段落里（编号须直接设在这一段上）"
        return Fault(said, tag.place, tag.typed, "T107", tag.start)
    depth = "0" if level is None else level.get(w("val"), "0")
    sign = mark(replace(tag, kind=Kind.OUTPUT, code=f"loop|_begins({known})"))
    number.set(w("val"), f"{sign}{known}.{depth}")
    return known


def go_on(root: etree._Element, lists: frozenset[str]) -> None:
    """Let the other paragraphs of those lists go on with whatever began last."""
    for paragraph in root.iter(PARAGRAPH):
        number = paragraph.find(_NUMBER)
        if number is not None and number.get(w("val")) in lists:
            number.set(w("val"), f"={number.get(w('val'))}.0")


def with_lists(package: Package, parts: Mapping[str, bytes]) -> dict[str, Packed]:
    """The parts with their lists beginning anew, and the part that describes all lists."""
    if NUMBERING not in package:
        raise TemplateError("模板里没有自动编号的列表。", hint="请在 Word 中重新设置各段的编号。")
    lists = Lists(package.unpacked(NUMBERING))
    packed = {path: pack((lists.numbered(xml),)) for path, xml in parts.items()}
    return {**packed, NUMBERING: pack((lists.numbering,))}


class Lists:
    """The lists of a document while it is written: those of its template, and the new ones."""

    def __init__(self, numbering: bytes) -> None:
        self._root = parse(numbering)
        self._known = {item.get(w("numId"), ""): item for item in self._root.findall(w("num"))}
        self._last = max((int(number) for number in self._known if number.isdigit()), default=0)
        self._now: dict[str, str] = {}

    def numbered(self, xml: bytes) -> bytes:
        """The part with the numbers of lists in place of the signs."""
        return _SIGNED.sub(self._number, xml)

    @property
    def numbering(self) -> bytes:
        """The part that describes all lists, the new ones among them."""
        return serialize(self._root)

    def _number(self, match: re.Match[bytes]) -> bytes:
        known = match[2].decode()
        if match[1] == b"+":
            self._now[known] = self._anew(known, int(match[3]))
        return self._now.get(known, known).encode() + b'"'

    def _anew(self, known: str, level: int) -> str:
        """The number of a new list of the same form, counted from the beginning from that level on."""
        if known not in self._known:
            raise TemplateError(f"模板里没有编号为 {known} 的自动编号列表。", hint="请在 Word 中重新设置这一段的编号。")
        self._last += 1
        made = deepcopy(self._known[known])
        made.set(w("numId"), str(self._last))
        for old in made.findall(w("lvlOverride")):
            if int(old.get(w("ilvl"), "0")) >= level and (begun := old.find(w("startOverride"))) is not None:
                old.remove(begun)
        for depth in range(level, _DEEPEST):
            self._begin(made, depth)
        list(self._known.values())[-1].addnext(made)
        self._known[str(self._last)] = made
        return str(self._last)

    def _begin(self, made: etree._Element, depth: int) -> None:
        override = next((item for item in made.findall(w("lvlOverride")) if item.get(w("ilvl")) == str(depth)), None)
        if override is None:
            override = etree.SubElement(made, w("lvlOverride"), {w("ilvl"): str(depth)})
        override.insert(0, etree.Element(w("startOverride"), {w("val"): self._first(made, depth)}))

    def _first(self, made: etree._Element, depth: int) -> str:
        """What the level of that list begins with."""
        form = made.find(w("abstractNumId"))
        wanted = None if form is None else form.get(w("val"))
        for abstract in self._root.findall(w("abstractNum")):
            for level in abstract.findall(w("lvl")) if abstract.get(w("abstractNumId")) == wanted else ():
                start = level.find(w("start"))
                if level.get(w("ilvl")) == str(depth) and start is not None:
                    return start.get(w("val"), "1")
        return "1"
