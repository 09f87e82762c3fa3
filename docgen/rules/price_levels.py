"""Price tables whose items have items of their own: 一 is 1 and 2 together, 1 is 1.1 and 1.2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Reading
from docgen.rules.facts import Facts
from docgen.rules.numerals import numeral
from docgen.rules.phrases import apart, yuan
from docgen.rules.price_lines import Run, price_runs
from docgen.rules.price_rows import Line, Mark
from docgen.rules.price_tables import like
from docgen.rules.rule import inside, place_in, rule

_PART: Final = regex(r"其中|含|扣|减|优惠|折")
_DECIMALS: Final = regex(r"\d{1,3}(?:[.．-]\d{1,3})*")
_CHINESE: Final = regex(r"[一二三四五六七八九十]{1,3}")
_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class _Family:
    """An item without a price of its own, and the items right below it."""

    parent: Line
    children: tuple[Line, ...]

    def added(self, column: int, instead: Mapping[Mark, Decimal]) -> Decimal | None:
        """What the items below make in a column, some of them `instead` put right; None where one says nothing."""
        marks = [child.amounts.get(column) for child in self.children]
        return None if None in marks else sum((instead.get(mark, mark.value) for mark in marks if mark), Decimal(0))


@rule("M128", "上级项目的金额与明细之和不符", on=Reading)
def parents_are_their_items(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 分级列项的报价表，上级一行的金额就是下面明细之和；两者不等，照哪一个结算就说不清。

    错误:
        序号\t项目\t金额（元）
        一\t绿化养护\t46000
        1\t草坪修剪\t30000
        2\t行道树养护\t15000
        二\t卫生保洁\t20000
        1\t道路清扫\t12000
        2\t河堤保洁\t8000
    正确:
        序号\t项目\t金额（元）
        一\t绿化养护\t45000
        1\t草坪修剪\t30000
        2\t行道树养护\t15000
        二\t卫生保洁\t20000
        1\t道路清扫\t12000
        2\t河堤保洁\t8000
    """
    for run in price_runs(reading):
        families = list(_families(run))
        for column in run.columns.of("amount"):
            yield from _off_families(reading, run, families, column)


def _off_families(reading: Reading, run: Run, families: Sequence[_Family], column: int) -> Iterator[Finding]:
    """The parents that their items do not make, where others are made by theirs or the total is made by the parents."""
    judged = [one for one in families if column in one.parent.amounts and one.added(column, {}) is not None]
    off = _off(judged, column, {})
    if not off:
        return
    # One wrong figure on a middle level puts out two families.
    alone = [(one, mark, added) for one, mark, added in off if not _off(judged, column, {mark: added})]
    middle = len(off) > 1 and len(alone) == 1
    off = alone if middle else off
    if len(off) > max(1, (len(judged) - 1) // 2):
        return
    tops = _tops(run, column)
    totals = {line.amounts[column].value for line in run.lines if line.total and column in line.amounts}
    for one, mark, added in off:
        confirmed = tops in totals
        right = (tops - mark.value + added in totals and not confirmed) or middle
        if (len(judged) > len(off) or confirmed or right) and not _told_by_products(one, mark, column):
            yield _of_family(reading, one, (mark, added, column), right=right)


def _off(
    families: Sequence[_Family], column: int, instead: Mapping[Mark, Decimal]
) -> list[tuple[_Family, Mark, Decimal]]:
    """The families whose parent is not what its items make, with the parent's figure and what they make."""
    found = []
    for one in families:
        mark, added = one.parent.amounts[column], one.added(column, instead)
        if added is not None and instead.get(mark, mark.value) != added:
            found.append((one, mark, added))
    return found


def _told_by_products(one: _Family, mark: Mark, column: int) -> bool:
    """Whether the parent holds once an item below is its unit price times its quantity: then that item slipped."""
    made = {child.amounts[column]: right for child in one.children if (right := _product(child, column)) is not None}
    return bool(made) and one.added(column, made) == mark.value


def _product(line: Line, column: int) -> Decimal | None:
    """Unit price times quantity where the amount is another, by more than the unit price was rounded."""
    if line.price is None or not line.factors or not line.price.value:
        return None
    made: Decimal = line.price.value * prod(line.factors)
    slack = made / line.price.value * min(line.price.step, Decimal("0.01")) / 2
    mark = line.amounts[column]
    return made if abs(made - mark.value) > slack else None


def _tops(run: Run, column: int) -> Decimal:
    """What the items of the highest level make together."""
    lines = [line for line in run.lines if not line.total and column in line.amounts]
    depths = [_place(line.serial) for line in lines]
    known = [depth[0] for depth in depths if depth]
    top = min(known, default=0)
    marks = (line.amounts[column] for line, depth in zip(lines, depths, strict=True) if depth and depth[0] == top)
    return sum((mark.value for mark in marks), Decimal(0))


def _of_family(reading: Reading, one: _Family, figures: tuple[Mark, Decimal, int], *, right: bool) -> Finding:
    mark, added, column = figures
    message = f"明细之和是 {yuan(added)}，这里写的是 {yuan(mark.value)}，{apart(mark.value, added)}。"
    marks = [child.amounts[column] for child in (one.children[0], one.children[-1])]
    related = tuple(place_in(reading, other.block, other.span) for other in marks)
    hint = "别处印证的是明细之和：请改这一行。" if right else "请核对这一行和下面的明细，以及有没有漏列的行。"
    expected = like(mark, added) if right else None
    return inside(
        reading, mark.block, mark.span, message, severity=Severity.ERROR if right else Severity.WARNING,
        expected=expected, related=related, hint=hint, fix=expected,
    )  # fmt: skip


def _families(run: Run) -> Iterator[_Family]:
    """The items with all items right below them, where the numbers leave no doubt."""
    lines = [line for line in run.lines if not line.total]
    for index, parent in enumerate(lines):
        place = _place(parent.serial)
        if place is None or parent.price is not None or parent.quantity is not None:
            continue
        children = tuple(_below(lines[index + 1 :], place))
        if len(children) >= _LEAST and not any(_PART.search(child.label) for child in children):
            yield _Family(parent, children)


def _below(lines: Sequence[Line], place: tuple[int, tuple[int, ...]]) -> Iterator[Line]:
    """The items one level below a place, numbered from 1 without a gap; none where they are not."""
    depth, above = place
    found: list[Line] = []
    level: int | None = None
    for line in lines:
        own = _place(line.serial)
        if own is None:
            return
        if own[0] <= depth:
            break
        level = own[0] if level is None else level
        if own[0] == level:
            if own[1][-1] != len(found) + 1 or (above and depth >= _DIGITS and own[1][: len(above)] != above):
                return
            found.append(line)
    yield from found


_DIGITS: Final = 2


def _place(serial: str) -> tuple[int, tuple[int, ...]] | None:
    """How deep the number of a row is, and its numbers: 一 0, （一） 1, 1 2, 1.1 3."""
    bare = re.sub(r"[（()）\s]|[.．、]$", "", serial)
    if _CHINESE.fullmatch(bare):
        value = numeral(bare)
        return (int("（" in serial or "(" in serial), (value,)) if value else None
    if _DECIMALS.fullmatch(bare):
        numbers = tuple(int(part) for part in re.findall(r"\d+", bare))
        return 1 + len(numbers), numbers
    return None
