"""The characters that symbols of old symbol fonts stand for."""

from __future__ import annotations

from typing import Final

from lxml import etree

# The private area where Word keeps the characters of symbol fonts, and what stands for one that nobody knows.
_PRIVATE: Final = 0xF000
_UNKNOWN: Final = "•"
_FONTS: Final = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0xA1: "○", 0xA8: "□", 0xD8: "➢", 0xDF: "←",
        0xE0: "→", 0xE8: "→", 0xF0: "⇨", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
        **{0x80 + n: chr(0x245F + n) if n else "⓪" for n in range(11)},
    },
    "wingdings 2": {
        0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x98: "●", 0xA2: "■", 0xA3: "□", 0x2A: "□",
    },
    "wingdings 3": {},
    "webdings": {0x61: "√", 0x63: "□", 0x67: "■", 0x72: "×"},
    "symbol": {
        0x2A: "＊", 0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
        0xBB: "≈", 0xD7: "·", 0xE5: "∑",
    },
}  # fmt: skip


def sign(element: etree._Element) -> str:
    """The one character that a symbol (w:sym, w16se:symEx) shows."""
    given = {str(name).rpartition("}")[2]: str(value) for name, value in element.attrib.items()}
    font = given.get("font", "").lower()
    try:
        code = int(given.get("char", ""), 16)
    except ValueError:
        return _UNKNOWN
    known = _FONTS.get(font)
    if known is not None:
        return known.get(code - _PRIVATE if code >= _PRIVATE else code, _UNKNOWN)
    if _PRIVATE - 0x1000 <= code <= 0xF8FF:
        plain = code - _PRIVATE
        return chr(plain) if 0x20 < plain < 0x7F else _UNKNOWN
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code <= 0xDFFF else _UNKNOWN
