"""Lists of several files in one: each document keeps lists of its own, so that its numbers begin where they did."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from docgen.word.text import MAIN, w

_NUMBER, _ABSTRACT, _BULLET = w("num"), w("abstractNum"), w("numPicBullet")
_NUMBER_ID, _ABSTRACT_ID, _BULLET_ID = w("numId"), w("abstractNumId"), w("numPicBulletId")
_BULLET_USE, _VALUE, _NSID = w("lvlPicBulletId"), w("val"), w("nsid")
# Word takes lists that bear one mark (nsid) for one list.
_STEP = 0x01000193


class Lists:
    """The lists of the bound file; those of its first document keep their numbers."""

    def __init__(self) -> None:
        self.bullets: list[etree._Element] = []
        self.abstracts: list[etree._Element] = []
        self.numbers: list[etree._Element] = []

    def admit(self, root: etree._Element | None, number: int) -> dict[str, str]:
        """What the lists of a document are called here."""
        if root is None:
            return {}
        taken = {kind: _highest(found, attribute) for kind, found, attribute in (
            ("bullet", self.bullets, _BULLET_ID), ("abstract", self.abstracts, _ABSTRACT_ID),
            ("number", self.numbers, _NUMBER_ID))}  # fmt: skip
        bullets = _moved(root, _BULLET, _BULLET_ID, taken["bullet"])
        abstracts = _moved(root, _ABSTRACT, _ABSTRACT_ID, taken["abstract"])
        numbers = _moved(root, _NUMBER, _NUMBER_ID, taken["number"])
        for use in root.iter(_BULLET_USE):
            use.set(_VALUE, bullets.get(use.get(_VALUE, ""), "0"))
        for use in root.iterfind(f"{_NUMBER}/{_ABSTRACT_ID}"):
            use.set(_VALUE, abstracts.get(use.get(_VALUE, ""), "0"))
        for mark in root.iter(_NSID) if self.abstracts else ():
            mark.set(_VALUE, f"{(int(mark.get(_VALUE, '0'), 16) + number * _STEP) % 2**32:08X}")
        self.bullets += root.findall(_BULLET)
        self.abstracts += root.findall(_ABSTRACT)
        self.numbers += root.findall(_NUMBER)
        return numbers

    def written(self) -> etree._Element | None:
        """The XML of all lists; None where there are none."""
        if not self.numbers:
            return None
        root = etree.Element(w("numbering"), nsmap={"w": MAIN})
        for each in (*self.bullets, *self.abstracts, *self.numbers):
            root.append(each)
        return root


def renumber(root: etree._Element, numbers: Mapping[str, str]) -> None:
    """Let the paragraphs or styles below an element name their lists as they are called now."""
    for use in root.iter(_NUMBER_ID):
        use.set(_VALUE, numbers.get(use.get(_VALUE, ""), use.get(_VALUE, "")))


def _highest(found: list[etree._Element], attribute: str) -> int:
    return max((int(each.get(attribute, "0")) for each in found), default=-1)


def _moved(root: etree._Element, tag: str, attribute: str, taken: int) -> dict[str, str]:
    """Give every list of a kind a number above those that are taken, and tell the old ones with the new."""
    found = root.findall(tag)
    shift = taken + 1 if taken >= 0 else 0
    moved = {each.get(attribute, "0"): str(int(each.get(attribute, "0")) + shift) for each in found}
    for each in found:
        each.set(attribute, moved[each.get(attribute, "0")])
    return moved
