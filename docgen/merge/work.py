"""What the merging of a part of a Word file needs, and what it finds on its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from docgen.merge.columns import Columns
from docgen.merge.definitions import Definitions
from docgen.merge.formats import Formats, Stories
from docgen.merge.graft import Graft
from docgen.merge.pen import Pen
from docgen.merge.things import Things

_QUOTED = 40


@dataclass(slots=True)
class Found:
    """A conflict while the file is still being changed: at these characters of this paragraph."""

    paragraph: etree._Element
    start: int
    end: int
    base: str
    mine: str
    theirs: str


class Remark(NamedTuple):
    """What could not be brought over, in words for a clerk; the blocks that it is about; what to do, if not the usual.

    A block is a paragraph, row, cell or table of the person's file.
    """

    text: str
    blocks: tuple[etree._Element, ...] = ()
    hint: str | None = None


@dataclass(slots=True)
class Work:
    """What the merging of a part needs: how to write, and in doubt; what to copy with; the three versions.

    `formats` brings over how blocks look and `things` their pictures, where that is asked for; `columns` are those of
    the table that is merged, where the person gave it others. `found` are the conflicts so far, `notes` what could not
    be brought over.
    """

    pen: Pen
    doubt: Pen
    graft: Graft
    stories: Stories
    definitions: Definitions
    formats: Formats | None = None
    things: Things | None = None
    columns: Columns | None = None
    found: list[Found] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def on_a_line(text: str) -> str:
    """The text of a paragraph or row as it is quoted: cells and lines apart, on one line."""
    return text.replace("\t", "　").replace("\n", "／")


def short(text: str) -> str:
    """The beginning of a text, as it is quoted."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
