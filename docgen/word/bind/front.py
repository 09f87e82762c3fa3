"""The page before the first document: what the bound file holds, each with a link and the page where it begins."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from docgen.word.bind.sections import SECTION
from docgen.word.edit import SPACE
from docgen.word.text import MAIN, PARAGRAPH, RUN, TEXT, w

_VALUE = w("val")
_FONT = "黑体"
_WIDTH, _MARGIN = 11906, 1440


class Front(NamedTuple):
    """What the first page says: its heading, a line for each document, and a remark on the pages.

    `header` is the XML of a header for it, as a draft has one. With `asking` each line asks for its page by a field,
    for somebody who lays the file out to find it.
    """

    heading: str
    entries: tuple[str, ...]
    remark: str = ""
    header: bytes | None = None
    asking: bool = False


def front_page(
    front: Front, anchors: Sequence[str], pages: Sequence[int] | None, like: etree._Element, style: str
) -> list[etree._Element]:
    """The paragraphs of the first page, the last of which ends its section: a page like those of the section `like`."""
    section = _section(like)
    width = _text_width(section)
    heading = _paragraph({"before": "0", "after": "480"}, "center")
    heading.append(_run(front.heading, size=44, font=_FONT))
    listed = [
        _entry(text, anchor, _page(anchor, pages[number] if pages else None, front), width, style)
        for number, (text, anchor) in enumerate(zip(front.entries, anchors, strict=True))
    ]
    remark = _paragraph({"before": "240", "after": "0"}, "left")
    if front.remark:
        remark.append(_run(front.remark, size=21))
    properties = remark.find(w("pPr"))
    assert properties is not None
    properties.append(section)
    return [heading, *listed, remark]


def _section(like: etree._Element) -> etree._Element:
    """A section whose pages are of the size and have the margins of another's."""
    section = etree.Element(SECTION, nsmap={"w": MAIN})
    etree.SubElement(section, w("type"), {_VALUE: "nextPage"})
    section.extend([deepcopy(each) for each in like if each.tag in (w("pgSz"), w("pgMar"))])
    etree.SubElement(section, w("pgNumType"), {w("start"): "1"})
    return section


def _text_width(section: etree._Element) -> int:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    width = _measure(size, "w", _WIDTH)
    return width - _measure(margins, "left", _MARGIN) - _measure(margins, "right", _MARGIN)


def _measure(element: etree._Element | None, name: str, otherwise: int) -> int:
    text = "" if element is None else element.get(w(name), "")
    return int(text) if text.isdecimal() else otherwise


def _paragraph(spacing: dict[str, str], jc: str, style: str | None = None, tab: int | None = None) -> etree._Element:
    paragraph = etree.Element(PARAGRAPH, nsmap={"w": MAIN})
    properties = etree.SubElement(paragraph, w("pPr"))
    if style is not None:
        etree.SubElement(properties, w("pStyle"), {_VALUE: style})
    if tab is not None:
        tabs = etree.SubElement(properties, w("tabs"))
        etree.SubElement(tabs, w("tab"), {_VALUE: "right", w("leader"): "dot", w("pos"): str(tab)})
    etree.SubElement(properties, w("spacing"), {w(key): value for key, value in spacing.items()})
    zero = {"left": "0", "right": "0", "firstLineChars": "0", "firstLine": "0"}
    etree.SubElement(properties, w("ind"), {w(key): value for key, value in zero.items()})
    etree.SubElement(properties, w("jc"), {_VALUE: jc})
    return paragraph


def _page(anchor: str, page: int | None, front: Front) -> etree._Element | None:
    """What a line says of the page: its number, or a field that asks for it."""
    if not front.asking:
        return None if page is None else _run(str(page))
    field = etree.Element(w("fldSimple"), {w("instr"): f" PAGEREF {anchor} "})
    field.append(_run(str(page or 0)))
    return field


def _entry(text: str, anchor: str, page: etree._Element | None, width: int, style: str) -> etree._Element:
    paragraph = _paragraph({"before": "0", "after": "120"}, "left", style, width)
    link = etree.SubElement(paragraph, w("hyperlink"), {w("anchor"): anchor, w("history"): "1"})
    link.append(_run(text))
    if page is not None:
        etree.SubElement(etree.SubElement(link, RUN), w("tab"))
        link.append(page)
    return paragraph


def _run(text: str, *, size: int | None = None, font: str | None = None) -> etree._Element:
    run = etree.Element(RUN)
    properties = etree.SubElement(run, w("rPr"))
    fonts = etree.SubElement(properties, w("rFonts"), {w("hint"): "eastAsia"})
    if font is not None:
        fonts.set(w("eastAsia"), font)
    for name in ("sz", "szCs") if size is not None else ():
        etree.SubElement(properties, w(name), {_VALUE: str(size)})
    element = etree.SubElement(run, TEXT, {SPACE: "preserve"})
    element.text = text
    return run
