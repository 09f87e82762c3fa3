"""Tables that sum up what they count: people, lessons, points; the last row against the rows above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Reading
from docgen.reading.tables import GridCell, Table
from docgen.rules import packages
from docgen.rules.facts import Facts
from docgen.rules.grids import tables_of
from docgen.rules.once import once_per_reading
from docgen.rules.phrases import plain
from docgen.rules.price_cells import figure_in
from docgen.rules.price_tables import sheets
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip

_COUNTED: Final = regex(
    r"(?:分值|分数|满分|标准分|课时数?|学时数?|[总男女]?人[数次]|人月|人天|工日|人员数量|数量|份数|样本[量数]|有效样本|场次|件数|台数|套数|名额|编制数?)"
    r"(?:[（(][^（）()]{1,4}[）)])?"
    # 审计报告（份）: whatever is counted so.
    r"|(?!.{0,8}(?:单|每|标准|最|平?均|累计|比))[一-龥]{2,8}[（(][份人名台套辆间件册户][）)]"
)
# What is measured: 预计运量（吨）, 改造面积（㎡）.
_MEASURED: Final = regex(r"(?:运量|重量|面积|用量|产量|长度)(?:[（(][^（）()]{1,4}[）)])?$")
_BRACKETS: Final = regex(r"[（(][^（）()]*[）)]")
_TOTAL: Final = regex(r"(?:合计|总计|共计|总分)(?:[（(][^（）()]{1,4}[）)])?")
# Rows that are sums of others, or parts of them: 小计, 其中, 1.1.
_PARTLY: Final = regex(r"\s*(?:小\s*计|其中|累计|平均|人均|\d{1,2}[.．]\d{1,2}\s*$)")
_NUMBER: Final = regex(r"\s*(\d{1,6}(?:\.\d{1,2})?)\s*([一-龥]{0,2})\s*")
_NO_PARTS: Final = regex(
    r"单价|单位|标准|限价|最[高低]|每|比例|率|[%％]|累计|剩余|余额|[/／]|备注|说明|规格|参考|市场价|均价"
)
_NOTHING: Final = regex(r"\s*[-－—–/／\\]+\s*")
_LEAST: Final = 2
# How many lines a page break puts between two halves of a table: page number, stamp, running title.
_PAGE_BREAK: Final = 4

Counted = tuple[GridCell, Decimal, str]


@rule("N106", "合计与各行数量之和不符", on=Reading)
def counted_columns_add_up(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 表格最后一行写的人数、课时、总分应当等于各行之和，不等就有一行写错或漏列。

    错误:
        专题\t课时
        法律法规\t8
        风险识别\t8
        应急处置\t12
        合计\t26
    正确:
        专题\t课时
        法律法规\t8
        风险识别\t8
        应急处置\t12
        合计\t28
    """
    for table in _over_pages(tables_of(reading)):
        if not _has_one_total(table):
            continue
        for cell in table.rows[0]:
            header = "".join(cell.text.split())
            if cell.cell.column_span == 1 and _COUNTED.fullmatch(header):
                yield from _off_total(reading, table, cell.cell.column)
            elif cell.cell.column_span == 1 and _is_money(reading, table, cell, header):
                yield from _off_money(reading, table, cell.cell.column)
    yield from packages.off_budgets(reading)


def _over_pages(tables: tuple[Table, ...]) -> Iterator[Table]:
    """The tables, one that goes on behind a page break under the same header as one table."""
    before: Table | None = None
    for table in tables:
        if before is not None and _goes_on(before, table):
            before = replace(table, rows=(*before.rows, *table.rows[1:]))
            continue
        if before is not None:
            yield before
        before = table
    if before is not None:
        yield before


def _goes_on(table: Table, following: Table) -> bool:
    """Whether a table without a total stands right before another one with the same header."""
    header, again = ([cell.text.split() for cell in one.rows[0]] for one in (table, following))
    between = following.rows[0][0].blocks[0].index - table.rows[-1][-1].blocks[-1].index - 1
    return between <= _PAGE_BREAK and header == again and not _is_total(table.rows[-1])


def _has_one_total(table: Table) -> bool:
    """Whether the table has one total, in its last row, and no rows that are parts of others."""
    if len(table.rows) < _LEAST + 2 or table.rows[0][0].blocks[0].page is not None:
        return False
    totals = [index for index, row in enumerate(table.rows) if _is_total(row)]
    parts = any(_PARTLY.match(cell.text) for row in table.rows[1:] for cell in row[:2])
    return totals == [len(table.rows) - 1] and not parts


def _is_money(reading: Reading, table: Table, cell: GridCell, header: str) -> bool:
    """Whether a column holds money that no rule on price tables adds up."""
    unit = "元" in header or any("单位" in block.text and "元" in block.text for block in table.lead)
    measured = _MEASURED.search(header) is not None
    if not (unit or measured) or not header or _NO_PARTS.search(_BRACKETS.sub("", header) if measured else header):
        return False
    return (table.number, cell.cell.column) not in _added_up(reading)


@once_per_reading
def _added_up(reading: Reading) -> frozenset[tuple[int, int]]:
    """The columns of price tables, by table and column."""
    marks = [
        mark.block.cell
        for sheet in sheets(reading)
        for mark in (*(row.mark for row in sheet.rows), *(one.mark for one in sheet.sums))
    ]
    return frozenset((cell.table, cell.column) for cell in marks if cell is not None)


def _off_money(reading: Reading, table: Table, column: int) -> Iterator[Finding]:
    """The total of a money column that one slip of the hand keeps from being the sum of its rows."""
    *rows, last = [_at(row, column) for row in table.rows]
    items = [figure_in(cell.text) for cell in rows[1:] if cell is not None and cell.text.strip()]
    total = figure_in(last.text) if last is not None else None
    known = [item.value for item in items if item is not None]
    if last is None or total is None or len(known) < max(len(items), _LEAST):
        return
    excess = sum(known, Decimal(0)) - total.value
    slipped = is_slip(total.value, total.value + excess) or any(is_slip(value, value - excess) for value in known)
    if not excess or total.value in known or not slipped:
        return
    block = next(block for block in last.blocks if block.text.strip())
    message = f"以上 {len(known)} 行之和是 {plain(total.value + excess)}，合计写的是 {plain(total.value)}。"
    span = (total.start, total.end) if block.text == last.text else (0, len(block.text))
    hint = "请核对各行和合计：哪一个写错，就改哪一个。"
    yield inside(
        reading, block, span, message, severity=Severity.WARNING, expected=plain(total.value + excess), hint=hint
    )


def _is_total(row: tuple[GridCell, ...]) -> bool:
    return any(_TOTAL.fullmatch("".join(cell.text.split())) for cell in row[:2])


def _off_total(reading: Reading, table: Table, column: int) -> Iterator[Finding]:
    *rows, last = [_at(row, column) for row in table.rows]
    below = [cell for cell in rows[1:] if cell is not None]  # a cell merged downwards stands in its first row
    items = [_number(cell) for cell in below]
    total = _number(last)
    known = [item for item in items if item is not None]
    items = [item for item, cell in zip(items, below, strict=True) if not _NOTHING.fullmatch(cell.text)]
    if total is None or len(known) < max(len(items), _LEAST) or len({unit for _, _, unit in known if unit}) > 1:
        return
    values = [value for _, value, _ in known]
    added = sum(values, Decimal(0))
    if total[1] in {added, max(values), Decimal(len(values))}:
        return
    cell, value, _ = total
    block = cell.blocks[0]
    match = _NUMBER.fullmatch(block.text)
    span = match.span(1) if match else (0, len(block.text))
    message = f"以上 {len(values)} 行之和是 {added}，合计写的是 {value}。"
    related = tuple(
        place_in(reading, one.blocks[0], (0, len(one.blocks[0].text))) for one in (known[0][0], known[-1][0])
    )
    hint = "请核对各行和合计：哪一个写错，就改哪一个。"
    yield inside(
        reading, block, span, message, severity=Severity.WARNING, expected=str(added), related=related, hint=hint
    )


def _at(row: tuple[GridCell, ...], column: int) -> GridCell | None:
    return next((cell for cell in row if cell.cell.column == column), None)


def _number(cell: GridCell | None) -> Counted | None:
    match = _NUMBER.fullmatch(cell.text) if cell is not None else None
    return (cell, Decimal(match[1]), match[2]) if cell is not None and match else None
