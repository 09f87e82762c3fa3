"""The annexes of a set as its documents show them: those that are listed, and those that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from docgen.patterns import regex
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.tables import frames, tables
from docgen.reading.whole import blocks_with
from docgen.rules.annexes_quoted import quoted_annexes
from docgen.rules.name_search import squeezed
from docgen.rules.numbers import tokens
from docgen.rules.numerals import NUMERAL, numeral
from docgen.rules.once import once_per_reading

_ANNEX: Final = regex(rf"\s*附\s?件[ \u3000]?({NUMERAL})(?:\s*[:：、.．]\s*|[\s\u3000]+|$)(.*)$")
_LIST_HEAD: Final = regex(r"(?:.{0,12}[的是为])?\s*(?:合同|协议|本合同|本协议)?附\s?件(?:清单|目录|如下)?\s*[:：]\s*$")
_ADDED: Final = regex(r"[（(][^（）()]*[）)]\s*[。；;]?\s*$|[。；;，,、]\s*$")
_TITLE: Final = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One annex as it is named in a place: its number and title, and the characters of the title."""

    reading: Reading
    block: Block
    number: int
    title: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Annexes:
    """What the documents of a set say of their annexes."""

    listed: tuple[Entry, ...]
    headed: tuple[Entry, ...]


def annexes_in(bundle: Bundle) -> Annexes:
    """The lists of annexes, and the headings with which annexes begin, over all documents of a set."""
    listed: list[Entry] = []
    headed: list[Entry] = []
    for reading in bundle.readings:
        own = _annexes_of(reading)
        listed += own.listed
        headed += own.headed
    return Annexes(tuple(listed), tuple(headed))


@once_per_reading
def _annexes_of(reading: Reading) -> Annexes:
    """What one document says of annexes."""
    if not blocks_with(reading, "附"):
        return Annexes((), ())
    named = list(_named(reading))
    rows = {one.block.index for one, other in _neighbours(reading, named) for one in (one, other)}
    rows -= _between_titles(named, rows)
    listed = [entry for entry in named if entry.block.index in rows]
    headed = [entry for entry in named if entry.block.index not in rows and entry.title]
    return Annexes((*listed, *_numbered(reading), *_in_one_line(reading), *_tabled(reading)), tuple(headed))


def bare(title: str) -> str:
    """A title without what editors add to it: blanks, brackets, a full stop."""
    return re.sub(r"[\s\u3000《》“”\"'：:]", "", _ADDED.sub("", title))


def _named(reading: Reading) -> Iterator[Entry]:
    """The paragraphs that begin with 附件N, with the title beside it or in the next paragraph."""
    framed = frames(reading)
    outside = (block for block in reading.blocks if block.cell is None or block.cell.table in framed)
    blocks = [block for block in outside if block.part == "body" and block.text.strip()]
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        match = _ANNEX.match(block.text) if "附" in block.text else None
        number = numeral(match[1]) if match else None
        if match is None or number is None or len(match[2]) > _TITLE or "。" in match[2].rstrip("。"):
            continue
        if match[2].strip():
            yield Entry(reading, block, number, match[2].strip(), match.span(2))
        elif following is not None and len(following.text) <= _TITLE and not _ANNEX.match(following.text):
            yield Entry(reading, following, number, following.text.strip(), (0, len(following.text)))


def _neighbours(reading: Reading, named: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """The pairs of annexes named on paragraphs that follow each other, as in a list."""
    if len(named) < 2:
        return
    filled = [block.index for block in reading.blocks if block.text.strip()]
    order = {index: place for place, index in enumerate(filled)}
    for one, other in pairwise(named):
        begun = other.number == 1 < one.number  # the first annex itself, right behind the list
        if order[other.block.index] - order[one.block.index] == 1 and not begun:
            yield one, other


def _between_titles(named: list[Entry], rows: set[int]) -> set[int]:
    """The paragraphs that seem to be a list and are titles: 附件二, 附件三 between those of 附件一 and 附件四."""
    found = set[int]()
    for listed, group in groupby(range(len(named)), key=lambda place: named[place].block.index in rows):
        places = [*group]
        first, last = places[0], places[-1]
        if not listed or not 0 < first <= last < len(named) - 1:
            continue
        before, behind = named[first - 1].number, named[last + 1].number
        if (before + 1, behind - 1) == (named[first].number, named[last].number):
            found |= {named[place].block.index for place in places}
    return found


def _numbered(reading: Reading) -> Iterator[Entry]:
    """The items 1. 2. 3. below a line that ends in 附件：."""
    if not any(_LIST_HEAD.search(block.seen) for block in blocks_with(reading, "附")):
        return
    blocks = [block for block in reading.blocks if block.text.strip() or block.number]
    for place, block in enumerate(blocks):
        if len(block.text) > _TITLE or "附" not in block.text or not _LIST_HEAD.search(block.seen):
            continue
        for number, item in enumerate(blocks[place + 1 :], 1):
            found = tokens([item])
            if not found or found[0].value != number:
                break
            title = item.text[found[0].span[1] :].strip()
            start = item.text.index(title, found[0].span[1])
            yield Entry(reading, item, number, title, (start, start + len(title)))


def _in_one_line(reading: Reading) -> Iterator[Entry]:
    """The annexes that one paragraph lists: 附件：1.设备清单；2.考核细则, 附件一《设备清单》、附件二《考核细则》."""
    for block in blocks_with(reading, "《"):
        for number, title, span in quoted_annexes(block.text) if block.cell is None else ():
            yield Entry(reading, block, number, title, span)
    for block in blocks_with(reading, "附件：", "附件:"):
        head = _LINE_HEAD.search(block.text) if block.cell is None else None
        items = list(_LINE_ITEM.finditer(block.text, head.end())) if head else []
        if len(items) > 1 and [int(item[1]) for item in items] == list(range(1, len(items) + 1)):
            yield from (Entry(reading, block, int(item[1]), item[2], item.span(2)) for item in items)


_LINE_HEAD: Final = regex(r"附\s?件\s*[:：]\s*(?=1\s?[.．、])")
_LINE_ITEM: Final = regex(r"(?<![0-9])([1-9][0-9]?)\s?[.．、]\s?([^；;，,。、0-9\s][^；;。]{1,38}?)\s*(?=[；;。]|$)")


def _tabled(reading: Reading) -> Iterator[Entry]:
    """The rows of a table that lists annexes: 附件1 beside its title, or 1 below a header that speaks of annexes."""
    for table in tables(reading):
        head = [squeezed(cell.text) for cell in table.rows[0]]
        of_annexes = any("附件" in text for text in (*head, *(block.text for block in table.lead[-2:])))
        if len(head) < 2 or not (of_annexes and _NUMBERS.fullmatch(head[0]) and _TITLES.fullmatch(head[1])):
            continue
        rows = [row for row in table.rows[1:] if len(row) > 1 and row[1].text.strip()]
        numbers = [match and numeral(match[1]) for row in rows for match in [_ROW.fullmatch(row[0].text)]]
        if len(rows) > 1 and numbers == list(range(1, len(rows) + 1)):
            for number, row in enumerate(rows, 1):
                title = row[1].blocks[0]
                yield Entry(reading, title, number, title.text.strip(), (0, len(title.text)))


_NUMBERS: Final = regex(r"附件|(?:附件)?(?:序号|编号|号码?)|序")
_TITLES: Final = regex(r"(?:附件)?(?:名称|题目|标题|文件名称?|内容)|附件")
_ROW: Final = regex(rf"\s*(?:附\s?件)?\s?({NUMERAL})\s*")
