"""Strict Open XML, whose names differ from those that everybody writes, in the usual names."""

from __future__ import annotations

import re
from typing import Final

from docgen.word.package import Package

_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_XML: Final = (".xml", ".rels")
_CLAIM: Final = b' w:conformance="strict"'
_NAME: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")


def transitional(data: bytes) -> bytes:
    """The XML of a part with the usual namespaces and kinds of relationships."""
    if _STRICT not in data:
        return data
    return _NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data).replace(_CLAIM, b"")


def as_transitional(package: Package) -> Package:
    """The package with all its parts in the usual names."""
    changed = {
        part.name: transitional(part.data) for part in package if part.name.endswith(_XML) and _STRICT in part.data
    }
    return package.replaced(changed) if changed else package
