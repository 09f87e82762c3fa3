"""The visible text of a WordprocessingML part: its paragraphs in order, and which element shows which characters.

The conventions that every reader and writer of docgen shares:

- paragraphs are counted in the order of their opening tags, those inside `mc:Fallback` not at all (a text box
  stands twice in the file, as Choice and as Fallback, but a person sees it once);
- `w:t` shows its text, `w:tab` and `w:ptab` a tab, `w:br` and `w:cr` a line break, `w:noBreakHyphen` a hyphen, a symbol
  (`w:sym`, `w16se:symEx`) the one character that it looks like;
- deleted text, field instructions and the paragraphs of a text box inside do not belong to a paragraph's text.

Templates are written in this text. What of it a person does not see because it is hidden, `docgen.word.sight` knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from docgen.word.symbols import sign

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{MAIN}}}{name}"


PARAGRAPH, RUN, TEXT = w("p"), w("r"), w("t")
TABLE, ROW, CELL = w("tbl"), w("tr"), w("tc")
CHOICE = f"{{{COMPATIBILITY}}}Choice"
FALLBACK = f"{{{COMPATIBILITY}}}Fallback"
TEXT_BOX = w("txbxContent")

SHOWN = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
SYMBOLS = frozenset({w("sym"), "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx"})
# What a paragraph holds that is not its text: properties, deletions, and the paragraphs of a text box.
_NOT_TEXT = frozenset(
    {FALLBACK, TEXT_BOX, w("pPr"), w("rPr"), w("del"), w("moveFrom"), w("sdtPr"), w("instrText"), w("delText")}
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters `text`, from `start` on in their paragraph, that one element of a run shows."""

    element: etree._Element
    start: int
    text: str

    @property
    def end(self) -> int:
        """The position after the last character."""
        return self.start + len(self.text)


def part_name(path: str) -> str:
    """The name of a part in places and records: `body` for the main document, else the file's stem (header1)."""
    stem = path.rpartition("/")[2].removesuffix(".xml")
    return "body" if stem == "document" else stem


def paragraphs(root: etree._Element) -> list[etree._Element]:
    """All paragraphs of a part in the order of their opening tags, those of a Fallback left out."""
    found = list(root.iter(PARAGRAPH))
    if next(root.iter(FALLBACK), None) is None:
        return found
    return [p for p in found if next(p.iterancestors(FALLBACK), None) is None]


def stretches(paragraph: etree._Element) -> list[Stretch]:
    """The stretches of visible text of a paragraph, in order and without gaps."""
    found: list[Stretch] = []
    at = 0
    for element in _visible(paragraph):
        text = shown_by(element)
        found.append(Stretch(element, at, text))
        at += len(text)
    return found


def visible_text(paragraph: etree._Element) -> str:
    """The text of a paragraph as a person sees it."""
    return "".join(map(shown_by, _visible(paragraph)))


def shown_by(element: etree._Element) -> str:
    """The characters that one element of a run shows."""
    tag = element.tag
    return SHOWN.get(tag) or (sign(element) if tag in SYMBOLS else element.text or "")


def _visible(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        tag = child.tag
        if tag == TEXT or tag in SHOWN or tag in SYMBOLS:
            yield child
        elif tag not in _NOT_TEXT:
            yield from _visible(child)
