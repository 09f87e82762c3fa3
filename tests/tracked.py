"""Tracked changes accepted or refused, all of them, as Word does it; written apart from what makes them."""

from __future__ import annotations

from lxml import etree

from docgen.word.package import read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.text import PARAGRAPH, ROW, TABLE, TEXT, w


def accepted(data: bytes) -> bytes:
    """The Word file with every tracked change accepted."""
    return _settled(data, stays="ins", goes="del")


def refused(data: bytes) -> bytes:
    """The Word file with every tracked change refused."""
    return _settled(data, stays="del", goes="ins")


def _settled(data: bytes, *, stays: str, goes: str) -> bytes:
    package = read_package(data)
    changes = {}
    for name in package.names:
        if name.startswith("word/") and name.endswith(".xml"):
            root = parse(package[name])
            if next(root.iter(w("ins"), w("del")), None) is not None:
                _settle(root, w(stays), w(goes))
                changes[name] = serialize(root)
    return write_package(package.replaced(changes))


def _settle(root: etree._Element, stays: str, goes: str) -> None:
    for row in [row for row in root.iter(ROW) if row.find(f"{w('trPr')}/{goes}") is not None]:
        _drop(row)
    for table in [table for table in root.iter(TABLE) if table.find(ROW) is None]:
        _drop(table)
    joined = [p for p in root.iter(PARAGRAPH) if p.find(f"{w('pPr')}/{w('rPr')}/{goes}") is not None]
    for mark in [mark for mark in root.iter(goes) if next(mark.iterancestors()).tag not in (w("rPr"), w("trPr"))]:
        _drop(mark)
    for mark in list(root.iter(stays)):
        for child in list(mark):
            mark.addprevious(child)
        _drop(mark)
    for struck in list(root.iter(w("delText"))):
        struck.tag = TEXT
    for paragraph in joined:
        _join(paragraph)


def _join(paragraph: etree._Element) -> None:
    """Take the mark of a paragraph away: what is left in it goes to the front of the next one."""
    following = paragraph.getnext()
    rest = [child for child in paragraph if child.tag != w("pPr")]
    if rest:
        assert following is not None
        assert following.tag == PARAGRAPH
        at = sum(child.tag == w("pPr") for child in following)
        for child in reversed(rest):
            following.insert(at, child)
    _drop(paragraph)


def _drop(element: etree._Element) -> None:
    next(element.iterancestors()).remove(element)
