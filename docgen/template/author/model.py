"""A template as an author thinks of it: sections, paragraphs and tables, without any Word in it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; tabs and line breaks stand in it as such, fields as 〔PAGE〕."""

    text: str
    bold: bool = False
    underline: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: the word for its style, its text, and what was set by hand on top of the style."""

    style: str
    runs: Runs = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: one or more paragraphs, how far it spans, and how it differs from its column.

    A paragraph whose style is the empty word has the style that all text of its table has.
    """

    paragraphs: tuple[Paragraph, ...] = (Paragraph(""),)
    columns: int = 1
    rows: int = 1
    align: str | None = None
    top: bool = False
    head: bool = False
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `control` is one that only holds {%tr … %} tags, `keep` one that stays on the page of the next."""

    cells: tuple[Cell, ...]
    height: int | None = None
    divisible: bool = False
    control: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: widths in percent, header rows that repeat, the alignment of each column, the look as a whole."""

    widths: tuple[Decimal, ...]
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    header_rows: int = 0
    borders: bool = True
    size: str = "中"
    height: int | None = None


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A section: the kind of page, what stands above and below, where its page numbers begin, and its blocks.

    `header` and `footer` are house markup; `notes` are lines about what no markup can make again.
    """

    kind: str
    blocks: tuple[Block, ...]
    header: str = ""
    footer: str = ""
    start: int | None = None
    margins: tuple[int, ...] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A whole template."""

    sections: tuple[Section, ...]
