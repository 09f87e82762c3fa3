"""What programs write as they please when they save a file, put back to how it was generated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from docgen.word.names import BODY
from docgen.word.order import put_in_order
from docgen.word.package import Package, read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.text import w

_SETTINGS: Final = "word/settings.xml"
_PROGRAM: Final = "docProps/app.xml"
_OFFICE: Final = b"LibreOffice"
_SECTION, _MARGINS = w("sectPr"), w("pgMar")
# Where headers stand is worked out anew with each saving, and so are lengths, by some twentieths of a point.
_BESIDE: Final = tuple(map(w, ("header", "footer")))
_EDGES: Final = tuple(map(w, ("top", "bottom", "left", "right")))
_ROUNDED: Final = 20


def without_habits(data: bytes, generated: bytes) -> bytes:
    """The file, with settings and places of headers as it was generated with, where a person did not choose others.

    What programs keep as they find it stays: a person chose that.
    """
    files = read_package(data), read_package(generated)
    changes: dict[str, bytes] = {}
    for name, put_back in ((_SETTINGS, _settings), (BODY, _margins)):
        if all(name in file for file in files):
            own, old = (parse(file[name]) for file in files)
            before = serialize(own)
            put_back(own, old, files[0])
            after = serialize(own)
            changes |= {name: after} if after != before else {}
    return write_package(files[0].replaced(changes)) if changes else data


def _settings(own: etree._Element, old: etree._Element, file: Package) -> None:
    for name in _written_anew(own, file):
        found, was = own.find(w(name)), old.find(w(name))
        if found is not None:
            own.remove(found)
        if was is not None:
            put_in_order(own, was)


def _written_anew(own: etree._Element, file: Package) -> Iterator[str]:
    """The settings that are nobody's choice in a file."""
    yield from ("compat", "drawingGridVerticalSpacing")
    if own.find(w("characterSpacingControl")) is None:
        yield "characterSpacingControl"
    if _PROGRAM in file and _OFFICE in file[_PROGRAM]:
        yield "autoHyphenation"


def _margins(own: etree._Element, old: etree._Element, _: Package) -> None:
    mine, theirs = (list(root.iter(_SECTION)) for root in (own, old))
    for section, was in zip(mine, theirs, strict=True) if len(mine) == len(theirs) else ():
        margins, before = section.find(_MARGINS), was.find(_MARGINS)
        if margins is not None and before is not None and _alike(margins, before):
            for name in _BESIDE:
                margins.set(name, before.get(name, "0"))


def _alike(one: etree._Element, other: etree._Element) -> bool:
    lengths = [(one.get(name, "0"), other.get(name, "0")) for name in _EDGES]
    numbers = all(a.lstrip("-").isdecimal() and b.lstrip("-").isdecimal() for a, b in lengths)
    return numbers and all(abs(int(a) - int(b)) <= _ROUNDED for a, b in lengths)
