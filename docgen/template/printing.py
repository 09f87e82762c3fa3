"""What a program printed, as the bytes of its part: thousands of values escaped and joined at once.

The two lists of a program (coding.py) are taken a few thousand at a time, so that a long table is never in memory as
a whole: the compressor takes one stretch of XML after the other. Where each value stands is only worked out when
somebody asks (places_of).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, NamedTuple

from docgen.template.budget import MOST_CHARACTERS, TOO_LONG
from docgen.template.compiled import CLOSE, DRAWING_ID, NEEDS_PARAGRAPH, OPEN, TABLE_END, TABLE_START, CompiledPart
from docgen.template.values import Amount, Blank, Day, Quantity, Share, Text, Whole, path_of
from docgen.template.written import Written
from docgen.word.package import Packed

LINE_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'
# No value may hold these: Word cannot keep them, or docgen needs them for itself.
FORBIDDEN: Final = "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufdd0-\ufdd4\ufdd7-\ufdef\ufffe\uffff]"

AT_ONCE: Final = 4096
"""So many values are escaped, joined and compressed at once."""

_AS_THEY_ARE: Final[frozenset[type]] = frozenset({int, Whole, Quantity, Amount, Share, Day, Blank})
_BETWEEN: Final = "\ufdd2"
_REFERENCES: Final = frozenset("\ufdd5\ufdd6")
_BLANKS: Final = "\n\t\u3000"
_SPECIAL: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", LINE_BREAK), ("\t", TAB))
_MARKS: Final = 4
_NEEDS_PARAGRAPH, _TABLE_START, _TABLE_END, _DRAWING_ID = (
    1 + ord(mark) - ord(NEEDS_PARAGRAPH) for mark in (NEEDS_PARAGRAPH, TABLE_START, TABLE_END, DRAWING_ID)
)
_PARAGRAPH_END: Final = re.compile(rb"</w:p>|<w:p(?: [^<>]*)?/>")
_FIRST_DRAWING: Final = 1001


class Printed(NamedTuple):
    """What a part prints: the number of a piece (its complement where no value follows), and the value behind it."""

    pieces: list[int]
    values: list[Any]


class Finished(str):
    """Text that is XML already: Jinja asks it for that and leaves it alone."""

    __slots__ = ()

    def __html__(self) -> str:
        """The text itself."""
        return str(self)


class Printers(dict[type, Callable[[Any], str]]):
    """How the values of each type are printed, found out when the first of them is met.

    `refers` is whether there are references among the values, which are filled in later.
    """

    def __init__(self, printed: Callable[[Any], str], *, refers: bool = False) -> None:
        super().__init__()
        self._printed = printed
        self.refers = refers

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        self[kind] = str if kind in _AS_THEY_ARE else self._printed
        return self[kind]


class PrintedPart(NamedTuple):
    """A part as it is printed: its lists, its XML in stretches, and the marks where a paragraph had to be added.

    Where nothing has to be filled in any more, it is `packed` and the XML is gone.
    """

    part: CompiledPart
    printed: Printed
    xml: Iterable[bytes]
    added: frozenset[int] = frozenset()
    packed: Packed | None = None


def printed_part(part: CompiledPart, printed: Printed, printers: Printers) -> PrintedPart:
    """The part with its XML, which is made stretch by stretch as it is asked for."""
    if not part.marked:
        return PrintedPart(part, printed, _stretches(part, printed, printers))
    whole = _woven(part, printed.pieces, _shown(printed.values, printers, MOST_CHARACTERS))
    added = frozenset(_look_after(len(part.pieces), printed.pieces, whole))
    return PrintedPart(part, printed, (b"".join(whole),), added)


def _stretches(part: CompiledPart, printed: Printed, printers: Printers) -> Iterator[bytes]:
    room = MOST_CHARACTERS
    for start in range(0, len(printed.pieces), AT_ONCE):
        numbers, values = (listed[start : start + AT_ONCE] for listed in printed)
        stretch = b"".join(_woven(part, numbers, _shown(values, printers, room)))
        room -= len(stretch)
        yield stretch


def _woven(part: CompiledPart, numbers: Sequence[int], values: Sequence[bytes]) -> list[bytes]:
    """Pieces and values in turn."""
    pieces = [*part.pieces, *(b"",) * (_MARKS + 1)]
    # Their complements count from the end.
    pieces += pieces[::-1]
    woven = [b""] * (2 * len(numbers))
    woven[::2] = [pieces[number] for number in numbers]
    woven[1::2] = values
    return woven


def _shown(values: Sequence[Any], printers: Printers, room: int) -> list[bytes]:
    """The values as XML; a ValueError where one cannot be printed, or all of them are longer than there is room."""
    texts = [value if (kind := value.__class__) is str or kind is Text else printers[kind](value) for value in values]
    # Before they take the memory.
    if sum(map(len, texts)) > room:
        raise ValueError(TOO_LONG)
    whole = "".join(texts)
    if not whole.isprintable():
        refuse_forbidden(whole)
        _refuse_references(values, texts, printers)
    return _escaped(whole, texts)


def _refuse_references(values: Iterable[Any], texts: Iterable[str], printers: Printers) -> None:
    """Raise a ValueError where a value of the data looks like a reference that is to be filled in."""
    for value, text in zip(values, texts, strict=True):
        if not _REFERENCES.isdisjoint(text) and (not printers.refers or path_of(value) is not None):
            raise ForbiddenError(next(character for character in text if character in _REFERENCES))


def _escaped(whole: str, texts: Sequence[str]) -> list[bytes]:
    """The texts as XML: escaped, line breaks and tabs as Word's own."""
    special = [pair for pair in _SPECIAL if pair[0] in whole]
    joined = _BETWEEN.join(texts)
    for character, meant in special:
        joined = joined.replace(character, meant)
    escaped = joined.encode().split(_BETWEEN.encode())
    if special:
        for number, text in enumerate(texts):
            if text.__class__ is Finished:
                escaped[number] = text.encode()
    return escaped


def refuse_forbidden(text: str) -> None:
    """Raise a ValueError where the text holds what no file may."""
    for blank in _BLANKS:
        text = text.replace(blank, "")
    # The pattern takes longer to make than all values to print, and no good value needs it.
    if not text.isprintable() and (fault := re.search(FORBIDDEN, text)):
        raise ForbiddenError(fault.group())


class ForbiddenError(ValueError):
    """A value holds a character that no Word file may hold."""

    def __init__(self, character: str) -> None:
        super().__init__(f"值中有不能写进 Word 的字符 U+{ord(character):04X}")
        self.character = character


def _look_after(pieces: int, numbers: Sequence[int], woven: list[bytes]) -> Iterator[int]:
    """Do what single marks ask for: a paragraph at the end of a cell, no table without rows, drawings with own ids.

    Yields where a paragraph was added.
    """
    tables: list[int] = []
    drawings = count(_FIRST_DRAWING)
    for number, piece in enumerate(numbers):
        mark, at = (piece if piece >= 0 else ~piece) - pieces, 2 * number
        if mark == _DRAWING_ID:
            woven[at] = b"%d" % next(drawings)
        elif mark == _TABLE_START:
            tables.append(at)
        elif mark == _TABLE_END:
            _drop_empty_table(woven, tables.pop(), at)
        elif mark == _NEEDS_PARAGRAPH and not _ends_with_paragraph(woven, at):
            woven[at] = b"<w:p/>"
            yield number


def _drop_empty_table(woven: list[bytes], start: int, end: int) -> None:
    if not any(b"</w:tr>" in item for item in woven[start:end]):
        woven[start:end] = [b""] * (end - start)


def _ends_with_paragraph(woven: Sequence[bytes], end: int) -> bool:
    last = next((item for item in reversed(woven[:end]) if item), b"")
    return _PARAGRAPH_END.fullmatch(last, last.rfind(b"<")) is not None


def places_of(made: PrintedPart, text_of: Callable[[Any], str]) -> Iterator[Written]:
    """Each value of the part with the place where it stands; `text_of` is how it is printed."""
    position, name = _Position(), made.part.name
    events = [*made.part.events, *((),) * (_MARKS + 1)]
    events += events[::-1]  # as the pieces of complements
    opened = position.open
    for number, (piece, value) in enumerate(zip(*made.printed, strict=True)):
        if events[piece]:
            position.follow(events[piece])
        elif number in made.added:
            position.paragraph += 1
        if piece < 0 or not opened:
            continue
        text = text_of(value)
        if text.__class__ is not Finished:
            paragraph, start = place = opened[-1]
            place[1] = end = start + len(text)
            # As Written does it, in half the time: there may be a hundred thousand.
            yield tuple.__new__(Written, (path_of(value), text, name, paragraph, start, end))


@dataclass(slots=True)
class _Position:
    """How far a part is written: the paragraphs so far, and the number and characters of each open one."""

    paragraph: int = -1
    open: list[list[int]] = field(default_factory=list)

    def follow(self, events: Sequence[int]) -> None:
        """Pass a piece."""
        for event in events:
            if event > 0:
                if self.open:
                    self.open[-1][1] += event
            elif event == OPEN:
                self.paragraph += 1
                self.open.append([self.paragraph, 0])
            elif event == CLOSE:
                self.open.pop()
            else:
                self.paragraph -= event + 1
