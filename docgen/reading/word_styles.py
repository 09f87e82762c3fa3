"""The styles of a Word file: their names, and the lists that they number paragraphs with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from docgen.word.sight import BASE, STYLE, lineage
from docgen.word.text import w

_VALUE: Final = w("val")


@dataclass(slots=True)
class Styles:
    """What the reader has to know of the styles, by their ids."""

    names: dict[str, str] = field(default_factory=dict)
    default: str = ""
    bases: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)

    def numbering(self, style: str) -> tuple[str | None, int | None]:
        """The list and level of a style, each from the nearest style in its line that names one."""
        known = self.lists.get(style)
        if known is not None and known[0] is not None and known[1] is not None:
            return known
        name, level = None, None
        for ancestor in lineage(style, self.bases):
            own = self.lists.get(ancestor, (None, None))
            name = own[0] if name is None else name
            level = own[1] if level is None else level
            if name is not None:
                break
        return name, level


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of a file, from its part styles.xml."""
    styles = Styles()
    for element in () if root is None else root.iterchildren(STYLE):
        name = element.get(w("styleId"), "")
        for child in element:
            if child.tag == w("name"):
                styles.names[name] = child.get(_VALUE, "")
            elif child.tag == BASE:
                styles.bases[name] = child.get(_VALUE, "")
            elif child.tag == w("pPr"):
                _read_list(styles, name, child)
        if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
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
