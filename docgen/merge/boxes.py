"""Text boxes, which stand twice in a Word file: as they are, and drawn for older programs."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from docgen.word.text import CHOICE, FALLBACK, TEXT, TEXT_BOX


def drawn_again(box: etree._Element) -> etree._Element | None:
    """The same box for older programs, where it is there and says the same; else None."""
    choice = next(box.iterancestors(CHOICE), None)
    around = None if choice is None else choice.getparent()
    fallback = None if around is None else around.find(FALLBACK)
    if choice is None or fallback is None:
        return None
    own, old = list(choice.iter(TEXT_BOX)), list(fallback.iter(TEXT_BOX))
    other = old[own.index(box)] if len(own) == len(old) else None
    return other if other is not None and _said(box) == _said(other) else None


def copy_box(box: etree._Element, other: etree._Element) -> None:
    """Let a box say what another one says."""
    for child in list(other):
        other.remove(child)
    other.extend(deepcopy(child) for child in box)


def _said(box: etree._Element) -> str:
    return "".join(text.text or "" for text in box.iter(TEXT))
