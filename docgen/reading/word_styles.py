"""The styles of a Word file: their names, and the lists that they number paragraphs with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from docgen.word.sight import BASE, STYLE, lineage
from docgen.word.text import w

_VALUE: Final = w("val")
_NAME, _PROPERTIES, _ID, _TYPE, _DEFAULT = w("name"), w("pPr"), w("styleId"), w("type"), w("default")
_HEADING: Final = re.compile(r"(?:heading|标题) ?[1-9]\b", re.IGNORECASE)
_CONTENTS: Final = ("toc ", "目录")
_OPENED, _CLOSED = b"<w:style ", b"</w:style>"
_HEAD, _LONGEST, _USUAL = 8192, 32768, 2 * 1024 * 1024
_ROOT: Final = re.compile(rb"<w:styles\b[^<>]*>")
# Never past the next element, so that the time it takes grows no faster than the part.
_NAMES: Final = re.compile(rb"<w:style [^<>]*[^<>/]>(?:\s*<w:(?:name|aliases|basedOn) [^<>]*/>)*")


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself: its name, the style that it is based on, its list and level."""

    name: str | None = None
    base: str = ""
    list: str | None = None
    level: int | None = None


class Manner(NamedTuple):
    """How a style bears on its paragraphs: its name, if it has a list, if they are a table of contents or headings."""

    name: str | None
    numbered: bool
    contents: bool
    heading: bool


@dataclass(slots=True)
class Styles:
    """What the reader has to know of the styles, by their ids; each is read when it is first asked for."""

    elements: dict[str, etree._Element] = field(default_factory=dict)
    default: str = ""
    own: dict[str, Style] = field(default_factory=dict)
    lists: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)
    manners: dict[str, Manner] = field(default_factory=dict)

    def manner(self, style: str) -> Manner:
        """How the style of a paragraph bears on it; the empty one is that of paragraphs without a style."""
        found = self.manners.get(style)
        if found is None:
            found = self.manners[style] = self._manner(style)
        return found

    def numbering(self, style: str) -> tuple[str | None, int | None]:
        """The list and level of a style, each from the nearest style in its line that names one."""
        found = self.lists.get(style)
        if found is None:
            found = self.lists[style] = self._numbering(style)
        return found

    def _manner(self, style: str) -> Manner:
        numbered = bool(self.numbering(style or self.default)[0])
        if not style:
            return Manner(None, numbered, contents=False, heading=False)
        own = self._own(style).name
        name = style if own is None else own
        return Manner(name, numbered, name.lower().startswith(_CONTENTS), bool(_HEADING.match(name)))

    def _own(self, style: str) -> Style:
        found = self.own.get(style)
        if found is None:
            element = self.elements.get(style)
            found = self.own[style] = Style() if element is None else _read(element)
        return found

    def _numbering(self, style: str) -> tuple[str | None, int | None]:
        name, level = None, None
        for ancestor in lineage(style, lambda style: self._own(style).base):
            own = self._own(ancestor)
            name = own.list if name is None else name
            level = own.level if level is None else level
            if name is not None:
                break
        return name, level


def essential(data: bytes) -> bytes:
    """The part styles.xml without most of what the reader does not ask for; a file of another hand stays as it is."""
    root = _ROOT.search(data, 0, _HEAD)
    if root is None or b"!" in data or len(data) > _USUAL:
        return data
    names = [name + _CLOSED for name in _NAMES.findall(data)]
    return b"".join([root[0], *names, *_telling(data), b"</w:styles>"])


def _telling(data: bytes) -> Iterator[bytes]:
    """The styles that number or hide."""
    for mark in (b"<w:numPr", b"<w:vanish"):
        at = data.find(mark)
        while at >= 0 and (end := data.find(_CLOSED, at)) >= 0:
            start = data.rfind(_OPENED, max(0, at - _LONGEST), at)
            if start >= 0:
                yield data[start:end] + _CLOSED
            at = data.find(mark, end)


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of a file, from its part styles.xml."""
    styles = Styles()
    for element in () if root is None else root.iterchildren(STYLE):
        name = element.get(_ID, "")
        styles.elements[name] = element
        if element.get(_DEFAULT) in ("1", "true", "on") and element.get(_TYPE) == "paragraph":
            styles.default = name
    return styles


def _read(style: etree._Element) -> Style:
    name, base = None, ""
    own: tuple[str | None, int | None] = None, None
    for child in style:
        tag = child.tag
        if tag == _NAME:
            name = child.get(_VALUE, "")
        elif tag == BASE:
            base = child.get(_VALUE, "")
        elif tag == _PROPERTIES:
            own = _list(child)
    return Style(name, base, *own)


def _list(properties: etree._Element) -> tuple[str | None, int | None]:
    """The list and the level that a style names itself."""
    for child in properties.iterchildren(w("numPr")):
        number, level = child.find(w("numId")), child.find(w("ilvl"))
        value = "" if level is None else level.get(_VALUE, "")
        figure = int(value) if value.isascii() and value.isdigit() and len(value) < 3 else None
        return None if number is None else number.get(_VALUE, ""), figure
    return None, None
