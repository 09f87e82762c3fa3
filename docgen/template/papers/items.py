"""What stands in a paper, one thing after another: paragraphs and tables, with what tells a heading from a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from docgen.reading.document import Block, Reading
from docgen.template.author.inline import print_runs
from docgen.template.author.model import Cell, Manuscript, Paragraph, Row, Run, Section, Table
from docgen.template.author.printing import print_markup
from docgen.template.author.styles import PARAGRAPH_WORDS

_HEADING: Final = re.compile(r"(?:heading|标题|Heading) ?(\d)")
_MOSTLY: Final = 0.6
# Styles that Word itself has: other people's files use them as well.
_COMMON: Final = frozenset({"标题", "副标题", "一级", "二级", "三级", "页眉", "空行", "分页", "标记"})
_HOUSE: Final = PARAGRAPH_WORDS - _COMMON - {"Normal"}
_LEVELS: Final = {"标题": 1, "一级": 1, "二级": 2, "三级": 3}
_WIDE, _BRIEF, _SERIAL = 5, 6, 2
_AMOUNT: Final = re.compile(r"[￥¥]?[\d,]+(?:\.\d+)?元?|[—/-]")


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of a paper, or a table as lines of house markup.

    `text` is house markup; `level` that of a heading that the paper calls one, 0 for none.
    """

    text: str
    place: str
    level: int = 0
    centred: bool = False
    right: bool = False
    contents: bool = False
    table: tuple[str, ...] = ()


def items_of_reading(reading: Reading) -> list[Item]:
    """The items of a text, a PDF or any other file that is known by its Reading."""
    made: list[Item] = []
    cells: list[Block] = []
    for block in [*reading.blocks, None]:
        if cells and (block is None or block.cell is None or block.cell.table != (cells[0].cell or block.cell).table):
            made.append(_table(cells))
            cells = []
        if block is None or block.part not in ("body", "word/document.xml"):
            continue
        if block.cell is not None:
            cells.append(block)
        elif block.seen.strip():
            made.append(_item(block))
    return made


def _item(block: Block) -> Item:
    match = _HEADING.match(block.style or "")
    text = print_runs((Run(block.seen.strip(" \t\u3000")),))
    return Item(text, _place(block), int(match[1]) if match else 0, contents=block.style == "目录")


def _place(block: Block) -> str:
    if block.line is not None:
        return f"第{block.line}行"
    return f"第{block.page}页" if block.page is not None else block.label


def _table(blocks: Sequence[Block]) -> Item:
    """A table of the house from the cells of a Reading."""
    cells = [(block, block.cell) for block in blocks if block.cell is not None]
    rows = sorted({cell.row for _, cell in cells})
    width = max(cell.column + cell.column_span - 1 for _, cell in cells)
    grid: dict[tuple[int, int], list[str]] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for block, cell in cells:
        grid.setdefault((cell.row, cell.column), []).append(block.seen.strip())
        spans[cell.row, cell.column] = (cell.column_span, cell.row_span)
    signing = any(re.search("签章|盖章|法定代表人", text) for texts in grid.values() for text in texts)
    heads = 2 if not signing and _two_heads(grid, width) else 1
    if heads == 2:
        _merge_heads(grid, spans, width)
    down: dict[int, tuple[int, int]] = {}
    made = tuple(Row(tuple(_row(row, width, grid, spans, down))) for row in rows)
    heads = heads if len(rows) > heads and not signing else 0
    size = "小" if width >= _WIDE else "中"
    table = Table(_widths(grid, width), made, _columns(grid, width), header_rows=heads, size=size)
    return Item("", _place(blocks[0]), table=tuple(_printed(table)))


def _two_heads(grid: dict[tuple[int, int], list[str]], width: int) -> bool:
    """Whether the second row only tells more of some columns that the first one names: 单价 and 数量 below 算法."""
    above, below = (["".join(grid.get((row, column), [])) for column in range(1, width + 1)] for row in (1, 2))
    return not below[0] and any(below) and not re.search(r"\d", "".join(below)) and "" in above and bool(above[0])


def _merge_heads(
    grid: dict[tuple[int, int], list[str]], spans: dict[tuple[int, int], tuple[int, int]], width: int
) -> None:
    """Merge what a text could not: names over two rows, and a name over the columns that are told below it."""
    column = 1
    while column <= width:
        if not "".join(grid.get((2, column), [])):
            spans[1, column] = (1, 2)
            spans.pop((2, column), None)
            column += 1
            continue
        end = column + 1
        while end <= width and not "".join(grid.get((1, end), [])) and "".join(grid.get((2, end), [])):
            spans.pop((1, end), None)
            end += 1
        spans[1, column] = (end - column, 1)
        column = end


def _row(
    row: int,
    width: int,
    grid: dict[tuple[int, int], list[str]],
    spans: dict[tuple[int, int], tuple[int, int]],
    down: dict[int, tuple[int, int]],
) -> Iterator[Cell]:
    """The cells of a row; `down` are those above it by their column: how many columns and down to which row."""
    column = 1
    while column <= width:
        above = down.get(column, (1, 0))
        if (row, column) in spans:
            across, rows = spans[row, column]
            down[column] = (across, row + rows - 1)
            texts = tuple(Paragraph("", (Run(text),) if text else ()) for text in grid[row, column])
            yield Cell(texts, across, rows)
        elif above[1] >= row:
            across = above[0]
            yield Cell(columns=across, continued=True)
        else:
            across = 1
            yield Cell()
        column += across


def _columns(grid: dict[tuple[int, int], list[str]], width: int) -> tuple[str, ...]:
    """Amounts to the right, what is short in the middle, texts to the left."""
    texts = [[text for (row, at), found in grid.items() if at == column and row > 1 for text in found if text]
             for column in range(1, width + 1)]  # fmt: skip
    return tuple(map(_alignment, texts))


def _alignment(texts: Sequence[str]) -> str:
    longest = max(map(len, texts), default=0)
    if texts and all(map(_AMOUNT.fullmatch, texts)):
        return "右" if longest > _SERIAL else "中"
    return "中" if texts and longest <= _BRIEF else "左"


def _widths(grid: dict[tuple[int, int], list[str]], width: int) -> tuple[Decimal, ...]:
    """Widths after how much stands in each column, none too narrow."""
    longest = [max((len(text) for (_, at), texts in grid.items() if at == column for text in texts), default=1)
               for column in range(1, width + 1)]  # fmt: skip
    shares = [min(max(length, 4), 30) for length in longest]
    widths = [Decimal(round(100 * share / sum(shares))) for share in shares]
    widths[widths.index(max(widths))] += 100 - sum(widths)
    return tuple(widths)


def _printed(table: Table) -> Iterator[str]:
    lines = print_markup(Manuscript((Section("纵向", (table,)),))).splitlines()
    return (line for line in lines if line.startswith(("@表", "｜")))


def is_house(manuscript: Manuscript) -> bool:
    """Whether a Word file is made in the house's own styles."""
    styles = [
        block.style for section in manuscript.sections for block in section.blocks if isinstance(block, Paragraph)
    ]
    return sum(style in _HOUSE for style in styles) >= _MOSTLY * max(sum(style not in _COMMON for style in styles), 1)


def items_of_word(manuscript: Manuscript, reading: Reading) -> list[Item]:
    """The items of a Word file in styles of its own, automatic numbers before their paragraphs."""
    numbers = iter([block for block in reading.blocks if block.number and block.cell is None])
    following = next(numbers, None)
    made: list[Item] = []
    for section in manuscript.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                made.append(
                    Item("", f"表{sum(bool(item.table) for item in made) + 1}", table=tuple(_printed(_plain(block))))
                )
                continue
            text = print_runs(tuple(replace(run, bold=False) for run in block.runs)).strip(" \u3000")
            numbered = any(note.startswith("编号") for note in block.notes) or block.style.startswith("heading")
            if (
                following is not None
                and numbered
                and following.text.strip() == "".join(r.text for r in block.runs).strip()
            ):
                text = f"{following.number.strip()}{'' if following.number.strip()[-1:] in '、.．）)' else '　'}{text}"
                following = next(numbers, None)
            if text:
                match = _HEADING.match(block.style)
                level = int(match[1]) if match else _LEVELS.get(block.style, 0)
                toc = block.style.lower().startswith("toc")
                made.append(Item(text, f"第{len(made) + 1}段", level, "中" in block.notes, "右" in block.notes, toc))
    return made


def _plain(table: Table) -> Table:
    """The table in the house's look, whatever its own was."""
    rows = tuple(
        replace(row, height=None, cells=tuple(
            replace(cell, head=False, paragraphs=tuple(Paragraph("", paragraph.runs) for paragraph in cell.paragraphs))
            for cell in row.cells
        ))
        for row in table.rows
    )  # fmt: skip
    head = table.header_rows or (1 if table.borders and len(rows) > 1 and len(rows[0].cells) > 1 else 0)
    merged = max((cell.rows for cell in rows[0].cells), default=1) if rows else 1
    return replace(table, rows=rows, header_rows=max(head, merged if head else 0), height=None,
                   size="小" if len(table.widths) >= _WIDE else table.size)  # fmt: skip
