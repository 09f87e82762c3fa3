"""Names in documents, compared without the spaces, quotation marks and dashes that differ honestly; near misses."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.once import once_per_reading

# What two spellings of one name may differ in.
_LOOSE: Final = " \t\r\n\u3000\xa0\u2002\u2003\u200b\ufeff“”‘’\"'「」『』*#_—–-－·《》"
_WIDE: Final = dict(zip("０１２３４５６７８９（）", "0123456789()", strict=True))
# Taken out one after the other: most texts have few of them, and a table would be asked about every character.
_DROPPED: Final = frozenset(f"{_LOOSE}\0")
_COMPARED: Final = (*dict.fromkeys(_LOOSE, "").items(), *_WIDE.items())
_TABLE: Final = str.maketrans(dict(_COMPARED))
_CHANGED: Final = frozenset(char for char, _ in _COMPARED)
_LONG: Final = 60

# One character for another that makes an honest other name: 中期 and 终期, 甲方 and 乙方, 区 and 市.
_TELLING: Final = frozenset(
    "0123456789０１２３４５６７８９零〇一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾甲乙丙丁戊己庚辛ABCDEFGHabcdefgh"
    "中终初前后期首尾末上下左右内外大小高低总分正副主次反增减收付买卖省市县区镇乡村街国全年月日季周旬半东南西北"
    "公私新旧进出升降入男女老幼未不非无已可否子母父原本该其各有软硬动静国领海陆空水电气热冷男女春夏秋冬线点面"
)
_WEAK: Final = frozenset(
    ["的", "之", "和", "与", "及", "等", "了", "年", "度", "年度", "以及", "本", "该", "其", "新", "()"]
)
# 对设备进行运行维护 is no name of 设备委托运行维护合同.
_VERBS: Final = frozenset(["进行", "开展", "实施", "提供", "组织", "负责", "承担"])


def squeezed(text: str) -> str:
    """The text as names are compared: without spaces, quotation marks, dashes and brackets of books."""
    if len(text) < _LONG:
        return text if _CHANGED.isdisjoint(text) else text.translate(_TABLE)
    for char, kept in _COMPARED:
        text = text.replace(char, kept)
    return text


@lru_cache(maxsize=16)
def _kept(text: str) -> list[int]:
    """The places in a text of the characters that are compared."""
    return [place for place, char in enumerate(text) if char not in _DROPPED]


@dataclass(frozen=True, slots=True)
class Hit:
    """Some characters of a block that write a name, or nearly."""

    block: Block
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Searchable:
    """A document made ready for finding names in it, however they are spaced and quoted."""

    reading: Reading
    key: str
    _starts: list[int]

    def count(self, name: str) -> int:
        """How often the document has the name exactly."""
        return self.key.count(name)

    def hit(self, start: int, end: int) -> Hit:
        """The place in the document of some characters of `key`, all in one block."""
        number = bisect_right(self._starts, start) - 1
        block, offset = self.reading.blocks[number], self._starts[number]
        kept = _kept(block.text)
        return Hit(block, kept[start - offset], kept[end - offset - 1] + 1, self.key[start:end])

    def overprints(self, hit: Hit, name: str) -> bool:
        """Whether a hit is the running title of a PDF page, into which a title of the page is printed."""
        blocks, page = self.reading.blocks, hit.block.page
        if page is None or (hit.block.index and blocks[hit.block.index - 1].page == page):
            return False
        tops = (block for before, block in pairwise(blocks) if block.page != before.page)
        return sum(name in squeezed(block.text) for block in tops) > _PAGES

    def with_number(self, tail: str, digits: int) -> Iterator[Hit]:
        """Where the document has a name behind a number of so many digits."""
        for start in _places(tail, self.key):
            number = self.key[max(start - digits, 0) : start]
            if len(number) == digits and number.isdecimal():
                yield self.hit(start - digits, start + len(tail))

    def near_misses(self, name: str, slack: int, half: int = 0) -> Iterator[Hit]:
        """Where the document nearly has the name: one half exactly, up to `slack` characters wrong inside the other.

        `half` is how long the first half is, if not half the name.
        """
        half = half or len(name) // 2
        head, tail = name[:half], name[half:]
        for start in _places(tail, self.key):
            for width in _widths(len(head), slack, start):
                found = self.key[start - width : start]
                if found[0] == head[0] and _slightly_different(found, head, slack):
                    yield self.hit(start - width, start + len(tail))
                    break
        for start in _places(head, self.key):
            at = start + half
            for width in _widths(len(tail), slack, len(self.key) - at):
                found = self.key[at : at + width]
                if found[-1] == tail[-1] and _slightly_different(found, tail, slack):
                    yield self.hit(start, at + width)
                    break


@once_per_reading
def searchable(reading: Reading) -> Searchable:
    """A document made ready for finding names in it."""
    # All paragraphs at once, which is many times quicker than one by one.
    texts = [block.text for block in reading.blocks]
    joined = _BREAK.join(texts)
    if joined.count(_BREAK) >= len(texts) > 0:
        joined = _BREAK.join(text.replace(_BREAK, "") for text in texts)
    keys = squeezed(joined).split(_BREAK)
    starts = list(accumulate((len(key) + 1 for key in keys), initial=0))[:-1]
    return Searchable(reading, "\n".join(keys), starts)


_BREAK: Final = "\0"
# A name at the top of so many pages and more is their running title.
_PAGES: Final = 2


def _places(part: str, text: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _widths(length: int, slack: int, room: int) -> list[int]:
    """The widths to try, the exact one first, so that an exact name is never taken for a miss."""
    nearest = sorted(range(length - slack, length + slack + 1), key=lambda width: abs(width - length))
    return [width for width in nearest if 0 < width <= room]


def _slightly_different(found: str, name: str, slack: int) -> bool:
    """Whether two halves differ in a few characters, in a way that no two honest names do."""
    if "\n" in found or found == name:
        return False
    ours, theirs = difference(found, name)
    return max(len(ours), len(theirs)) <= slack and not telling(ours, theirs)


def difference(one: str, other: str) -> tuple[str, str]:
    """What stands between the common beginning and the common end of two texts."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def telling(ours: str, theirs: str) -> bool:
    """Whether the difference may be meant: other numbers, 中期 for 终期, a 的 more or less."""
    if ours in _WEAK or theirs in _WEAK or not any(map(str.isalnum, ours + theirs)):
        return True
    if (ours in _VERBS or theirs in _VERBS) and sorted(ours) != sorted(theirs):
        return True
    sides = [side for side in (ours, theirs) if side]
    return sorted(ours) != sorted(theirs) and all(not _TELLING.isdisjoint(side) for side in sides)


def swapped(ours: str, theirs: str) -> bool:
    """Whether the same characters stand in another order: 效绩 for 绩效."""
    return ours != theirs and sorted(ours) == sorted(theirs)


def sounds_alike(one: str, other: str) -> bool:
    """Whether two characters probably sound alike: GB 2312 orders its common characters by their sound."""
    places = [_gb_place(char) for char in (one, other)]
    return len(one) == len(other) == 1 and all(places) and abs(places[0] - places[1]) <= _SAME_SOUND


_SAME_SOUND: Final = 25
_COMMON: Final = regex(r"[\u4e00-\u9fff]")


def _gb_place(char: str) -> int:
    if not _COMMON.fullmatch(char):
        return 0
    try:
        first, second = char.encode("gb2312")
    except UnicodeEncodeError:
        return 0
    return (first - 0xB0) * 94 + second - 0xA0 if 0xB0 <= first <= 0xD7 else 0
