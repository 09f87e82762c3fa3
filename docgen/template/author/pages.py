"""Sections: paper, margins, headers and footers, page numbers."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.template.author.body import TWIPS_PER_MM, paragraph_xml
from docgen.template.author.inline import PIECE, parse_runs, split_outside_tags
from docgen.template.author.markup import NOTHING, PAGE_NUMBER, PAGE_OF_PAGES
from docgen.template.author.model import Paragraph, Section
from docgen.template.author.xml import element, tag

# Top, right, bottom, left in millimetres; a landscape page is the portrait page turned with its binding on top.
PORTRAIT, LANDSCAPE = (37, 26, 35, 28), (28, 37, 26, 35)
A4 = (11906, 16838)
# The page number stands 7 mm below the text, the header 5 mm above it; a line of either is 5.6 mm high.
_FOOTER_GAP, _HEADER_GAP = 13, 11
# A tenth of a millimetre less below, so that the mark that ends a section fits under a full page of 22 lines.
SPARE = 12

PAGE_TEXT = "— 〔PAGE〕 —"
PAGES_TEXT = "第 〔PAGE〕 页　共 〔NUMPAGES〕 页"


@dataclass(frozen=True, slots=True)
class Margin:
    """A header or footer as it stands in the file: on which pages, and its paragraph."""

    element: str
    pages: str
    xml: str


def margins_of(section: Section) -> tuple[int, ...]:
    """The margins of the section: top, right, bottom, left in millimetres."""
    return section.margins or (LANDSCAPE if section.kind == "横向" else PORTRAIT)


def twips(mm: int) -> int:
    """Millimetres as whole twips."""
    return round(mm * TWIPS_PER_MM)


def text_width(section: Section) -> int:
    """How wide the text of the section is, in twips."""
    _, right, _, left = margins_of(section)
    return _paper(section)[0] - twips(left) - twips(right)


def section_xml(section: Section, references: str) -> str:
    """The w:sectPr of the section; `references` are the headers and footers that differ from those before."""
    top, right, bottom, left = margins_of(section)
    width, height = _paper(section)
    return element(
        "w:sectPr",
        references,
        element("w:type", val="nextPage"),
        element("w:pgSz", w=width, h=height, orient="landscape" if section.kind == "横向" else None),
        element(
            "w:pgMar",
            top=twips(top),
            right=twips(right),
            bottom=twips(bottom) - SPARE,
            left=twips(left),
            header=twips(max(top - _HEADER_GAP, 5)),
            footer=twips(max(bottom - _FOOTER_GAP, 5)),
            gutter=0,
        ),
        element("w:pgNumType", start=section.start) if section.start is not None else "",
    )


def margin_parts(section: Section) -> tuple[Margin, ...]:
    """The header and footer of the section, for right-hand (default) and left-hand (even) pages."""
    odd, even = _footers(section.footer)
    header = _paragraphs("页眉", section.header)
    return (
        Margin("header", "default", header),
        Margin("header", "even", header),
        Margin("footer", "default", odd),
        Margin("footer", "even", even),
    )


def reference_xml(margin: Margin, relation: str) -> str:
    """The reference from a section to one of its headers or footers."""
    return tag(f"w:{margin.element}Reference", **{"w:type": margin.pages, "r:id": relation})


def _footers(footer: str) -> tuple[str, str]:
    if footer == PAGE_NUMBER:
        runs = parse_runs(PAGE_TEXT)
        return paragraph_xml(Paragraph("页码单", runs)), paragraph_xml(Paragraph("页码双", runs))
    shown = {NOTHING: "", PAGE_OF_PAGES: PAGES_TEXT}.get(footer, footer)
    both = _paragraphs("页脚", shown)
    return both, both


def _paragraphs(word: str, text: str) -> str:
    return "".join(paragraph_xml(Paragraph(word, parse_runs(piece))) for piece in split_outside_tags(text, PIECE))


def _paper(section: Section) -> tuple[int, int]:
    return (A4[1], A4[0]) if section.kind == "横向" else A4
