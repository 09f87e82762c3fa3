"""Settlements that were audited: what was handed in, less what was cut, is what was found due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import GridCell
from docgen.reading.whole import blocks_with
from docgen.rules.facts import Facts
from docgen.rules.grids import tables_of
from docgen.rules.instalments import singly
from docgen.rules.name_search import squeezed
from docgen.rules.phrases import apart, yuan
from docgen.rules.price_cells import figure_in, scale_of
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip

_MONEY: Final = r"(?:工程)?(?:结算)?总?(?:金额|造价|价款?|额|值)"
_WORDS: Final = (rf"(?:送审|报审|申报){_MONEY}", rf"净?(?:审减|核减){_MONEY}?", rf"(?:审定|核定){_MONEY}")
_FILL: Final = r"(?:[为是计共：:（(\s]|人民币|小写|大写|[￥¥])*\Z"
_LABELS: Final = tuple(regex(rf"{word}{_FILL}") for word in _WORDS)
_HEADERS: Final = tuple(regex(rf"{word}(?:\([^()]*\))?") for word in _WORDS)
_ADDED: Final = regex(r"[审核]增|增减")
_ROUNDED: Final = Decimal(200)
_CENTS: Final = Decimal("0.02")


class _Said(NamedTuple):
    """One of the three amounts, and where it stands."""

    value: Decimal
    block: Block
    span: tuple[int, int]


@rule("M133", "送审、审减与审定金额不符", on=Reading)
def settlements_add_up(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 送审金额减去审减金额就是审定金额，按审定金额付款；三个数对不上，付多少就有争议。

    错误: 送审金额1,000,000.00元，审减金额50,000.00元，审定金额960,000.00元。
    正确: 送审金额1,000,000.00元，审减金额50,000.00元，审定金额950,000.00元。
    """
    for block in blocks_with(reading, "审减", "核减"):
        said = _in_text(block) if block.cell is None and not _ADDED.search(block.text) else None
        if said is not None:
            yield from _off(reading, said, _ROUNDED if "万" in block.text else _CENTS)
    for table in tables_of(reading):
        yield from _in_table(reading, table.rows)


def _in_text(block: Block) -> tuple[_Said, ...] | None:
    """The three amounts of a paragraph, None where it does not say each once."""
    found: list[list[_Said]] = [[], [], []]
    for amount in singly(block.text):
        before = block.text[: amount.start]
        place = next((place for place, label in enumerate(_LABELS) if label.search(before)), None)
        if place is not None and amount.value is not None:
            found[place].append(_Said(amount.value, block, (amount.start, amount.end)))
    return tuple(said[0] for said in found) if all(len(said) == 1 for said in found) else None


def _in_table(reading: Reading, rows: Sequence[tuple[GridCell, ...]]) -> Iterator[Finding]:
    heads = {cell.cell.column: squeezed(cell.text) for cell in rows[0]}
    if not any("减" in head for head in heads.values()) or any(_ADDED.search(head) for head in heads.values()):
        return
    columns = [[column for column, head in heads.items() if header.fullmatch(head)] for header in _HEADERS]
    if any(len(found) != 1 for found in columns) or len({scale_of(heads[found[0]]) for found in columns}) > 1:
        return
    for row in rows[1:]:
        cells = {cell.cell.column: cell for cell in row}
        marks = [_figure(cells.get(found[0])) for found in columns]
        if all(mark is not None for mark in marks):
            yield from _off(reading, tuple(mark for mark in marks if mark is not None), _CENTS)


def _figure(cell: GridCell | None) -> _Said | None:
    figure = figure_in(cell.text) if cell is not None and len(cell.blocks) == 1 else None
    return _Said(figure.value, cell.blocks[0], (figure.start, figure.end)) if cell is not None and figure else None


def _off(reading: Reading, said: tuple[_Said, ...], slack: Decimal) -> Iterator[Finding]:
    """The finding about three amounts that do not make each other, at the one that a slip of the hand explains."""
    whole, cut, due = said
    if abs(whole.value - abs(cut.value) - due.value) <= slack:
        return
    rights = (abs(cut.value) + due.value, whole.value - due.value, whole.value - abs(cut.value))
    slipped = [(one, right) for one, right in zip(said, rights, strict=True) if is_slip(one.value, right)]
    one, right = slipped[0] if len(slipped) == 1 else (due, rights[2])
    message = f"送审 {yuan(whole.value)} 减去审减 {yuan(abs(cut.value))} 是 {yuan(rights[2])}，"
    message += f"审定写的是 {yuan(due.value)}，{apart(due.value, rights[2])}。"
    related = tuple(place_in(reading, other.block, other.span) for other in said if other is not one)
    severity = Severity.ERROR if one.block.page is None else Severity.WARNING
    yield inside(
        reading, one.block, one.span, message, severity=severity, expected=yuan(right), related=related,
        hint="请核对三个金额：哪一个写错，就改哪一个。",
    )  # fmt: skip
