"""Marks of Markdown and HTML in plain text: blanked out in place, so that every other character keeps its offset."""

from __future__ import annotations

import re
from typing import Final

BREAK: Final = "\v"
"""What stands for a mark that ends a paragraph inside a line (<br>, </p>)."""

_BOLD: Final = re.compile(r"\*\*(?=[^\s*])((?:(?!\n[ \t]*\r?\n)[^*]){1,2000}?)(?<=[^\s*])\*\*")
_RULE: Final = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,}|(?:[-*] ){3,})[ \t]*$", re.MULTILINE)
_ESCAPED: Final = re.compile(r"\\([_*#.()\[\]{}|~`>+\-])")
# A line that is broken on purpose.
_BREAK_MARK: Final = re.compile(r"(?<!\\)\\(?=\r?\n)")
_PARAGRAPH_TAG: Final = re.compile(r"</?(?:br|p|div|li|ul|ol|center|h[1-6])(?:\s[^<>\n]{0,200})?/?>", re.IGNORECASE)
_INLINE_TAG: Final = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|sup|sub|small|big|ins|mark|a|o:p)(?:\s[^<>\n]{0,300})?/?>", re.IGNORECASE
)
_IMAGE: Final = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\n]{0,500}\)|<(?:img|hr|!--)[^<>]{0,500}>", re.IGNORECASE)
# What Pandoc makes of a Word file: []{#_Toc24574 .anchor}, [    ]{.underline}.
_ANCHOR: Final = re.compile(r"\[\]\{#[^{}]{1,80}\}")
_STYLED: Final = re.compile(r"\[([^\[\]]{0,300})\](\{\.[a-z\-]{1,20}\})")
_ENTITY: Final = re.compile(r"&(nbsp|ensp|emsp|amp|lt|gt|quot|yen|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_ENTITIES: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "yen": "¥"}


def without_marks(text: str) -> str:
    """The text as long as before, marks replaced by spaces and those that end a paragraph by BREAK."""
    if "**" in text:
        text = _BOLD.sub(lambda match: f"  {match[1]}  ", text)
    if "\\" in text:
        text = _BREAK_MARK.sub(" ", _ESCAPED.sub(r"\1 ", text))
    if "<" in text:
        text = _PARAGRAPH_TAG.sub(lambda match: BREAK * len(match[0]), text)
        text = _IMAGE.sub(_blank, _INLINE_TAG.sub(_blank, text))
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if "]{" in text:
        text = _ANCHOR.sub(_blank, text)
        text = _STYLED.sub(lambda match: f" {match[1]} {' ' * len(match[2])}", text)
    if "![" in text:
        text = _IMAGE.sub(_blank, text)
    return _RULE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\r\n]", " ", match[0])


def _character(match: re.Match[str]) -> str:
    name = match[1].lower()
    character = _ENTITIES.get(name, " ")
    if name.startswith("#"):
        number = int(f"0{name[1:]}", 0) if name.startswith("#x") else int(name[1:])
        character = chr(number) if 0x20 < number < 0x110000 and not 0xD800 <= number < 0xE000 else " "
    return character.ljust(len(match[0]))
