"""What compiling makes of a template, as rendering takes it: plain values that can be kept on the disk.

Rendering needs nothing of what stands behind them: neither the XML that the pieces were cut from nor the tags.
"""

from __future__ import annotations

from types import CodeType
from typing import NamedTuple

from jinja2.runtime import Context
from jinja2.utils import missing

from docgen.template.environment import printed_in, templates
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

    def printed(self, context: Context) -> str:
        """What the tag prints."""
        sandbox = templates()
        value = context.resolve_or_missing(self.name)
        if value is missing:
            value = sandbox.undefined(name=self.name)
        for field in self.fields:
            value = sandbox.getattr(value, field)
        if self.words is not None:
            value = sandbox.call(context, value, *self.words)
        for name in self.filters:
            value = sandbox.filters[name](value)
        return printed_in(value)


class CompiledPart(NamedTuple):
    """One part as code: literal pieces, tags that are only looked up, and the program between them.

    `said` tells a clerk which tag stands on each line of the program.
    """

    path: str
    name: str
    pieces: tuple[Piece, ...]
    lookups: tuple[Lookup, ...]
    said: tuple[str, ...]
    code: CodeType
    columns_vary: bool


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
