"""Properties of paragraphs, runs, tables, pages and styles in three versions: each one is looked at for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from lxml import etree

from docgen.merge.numbered import Lists
from docgen.word.order import put_in_order
from docgen.word.text import w

_VALUE: Final = w("val")
_STYLES: Final = frozenset(map(w, ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")))
_NUMBERED: Final = w("numPr")
_NUMBERS: Final = (w("ilvl"), w("numId"))
_TABS: Final = w("tabs")
_REFERENCES: Final = frozenset({w("headerReference"), w("footerReference")})
# What these say of several sides or scripts are so many properties.
_MANIFOLD: Final = frozenset(map(w, ("rFonts", "spacing", "ind", "lang", "pgMar", "pgSz")))
# Which of several fonts a sign is shown in, Word notes anew whenever it saves.
_NOTED: Final = frozenset({w("hint")})
_SAME: Final = {"start": "left", "end": "right", "true": "1", "on": "1", "false": "0", "off": "0"}
# What stands among the properties and is none: marks of changes, what is looked at apart.
_NONE: Final = frozenset(map(w, (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange",
    "sectPrChange", "cellIns", "cellDel", "cellMerge", "gridSpan", "hMerge", "vMerge", "sectPr", "rPr",
)))  # fmt: skip


class Names(NamedTuple):
    """The names of the styles of a file by their ids, and what its lists print by their numbers."""

    styles: Mapping[str, str]
    lists: Lists


Properties = etree._Element | None  # noqa: SLF001 - lxml has no other name for it


class Speech(NamedTuple):
    """The names of styles and lists in three versions; what makes a property of the new one fit for the file."""

    old: Names
    own: Names
    new: Names
    fitted: Callable[[etree._Element], etree._Element | None]


def raw(element: Properties) -> bytes:
    """The bytes of an element by which two that are the same can be told fast."""
    return b"" if element is None else etree.tostring(element, with_tail=False)


def canonical(element: Properties, names: Names) -> object:
    """What a property says, whatever program wrote it; None where it is not there."""
    if element is None:
        return None
    if element.tag == _NUMBERED:
        # Numbers of lists shift where others are added: a list is what it prints, and at which level.
        depth, number = (_number(element.find(tag)) for tag in _NUMBERS)
        return (_NUMBERED, depth or "0", number and names.lists.get(number, number))
    if element.tag in _REFERENCES:
        # What a header says is looked at where it is read.
        return (element.tag, element.get(w("type"), ""))
    said = {
        str(key): str(value) for key, value in element.attrib.items() if key not in _NOTED and "rsid" not in str(key)
    }
    value = said.get(_VALUE)
    if element.tag in _STYLES and value is not None:
        said[_VALUE] = names.styles.get(value, value)
    elif value is not None:
        said[_VALUE] = _SAME.get(value, value)
        # On is what a switch is without a word.
        if said[_VALUE] == "1" and len(said) == 1:
            del said[_VALUE]
    return (element.tag, tuple(sorted(said.items())), tuple(canonical(child, names) for child in element))


def _number(element: Properties) -> str:
    return "" if element is None else element.get(_VALUE, "")


def same(one: Properties, other: Properties, names: tuple[Names, Names]) -> bool:
    """Whether two versions of a container say the same, each with its own names of styles."""
    if raw(one) == raw(other):
        return True
    here, there = _by_key(one), _by_key(other)
    return here.keys() == there.keys() and all(
        canonical(here[key], names[0]) == canonical(there[key], names[1]) for key in here
    )


def follow_in(kind: str, old: Properties, owner: etree._Element, new: Properties, speech: Speech) -> bool:
    """Whether all came over that the new version says otherwise in the container `kind`, put into that of `owner`."""
    if raw(old) == raw(new):
        return True
    container = owner.find(kind)
    made = container if container is not None else put_in_order(owner, etree.Element(kind))
    done = follow(old, made, new, speech)
    if container is None and not len(made):
        owner.remove(made)
    return done


def follow(old: Properties, own: etree._Element, new: Properties, speech: Speech) -> bool:
    """Whether all came over that the new version says otherwise than the old one.

    What the person changed as well stays as it is.
    """
    had, has, there = map(_by_key, (old, new, own))
    done = True
    for key in dict.fromkeys((*had, *has)):
        versions = had.get(key), there.get(key), has.get(key)
        before, mine, now = (canonical(each, names) for each, names in zip(versions, speech[:3], strict=True))
        if now in (before, mine):
            continue
        if key[0] == _TABS and mine != before:
            _each_stop(versions, own)
        elif key[0] in _MANIFOLD and mine != before:
            done &= _each_said(versions, own)
        elif mine == before:
            _exchange(own, versions[1], speech.fitted(versions[2]) if versions[2] is not None else None)
        else:
            done = False
    return done


def _by_key(properties: Properties) -> dict[tuple[str, str], etree._Element]:
    """The single properties by name; headers also by the pages they are for."""
    found = {} if properties is None else properties.iterchildren(etree.Element)
    return {
        (str(each.tag), each.get(w("type"), "") if each.tag in _REFERENCES else ""): each
        for each in found
        if each.tag not in _NONE
    }


def _exchange(own: etree._Element, known: Properties, new: Properties) -> None:
    if new is not None and known is not None:
        own.replace(known, new)
    elif new is not None:
        put_in_order(own, new)
    elif known is not None:
        own.remove(known)


def _each_stop(versions: tuple[Properties, Properties, Properties], own: etree._Element) -> None:
    """Take out the tab stops that the new version has no more and put in those that are new."""
    old, here, new = (
        {(each.get(_VALUE), each.get(w("pos"))): each for each in tabs} if tabs is not None else {} for tabs in versions
    )
    tabs = versions[1] if versions[1] is not None else put_in_order(own, etree.Element(_TABS))
    for stop in old.keys() & here.keys() - new.keys():
        tabs.remove(here[stop])
    tabs.extend(etree.fromstring(raw(new[stop])) for stop in sorted(new.keys() - old.keys() - here.keys(), key=str))
    tabs[:] = sorted(tabs, key=lambda each: int(each.get(w("pos"), "0")))


def _each_said(versions: tuple[Properties, Properties, Properties], own: etree._Element) -> bool:
    """Whether all came over that the new version says otherwise of a side or a script."""
    old, here, new = (dict(each.attrib) if each is not None else {} for each in versions)
    done = True
    known = versions[1]
    for key in dict.fromkeys((*old, *new)):
        before, mine, now = old.get(key), here.get(key), new.get(key)
        if now in (before, mine) or key in _NOTED:
            continue
        if mine != before:
            done = False
            continue
        if known is None:
            known = put_in_order(own, etree.Element(str(next(e.tag for e in versions if e is not None))))
        if now is None:
            del known.attrib[key]
        else:
            known.set(key, now)
    return done
