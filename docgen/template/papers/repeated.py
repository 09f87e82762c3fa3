"""Documents that say the same of one entry of a list after the other, as one template that is made for each entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from docgen.template.papers.align import chunks, merged
from docgen.template.papers.annexes import Sheet
from docgen.template.papers.lines import Line, Piece, Slot, Tag, piece_text, slots_of
from docgen.template.papers.lists import Listed, body_of, marked_text

_SAID: Final = re.compile(r'=annex\("(\w+)"\)')
_LEAST: Final = 2


def repeated(sheets: Sequence[Sheet], lists: Sequence[Listed]) -> list[Sheet]:
    """The documents, those that go through a whole list as one that is made for each of its entries."""
    made = list(sheets)
    for found in lists:
        size = len(found.entries)
        if size < _LEAST or "[" in found.path:
            continue
        own = replace(found, conditions=replace(found.conditions, known=tuple(
            known for known in found.conditions.known if not known.written.startswith("=loop")
        )))  # fmt: skip
        for at in range(1, len(made) - size + 1):
            one = _one(made[at : at + size], own)
            if one is not None:
                made = _renamed([*made[:at], one, *made[at + size :]], made[at : at + size])
                break
    return made


def _one(sheets: Sequence[Sheet], found: Listed) -> Sheet | None:
    """The one document that several are, each for its entry; None where they are not."""
    pairs = list(zip(found.entries, sheets, strict=True))
    if len({sheet.annex is None for sheet in sheets}) > 1 or any(sheet.each for sheet in sheets):
        return None
    if not all(entry.has("\n".join(line.text for line in sheet.lines)) for entry, sheet in pairs):
        return None
    titles = [tuple(_marked(sheet.shown, found, n)) for n, sheet in enumerate(sheets)]
    title = merged(titles, found.conditions)
    body = body_of([sheet.lines for sheet in sheets], found)
    if title is None or body is None or _asks_for_loop(body):
        return None
    ends = [sheet.shown[::-1] for sheet in sheets]
    shared = next((n for n, signs in enumerate(zip(*ends, strict=False)) if len(set(signs)) > 1), min(map(len, ends)))
    first = sheets[0]
    return replace(first, lines=tuple(body), title="".join(map(piece_text, title)), each=found.path, copies=len(sheets),
                   name=ends[0][:shared][::-1] or first.id)  # fmt: skip


def _marked(title: str, found: Listed, number: int) -> Iterator[Piece]:
    for piece in marked_text(title, found.entries[number].found(title)):
        if isinstance(piece, str):
            yield from chunks(piece)
        else:
            yield piece


def _asks_for_loop(body: Sequence[Line]) -> bool:
    """Whether a line asks which entry it is at, which only a loop in the document could tell."""
    depth = 0
    for line in body:
        word = "" if line.control is None else line.control.word
        depth += (word == "for") - (word == "endfor")
        if not depth and any(slot.tags[0].path == "=loop.index" for slot, _ in slots_of(line.pieces)):
            return True
    return False


def _renamed(sheets: Sequence[Sheet], gone: Sequence[Sheet]) -> list[Sheet]:
    """The documents with what they say of the ones that have become one: the second is the second of its kind."""
    numbers = {sheet.id: number for number, sheet in enumerate(gone, 1)}

    def tag(old: Tag) -> Tag:
        match = _SAID.fullmatch(old.path)
        known = match is not None and match[1] in numbers
        return Tag(f'=annex("{gone[0].id}", {numbers[match[1]]})') if match and known else old

    def piece(old: Piece) -> Piece:
        return Slot(old.text, tuple(map(tag, old.tags))) if isinstance(old, Slot) else old

    return [
        replace(sheet, lines=tuple(replace(line, pieces=tuple(map(piece, line.pieces))) for line in sheet.lines))
        for sheet in sheets
    ]
