"""The lists of a Word file by what they print: their numbers shift when others are added or a program saves it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from docgen.merge.carry import NUMBERING
from docgen.word.package import Package
from docgen.word.parts import parse
from docgen.word.text import w

_NUMBER, _ABSTRACT, _LEVEL = w("num"), w("abstractNum"), w("lvl")
_NUMBER_ID, _ABSTRACT_ID, _DEPTH, _VALUE = w("numId"), w("abstractNumId"), w("ilvl"), w("val")
_FORM, _TEXT, _MARK = w("numFmt"), w("lvlText"), w("nsid")
_BEGUN = f"{w('lvlOverride')}/{w('startOverride')}"

# What is printed at each level.
Print = tuple[tuple[str, str, str], ...]
# What a list prints, and whether it begins anew.
Kind = tuple[Print, bool]
Lists = Mapping[str, Kind]


def lists_in(package: Package, before: Package | None = None) -> Lists:
    """The kinds of the lists of a file by their numbers.

    Where the template changed what a list of the file `before` prints, and prints the old way nowhere any more, the
    list is still the same: its kind is the old one.
    """
    if NUMBERING not in package:
        return {}
    root = parse(package[NUMBERING])
    prints = _prints(root)
    old = _prints(parse(before[NUMBERING])) if before is not None and NUMBERING in before else {}
    said = set(prints.values())
    meant = {mark: old[mark] if mark in old and old[mark] not in said else each for mark, each in prints.items()}
    marks = {each.get(_ABSTRACT_ID): _mark(each) for each in root.iterchildren(_ABSTRACT)}
    return {
        each.get(_NUMBER_ID, ""): (meant.get(marks.get(_abstract(each), ""), ()), each.find(_BEGUN) is not None)
        for each in root.iterchildren(_NUMBER)
    }


def _prints(root: etree._Element) -> dict[str, Print]:
    return {_mark(each): _print(each) for each in root.iterchildren(_ABSTRACT)}


def _mark(abstract: etree._Element) -> str:
    """By what a definition is known again in another version."""
    mark = abstract.find(_MARK)
    return mark.get(_VALUE, "") if mark is not None else abstract.get(_ABSTRACT_ID, "")


def _print(abstract: etree._Element) -> Print:
    levels = abstract.iterchildren(_LEVEL)
    return tuple((level.get(_DEPTH, ""), _value(level, _FORM), _value(level, _TEXT)) for level in levels)


def _abstract(number: etree._Element) -> str:
    return _value(number, _ABSTRACT_ID)


def _value(element: etree._Element, tag: str) -> str:
    child = element.find(tag)
    return child.get(_VALUE, "") if child is not None else ""
