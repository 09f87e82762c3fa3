"""How a file looks in the end: what defaults, styles and own properties come to, whichever program wrote them.

Another program that saves a file writes all of its formatting anew. What a person sees of it is the same: fonts, sizes,
spacing, indents, where lines stand, how large pages and columns are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import nan
from typing import Final

from lxml import etree

from docgen.merge.opened import Opened
from docgen.merge.styles import styles_in
from docgen.word.sight import STYLE
from docgen.word.text import CELL, ROW, TABLE, w

_ID, _TYPE, _VALUE, _DEFAULT = w("styleId"), w("type"), w("val"), w("default")
_PROPERTIES, _RUN, _BASED = w("pPr"), w("rPr"), w("basedOn")
_DEFAULTS: Final = {
    each: f"{w('docDefaults')}/{w(f'{kind}Default')}/{each}" for each, kind in ((_PROPERTIES, "pPr"), (_RUN, "rPr"))
}
_SCRIPTS: Final = ("eastAsia", "ascii")
_SIDES: Final = (("left", "start"), ("right", "end"))
_EDGES: Final = ("left", "right", "top", "bottom")
_SIZE, _USUAL_SIZE = "sz", "20"
_SAME: Final = {"start": "", "left": "", "end": "right", "auto": "", "0": ""}
# What is said in lines, or in fonts of the theme, programs turn into lengths and names as they please.
_UNTOLD: Final = "?"
_CHARACTERS: Final = "字"
# So many twentieths of a point are lost in converting lengths, and such a part of what is said in characters.
_ROUNDED, _PART = 20, 0.05

Said = dict[str, str]


class Looks:
    """The styles of a file, and what its paragraphs and runs look like by them."""

    def __init__(self, file: Opened) -> None:
        self._root = styles_in(file.package)
        self._sight = file.sight
        self._styles = {style.get(_ID, ""): style for style in self._root.iterchildren(STYLE)}
        self._known: dict[tuple[str, str, str], Said] = {}
        usual = (each for each in self._styles.values() if each.get(_DEFAULT) in ("1", "true"))
        self._usual = next((each.get(_ID, "") for each in usual if each.get(_TYPE) == "paragraph"), "")

    def lines(self, paragraph: etree._Element) -> Said:
        """How a paragraph stands on its page."""
        return {**self._below(paragraph, _PROPERTIES), **_said(paragraph.find(_PROPERTIES))}

    def letters(self, paragraph: etree._Element) -> Iterator[Said]:
        """How each character of a paragraph is printed."""
        below = self._below(paragraph, _RUN)
        for stretch in self._sight.stretches(paragraph):
            own = next(stretch.element.iterancestors()).find(_RUN)
            named = own.find(w("rStyle")) if own is not None else None
            style = self._styled(named.get(_VALUE, ""), _RUN) if named is not None else {}
            said = {**below, **style, **_said(own)}
            yield from (said for _ in stretch.text)

    def _below(self, paragraph: etree._Element, kind: str) -> Said:
        """What defaults and styles say of a paragraph, the style of its table before its own."""
        style, table = self._style(paragraph), self._table_style(paragraph)
        if (style, table, kind) not in self._known:
            said = _said(self._root.find(_DEFAULTS[kind]))
            self._known[style, table, kind] = {**said, **self._styled(table, kind), **self._styled(style, kind)}
        return self._known[style, table, kind]

    def _table_style(self, paragraph: etree._Element) -> str:
        table = next(paragraph.iterancestors(TABLE), None)
        named = table.find(f"{w('tblPr')}/{w('tblStyle')}") if table is not None else None
        return named.get(_VALUE, "") if named is not None else ""

    def _style(self, paragraph: etree._Element) -> str:
        named = paragraph.find(f"{_PROPERTIES}/{w('pStyle')}")
        return named.get(_VALUE, "") if named is not None else self._usual

    def _styled(self, style: str, kind: str) -> Said:
        """What a style says with those that it is based on."""
        chain: list[etree._Element] = []
        while style in self._styles and self._styles[style] not in chain:
            chain.append(self._styles[style])
            based = chain[-1].find(_BASED)
            style = based.get(_VALUE, "") if based is not None else ""
        found: Said = {}
        for each in reversed(chain):
            found |= _said(each.find(kind))
        return found


def alike(old: etree._Element, new: etree._Element, looks: tuple[Looks, Looks]) -> bool:
    """Whether two paragraphs with the same words look the same, each in its own file."""
    letters = [list(each.letters(paragraph)) for each, paragraph in zip(looks, (old, new), strict=True)]
    pairs = {(id(one), id(other)): (one, other) for one, other in zip(*letters, strict=False)}
    size = next(iter(letters[0]), {}).get(_SIZE, _USUAL_SIZE)
    lines = looks[0].lines(old), looks[1].lines(new)
    return _same(*lines, size) and all(_same(*pair, size) for pair in pairs.values())


def same_pages(old: etree._Element, new: etree._Element) -> bool:
    """Whether two versions of a body have pages and columns of the same sizes, and the same margins."""
    return all(_close(each(old), each(new)) for each in (_pages, _columns))


def _pages(root: etree._Element) -> list[str]:
    wanted = [(w("pgSz"), ("w", "h")), (w("pgMar"), _EDGES)]
    sections = list(root.iter(w("sectPr")))
    return [_of(section.find(tag), name) for section in sections for tag, names in wanted for name in names]


def _columns(root: etree._Element) -> list[str]:
    tables = [_widths(table) for table in root.iter(TABLE)]
    return [width for table in tables for width in (str(len(table)), *table)]


def _widths(table: etree._Element) -> list[str]:
    """How wide the columns of a table are; those that no row tells apart are one."""
    columns = [_of(column, "w") for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    rows = [row for row in table.iter(ROW) if next(row.iterancestors(TABLE)) is table]
    ends = sorted({end for row in rows for end in _ends(row) if 0 < end < len(columns)} | {len(columns)})
    return [
        columns[begin] if end - begin == 1 else str(sum(_length(width) or 0 for width in columns[begin:end]))
        for begin, end in pairwise((0, *ends))
    ]


def _ends(row: etree._Element) -> Iterator[int]:
    """The columns of the grid after which a cell of the row ends, or its first begins."""
    at = int(_length(_of(row.find(f"{w('trPr')}/{w('gridBefore')}"), "val")) or 0)
    if at:
        yield at
    for cell in row.iter(CELL):
        if next(cell.iterancestors(ROW), None) is row:
            at += _length(_of(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), "val")) or 1
            yield at


def _of(element: etree._Element | None, name: str) -> str:
    return element.get(w(name), "") if element is not None else ""


def _close(old: Sequence[str], new: Sequence[str]) -> bool:
    return len(old) == len(new) and all(map(_equal, old, new))


def _equal(one: str, other: str) -> bool:
    lengths = [_length(each) for each in (one, other)]
    return one == other or (None not in lengths and abs((lengths[0] or 0) - (lengths[1] or 0)) <= _ROUNDED)


def _length(said: str) -> int | None:
    return int(said or 0) if not said or said.lstrip("-").isdecimal() else None


def _same(old: Said, new: Said, size: str) -> bool:
    return all(_as_said(key, old.get(key, ""), new.get(key, ""), size) for key in {**old, **new})


def _as_said(key: str, one: str, other: str, size: str) -> bool:
    """Whether two files say the same of one property; fonts that a file leaves open another program fills in."""
    one, other = (_SAME.get(each, each) for each in (one, other))
    if key == _SIZE:
        return (one or _USUAL_SIZE) == (other or _USUAL_SIZE)
    if _UNTOLD in (one, other) or (key in _SCRIPTS and not (one and other)):
        return True
    if one.endswith(_CHARACTERS) == other.endswith(_CHARACTERS):
        return _equal(one, other)
    lengths = [_in_lengths(each, size) for each in (one, other)]
    return abs(lengths[0] - lengths[1]) <= max(_PART * max(map(abs, lengths)), _ROUNDED)


def _in_lengths(said: str, size: str) -> float:
    """An indent in twentieths of a point; a hundredth of a character is one of the size of the letters."""
    number = _length(said.removesuffix(_CHARACTERS))
    if number is None:
        return nan
    return number / 100 * float(_length(size) or 0) * 10 if said.endswith(_CHARACTERS) else number


def _said(properties: etree._Element | None) -> Said:
    """What properties say that people see."""
    if properties is None:
        return {}
    found = {each: _of(properties.find(w(each)), "val") for each in (_SIZE, "jc")}
    fonts, spacing, indent = (properties.find(w(name)) for name in ("rFonts", "spacing", "ind"))
    for script in _SCRIPTS:
        found[script] = _UNTOLD if _of(fonts, f"{script}Theme") else _of(fonts, script)
    for side in ("before", "after"):
        apart = _of(spacing, f"{side}Lines") or _of(spacing, f"{side}Autospacing")
        found[side] = _UNTOLD if apart.strip("0") else _of(spacing, side)
    found |= {name: _of(spacing, name) for name in ("line", "lineRule")}
    found |= _indents(indent, numbered=properties.find(w("numPr")) is not None)
    return {key: value for key, value in found.items() if value}


def _indents(indent: etree._Element | None, *, numbered: bool) -> Said:
    """How far lines are put in; where a list does that, it is looked at elsewhere."""
    if numbered:
        return dict.fromkeys(("left", "right", "first"), _UNTOLD)
    found = {}
    for side, other in _SIDES:
        apart = _of(indent, f"{side}Chars") or _of(indent, f"{other}Chars")
        found[side] = _UNTOLD if apart.strip("0") else _of(indent, side) or _of(indent, other)
    characters, hanging = _of(indent, "firstLineChars"), _of(indent, "hanging")
    if _of(indent, "hangingChars").strip("0"):
        found["first"] = _UNTOLD
    elif characters.strip("0"):
        found["first"] = f"{characters}{_CHARACTERS}"
    else:
        found["first"] = f"-{hanging}" if hanging.strip("0") else _of(indent, "firstLine") or hanging
    return found
