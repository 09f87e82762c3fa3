"""A Word file opened to be held against others: each part is parsed once, for all who look at it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from types import MappingProxyType

from lxml import etree

from docgen.merge.story import Story, Values
from docgen.word.names import BODY, target_of, usual_package
from docgen.word.package import Package
from docgen.word.parts import OFFICE, parse, relationships_of
from docgen.word.sight import Sight, sight_in
from docgen.word.text import paragraphs, part_name, visible_text, w

_SECTION = w("sectPr")
_REFERENCES = (w("headerReference"), w("footerReference"))
_ID, _TYPE = f"{{{OFFICE}}}id", w("type")
_NO_VALUES: Values = MappingProxyType({})

Place = tuple[int, str, str]


class Opened:
    """A Word file: its package, the trees of its parts, what its sections show at their edges.

    The trees are there to be read; whoever changes one has a file of its own for it.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self._roots: dict[str, etree._Element] = {}
        self._texts: dict[str, str] = {}

    @cached_property
    def headers(self) -> tuple[tuple[Place, str], ...]:
        """The headers and footers by section, kind and the pages that they are for, and their names."""
        return tuple(self._headers())

    @cached_property
    def sections(self) -> int:
        """How many sections the file has."""
        return sum(1 for _ in self.root(BODY).iter(_SECTION))

    @cached_property
    def sight(self) -> Sight:
        """What tells the seen characters of the file from the hidden ones."""
        return sight_in(self.package)

    def root(self, name: str) -> etree._Element:
        """The tree of a part."""
        if name not in self._roots:
            self._roots[name] = parse(self.package[name])
        return self._roots[name]

    def roots(self) -> Iterator[tuple[str, etree._Element]]:
        """The names of the parts that somebody has asked for, and their trees."""
        yield from self._roots.items()

    def text(self, name: str) -> str:
        """The visible text of a part, a line for each paragraph, as it is when it is first asked for."""
        if name not in self._texts:
            self._texts[name] = "\n".join(map(visible_text, paragraphs(self.root(name))))
        return self._texts[name]

    def story(self, name: str, values: Values = _NO_VALUES) -> Story:
        """A part as paragraphs and tables; `values` are those that stand in the file."""
        return Story(self.root(name), part_name(name), self.sight, values)

    def _headers(self) -> Iterator[tuple[Place, str]]:
        relations = relationships_of(BODY)
        if relations not in self.package:
            return
        targets = {each.get("Id"): target_of(BODY, each) for each in parse(self.package[relations])}
        for number, section in enumerate(self.root(BODY).iter(_SECTION)):
            for reference in section.iterchildren(*_REFERENCES):
                name = targets.get(reference.get(_ID))
                if name is not None and name in self.package:
                    yield (number, reference.tag, reference.get(_TYPE, "default")), name


def opened(data: bytes) -> Opened:
    """The Word file in `data`, its parts named as everybody looks for them."""
    return Opened(usual_package(data))
