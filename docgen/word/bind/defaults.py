"""What a file says of text without a style (docDefaults), made part of its styles where two files differ in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree

from docgen.word.order import sort
from docgen.word.text import w

_DEFAULTS, _STYLE, _BASE = w("docDefaults"), w("style"), w("basedOn")
_KINDS = ((w("rPrDefault"), w("rPr")), (w("pPrDefault"), w("pPr")))
_PROPERTIES_END = (w("name"), w("aliases"), w("basedOn"), w("next"), w("link"), w("autoRedefine"), w("hidden"),
                   w("uiPriority"), w("semiHidden"), w("unhideWhenUsed"), w("qFormat"), w("locked"), w("personal"),
                   w("personalCompose"), w("personalReply"), w("rsid"))  # fmt: skip
_LATIN = "Times New Roman"
# What Word does where a file says nothing at all.
_SILENT: dict[str, dict[str, str]] = {
    "rFonts": {"ascii": _LATIN, "hAnsi": _LATIN, "eastAsia": _LATIN, "cs": _LATIN},
    "sz": {"val": "20"}, "szCs": {"val": "20"}, "kern": {"val": "0"}, "spacing": {}, "color": {"val": "auto"},
    "jc": {"val": "left"}, "ind": {"left": "0", "right": "0", "firstLine": "0"}, "u": {"val": "none"},
    "lang": {"val": "en-US", "eastAsia": "zh-CN"},
}  # fmt: skip
_NO_SPACING = {
    w("rPr"): {"val": "0"},
    w("pPr"): {"before": "0", "after": "0", "line": "240", "lineRule": "auto"},
}


def folded(root: etree._Element, other: etree._Element) -> bool:
    """Whether two files differ in what holds without a style; then it is made part of the styles under `root`."""
    if _canonical(root.find(_DEFAULTS)) == _canonical(other.find(_DEFAULTS)):
        return False
    _with_plain_table(root)
    _fold_all(root, other, ("paragraph", "table"), _KINDS)
    return True


def folded_in_cells(root: etree._Element, other: etree._Element, tables: Iterable[etree._Element]) -> None:
    """Make what holds without a style part of the styles for paragraphs, as far as no table decides it."""
    said = {str(each.tag) for table in tables for each in table.iter(w("rPr"), w("pPr")) if len(each)}
    _fold_all(root, other, ("paragraph",), [(default, kind) for default, kind in _KINDS if kind not in said])


def _fold_all(
    root: etree._Element, other: etree._Element, types: Sequence[str], kinds: Sequence[tuple[str, str]]
) -> None:
    own, others = root.find(_DEFAULTS), other.find(_DEFAULTS)
    for style in root.iterchildren(_STYLE):
        if style.get(w("type")) not in types or style.find(_BASE) is not None:
            continue
        for default, kind in kinds:
            _fold(style, kind, _properties(own, default, kind), _properties(others, default, kind))


def _with_plain_table(root: etree._Element) -> None:
    """Add the style of tables that name none, which Word takes for granted."""
    tables = [style for style in root.iterchildren(_STYLE) if style.get(w("type")) == "table"]
    if any(style.get(w("default")) in ("1", "true", "on") for style in tables):
        return
    taken = {style.get(w("styleId")) for style in root.iterchildren(_STYLE)}
    identity = next(each for each in ("TableNormal", "DocgenTableNormal") if each not in taken)
    style = etree.SubElement(root, _STYLE, {w("type"): "table", w("default"): "1", w("styleId"): identity})
    etree.SubElement(style, w("name"), {w("val"): "Normal Table"})
    margins = etree.SubElement(etree.SubElement(style, w("tblPr")), w("tblCellMar"))
    for side, width in (("top", "0"), ("left", "108"), ("bottom", "0"), ("right", "108")):
        etree.SubElement(margins, w(side), {w("w"): width, w("type"): "dxa"})


def _fold(style: etree._Element, kind: str, own: list[etree._Element], others: list[etree._Element]) -> None:
    """Give a style the properties that it had from its own file, and take those from it that it would get here."""
    known = {str(each.tag): each for each in own}
    wanted = dict(known)
    for each in others:
        tag = str(each.tag)
        wanted[tag] = deepcopy(known[tag]) if tag in known else etree.Element(tag)
        for key, value in _unsaid(tag, kind).items():
            if tag not in known or (key in each.attrib and key not in known[tag].attrib):
                wanted[tag].set(key, value)
    if not wanted:
        return
    properties = style.find(kind)
    if properties is None:
        properties = etree.Element(kind)
        style.insert(_place(style, kind), properties)
    for each in wanted.values():
        _merge(properties, each)


def _unsaid(tag: str, kind: str) -> dict[str, str]:
    name = etree.QName(tag).localname
    said = _NO_SPACING[kind] if name == "spacing" else _SILENT.get(name, {"val": "0"})
    return {w(key): value for key, value in said.items()}


def _merge(properties: etree._Element, wanted: etree._Element) -> None:
    """Add a property, or of one that is there the attributes that it does not tell."""
    there = properties.find(wanted.tag)
    if there is None:
        properties.append(deepcopy(wanted))
        sort(properties)
        return
    for key, value in wanted.attrib.items():
        if key not in there.attrib and w("val") not in there.attrib:
            there.set(key, value)


def _place(style: etree._Element, kind: str) -> int:
    """Where properties of a kind stand in a style: of the paragraph first, then of its text."""
    before = (*_PROPERTIES_END, *([w("pPr")] if kind == w("rPr") else []))
    return sum(each.tag in before for each in style)


def _properties(defaults: etree._Element | None, default: str, kind: str) -> list[etree._Element]:
    found = None if defaults is None else defaults.find(f"{default}/{kind}")
    return [] if found is None else list(found)


def _canonical(defaults: etree._Element | None) -> list[list[bytes]]:
    return [
        sorted(etree.tostring(each, method="c14n", exclusive=True) for each in _properties(defaults, default, kind))
        for default, kind in _KINDS
    ]
