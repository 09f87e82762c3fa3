"""Tables that give shares beside amounts: plans of payment, budgets with the share of each item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import GridCell, Table
from docgen.reading.whole import blocks_with
from docgen.rules.facts import Facts
from docgen.rules.grids import tables_of
from docgen.rules.phrases import percent, yuan
from docgen.rules.price_cells import column_of, figure_in, scale_of
from docgen.rules.price_rows import Mark
from docgen.rules.price_tables import like
from docgen.rules.rule import inside, place_in, rule

_SHARE: Final = regex(r"\s*([0-9]{1,3}(?:\.([0-9]{1,4}))?)\s*[%％]\s*")
_OF_WHOLE: Final = regex(r"比例|占比|百分比")
_IN_YUAN: Final = regex(r"^[一-龥]{1,6}[（(][万亿]?元[）)]$")
_MOST_ROWS: Final = 60
_MOST_AMOUNTS: Final = 3
_LEAST_ROWS: Final = 2
_HINT: Final = "请核对这一行的比例和金额；累计的比例请另列一栏。"


@dataclass(frozen=True, slots=True)
class _Row:
    """A share and an amount of one row; `slack` is how far the amount may be off, as part of the whole.

    `based` says that the amount is the share of another figure of its own row: 计算基数.
    """

    share: Decimal
    slack: Decimal
    amount: Decimal
    step: Decimal
    scale: int
    share_block: Block
    amount_block: Block
    span: tuple[int, int]
    based: bool = False

    def holds(self, whole: Decimal) -> bool:
        """Whether the amount is its share of a whole, as both are rounded."""
        return abs(self.amount - self.share * whole) <= self.slack * whole + self.step


@rule("M126", "表中的比例与金额不符", on=Reading)
def shares_in_tables(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 付款计划表同时写比例和金额，每一行的金额都应当是总额的这个比例。

    错误:
        付款阶段\t付款比例\t付款金额（元）
        签订后\t50%\t1080000
        中期\t25%\t450000
        终期\t25%\t540000
    正确:
        付款阶段\t付款比例\t付款金额（元）
        签订后\t50%\t1080000
        中期\t25%\t540000
        终期\t25%\t540000
    """
    shared = {block.cell.table for block in blocks_with(reading, "比例", "占比", "百分比") if block.cell is not None}
    for table in (table for table in tables_of(reading) if table.number in shared):
        yield from _off_rows(reading, list(_rows(table)))
        yield from _off_among(reading, table)


def _off_rows(reading: Reading, rows: Sequence[_Row]) -> Iterator[Finding]:
    whole = _whole(rows[:_MOST_ROWS])
    if whole is not None:
        yield from (_off(reading, row, rows, whole) for row in rows if not (row.based or row.holds(whole)))


def _off_among(reading: Reading, table: Table) -> Iterator[Finding]:
    """The one row that is off where the shares are those of one of several columns of amounts."""
    columns = [rows for number in range(_MOST_AMOUNTS) if len(rows := list(_rows(table, number))) > _LEAST_ROWS]
    off: list[list[_Row]] = []
    for rows in columns:
        whole = _whole(rows[:_MOST_ROWS])
        off.append(rows if whole is None else [row for row in rows if not (row.based or row.holds(whole))])
    near = [rows for rows, wrong in zip(columns, off, strict=True) if len(wrong) == 1]
    if near and all(off):
        yield from _off_rows(reading, near[0])


def _rows(table: Table, number: int | None = None) -> Iterator[_Row]:
    """The rows that have both, below a header that names a column of shares and one of amounts.

    Of several columns of amounts the one of this number.
    """
    shares: int | None = None
    amount: int | None = None
    scale = 1
    for cells in table.rows:
        money = [found for found in cells if column_of(found.text) == "amount" or _IN_YUAN.search(found.text)]
        named = [found.cell.column for found in cells if _OF_WHOLE.search(found.text) and len(found.text) <= 12]
        if named and money and not any("累计" in found.text for found in cells):
            amounts = [found for found in money if found.cell.column not in named]
            single = len(amounts) == 1 if number is None else 1 < len(amounts) > number
            taken = amounts[number or 0] if single and len(named) == 1 else None
            shares, amount = (named[0], taken.cell.column) if taken is not None else (None, None)
            scale = scale_of(amounts[0].text if taken is None else taken.text) or 1
        elif shares is not None and amount is not None:
            yield from _row({found.cell.column: found for found in cells}, shares, amount, scale)


def _row(cells: dict[int, GridCell], shares: int, amount: int, scale: int) -> Iterator[_Row]:
    share_cell, amount_cell = cells.get(shares), cells.get(amount)
    if share_cell is None or amount_cell is None or len(share_cell.blocks) != 1 or len(amount_cell.blocks) != 1:
        return
    match, figure = _SHARE.fullmatch(share_cell.text), figure_in(amount_cell.text)
    if match is None or figure is None or not Decimal(match[1]):
        return
    own = 1 if figure.scale is not None else scale
    slack = Decimal(1).scaleb(-len(match[2] or "") - 2) / 2 if match[2] else Decimal(0)
    share = Decimal(match[1]) / 100
    others = (figure_in(cell.text) for column, cell in cells.items() if column not in (shares, amount))
    based = any(one is not None and abs(one.value * share - figure.value) <= figure.step / 2 for one in others)
    yield _Row(
        share,
        slack,
        figure.value * own,
        figure.step * own,
        figure.scale or scale,
        share_cell.blocks[0],
        amount_cell.blocks[0],
        (figure.start, figure.end),
        based,
    )


def _whole(rows: Sequence[_Row]) -> Decimal | None:
    """The whole that most rows are shares of; None where fewer than two rows, or not most, agree on one."""
    wholes = [row.amount / row.share for row in rows]
    if not wholes:
        return None
    best = max(wholes, key=lambda whole: sum(row.holds(whole) for row in rows))
    held = sum(row.holds(best) for row in rows)
    return best if held >= 2 and held * 2 > len(rows) else None


def _off(reading: Reading, row: _Row, rows: Sequence[_Row], whole: Decimal) -> Finding:
    right = (whole * row.share).quantize(Decimal("0.01"))
    message = f"按其余各行，总额是 {yuan(whole)}，它的 {percent(row.share)} 是 {yuan(right)}，"
    message += f"金额写的是 {yuan(row.amount)}。"
    share = (0, len(row.share_block.text))
    # All shares together are the whole, and all amounts are not: then it is the amount that slipped.
    decided = sum(one.share for one in rows) == 1 and sum(one.amount for one in rows) - row.amount + right == whole
    made = Mark(row.amount_block, *row.span, row.amount, row.step, row.scale)
    return inside(
        reading,
        row.amount_block,
        row.span,
        message,
        severity=Severity.ERROR if not row.slack else Severity.WARNING,
        expected=yuan(right),
        related=(place_in(reading, row.share_block, share),),
        hint="各行比例合计 100%，按比例金额也合计等于总额：请改金额。" if decided else _HINT,
        fix=like(made, right) if decided else None,
    )
