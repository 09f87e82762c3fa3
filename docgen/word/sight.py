"""What a person sees of a paragraph, character by character, and what the file holds there unseen.

Text that is deleted, moved away or hidden is not seen, nor is a field's instruction, however deep fields stand in each
other; a field's result, inserted text and whatever stands in content controls is. Where no property hides a run this
is the text that `docgen.word.text` knows, character by character.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.word.text import FALLBACK, PARAGRAPH, RUN, SHOWN, SYMBOLS, TEXT, TEXT_BOX, Stretch, shown_by, w

STYLE, BASE = w("style"), w("basedOn")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FORMULAS = frozenset({f"{_MATH}oMath", f"{_MATH}oMathPara"})
PICTURES = frozenset({w("drawing"), w("pict"), w("object")})

_RUN_PROPERTIES, _PROPERTIES, _FIELD_EDGE = w("rPr"), w("pPr"), w("fldChar")
_VANISH, _RUN_STYLE, _PARAGRAPH_STYLE, _VALUE = w("vanish"), w("rStyle"), w("pStyle"), w("val")
_DELETED_TEXT = w("delText")
_GONE = frozenset({w("del"), w("moveFrom")})
# What stands in a paragraph or run and is no text of it: properties, instructions, marks, the reading of a ruby.
_SILENT = frozenset({
    FALLBACK, _PROPERTIES, _RUN_PROPERTIES, w("sdtPr"), w("sdtEndPr"), w("rubyPr"), w("rt"), w("instrText"),
    w("delInstrText"), w("proofErr"), w("bookmarkStart"), w("bookmarkEnd"), w("lastRenderedPageBreak"),
})  # fmt: skip
_TEXTUAL = frozenset(SHOWN) | SYMBOLS
_OFF = ("0", "false", "off", "none")


@dataclass(slots=True)
class Look:
    """What one paragraph holds: what is seen, element by element, and what is not.

    `boxes` are the text boxes that hang on it, each with whether nobody sees it; `things` are its pictures, objects
    and formulas.
    """

    elements: list[etree._Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[tuple[etree._Element, bool]] = field(default_factory=list)
    things: list[etree._Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # the open fields; whether we are in the instruction of each

    @property
    def text(self) -> str:
        """The text as a person sees it."""
        return "".join(self.texts)

    @property
    def unseen(self) -> str:
        """The text that is deleted or hidden."""
        return "".join(self.deleted + self.hidden)


@dataclass(frozen=True, slots=True)
class Sight:
    """How the paragraphs of a file are seen: with the styles that hide their text.

    Where a part has no hidden text at all, `hiding` is off, and its runs need not be asked.
    """

    hidden_styles: frozenset[str] = frozenset()
    hiding: bool = True

    def stretches(self, paragraph: etree._Element) -> list[Stretch]:
        """The stretches of text that a person sees in a paragraph, in order and without gaps."""
        look = self.look(paragraph)
        found: list[Stretch] = []
        at = 0
        for element, text in zip(look.elements, look.texts, strict=True):
            found.append(Stretch(element, at, text))
            at += len(text)
        return found

    def look(self, paragraph: etree._Element) -> Look:
        """All that a paragraph holds, seen and unseen."""
        look = Look()
        hidden = self.hiding and bool(self.hidden_styles) and self._style_hides(paragraph)
        self._walk(paragraph, look, gone=False, hidden=hidden)
        return look

    def _walk(self, element: etree._Element, look: Look, *, gone: bool, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == RUN:
                self._run(child, look, gone=gone, hidden=hidden)
            elif tag in _SILENT:
                continue
            elif tag in _GONE:
                self._walk(child, look, gone=True, hidden=hidden)
            elif tag in (TEXT_BOX, PARAGRAPH):
                look.boxes.append((child, gone or hidden))
            elif tag in FORMULAS:
                look.things.append(child)
            elif len(child):
                self._walk(child, look, gone=gone, hidden=hidden)
            elif tag == TEXT or tag in _TEXTUAL:
                _show(child, tag, look, gone=gone, hidden=hidden)

    def _run(self, run: etree._Element, look: Look, *, gone: bool, hidden: bool) -> None:
        if self.hiding:
            hidden = self._hides(run, hidden=hidden)
        for child in run:
            tag = child.tag
            if tag == TEXT or tag in _TEXTUAL:
                _show(child, tag, look, gone=gone, hidden=hidden)
            elif tag in _SILENT:
                continue
            elif tag == _FIELD_EDGE:
                _field_edge(child.get(w("fldCharType")), look.fields)
            elif tag == _DELETED_TEXT:
                look.deleted.append(child.text or "")
            elif len(child):
                if tag in PICTURES and not (gone or hidden):
                    look.things.append(child)
                self._walk(child, look, gone=gone, hidden=hidden)

    def _hides(self, run: etree._Element, *, hidden: bool) -> bool:
        """Whether the run's own properties hide it, or its style, or else its paragraph."""
        properties = run[0] if len(run) and run[0].tag == _RUN_PROPERTIES else ()
        for each in properties:
            if each.tag == _VANISH:
                return each.get(_VALUE) not in _OFF
            if each.tag == _RUN_STYLE and each.get(_VALUE) in self.hidden_styles:
                hidden = True
        return hidden

    def _style_hides(self, paragraph: etree._Element) -> bool:
        style = paragraph.find(f"{_PROPERTIES}/{_PARAGRAPH_STYLE}")
        return style is not None and style.get(_VALUE) in self.hidden_styles


def sight_of(styles: etree._Element | None) -> Sight:
    """The sight of a file with these styles (the part styles.xml)."""
    hides: dict[str, bool | None] = {}
    bases: dict[str, str] = {}
    for style in () if styles is None else styles.iterchildren(STYLE):
        name = style.get(w("styleId"), "")
        vanish = style.find(f"{_RUN_PROPERTIES}/{_VANISH}")
        hides[name] = None if vanish is None else vanish.get(_VALUE) not in _OFF
        base = style.find(BASE)
        bases[name] = "" if base is None else base.get(_VALUE, "")
    if True not in hides.values():
        return Sight()
    return Sight(frozenset(name for name in hides if _inherits(name, hides, bases)))


def _inherits(name: str, hides: dict[str, bool | None], bases: dict[str, str]) -> bool:
    for ancestor in lineage(name, bases):
        own = hides.get(ancestor)
        if own is not None:
            return own
    return False


def lineage(name: str, bases: dict[str, str]) -> Iterator[str]:
    """A style and those that it is based on, nearest first; a circle ends where it closes."""
    met: set[str] = set()
    while name and name not in met:
        yield name
        met.add(name)
        name = bases.get(name, "")


def _show(element: etree._Element, tag: str, look: Look, *, gone: bool, hidden: bool) -> None:
    if True in look.fields:
        return
    # A line break inside a text element is white space of the XML; Word shows a space.
    text = (element.text or "").replace("\n", " ") if tag == TEXT else shown_by(element)
    if gone:
        look.deleted.append(text)
    elif hidden:
        look.hidden.append(text)
    else:
        look.elements.append(element)
        look.texts.append(text)


def _field_edge(kind: str | None, fields: list[bool]) -> None:
    if kind == "begin":
        fields.append(True)
    elif kind == "separate" and fields:
        fields[-1] = False
    elif kind == "end" and fields:
        fields.pop()
