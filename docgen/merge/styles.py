"""Styles of one Word file in another: known by their names, brought along where a block uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import chain, count
from typing import Final

from lxml import etree

from docgen.word.package import Package
from docgen.word.parts import parse, serialize
from docgen.word.sight import STYLE
from docgen.word.text import MAIN, w

STYLES: Final = "word/styles.xml"
_VALUE, _ID, _TYPE, _NAME = w("val"), w("styleId"), w("type"), w("name")
_OTHERS: Final = (w("basedOn"), w("next"), w("link"))
_LIST: Final = w("numPr")


class Styles:
    """The styles of a file (`stock`) with those of another (`scion`) that come into it."""

    def __init__(self, scion: Package, stock: Package, relist: Callable[[etree._Element], None]) -> None:
        self.theirs, self.own = styles_in(scion), styles_in(stock)
        self._relist = relist
        self._before = serialize(self.own)
        self._ids: dict[str, str] = {}
        here, there = named(self.theirs), named(self.own)
        ids = {name: identity for identity, name in there.items()}
        for identity, name in here.items():
            if name in ids:
                self._ids[identity] = ids[name]

    def brought(self, identity: str) -> str | None:
        """The id in the stock of a style of the scion, which comes with it; None where the scion has none such."""
        if identity in self._ids:
            return self._ids[identity]
        style = next((each for each in self.theirs.iterchildren(STYLE) if each.get(_ID) == identity), None)
        if style is None:
            return None
        taken = {each.get(_ID) for each in self.own.iterchildren(STYLE)}
        new = next(each for each in chain([identity], (f"{identity}{n}" for n in count(2))) if each not in taken)
        # Styles lead to each other and back.
        self._ids[identity] = new
        copied = deepcopy(style)
        copied.set(_ID, new)
        if w("default") in copied.attrib:
            del copied.attrib[w("default")]
        self.own.append(copied)
        for other in list(copied.iterchildren(*_OTHERS)):
            known = self.brought(other.get(_VALUE, ""))
            if known is None:
                copied.remove(other)
            else:
                other.set(_VALUE, known)
        for numbering in list(copied.iter(_LIST)):
            self._relist(numbering)
        return new

    def changed(self) -> bytes | None:
        """The styles of the stock as they are to be; None where they are as they were."""
        now = serialize(self.own)
        return now if now != self._before else None


def styles_in(package: Package) -> etree._Element:
    """The styles of a file; none where it has no such part."""
    return parse(package[STYLES]) if STYLES in package else etree.Element(w("styles"), nsmap={"w": MAIN})


def named(styles: etree._Element) -> dict[str, str]:
    """The names of styles with their kinds by id; names are the same however a program spells their case."""
    return dict(_named(styles))


def _named(styles: etree._Element) -> Iterator[tuple[str, str]]:
    for style in styles.iterchildren(STYLE):
        yield style.get(_ID, ""), f"{style.get(_TYPE, '')}:{name_of(style).casefold()}"


def name_of(style: etree._Element) -> str:
    """What people call a style."""
    name = style.find(_NAME)
    return name.get(_VALUE, "") if name is not None else ""
