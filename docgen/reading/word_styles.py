"""The styles of a Word file: their names, and the lists that they number paragraphs with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from docgen.word.sight import BASE, STYLE, lineage
from docgen.word.text import w

_VALUE: Final = w("val")
_NAME, _PROPERTIES, _ID, _TYPE, _DEFAULT = w("name"), w("pPr"), w("styleId"), w("type"), w("default")
_OPENED, _CLOSED = b"<w:style ", b"</w:style>"
_HEAD, _LONGEST, _USUAL = 8192, 32768, 2 * 1024 * 1024
_ROOT: Final = re.compile(rb"<w:styles\b[^>]*>")
_NAMES: Final = re.compile(rb"<w:style [^>]*[^>/]>(?:\s*<w:(?:name|aliases|basedOn) [^>]*/>)*")


@dataclass(slots=True)
class Styles:
    """What the reader has to know of the styles, by their ids."""

    names: dict[str, str] = field(default_factory=dict)
    default: str = ""
    bases: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)
    known: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)

    def numbering(self, style: str) -> tuple[str | None, int | None]:
        """The list and level of a style, each from the nearest style in its line that names one."""
        found = self.known.get(style)
        if found is None:
            found = self.known[style] = self._numbering(style)
        return found

    def _numbering(self, style: str) -> tuple[str | None, int | None]:
        name, level = None, None
        for ancestor in lineage(style, self.bases):
            own = self.lists.get(ancestor, (None, None))
            name = own[0] if name is None else name
            level = own[1] if level is None else level
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
        for child in element:
            if child.tag == _NAME:
                styles.names[name] = child.get(_VALUE, "")
            elif child.tag == BASE:
                styles.bases[name] = child.get(_VALUE, "")
            elif child.tag == _PROPERTIES:
                _read_list(styles, name, child)
        if element.get(_TYPE) == "paragraph" and element.get(_DEFAULT) in ("1", "true", "on"):
            styles.default = name
    return styles


def _read_list(styles: Styles, style: str, properties: etree._Element) -> None:
    for child in properties.iterchildren(w("numPr")):
        number, level = child.find(w("numId")), child.find(w("ilvl"))
        value = "" if level is None else level.get(_VALUE, "")
        styles.lists[style] = (
            None if number is None else number.get(_VALUE, ""),
            int(value) if value.isascii() and value.isdigit() and len(value) < 3 else None,
        )
