"""A part's XML as literal pieces between tags, each with what it does to the count of paragraphs and characters.

The pieces are looked at once, when a template is compiled. Rendering then only adds up numbers: it never parses or
searches the XML it writes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.template.compiled import CLOSE, DRAWING_ID, MARK, NEEDS_PARAGRAPH, OPEN, STOP, Piece
from docgen.template.weave import MARKS

_WATCHED = re.compile(f"{MARK}[0-9]+{STOP}|[{NEEDS_PARAGRAPH}-{DRAWING_ID}]")
_EVENT = re.compile(
    r"<(?P<end>/?)(?P<name>w:(?:p|t|tabs|tab|ptab|br|cr|noBreakHyphen|sym)|w16se:symEx|mc:Fallback)"
    r"(?=[ />])[^>]*?(?P<empty>/?)>"
)
_ENTITY = re.compile(r"&[^;]+;")
_SHOWN = frozenset({"w:tab", "w:ptab", "w:br", "w:cr", "w:noBreakHyphen", "w:sym", "w16se:symEx"})


@dataclass(slots=True)
class _State:
    """Where the end of a piece stands: inside a text, inside tab stops, how deep inside a Fallback."""

    text: bool = False
    stops: bool = False
    fallback: int = 0


def pieces(xml: str) -> tuple[list[Piece], list[str | int]]:
    """The literal pieces of a part, and its order: the number of a tag, a single mark, or `""` for the next piece."""
    found: list[Piece] = []
    order: list[str | int] = []
    state = _State()
    at = 0
    for match in _WATCHED.finditer(xml):
        if match.start() > at:
            found.append(_piece(xml[at : match.start()], state))
            order.append("")
        number = MARKS.fullmatch(match[0])
        order.append(int(number[1]) if number else match[0])
        at = match.end()
    found.append(_piece(xml[at:], state))
    order.append("")
    return found, order


def _piece(xml: str, state: _State) -> Piece:
    events: list[int] = []
    at = 0
    for match in _EVENT.finditer(xml):
        if state.text:
            _show(events, _length(xml[at : match.start()]))
        at = match.end()
        _event(events, state, match["name"], ends=bool(match["end"]), empty=bool(match["empty"]))
    if state.text:
        _show(events, _length(xml[at:]))
    return Piece(xml, tuple(events))


def _event(events: list[int], state: _State, name: str, *, ends: bool, empty: bool) -> None:
    if name == "mc:Fallback":
        state.fallback += 0 if empty else -1 if ends else 1
    elif name == "w:tabs":
        state.stops = not (ends or empty)
    elif state.fallback or state.stops:
        return
    elif name == "w:t":
        state.text = not (ends or empty)
    elif name in _SHOWN:
        _show(events, 0 if ends else 1)
    elif ends:
        _close(events)
    else:
        events.append(OPEN)
        if empty:
            _close(events)


def _show(events: list[int], length: int) -> None:
    if not length:
        return
    if events and events[-1] > 0:
        events[-1] += length
    else:
        events.append(length)


def _close(events: list[int]) -> None:
    """Close a paragraph; one that the piece holds as a whole is only passed."""
    kept = events[:-1] if events and events[-1] > 0 else events
    if not kept or kept[-1] != OPEN:
        events.append(CLOSE)
        return
    del events[len(kept) - 1 :]
    if events and events[-1] < CLOSE:
        events[-1] -= 1
    else:
        events.append(CLOSE - 1)


def _length(text: str) -> int:
    return len(_ENTITY.sub("x", text)) if "&" in text else len(text)
