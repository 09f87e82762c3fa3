"""File names that are legal on Windows and Linux, whatever a document is called."""

from __future__ import annotations

import re
import unicodedata

MOST_BYTES = 200
UNNAMED = "未命名"
_ASCII_ALLOWED = frozenset("-_.,()[]{}+=@#&!%~$;^'")
_REPLACED = str.maketrans({":": "：", "?": "？"})
# Windows reserves these with any extension, and the superscript digits count as digits there.
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])[ ]*(?:\.|$)", re.IGNORECASE)


def file_name(number: int | None, title: str, suffix: str = ".docx") -> str:
    """The name `NN_标题.docx`; without a number the title alone.

    Characters that some system forbids are replaced, invisible ones left out, and a long title is cut, so that
    two titles of one set may come to look alike: their numbers keep them apart.
    """
    head = "" if number is None else f"{number:02d}_"
    room = MOST_BYTES - len((head + suffix).encode())
    stem = head + (_cut(_clean(title), room) or UNNAMED)
    return ("_" if _RESERVED.match(stem) else "") + stem + suffix


def _clean(title: str) -> str:
    composed = unicodedata.normalize("NFC", title).translate(_REPLACED)
    # Composed once more: what was left out may have stood between a letter and its accent.
    kept = unicodedata.normalize("NFC", "".join(map(_allowed, composed)))
    return _trimmed(re.sub(r" +", " ", kept))


def _trimmed(text: str) -> str:
    # Windows drops dots and spaces at the end, Linux hides a leading dot, programs take a leading dash for an option.
    return text.lstrip(" .-").rstrip(" .")


def _allowed(character: str) -> str:
    """The character, or what stands for it in a file name."""
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\r\v\f":
        return " "
    if category in ("Cc", "Cf", "Cs", "Cn"):
        return ""
    if character.isascii():
        return character if character.isalnum() or character in _ASCII_ALLOWED else "_"
    return "_" if category == "Co" else character


def _cut(text: str, room: int) -> str:
    """The text within so many bytes, cut between characters as they are seen."""
    if len(text.encode()) <= room:
        return text
    end = len(text.encode()[:room].decode(errors="ignore"))
    while end and unicodedata.category(text[end]).startswith("M"):
        end -= 1
    return _trimmed(text[:end])
