"""How cells hang together: over which columns and rows one goes, brought into another version of the row."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from docgen.word.text import w

_PROPERTIES, _VALUE = w("tcPr"), w("val")
# Before these, and behind what else stands there, cells say how they hang together; in this order.
_SPANS = (w("gridSpan"), w("hMerge"), w("vMerge"))
_BEFORE = (w("cnfStyle"), w("tcW"))


def follow(base: etree._Element, mine: etree._Element, theirs: etree._Element) -> None:
    """Let a cell go over the columns and rows that the new version gives it, where the person left that as it was."""
    old, new = _spans(base), _spans(theirs)
    if _said(old) == _said(new):
        return
    own = _spans(mine)
    for number, tag in enumerate(_SPANS):
        if _said(old).get(tag) == _said(own).get(tag) != _said(new).get(tag):
            _put(mine, number, new.get(tag))


def _spans(cell: etree._Element) -> dict[str, etree._Element]:
    properties = cell.find(_PROPERTIES)
    return {} if properties is None else {str(each.tag): each for each in properties if each.tag in _SPANS}


def _said(spans: dict[str, etree._Element]) -> dict[str, str]:
    return {tag: each.get(_VALUE, "continue") for tag, each in spans.items()}


def _put(cell: etree._Element, number: int, span: etree._Element | None) -> None:
    properties = cell.find(_PROPERTIES)
    if properties is None:
        properties = etree.Element(_PROPERTIES)
        cell.insert(0, properties)
    for known in properties.findall(_SPANS[number]):
        properties.remove(known)
    if span is not None:
        first = (*_BEFORE, *_SPANS[:number])
        properties.insert(sum(child.tag in first for child in properties), deepcopy(span))
