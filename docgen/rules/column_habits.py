"""Rows of tables that break what all other rows keep: one column times another, or the sum of some of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, islice
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import GridCell, Table
from docgen.rules import price_tables, row_sums, settlements, share_tables
from docgen.rules.facts import Facts
from docgen.rules.grids import tables_of
from docgen.rules.name_search import squeezed
from docgen.rules.phrases import grouped, plain
from docgen.rules.price_cells import Column, Figure, column_of, figure_in
from docgen.rules.price_rows import is_total_label
from docgen.rules.row_sums import like_written
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip

_TIMES: Final = regex(r"(?<![0-9.])([2-9]|[1-9][0-9])个?[月年季人次期]")
_LEAST_ROWS: Final = 3
_MOST_ROWS: Final = 300
_MOST_COLUMNS: Final = 14
_TRIED: Final = 4
_MOST_TRIED: Final = 40
_MOST_HABITS: Final = 60
_HELD: Final = 2
_SURE: Final = 3
_DIGITS: Final = 3
_WAN: Final = Decimal(10**4)
_SCALES: Final = (Decimal(1), 1 / _WAN, _WAN)
_NOT_ADDED: Final = frozenset({"serial", "rate", "note"})

_Cells = Mapping[int, tuple[Block, Figure]]


@dataclass(frozen=True, slots=True)
class _Habit:
    """How the last column is made of others: their product, or their sum with some of them taken off."""

    whole: int
    parts: tuple[int, ...]
    signs: tuple[int, ...] = ()
    scale: Decimal = Decimal(1)

    def right(self, cells: _Cells) -> Decimal | None:
        """What the column should hold in a row, None where the row lacks a part."""
        if self.whole not in cells:
            return None
        if self.signs:
            values = [
                (cells[part][1].value, sign) for part, sign in zip(self.parts, self.signs, strict=True) if part in cells
            ]
            return sum((value * sign for value, sign in values), Decimal(0)) if len(values) > 1 else None
        if any(part not in cells for part in self.parts):
            return None
        if len(self.parts) == 1:
            return cells[self.parts[0]][1].value * self.scale
        return cells[self.parts[0]][1].value * cells[self.parts[1]][1].value * self.scale

    def holds(self, cells: _Cells) -> bool:
        """Whether a row keeps it, as its figures are rounded."""
        right, figure = self.right(cells), cells[self.whole][1]
        slack = sum((cells[part][1].step for part in self.parts if part in cells), figure.step) / 2
        return right is not None and abs(right - figure.value) <= (slack if self.signs else figure.step / 2)

    def tells(self, cells: _Cells) -> bool:
        """Whether a row that keeps it shows anything: not 1×12 or 5＋0, nor a small number."""
        values = [abs(cells[part][1].value) for part in self.parts if part in cells]
        whole = cells[self.whole][1]
        if self.signs:
            most = max(_digits(value) for value in (*values, whole.value))
            return sum(value > 0 for value in values) > 1 and most >= _DIGITS
        return min(values) > 1 and _digits(whole.value) > (1 if len(values) > 1 else _DIGITS - 1)

    def said(self, heads: Mapping[int, str]) -> str:
        """The habit as a clerk writes it: 数量×单价."""
        names = [heads.get(part) or f"第{part + 1}栏" for part in self.parts]
        if not self.signs:
            return "×".join(names if len(names) > 1 else [*names, plain(self.scale)])
        return "".join(
            f"{'' if not number else '－' if sign < 0 else '＋'}{name}"
            for number, (name, sign) in enumerate(zip(names, self.signs, strict=True))
        )


@rule("M136", "一行的算法与其他各行不同", on=Reading)
def rows_keep_the_habit(reading: Reading, facts: Facts) -> Iterator[Finding]:
    r"""为什么: 表格各行都按同一个算法得出某一栏，只有一行差了一两位，这一行就有一个数抄错。

    错误:
        岗位\t人数\t单人费用\t月小计
        厨师长\t2\t10,200\t20,400
        厨师\t10\t7,598\t79,580
        面点师\t4\t7,164\t28,656
        服务员\t16\t4,952\t79,232
    正确:
        岗位\t人数\t单人费用\t月小计
        厨师长\t2\t10,200\t20,400
        厨师\t10\t7,958\t79,580
        面点师\t4\t7,164\t28,656
        服务员\t16\t4,952\t79,232
    """
    found = [
        finding
        for table in tables_of(reading)
        if len(table.rows) > _LEAST_ROWS
        for finding in _off_rows(reading, table)
    ]
    if found:
        told = {_row_of(reading, one) for other in _NEARER for one in other.check(reading, facts)}
        yield from (finding for finding in found if _row_of(reading, finding) not in told)


_NEARER: Final = (
    price_tables.rows_multiply,
    row_sums.rows_add_up,
    settlements.settlements_add_up,
    share_tables.shares_in_tables,
)
"""Rules that know better what the columns are: the rows that they tell are not told again."""


def _row_of(reading: Reading, finding: Finding) -> tuple[int, int] | None:
    """The table and the row that a finding stands in."""
    cell = reading.blocks[finding.place.block or 0].cell
    return (cell.table, cell.row) if cell is not None else None


def _off_rows(reading: Reading, table: Table) -> Iterator[Finding]:
    heads, first = _heads(table), list(_rows(table, 0, _MOST_TRIED))
    habits = list(islice(_habits(first, heads), _MOST_HABITS)) if len(first) >= _LEAST_ROWS else []
    rows = [*first, *_rows(table, _MOST_TRIED, _MOST_ROWS)] if habits else []
    told: set[int] = set()
    for habit in habits:
        kept = [row for row in rows if habit.right(row) is not None]
        odd = [row for row in kept if not habit.holds(row)]
        held = sum(habit.tells(row) for row in kept if row not in odd)
        if len(odd) != 1 or held < _HELD or id(odd[0]) in told or _is_taken_from(habit, odd[0], rows, habits):
            continue
        finding = _off(reading, habit, odd[0], heads)
        if finding is not None:
            told.add(id(odd[0]))
            yield finding


def _is_taken_from(habit: _Habit, odd: _Cells, rows: Sequence[_Cells], habits: Sequence[_Habit]) -> bool:
    """Whether another column has what a habit makes, and the row takes something off it: 应发－扣款＝实发.

    Nor does a sum say anything where all rows keep another one of the same columns, of more or of fewer.
    """
    for other in habits:
        if other == habit or not other.signs or not _kept_by_all(other, odd, rows):
            continue
        mine, theirs = {habit.whole, *habit.parts}, {other.whole, *other.parts}
        if habit.signs and (mine <= theirs or theirs <= mine):
            return True
        others = [part for part in other.parts if part not in mine] if other.whole == habit.whole else []
        if any(_kept_by_all(replace(habit, whole=part), odd, rows) for part in others):
            return True
    return False


def _kept_by_all(habit: _Habit, odd: _Cells, rows: Sequence[_Cells]) -> bool:
    """Whether a row and all others that have its columns keep a habit."""
    return habit.right(odd) is not None and all(habit.holds(row) for row in rows if habit.right(row) is not None)


def _heads(table: Table) -> dict[int, str]:
    found: dict[int, str] = {}
    for row in table.rows[:3]:
        if any(figure_in(cell.text) is not None for cell in row):
            break
        for cell in row:
            text = squeezed(cell.text)
            if cell.cell.column_span == 1 and text and not (_LETTER.fullmatch(text) and cell.cell.column in found):
                found[cell.cell.column] = text
    return found


# A row (1), (2), (3) below the header, that formulas speak of.
_LETTER: Final = regex(r"[（(]?(?:[0-9]{1,2}|[A-Z])[）)]?")


def _rows(table: Table, first: int, end: int) -> Iterator[_Cells]:
    """The figures of the rows by column, without the rows that sum up."""
    for row in table.rows[first:end]:
        if len(row) < _LEAST_ROWS:
            continue
        cells: dict[int, tuple[Block, Figure]] = {}
        for cell, blocks, _ in row:
            figure = figure_in(blocks[0].text) if len(blocks) == 1 and cell.row_span == 1 else None
            if figure is not None:
                cells[cell.column] = (blocks[0], figure)
        if _LEAST_ROWS <= len(cells) <= _MOST_COLUMNS and not _is_total(row):
            yield cells


def _is_total(row: Sequence[GridCell]) -> bool:
    return any(is_total_label("".join(cell.text.split())) for cell in row[:2])


def _habits(rows: Sequence[_Cells], heads: Mapping[int, str]) -> Iterable[_Habit]:
    """What one of the rows suggests that tell most, each habit once."""
    kinds = {column: column_of(head) for column, head in heads.items()}
    found: dict[_Habit, None] = {}
    for cells in sorted(rows, key=_telling, reverse=True)[:_TRIED]:
        columns = [column for column in sorted(cells) if kinds.get(column) != "serial"]
        for whole in columns:
            parts = [column for column in columns if column != whole]
            added = [column for column in parts if kinds.get(column) not in _NOT_ADDED]
            habits = [
                *(habit for habit in _products(cells, parts, whole) if not _is_priced(habit, kinds)),
                *_months(cells, parts, whole, heads.get(whole, "")),
                *_sums(cells, added, whole),
                *_differences(cells, added, whole),
            ]
            found.update((habit, None) for habit in habits if habit.tells(cells))
    return found


def _is_priced(habit: _Habit, kinds: Mapping[int, Column | None]) -> bool:
    """Whether a habit is unit price times quantity, which the rules on price tables look after."""
    of = [kind for kind in kinds.values() if kind in {"price", "quantity"}]
    return kinds.get(habit.whole) == "amount" and sorted(of) == sorted(str(kinds.get(part)) for part in habit.parts)


def _telling(cells: _Cells) -> int:
    """How many digits of a row's figures tell something."""
    return sum(_digits(figure.value) for _, figure in cells.values())


def _digits(value: Decimal) -> int:
    """How many digits of a figure tell something: those between the first and the last that is no nought."""
    return len(plain(abs(value)).replace(".", "").strip("0"))


def _products(cells: _Cells, parts: Sequence[int], whole: int) -> Iterator[_Habit]:
    """Two columns that make another one."""
    figure = cells[whole][1]
    for one, other in combinations(parts, 2):
        # Few do: to make a habit of each that does not would take longer.
        product = cells[one][1].value * cells[other][1].value
        for scale in _SCALES:
            if abs(product * scale - figure.value) <= figure.step / 2:
                yield _Habit(whole, (one, other), scale=scale)


def _months(cells: _Cells, parts: Sequence[int], whole: int, head: str) -> Iterator[_Habit]:
    """A column times the number that the header of another one says: 10个月合计."""
    match = _TIMES.search(head)
    habits = [_Habit(whole, (part,), scale=Decimal(match[1])) for part in parts] if match else []
    yield from (habit for habit in habits if habit.holds(cells))


def _sums(cells: _Cells, parts: Sequence[int], whole: int) -> Iterator[_Habit]:
    """Neighbouring columns on one side of a column that make it."""
    for side in ([column for column in parts if column < whole], [column for column in parts if column > whole]):
        for first in range(len(side) - 1):
            for end in range(first + 2, len(side) + 1):
                if _adds_up(cells, side[first:end], whole):
                    yield _Habit(whole, tuple(side[first:end]), (1,) * (end - first))


def _differences(cells: _Cells, parts: Sequence[int], whole: int) -> Iterator[_Habit]:
    """Two or three columns that make another one where one of them is taken off."""
    for size in (2, 3):
        for some in combinations(parts, size) if len(parts) <= 2 * _SURE else ():
            for minus in range(1, size):
                if _adds_up(cells, some, whole, some[minus]):
                    yield _Habit(whole, some, tuple(-1 if place == minus else 1 for place in range(size)))


def _adds_up(cells: _Cells, parts: Sequence[int], whole: int, minus: int | None = None) -> bool:
    """Whether some columns of a row make another one, the one at `minus` taken off."""
    total = slack = Decimal(0)
    for part in (*parts, whole):
        figure = cells[part][1]
        total += -figure.value if part in (minus, whole) else figure.value
        slack += figure.step
    return abs(total) <= slack / 2


def _off(reading: Reading, habit: _Habit, cells: _Cells, heads: Mapping[int, str]) -> Finding | None:
    """The finding about a row that one slip of the hand explains, at the figure that slipped."""
    right = habit.right(cells) or Decimal(0)
    whole = cells[habit.whole]
    meant = [(whole, right), *_factors(habit, cells, right)]
    slipped = [(one, value) for one, value in meant if is_slip(one[1].value, value)]
    if not slipped:
        return None
    (block, figure), value = slipped[0]
    head = heads.get(habit.whole) or f"第{habit.whole + 1}栏"
    message = (
        f"其他各行都是{habit.said(heads)}＝{head}，这一行算出来是 {grouped(right)}，写的是 {grouped(whole[1].value)}。"
    )
    related = tuple(
        place_in(reading, cells[column][0], (cells[column][1].start, cells[column][1].end))
        for column in (*habit.parts, habit.whole)
        if column in cells and cells[column][0] is not block
    )
    return inside(
        reading, block, (figure.start, figure.end), message, severity=Severity.WARNING, related=related,
        expected=like_written(block.text, figure, value) if len(slipped) == 1 else None,
        hint="其他各行都对得上：请核对这一行的每一个数。",
    )  # fmt: skip


def _factors(habit: _Habit, cells: _Cells, right: Decimal) -> Iterator[tuple[tuple[Block, Figure], Decimal]]:
    """What each part of a row would be, if it was the part that slipped."""
    whole = cells[habit.whole][1].value
    if habit.signs:
        for part, sign in zip(habit.parts, habit.signs, strict=True):
            if part in cells:
                yield cells[part], cells[part][1].value + sign * (whole - right)
        return
    if len(habit.parts) == 1:
        yield cells[habit.parts[0]], whole / habit.scale
        return
    for part, other in (habit.parts, habit.parts[::-1]):
        factor = cells[other][1].value * habit.scale
        value = whole / factor if factor else Decimal(0)
        if value == round(value, 2):
            yield cells[part], value
