"""The tables of a Word file as the markup shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lxml import etree

from docgen.template.author.body import TWIPS_PER_MM, shares
from docgen.template.author.model import Cell, Paragraph, Row, Run, Table
from docgen.template.author.reader_text import Names, house_align, is_alignment, is_on, read_paragraph, value
from docgen.template.author.rows import ALIGNMENTS, CONTROL_ROW, SIZES, default_size
from docgen.template.author.styles import BORDERED_NAME, BORDERLESS_NAME, CELL_FAMILIES, SIGN_CELL
from docgen.word.text import CELL, PARAGRAPH, ROW, TABLE, w

_INSIDE = frozenset({w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")})


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell as it stands in the file: where it begins, and whether it continues a cell above."""

    cell: Cell
    column: int
    merge: str | None


@dataclass(frozen=True, slots=True)
class _FoundRow:
    cells: tuple[_Found, ...]
    head: bool
    control: bool
    height: int | None
    divisible: bool


def read_table(element: etree._Element, names: Names) -> Table:
    """The table as the markup shows it; what the house does not know is left out."""
    style = names.by_id.get(value(element, "tblPr", "tblStyle") or "", "")
    house = style in (BORDERED_NAME, BORDERLESS_NAME)
    found = [_found_row(row, names) for row in children(element, ROW)]
    borders = style != BORDERLESS_NAME
    size = _size(found) or default_size(borders=borders)
    header_rows = next((place for place, row in enumerate(found) if not row.head), len(found))
    widths = _widths(element, found, house=house)
    columns = _columns(found[header_rows:], len(widths))
    height = _common_height(found)
    frame = Table(widths, (), columns, header_rows, borders, size, height)
    merged = _with_merges(found)
    rows = tuple(
        _row(row, cells, frame, head=place < header_rows, house=house)
        for place, (row, cells) in enumerate(zip(found, merged, strict=True))
    )
    return replace(frame, rows=rows)


def children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children with that tag, also those inside content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _INSIDE:
            yield from children(child, tag)


def _found_row(element: etree._Element, names: Names) -> _FoundRow:
    properties = element.find(w("trPr"))
    cells: list[_Found] = []
    column = 0
    for child in children(element, CELL):
        cells.append(_found_cell(child, column, names))
        column += cells[-1].cell.columns
    height = value(properties, "trHeight")
    return _FoundRow(
        cells=tuple(cells),
        head=is_on(properties, "tblHeader"),
        control=len(cells) == 1 and CONTROL_ROW.match(_text(cells[0].cell)) is not None,
        height=round(int(height) / TWIPS_PER_MM) if height and height.isdigit() else None,
        divisible=not is_on(properties, "cantSplit"),
    )


def _found_cell(element: etree._Element, column: int, names: Names) -> _Found:
    properties = element.find(w("tcPr"))
    merge = value(properties, "vMerge")
    shade = None if properties is None else properties.find(w("shd"))
    fill = "auto" if shade is None else shade.get(w("fill"), "auto")
    cell = Cell(
        paragraphs=tuple(_paragraphs(element, names)) or (Paragraph(""),),
        columns=int(value(properties, "gridSpan") or 1),
        top=value(properties, "vAlign") == "top",
        head=fill.upper() not in ("AUTO", "FFFFFF"),
        continued=merge is not None and merge != "restart",
    )
    return _Found(cell, column, merge)


def _paragraphs(cell: etree._Element, names: Names) -> Iterator[Paragraph]:
    for child in cell:
        if child.tag == PARAGRAPH:
            yield read_paragraph(child, names)
        elif child.tag == TABLE:
            inner = [_text(found.cell) for row in children(child, ROW) for found in _found_row(row, names).cells]
            yield Paragraph("“嵌套表格”", (Run(" / ".join(inner)),))
        elif child.tag in _INSIDE:
            yield from _paragraphs(child, names)


def _text(cell: Cell) -> str:
    return "¶".join("".join(run.text for run in paragraph.runs) for paragraph in cell.paragraphs)


def _size(rows: Iterable[_FoundRow]) -> str | None:
    styles = (paragraph.style for row in rows for found in row.cells for paragraph in found.cell.paragraphs)
    return next((style[-1] for style in styles if style[:-1] in CELL_FAMILIES and style[-1] in SIZES), None)


def _widths(element: etree._Element, rows: Sequence[_FoundRow], *, house: bool) -> tuple[Decimal, ...]:
    """The widths in percent, with as few decimals as give the file's own widths again."""
    grid = [int(column.get(w("w"), "0")) for column in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
    if not grid or min(grid) <= 0:
        columns = max((row.cells[-1].column + row.cells[-1].cell.columns for row in rows if row.cells), default=1)
        grid = [1] * columns
    total = sum(grid)
    for places in range(4 if house else 2):
        widths = _percentages(grid, places)
        if min(widths) > 0 and shares(widths, total) == tuple(grid):
            break
    return widths


def _percentages(grid: Sequence[int], places: int) -> tuple[Decimal, ...]:
    unit = Decimal(1).scaleb(-places)
    widths = [(Decimal(100) * width / sum(grid)).quantize(unit) for width in grid]
    widths[-1] += 100 - sum(widths)
    return tuple(widths)


def _columns(rows: Iterable[_FoundRow], count: int) -> tuple[str, ...]:
    votes = [Counter[str]() for _ in range(count)]
    for row in rows:
        for found in () if row.control else row.cells:
            cell = found.cell
            if cell.columns == 1 and found.column < count and not cell.continued and not cell.head:
                votes[found.column][_alignment(cell)] += 1
    return tuple(vote.most_common(1)[0][0] if vote else "左" for vote in votes)


def _alignment(cell: Cell) -> str:
    """How the text of the cell is aligned: as its first paragraph that is text of the table."""
    plain = [paragraph for paragraph in cell.paragraphs if _in_table_style(paragraph)] or list(cell.paragraphs)
    align = next(filter(is_alignment, plain[0].notes), None) or house_align(plain[0].style)
    return align if align in ALIGNMENTS else "左"


def _in_table_style(paragraph: Paragraph) -> bool:
    return paragraph.style[:-1] in CELL_FAMILIES


def _common_height(rows: Iterable[_FoundRow]) -> int | None:
    heights = [row.height for row in rows if not row.control]
    return Counter(heights).most_common(1)[0][0] if heights and None not in heights else None


def _with_merges(rows: Sequence[_FoundRow]) -> list[tuple[_Found, ...]]:
    """The cells of each row with the number of rows that they span; {%tr … %} rows do not count."""
    real = [row for row in rows if not row.control]
    below: dict[int, int] = {}  # column → how many rows directly below continue a merged cell there
    counted: dict[int, tuple[_Found, ...]] = {}
    for row in reversed(real):
        cells = []
        for found in row.cells:
            spans = 1 + below.get(found.column, 0) if found.merge == "restart" else 1
            cells.append(replace(found, cell=replace(found.cell, rows=spans)))
        below = {found.column: below.get(found.column, 0) + 1 for found in row.cells if found.cell.continued}
        counted[id(row)] = tuple(cells)
    return [counted.get(id(row), row.cells) for row in rows]


def _row(row: _FoundRow, cells: Sequence[_Found], table: Table, *, head: bool, house: bool) -> Row:
    if row.control:
        plain = tuple(Paragraph("", paragraph.runs) for paragraph in cells[0].cell.paragraphs)
        return Row((replace(cells[0].cell, paragraphs=plain),), row.height, control=True)
    shown = tuple(_cell(found, table, head=head, house=house) for found in cells)
    keep = house and table.borders and any(map(_is_kept, cells))
    return Row(shown, row.height, divisible=row.divisible and house, keep=keep)


def _is_kept(found: _Found) -> bool:
    """Whether the cell is written in the style that stays with the next row."""
    return any(paragraph.style[:-1] == SIGN_CELL for paragraph in found.cell.paragraphs)


def _cell(found: _Found, table: Table, *, head: bool, house: bool) -> Cell:
    cell, actual = found.cell, _alignment(found.cell)
    expected = "中" if head or cell.head else table.columns[min(found.column, len(table.columns) - 1)]
    return replace(
        cell,
        paragraphs=tuple(_cell_paragraph(paragraph, actual, house=house) for paragraph in cell.paragraphs),
        align=None if actual == expected or cell.continued else actual,
    )


def _cell_paragraph(paragraph: Paragraph, align: str, *, house: bool) -> Paragraph:
    """The paragraph with only what sets it apart from the rest of its cell."""
    others = tuple(note for note in paragraph.notes if not is_alignment(note))
    if house and not _in_table_style(paragraph):
        control = paragraph.style == "标记" and paragraph.runs and paragraph.runs[0].text.startswith("{")
        return replace(paragraph, style="") if control else paragraph
    default = house_align(paragraph.style) if _in_table_style(paragraph) else align
    own = next(filter(is_alignment, paragraph.notes), default)
    return Paragraph("", paragraph.runs, others if own == align else (own, *others))
