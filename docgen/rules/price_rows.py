"""The rows of price tables: items with unit price, quantity and amount, and rows that sum up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from docgen.amounts.find import find_amounts
from docgen.patterns import regex
from docgen.reading.document import Block
from docgen.reading.tables import GridCell, Table
from docgen.rules.price_cells import Column, count_in, figure_in, numbers_in

_TOTAL_LABEL: Final = regex(
    r"(?:[一二三四五六七八九十0-9]{0,3}[、.．])?(?:[本分各]?[页表项节部]|分项|费用|项目|不?含税|未税|除税|价税|人民币|合同|报价|投标|以上|全部|服务费?|总|年度?|全年)*"
    r"(?:小计|合计|共计|总计|总价|总额|总金额|总报价|总费用|累计|计)"
    r"(?:金额|总价|价格|费用|报价|不?含税|大写|小写|人民币|[万亿]?元|[0-9一二三四五六七八九十+＋=＝、至~～-])*"
)
_LABELLED: Final = regex(
    r"\s*([^：:0-9￥¥，。]{0,10}?(?:[合小总共]\s*计|总[价额]|总金额|总报价)(?:金额)?(?:小写)?(?:[（(][^）)]{0,8}[）)])?)\s*[：:]?\s*(?=[￥¥0-9人（(大])"
)
_DIGITS: Final = regex(r"[0-9０-９][0-9０-９,.×xX*＊]*")
_GRAND: Final = regex(r"总")
_BLANKS: Final = regex(r"[\s　]+")
_MARKS: Final = regex(r"[（()）：:￥¥]")
_NOTHING: Final = regex(r"[-－—–/／\\]+|无|免费|赠送|免|不计|不收费|已?包?含(?:在.{0,10})?|0+(?:\.0+)?元?|零")
_BARE: Final = regex(r"[0-9０-９,，.．]+")
_PART_OF: Final = regex(r"(?:[（(]?[0-9一二三四五六七八九十.、）)]*)?其中")
_SERIAL: Final = regex(r"[（(]?(?:[0-9]{1,3}(?:[.．-][0-9]{1,3})*|[一二三四五六七八九十]{1,3}|[A-Za-z])[）)]?[、.．]?")


class Mark(NamedTuple):
    """A figure in a cell: its value in 元, where it stands, what its last digit counts, and the unit of its column."""

    block: Block
    start: int
    end: int
    value: Decimal
    step: Decimal
    scale: int

    @property
    def text(self) -> str:
        """The digits as they stand."""
        return self.block.text[self.start : self.end]

    @property
    def span(self) -> tuple[int, int]:
        """The first character and the one behind the last."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its figures by kind. `open` says that an amount belongs here and cannot be read.

    A `total` row sums up the rows before it; `near` is false where its value was found further off.
    """

    table: int
    row: int
    serial: str
    item: Block | None
    label: str
    amounts: Mapping[int, Mark]
    price: Mark | None = None
    quantity: Mark | None = None
    factors: tuple[Decimal, ...] = ()
    others: tuple[Decimal, ...] = ()
    total: bool = False
    grand: bool = False
    near: bool = True
    open: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold, and the unit each names (元 where `scales` has none)."""

    kinds: Mapping[int, Column]
    scales: Mapping[int, int]
    _by_kind: dict[Column, tuple[int, ...]] = field(init=False, compare=False, default_factory=dict)

    def of(self, kind: Column) -> tuple[int, ...]:
        """The columns of a kind from left to right."""
        found = self._by_kind.get(kind)
        if found is None:
            found = tuple(sorted(column for column, other in self.kinds.items() if other == kind))
            self._by_kind[kind] = found
        return found


@dataclass(slots=True)
class TableRow:
    """One row of a table: its cells by grid column, those that reach down into it included."""

    number: int
    cells: dict[int, GridCell]
    texts: dict[int, str]
    filled: dict[int, str]
    shared: frozenset[int]


def rows_of(table: Table) -> Iterator[TableRow]:
    reaching: dict[int, GridCell] = {}
    for cells in table.rows:
        number = cells[0].cell.row
        own = {found.cell.column: found for found in cells}
        both = own
        if reaching:
            down = {
                column: found
                for column, found in reaching.items()
                if column not in own and number < found.cell.row + found.cell.row_span
            }
            both = {**down, **own}
        texts = {column: both[column].text.strip() for column in sorted(both)}
        filled = {column: text for column, text in texts.items() if text}
        reaching = {column: found for column, found in both.items() if found.cell.row_span > 1}
        yield TableRow(number, both, texts, filled, frozenset(reaching))


def _mark(found: GridCell, scale: int) -> Mark | None:
    """The figure in a cell, in 元."""
    block = _only(found)
    figure = figure_in(block.text) if block is not None else None
    if block is None or figure is None:
        return None
    own = 1 if figure.scale is not None else scale
    return Mark(block, figure.start, figure.end, figure.value * own, figure.step * own, figure.scale or scale)


def _count(found: GridCell) -> Mark | None:
    """The quantity in a cell."""
    block = _only(found)
    value = count_in(block.text) if block is not None else None
    if block is None or value is None:
        return None
    digits = _DIGITS.search(block.text)
    assert digits is not None
    return Mark(block, digits.start(), digits.end(), value, Decimal(1), 1)


def _only(found: GridCell) -> Block | None:
    """The only paragraph of a cell that says anything."""
    if len(found.blocks) == 1:
        return found.blocks[0]
    blocks = [block for block in found.blocks if block.text.strip()]
    return blocks[0] if len(blocks) == 1 else None


def lone_figure(row: TableRow, filled: Mapping[int, str]) -> tuple[int, Mark] | None:
    """The figure that stands alone in its row."""
    if len(filled) != 1:
        return None
    column = next(iter(filled))
    mark = _mark(row.cells[column], 1)
    return None if mark is None else (column, mark)


def line_of(table: int, row: TableRow, columns: Columns) -> Line | None:
    """The line that a row is, None for a title, a spare row, or the rest of a sentence."""
    filled = row.filled
    label = _total_label(filled)
    if label is not None:
        return _totalline_of(table, row, columns, label)
    in_amount, in_price, in_quantity = columns.of("amount"), columns.of("price"), columns.of("quantity")
    marks = {
        column: mark
        for column in filled
        if (mark := _mark(row.cells[column], columns.scales.get(column, 1))) is not None
    }
    amounts = {c: marks[c] for c in in_amount if c in marks}
    serial = next((filled[c] for c in columns.of("serial") if c in filled and _SERIAL.fullmatch(filled[c])), "")
    price = next((marks[c] for c in in_price if c in marks), None)
    counts = [_count(row.cells[c]) for c in in_quantity if c in filled]
    known = [count for count in counts if count is not None]
    item = _item(row, columns)
    if item is not None and _PART_OF.match(item.text.strip()):
        return None
    open_amount = any(c in filled and not _NOTHING.fullmatch(filled[c]) for c in in_amount)
    stated = price is not None or bool(known) or open_amount or bool(serial)
    if not amounts and not (stated and item is not None):
        return None
    used = {*in_amount, *in_quantity, *columns.of("serial"), *columns.of("note")}
    others = tuple(mark.value for c, mark in marks.items() if c not in used)
    others += tuple(number for c in columns.of("rate") if c in filled for number in numbers_in(filled[c]))
    silent = [c for c in in_amount if c not in amounts and not _NOTHING.fullmatch(filled.get(c, ""))]
    shared = bool(row.shared) and any(c in row.shared for c in (*amounts, *in_price, *in_quantity))
    own = {c: mark for c, mark in amounts.items() if mark.block.cell is not None and mark.block.cell.row == row.number}
    return Line(
        table,
        row.number,
        serial,
        item,
        "" if item is None else item.text,
        own,
        price if len(in_price) == 1 else None,
        known[0] if len(known) == len(counts) == 1 else None,
        tuple(count.value for count in known),
        others,
        open=len(silent) == len(in_amount) and not shared,
        shared=shared,
    )


def _item(row: TableRow, columns: Columns) -> Block | None:
    """What the row is about: the cell below the item header, else the longest text."""
    named = [c for c in columns.of("item") if row.texts.get(c)]
    texts = named or [c for c, text in row.filled.items() if figure_in(text) is None and not _SERIAL.fullmatch(text)]
    if not texts:
        return None
    column = max(texts, key=lambda c: len(row.texts[c]))
    return max(row.cells[column].blocks, key=lambda block: len(block.text))


def is_total_label(label: str) -> bool:
    """Whether a text without blanks is nothing but the label of a total."""
    return ("计" in label or "总" in label) and _TOTAL_LABEL.fullmatch(_MARKS.sub("", label)) is not None


def _total_label(filled: Mapping[int, str]) -> str | None:
    """The label of a row that sums up, without blanks; None for another row."""
    for text in list(filled.values())[:2]:
        label = _BLANKS.sub("", text)
        if len(label) > 60 or not ("计" in label or "总" in label):
            continue
        if is_total_label(label) or _LABELLED.match(label):
            return label
    return None


def _totalline_of(table: int, row: TableRow, columns: Columns, label: str) -> Line:
    """The line of a row that sums up: its value in the amount column, or the only figure of the row."""
    marks = {c: mark for c in row.filled if (mark := _mark(row.cells[c], columns.scales.get(c, 1))) is not None}
    amounts = {c: mark for c in columns.of("amount") if (mark := marks.get(c)) is not None}
    # 20000元（贰万元整）: the sum is there, and no figure of another column is it.
    worded = any(c in row.filled and "元" in row.filled[c] for c in columns.of("amount"))
    if not amounts and len(marks) == 1 and not worded:
        column, mark = next(iter(marks.items()))
        scale = columns.scales.get(columns.of("amount")[-1], 1)
        value = figure_in(mark.block.text)
        if value is not None and column not in columns.of("quantity"):
            own = 1 if value.scale is not None else scale
            mark = Mark(mark.block, mark.start, mark.end, value.value * own, value.step * own, scale)
            amounts = {columns.of("amount")[-1]: mark}
        elif columns.of("quantity") == (column,) and mark.value >= 1000:
            amounts = {columns.of("amount")[-1]: mark}
    if not amounts and not marks and (inside := _inside_label(row, columns)) is not None:
        amounts = {columns.of("amount")[-1]: inside}
    first = next(iter(row.filled))
    item = row.cells[first].blocks[0]
    return Line(table, row.number, "", item, label, amounts, total=True, grand=bool(_GRAND.search(label)))


def _inside_label(row: TableRow, columns: Columns) -> Mark | None:
    """The value that stands in one cell with words: 合计：1040000元（大写：…）."""
    found = (value_in(block, columns) for column in row.filled for block in row.cells[column].blocks)
    return next((mark for mark in found if mark is not None), None)


def value_in(block: Block, columns: Columns) -> Mark | None:
    """The one value that stands behind a label of a total in the same paragraph."""
    label = _LABELLED.match(block.text)
    if label is None or not is_total_label(_BLANKS.sub("", label[1])):
        return None
    amounts = [found for found in find_amounts(block.text) if found.kind == "figures" and found.value is not None]
    if amounts and len({found.value for found in amounts}) == 1:
        found = amounts[0]
        digits = re.search(r"[0-9０-９][0-9０-９,，.．]*[0-9０-９]|[0-9０-９]", found.text)
        assert digits is not None
        start, end = found.start + digits.start(), found.start + digits.end()
        # 合计（小写）：415.80 in a table in 万元: the figure has the unit of its column.
        own = columns.scales.get(columns.of("amount")[-1], 1) if _BARE.fullmatch(found.text) else 1
        scale = 10**4 if "万" in found.text else own
        return Mark(block, start, end, (found.value or Decimal(0)) * own, Decimal("0.01") * own, scale)
    at = label.end()
    figure = figure_in(block.text[at:])
    if figure is None:
        return None
    scale = columns.scales.get(columns.of("amount")[-1], 1)
    own = 1 if figure.scale is not None else scale
    return Mark(block, at + figure.start, at + figure.end, figure.value * own, figure.step * own, figure.scale or scale)
