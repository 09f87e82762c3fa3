"""Tables whose rows add up from left to right: 建筑工程, 安装工程, 设备购置 and their 合计; tax and its rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import GridCell, Table
from docgen.rules.facts import Facts
from docgen.rules.grids import tables_of
from docgen.rules.name_search import squeezed
from docgen.rules.phrases import plain
from docgen.rules.price_cells import Figure, column_of, figure_in
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip

_WHOLE: Final = regex(r"(?:合计|总计|共计|总金额|总额|合计金额|价税合计)(?:\([^()]{1,6}\))?")
_RATE: Final = regex(r"(?:增值税)?(?:税率|征收率)(?:\([^()]{1,3}\))?")
_NET: Final = regex(r"(?:不含税|未税|除税)(?:总?金额|总?价|合价|价款)?(?:\([^()]{1,3}\))?")
_TAX: Final = regex(r"(?:增值)?税[额金款](?:\([^()]{1,3}\))?")
_PERCENT: Final = regex(r"\s*([0-9]{1,2}(?:\.[0-9]{1,2})?)\s*[%％]\s*")
_HEADER_ROWS: Final = 3
_HABIT: Final = 3
_SURE: Final = 3
_CENT: Final = Decimal("0.01")
_NO_PARTS: Final = frozenset({"serial", "price", "quantity", "rate", "note"})


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure of a row and where it stands."""

    block: Block
    figure: Figure

    @property
    def span(self) -> tuple[int, int]:
        return self.figure.start, self.figure.end


@rule("M134", "一行各栏之和与合计栏不符", on=Reading)
def rows_add_up(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 表格的合计栏是左边各栏之和，别的行都对得上而这一行对不上，这一行就有一个数写错。

    错误:
        名称\t建筑工程\t安装工程\t设备购置\t合计
        取水工程\t860.00\t120.00\t240.00\t1,220.00
        净水厂\t1,500.00\t420.00\t680.00\t2,600.00
        输水管\t900.00\t300.00\t200.00\t1,400.00
        水质监测\t30.00\t20.00\t50.00\t110.00
    正确:
        名称\t建筑工程\t安装工程\t设备购置\t合计
        取水工程\t860.00\t120.00\t240.00\t1,220.00
        净水厂\t1,500.00\t420.00\t680.00\t2,600.00
        输水管\t900.00\t300.00\t200.00\t1,400.00
        水质监测\t30.00\t20.00\t50.00\t100.00
    """
    for table in tables_of(reading):
        headers = _headers(table)
        for column in [column for column, header in headers.items() if _WHOLE.fullmatch(header)]:
            parts = [one for one in headers if one < column and column_of(headers[one]) not in _NO_PARTS]
            if len(parts) > 1:
                yield from _off_rows(reading, table, parts, column)
        yield from _off_rates(reading, table, headers)


def _headers(table: Table) -> dict[int, str]:
    """What the columns are called, by the rows before the first one with figures."""
    found: dict[int, str] = {}
    for row in table.rows[:_HEADER_ROWS]:
        if any(figure_in(cell.text) is not None for cell in row):
            break
        for cell in row:
            if cell.cell.column_span == 1 and (text := squeezed(cell.text)):
                found[cell.cell.column] = text
    return found


def _off_rows(reading: Reading, table: Table, parts: Sequence[int], column: int) -> Iterator[Finding]:
    rows = [found for row in table.rows if (found := _figures(row, parts, column)) is not None]
    odd = [found for found in rows if _excess(found)]
    several = [found for found in rows if found not in odd and len(found[0]) > 1]
    if len(several) < _HABIT or len(several) < _SURE * len(odd):
        return
    for items, whole in odd:
        excess = _excess((items, whole))
        meant = [(whole, whole.figure.value + excess), *((item, item.figure.value - excess) for item in items)]
        slipped = [(cell, right) for cell, right in meant if is_slip(cell.figure.value, right)]
        cell, right = slipped[0] if len(slipped) == 1 else meant[0]
        others = tuple(place_in(reading, one.block, one.span) for one, _ in meant if one is not cell)
        message = f"这一行各栏之和是 {plain(whole.figure.value + excess)}，合计栏写的是 {plain(whole.figure.value)}。"
        yield inside(
            reading, cell.block, cell.span, message, severity=Severity.WARNING,
            expected=like_written(cell.block.text, cell.figure, right) if len(slipped) == 1 else None,
            related=others,
            hint="其他各行都对得上：请核对这一行的每一个数。",
        )  # fmt: skip


def like_written(text: str, figure: Figure, right: Decimal) -> str:
    """The right figure as the one in this text is spelled."""
    written = text[figure.start : figure.end]
    decimals = len(written.partition(".")[2])
    scaled = right / (figure.scale or 1)
    return f"{scaled:,.{decimals}f}" if "," in written else f"{scaled:.{decimals}f}"


def _figures(row: Sequence[GridCell], parts: Sequence[int], column: int) -> tuple[list[_Cell], _Cell] | None:
    """The figures of a row and their total; None where there is none, or a cell holds something else."""
    cells = {cell.cell.column: cell for cell in row}
    whole = _cell(cells.get(column))
    if whole is None:
        return None
    filled = [cells[part] for part in parts if part in cells and cells[part].text.strip(" -—－/")]
    figures = [(cell, _cell(cell)) for cell in filled]
    texts = [cell for cell, figure in figures if figure is None]
    if any(any(char.isdigit() for char in cell.text) for cell in texts):
        return None
    items = [figure for _, figure in figures if figure is not None]
    return (items, whole) if items else None


def _cell(cell: GridCell | None) -> _Cell | None:
    figure = figure_in(cell.text) if cell is not None and len(cell.blocks) == 1 else None
    return _Cell(cell.blocks[0], figure) if cell is not None and figure is not None else None


def _excess(row: tuple[list[_Cell], _Cell]) -> Decimal:
    """By how much the parts of a row are more than its total, zero where they only round."""
    items, whole = row
    excess = sum((item.figure.value for item in items), Decimal(0)) - whole.figure.value
    slack = sum((item.figure.step for item in items), whole.figure.step) / 2
    return excess if abs(excess) > slack else Decimal(0)


def _off_rates(reading: Reading, table: Table, headers: dict[int, str]) -> Iterator[Finding]:
    """The rates of rows the net price and tax of which agree with their sum, but not with the rate."""
    columns = [
        [column for column, header in headers.items() if pattern.fullmatch(header)]
        for pattern in (_NET, _RATE, _TAX, _WHOLE)
    ]
    if any(len(found) != 1 for found in columns):
        return
    held, odd = 0, []
    for row in table.rows:
        cells = {cell.cell.column: cell for cell in row}
        net, tax, gross = (_cell(cells.get(columns[place][0])) for place in (0, 2, 3))
        rate = cells.get(columns[1][0])
        match = _PERCENT.fullmatch(rate.text) if rate is not None else None
        if net is None or tax is None or gross is None or rate is None or match is None:
            continue
        if abs(net.figure.value + tax.figure.value - gross.figure.value) > _CENT:
            continue
        if abs(net.figure.value * Decimal(match[1]) / 100 - tax.figure.value) <= max(_CENT, tax.figure.step):
            held += 1
        else:
            odd.append((rate.blocks[0], net, tax))
    if held <= len(odd):
        return
    for block, net, tax in odd:
        message = f"不含税 {plain(net.figure.value)}、税额 {plain(tax.figure.value)}，税率写的是 {block.text.strip()}。"
        related = tuple(place_in(reading, cell.block, cell.span) for cell in (net, tax))
        yield inside(
            reading, block, (0, len(block.text)), message, severity=Severity.WARNING, related=related,
            hint="不含税金额加税额等于价税合计：请核对税率。",
        )  # fmt: skip
