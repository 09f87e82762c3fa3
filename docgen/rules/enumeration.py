"""The lists that the numbers of paragraphs make, and the numbers that do not fit.

A list is followed through everything that stands inside its items: an inner list ends when an outer one goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import attrgetter
from typing import Final

from docgen.reading.document import Block, Reading
from docgen.reading.tables import frames
from docgen.rules.numbers import Kind, Token, tokens
from docgen.rules.numbers_under_heads import under_their_heads
from docgen.rules.once import once_per_reading

# How far a number may run ahead before it is taken for something else than a gap.
_FAR: Final = {Kind.CHAPTER: 50, Kind.ARTICLE: 100, Kind.CHINESE: 20, Kind.CHINESE_BRACKETS: 20}
_NEAR: Final = 8
_AHEAD: Final = 12
# How many lists are kept in mind at once; a file of endless beginnings would take for ever.
_OPEN: Final = 300


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
    `goes_on` says that the number behind the expected one follows: the list is no other one.
    """

    token: Token
    before: Token | None
    expected: int
    repeated: bool = False
    misprint: bool = False
    begun: bool = False
    lone: bool = False
    goes_on: bool = False


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
    framed = frames(reading)
    for _, blocks in groupby(reading.blocks, key=attrgetter("part")):
        body: list[Block] = []
        for cell, group in groupby(blocks, key=attrgetter("cell")):
            if cell is None or cell.table in framed:
                body.extend(group)
            elif found := tokens(group):
                yield follow(found)
        yield follow(tokens(body))


def follow(found: list[Token]) -> Outline:
    """The lists that the numbers make, and the slips among them."""
    outline, stack = Outline(), list[Listing]()
    ended: dict[tuple[Kind, tuple[int, ...]], Listing] = {}
    found, strays = under_their_heads(found)
    outline.slips.extend(Slip(token, None, token.value, misprint=True) for token in strays)
    later, inner = _later(found), _inside_their_heads(found)
    for index, token in enumerate(found):
        family = token.family
        if stack and stack[-1].last + 1 == token.value and stack[-1].family == family:
            stack[-1].tokens.append(token)
            stack[-1].last = token.value
            continue
        same = [listing for listing in islice(reversed(stack), _OPEN) if listing.family == family]
        listing = next((listing for listing in same if listing.last + 1 == token.value), None)
        if listing is None and (before := _through_headings(token, ended, stack, _next(found, index))) is not None:
            before.tokens.append(token)
            before.last = token.value
            stack.append(before)
            continue
        slip = None
        if listing is None:
            slip = _slip(token, same[0] if same else None, _next(found, index) or inner[index])
            slip = _certain(slip, later[index]) or _resumed(token, ended.get(token.family), later[index], same)
            if slip is not None:
                outline.slips.append(slip)
                listing = same[0] if same and slip.before is not None and not slip.lone else None
        if listing is None:
            listing = Listing([token], slip.expected if slip and not slip.lone else token.value)
            outline.listings.append(listing)
            stack.append(listing)
            continue
        at = stack.index(listing)
        # Chapters that begin anew in the second part stand above the articles that are counted through.
        inside = stack[at + 1 :] if token.kind is Kind.ARTICLE else []
        above = [one for one in inside if one.family[0] is Kind.CHAPTER]
        ended |= {inner.family: inner for inner in stack[at + 1 :] if inner not in above}
        stack[at:] = [*above, listing]
        listing.tokens.append(token)
        resumed = slip is not None and slip.repeated and _resumes(token, _next(found, index), listing)
        listing.last = listing.last if resumed else _reached(slip, token)
    return outline


def _through_headings(
    token: Token, ended: dict[tuple[Kind, tuple[int, ...]], Listing], stack: list[Listing], following: Token | None
) -> Listing | None:
    """The list that a heading ended and that goes on below it: 二、1. 2. 3. 三、4. 5."""
    listing = ended.get(token.family)
    if listing is None or token.kind is not Kind.PLAIN or not stack or stack[-1].family[0] >= token.kind:
        return None
    goes_on = following is not None and following.value == token.value + 1
    return listing if goes_on and 1 < listing.last == token.value - 1 else None


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


def _inside_their_heads(found: list[Token]) -> list[Token | None]:
    """For each number the next one of the same form before a more general number, however far."""
    inside: list[Token | None] = []
    nearest: dict[Kind, dict[tuple[int, ...], Token]] = {}
    for token in reversed(found):
        for kind in [kind for kind in nearest if kind > token.kind]:
            del nearest[kind]
        alike = nearest.setdefault(token.kind, {})
        inside.append(alike.get(token.prefix))
        alike[token.prefix] = token
    return inside[::-1]


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
        return Slip(token, before, expected, misprint=True, goes_on=True)
    if token.value == listing.last:
        return Slip(token, before, expected, repeated=True, misprint=True)
    goes_on = following is not None and following.value == token.value + 1
    if token.value < listing.last and not goes_on:
        return Slip(token, before, expected, misprint=True)
    gap = expected < token.value <= listing.last + _FAR.get(token.kind, _NEAR)
    return Slip(token, before, expected) if gap else None
