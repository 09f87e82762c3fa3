"""Chinese text for which a template names no Chinese font, so that every machine shows it in another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from docgen.word.names import BODY
from docgen.word.package import Package
from docgen.word.parts import parse
from docgen.word.text import RUN, TEXT, paragraphs, part_name, w

_STYLES: Final = "word/styles.xml"
_TEXTS: Final = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_NAMED: Final = (w("eastAsia"), w("eastAsiaTheme"))
_STYLE, _FONTS, _PROPERTIES, _VALUE = w("style"), w("rFonts"), w("rPr"), w("val")
_GENERATIONS: Final = 16


class Bare(NamedTuple):
    """A style in which Chinese text stands without a Chinese font, and the first such text: its part and paragraph."""

    style: str
    text: str
    part: str
    position: int


def styles_without_font(package: Package) -> list[Bare]:
    """The styles in which Chinese text stands without a Chinese font, the body's first."""
    styles = _Styles(package)
    found: dict[str, Bare] = {}
    for part in sorted(package, key=lambda part: part.name != BODY):
        if _TEXTS.fullmatch(part.name):
            for bare in _bare(parse(part.data), styles, part_name(part.name)):
                found.setdefault(bare.style, bare)
    return list(found.values())


def _bare(root: etree._Element, styles: _Styles, part: str) -> Iterator[Bare]:
    """The style of every run of Chinese text for which no font is named, and the text."""
    for position, paragraph in enumerate(paragraphs(root)):
        own = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        style = styles.default if own is None else own.get(_VALUE, "")
        if styles.has_font(style):
            continue
        for run in paragraph.iterchildren(RUN):
            text = "".join(element.text or "" for element in run.iterchildren(TEXT))
            if _CHINESE.search(text) and not _run_has_font(run, styles):
                yield Bare(styles.name(style), text, part, position)


def _run_has_font(run: etree._Element, styles: _Styles) -> bool:
    properties = run.find(_PROPERTIES)
    if properties is None:
        return False
    if _names_font(properties):
        return True
    style = properties.find(w("rStyle"))
    return style is not None and styles.has_font(style.get(_VALUE, ""), alone=True)


def _names_font(properties: etree._Element | None) -> bool:
    fonts = None if properties is None else properties.find(_FONTS)
    return fonts is not None and any(fonts.get(name) for name in _NAMED)


class _Styles:
    """The styles of a file: which of them name a Chinese font, or take one over from those they are based on."""

    def __init__(self, package: Package) -> None:
        root = parse(package[_STYLES]) if _STYLES in package else etree.Element(w("styles"))
        self._styles = {style.get(w("styleId"), ""): style for style in root.iter(_STYLE)}
        self._everywhere = _names_font(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{_PROPERTIES}"))
        paragraphs = (style for style in self._styles.values() if style.get(w("type")) == "paragraph")
        self.default = next((s.get(w("styleId"), "") for s in paragraphs if s.get(w("default")) in ("1", "true")), "")

    def name(self, identity: str) -> str:
        """The name that Word shows for a style."""
        style = self._styles.get(identity)
        found = None if style is None else style.find(w("name"))
        return identity if found is None else found.get(_VALUE, identity)

    def has_font(self, identity: str, *, alone: bool = False) -> bool:
        """Whether Chinese text in the style has a font; `alone` without what holds for the whole file."""
        for _ in range(_GENERATIONS):
            style = self._styles.get(identity)
            if style is None:
                break
            if _names_font(style.find(_PROPERTIES)):
                return True
            base = style.find(w("basedOn"))
            identity = "" if base is None else base.get(_VALUE, "")
        return self._everywhere and not alone
