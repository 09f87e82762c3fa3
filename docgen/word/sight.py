"""What a person sees of a paragraph, character by character, and what the file holds there unseen.

Text that is deleted, moved away or hidden is not seen, nor is a field's instruction, however deep fields stand in each
other; a field's result, inserted text and whatever stands in content controls is. Where no property hides a run this
is the text that `docgen.word.text` knows, character by character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.word.package import Package
from docgen.word.parts import parse
from docgen.word.text import FALLBACK, PARAGRAPH, RUN, SHOWN, SYMBOLS, TEXT, TEXT_BOX, Stretch, shown_by, w

STYLE, BASE = w("style"), w("basedOn")
_STYLES, _STYLE_ID = "word/styles.xml", w("styleId")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FORMULAS = frozenset({f"{_MATH}oMath", f"{_MATH}oMathPara"})
PICTURES = frozenset({w("drawing"), w("pict"), w("object")})

_RUN_PROPERTIES, _PROPERTIES, _FIELD_EDGE = w("rPr"), w("pPr"), w("fldChar")
_VANISH, _RUN_STYLE, _PARAGRAPH_STYLE, _VALUE = w("vanish"), w("rStyle"), w("pStyle"), w("val")
_EDGE_KIND, _DELETED_TEXT = w("fldCharType"), w("delText")
_GONE = frozenset({w("del"), w("moveFrom")})
# What stands in a paragraph or run and is no text of it: properties, instructions, marks, the reading of a ruby.
_SILENT = frozenset({
    FALLBACK, _PROPERTIES, _RUN_PROPERTIES, w("sdtPr"), w("sdtEndPr"), w("rubyPr"), w("rt"), w("instrText"),
    w("delInstrText"), w("proofErr"), w("bookmarkStart"), w("bookmarkEnd"), w("lastRenderedPageBreak"),
})  # fmt: skip
_TEXTUAL = frozenset(SHOWN) | SYMBOLS
# Word knows styles based on styles up to ten deep.
_GENERATIONS = 16
_OFF = ("0", "false", "off", "none")


@dataclass(slots=True)
class Aside:
    """What hangs on a paragraph and is no text that a person reads in it.

    `deleted` and `hidden` are text that nobody sees, `boxes` the text boxes, each with whether nobody sees it, and
    `things` pictures, objects and formulas.
    """

    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[tuple[etree._Element, bool]] = field(default_factory=list)
    things: list[etree._Element] = field(default_factory=list)

    @property
    def unseen(self) -> str:
        """The text that is deleted or hidden."""
        return "".join(self.deleted + self.hidden)


class Look:
    """What one paragraph holds: what is seen, element by element with its text, and what is not, if anything."""

    aside: Aside | None = None
    properties: etree._Element | None = None
    fields: tuple[bool, ...] = ()  # the open fields; whether we are in the instruction of each

    def __init__(self) -> None:
        self.elements: list[etree._Element] = []
        self.texts: list[str] = []

    @property
    def text(self) -> str:
        """The text as a person sees it."""
        return "".join(self.texts)

    def beside(self) -> Aside:
        """What is not seen, to be added to."""
        if self.aside is None:
            self.aside = Aside()
        return self.aside


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
        if self.hiding:
            self._walk(paragraph, look, False, bool(self.hidden_styles) and self._style_hides(paragraph))
        else:
            self._walk(paragraph, look, False, False)
        return look

    def _walk(self, element: etree._Element, look: Look, gone: bool, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if tag != RUN:
                if tag == _PROPERTIES:
                    look.properties = child
                elif tag not in _SILENT:
                    self._container(child, tag, look, gone, hidden)
                continue
            unseen = gone or (self._hides(child, hidden) if self.hiding else hidden)
            for part in child:
                tag = part.tag
                if tag == TEXT and not (unseen or look.fields):
                    text = part.text or ""
                    # A line break inside a text element is white space of the XML; Word shows a space.
                    look.texts.append(text.replace("\n", " ") if "\n" in text else text)
                    look.elements.append(part)
                elif tag not in _SILENT:
                    self._part(part, tag, look, gone, unseen)

    def _part(self, part: etree._Element, tag: str, look: Look, gone: bool, hidden: bool) -> None:
        """Look at what a run holds beside plain text that is seen."""
        if tag == TEXT or tag in _TEXTUAL:
            _show(part, tag, look, gone, hidden)
        elif tag == _FIELD_EDGE:
            look.fields = _after_edge(part.get(_EDGE_KIND), look.fields)
        elif tag == _DELETED_TEXT:
            look.beside().deleted.append(part.text or "")
        elif len(part):
            if tag in PICTURES and not (gone or hidden):
                look.beside().things.append(part)
            self._walk(part, look, gone, hidden)

    def _container(self, child: etree._Element, tag: str, look: Look, gone: bool, hidden: bool) -> None:
        """Look at what a paragraph holds beside runs."""
        if tag in _GONE:
            self._walk(child, look, True, hidden)
        elif tag in (TEXT_BOX, PARAGRAPH):
            look.beside().boxes.append((child, gone or hidden))
        elif tag in FORMULAS:
            look.beside().things.append(child)
        elif len(child):
            self._walk(child, look, gone, hidden)
        elif tag == TEXT or tag in _TEXTUAL:
            _show(child, tag, look, gone, hidden)

    def _hides(self, run: etree._Element, hidden: bool) -> bool:
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
    if styles is None or next(styles.iter(_VANISH), None) is None:
        return Sight()
    hides: dict[str, bool] = {}
    bases: dict[str, str] = {}
    for style in styles.iterchildren(STYLE):
        name = style.get(_STYLE_ID, "")
        for child in style:
            if child.tag == BASE:
                bases[name] = child.get(_VALUE, "")
            elif child.tag == _RUN_PROPERTIES:
                for each in child.iterchildren(_VANISH):
                    hides[name] = each.get(_VALUE) not in _OFF
    return Sight(frozenset(name for name in {*hides, *bases} if _inherits(name, hides, bases)))


def sight_in(package: Package) -> Sight:
    """The sight of a file, from its package."""
    return sight_of(parse(package[_STYLES])) if _STYLES in package else Sight()


def _inherits(name: str, hides: dict[str, bool], bases: dict[str, str]) -> bool:
    for ancestor in lineage(name, lambda style: bases.get(style, "")):
        own = hides.get(ancestor)
        if own is not None:
            return own
    return False


def lineage(name: str, base: Callable[[str], str]) -> Iterator[str]:
    """A style and those that it is based on, nearest first, given what each is based on; a circle ends some time."""
    for _ in range(_GENERATIONS):
        if not name:
            return
        yield name
        name = base(name)


def _show(element: etree._Element, tag: str, look: Look, gone: bool, hidden: bool) -> None:
    if True in look.fields:
        return
    text = (element.text or "").replace("\n", " ") if tag == TEXT else shown_by(element)
    if gone:
        look.beside().deleted.append(text)
    elif hidden:
        look.beside().hidden.append(text)
    else:
        look.elements.append(element)
        look.texts.append(text)


def _after_edge(kind: str | None, fields: tuple[bool, ...]) -> tuple[bool, ...]:
    if kind == "begin":
        return (*fields, True)
    if kind == "separate" and fields:
        return (*fields[:-1], False)
    return fields[:-1] if kind == "end" else fields
