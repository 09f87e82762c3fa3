"""Pictures and notes that the template puts into a paragraph, or exchanges there, while its words stay as they are."""

from __future__ import annotations

from hashlib import sha256

from lxml import etree

from docgen.merge.graft import Graft
from docgen.merge.properties import raw
from docgen.merge.story import Paragraph
from docgen.word.names import target_of
from docgen.word.package import Package
from docgen.word.parts import OFFICE, parse, relationships_of
from docgen.word.text import FALLBACK, w

_SHOWN = frozenset(map(w, ("drawing", "pict", "object", "footnoteReference", "endnoteReference")))
_MEDIA = ("word/media/", "word/embeddings/", "word/charts/")


class Things:
    """The pictures and notes of the old and the new version of a file; `anew` says whether any may be another one."""

    def __init__(self, base: Package, theirs: Package, graft: Graft) -> None:
        self._packages, self._graft = (base, theirs), graft
        kept = [
            {part.name: part.data for part in package if part.name.startswith(_MEDIA)} for package in (base, theirs)
        ]
        self.anew = kept[0] != kept[1]
        self._targets: tuple[dict[str, str], dict[str, str]] = {}, {}

    def between(self, base: str, theirs: str) -> None:
        """From here on paragraphs are those of these parts of the two versions."""
        pairs = zip(self._packages, (base, theirs), strict=True)
        old, new = (_targets(package, name) for package, name in pairs)
        self._targets = old, new

    def changed(self, base: Paragraph, theirs: Paragraph) -> bool:
        """Whether the new version shows another picture in a paragraph, or has another number of notes in it."""
        if not self.anew and raw(base.element) == raw(theirs.element):
            return False
        return self._of(base, 0) != self._of(theirs, 1)

    def exchange(self, mine: Paragraph, theirs: Paragraph) -> bool:
        """Whether the paragraph could be put in the place of the person's, which nobody had touched."""
        try:
            new = self._graft.fitted(theirs.element)
        except ValueError:
            return False
        parent = mine.element.getparent()
        assert parent is not None
        parent.replace(mine.element, new)
        mine.element = new
        return True

    def _of(self, paragraph: Paragraph, version: int) -> list[tuple[str, ...]]:
        return [(str(each.tag), *self._related(each, version)) for each in _shown(paragraph.element)]

    def _related(self, thing: etree._Element, version: int) -> list[str]:
        package, targets = self._packages[version], self._targets[version]
        found = []
        for each in thing.iter(etree.Element):
            for name, value in each.attrib.items():
                if str(name).startswith(f"{{{OFFICE}}}"):
                    target = targets.get(str(value), "")
                    found.append(sha256(package[target]).hexdigest() if target in package else target)
        return found


def _shown(paragraph: etree._Element) -> list[etree._Element]:
    found = (each for each in paragraph.iter(*_SHOWN) if next(each.iterancestors(FALLBACK), None) is None)
    return [each for each in found if next(each.iterancestors(w("p"))) is paragraph]


def _targets(package: Package, owner: str) -> dict[str, str]:
    """The names of the parts, or the addresses, that a part refers to, by id."""
    name = relationships_of(owner)
    relations = parse(package[name]) if name in package else ()
    return {
        each.get("Id", ""): each.get("Target", "") if each.get("TargetMode") == "External" else target_of(owner, each)
        for each in relations
    }
