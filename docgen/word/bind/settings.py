"""The settings and fonts of the bound file, and what of a document's settings cannot hold for it alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from docgen.word.bind.source import Source
from docgen.word.bind.store import Store
from docgen.word.order import put_in_order
from docgen.word.text import MAIN, w

_EVEN: Final = w("evenAndOddHeaders")
# What in the settings changes how pages look, and what a clerk calls it.
_LAYOUT: Final = {
    "defaultTabStop": "默认制表位",
    "characterSpacingControl": "标点压缩",
    "compat": "兼容性选项",
    "mirrorMargins": "对称页边距",
    "gutterAtTop": "装订线位置",
    "bookFoldPrinting": "书籍折页",
    "autoHyphenation": "断字",
    "noLineBreaksAfter": "行尾禁则",
    "noLineBreaksBefore": "行首禁则",
    "drawingGridVerticalSpacing": "网格间距",
}


def empty_settings() -> etree._Element:
    """Settings that say nothing."""
    return etree.Element(w("settings"), nsmap={"w": MAIN})


def has_even_pages(settings: etree._Element | None) -> bool:
    """Whether even pages have headers of their own."""
    found = None if settings is None else settings.find(_EVEN)
    return found is not None and found.get(w("val"), "1") not in ("0", "false", "off")


def set_even_pages(settings: etree._Element) -> None:
    """Let even pages have headers of their own."""
    for found in settings.findall(_EVEN):
        settings.remove(found)
    put_in_order(settings, etree.Element(_EVEN))


def differences(settings: etree._Element | None, first: etree._Element | None) -> Iterator[str]:
    """What the settings of a document say otherwise than those of the first, and only the whole file can say."""
    for name, called in _LAYOUT.items():
        if _said(settings, name) != _said(first, name):
            yield called


def add_fonts(fonts: etree._Element, source: Source, owner: str, store: Store) -> None:
    """Add what a document tells of the fonts that the bound file does not know yet."""
    root = source.root("fontTable")
    known = {font.get(w("name")) for font in fonts}
    fresh = [] if root is None else [font for font in root if font.get(w("name")) not in known]
    if root is None or not fresh:
        return
    store.adopt(root, source, source.related("fontTable") or "", owner)
    fonts.extend(fresh)


def _said(settings: etree._Element | None, name: str) -> bytes:
    found = None if settings is None else settings.find(w(name))
    return b"" if found is None else etree.tostring(found, method="c14n", exclusive=True)
