"""The house markup written: a Manuscript as text, stable and readable, so that changes show as a diff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from docgen.template.author.inline import CELL, PIECE, print_runs
from docgen.template.author.markup import NOTHING
from docgen.template.author.model import Block, Cell, Manuscript, Paragraph, Row, Section, Table
from docgen.template.author.rows import ATTRIBUTE, default_size


def print_markup(manuscript: Manuscript) -> str:
    """The text that `parse_markup` reads as this manuscript."""
    lines: list[str] = []
    before = None
    for section in manuscript.sections:
        lines += _section(section, before)
        before = section.kind
    return "\n".join(lines) + "\n"


def _section(section: Section, before: str | None) -> Iterator[str]:
    yield " ".join(["@页面", section.kind, *_page_options(section, before)])
    yield from section.notes
    if section.kind != "封面" or section.header or section.footer != NOTHING:
        yield f"@页眉 {section.header or NOTHING}"
        yield f"@页脚 {section.footer}"
    for block in section.blocks:
        yield from _block(block)


def _page_options(section: Section, before: str | None) -> Iterator[str]:
    if section.margins:
        yield "边距=" + ",".join(map(str, section.margins))
    if before == "封面" and section.start is None:
        yield "起始页=续"
    elif section.start is not None and (before != "封面" or section.start != 1):
        yield f"起始页={section.start}"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _paragraph(block)
        return
    yield " ".join(["@表", *_table_options(block)])
    for row in block.rows:
        yield _row(row, block)
    yield "@表终"


def _paragraph(paragraph: Paragraph) -> str:
    text = print_runs(paragraph.runs)
    if paragraph.style == "标记" and text.startswith("{"):
        return text
    word = "空行" if paragraph.style == "顶格" and not text else paragraph.style
    return f"[{'·'.join((word, *paragraph.notes))}] {text}".rstrip(" ")


def _table_options(table: Table) -> Iterator[str]:
    yield "宽=" + ",".join(map(plain_width, table.widths))
    if table.header_rows:
        yield f"表头={table.header_rows}"
    if set(table.columns) != {"左"}:
        yield "列=" + ",".join(table.columns)
    if not table.borders:
        yield "边框=无"
    if table.size != default_size(borders=table.borders):
        yield f"字号={table.size}"
    if table.height is not None:
        yield f"行高={table.height}"


def plain_width(width: Decimal) -> str:
    """The width without needless zeros: 12.5, 40."""
    return f"{width.normalize():f}"


def _row(row: Row, table: Table) -> str:
    cells = [print_runs(row.cells[0].paragraphs[0].runs)] if row.control else [_cell(cell) for cell in row.cells]
    options = (
        [f"高={row.height}"] * (row.height not in (None, table.height))
        + ["可跨页"] * row.divisible
        + ["同页"] * row.keep
    )
    return f"{CELL}{CELL.join(cells)}{CELL}{' '.join(['', *options])}"


def _cell(cell: Cell) -> str:
    bold = _all_bold(cell)
    marks = [
        f"[>{cell.columns}]" * (cell.columns > 1),
        f"[v{cell.rows}]" * (cell.rows > 1),
        f"[{cell.align}]" if cell.align else "",
        "[上]" * cell.top,
        "[粗]" * bold,
        "[头]" * cell.head,
    ]
    text = "^" if cell.continued else PIECE.join(_piece(paragraph, bold=bold) for paragraph in cell.paragraphs)
    return (_guarded(text, whole=not cell.continued) or " ") + "".join(marks)


def _all_bold(cell: Cell) -> bool:
    runs = [run for paragraph in cell.paragraphs for run in paragraph.runs]
    return bool(runs) and all(run.bold for run in runs)


def _piece(paragraph: Paragraph, *, bold: bool) -> str:
    text = print_runs(tuple(replace(run, bold=False) for run in paragraph.runs) if bold else paragraph.runs)
    if paragraph.style or paragraph.notes:
        return f"[{'·'.join((paragraph.style, *paragraph.notes))}] {text}"
    return "\\" + text if text.startswith("[") else text


def _guarded(text: str, *, whole: bool) -> str:
    if whole and text == "^":
        return r"\^"
    found = ATTRIBUTE.search(text)
    return text if found is None else f"{text[: found.end('before')]}\\{text[found.end('before') :]}"
