"""Text for a terminal: nothing in it moves the cursor, changes colours, or stays unseen."""

from __future__ import annotations

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


def complaint(message: str, hint: str | None) -> str:
    """What a clerk reads where the work could not go on: the message, and what to do on a line of its own."""
    return visible(f"错误：{message}" + (f"\n　提示：{hint}" if hint else ""))


def escaped(json: str) -> str:
    r"""The JSON with such characters written \u001b, which means the same to whoever reads it."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json)
