"""Whether a Word file was only opened and saved again: another program writes all of it anew, and says the same."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from docgen.merge.looks import Looks, alike, same_pages
from docgen.merge.marked import marked
from docgen.merge.opened import Opened, opened
from docgen.merge.parts import Parts, matching_parts, new_headers
from docgen.merge.touched import touched
from docgen.word.sight import Sight
from docgen.word.text import CELL, ROW, TABLE, paragraphs, visible_text

_PICTURES = "word/media/"
_GRID = (TABLE, ROW, CELL)


def only_saved(old: bytes, new: bytes) -> bool:
    """Whether of two versions with the same words the new one is the old one saved again.

    Then no marks, remarks, tracked changes, pictures, notes or tables are otherwise, and all looks as it did, in
    whatever way another program writes that down.
    """
    files = opened(old), opened(new)
    matching = matching_parts(files[0], files[1], files[0])
    if new_headers(*files) or _pictures(files[0]) != _pictures(files[1]):
        return False
    looks = Looks(files[0]), Looks(files[1])
    return all(_as_it_was(files, looks, parts) for parts in matching)


def _pictures(file: Opened) -> Counter[bytes]:
    """The pictures of a file, whatever they are called."""
    return Counter(file.package[name] for name in file.package.names if name.startswith(_PICTURES))


def _as_it_was(files: tuple[Opened, Opened], looks: tuple[Looks, Looks], parts: Parts) -> bool:
    """Whether a part has the same blocks that look the same, and nothing more or less in them."""
    if parts.mine is None:
        return not files[0].text(parts.base).strip()
    old, new = files[0].root(parts.base), files[1].root(parts.mine)
    if touched(old, new) or touched(new, old) or _tables(old) != _tables(new) or not same_pages(old, new):
        return False
    # Where a section begins or a table ends, programs put in empty paragraphs of their own.
    before, after = ([each for each in paragraphs(root) if visible_text(each)] for root in (old, new))
    sights = files[0].sight, files[1].sight
    return len(before) == len(after) and all(
        _unmarked(*pair, sights) and alike(*pair, looks) for pair in zip(before, after, strict=True)
    )


def _unmarked(old: etree._Element, new: etree._Element, sights: tuple[Sight, Sight]) -> bool:
    """Whether a paragraph has the marks it had; the number of a page, which nobody typed, has none."""
    return visible_text(old) != visible_text(new) or not marked(old, new, sights)


def _tables(root: etree._Element) -> Counter[str]:
    return Counter(str(each.tag) for each in root.iter(*_GRID))
