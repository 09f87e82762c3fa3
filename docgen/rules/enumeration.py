"""The numbers that paragraphs begin with, and the lists that they make: 第X条, 一、, （一）, 4.1, 1., （1）, 1）, ①.

A list is followed through everything that stands inside its items: an inner list ends when an outer one goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby, islice
from operator import attrgetter
from typing import Final

from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.numerals import numeral
from docgen.rules.once import once_per_reading


class Kind(IntEnum):
    """The forms of numbers, the more general ones first."""

    CHAPTER = 1
    ARTICLE = 2
    CHINESE = 3
    CHINESE_BRACKETS = 4
    COMPOSITE = 5
    PLAIN = 6
    BRACKETS = 7
    HALF_BRACKET = 8
    CIRCLE = 9


_CN: Final = "[一二三四五六七八九十百零〇]{1,5}"
_NUMBERS: Final = {
    Kind.CHAPTER: rf"第\s?({_CN}|\d{{1,2}})\s?章(?=[\s\u3000：:]|$)",
    Kind.ARTICLE: rf"第\s?({_CN}|\d{{1,3}})\s?条(?=[\s\u3000：:【（(]|$)",
    Kind.CHINESE: rf"({_CN})、",
    Kind.CHINESE_BRACKETS: rf"[（(]({_CN})[）)]",
    Kind.COMPOSITE: r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?![\d.．,%％元万亿:：\-/])(?=\s|[、\u4e00-\u9fff【（“《])"
    # A line that a scan broke before the number it speaks of: “除应符合 / 3.1 项要求外”.
    r"(?![ \u3000]?(?:[条款项](?=[、，,的所规或和及与至中]|要求|约定)))",
    Kind.PLAIN: r"(\d{1,2})(?:[.．、](?![\d.．])(?![ \u3000]{1,3}\d{1,2}(?!\d))|[.．](?=\d{4}年))",
    Kind.BRACKETS: r"[（(](\d{1,2})[）)]",
    Kind.HALF_BRACKET: r"(\d{1,2})[）)]",
    Kind.CIRCLE: r"([\u2460-\u2473])",
}
_START: Final = regex(
    r"[\s\u3000]*(?:[-*•]\s+)?(?:[★▲△□■☑☐※◆●]\s*)*(?:"
    + "|".join(f"(?P<k{kind:d}>{pattern})" for kind, pattern in _NUMBERS.items())
    + ")"
)
_VALUE: Final = regex(rf"{_CN}|\d+")
_FIRST: Final = frozenset("第一二三四五六七八九十百零")
# Inside a paragraph the next number of its own list stands behind the end of the item before.
_INLINE: Final = {kind: regex(rf"(?<=[；;。])\s*{pattern}") for kind, pattern in _NUMBERS.items()}
# “（3）（4）为…”, “一、二、三项”: a sentence that speaks of several numbers.
_SEVERAL: Final = {
    kind: regex(rf"\s*(?:[、,，和及与至到~～-]\s*)?{pattern}")
    for kind, pattern in _NUMBERS.items()
    if kind in {Kind.CHINESE_BRACKETS, Kind.BRACKETS, Kind.CIRCLE}
}
_CONTENTS: Final = regex(r"(?:\t|[.…·]{3,}|\s{3,})\s*[-—]?\s*\d{1,3}\s*[-—]?\s*$")
_ENDED: Final = regex(r"[。；;：:！？!?）)】》”…、,，.\-—]\s*$")
_SHORT: Final = 24
# Where the page number of a table of contents stands; a whole line of blanks would take minutes.
_TAIL: Final = 80
# How far a number may run ahead before it is taken for something else than a gap.
_FAR: Final = {Kind.CHAPTER: 50, Kind.ARTICLE: 100}
_NEAR: Final = 8
_AHEAD: Final = 12
# How many lists are kept in mind at once; a file of endless beginnings would take for ever.
_OPEN: Final = 300


@dataclass(frozen=True, slots=True)
class Token:
    """One number: where it stands, its form, its value, and for 4.1 the numbers before the last."""

    block: Block
    span: tuple[int, int]
    kind: Kind
    value: int
    prefix: tuple[int, ...] = ()

    @property
    def family(self) -> tuple[Kind, tuple[int, ...]]:
        """What numbers of one list share."""
        return self.kind, self.prefix

    @property
    def text(self) -> str:
        """The number as it is written."""
        return self.block.text[slice(*self.span)] or self.block.number

    def written(self, value: int) -> str:
        """Another value in the form of this number."""
        from docgen.rules.numerals import chinese

        old = re.search(rf"{_CN}|\d+(?!.*\d)|[\u2460-\u2473]", self.text)
        if old is None:
            return str(value)
        digits = old[0].isascii()
        new = str(value) if digits else chr(0x245F + value) if self.kind is Kind.CIRCLE else chinese(value)
        return f"{self.text[: old.start()]}{new}{self.text[old.end() :]}"


@dataclass(slots=True, eq=False)
class Listing:
    """A list as far as it was followed: its numbers, the last value that it reached, and what its numbers share."""

    tokens: list[Token]
    last: int
    family: tuple[Kind, tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.family = self.tokens[0].family


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that does not follow the one before it in its list; `expected` is the value that would.

    A misprint stands where the expected number should, anything else is a gap before it. `begun` says that it is a
    number 1 behind a list of the same form, which may begin another list; `lone`, that no second item follows it.
    """

    token: Token
    before: Token | None
    expected: int
    repeated: bool = False
    misprint: bool = False
    begun: bool = False
    lone: bool = False


@dataclass(slots=True)
class Outline:
    """The lists of a run of paragraphs, and the numbers that do not fit."""

    listings: list[Listing] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)


@once_per_reading
def outlines(reading: Reading) -> tuple[Outline, ...]:
    """The lists of a document: those of each part, and those of each table cell by themselves."""
    return tuple(_outlines(reading))


def _outlines(reading: Reading) -> Iterator[Outline]:
    for _, blocks in groupby(reading.blocks, key=attrgetter("part")):
        body: list[Block] = []
        for cell, group in groupby(blocks, key=attrgetter("cell")):
            if cell is None:
                body.extend(group)
            elif found := tokens(group):
                yield follow(found)
        yield follow(tokens(body))


def tokens(blocks: Iterable[Block]) -> list[Token]:
    """The numbers that the paragraphs begin with, and those that go on inside them."""
    found: list[Token] = []
    before = ""
    for block in blocks:
        match = _begins(block)
        if match is not None and not _CONTENTS.search(block.text[-_TAIL:]):
            own = list(_tokens(block, match))
            if own and (not _wrapped(block, before) or _goes_on(own[0], found)):
                found.extend(own)
        before = block.text
    return found


def _goes_on(token: Token, found: list[Token]) -> bool:
    """Whether a line goes on with the list of the line before, an item of which has no stop at its end."""
    last = found[-1] if found else None
    near = last is not None and token.block.index - last.block.index == 1
    return last is not None and near and (last.family, last.value + 1) == (token.family, token.value)


def _begins(block: Block) -> re.Match[str] | None:
    """The number that a paragraph begins with; the first character rules out most."""
    text = block.number or block.text
    first = text[:1]
    return _START.match(text) if first in _FIRST or not first.isalpha() else None


def _wrapped(block: Block, before: str) -> bool:
    """Whether a line of plain text only goes on with the sentence of the line before."""
    if block.line is None and block.page is None:
        return False
    return len(before.strip()) > _SHORT and not _ENDED.search(before)


def _tokens(block: Block, match: re.Match[str]) -> Iterator[Token]:
    name = match.lastgroup or ""
    kind = Kind(int(name[1:]))
    token = _token(block, kind, match[name], (0, 0) if block.number else match.span(name))
    if token is None or (kind in _SEVERAL and not block.number and _SEVERAL[kind].match(block.text, match.end())):
        return
    yield token
    value = token.value
    for inner in _INLINE[kind].finditer(block.text, match.end() if not block.number else 0):
        start = inner.end() - len(inner[0].lstrip())
        following = _token(block, kind, inner[0].strip(), (start, inner.end()))
        if following is not None and following.prefix == token.prefix and following.value == value + 1:
            yield following
            value += 1


def _token(block: Block, kind: Kind, text: str, span: tuple[int, int]) -> Token | None:
    if kind is Kind.CIRCLE:
        return Token(block, span, kind, ord(text[0]) - 0x245F)
    if kind is Kind.COMPOSITE:
        numbers = [int(part) for part in re.findall(r"\d+", text)]
        if not numbers[-1] or not numbers[0]:
            return None  # a version, 2.0, or a figure, 0.5
        return Token(block, span, kind, numbers[-1], tuple(numbers[:-1]))
    inside = _VALUE.search(text)
    value = numeral(inside[0]) if inside else None
    return Token(block, span, kind, value) if value is not None else None


def follow(found: list[Token]) -> Outline:
    """The lists that the numbers make, and the slips among them."""
    outline, stack = Outline(), list[Listing]()
    ended: dict[tuple[Kind, tuple[int, ...]], Listing] = {}
    later = _later(found)
    for index, token in enumerate(found):
        family = token.family
        if stack and stack[-1].last + 1 == token.value and stack[-1].family == family:
            stack[-1].tokens.append(token)
            stack[-1].last = token.value
            continue
        same = [listing for listing in islice(reversed(stack), _OPEN) if listing.family == family]
        listing = next((listing for listing in same if listing.last + 1 == token.value), None)
        slip = None
        if listing is None:
            slip = _slip(token, same[0] if same else None, _next(found, index))
            slip = _certain(slip, later[index]) or _resumed(token, ended.get(token.family), later[index], same)
            if slip is not None:
                outline.slips.append(slip)
                listing = same[0] if same and slip.before is not None and not slip.lone else None
        if listing is None:
            listing = Listing([token], slip.expected if slip and not slip.lone else token.value)
            outline.listings.append(listing)
            stack.append(listing)
            continue
        ended |= {inner.family: inner for inner in stack[stack.index(listing) + 1 :]}
        del stack[stack.index(listing) + 1 :]
        listing.tokens.append(token)
        resumed = slip is not None and slip.repeated and _resumes(token, _next(found, index), listing)
        listing.last = listing.last if resumed else _reached(slip, token)
    return outline


def _resumes(token: Token, following: Token | None, listing: Listing) -> bool:
    """Whether the list goes on behind a number that is no part of it: 1.4, a stray 1.1, 1.5."""
    return token.value < listing.last and following is not None and following.value == listing.last + 1


def _reached(slip: Slip | None, token: Token) -> int:
    """How far a list has come with a number: as far as was meant."""
    if slip is None or not slip.misprint:
        return token.value
    return token.value if slip.repeated else slip.expected


def _next(found: list[Token], index: int) -> Token | None:
    """The next number of the same form near by."""
    family = found[index].family
    return next((token for token in found[index + 1 : index + 1 + _AHEAD] if token.family == family), None)


def _certain(slip: Slip | None, later: Token | None) -> Slip | None:
    """A gap as the misprint that it is where the number behind the expected one follows, however far."""
    if slip is None or slip.misprint or slip.repeated or later is None or later.value != slip.expected + 1:
        return slip
    return Slip(slip.token, slip.before, slip.expected, misprint=True, begun=True)


def _later(found: list[Token]) -> list[Token | None]:
    """For each number the next one of the same form, however far."""
    later: list[Token | None] = []
    nearest: dict[tuple[Kind, tuple[int, ...]], Token] = {}
    for token in reversed(found):
        later.append(nearest.get(token.family))
        nearest[token.family] = token
    return later[::-1]


def _resumed(token: Token, ended: Listing | None, later: Token | None, same: list[Listing]) -> Slip | None:
    """The slip of a number in a list that an outer one interrupted, or of a first item that has no second."""
    if not token.span[1]:
        return None
    if not same:
        expected = ended.last + 1 if ended is not None else 0
        misprint = ended is not None and later is not None and later.value == expected + 1
        if ended is None or not misprint or token.value in (1, expected):
            return None
        return Slip(token, ended.tokens[-1], expected, misprint=True)
    before = same[0]
    skipped = later is not None and later.value == before.last + 2 > 2
    if token.value != 1 or before.last > _FAR_ON or not (skipped or later is None or later.value == 1):
        return None
    repeated = before.last == 1 and not skipped
    expected = before.last + 1
    return Slip(token, before.tokens[-1], expected, repeated=repeated, misprint=True, begun=True, lone=not skipped)


# More items than that, and a number 1 begins something new.
_FAR_ON: Final = 30


def _slip(token: Token, listing: Listing | None, following: Token | None) -> Slip | None:
    """What is wrong with a number that does not go on with its list; None where it begins one, or nobody can tell."""
    counted_by_word = not token.span[1]
    if counted_by_word:
        return None
    if token.value == 1:
        return _begun_again(token, listing, following)
    if following is not None and following.value == 2 and (listing is None or listing.last != 1):
        return Slip(token, None, 1, misprint=True)
    return _out_of_order(token, listing, following) if listing is not None else None


def _begun_again(token: Token, listing: Listing | None, following: Token | None) -> Slip | None:
    """The slip of a 4.1 behind 4.2, which no clause is, or of a 一、 in the place of 九、, where 十、 follows."""
    if listing is not None and following is not None and following.value == listing.last + 2 > 2:
        return Slip(token, listing.tokens[-1], listing.last + 1, misprint=True, begun=True)
    if token.kind is not Kind.COMPOSITE or listing is None or (following is not None and following.value == 2):
        return None
    return Slip(token, listing.tokens[-1], listing.last + 1, repeated=True, misprint=True)


def _out_of_order(token: Token, listing: Listing, following: Token | None) -> Slip | None:
    expected, before = listing.last + 1, listing.tokens[-1]
    if following is not None and following.value == expected + 1:
        return Slip(token, before, expected, misprint=True)
    if token.value == listing.last:
        return Slip(token, before, expected, repeated=True, misprint=True)
    goes_on = following is not None and following.value == token.value + 1
    if token.value < listing.last and not goes_on:
        return Slip(token, before, expected, misprint=True)
    gap = expected < token.value <= listing.last + _FAR.get(token.kind, _NEAR)
    return Slip(token, before, expected) if gap else None
