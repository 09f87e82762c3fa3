"""Which fields a kit speaks of: those its templates print or test, and those it requires."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from docgen.contract.kit import Kit
from docgen.contract.shape import shape_at

_TAG: Final = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”")
_CHAIN: Final = re.compile(r"(?<![\w.])[a-z_]\w*(?:\[[^\[\]]*\])*(?:\.[a-z_]\w*(?:\[[^\[\]]*\])*)*", re.ASCII)
_FOR: Final = re.compile(r"^(?:p|tr|tc|r)?\s*for\s+(\w+)\s+in\s+(.*)$", re.DOTALL)
_SET: Final = re.compile(r"^(?:p|tr|tc|r)?\s*set\s+(\w+)\s*=\s*(.*)$", re.DOTALL)
_TEXT_PART: Final = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def used_paths(kit: Kit) -> frozenset[str]:
    """The paths of all fields that the kit's documents use or that it requires, with [] for every entry."""
    names = {document.item: f"{document.each}[]" for document in kit.documents if document.item}
    scan = _Scan(kit, names)
    for document in kit.documents:
        scan.expression(" ".join(filter(None, (document.each, document.when, document.record))))
        scan.tags(document.title)
        scan.tags(template_text(kit.folder / document.template))
    for block in kit.blocks.values():
        scan.tags(template_text(block))
    return frozenset(scan.found | set(kit.required))


def record_paths(kit: Kit) -> frozenset[str]:
    """The paths that turn a document into a record; a new contract leaves them out."""
    scan = _Scan(kit, {})
    for document in kit.documents:
        scan.expression(document.record or "")
    return frozenset(scan.found)


def template_text(path: Path) -> str:
    """The text of a Word template, headers and footers included, so that tags split over runs are whole again."""
    from docgen.word.package import read_package
    from docgen.word.parts import parse
    from docgen.word.text import paragraphs, visible_text

    package = read_package(path.read_bytes(), path.name)
    roots = (parse(part.data) for part in package if _TEXT_PART.fullmatch(part.name))
    return "\n".join(visible_text(paragraph) for root in roots for paragraph in paragraphs(root))


class _Scan:
    """The fields found so far, and what the names of loops and assignments stand for."""

    def __init__(self, kit: Kit, names: dict[str, str]) -> None:
        self._shape = kit.shape
        self._names = names
        self.found: set[str] = set()

    def tags(self, text: str) -> None:
        """Note the fields in every tag of a text."""
        for match in _TAG.finditer(text):
            inside = match[1].strip(" -")
            named = _FOR.match(inside) or _SET.match(inside)
            self.expression(named[2] if named else inside)
            if named:
                self._name(named[1], named[2], entry="for" in inside.split("=")[0])

    def expression(self, text: str) -> None:
        """Note the fields of an expression."""
        self.found.update(self._paths(text))

    def _name(self, name: str, expression: str, *, entry: bool) -> None:
        """Remember what a loop's or an assignment's name stands for; nothing when that is no field."""
        path = next(self._paths(expression), None)
        self._names.pop(name, None)
        if path is not None:
            self._names[name] = f"{path}[]" if entry else path

    def _paths(self, text: str) -> Iterator[str]:
        plain = re.sub(r"\btable\([^()]*\)", "indicator_tables[0]", _QUOTED.sub('""', text))
        for match in _CHAIN.finditer(plain):
            path = re.sub(r"\[[^\[\]]*\]", "[]", match[0])
            head = re.split(r"[.\[]", path, maxsplit=1)[0]
            yield from self._known(self._names.get(head, head) + path[len(head) :])

    def _known(self, path: str) -> Iterator[str]:
        """The path, cut back to the part of it that is in the data (plan.annex_label is not)."""
        while path and shape_at(self._shape, path) is None:
            path = path.rpartition(".")[0]
        if path:
            yield path
