"""On which pages of a PDF its links lead, as LibreOffice writes them: how a bound set learns its page numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

_OBJECT = re.compile(rb"^(\d+) 0 obj\r?\n(<<.*?>>)\r?\nendobj", re.MULTILINE | re.DOTALL)
_PAGES = re.compile(rb"/Type/Pages\b")
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")
_LINKS = re.compile(rb"/Annots\[([^\]]*)\]")
_TARGET = re.compile(rb"/Subtype/Link\b.*?/Rect\[\S+ (\S+) .*?/Dest\[(\d+) 0 R", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) 0 R")


class Linked(NamedTuple):
    """The pages, counted from 1, to which the first links of a PDF lead, and how many pages it has."""

    targets: tuple[int, ...]
    pages: int


def linked_pages(pdf: bytes, links: int) -> Linked | None:
    """Where the first so many links lead, from the top of the first page on; None where the file does not tell it."""
    objects = {int(match[1]): match[2] for match in _OBJECT.finditer(pdf)}
    tree = next((data for data in objects.values() if _PAGES.search(data)), b"")
    kids = _KIDS.search(tree)
    pages = {number: place for place, number in enumerate(_numbers(kids[1] if kids else b""), 1)}
    targets: list[int] = []
    for number in pages:
        listed = _LINKS.search(objects.get(number, b""))
        found = [_TARGET.search(objects.get(each, b"")) for each in _numbers(listed[1] if listed else b"")]
        known = [(float(link[1]), pages[int(link[2])]) for link in found if link is not None and int(link[2]) in pages]
        # LibreOffice lists the links of a page in no order.
        targets += [page for _, page in sorted(known, key=lambda link: -link[0])]
    return Linked(tuple(targets[:links]), len(pages)) if len(targets) >= links else None


def _numbers(references: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(references)]
