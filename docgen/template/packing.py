"""Printed parts as they lie in the file: references filled in, tables made to fit, lists beginning anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from docgen.template.printing import PrintedPart
from docgen.word.package import Package, Packed, pack

_REFERENCE = "\ufdd5".encode()


def packed_parts(
    package: Package, parts: Iterable[PrintedPart], resolved: Callable[[str], str] | None = None
) -> dict[str, Packed]:
    """The parts by name, with what changes in others because of them; `resolved` fills in references."""
    packed: dict[str, Packed] = {}
    listed: dict[str, bytes] = {}
    for made in parts:
        xml = made.xml
        if resolved is not None and any(_REFERENCE in stretch for stretch in xml):
            xml = (resolved(stretch.decode()).encode() for stretch in xml)
        if made.part.columns_vary:
            from docgen.template.grids import with_fitting_grids

            xml = (with_fitting_grids(b"".join(xml)),)
        if made.part.lists:
            listed[made.part.path] = b"".join(xml)
        else:
            packed[made.part.path] = made.packed or pack(xml)
    if listed:
        from docgen.template.lists import with_lists

        packed |= with_lists(package, listed)
    return packed
