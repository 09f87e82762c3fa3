"""Word files as Readings: everything a person sees, in reading order, with its part, its cell, its number and a label.

Read is .docx, .docm, .dotx, .dotm and Strict Open XML alike. Headers and footers are those that some section shows,
notes those that the text refers to. Nothing is run, fetched or guessed: what is no text is named as unread.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from lxml import etree

from docgen.errors import InputError
from docgen.reading.document import Block, Cell, Reading
from docgen.reading.headings import Headings, numbered
from docgen.reading.once import once_per_part
from docgen.reading.word_numbering import Numbering, read_lists
from docgen.reading.word_rows import plain_paragraph, special_paragraphs
from docgen.reading.word_source import Source, body_of, open_source
from docgen.reading.word_stories import Story, notes_in, stories, story_of
from docgen.reading.word_styles import Manner, Styles, essential, read_styles
from docgen.reading.word_tables import grid
from docgen.reading.word_unread import COVERED, HIDDEN, INSERTED, Unread
from docgen.word.sight import Aside, Sight, sight_of
from docgen.word.text import FALLBACK, PARAGRAPH, TABLE, part_name, w

BODY: Final = "body"
_MOST_BLOCKS: Final = 400_000
_LONGEST: Final = 1_000_000
_STYLE, _NUMBERING, _SECTION, _MARK = w("pStyle"), w("numPr"), w("sectPr"), w("rPr")
_VALUE: Final = w("val")
_GONE: Final = frozenset({w("del"), w("moveFrom")})
_NO_MARK: Final = _GONE | {w("vanish")}
_SILENT: Final = frozenset({FALLBACK, w("tcPr"), w("tblPr"), w("tblGrid"), w("trPr"), w("sdtPr"), _SECTION})
_INSERTED: Final = w("altChunk")


def read_word(data: bytes, file: str) -> Reading:
    """The Reading of a Word file: body first, then headers, footers and notes.

    Raises InputError where the file is no Word file, is damaged, or cannot be read without harm.
    """
    # Reading makes thousands of objects that stay; looking for garbage among them takes a tenth of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(open_source(data, file))
    finally:
        if collecting:
            gc.enable()


def _read(source: Source) -> Reading:
    relations = source.relations(source.main)
    style_root = source.optional(relations, "styles", essential)
    styles, sight = _styles(style_root)
    numbering = Numbering(styles, cache(lambda: read_lists(source.optional(relations, "numbering"), styles)))
    shelf = _Shelf(source.file, sight, styles, numbering)
    hidden = sight.hidden_styles
    body = story_of(source, source.main, "", hidden)
    shelf.read(replace(body, name=BODY, root=body_of(source, body.root)))
    shelf.unread.note_external(relations.values())
    for story in stories(source, relations, shelf.sections, notes_in(body.root), hidden):
        shelf.read(story)
        shelf.unread.note_external(source.relations(story.name).values())
    if any(relation.kind == "vbaProject" for relation in relations.values()):
        shelf.unread.other.append("宏（VBA 程序）：没有运行，也没有读取")
    return Reading(source.file, tuple(shelf.blocks), shelf.unread.told())


@once_per_part
def _styles(root: etree._Element | None) -> tuple[Styles, Sight]:
    return read_styles(root), sight_of(root)


@dataclass(slots=True)
class _Where:
    """What a paragraph stands in: a cell, a label that is not the headings', text that is gone; it never changes."""

    cell: Cell | None = None
    label: str | None = None
    gone: bool = False


@dataclass(slots=True)
class _Shelf:
    """The blocks read so far, and what holds for the whole file."""

    file: str
    sight: Sight
    styles: Styles
    numbering: Numbering
    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    sections: list[etree._Element] = field(default_factory=list)
    unread: Unread = field(default_factory=Unread)

    def read(self, story: Story) -> None:
        """Read one part, or of a part with notes the notes that are shown."""
        sight = self.sight if story.hiding else Sight(hiding=False)
        special = special_paragraphs(story.root, sight.hidden_styles)
        part = _Part(part_name(story.name), self, sight, self.numbering.anew(), special)
        if story.notes is None:
            part.children(story.root, _Where(label=story.label or None))
            return
        for note in story.root:
            label = story.notes.get(note.get(w("id"), ""))
            if label is None:
                part.skip(note)
            else:
                part.children(note, _Where(label=label))


@dataclass(slots=True)
class _Part:
    """One pass over a part, in reading order."""

    name: str
    shelf: _Shelf
    sight: Sight
    numbering: Numbering
    special: set[etree._Element]
    position: int = 0
    headings: Headings = field(default_factory=Headings)

    def children(self, element: etree._Element, where: _Where) -> None:
        """Read what stands in an element that holds paragraphs and tables."""
        for child in element:
            tag = child.tag
            if tag == PARAGRAPH:
                self._paragraph(child, where)
            elif tag == TABLE:
                self._table(child, where)
            elif tag in _SILENT:
                if tag == _SECTION:
                    self.shelf.sections.append(child)
            elif tag in _GONE:
                self.children(child, replace(where, gone=True))
            elif tag == _INSERTED:
                self.shelf.unread.note(INSERTED, where.label or "")
            elif len(child):
                self.children(child, where)

    def skip(self, element: etree._Element) -> str:
        """Pass over an element that nobody sees, its paragraphs counted; their text."""
        texts = []
        for paragraph in _paragraphs(element):
            self.position += 1
            texts.append(self.sight.look(paragraph).text)
        return " ".join(texts)

    def _paragraph(self, paragraph: etree._Element, where: _Where) -> None:
        if paragraph not in self.special and not where.gone:
            self._plain(*plain_paragraph(paragraph), where.cell, where.label)
            return
        look = self.sight.look(paragraph)
        texts, aside = look.texts, look.aside
        text = texts[0] if len(texts) == 1 else "".join(texts)
        unseen = "" if aside is None else aside.unseen
        manner, number = self._manner_and_number(look.properties, there=not unseen or bool(text.strip()))
        if where.gone:
            text, unseen, number = "", text + unseen, ""
        label = self._label(manner, number, text) if where.label is None else where.label
        self._add(text, label, manner, where.cell, number, unseen=unseen)
        if aside is not None:
            self._beside(aside, where, label)

    def _plain(self, style: str, own: etree._Element | None, text: str, cell: Cell | None, label: str | None) -> None:
        """Read a paragraph that is nothing but text of a style, and maybe of a list of its own."""
        manner, number = self.shelf.styles.manner(style), ""
        if own is not None or manner.numbered:
            number = self.numbering.number(style or self.shelf.styles.default, own)
        # A line break inside a text element is white space of the XML; Word shows a space.
        text = text.replace("\n", " ")
        self._add(text, self._label(manner, number, text) if label is None else label, manner, cell, number)

    def _add(self, text: str, label: str, manner: Manner, cell: Cell | None, number: str, *, unseen: str = "") -> None:
        blocks, position = self.shelf.blocks, self.position
        self.position += 1
        values = (len(blocks), self.name, position, text, label, manner.name, cell, number, None, None, None, unseen)
        # As Block does it, in half the time: there may be a hundred thousand.
        blocks.append(tuple.__new__(Block, values))
        if len(text) > _LONGEST or position > _MOST_BLOCKS:
            message = f"{self.shelf.file}：内容过多或有过长的段落，不予读取。"
            raise InputError(message, hint="请在 Word 中拆成几个文件。")

    def _beside(self, aside: Aside, where: _Where, label: str) -> None:
        """Read what hangs on a paragraph, and tell what cannot be read of it."""
        unread = self.shelf.unread
        unread.note_text(HIDDEN, "".join(aside.hidden), label)
        for thing in aside.things:
            unread.note_thing(thing, label, body=self.name == BODY)
        for box, gone in aside.boxes:
            inside = replace(where, label=label if where.label else f"{label} 文本框".strip(), gone=where.gone or gone)
            if box.tag == PARAGRAPH:
                self._paragraph(box, inside)
            else:
                self.children(box, inside)

    def _table(self, table: etree._Element, where: _Where) -> None:
        self.shelf.tables += 1
        number, depth = self.shelf.tables, where.cell.depth + 1 if where.cell else 1
        base = f"{where.label} " if where.label and not where.cell else ""
        for slot in grid(table, self.sight.hidden_styles, plainly=not where.gone):
            if slot.covered:
                self.shelf.unread.note_text(COVERED, self.skip(slot.element), f"表{number}")
                continue
            cell = Cell(number, slot.row, slot.column, slot.columns, depth, slot.rows, slot.header)
            label = f"{base}表{number} 第{slot.row}行第{slot.column}列"
            if slot.plain is None:
                self.children(slot.element, _Where(cell, label, where.gone))
            else:
                for style, text in slot.plain:
                    self._plain(style, None, text, cell, label)

    def _manner_and_number(self, properties: etree._Element | None, *, there: bool) -> tuple[Manner, str]:
        """What the style does, and the automatic number; a paragraph that is not there is not counted."""
        styles, style, own = self.shelf.styles, "", None
        for each in () if properties is None else properties:
            tag = each.tag
            if tag == _STYLE:
                style = each.get(_VALUE, "")
            elif tag == _NUMBERING:
                own = each
            elif tag == _SECTION:
                self.shelf.sections.append(each)
        manner = styles.manner(style)
        if (own is not None or manner.numbered) and (there or _is_marked(properties)):
            return manner, self.numbering.number(style or styles.default, own)
        return manner, ""

    def _label(self, manner: Manner, number: str, text: str) -> str:
        if manner.contents:
            return "目录"
        if number:
            return self.headings.label(numbered(number, text))
        open_before = self.headings.open
        label = self.headings.label(text)
        return self.headings.titled(text) if manner.heading and self.headings.open is open_before else label


def _is_marked(properties: etree._Element | None) -> bool:
    """Whether the end of a paragraph is there to be seen, where its text is not."""
    marks = () if properties is None else properties.iterchildren(_MARK)
    return properties is not None and not any(mark.tag in _NO_MARK for all_marks in marks for mark in all_marks)


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == PARAGRAPH:
            yield child
        if child.tag != FALLBACK and len(child):
            yield from _paragraphs(child)
