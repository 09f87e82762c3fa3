"""The lines of price tables in a document: items and totals, over one table or several that belong together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import Table
from docgen.rules.grids import tables_of
from docgen.rules.once import once_per_reading
from docgen.rules.price_cells import Column, column_of, figure_in, scale_of
from docgen.rules.price_rows import (
    Columns,
    Line,
    Mark,
    TableRow,
    is_total_label,
    line_of,
    lone_figure,
    rows_of,
    value_in,
)

_BLANKS: Final = regex(r"[\s　]+")
_UNIT_LINE: Final = regex(r"单位\s*[:：]?\s*[（(]?\s*(?:人民币)?\s*[（(]?\s*[百千万亿]{0,2}元")
_HEADING: Final = regex(r"\s*(?:附\s*[件录表]|第[一二三四五六七八九十百]+[章部条])")
_WITH_TAX: Final = regex(r"含税|价税")
_NO_TAX: Final = regex(r"不含税|未税|除税")


@dataclass(slots=True)
class Run:
    """Lines that are summed up together, and the amount columns that they have in common."""

    columns: Columns
    lines: list[Line] = field(default_factory=list)


@once_per_reading
def price_runs(reading: Reading) -> tuple[Run, ...]:
    """The lines of all price tables of a document; tables with the same columns one below another are one run."""
    scan = _Scan()
    grids = {table.number: table for table in tables_of(reading)}
    for block in reading.blocks:
        if block.cell is None:
            scan.paragraph(block)
        elif (table := grids.pop(block.cell.table, None)) is not None:
            scan.table(table)
    return tuple(run for run in scan.runs if run.lines)


@dataclass(slots=True)
class _Scan:
    """One pass over the paragraphs and tables of a document."""

    runs: list[Run] = field(default_factory=list)
    run: Run | None = None
    pending: Line | None = None
    away: int = 0

    def paragraph(self, block: Block) -> None:
        """Take note of a paragraph between tables: a total that stands by itself, or a heading that ends the run."""
        if self.run is None:
            return
        text = _BLANKS.sub("", block.text)
        if _HEADING.match(block.text) or len(text) > 300:
            self._finish()
        elif text and len(text) <= 60 and (mark := value_in(block, self.run.columns)) is not None:
            if _WITH_TAX.match(text) and any(line.total and _NO_TAX.match(line.label) for line in self.run.lines):
                return  # 未税合计 is the sum of the rows, 含税合计 is more
            column = self.run.columns.of("amount")[-1]
            grand = "总" in text[:8]
            self.run.lines.append(Line(0, 0, "", block, text, {column: mark}, total=True, grand=grand))
        elif text and is_total_label(text):
            self.pending, self.away = Line(0, 0, "", block, text, {}, total=True, grand="总" in text), 0

    def table(self, table: Table) -> None:
        """Take in the lines of a table."""
        columns: Columns | None = None
        unit = _lead_unit(table)
        headed, headers = False, False
        for row in rows_of(table):
            if _is_header(row, after=headers):
                columns = _columns(row, unit, columns if headers else None)
                headers = headed = True
                continue
            if headers and columns is not None:
                self._open(columns)
            headers = False
            if columns is None:
                unit = unit or _unit_above(row)
            if not headed:
                headed = True
                if not self._goes_on(row):
                    self._finish()
            if self.run is not None and (columns is None or columns.of("amount")):
                self._take(table, row, self.run.columns)

    def _open(self, columns: Columns) -> None:
        """Begin a run, or go on with the last one where the columns are the same."""
        if not columns.of("amount"):
            self._finish()
        elif self.run is None or dict(self.run.columns.kinds) != dict(columns.kinds):
            self.run, self.pending = Run(columns), None
            self.runs.append(self.run)

    def _finish(self) -> None:
        self.run, self.pending = None, None

    def _goes_on(self, row: TableRow) -> bool:
        """Whether a table without a header can be the rest of the one before."""
        if self.run is None:
            return False
        last = max(self.run.columns.kinds)
        fits = abs(max(row.texts, default=0) - last) <= 1
        return fits and (len(row.filled) < 3 or any(figure_in(text) for text in row.filled.values()))

    def _take(self, table: Table, row: TableRow, columns: Columns) -> None:
        filled = row.filled
        if not filled:
            return
        lone = lone_figure(row, filled)
        if lone is not None and self.pending is not None:
            self._settle(lone, columns)
            return
        line = line_of(table.number, row, columns)
        if line is None:
            self.away += 1
            return
        assert self.run is not None
        if line.total and not line.amounts:
            self.pending, self.away = line, 0
            return
        if line.total or line.amounts:
            self.pending = None
        self.run.lines.append(line)

    def _settle(self, lone: tuple[int, Mark], columns: Columns) -> None:
        """Give a total its value, which stands by itself in a row further down."""
        pending, (_, mark) = self.pending, lone
        assert pending is not None
        assert self.run is not None
        column = columns.of("amount")[0]
        scale = columns.scales.get(column, 1)
        mark = Mark(mark.block, mark.start, mark.end, mark.value * scale, mark.step * scale, scale)
        near = self.away == 0 and pending.table != 0
        self.run.lines.append(
            Line(
                pending.table,
                pending.row,
                "",
                pending.item,
                pending.label,
                {column: mark},
                total=True,
                grand=pending.grand,
                near=near,
            )
        )
        self.pending = None


def _lead_unit(table: Table) -> int | None:
    """The unit that a line above the table names: 单位：万元."""
    for block in reversed(table.lead):
        match = _UNIT_LINE.search(block.text) if len(block.text) <= 60 else None
        if match:
            return scale_of(match[0])
    return None


def _unit_above(row: TableRow) -> int | None:
    """The unit that a row above the header names for all columns below it: 审计收费（单位：万元）."""
    if any(figure_in(text) for text in row.filled.values()):
        return None
    named = {scale for text in row.filled.values() if len(text) <= 30 and (scale := scale_of(text)) is not None}
    return named.pop() if len(named) == 1 else None


def _is_header(row: TableRow, *, after: bool) -> bool:
    """Whether the row names columns; below a header row fewer names suffice."""
    filled = row.filled
    if any(figure_in(text) for text in filled.values()) or len(filled) < 2 - after:
        return False
    kinds = [column_of(text) for text in filled.values()]
    money = {"price", "quantity", "amount"} & set(kinds)
    if after and len(filled) < 2:
        return bool(money) and not is_total_label("".join(filled.values()))
    several = len(set(kinds) - {None}) > 1 or kinds.count("amount") > 1
    return bool(money) and several and sum(kind is not None for kind in kinds) * 2 >= len(kinds)


def _columns(row: TableRow, unit: int | None, above: Columns | None) -> Columns:
    """What the columns hold by a header row, and the one above it where there are two."""
    kinds: dict[int, Column] = dict(above.kinds) if above else {}
    scales: dict[int, int] = dict(above.scales) if above else {}
    for column, found in row.cells.items():
        text = row.texts[column]
        kind = column_of(text)
        scale = scale_of(text) or (unit if kind in ("price", "amount") else None)
        for covered in range(column, column + found.cell.column_span):
            if kind is not None:
                kinds[covered] = kind
            if scale is not None:
                scales[covered] = scale
    return Columns(kinds, scales)
