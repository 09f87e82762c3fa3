"""What the merging of a part of a Word file needs, and what it finds on its way."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from docgen.merge.columns import Columns
from docgen.merge.definitions import Definitions
from docgen.merge.formats import Formats, Stories
from docgen.merge.graft import Graft
from docgen.merge.pen import Pen
from docgen.merge.things import Things


@dataclass(slots=True)
class Found:
    """A conflict while the file is still being changed: at these characters of this paragraph."""

    paragraph: etree._Element
    start: int
    end: int
    base: str
    mine: str
    theirs: str


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
    notes: list[str] = field(default_factory=list)
