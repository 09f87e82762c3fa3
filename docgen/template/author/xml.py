"""XML as text: an element is its name, its children as text, and its attributes."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'


def element(name: str, /, *children: str, **attributes: object) -> str:
    """The element as text; attributes get the prefix of the element, those that are None are left out."""
    prefix = name.split(":", 1)[0] + ":"
    return tag(name, *children, **{prefix + key: value for key, value in attributes.items()})


def tag(name: str, /, *children: str, **attributes: object) -> str:
    """The element as text, its attributes named in full."""
    given = "".join(f' {key}="{_quoted(value)}"' for key, value in attributes.items() if value is not None)
    inside = "".join(children)
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def flag(name: str, /, *, on: bool) -> str:
    """A property that is switched on or off."""
    return element(name) if on else element(name, val="0")


def part(root: str) -> bytes:
    """The bytes of a part whose root element is `root`, with the namespaces declared."""
    return (DECLARATION + re.sub(r"^<[\w:]+", rf"\g<0> {_NAMESPACES}", root)).encode()


def _quoted(value: object) -> str:
    return escape(str(value), {'"': "&quot;"})


def text(value: str) -> str:
    """`value` as the text of an element."""
    return escape(value)
