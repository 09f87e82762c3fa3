"""Automatic numbers of Word paragraphs, as a reader sees them: 第四条, 4.1, （一）.

Word counts by list definition, not by list: all lists of one definition go on counting together, and a list begins
anew where it says so itself. A level that was skipped counts as begun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from docgen.reading.word_numbers import written
from docgen.reading.word_styles import Styles
from docgen.word.text import w

_PLACE: Final = re.compile(r"%([1-9])")
_LEVELS: Final = 9
_UNCOUNTED: Final = (None,) * _LEVELS
_LONGEST: Final = 100
_FIGURES: Final = re.compile(r"\d{1,6}")
_VALUE: Final = w("val")
_ID, _PLACE_IN_LIST = w("numId"), w("ilvl")
_FORMAT, _START, _RESTART, _TEXT = w("numFmt"), w("start"), w("lvlRestart"), w("lvlText")
_LEVEL: Final = w("lvl")
_LEGAL, _STYLE = w("isLgl"), w("pStyle")
_LOOKS: Final = frozenset({w("pPr"), w("rPr")})  # how a number looks, which stands last
_OFF: Final = ("0", "false", "off", "none")
# The pattern of a custom format is an example of its first numbers.
_CUSTOM: Final = {"001, 002, 003, ...": 3, "0001, 0002, 0003, ...": 4, "00001, 00002, 00003, ...": 5}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    text: str = ""
    kind: str = "decimal"
    start: int = 1
    legal: bool = False
    restart: int | None = None  # after which level it begins anew: 0 never, n after level n; None after any above
    style: str = ""
    width: int = 0

    def written(self, number: int, *, legal: bool) -> str:
        """A number of this level; where the level that shows it is legal, in plain figures."""
        if self.width and not legal:
            return f"{number:0{self.width}}"
        return written(number, "decimal" if legal and self.kind not in ("none", "bullet") else self.kind)


@dataclass(slots=True)
class Levels:
    """The nine levels of a list, each read when it is first asked for."""

    elements: Mapping[int, etree._Element]
    changed: Mapping[int, etree._Element]
    restarts: bool  # whether any of them says when it begins anew
    known: dict[int, Level] = field(default_factory=dict)

    def __getitem__(self, index: int) -> Level:
        if index not in self.known:
            own, changed = self.elements.get(index), self.changed.get(index)
            level = Level() if own is None else _level(own, Level())
            self.known[index] = level if changed is None else _level(changed, level)
        return self.known[index]


@dataclass(frozen=True, slots=True)
class Numbered:
    """One list: the definition it counts with, its levels, and where it begins anew itself."""

    definition: str
    levels: Levels
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and how far each has counted in the part that is being read."""

    styles: Styles
    load: Callable[[], Lists]
    lists: Lists | None = None
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def anew(self) -> Numbering:
        """The same lists for another part, where nothing has been counted yet."""
        return Numbering(self.styles, self.load, self.lists)

    def number(self, style: str, own: etree._Element | None) -> str:
        """The number of the next paragraph, given its style and its own w:numPr; empty where it has none."""
        if self.lists is None:
            self.lists = self.load()
        name, level = self._list_of(style, own)
        numbered = self.lists.get(name)
        if numbered is None:
            return ""
        if level is None:
            linked = (n for n in range(_LEVELS) if style and numbered.levels[n].style == style)
            level = next(linked, 0)
        return self._counted(name, numbered, min(level, _LEVELS - 1))

    def _list_of(self, style: str, own: etree._Element | None) -> tuple[str, int | None]:
        name, level = list_and_level(own)
        inherited = self.styles.numbering(style)
        if name is None:
            name = inherited[0]
            level = inherited[1] if level is None else level
        elif level is None:
            level = 0
        return name or "", level

    def _counted(self, name: str, numbered: Numbered, level: int) -> str:
        counts = self.counts.setdefault(numbered.definition, list(_UNCOUNTED))
        own, before = numbered.levels[level], counts[level]
        begins = numbered.starts.get(level)
        if begins is not None and (name, level) not in self.begun:
            counts[level] = begins
        else:
            counts[level] = (own.start if begins is None else begins) if before is None else before + 1
        self.begun.add((name, level))
        for above in range(level):
            if counts[above] is None:
                counts[above] = numbered.starts.get(above, numbered.levels[above].start)
        if not numbered.levels.restarts:
            counts[level + 1 :] = _UNCOUNTED[level + 1 :]
            return _shown(numbered.levels, level, counts)
        for below in range(level + 1, _LEVELS):
            restart = numbered.levels[below].restart
            if restart is None or level < restart:
                counts[below] = None
        return _shown(numbered.levels, level, counts)


def _shown(levels: Levels, level: int, counts: list[int | None]) -> str:
    own = levels[level]
    if own.kind == "bullet":
        return ""

    def place(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        count = counts[index]
        return "" if count is None else levels[index].written(count, legal=own.legal)

    return _PLACE.sub(place, own.text).strip()


def list_and_level(numbering: etree._Element | None) -> tuple[str | None, int | None]:
    """The list and the level that a w:numPr names; None for what it leaves open."""
    name, level = None, None
    for child in () if numbering is None else numbering:
        if child.tag == _ID:
            name = child.get(_VALUE)
        elif child.tag == _PLACE_IN_LIST:
            level = _figure(child)
    return name, level


@dataclass(slots=True)
class Lists:
    """The lists of a file, from its part numbering.xml, each read when a paragraph first belongs to it."""

    styles: Styles
    definitions: Mapping[str, etree._Element] = field(default_factory=dict)
    numbers: Mapping[str, etree._Element] = field(default_factory=dict)
    levels: dict[str, dict[int, etree._Element]] = field(default_factory=dict)
    known: dict[str, Numbered | None] = field(default_factory=dict)

    def get(self, name: str) -> Numbered | None:
        """The list with that id, None where there is none."""
        if name not in self.known:
            self.known[name] = self._read(name)
        return self.known[name]

    def _read(self, name: str) -> Numbered | None:
        number = self.numbers.get(name)
        definition = None if number is None else _definition(number, self.definitions, self.numbers, self.styles)
        if number is None or definition is None or name == "0":
            return None
        if definition not in self.levels:
            self.levels[definition] = _levels(self.definitions[definition])
        restarts = next(self.definitions[definition].iter(_RESTART), None) is not None
        return _numbered(number, definition, self.levels[definition], restarts=restarts)


def read_lists(root: etree._Element | None, styles: Styles) -> Lists:
    """The lists of a file, from its part numbering.xml."""
    if root is None:
        return Lists(styles)
    definitions = {each.get(w("abstractNumId"), ""): each for each in root.iterchildren(w("abstractNum"))}
    return Lists(styles, definitions, {each.get(_ID, ""): each for each in root.iterchildren(w("num"))})


def _definition(
    number: etree._Element,
    definitions: Mapping[str, etree._Element],
    numbers: Mapping[str, etree._Element],
    styles: Styles,
) -> str | None:
    """The definition that a list counts with; one that only points to a list style gives that style's."""
    for _ in range(_LEVELS):
        pointer = number.find(w("abstractNumId"))
        name = "" if pointer is None else pointer.get(_VALUE, "")
        definition = definitions.get(name)
        if definition is None:
            return None
        link = definition.find(w("numStyleLink"))
        following = None if link is None else numbers.get(styles.numbering(link.get(_VALUE, ""))[0] or "")
        if following is None or following is number:
            return name
        number = following
    return None


def _levels(definition: etree._Element) -> dict[int, etree._Element]:
    found: dict[int, etree._Element] = {}
    for element in definition.iterchildren(_LEVEL):
        index = _figure(element, _PLACE_IN_LIST)
        if index is not None and index < _LEVELS:
            found[index] = element
    return found


def _numbered(
    number: etree._Element, definition: str, levels: Mapping[int, etree._Element], *, restarts: bool
) -> Numbered:
    starts: dict[int, int] = {}
    changed: dict[int, etree._Element] = {}
    for override in number.iterchildren(w("lvlOverride")):
        index = _figure(override, _PLACE_IN_LIST)
        if index is None or index >= _LEVELS:
            continue
        for child in override:
            if child.tag == _LEVEL:
                changed[index] = child
                restarts = True
            elif child.tag == w("startOverride"):
                starts[index] = _figure(child) or 0
    return Numbered(definition, Levels(levels, changed, restarts), starts)


def _level(element: etree._Element, base: Level) -> Level:
    given: dict[str, str] = {}
    for child in element:
        given[child.tag] = child.get(_VALUE, "")
        if child.tag in _LOOKS:
            break
        # A custom format stands in an AlternateContent, beside a plain one for older programs.
        for custom in child.iter(_FORMAT) if len(child) else ():
            given.setdefault(_FORMAT, custom.get(_VALUE, ""))
            given.setdefault("format", custom.get(w("format"), ""))
    start, restart, legal = given.get(_START, ""), given.get(_RESTART, ""), given.get(_LEGAL)
    return Level(
        text=given.get(_TEXT, base.text)[:_LONGEST],
        kind=given.get(_FORMAT, base.kind),
        start=int(start) if _FIGURES.fullmatch(start) else base.start if base.text else 0,
        legal=base.legal if legal is None else legal not in _OFF,
        restart=int(restart) if _FIGURES.fullmatch(restart) else base.restart,
        style=given.get(_STYLE, base.style),
        width=_CUSTOM.get(given.get("format", ""), 0),
    )


def _figure(element: etree._Element, attribute: str = _VALUE) -> int | None:
    value = element.get(attribute, "")
    return int(value) if _FIGURES.fullmatch(value) else None
