"""Styles of several files in one: equal ones shared, different ones of one name side by side, no look changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from docgen.word.bind.defaults import folded, folded_in_cells
from docgen.word.text import CELL, MAIN, PARAGRAPH, w

_NAME, _BASE, _LINK, _NEXT, _ID, _VALUE = w("name"), w("basedOn"), w("link"), w("next"), w("styleId"), w("val")
_TYPE, _DEFAULT, _CUSTOM, _STYLE, _LIST = w("type"), w("default"), w("customStyle"), w("style"), w("numPr")
# What says how Word lists a style, and nothing of how text in it looks.
_LISTING = frozenset(
    map(w, ("uiPriority", "semiHidden", "unhideWhenUsed", "qFormat", "locked", "rsid", "autoRedefine", "aliases"))
) | {_NAME, _BASE, _LINK, _NEXT, w("personal"), w("personalCompose"), w("personalReply")}
_CONTENTS, _ON = "toc 1", ("1", "true", "on")
USES = (w("pStyle"), w("rStyle"), w("tblStyle"), w("styleLink"), w("numStyleLink"))


class Names(NamedTuple):
    """What the styles of one document are called in the bound file, by id; and by name where that changed.

    `paragraph` and `table` are what stands for the document's default styles where those are not everybody's. Where
    `inside` is not empty, paragraphs in tables have other styles: `inside` and, by default, `cell`; `apart` tells that
    such paragraphs would have to.
    """

    ids: Mapping[str, str] = MappingProxyType({})
    names: Mapping[str, str] = MappingProxyType({})
    paragraph: str | None = None
    table: str | None = None
    inside: Mapping[str, str] = MappingProxyType({})
    cell: str | None = None
    apart: bool = False

    def cover(self, used: set[str], inside: set[str]) -> bool:
        """Whether another document with the same styles, of which it uses these, can share them."""
        in_tables = bool(self.inside) and inside - {""} <= self.inside.keys()
        return used <= self.ids.keys() and (in_tables or not (self.apart and inside))

    @property
    def changed(self) -> bool:
        """Whether anything is called differently."""
        return any(old != new for old, new in self.ids.items()) or self.paragraph is not None or self.table is not None


SAME = Names()


class Styles:
    """The styles of the bound file, which begin as those of its first document."""

    def __init__(self, root: etree._Element | None) -> None:
        self.root = _whole(root)
        self._shelf = _Shelf(self.root)

    def admit(self, root: etree._Element | None, number: int, used: set[str], inside: set[str]) -> Names:
        """What the styles of a document are called here, those that it uses added where they are not here yet.

        `inside` are the styles of paragraphs in tables, an empty id for those that name none.
        """
        root = _whole(root)
        plain = deepcopy(root)
        alone = folded(root, self.root)
        own = _Shelf(root)
        wanted = own.closed({*used, *own.defaults.values()})
        ids, names = self._take(own, number, wanted, {} if alone else own.like(self._shelf, wanted))
        paragraph, table = (self._stand_in(own, ids, kind) for kind in ("paragraph", "table"))
        found = Names(ids, {old: new for old, new in names.items() if old != new}, paragraph, table, apart=alone)
        if not (alone and inside):
            return found
        known = _Shelf(plain).styles
        tables = (known.get(identity) for identity in wanted)
        folded_in_cells(plain, self.root, [each for each in tables if each is not None and each.get(_TYPE) == "table"])
        return self._with_cells(found, plain, number, inside)

    def _with_cells(self, names: Names, plain: etree._Element, number: int, inside: set[str]) -> Names:
        """The names with those for paragraphs in tables, where what holds without a style may come from the table's."""
        for style in plain.iterchildren(_STYLE):
            for link in style.findall(_LINK):
                style.remove(link)
        own = _Shelf(plain)
        default = own.defaults.get("paragraph", "")
        wanted = own.closed({identity or default for identity in inside})
        ids, _ = self._take(own, number, wanted, own.like(self._shelf, wanted))
        return names._replace(inside=ids, cell=self._stand_in(own, ids, "paragraph"))

    def _take(
        self, own: _Shelf, number: int, wanted: set[str], same: dict[str, str]
    ) -> tuple[dict[str, str], dict[str, str]]:
        """What the wanted styles are called here by id and by name; those that are not the `same` are added."""
        ids = {identity: same.get(identity) or self._fresh(identity, number) for identity in sorted(wanted)}
        fresh = [identity for identity in own.styles if identity in ids and identity not in same]
        return ids, dict(self._add(own.styles[identity], ids, number) for identity in fresh)

    def contents(self) -> str:
        """The id of the style for lines of contents, which is made where the file has none."""
        known = self._shelf.names.get(("paragraph", _CONTENTS))
        if known is not None:
            return known
        identity = self._fresh("TOC1", 0)
        style = etree.SubElement(self.root, _STYLE, {_TYPE: "paragraph", _ID: identity})
        base = self._shelf.defaults.get("paragraph", "")
        for tag, value in ((_NAME, _CONTENTS), (_BASE, base), (w("uiPriority"), "39")):
            etree.SubElement(style, tag, {_VALUE: value})
        self._shelf.styles[identity] = style
        self._shelf.names[("paragraph", _CONTENTS)] = identity
        return identity

    def _stand_in(self, own: _Shelf, ids: Mapping[str, str], kind: str) -> str | None:
        """The id to name where a document names no style of a kind; None where everybody's default is meant."""
        new = ids.get(own.defaults.get(kind, ""))
        return None if new == self._shelf.defaults.get(kind) else new

    def _fresh(self, identity: str, number: int) -> str:
        """An id that is free for a style of the document with that number."""
        candidates = (identity, *(f"{identity}_{number}{'_' * more}" for more in range(100)))
        new = next(each for each in candidates if each not in self._shelf.styles)
        self._shelf.styles[new] = etree.Element(_STYLE)
        return new

    def _add(self, style: etree._Element, ids: Mapping[str, str], number: int) -> tuple[str, str]:
        """Take a style in, and tell its name before and now."""
        new = deepcopy(style)
        identity = ids[style.get(_ID, "")]
        new.set(_ID, identity)
        # What is the default of one document must not become that of another, which has none.
        new.attrib.pop(_DEFAULT, "")
        for reference in new.iterchildren(_BASE, _LINK, _NEXT):
            target = ids.get(reference.get(_VALUE, ""))
            if target is None:
                new.remove(reference)
            else:
                reference.set(_VALUE, target)
        old = _named(style)
        name = self._free_name(old, number)
        if name != old:
            new.set(_CUSTOM, "1")
            _set_name(new, name)
        self.root.append(new)
        self._shelf.styles[identity] = new
        self._shelf.names[(style.get(_TYPE, ""), name.lower())] = identity
        return old, name

    def _free_name(self, name: str, number: int) -> str:
        taken = {known for _, known in self._shelf.names}
        candidates = (name, *(f"{name} 附{number}{'_' * more}" for more in range(100)))
        return next(each for each in candidates if each.lower() not in taken)


class _Shelf:
    """The styles of one file by id, by type and name, and the default of each type."""

    def __init__(self, root: etree._Element) -> None:
        found = list(root.iterchildren(_STYLE))
        self.styles = {style.get(_ID, ""): style for style in found}
        self.names = {(style.get(_TYPE, ""), _named(style).lower()): style.get(_ID, "") for style in found}
        self.defaults = {style.get(_TYPE, ""): style.get(_ID, "") for style in found if style.get(_DEFAULT) in _ON}

    def closed(self, used: set[str]) -> set[str]:
        """The styles used, with those that they are based on or linked to."""
        found: set[str] = set()
        waiting = [identity for identity in used if identity in self.styles]
        while waiting:
            identity = waiting.pop()
            if identity not in found:
                found.add(identity)
                waiting += [each for _, each in self._links(identity) if each in self.styles]
        return found

    def like(self, other: _Shelf, wanted: set[str]) -> dict[str, str]:
        """The styles that the other file has too, with what they are called there."""
        same = {}
        for identity in wanted:
            style = self.styles[identity]
            there = other.names.get((style.get(_TYPE, ""), _named(style).lower()))
            # The numbers of a list begin anew in each document, and a style belongs to one list.
            if there and style.find(f".//{_LIST}") is None and _look(style) == _look(other.styles[there]):
                same[identity] = there
        return self._agreed(other, same)

    def _agreed(self, other: _Shelf, same: dict[str, str]) -> dict[str, str]:
        """Those whose bases and links are the same as well."""
        while True:
            parted = [
                identity for identity, there in same.items()
                if {(tag, same.get(each, "")) for tag, each in self._links(identity)} != set(other._links(there))
            ]  # fmt: skip
            if not parted:
                return same
            for identity in parted:
                del same[identity]

    def _links(self, identity: str) -> Iterator[tuple[str, str]]:
        for each in self.styles[identity].iterchildren(_BASE, _LINK):
            yield str(each.tag), each.get(_VALUE, "")


def used_in(root: etree._Element) -> set[str]:
    """The ids of the styles that a part uses."""
    return {each.get(_VALUE, "") for each in root.iter(*USES)}


def used_in_cells(root: etree._Element) -> set[str]:
    """The ids of the styles that paragraphs in tables have; an empty one for those that name none."""
    found = set()
    for paragraph in (each for cell in root.iter(CELL) for each in cell.iter(PARAGRAPH)):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        found.add("" if style is None else style.get(_VALUE, ""))
    return found


def _whole(root: etree._Element | None) -> etree._Element:
    """The styles with a default for paragraphs, which Word takes for granted."""
    if root is None:
        root = etree.Element(w("styles"), nsmap={"w": MAIN})
    found = [style for style in root.iterchildren(_STYLE) if style.get(_TYPE) == "paragraph"]
    if any(style.get(_DEFAULT) in _ON for style in found):
        return root
    normal = next((style for style in found if _named(style).lower() == "normal"), None)
    if normal is None:
        taken = {style.get(_ID) for style in root.iterchildren(_STYLE)}
        identity = next(each for each in ("Normal", "a", "DocgenNormal") if each not in taken)
        normal = etree.SubElement(root, _STYLE, {_TYPE: "paragraph", _ID: identity})
        etree.SubElement(normal, _NAME, {_VALUE: "Normal"})
    normal.set(_DEFAULT, "1")
    return root


def _named(style: etree._Element) -> str:
    name = style.find(_NAME)
    return style.get(_ID, "") if name is None else name.get(_VALUE, "")


def _set_name(style: etree._Element, text: str) -> None:
    for aliases in style.findall(w("aliases")):
        style.remove(aliases)
    name = style.find(_NAME)
    if name is None:
        name = etree.Element(_NAME)
        style.insert(0, name)
    name.set(_VALUE, text)


def _look(style: etree._Element) -> tuple[bytes, ...]:
    """What makes text in the style look as it does, the styles it refers to left out."""
    told = [each for each in style if each.tag not in _LISTING]
    return tuple(sorted(etree.tostring(each, method="c14n", exclusive=True) for each in told))
