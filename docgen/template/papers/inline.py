"""Entries of a list that follow one another inside a sentence, as a loop in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from docgen.template.author.inline import CELL
from docgen.template.papers.align import chunks, merged
from docgen.template.papers.forms import Found
from docgen.template.papers.lines import Each, If, Line, Piece, Slot, Tag
from docgen.template.papers.lists import Entry, Listed, marked_text

_FARTHEST = 24


class _Window(NamedTuple):
    """Where the words about one entry stand: from its first value to its last, with the values."""

    start: int
    end: int
    values: tuple[Found, ...]


def strung(lines: Sequence[Line], found: Listed) -> list[Line]:
    """The lines with every sentence that goes through the whole list turned into a loop."""
    if len(found.entries) < 2 or any(len(entry.present) < 2 for entry in found.entries[:1]):
        return list(lines)
    words = [form for entry in found.entries[:1] for form in entry.index.texts if len(form) > 1]
    return [
        replace(line, pieces=tuple(_pieces(line, found)))
        if line.control is None and any(word in line.text for word in words)
        else line
        for line in lines
    ]


def _pieces(line: Line, found: Listed) -> Iterator[Piece]:
    for piece in line.pieces:
        if isinstance(piece, str) and CELL not in piece:
            yield from _strung(piece, found)
        else:
            yield piece


def _strung(text: str, found: Listed) -> Iterator[Piece]:
    windows = _windows(text, found)
    made = None if windows is None else _each(text, windows, found)
    if windows is None or made is None:
        yield text
        return
    each, start, end = made
    yield text[:start]
    yield each
    yield text[end:]


def _windows(text: str, found: Listed) -> list[_Window] | None:
    windows: list[_Window] = []
    at = 0
    for entry in found.entries:
        window = _window(text, at, entry)
        if window is None or (windows and window.start - windows[-1].end > _FARTHEST):
            return None
        windows.append(window)
        at = window.end
    return windows


def _window(text: str, at: int, entry: Entry) -> _Window | None:
    """The first place behind `at` where all values of the entry that a sentence would tell stand together."""
    values = [Found(each.start + at, each.end + at, each.tags, each.firm) for each in entry.found(text[at:])]
    scalars = {path for path in entry.present if not any(path in other and path != other for other in entry.present)}
    for first, value in enumerate(values):
        taken: list[Found] = []
        seen: set[str] = set()
        for each in values[first:]:
            if taken and each.start - taken[-1].end > _FARTHEST:
                break
            if seen >= scalars:
                break
            fields = {tag.path for tag in each.tags} - seen
            if fields:
                seen |= fields
                taken.append(each)
        if len(seen & scalars) >= min(2, len(scalars)) or (len(scalars) == 1 and seen and value.firm):
            return _Window(taken[0].start, taken[-1].end, tuple(taken))
    return None


def _each(text: str, windows: list[_Window], found: Listed) -> tuple[Each, int, int] | None:
    """The loop over the windows, and which stretch of the text it stands for."""
    gaps = [text[before.end : after.start] for before, after in pairwise(windows)]
    before, after = _shared_end(gaps), _shared_start(gaps)
    for lead, tail in _ways(gaps, before, after):
        start = windows[0].start - len(lead)
        if text[start : windows[0].start] != lead:
            continue
        body = merged([tuple(_window_pieces(text, window, lead)) for window in windows], found.conditions)
        if body is None or not any(isinstance(piece, (Slot, If)) for piece in body):
            continue
        end = windows[-1].end
        closed, between = _closed(text, end, tail)
        return Each(found.path, (*body, *([closed] if closed else [])), between), start, end + len(closed)
    return None


def _ways(gaps: list[str], before: str, after: str) -> Iterator[tuple[str, str]]:
    """How what stands between two entries may be shared out: the beginning of the next, the end of the one before."""
    if len(set(gaps)) == 1:
        gap = gaps[0]
        for size in range(len(gap) + 1):
            yield gap[len(gap) - size :], gap[: len(gap) - size]
    elif after and before:
        for size in range(len(before), 0, -1):
            if all(gap == after[: len(gap) - size] + before[-size:] for gap in gaps):
                yield before[-size:], after


def _closed(text: str, end: int, tail: str) -> tuple[str, str]:
    """What ends every entry, and what stands between two but not behind the last."""
    size = len(_shared_start([tail, text[end : end + len(tail)]]))
    return tail[:size], tail[size:]


def _window_pieces(text: str, window: _Window, lead: str) -> Iterator[Piece]:
    begin = window.start
    inner = [Found(each.start - begin, each.end - begin, each.tags, each.firm) for each in window.values]
    if lead:
        yield lead
    for piece in marked_text(text[begin : window.end], inner):
        if isinstance(piece, str):
            yield from chunks(piece)
        else:
            yield (
                Slot(piece.text, tuple(Tag(tag.path, tag.form) for tag in piece.tags))
                if isinstance(piece, Slot)
                else piece
            )


def _shared_start(texts: Sequence[str]) -> str:
    first = min(texts, key=len, default="")
    size = next((at for at in range(len(first)) if any(text[at] != first[at] for text in texts)), len(first))
    return first[:size]


def _shared_end(texts: Sequence[str]) -> str:
    return _shared_start([text[::-1] for text in texts])[::-1]
