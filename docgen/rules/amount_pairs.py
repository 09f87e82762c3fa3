"""Figures and 大写 of one amount wherever they stand: in a sentence, in neighbouring paragraphs, in a table row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from docgen.amounts.find import MONEY, Found, find_amounts, pairs
from docgen.amounts.paged import pairs_over_page
from docgen.amounts.spelling import Standing
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import GridCell, Table
from docgen.reading.whole import blocks_where, blocks_with
from docgen.rules.grids import tables_of
from docgen.rules.once import once_per_reading
from docgen.rules.price_cells import column_of, figure_in, scale_of

_NEAR_END: Final = 120
_WORDS: Final = regex(r"[壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟]")
_DIGIT: Final = regex(r"[0-9０-９]")
_OPEN_END: Final = regex(r"大写|小写|[￥¥元整(（:：]|RMB|人民币|[壹贰叁肆伍陆柒捌玖拾佰仟万]")
# Words that a line ends with before 元, and what goes on with them behind page numbers and stamps.
_HEAD: Final = regex(r"([零壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟万萬亿億])\s*(?:第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?)?\s*$")
_REST: Final = regex(r"\s*[零壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟万萬亿億]+[元圆整正]")
_GOING_ON: Final = regex(r"[零壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟万萬亿億][元圆整正]")
_STAMP: Final = 40
_STAMPS: Final = 5
_SMALL: Final = regex(r"小写|[￥¥]|金额|总价|合计|总计|报价|价款")
_TOTAL_ROW: Final = regex(r"大写|小写|合\s*计|总\s*计|总价|总额|总报价")
_SMALLEST: Final = 100  # a smaller number without a unit is a quantity as often as an amount
_LARGE: Final = 10000
_BROKEN: Final = regex(r"[0-9,.]+元?")
_GROUPED: Final = regex(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{2})?元?|[0-9]+\.[0-9]{2}元?")
_QUANTITIES: Final = frozenset(("serial", "quantity", "price", "rate", "note"))


@dataclass(frozen=True, slots=True)
class Stood:
    """An amount and the block it stands in; `found` counts its characters in that block."""

    block: Block
    found: Found

    @property
    def span(self) -> tuple[int, int]:
        """The first character and the one behind the last."""
        return self.found.start, self.found.end


@dataclass(frozen=True, slots=True)
class Pair:
    """Figures and words that are meant to say the same amount."""

    figures: Stood
    words: Stood

    @property
    def differs(self) -> bool:
        """Whether both can be read and do not say the same."""
        one, other = self.figures.found.value, self.words.found.value
        return one is not None and other is not None and one != other


@lru_cache(maxsize=32768)
def amounts_in(text: str) -> tuple[Found, ...]:
    """The amounts of a paragraph; several rules ask for the same one."""
    return tuple(find_amounts(text))


def pairs_in(text: str) -> tuple[tuple[Found, Found], ...]:
    """The pairs of figures and words of a paragraph."""
    return _pairs_in(text) if len(amounts_in(text)) > 1 else ()


@lru_cache(maxsize=32768)
def _pairs_in(text: str) -> tuple[tuple[Found, Found], ...]:
    return tuple(pairs(text, amounts_in(text)))


@once_per_reading
def amount_blocks(reading: Reading) -> tuple[Block, ...]:
    """The blocks that state an amount, in order."""
    return tuple(block for block in blocks_where(reading, MONEY) if amounts_in(block.text))


@once_per_reading
def pairs_of(reading: Reading) -> tuple[Pair, ...]:
    """The pairs of figures and words of a document, in reading order."""
    found: list[Pair] = []
    taken: set[tuple[int, int]] = set()
    inside = (
        Pair(Stood(block, figures), Stood(block, words))
        for block in amount_blocks(reading)
        for figures, words in pairs_in(block.text)
    )
    for pair in (
        *_torn(reading),
        *_stamped(reading),
        *inside,
        *_over_breaks(reading),
        *_in_rows(reading),
        *_below(reading),
    ):
        sides = {(side.block.index, side.found.start) for side in (pair.figures, pair.words)}
        if taken.isdisjoint(sides):
            taken |= sides
            found.append(pair)
    return tuple(sorted(found, key=lambda pair: (pair.words.block.index, pair.words.found.start)))


@once_per_reading
def values_of(reading: Reading) -> Counter[Decimal]:
    """How often each amount is said in a document; figures and words of one pair count once."""
    said = Counter(
        found.value for block in amount_blocks(reading) for found in amounts_in(block.text) if found.value is not None
    )
    for block in blocks_where(reading, _DIGIT):
        if block.cell is not None and not amounts_in(block.text) and (figure := figure_in(block.text)) is not None:
            said[figure.value] += _is_money(figure.value, block.text)
    for pair in pairs_of(reading):
        if not pair.differs and pair.words.found.value is not None:
            said[pair.words.found.value] -= 1
    return said


def _is_money(value: Decimal, text: str) -> bool:
    """Whether a bare number in a cell is more likely an amount than a count."""
    return value >= _LARGE or "," in text or "." in text


def _torn(reading: Reading) -> Iterator[Pair]:
    """The pairs the words of which a line break tears apart, with page numbers and stamps in between."""
    for head, length, rest in _halves(reading):
        for figures, words in pairs(head.text[:length] + rest.text):
            if words.start < length < words.end and words.value is not None:
                yield Pair(*(_side(found, head, rest, length) for found in (figures, words)))


def _stamped(reading: Reading) -> Iterator[Pair]:
    """The pairs the words of which a page number tears apart inside one line."""
    for block in amount_blocks(reading):
        for figures, words in pairs_over_page(block.text):
            yield Pair(Stood(block, figures), Stood(block, words))


@once_per_reading
def _halves(reading: Reading) -> tuple[tuple[Block, int, Block], ...]:
    """The paragraphs that end inside 大写, where they do, and the one where it goes on; together they can be read."""
    found = []
    for rest in blocks_where(reading, _GOING_ON):
        head = _head_of(reading, rest) if rest.cell is None and _REST.match(rest.text) else None
        match = _HEAD.search(head.text) if head is not None else None
        if head is None or match is None:
            continue
        length = match.end(1)
        if any(
            one.kind == "words" and one.start < length < one.end and one.value is not None
            for one in amounts_in(head.text[:length] + rest.text)
        ):
            found.append((head, length, rest))
    return tuple(found)


def is_torn(reading: Reading, block: Block, found: Found) -> bool:
    """Whether an amount is only what is left of one that began in a paragraph before."""
    return block.index in _goes_on_in(reading) and not block.text[: found.start].strip()


@once_per_reading
def _goes_on_in(reading: Reading) -> frozenset[int]:
    """The paragraphs in which 大写 of one before goes on."""
    return frozenset(rest.index for _, _, rest in _halves(reading))


def _head_of(reading: Reading, rest: Block) -> Block | None:
    """The paragraph that ends inside the 大写 that goes on here; only short lines stand in between."""
    between = 0
    for block in reversed(reading.blocks[max(0, rest.index - 2 * _STAMPS) : rest.index]):
        if block.part != rest.part or block.cell is not None:
            return None
        if _HEAD.search(block.text):
            return block
        between += bool(block.text.strip())
        if between > _STAMPS or len(block.text) > _STAMP:
            return None
    return None


def _side(found: Found, head: Block, rest: Block, length: int) -> Stood:
    """The amount of torn text in the block where it ends, as far as it stands there."""
    if found.end <= length:
        return Stood(head, found)
    return Stood(rest, replace(found, start=max(0, found.start - length), end=found.end - length))


def _over_breaks(reading: Reading) -> Iterator[Pair]:
    """The pairs that a paragraph break or a line break of a scan parts."""
    worded = {block.index for block in blocks_where(reading, _WORDS)}
    near = sorted({index + step for index in worded for step in range(-_APART, _APART + 1)})
    kept = [block for index in near for block in reading.blocks[max(index, 0) : index + 1] if block.text.strip()]
    for last, block in pairwise(kept):
        if (block.index in worded or last.index in worded) and _neighbours(last, block):
            yield from _over_break(last, block)


# How far apart two paragraphs may stand that one amount runs over.
_APART: Final = 3


def _neighbours(one: Block, other: Block) -> bool:
    return one.part == other.part and one.cell == other.cell and other.index - one.index <= _APART


def _over_break(one: Block, other: Block) -> Iterator[Pair]:
    """The pairs that begin in one block and end in the next."""
    start = max(0, len(one.text) - _NEAR_END)
    before, after = one.text[start:], other.text[:_NEAR_END]
    if not (_OPEN_END.search(before[-40:]) and (_WORDS.search(after) or _WORDS.search(before))):
        return
    joined = f"{before}\n{after}"
    for figures, words in pairs(joined):
        sides = [_placed(found, one, other, start, len(before)) for found in (figures, words)]
        if sides[0].block is not sides[1].block:
            yield Pair(*sides)


def _placed(found: Found, one: Block, other: Block, start: int, length: int) -> Stood:
    """The amount of a joined text in the block that holds it, or the greater part of it."""
    if found.end <= length or found.start + found.end < 2 * length:
        return Stood(one, replace(found, start=found.start + start, end=min(found.end, length) + start))
    first = max(0, found.start - length - 1)
    return Stood(other, replace(found, start=first, end=found.end - length - 1))


def _below(reading: Reading) -> Iterator[Pair]:
    """The words of a line 大写：… below the total of a table, or below figures with the same label."""
    for block in blocks_with(reading, "大写"):
        match = _LINE_OF_WORDS.match(block.text) if block.cell is None else None
        words = [found for found in amounts_in(block.text) if found.kind == "words" and found.value is not None]
        if match is None or len(words) != 1 or len(amounts_in(block.text)) != 1:
            continue
        near = reading.blocks[max(0, block.index - _BETWEEN) : block.index]
        above = next((one for one in reversed(near) if one.text.strip()), None)
        if above is not None and above.cell is not None and above.part == block.part:
            table = next(table for table in tables_of(reading) if table.number == above.cell.table)
            yield from _below_table(table, Stood(block, words[0]), match["label"])
        elif above is not None and above.part == block.part and match["label"]:
            yield from _below_sentence(above, match["label"], Stood(block, words[0]))
            if cell := next((one.cell for one in reversed(near) if one.cell and one.part == block.part), None):
                below = next(table for table in tables_of(reading) if table.number == cell.table)
                if any("".join(head.text.split()) == match["label"] for head in below.rows[0]):
                    yield from _below_table(below, Stood(block, words[0]), match["label"])


# 大写：…, 合计（大写）：…, 审定金额大写：…
_LINE_OF_WORDS: Final = regex(
    r"\s*(?P<label>[\u4e00-\u9fff]{0,8}?)[（(]?(?:人民币)?大写(?:金额)?[）)]?\s*[：:]?\s*(?:人民币)?\s*(?=[壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟])"
)


def _below_table(table: Table, words: Stood, label: str) -> Iterator[Pair]:
    """The words against the total in the last row of the table above them."""
    head, *_, last = table.rows if len(table.rows) > 1 else (*table.rows, ())
    if not any(_TOTAL_CELL.fullmatch("".join(found.text.split())) for found in last[:2]):
        return
    if not any(one.kind == "words" for found in last for block in found.blocks for one in amounts_in(block.text)):
        headers = {found.cell.column: found.text for found in head}
        named = [found for found in last if label and "".join(headers.get(found.cell.column, "").split()) == label]
        yield from _row_pair(words, list(_figures(named or last, headers, table)), sure=True)


# How many blocks may be empty between.
_BETWEEN: Final = 4
_TOTAL_CELL: Final = regex(r"(?:合计|总计|共计|总价|总额|总金额|总报价)(?:金额)?(?:[（(][^（）()]{1,6}[）)])?")


def _below_sentence(above: Block, label: str, words: Stood) -> Iterator[Pair]:
    """The words against the only figures that the sentence above says behind the same label."""
    paired = {figures.start for figures, _ in pairs_in(above.text)}
    found = [
        figures
        for figures in amounts_in(above.text)
        if figures.kind == "figures" and above.text[: figures.start].rstrip("：: 为是").endswith(label)
    ]
    if len(found) == 1 and len(label) > 2 and found[0].value is not None and found[0].start not in paired:
        yield Pair(Stood(above, found[0]), words)


def _in_rows(reading: Reading) -> Iterator[Pair]:
    """The pairs of table rows: columns 小写 and 大写, or labels before the cells."""
    stated = [block for block in amount_blocks(reading) if block.cell is not None]
    worded = {
        block.cell.table
        for block in stated
        if block.cell and any(one.kind == "words" for one in amounts_in(block.text))
    }
    stating = {block.index for block in stated}
    for table in tables_of(reading) if worded else ():
        if table.number in worded:
            yield from _in_table(table, stating)


def _in_table(table: Table, stating: Collection[int]) -> Iterator[Pair]:
    """The pairs of the rows of a table; `stating` are the blocks that state an amount."""
    headers: dict[int, str] = {}
    before: list[Stood] = []
    for cells in table.rows:
        words = [stood for found in cells for stood in _words_in(found, stating)]
        if not words and not any(figure_in(found.text.strip()) or _pieced(found) for found in cells):
            headers |= {found.cell.column: found.text for found in cells if found.text.strip()}
            continue
        figures = list(_figures(cells, headers, table))
        if len(words) == 1:
            label = "".join(found.text for found in cells)
            yield from _row_pair(words[0], figures or before, sure=bool(_TOTAL_ROW.search(label) or headers))
        before = figures if len(figures) == 1 and not words else []


def _words_in(found: GridCell, stating: Collection[int]) -> Iterator[Stood]:
    """The amounts in words of a cell that have no figures beside them."""
    for block in (block for block in found.blocks if block.index in stating):
        paired = {words.start for _, words in pairs_in(block.text)}
        for amount in amounts_in(block.text):
            if amount.kind == "words" and amount.value is not None and amount.start not in paired:
                yield Stood(block, amount)


def _figures(cells: Sequence[GridCell], headers: dict[int, str], table: Table) -> Iterator[Stood]:
    """The figures of a row that can be the amount that its words say."""
    unit = next((scale_of(block.text) for block in reversed(table.lead) if "单位" in block.text), None)
    small = [found for before, found in pairwise(cells) if _SMALL.search(before.text)]
    named = [found for found in cells if _SMALL.search(headers.get(found.cell.column, ""))]
    left = [found for found in cells if column_of(headers.get(found.cell.column, "")) not in _QUANTITIES]
    candidates = [*dict.fromkeys([*small, *named])] if any(_figure(found) for found in (*small, *named)) else left
    if candidates is not left and any(_DIGIT.search(found.text) and not _figure(found) for found in candidates):
        return  # the figure that the words say may be the one that cannot be read
    for found in candidates:
        figure = _figure(found)
        if figure is None:
            continue
        header = headers.get(found.cell.column, "")
        yield _scaled(figure, scale_of(header) or unit)


def _figure(found: GridCell) -> Stood | None:
    """The figure of a cell, bare or with its unit."""
    blocks = [block for block in found.blocks if block.text.strip()]
    if pieced := _pieced(found):
        return pieced
    if len(blocks) != 1:
        return None
    text = blocks[0].text
    amounts = [amount for amount in amounts_in(text) if amount.kind == "figures" and amount.value is not None]
    if len(amounts) == 1 and not any(amount.kind == "words" for amount in amounts_in(text)):
        return Stood(blocks[0], amounts[0])
    figure = figure_in(text)
    if figure is None:
        return None
    written = text[figure.start : figure.end]
    return Stood(blocks[0], Found(figure.start, figure.end, "figures", written, figure.value, Standing.CANONICAL))


def _pieced(found: GridCell) -> Stood | None:
    """The figure of a narrow cell of a PDF file that breaks it: 3,098,00 above 0.00."""
    blocks = [block for block in found.blocks if block.text.strip()]
    parts = [part for block in blocks for part in block.text.split()]
    if len(parts) < 2 or blocks[0].page is None or not all(_BROKEN.fullmatch(part) for part in parts):
        return None
    figure = figure_in("".join(parts))
    if figure is None or not _GROUPED.fullmatch("".join(parts)):
        return None
    text = blocks[0].text
    return Stood(blocks[0], Found(0, len(text), "figures", "".join(parts), figure.value, Standing.CANONICAL))


def _scaled(stood: Stood, scale: int | None) -> Stood:
    """A bare figure in the unit of its column."""
    found = stood.found
    if scale is None or found.value is None or re.search(r"[元万亿]", found.text):
        return stood
    return Stood(stood.block, replace(found, value=found.value * scale))


def _row_pair(words: Stood, figures: Sequence[Stood], *, sure: bool) -> Iterator[Pair]:
    """The pair of a row, where one of its figures says the words or there is surely only one that could."""
    value = words.found.value or Decimal(0)
    same = next((stood for stood in figures if stood.found.value == value), None)
    if same is not None:
        yield Pair(same, words)
    elif len(figures) == 1 and sure and (figures[0].found.value or 0) >= _SMALLEST:
        yield Pair(figures[0], words)
