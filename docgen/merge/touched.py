"""What people put into a paragraph, row or table besides words, and what must not go with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from docgen.word.text import FALLBACK, w

_PICTURE = "picture"
_THINGS = {
    **dict.fromkeys(map(w, ("ins", "del", "moveFrom", "moveTo", "commentReference", "commentRangeStart")), "remark"),
    **dict.fromkeys(map(w, ("drawing", "pict", "object")), _PICTURE),
    **dict.fromkeys(map(w, ("footnoteReference", "endnoteReference")), "note"),
}
_FIELD_EDGE, _EDGE_KIND, _ID = w("fldChar"), w("fldCharType"), w("id")
# What begins in one block may end in another.
_RANGES = {
    w(f"{kind}{edge}"): kind
    for kind in ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange")
    for edge in ("Start", "End")
}


def touched(base: etree._Element, mine: etree._Element) -> bool:
    """Whether a block holds remarks, tracked changes, pictures or notes that it had not when it was generated."""
    return bool(_things(mine) - _things(base))


def _things(block: etree._Element) -> Counter[str]:
    found = (each for each in block.iter(*_THINGS) if next(each.iterancestors(FALLBACK), None) is None)
    return Counter(_THINGS[str(each.tag)] for each in found)


def halves(block: etree._Element) -> Iterator[etree._Element]:
    """The marks of a block whose other half stands outside of it."""
    marks = list(block.iter(*_RANGES))
    here = Counter((_RANGES[str(mark.tag)], mark.get(_ID)) for mark in marks)
    yield from (mark for mark in marks if here[_RANGES[str(mark.tag)], mark.get(_ID)] == 1)


def cuts_a_field(block: etree._Element) -> bool:
    """Whether a field begins in the block and ends outside of it, or the other way round."""
    edges = Counter(edge.get(_EDGE_KIND) for edge in block.iter(_FIELD_EDGE))
    return edges["begin"] != edges["end"]
