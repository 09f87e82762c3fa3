"""A part of a Word file without what only says how its text looks, which is half of the XML of most."""

from __future__ import annotations

from typing import Final

_OPENED, _CLOSED = b"<w:rPr>", b"</w:rPr>"
_NAMED: Final = b' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD, _LARGEST = 8192, 8 * 1024 * 1024
# That the end of a paragraph is deleted or moved away stands among its looks.
_GONE: Final = (b"<w:del", b"<w:moveFrom")


def without_looks(data: bytes) -> bytes:
    """The part without the properties of its runs; one with deleted text, or of another hand, stays as it is."""
    if data.find(_NAMED, 0, _HEAD) < 0 or len(data) > _LARGEST or any(mark in data for mark in _GONE):
        return data
    # A comment may hold tags that are none.
    if b"!" in data and b"<!" in data:
        return data
    first, *pieces = data.split(_OPENED)
    return b"".join([first, *map(_bare, pieces)])


def _bare(piece: bytes) -> bytes:
    """What stands behind the properties that it begins in; where they do not end, all of it."""
    end = piece.find(_CLOSED)
    return _OPENED + piece if end < 0 else piece[end + len(_CLOSED) :]
