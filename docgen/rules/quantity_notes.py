"""How a quantity was reckoned, as a remark in its row says: 3名专家×15个工作日 beside a quantity of 45."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from math import prod
from typing import Final, NamedTuple

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import GridCell, Table, tables
from docgen.rules.facts import Facts
from docgen.rules.price_cells import column_of, count_in, figure_in
from docgen.rules.rule import inside, place_in, rule

_UNIT: Final = r"(?:个|名|人|位|次|场|轮|期|份|件|套|台|批|家|项|点|村|区|县|处|天|日|周|月|年|季|班|组|课时|小时|工日)"
_FACTOR: Final = rf"[0-9]{{1,6}}\s*{_UNIT}[^0-9×xX*＊✕，。；,;（）()/\n]{{0,8}}"
_TIMES: Final = r"\s*[×xX*＊✕]\s*"
_SIGNS: Final = frozenset("×xX*＊✕")
# 1000元×3次 is a price: all factors count something.
_REMARK: Final = regex(rf"(?<![0-9.元×xX*＊]){_FACTOR}(?:{_TIMES}{_FACTOR}){{1,3}}(?!{_TIMES})")
# Another figure beside it, or an estimate.
_MORE: Final = regex(r"[0-9约另]|不[少超]")
_HEADER_ROWS: Final = 3
_HABIT: Final = 2


class _Remark(NamedTuple):
    """A remark in a row: its place, its factors, the quantity beside it, and whether price times quantity is right."""

    block: Block
    span: tuple[int, int]
    factors: tuple[int, ...]
    quantity: Block
    said: Decimal
    sound: bool

    @property
    def fits(self) -> bool:
        return prod(self.factors) == self.said


@rule("M132", "说明里的算法与数量不符", on=Reading)
def remarks_make_the_quantity(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 备注写明数量怎样得来（几人乘以几天），算出来却不是数量栏的数，两处必有一处没有跟着改。

    错误:
        事项\t单价（元）\t数量\t金额（元）\t备注
        方案设计\t1000\t45\t45000\t3名专家×15个工作日
        现场核验\t1000\t20\t20000\t2名专家×10个工作日
        报告撰写\t1000\t30\t30000\t3名专家×12个工作日
    正确:
        事项\t单价（元）\t数量\t金额（元）\t备注
        方案设计\t1000\t45\t45000\t3名专家×15个工作日
        现场核验\t1000\t20\t20000\t2名专家×10个工作日
        报告撰写\t1000\t30\t30000\t3名专家×10个工作日
    """
    found = [remarks for table in tables(reading) if (remarks := list(_remarks(table)))]
    fitting = sum(remark.fits for remarks in found for remark in remarks)
    odd = [remark for remarks in found for remark in remarks if not _explained(remark)]
    if fitting < _HABIT or fitting <= len(odd):
        return
    for remark in odd:
        if remark.sound:
            said = "×".join(map(str, remark.factors))
            yield inside(
                reading,
                remark.block,
                remark.span,
                f"这里写的是 {said}，即 {prod(remark.factors)}，数量栏写的是 {remark.quantity.text.strip()}。",
                severity=Severity.WARNING,
                related=(place_in(reading, remark.quantity, (0, len(remark.quantity.text))),),
                hint="单价乘以数量等于金额：请核对说明里的算法。",
            )


def _explained(remark: _Remark) -> bool:
    """Whether some of the factors make the quantity: with a price per day, 3名×40个工作日 is a quantity of 40."""
    sizes = range(1, len(remark.factors) + 1)
    return any(prod(some) == remark.said for size in sizes for some in combinations(remark.factors, size))


def _remarks(table: Table) -> Iterator[_Remark]:
    """The remarks of a table that has one column of quantities."""
    kinds = _kinds(table)
    columns = [column for column, kind in kinds.items() if kind == "quantity"]
    if len(columns) != 1:
        return
    for row in table.rows:
        cells = {cell.cell.column: cell for cell in row}
        counted = cells.get(columns[0])
        count = count_in(counted.text) if counted is not None else None
        if counted is None or count is None:
            continue
        for column, cell in cells.items():
            for block, match, factors in _reckoned(cell) if column != columns[0] else ():
                sound = _multiplies(cells, kinds, count)
                yield _Remark(block, match.span(), factors, counted.blocks[0], count, sound)


def _kinds(table: Table) -> dict[int, str]:
    """What the columns hold, by the headers in the first rows."""
    found: dict[int, str] = {}
    for row in table.rows[:_HEADER_ROWS]:
        for cell in row:
            kind = column_of(cell.text)
            if kind is not None and cell.cell.column_span == 1:
                found.setdefault(cell.cell.column, kind)
    return found


def _multiplies(cells: dict[int, GridCell], kinds: dict[int, str], count: Decimal) -> bool:
    """Whether price times quantity is the amount, or nobody says so."""
    values = {
        kind: figure.value
        for column, kind in kinds.items()
        if column in cells and (figure := figure_in(cells[column].text)) is not None
    }
    if "price" not in values or "amount" not in values:
        return True
    return values["price"] * count == values["amount"]


def _reckoned(cell: GridCell) -> Iterator[tuple[Block, re.Match[str], tuple[int, ...]]]:
    """The products in the paragraphs of a cell that say nothing else in figures, with their factors."""
    for block in cell.blocks:
        found = [] if _SIGNS.isdisjoint(block.text) else list(_REMARK.finditer(block.text))
        if len(found) == 1 and not _MORE.search(_REMARK.sub("", block.text)):
            yield block, found[0], tuple(int(number) for number in re.findall(r"(?<![0-9.])[0-9]+", found[0][0]))
