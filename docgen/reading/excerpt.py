"""The sentence around some characters of a document, with a mark below them, for a terminal."""

from __future__ import annotations

from typing import Final

from docgen.visible import columns, printed, width

_ROOM: Final = 66
_AFTER: Final = 20
_FAR: Final = 1000
_ENDS: Final = "。；;！？!?\n"


def excerpt(text: str, start: int, end: int) -> str:
    """The sentence that holds the characters `start` to `end`, cut to a line, and the line that marks them."""
    # A line shows no more of a sentence than this, however long it is.
    since, until = max(0, start - _FAR), min(end + _FAR, len(text))
    first = max(since, *(text.rfind(stop, since, start) + 1 for stop in _ENDS))
    last = min((at + 1 for stop in _ENDS if (at := text.find(stop, end, until)) >= 0), default=until)
    marked = _cut(text[start : min(end, start + _FAR)], _ROOM)
    room = _ROOM - columns(marked)
    behind = text[end : min(last, end + _ROOM)].rstrip() if marked == text[start:end] else ""
    ahead = text[max(first, start - _ROOM) : start].lstrip(" \u3000|")
    before = _cut(ahead[::-1], max(room - min(columns(behind), _AFTER), 0))[::-1]
    lead = "…" if len(before) < len(text[first:start].lstrip(" \u3000|")) else ""
    after = _cut(behind, max(room - columns(before), 0))
    tail = "…" if len(after) < len(text[end:last].rstrip()) else ""
    line = "".join(map(printed, f"{lead}{before}{marked}{after}{tail}"))
    return f"{line}\n{' ' * columns(lead + before)}{'^' * max(1, columns(marked))}"


def _cut(text: str, room: int) -> str:
    """As much of the text's beginning as takes no more than `room` columns."""
    used = 0
    for number, character in enumerate(text):
        used += width(character)
        if used > room:
            return text[:number]
    return text
