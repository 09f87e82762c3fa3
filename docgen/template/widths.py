"""Tables of a template that are wider than Word can, whatever the data are."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.template.dialect import Fault, parse_tag, spans
from docgen.template.grids import MOST_COLUMNS, columns_of
from docgen.template.places import Places
from docgen.word.text import CELL, PARAGRAPH, ROW, visible_text


def width_faults(root: etree._Element, places: Places) -> Iterator[Fault]:
    """What is wrong with rows of more columns than Word has; cells that a loop or condition makes are not counted.

    It is asked before any tag is taken out of its cell.
    """
    for row in root.iter(ROW):
        first = next(row.iter(PARAGRAPH), None)
        if first is None or columns_of(row) <= MOST_COLUMNS:
            continue
        if (columns := _certain(row, places)) > MOST_COLUMNS:
            message = f"这一行有 {columns} 列，Word 的表格最多 {MOST_COLUMNS} 列，写出的文件会打不开"
            yield Fault(message, places.of(first, 0, visible_text(first)), rule="T301", hint="请把这张表分成几张。")


def _certain(row: etree._Element, places: Places) -> int:
    """How many columns the row has in any case."""
    certain = columns_of(row)
    depth = 0
    for cell in row.iterchildren(CELL):
        typed = [(paragraph, visible_text(paragraph)) for paragraph in cell.iter(PARAGRAPH)]
        tags = [
            parse_tag(text[start:end], places.of(paragraph, 0, text))
            for paragraph, text in typed
            if "{%tc" in text
            for start, end in spans(text)
        ]
        steps = sum(tag.opens - tag.closes for tag in tags if tag.level == "tc")
        if depth > 0 or steps or any(tag.level == "tc" for tag in tags):
            certain -= columns_of(cell)
        depth += steps
    return certain
