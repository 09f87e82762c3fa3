"""Blocks of one Word file made fit for another: styles by their names, lists and all that they refer to with them."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from docgen.merge.carry import Carrier
from docgen.merge.styles import STYLES, Styles
from docgen.word.names import BODY
from docgen.word.package import Package
from docgen.word.text import w

_VALUE = w("val")
_STYLE_USES = (w("pStyle"), w("rStyle"), w("tblStyle"))
_LIST, _LIST_NUMBER = w("numPr"), w("numId")
# Marks that bear numbers of their own, and what only points elsewhere in its file.
_ONLY_THERE = (
    w("bookmarkStart"), w("bookmarkEnd"), w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"),
    w("proofErr"), w("lastRenderedPageBreak"), w("dataBinding"),
)  # fmt: skip


class Graft:
    """What makes blocks of one file (`scion`) fit for another (`stock`)."""

    def __init__(self, scion: Package, stock: Package) -> None:
        self.carrier = Carrier(scion, stock)
        self.styles = Styles(scion, stock, self._relist)
        self._lists: dict[str, str] = {}
        self._parts = BODY, BODY

    def between(self, source: str, target: str) -> None:
        """From here on blocks come from the part `source` of the scion and go into the part `target` of the stock."""
        self._parts = source, target

    def changes(self, merged: dict[str, bytes]) -> dict[str, bytes]:
        """All parts that change in the stock; `merged` are those that were changed already."""
        styles = self.styles.changed()
        if styles is not None:
            self.carrier.put(STYLES, "styles", styles)
        return self.carrier.changes(merged)

    def learn(self, one: etree._Element, other: etree._Element) -> None:
        """Remember that the list of a paragraph of the scion is that of a paragraph of the stock."""
        mine, yours = list_of(one), list_of(other)
        if mine is not None and yours is not None:
            self._lists.setdefault(mine, yours)

    def fitted(self, block: etree._Element) -> etree._Element:
        """A copy of the block for the other file; raises ValueError where something that it refers to is not there."""
        copied = deepcopy(block)
        copied.tail = None
        for mark in list(copied.iter(*_ONLY_THERE)):
            _take_out(mark)
        for identity in list(copied.iterfind(f".//{w('sdtPr')}/{w('id')}")):
            _take_out(identity)
        self.carrier.carry(copied, *self._parts)
        for use in list(copied.iter(*_STYLE_USES)):
            self._restyle(use)
        for numbering in list(copied.iter(_LIST)):
            self._relist(numbering)
        return copied

    def _restyle(self, use: etree._Element) -> None:
        style = self.styles.brought(use.get(_VALUE, ""))
        if style is None:
            _take_out(use)
        else:
            use.set(_VALUE, style)

    def _relist(self, numbering: etree._Element) -> None:
        number = numbering.find(_LIST_NUMBER)
        own = number.get(_VALUE, "") if number is not None else ""
        # No list at all is called list 0.
        known = own if own == "0" else self._lists.get(own) or self.carrier.list_number(own)
        if number is None or known is None:
            _take_out(numbering)
        else:
            self._lists[own] = known
            number.set(_VALUE, known)


def list_of(paragraph: etree._Element) -> str | None:
    """The number of the list that a paragraph or a style says it stands in."""
    number = paragraph.find(f"{w('pPr')}/{_LIST}/{_LIST_NUMBER}")
    return number.get(_VALUE) if number is not None else None


def _take_out(element: etree._Element) -> None:
    """Take an element out; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
