"""A part of a Word file without what only says how its text looks, which is more than half of the XML of most."""

from __future__ import annotations

import re
from typing import Final

_NAMED: Final = b' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD, _LARGEST = 8192, 8 * 1024 * 1024
_LONG: Final = 200  # to go through shorter ones takes longer than to parse them
# That the end of a paragraph is deleted or moved away stands among its looks.
_GONE: Final = (b"<w:del", b"<w:moveFrom")
# What the reader asks of the properties of paragraphs and cells.
_READ: Final = re.compile(
    rb"</?w:(?:pStyle|numPr|ilvl|numId|sectPr|headerReference|footerReference|titlePg|gridSpan|vMerge|hMerge)\b[^<>]*>"
)


def without_looks(data: bytes) -> bytes:
    """The part without properties that nobody reads; one with deleted text, or of another hand, stays as it is."""
    if data.find(_NAMED, 0, _HEAD) < 0 or len(data) > _LARGEST or any(mark in data for mark in _GONE):
        return data
    # A comment may hold tags that are none.
    if b"!" in data and b"<!" in data:
        return data
    return _reduced(_reduced(_without_runs(data), b"<w:pPr>", b"</w:pPr>"), b"<w:tcPr>", b"</w:tcPr>")


def _without_runs(data: bytes) -> bytes:
    """The part without the properties of its runs; where they do not end, they stay."""
    first, *pieces = data.split(b"<w:rPr>")
    return b"".join([first, *map(_behind_them, pieces)])


def _behind_them(piece: bytes) -> bytes:
    end = piece.find(b"</w:rPr>")
    return b"<w:rPr>" + piece if end < 0 else piece[end + len(b"</w:rPr>") :]


def _reduced(data: bytes, opened: bytes, closed: bytes) -> bytes:
    """The part with long properties between two tags reduced to what is read of them."""
    first, *pieces = data.split(opened)
    kept = [first]
    for piece in pieces:
        end = piece.find(closed)
        kept += (opened, piece) if end < _LONG else (opened, *_READ.findall(piece, 0, end), piece[end:])
    return b"".join(kept)
