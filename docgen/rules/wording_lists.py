"""Lists that a set holds twice, a plan in the contract and in its annex: the same items have the same names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from docgen.findings import Finding, Place, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Bundle, Reading
from docgen.rules.enumeration import outlines
from docgen.rules.facts import Facts
from docgen.rules.grids import tables_of
from docgen.rules.name_search import difference, searchable, sounds_alike, squeezed, swapped, telling
from docgen.rules.party_records import contracts_of
from docgen.rules.rule import inside, place_in, rule

_NAME: Final = regex(
    r"[\s\u3000]*([^\s\u3000（(：:。，,；;、\d][^\s\u3000（(：:。，,；;、]{3,29})(?=[（(：:。；;]|\s*$)"
)
_SHARED: Final = 2
_MOST_LISTS: Final = 400


class Item(NamedTuple):
    """The name of one item of a list: compared without blanks, and where it stands."""

    key: str
    reading: Reading
    block: Block
    span: tuple[int, int]

    @property
    def text(self) -> str:
        """The name as it is written."""
        return self.block.text[slice(*self.span)]

    @property
    def place(self) -> Place:
        """Where the name stands."""
        return place_in(self.reading, self.block, self.span)


@rule("W115", "同一组名称里有一项写法不同", on=Bundle)
def lists_agree(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 阶段、成果、任务在正文和附件里各列一遍，有一项差一两个字，就说不清是不是同一项。

    错误:
        （1）监测机制设计阶段：设计工作机制；
        （2）监测分析实施阶段：开展监测；
        （3）总结和验收阶段：组织验收。
        附件1：进度安排
        （一）监测机制设计阶段
        （二）监侧分析实施阶段
        （三）总结和验收阶段
    正确:
        （1）监测机制设计阶段：设计工作机制；
        （2）监测分析实施阶段：开展监测；
        （3）总结和验收阶段：组织验收。
        附件1：进度安排
        （一）监测机制设计阶段
        （二）监测分析实施阶段
        （三）总结和验收阶段
    """
    for contract in contracts_of(bundle):
        lists = [found for reading in contract.readings for found in _lists(reading)]
        if 1 < len(lists) <= _MOST_LISTS:
            yield from _odd_items(lists)


def _lists(reading: Reading) -> Iterator[list[Item]]:
    """The lists of a document whose items begin with names, and the columns of its tables that hold names."""
    for outline in outlines(reading):
        for listing in outline.listings:
            found = (_item(reading, token.block, token.span[1]) for token in listing.tokens)
            if len(items := [item for item in found if item]) > _SHARED:
                yield items
    for table in tables_of(reading):
        if len(table.rows) - 1 <= _SHARED:
            continue
        columns: dict[int, list[Item]] = defaultdict(list)
        for row in table.rows[1:]:
            for cell in row:
                if (match := _NAME.match(cell.blocks[0].text)) and match.end(1) == len(match.string):
                    columns[cell.cell.column].append(_of(reading, cell.blocks[0], match))
        yield from (items for items in columns.values() if len(items) > _SHARED)


def _item(reading: Reading, block: Block, start: int) -> Item | None:
    match = _NAME.match(block.text, start)
    return _of(reading, block, match) if match else None


def _of(reading: Reading, block: Block, match: re.Match[str]) -> Item:
    return Item(squeezed(match[1]), reading, block, match.span(1))


def _odd_items(lists: Sequence[Sequence[Item]]) -> Iterator[Finding]:
    """The items that nearly have the name of an item of another list, which shares the names around it."""
    readings = list({item.reading.file: item.reading for items in lists for item in items}.values())
    told: set[tuple[str, int]] = set()
    for one, other in _sharing(lists):
        mine, theirs = {item.key for item in one}, {item.key for item in other}
        left = [item for item in one if item.key not in theirs]
        open_ones = [item for item in other if item.key not in mine]
        for item in left:
            near = [
                right for right in open_ones if _nearly(item.key, right.key) or _in_its_place(item, one, right, other)
            ]
            if len(near) != 1:
                continue
            odd, right = _rarer_first(item, near[0], readings)
            # Of a pair only one is odd, and what is odd once is so against every other list.
            if not told & {_spot(odd), _spot(right)}:
                told.add(_spot(odd))
                yield _odd(odd, right)


def _spot(item: Item) -> tuple[str, int]:
    return item.reading.file, item.block.index


def _rarer_first(item: Item, right: Item, readings: Iterable[Reading]) -> tuple[Item, Item]:
    """Two spellings, the one that stands less often in the documents first."""
    ours, theirs = (sum(searchable(one).count(key) for one in readings) for key in (item.key, right.key))
    if ours == theirs and len(item.key) == len(right.key) and _unheard_of(right, item):
        return (item, right) if _unheard_of(item, right) else (right, item)
    return (right, item) if theirs < ours else (item, right)


def _sharing(lists: Sequence[Sequence[Item]]) -> Iterator[tuple[Sequence[Item], Sequence[Item]]]:
    """The pairs of lists that share most of their names."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, items in enumerate(lists):
        for key in {item.key for item in items}:
            holders[key].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        for pair in combinations(numbers[: _SHARED * 10], 2):
            shared[pair] += 1
    for (one, other), count in shared.items():
        if count >= _SHARED and 2 * count >= min(len(lists[one]), len(lists[other])):
            yield lists[other], lists[one]


_ADJACENT: Final = 2
# 室内外的装饰物, 项目部经理: what some say and some leave out.
_PARTICLES: Final = frozenset("的之部")


_CLAUSE: Final = regex(r"第[零〇一二三四五六七八九十百0-9]+[条款项章节]")


def _nearly(one: str, other: str) -> bool:
    """Whether two names differ by one slip of the hand: a character left out inside, swapped, or sounding alike."""
    ours, theirs = difference(one, other)
    if ours + theirs in _PARTICLES or (ours.isdecimal() and theirs.isdecimal()):
        return False
    if "第" in one and _CLAUSE.sub("", one) == _CLAUSE.sub("", other):
        return False  # 将第四条修改为, 将第十四条修改为
    if telling(ours, theirs) and ((ours and theirs) or not (ours + theirs).isalpha()):
        return False
    if (swapped(ours, theirs) and len(ours) == _ADJACENT) or sounds_alike(ours, theirs):
        return True
    return len(ours + theirs) == 1 and one[:1] == other[:1] and one[-1:] == other[-1:]


def _in_its_place(item: Item, one: Sequence[Item], right: Item, other: Sequence[Item]) -> bool:
    """Whether one character of a long name differs, and the names around it in both lists are the same."""
    ours, theirs = difference(item.key, right.key)
    if len(ours) != 1 or len(theirs) != 1 or len(item.key) < _LONG or telling(ours, theirs):
        return False
    # 实施阶段 and 实现阶段 are two words; 评估 and 评固 are not.
    if not (_unheard_of(item, right) or _unheard_of(right, item)):
        return False
    if len(item.key) >= 2 * _LONG:
        return True
    here, there = one.index(item), other.index(right)
    before = _key(one, here - 1) == _key(other, there - 1)
    behind = _key(one, here + 1) == _key(other, there + 1)
    return before and behind


def _unheard_of(item: Item, right: Item) -> bool:
    """Whether the pairs that the other character makes stand nowhere in both documents but in this name."""
    at = next(place for place, (one, other) in enumerate(zip(item.key, right.key, strict=True)) if one != other)
    pairs = [item.key[place : place + 2] for place in (at - 1, at) if 0 <= place < len(item.key) - 1]
    texts = [searchable(reading) for reading in {one.reading.file: one.reading for one in (item, right)}.values()]
    return all(sum(text.count(pair) - text.count(item.key) for text in texts) == 0 for pair in pairs)


def _key(items: Sequence[Item], place: int) -> str | None:
    """The name at a place of a list, None beyond its ends."""
    return items[place].key if 0 <= place < len(items) else None


_LONG: Final = 6


def _odd(item: Item, right: Item) -> Finding:
    return inside(
        item.reading,
        item.block,
        item.span,
        f"“{item.text}”在另一处的同一组里写作“{right.text}”。",
        severity=Severity.WARNING,
        related=(right.place,),
        hint="如果说的是同一项，请统一写法。",
    )
