"""Paragraphs and tables as WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise

from docgen.template.author.inline import FIELD
from docgen.template.author.model import Block, Cell, Paragraph, Row, Run, Runs, Table
from docgen.template.author.styles import BORDERED, BORDERLESS, HEAD_CELL, JUSTIFICATION, SIGN_CELL, TEXT_CELL, style
from docgen.template.author.xml import element, flag, tag, text

TWIPS_PER_MM = Decimal(1440) / Decimal("25.4")
HEAD_SHADE = "F2F2F2"

CONTROL = re.compile(r"\{[%#{]p .*", re.DOTALL)
_PIECES = re.compile(r"([\t\n])|" + FIELD.pattern)
_BREAK = element("w:r", tag("w:br", **{"w:type": "page"}))
# Quotation marks, dashes and the like take the Chinese font, as they do when typed in Chinese.
_HINT = element("w:rFonts", hint="eastAsia")


def block_xml(block: Block, width: int) -> str:
    """The block as XML, on a page whose text is `width` twips wide."""
    return paragraph_xml(block) if isinstance(block, Paragraph) else table_xml(block, width)


def paragraph_xml(paragraph: Paragraph, *, section: str = "") -> str:
    """The paragraph as XML; `section` is the w:sectPr of the section that ends with it."""
    known = style(paragraph.style)
    breaks = flag("w:pageBreakBefore", on=True) if "段前分页" in paragraph.notes else ""
    align = [JUSTIFICATION[note] for note in paragraph.notes if note in JUSTIFICATION and note != known.align]
    properties = element(
        "w:pPr",
        element("w:pStyle", val=known.id),
        breaks,
        element("w:jc", val=align[0]) if align else "",
        section,
    )
    return element("w:p", properties, _BREAK if known.word == "分页" else runs_xml(paragraph.runs))


def runs_xml(runs: Runs) -> str:
    """The runs as XML; a Jinja tag stays in the one run that it was typed in."""
    return "".join(map(_run_xml, runs))


def _run_xml(run: Run) -> str:
    properties = element(
        "w:rPr",
        _HINT,
        element("w:b") + element("w:bCs") if run.bold else "",
        element("w:u", val="single") if run.underline else "",
    )
    xml, waiting, place = "", "", 0
    for match in _PIECES.finditer(run.text):
        waiting, place = waiting + _text(run.text[place : match.start()]), match.end()
        if match[1]:
            waiting += element("w:tab") if match[1] == "\t" else element("w:br")
            continue
        xml, waiting = xml + _closed(properties, waiting), ""
        xml += element("w:fldSimple", _closed(properties, _text("1")), instr=f" {match[2]} ")
    return xml + _closed(properties, waiting + _text(run.text[place:]))


def _closed(properties: str, content: str) -> str:
    return element("w:r", properties, content) if content else ""


def _text(value: str) -> str:
    return tag("w:t", text(value), **{"xml:space": "preserve"}) if value else ""


def shares(widths: Sequence[Decimal], total: int) -> tuple[int, ...]:
    """The widths as whole twips that add up to `total` exactly."""
    whole = sum(widths)
    edges = [round(edge * total / whole) for edge in accumulate(widths, initial=Decimal(0))]
    return tuple(right - left for left, right in pairwise(edges))


def table_xml(table: Table, width: int) -> str:
    """The table as XML, as wide as the text."""
    widths = shares(table.widths, width)
    look = element("w:tblLook", val="0000", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=BORDERED if table.borders else BORDERLESS),
        element("w:tblW", w=width, type="dxa"),
        element("w:jc", val="center"),
        element("w:tblLayout", type="fixed"),
        look,
    )
    grid = element("w:tblGrid", *(element("w:gridCol", w=column) for column in widths))
    rows = (_row_xml(row, table, widths, head=number < table.header_rows) for number, row in enumerate(table.rows))
    return element("w:tbl", properties, grid, *rows)


def _row_xml(row: Row, table: Table, widths: Sequence[int], *, head: bool) -> str:
    height = row.height or (None if row.control else table.height)
    properties = element(
        "w:trPr",
        "" if row.divisible else element("w:cantSplit"),
        element("w:trHeight", val=round(height * TWIPS_PER_MM), hRule="atLeast") if height else "",
        element("w:tblHeader") if head else "",
    )
    cells, column = [], 0
    for cell in row.cells:
        width = sum(widths[column : column + cell.columns])
        word = _cell_style(table, row, cell, head=head)
        cells.append(_cell_xml(cell, width, word, _alignment(table, cell, column, word)))
        column += cell.columns
    return element("w:tr", properties, *cells)


def _alignment(table: Table, cell: Cell, column: int, word: str) -> str:
    if cell.continued or word.startswith(HEAD_CELL):
        return cell.align or style(word).align
    return cell.align or table.columns[min(column, len(table.columns) - 1)]


def _cell_style(table: Table, row: Row, cell: Cell, *, head: bool) -> str:
    if row.control:
        return "标记"
    if head or cell.head:
        return f"{HEAD_CELL}{table.size}"
    return f"{TEXT_CELL if table.borders and not row.keep else SIGN_CELL}{table.size}"


def _cell_xml(cell: Cell, width: int, word: str, align: str) -> str:
    shade = element("w:shd", val="clear", color="auto", fill=HEAD_SHADE) if cell.head else ""
    merge = element("w:vMerge") if cell.continued else element("w:vMerge", val="restart") if cell.rows > 1 else ""
    properties = element(
        "w:tcPr",
        element("w:tcW", w=width, type="dxa"),
        element("w:gridSpan", val=cell.columns) if cell.columns > 1 else "",
        merge,
        shade,
        element("w:vAlign", val="top") if cell.top else "",
    )
    return element("w:tc", properties, *(_cell_paragraph(each, word, align) for each in cell.paragraphs))


def _cell_paragraph(paragraph: Paragraph, word: str, align: str) -> str:
    if paragraph.style:
        return paragraph_xml(paragraph)
    if word == "标记" or (paragraph.runs and CONTROL.match(paragraph.runs[0].text)):
        return paragraph_xml(replace(paragraph, style="标记"))
    # An alignment of its own goes before that of the cell.
    own = any(note in JUSTIFICATION for note in paragraph.notes)
    notes = paragraph.notes if own else (align, *paragraph.notes)
    return paragraph_xml(replace(paragraph, style=word, notes=notes))
