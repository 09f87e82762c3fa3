"""How cells hang together: over which columns and rows one goes, brought into another version of the row."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from docgen.word.text import w

_PROPERTIES = w("tcPr")
# Before these, and behind what else stands there, cells say how they hang together; in this order.
_SPANS = (w("gridSpan"), w("hMerge"), w("vMerge"))
_BEFORE = (w("cnfStyle"), w("tcW"))


def follow(base: etree._Element, mine: etree._Element, theirs: etree._Element) -> None:
    """Let a cell go over the columns and rows that the new version gives it, where the person left that as it was."""
    for number, tag in enumerate(_SPANS):
        old, own, new = (cell.find(f"{_PROPERTIES}/{tag}") for cell in (base, mine, theirs))
        if _said(old) != _said(new) and _said(own) == _said(old):
            _put(mine, number, new)


def _said(span: etree._Element | None) -> str | None:
    return None if span is None else span.get(w("val"), "continue")


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
