"""What a Word file says once for all of it: styles, how lists are numbered; brought into the person's file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from lxml import etree

from docgen.merge.carry import NUMBERING
from docgen.merge.graft import Graft, list_of
from docgen.merge.numbered import lists_in
from docgen.merge.properties import Names, Properties, Speech, canonical, follow, follow_in, raw
from docgen.merge.styles import name_of, named, styles_in
from docgen.word.bind.settings import differences, has_even_pages, set_even_pages
from docgen.word.package import Package
from docgen.word.parts import parse, serialize
from docgen.word.sight import STYLE
from docgen.word.text import w

_ID, _TYPE, _VALUE = w("styleId"), w("type"), w("val")
_KINDS: Final = tuple(map(w, ("pPr", "rPr", "tblPr", "trPr", "tcPr")))
_DEFAULTS: Final = w("docDefaults")
_ALL: Final = ((w("rPrDefault"), w("rPr")), (w("pPrDefault"), w("pPr")))
_PART: Final = w("tblStylePr")
_NUMBER, _ABSTRACT, _LEVEL = w("num"), w("abstractNum"), w("lvl")
_NUMBER_ID, _ABSTRACT_ID, _DEPTH = w("numId"), w("abstractNumId"), w("ilvl")

_SETTINGS, _THEME = "word/settings.xml", "word/theme/theme1.xml"

Packages = tuple[Package, Package, Package]


class Definitions:
    """The styles and lists of three versions of a file; `left` is what could not be brought over, for a clerk.

    `numbered_anew` says whether lists of the new version may be numbered otherwise than those of the old one.
    """

    def __init__(self, packages: Packages, graft: Graft) -> None:
        self._packages, self._graft = packages, graft
        self._old = styles_in(packages[0])
        styles = self._old, graft.styles.own, graft.styles.theirs
        lists = lists_in(packages[0]), lists_in(packages[1]), lists_in(packages[2], packages[0])
        old, own, new = (Names(named(root), kinds) for root, kinds in zip(styles, lists, strict=True))
        self.speech = Speech(old, own, new, self._fitted)
        listed = all(NUMBERING in package for package in packages)
        self.numbered_anew = listed and packages[0][NUMBERING] != packages[2][NUMBERING]
        self._lists = Counter[tuple[str, str, str]]()
        self.left: list[str] = []

    def learn(self, base: etree._Element, mine: etree._Element, theirs: etree._Element) -> None:
        """Remember in which lists of the three versions one paragraph stands."""
        old, own, new = map(list_of, (base, mine, theirs))
        if old is not None and new is not None and self.speech.old.lists.get(old) != self.speech.new.lists.get(new):
            # A clause that the template moved into another list does not tell which one that is.
            return
        self._graft.learn(theirs, mine)
        if old is not None and own is not None and new is not None:
            self._lists[old, own, new] += 1

    def follow(self) -> None:
        """Bring over what the new version says otherwise of styles and lists."""
        if raw(self._old) != raw(self._graft.styles.theirs):
            self._styles()
        if self.numbered_anew:
            self._numbering()
        self._settings()
        self._theme()

    def _fitted(self, each: etree._Element) -> etree._Element | None:
        """A property made fit for the person's file; None where there is nothing for it to refer to."""
        around = etree.Element(w("pPr"))
        around.append(etree.fromstring(raw(each)))
        try:
            return next(iter(self._graft.fitted(around)), None)
        except ValueError:
            return None

    def _styles(self) -> None:
        old, new, own = (_by_name(root) for root in (self._old, self._graft.styles.theirs, self._graft.styles.own))
        for name, style in new.items():
            if name not in old:
                self._graft.styles.brought(style.get(_ID, ""))
            elif name in own and raw(old[name]) != raw(style):
                self.learn(old[name], own[name], style)
                if not self._style(old[name], own[name], style):
                    said = f"模板改了样式“{name_of(style)}”，而这份文件里的这个样式手工改过，没有并入。"
                    self.left.append(said)
        if not self._defaults():
            self.left.append("模板改了全文默认的字体或段落格式，而这份文件里的手工改过，没有并入。")

    def _style(self, old: etree._Element, own: etree._Element, new: etree._Element) -> bool:
        """Whether all came over that a style says otherwise."""
        done = self._follow_each(_KINDS, old, own, new)
        parts = [{each.get(_TYPE, ""): each for each in style.iterchildren(_PART)} for style in (old, own, new)]
        for kind in dict.fromkeys((*parts[0], *parts[2])):
            done &= self._part(own, parts[0].get(kind), parts[1].get(kind), parts[2].get(kind))
        return done

    def _part(self, style: etree._Element, old: Properties, own: Properties, new: Properties) -> bool:
        """Whether a part of a table, such as its first row, looks as the new version of its style has it."""
        before, mine, now = (
            canonical(each, names) for each, names in zip((old, own, new), self.speech[:3], strict=True)
        )
        if now in (before, mine):
            return True
        if mine != before:
            return False
        if own is not None:
            style.remove(own)
        if new is not None:
            style.append(etree.fromstring(raw(new)))
        return True

    def _defaults(self) -> bool:
        """Whether all came over that the new version says otherwise of text without a style."""
        roots = self._old, self._graft.styles.own, self._graft.styles.theirs
        own = roots[1].find(_DEFAULTS)
        done = True
        for around, kind in _ALL:
            old, new = (root.find(f"{_DEFAULTS}/{around}/{kind}") for root in (roots[0], roots[2]))
            owner = own.find(around) if own is not None else None
            if owner is not None:
                done &= follow_in(kind, old, owner, new, self.speech)
            else:
                done &= raw(old) == raw(new)
        return done

    def _numbering(self) -> None:
        old, new = (parse(package[NUMBERING]) for package in (self._packages[0], self._packages[2]))
        known = self._graft.carrier.now(NUMBERING)
        assert known is not None
        own = parse(known)
        seen: set[str] = set()
        # A clause may have come into another list; what most of them stand in is the same one.
        for (before, number, now), _ in self._lists.most_common():
            abstract = _abstract(own, number)
            if abstract is not None and abstract.get(_ABSTRACT_ID, "") not in seen:
                seen.add(abstract.get(_ABSTRACT_ID, ""))
                self._levels(_abstract(old, before), abstract, _abstract(new, now))
        changed = serialize(own)
        if changed != serialize(parse(known)):
            self._graft.carrier.put(NUMBERING, "numbering", changed)

    def _levels(self, old: etree._Element | None, own: etree._Element, new: etree._Element | None) -> None:
        before, mine, now = (
            {each.get(_DEPTH): each for each in abstract.iterchildren(_LEVEL)} if abstract is not None else {}
            for abstract in (old, own, new)
        )
        for depth in before.keys() & mine.keys() & now.keys():
            versions = before[depth], mine[depth], now[depth]
            if raw(versions[0]) != raw(versions[2]) and not self._level(*versions):
                text = versions[2].find(w("lvlText"))
                said = text.get(_VALUE, "") if text is not None else ""
                self.left.append(f"模板改了编号“{said}”的写法，而这份文件里的手工改过，没有并入。")

    def _level(self, old: etree._Element, own: etree._Element, new: etree._Element) -> bool:
        done = follow(old, own, new, self.speech)
        return self._follow_each(_KINDS[:2], old, own, new) and done

    def _follow_each(self, kinds: Sequence[str], old: etree._Element, own: etree._Element, new: etree._Element) -> bool:
        """Whether all came over of each kind of properties."""
        done = True
        for kind in kinds:
            done &= follow_in(kind, old.find(kind), own, new.find(kind), self.speech)
        return done

    def _settings(self) -> None:
        """Let even pages have headers of their own where the template now wants it; say what else it sets otherwise."""
        old, own, new = (parse(each[_SETTINGS]) if _SETTINGS in each else None for each in self._packages)
        left = [name for name in differences(new, old) if name in differences(new, own)]
        even = [has_even_pages(each) for each in (old, own, new)]
        if even[0] != even[2] != even[1]:
            if even[2] and own is not None:
                set_even_pages(own)
                self._graft.carrier.put(_SETTINGS, "settings", serialize(own))
            else:
                left.append("奇偶页页眉页脚不同")
        if left:
            self.left.append(f"模板改了整份文件的设置，没有并入：{'、'.join(left)}。")

    def _theme(self) -> None:
        """Take over the fonts and colours that the template gives the whole file."""
        old, own, new = (each[_THEME] if _THEME in each else b"" for each in self._packages)  # noqa: SIM401
        if new in (old, own):
            return
        if own == old and own and new:
            self._graft.carrier.put(_THEME, "theme", new)
        else:
            self.left.append("模板改了主题字体或颜色，而这份文件里的手工改过，没有并入。")


def _by_name(root: etree._Element) -> dict[str, etree._Element]:
    names = named(root)
    return {names[style.get(_ID, "")]: style for style in root.iterchildren(STYLE)}


def _abstract(numbering: etree._Element, number: str) -> etree._Element | None:
    """How a list is numbered."""
    uses = (each for each in numbering.iterchildren(_NUMBER) if each.get(_NUMBER_ID) == number)
    said = next((each.find(_ABSTRACT_ID) for each in uses), None)
    identity = said.get(_VALUE) if said is not None else None
    return next((each for each in numbering.iterchildren(_ABSTRACT) if each.get(_ABSTRACT_ID) == identity), None)
