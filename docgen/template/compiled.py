"""What compiling makes of a template, as rendering takes it: plain values that can be kept on the disk.

Rendering needs nothing of what stands behind them: neither the XML that the pieces were cut from nor the tags.
"""

from __future__ import annotations

from types import CodeType
from typing import NamedTuple

from docgen.word.package import Package

# In the tree and in the stream: tag or piece number n stands as MARK n STOP, a tag that is looked up as LOOKUP n
# LOOKED_UP, which is plain text to Jinja. The single characters mark what rendering looks after.
MARK, STOP = "\ufdd0", "\ufdd1"
NEEDS_PARAGRAPH, TABLE_START, TABLE_END, DRAWING_ID = "\ufdd7", "\ufdd8", "\ufdd9", "\ufdda"
LOOKUP, LOOKED_UP = "\ufddb", "\ufddc"

# What a piece does, in order: n > 0 shows n characters, OPEN and CLOSE a paragraph, -n-1 passes n whole paragraphs.
OPEN, CLOSE = 0, -1


class Piece(NamedTuple):
    """Literal XML and what it does to paragraphs and characters."""

    xml: str
    events: tuple[int, ...]


class Lookup(NamedTuple):
    """A tag that is looked up: the name, the fields below it, the words it is called with, the filters.

    `said` tells a clerk which tag it is and where it stands.
    """

    said: str
    name: str
    fields: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    words: tuple[str, ...] | None = None


class CompiledPart(NamedTuple):
    """One part as code: literal pieces with what each does to paragraphs, and the programs that print what is between.

    `swift` is the program that lists what is printed (coding.py), None where the tags need more; `source` is the Jinja
    source, and `careful` its code where there is no other: it does the tags that are only looked up (`lookups`) one by
    one. `said` tells a clerk which tag stands on each line of the source. `marked` is whether something has to be
    looked after when the part is printed, `refers` whether it may speak of clauses whose numbers are not known yet.
    `lists` is whether lists in it begin anew.
    """

    path: str
    name: str
    pieces: tuple[bytes, ...]
    events: tuple[tuple[int, ...], ...]
    lookups: tuple[Lookup, ...]
    said: tuple[str, ...]
    source: str
    swift: CodeType | None
    careful: CodeType | None
    marked: bool
    columns_vary: bool
    refers: bool
    lists: bool


class CompiledTemplate(NamedTuple):
    """A template ready to be rendered any number of times.

    `package` holds the parts that stay as they are. `foreign` is the template as a Word file, shared blocks put in,
    where only docxtpl can render it; then there are no compiled parts.
    """

    name: str
    package: Package
    parts: tuple[CompiledPart, ...]
    foreign: bytes | None = None


def said_at(said: tuple[str, ...], line: int) -> str | None:
    """What is said of the tag that stands on a line of the Jinja source."""
    return said[at_line(line, len(said))] if said else None


def at_line(line: int, tags: int) -> int:
    """The number of the tag on a line of the Jinja source, in which every tag begins a line of its own."""
    return min(max(line - 2, 0), tags - 1)
