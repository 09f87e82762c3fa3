"""Tenders in packages: the budgets of the packages, listed without a total, against the budget of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import GridCell, Table
from docgen.reading.whole import blocks_with
from docgen.rules.grids import tables_of
from docgen.rules.instalments import singly
from docgen.rules.name_search import squeezed
from docgen.rules.phrases import apart, yuan
from docgen.rules.price_cells import Figure, figure_in, scale_of
from docgen.rules.rule import inside, place_in
from docgen.rules.slips import is_slip

_NUMBER: Final = regex(r"(?:包|标段|分包|标包|采购包)(?:编?号)?")
_PACKAGE: Final = regex(
    r"第?[0-9一二三四五六七八九十]{1,2}(?:包|标段)?|(?:采购|标)?(?:包|标段)[0-9一二三四五六七八九十A-Z]{1,2}"
)
_UNIT: Final = r"(?:[（(](?:人民币)?[万]?元[）)])?"
_BUDGET: Final = rf"(?:采购|项目)?预算(?:总?金额|总?额)?{_UNIT}"
_LIMIT: Final = rf"最高(?:投标)?限价{_UNIT}"
_BEGINS: Final = r"\s*(?:[0-9一二三四五六七八九十]{1,2}[.、．]\s?)?"
_FILL: Final = r"\s?[：:为](?:\s|人民币|大写|小写|[￥¥：:（(])*\Z"
# The head of the column, and the words before the amount of all packages.
_KINDS: Final = tuple((regex(one), regex(rf"{_BEGINS}{one}{_FILL}")) for one in (_BUDGET, _LIMIT))
_LEAST: Final = 2

Stated = tuple[Decimal, Block, tuple[int, int]]


def off_budgets(reading: Reading) -> Iterator[Finding]:
    """The columns of tables of packages that one slip keeps from making the amount that a line says for all."""
    if not blocks_with(reading, "预算", "限价") or not blocks_with(reading, "包", "标段"):
        return
    for table in tables_of(reading):
        packed = all(row and _PACKAGE.fullmatch(squeezed(row[0].text)) for row in table.rows[1:])
        if len(table.rows) <= _LEAST or not packed or not _NUMBER.fullmatch(squeezed(table.rows[0][0].text)):
            continue
        for cell in table.rows[0]:
            label = next((label for header, label in _KINDS if header.fullmatch(squeezed(cell.text))), None)
            stated = list(_stated(reading, label)) if label is not None else []
            if len(stated) == 1:
                yield from _off(reading, table, cell, stated[0])


def _stated(reading: Reading, label: re.Pattern[str]) -> Iterator[Stated]:
    """What lines of their own say of all packages together."""
    for block in blocks_with(reading, "预算", "限价"):
        for found in singly(block.text)[:1] if block.cell is None else ():
            if found.value and label.match(block.text[: found.start]):
                yield found.value, block, (found.start, found.end)


def _off(reading: Reading, table: Table, header: GridCell, stated: Stated) -> Iterator[Finding]:
    column = [_figure(row, header) for row in table.rows[1:]]
    known = [one for one in column if one is not None]
    scale = Decimal(scale_of(header.text) or 1)
    whole, block, span = stated
    values = [figure.value * (1 if figure.scale else scale) for _, figure in known]
    excess = sum(values, Decimal(0)) - whole
    slipped = [
        one for one, value in zip(known, values, strict=True) if is_slip(value / scale, (value - excess) / scale)
    ]
    if len(known) < len(column) or not excess or not (slipped or is_slip(whole, whole + excess)):
        return
    message = f"各包之和是 {yuan(whole + excess)}，总的写的是 {yuan(whole)}，{apart(whole + excess, whole)}。"
    hint = "请核对各包和总的金额：哪一个写错，就改哪一个。"
    if len(slipped) == 1:
        (cell, figure), total = slipped[0], place_in(reading, block, span)
        where = cell.blocks[0], (figure.start, figure.end)
        yield inside(reading, *where, message, severity=Severity.WARNING, related=(total,), hint=hint)
        return
    cells = tuple(place_in(reading, cell.blocks[0], (figure.start, figure.end)) for cell, figure in known)
    yield inside(
        reading, block, span, message, severity=Severity.WARNING, expected=yuan(whole + excess), related=cells,
        hint=hint,
    )  # fmt: skip


def _figure(row: tuple[GridCell, ...], header: GridCell) -> tuple[GridCell, Figure] | None:
    cell = next((cell for cell in row if cell.cell.column == header.cell.column), None)
    figure = figure_in(cell.text) if cell is not None and len(cell.blocks) == 1 else None
    return (cell, figure) if cell is not None and figure is not None else None
