"""The paragraphs and tables of a part as a tree, so that two versions can be held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from docgen.merge.align import text_likeness
from docgen.merge.words import Span
from docgen.word.fields import page_numbers
from docgen.word.sight import Sight
from docgen.word.text import CELL, FALLBACK, PARAGRAPH, ROW, TABLE, TEXT_BOX, paragraphs, stretches, w

_CONTENT = w("sdtContent")
_THROUGH = frozenset({w("sdt"), _CONTENT, w("customXml"), w("ins"), w("moveTo"), w("smartTag")})
# What is left of the likeness of two rows that have not the same number of cells.
_OTHER_CELLS = 0.75
_NOTES = frozenset({w("footnotes"), w("endnotes")})

Values = Mapping[tuple[str, int], Sequence[Span]]


@dataclass(eq=False)
class Paragraph:
    """A paragraph: its element, its visible text, where values stand in it, and the text boxes that hang on it.

    Several that are one in another version are one here: `parts` are they, `element` that of the last one.
    """

    element: etree._Element
    text: str
    values: Sequence[Span] = ()
    boxes: list[list[Node]] = field(default_factory=list)
    parts: tuple[Paragraph, ...] = ()

    @property
    def pieces(self) -> tuple[Paragraph, ...]:
        """The paragraphs of which it is made: most often it alone."""
        return self.parts or (self,)

    @cached_property
    def key(self) -> object:
        """What is equal in two versions that nobody changed."""
        return (self.text, tuple(node.key for box in self.boxes for node in box))


@dataclass(eq=False)
class Cell:
    """A table cell: its element, what is in it, and over how many columns it goes."""

    element: etree._Element
    nodes: list[Node]

    @cached_property
    def key(self) -> object:
        """What is equal in two versions that nobody changed."""
        return tuple(node.key for node in self.nodes)

    @cached_property
    def text(self) -> str:
        """The text of the cell, a line for each paragraph."""
        return "\n".join(said(self.nodes))


@dataclass(eq=False)
class Row:
    """A table row: its element and its cells."""

    element: etree._Element
    cells: list[Cell]

    @cached_property
    def key(self) -> object:
        """What is equal in two versions that nobody changed."""
        return tuple(cell.key for cell in self.cells)

    @cached_property
    def text(self) -> str:
        """The text of all cells, a tab between two."""
        return "\t".join(cell.text for cell in self.cells)


@dataclass(eq=False)
class Table:
    """A table: its element and its rows."""

    element: etree._Element
    rows: list[Row]

    @cached_property
    def key(self) -> object:
        """What is equal in two versions that nobody changed."""
        return ("table", *(row.key for row in self.rows))

    @cached_property
    def text(self) -> str:
        """The text of all rows, one line each."""
        return "\n".join(row.text for row in self.rows)


Node = Paragraph | Table


class Story:
    """One part of a Word file: its root and what stands in it, in order."""

    def __init__(self, root: etree._Element, name: str, sight: Sight, values: Values) -> None:
        self.root, self.name, self.sight = root, name, sight
        self._places = {element: number for number, element in enumerate(paragraphs(root))}
        self._values = values

    def containers(self) -> list[etree._Element]:
        """What holds the blocks of the part: the body, the header itself, each note in its order."""
        body = self.root.find(w("body"))
        if body is not None:
            return [body]
        if self.root.tag in _NOTES:
            return [note for note in self.root if note.get(w("type"), "normal") == "normal"]
        return [self.root]

    def held(self) -> list[list[Node]]:
        """The blocks of each container."""
        return [self.nodes(container) for container in self.containers()]

    def nodes(self, container: etree._Element) -> list[Node]:
        """The paragraphs and tables of a body, cell, header, note or text box; content controls are seen through."""
        return list(self._nodes(container))

    def _nodes(self, container: etree._Element) -> Iterator[Node]:
        for child in container:
            if child.tag == PARAGRAPH:
                yield self._paragraph(child)
            elif child.tag == TABLE:
                yield Table(child, [self._row(row) for row in _inner(child, ROW)])
            elif child.tag in _THROUGH:
                yield from self._nodes(child)

    def _paragraph(self, element: etree._Element) -> Paragraph:
        text = "".join(stretch.text for stretch in self.sight.stretches(element))
        values = self._values.get((self.name, self._places.get(element, -1)), ())
        boxes = [self.nodes(box) for box in element.iter(TEXT_BOX) if _hangs_on(box, element)]
        return Paragraph(element, text, values, boxes)

    def _row(self, element: etree._Element) -> Row:
        return Row(element, [Cell(cell, self.nodes(cell)) for cell in _inner(element, CELL)])


def only_pages_moved(one: Paragraph, other: Paragraph) -> bool:
    """Whether two paragraphs say the same but for numbers of pages, which nobody typed."""
    return _steady(one.element) == _steady(other.element)


def _steady(paragraph: etree._Element) -> str:
    counted = page_numbers(paragraph)
    return "".join(stretch.text for stretch in stretches(paragraph) if stretch.element not in counted)


def said(nodes: Sequence[Node]) -> Iterator[str]:
    """The text of the nodes, paragraph by paragraph and row by row."""
    for node in nodes:
        yield node.text


def node_likeness(one: Node, other: Node) -> float:
    """How alike two nodes are: a table is never like a paragraph."""
    if type(one) is not type(other):
        return -1.0
    if isinstance(one, Paragraph) and not (one.text and other.text):
        return 0.5 if one.text == other.text else 0.0
    return text_likeness(one.text, other.text)


def row_likeness(one: Row, other: Row) -> float:
    """How alike two rows are: by the cells that are equal, else by their text."""
    if len(one.cells) != len(other.cells):
        return text_likeness(one.text, other.text) * _OTHER_CELLS
    alike = [_cell_likeness(mine, yours) for mine, yours in zip(one.cells, other.cells, strict=True)]
    weighed = [(value, weight) for value, weight in alike if weight]
    return sum(value * weight for value, weight in weighed) / max(sum(weight for _, weight in weighed), 1)


def _cell_likeness(one: Cell, other: Cell) -> tuple[float, float]:
    """How alike two cells are, and what that counts for: little where it is a number, nothing where both are empty."""
    mine, yours = one.text, other.text
    longer = max(len(mine), len(yours))
    return text_likeness(mine, yours), min(longer, 12) if longer else 0


def _inner(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those inside content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _inner(child, tag)


def _hangs_on(box: etree._Element, paragraph: etree._Element) -> bool:
    """Whether a text box hangs on this very paragraph, and is no second copy for old programs."""
    for ancestor in box.iterancestors(PARAGRAPH, FALLBACK):
        return ancestor is paragraph
    return False
