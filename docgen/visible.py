"""Text for a terminal: nothing in it moves the cursor, changes colours, or stays unseen."""

from __future__ import annotations

import unicodedata
from typing import Final

from docgen.patterns import regex

# Control characters but for the line break and the Tab, and format characters, among them those that turn text round.
_UNSEEN: Final = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
SHOWN_AS: Final = "□"


def visible(text: str) -> str:
    """The text with a box for every character that a terminal would obey or swallow."""
    return _UNSEEN.sub(SHOWN_AS, text)


def printed(character: str) -> str:
    """A character as it is printed in a line of a frame: a Tab as four columns, what cannot be seen as a box."""
    if character == "\t":
        return "    "
    return character if character.isprintable() or character in "\u3000\u00a0" else SHOWN_AS


def columns(text: str) -> int:
    """How many columns of a terminal a line of text takes; a Chinese character takes two."""
    return sum(map(width, text))


def width(character: str) -> int:
    """How many columns of a terminal a character takes."""
    if character == "\t":
        return 4
    if not character.isprintable() and character not in "\u3000\u00a0":
        return 2
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def complaint(message: str, hint: str | None) -> str:
    """What a clerk reads where the work could not go on: the message, and what to do on a line of its own."""
    return visible(f"错误：{message}" + (f"\n　提示：{hint}" if hint else ""))


def escaped(json: str) -> str:
    r"""The JSON with such characters written \u001b, which means the same to whoever reads it."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json)
