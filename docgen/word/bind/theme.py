"""A document's theme made part of its text, where the bound file has another theme: one file has but one."""

from __future__ import annotations

from typing import Final, NamedTuple

from lxml import etree

from docgen.word.bind.source import Source
from docgen.word.parts import parse
from docgen.word.text import w

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_FONTS: Final = w("rFonts")
_THEMED: Final = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}
_SCRIPTS: Final = {"Ascii": "latin", "HAnsi": "latin", "EastAsia": "ea", "Bidi": "cs"}
_COLOURS: Final = tuple(map(w, (
    "themeColor", "themeTint", "themeShade", "themeFill", "themeFillTint", "themeFillShade")))  # fmt: skip
# What Word colours: text, lines around and below it, and what is behind it.
_COLOURED: Final = tuple(map(w, (
    "color", "u", "shd", "bdr", "top", "left", "bottom", "right", "start", "end", "insideH", "insideV", "tl2br",
    "tr2bl", "between", "bar", "background")))  # fmt: skip
_CALLED: Final = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


class Theme(NamedTuple):
    """The fonts of a theme by what styles call them (minorEastAsia), and its colours."""

    fonts: frozenset[tuple[str, str]]
    colours: frozenset[tuple[str, str]]


def theme_of(source: Source) -> Theme | None:
    """The theme of a document, if it has one."""
    name = source.related("theme")
    if name is None:
        return None
    root = parse(source.package[name])
    kinds = [(size, script) for size in ("major", "minor") for script in _SCRIPTS]
    fonts = {(f"{size}{script}", _font(root, size, _SCRIPTS[script])) for size, script in kinds}
    return Theme(frozenset(fonts), frozenset(_colours(root)))


def literal(root: etree._Element, theme: Theme) -> None:
    """Let a part say itself what it has the theme say."""
    fonts, colours = dict(theme.fonts), dict(theme.colours)
    for element in root.iter(_FONTS):
        for themed, plain in _THEMED.items():
            name = fonts.get(str(element.attrib.pop(w(themed), "")))
            if name:
                element.set(w(plain), name)
    for element in root.iter(*_COLOURED):
        for attribute in _COLOURS:
            element.attrib.pop(attribute, "")
    for scheme in root.iter(f"{{{_DRAWING}}}schemeClr"):
        colour = colours.get(_CALLED.get(scheme.get("val", ""), scheme.get("val", "")))
        if colour is not None:
            scheme.tag = f"{{{_DRAWING}}}srgbClr"
            scheme.set("val", colour)


def _font(root: etree._Element, size: str, kind: str) -> str:
    found = root.find(f".//{{{_DRAWING}}}{size}Font")
    if found is None:
        return ""
    named = found.find(f"{{{_DRAWING}}}{kind}")
    name = "" if named is None else named.get("typeface", "")
    if name or kind != "ea":
        return name
    chinese = (each for each in found.iter(f"{{{_DRAWING}}}font") if each.get("script") == "Hans")
    return next((each.get("typeface", "") for each in chinese), "")


def _colours(root: etree._Element) -> list[tuple[str, str]]:
    scheme = root.find(f".//{{{_DRAWING}}}clrScheme")
    found = []
    for each in () if scheme is None else scheme:
        for colour in each:
            value = colour.get("lastClr", "") or colour.get("val", "")
            found.append((etree.QName(each).localname, value))
    return found
