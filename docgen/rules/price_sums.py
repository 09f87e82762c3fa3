"""Which figures of a price table hold each other up: rows, subtotals, grand total, and where a slip sits.

A row that does not multiply and a subtotal that its rows do not make are weighed together: what the subtotal, the
grand total or the description of a row confirms is right, and the other side is the slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise, product
from typing import Final, Literal

from docgen.patterns import regex
from docgen.rules.price_cells import described, numbers_in
from docgen.rules.price_lines import Run
from docgen.rules.price_rows import Line, Mark
from docgen.rules.slips import is_slip

_MOST_SUSPECTS: Final = 8
_MOST_SECTIONS: Final = 60
_MOST_ROWS: Final = 3000
_REDUCES: Final = regex(r"优惠|折扣|下浮|减免|抹零|让利|扣减|返还|抵扣")
_FOLDS: Final = regex(r"([0-9.]+)\s*折")

Side = Literal["amount", "factors"]


@dataclass(slots=True)
class Row:
    """An item row: its amount, and what it should be by unit price and quantity where that differs.

    `slip` says which side is wrong, once something has decided it.
    """

    line: Line
    mark: Mark
    right: Decimal | None = None
    slip: Side | None = None


@dataclass(slots=True)
class Sum:
    """A total with what was summed up: `added` is what the rows make where that differs from what is written.

    `slip` is "total" where the written total is wrong and "rows" where the rows are, once something decided it.
    """

    line: Line
    mark: Mark
    rows: list[Row]
    added: Decimal | None = None
    grand: bool = False
    sure: bool = True
    slip: Literal["total", "rows"] | None = None


@dataclass(slots=True)
class Sheet:
    """One amount column of a run, judged."""

    rows: list[Row] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)


def sheet_of(run: Run, column: int, *, multiplied: bool) -> Sheet:
    """The judged figures of one amount column; only in the column that rows multiply to are products judged."""
    return _Judge(run, column, multiplied=multiplied).sheet()


def multiplied_column(run: Run) -> int | None:
    """The amount column that unit price times quantity makes, the first where rows do not say."""
    columns = run.columns.of("amount")
    if len(columns) < 2:
        return columns[0] if columns else None
    hits = {column: _hits(run, column) for column in columns}
    return max(columns, key=lambda column: hits[column]) if any(map(any, hits.values())) else None


def _hits(run: Run, column: int) -> tuple[int, int]:
    """How many rows multiply to a column as they stand, and how many with a tax or discount that the row states."""
    marks = [(line, mark) for line in run.lines if (mark := line.amounts.get(column)) is not None]
    exact = sum(_product(line) == mark.value for line, mark in marks)
    return exact, sum(_holds(line, mark) is True for line, mark in marks)


def _product(line: Line) -> Decimal | None:
    """Unit price times quantity of a row."""
    if line.price is None or not line.factors or line.total or line.shared:
        return None
    made = line.price.value
    for factor in line.factors:
        made *= factor
    return made


def _holds(line: Line, mark: Mark) -> bool | None:
    """Whether the amount of a row is its product, None where that cannot be said."""
    made = _product(line)
    if made is None or line.price is None or not made or not mark.value:
        return None
    if _near(made, mark.value, _slack(line, mark, made)):
        return True
    if len(line.factors) > 1 and any(_near(part, mark.value, _slack(line, mark, part)) for part in _parts(line)):
        return True
    return _explained(line, mark, made)


def _near(one: Decimal, other: Decimal, slack: Decimal) -> bool:
    return one == other or abs(one - other) < slack


def _slack(line: Line, mark: Mark, made: Decimal) -> Decimal:
    """How far an honest amount may be from the product: its own rounding, and that of factors with decimals."""
    assert line.price is not None
    slack = mark.step if made % mark.step else Decimal(0)
    if line.price.step < line.price.scale and line.price.value % line.price.scale:
        slack += made / line.price.value * line.price.step / 2
    if line.quantity is not None and line.quantity.value % 1:
        digit = Decimal(1).scaleb(-len(line.quantity.text.partition(".")[2]))
        slack += made / line.quantity.value * digit / 2
    return slack


def _parts(line: Line) -> Iterator[Decimal]:
    """The products with some of several quantities only."""
    assert line.price is not None
    for size in range(1, len(line.factors)):
        for chosen in combinations(line.factors, size):
            made = line.price.value
            for factor in chosen:
                made *= factor
            yield made


def _explained(line: Line, mark: Mark, made: Decimal) -> bool:
    """Whether another figure of the row says why its amount is not the product: months, a discount, a tax."""
    assert line.price is not None
    ratio = mark.value / made
    prices = (one.value for one in described(line.label))
    used = {line.price.value, *line.factors, *prices, Decimal(10), Decimal(100), Decimal(1000)}
    said = [number for number in (*line.others, *numbers_in(line.label)) if number not in used]
    said += [
        Decimal(fold[1]) / (10 if len(fold[1]) == 1 or "." in fold[1] else 100) for fold in _FOLDS.finditer(line.label)
    ]
    # Another figure is the one that counts: 3 cars, 420 km at 8.50 each.
    price = line.price.value
    if any(number not in {1, price} and price * number == mark.value for number in line.others):
        return True
    slack = _slack(line, mark, made) / made + Decimal("0.000001")
    hundredth = Decimal("0.01")
    shares = (share for number in said for share in (number, number * hundredth))
    return any(abs(ratio - meant) <= slack for share in shares for meant in (share, 1 + share, 1 - share))


class _Judge:
    """One pass over the lines of a run, for one amount column."""

    def __init__(self, run: Run, column: int, *, multiplied: bool) -> None:
        self._run = run
        self._column = column
        self._multiplied = multiplied
        self._found = Sheet()
        self._rows: list[Row] = []
        self._all: list[Row] = []
        self._sums: list[Sum] = []
        self._open = False
        self._last = next((line for line in reversed(run.lines) if line.total), None)

    def sheet(self) -> Sheet:
        """The judged figures."""
        for line in self._run.lines:
            mark = line.amounts.get(self._column)
            if line.total and mark is not None:
                self._total(line, mark)
            elif not line.total:
                self._item(line, mark)
        self._trust_only_most()
        return self._found

    def _item(self, line: Line, mark: Mark | None) -> None:
        self._open |= line.open
        if mark is None:
            return
        row = Row(line, mark)
        if self._multiplied and _holds(line, mark) is False:
            row.right = _product(line)
        self._rows.append(row)
        self._all.append(row)
        self._found.rows.append(row)

    def _total(self, line: Line, mark: Mark) -> None:
        """Judge a total: over the rows since the last one, over all sections, or over some of them."""
        one = Sum(line, mark, self._rows, sure=line.near and not self._open and not _torn(self._rows))
        if self._rows and _settled(self._rows, mark.value):
            self._close(one)
        elif self._is_grand(one) or (not self._rows and self._repeats(mark.value)):
            self._end(one)
        elif self._rows and _held_otherwise(self._rows, self._all, mark.value):
            self._close(one)
        else:
            self._off(one)

    def _close(self, one: Sum) -> None:
        """A section is summed up."""
        self._found.sums.append(one)
        self._sums.append(one)
        self._rows, self._open = [], False

    def _end(self, one: Sum) -> None:
        """Everything so far is summed up; more totals may repeat it."""
        one.grand = True
        self._found.sums.append(one)
        self._sums = [one]
        self._rows, self._all, self._open = [], [], False

    def _repeats(self, value: Decimal) -> bool:
        return any(value in {one.mark.value, one.added} for one in self._sums)

    def _is_grand(self, one: Sum) -> bool:
        """Whether the total is that of all sections, some of them put right; then it says which side slipped."""
        loose = sorted({sum(row.mark.value for row in self._rows), sum(map(_worth, self._rows))})
        first_of_many = max(0, len(self._sums) - _MOST_SECTIONS)
        for first, rest in product(range(first_of_many, len(self._sums)), loose):
            chosen = _closing(self._sums[first:], self._rows, one.mark.value - rest)
            if chosen is None:
                continue
            for section, wrong in chosen:
                if section.slip is None and section.added is not None:
                    section.slip = "total" if wrong else "rows"
            return True
        return len(self._all) <= _MOST_ROWS and _settled(self._all, one.mark.value)

    def _off(self, one: Sum) -> None:
        """A total that nothing makes: of all sections where its name or place says so, else of its own rows."""
        own = sum((row.mark.value for row in self._rows), Decimal(0))
        whole = own + sum((section.mark.value for section in self._sums), Decimal(0))
        last = one.line is self._last and bool(self._sums)
        nearer = abs(whole - one.mark.value) < abs(own - one.mark.value) and not is_slip(one.mark.value, own)
        if not self._rows or one.line.grand or (last and nearer):
            if self._sums and len({section.mark.value for section in self._sums}) + len(self._rows) > 1:
                one.added = whole
                one.sure &= all(section.added is None and section.sure for section in self._sums)
            elif self._rows:
                one.added = own
            one.sure &= not any(row.right is not None for row in self._rows)
            if self._open and (one.added or 0) < one.mark.value:
                one.added = None
            self._end(one)
        else:
            levels = {_level(row) for row in self._rows}
            if len(levels) > 1:
                tops = [row.mark.value for row in self._rows if _level(row) == min(levels)]
                own, one.sure = sum(tops, Decimal(0)), False
            one.added = None if self._open and own < one.mark.value else own
            self._close(one)

    def _trust_only_most(self) -> None:
        """Forget products where most rows do not make theirs: then the columns mean something else."""
        judged = [row for row in self._found.rows if _product(row.line) is not None]
        off = [row for row in judged if row.right is not None]
        if len(off) >= 2 and len(off) * 2 > len(judged):
            for row in off:
                if row.slip is None or (row.slip == "factors" and len(off) == len(judged)):
                    row.right = None


def _settled(rows: Sequence[Row], value: Decimal) -> bool:
    """Whether the rows make a total, as they stand or with some put right; one way to do so says which slipped."""
    written = sum((row.mark.value for row in rows), Decimal(0))
    off = [row for row in rows if row.right is not None]
    if not off or len(off) > _MOST_SUSPECTS:
        return written == value or abs(written - value) <= _rounding(rows)
    ways = [wrong for wrong in _subsets(off) if written + sum(_change(row) for row in wrong) == value]
    if len(ways) == 1:
        for row in off:
            row.slip = "amount" if row in ways[0] else "factors"
    return bool(ways)


def _rounding(rows: Sequence[Row]) -> Decimal:
    """How far a total may be from rows that were rounded one by one: half a last digit each, where they have some."""
    steps = [row.mark.step for row in rows if row.mark.step < row.mark.scale and row.mark.value % (row.mark.step * 10)]
    return max(steps) * len(rows) / 2 if len(steps) > 1 else Decimal(0)


def _worth(row: Row) -> Decimal:
    """What a row adds to the total: a discount takes off."""
    return -row.mark.value if _REDUCES.search(row.line.label) else row.mark.value


def _change(row: Row) -> Decimal:
    return (row.right or row.mark.value) - row.mark.value


def _subsets(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    for size in range(len(rows) + 1):
        yield from combinations(rows, size)


def _closing(sums: Sequence[Sum], rows: Sequence[Row], rest: Decimal) -> list[tuple[Sum, bool]] | None:
    """Which sections must be put right for the rest to be their sum, None where no way or several ways do."""
    off = [one for one in sums if one.added is not None]
    if not sums or (len(sums) < 2 and not rows and not off) or len(off) > _MOST_SUSPECTS:
        return None
    written = sum((one.mark.value for one in sums), Decimal(0))
    ways = []
    for wrong in product((False, True), repeat=len(off)):
        changes = (
            one.added - one.mark.value for one, bad in zip(off, wrong, strict=True) if bad and one.added is not None
        )
        if written + sum(changes) == rest:
            ways.append(list(zip(off, wrong, strict=True)))
    return ways[0] if len(ways) == 1 else None


def _torn(rows: Sequence[Row]) -> bool:
    """Whether the numbers of the rows have a gap, so that rows may be lost."""
    numbers = [int(row.line.serial) for row in rows if row.line.serial.isascii() and row.line.serial.isdigit()]
    return any(later - earlier > 1 for earlier, later in pairwise(numbers))


def _held_otherwise(rows: Sequence[Row], everything: Sequence[Row], value: Decimal) -> bool:
    """Whether a total is made by some of the rows: one level of numbers, one table, with discounts taken off."""
    return any(sum(values) == value for values in _other_readings(rows, everything))


def _other_readings(rows: Sequence[Row], everything: Sequence[Row]) -> Iterator[Iterable[Decimal]]:
    last = rows[-1].line.table
    yield [row.mark.value for row in rows if row.line.table == last]
    if len(everything) <= _MOST_ROWS:
        yield [row.mark.value for row in everything]
    yield map(_worth, rows)
    for level in {_level(row) for row in rows}:
        yield [row.mark.value for row in rows if _level(row) == level]
    yield [row.mark.value for row in rows if row.line.price is not None]
    yield [row.mark.value for row in rows if row.line.price is None]
    yield _leaves(rows)


def _level(row: Row) -> int:
    """How deep the number of a row is: 一 0, 1 1, 1.1 2."""
    serial = row.line.serial.strip("（()）.．、")
    if not serial:
        return 9
    return 0 if serial[0] in "一二三四五六七八九十" else 1 + len(re.findall(r"[.．-]", serial))


def _leaves(rows: Sequence[Row]) -> list[Decimal]:
    """The amounts of the rows below which no deeper row stands."""
    pairs = zip(rows, [*rows[1:], None], strict=True)
    return [
        row.mark.value for row, after in pairs if after is None or _level(after) <= _level(row) or _level(after) == 9
    ]
