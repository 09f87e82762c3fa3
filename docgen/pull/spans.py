"""Where a value stands in a paragraph that was edited: which of the words there are its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, pairwise, product
from typing import NamedTuple

from docgen.merge.trace import Traced

# What ends a word, so that what is put in behind a value with it is no more of the value.
_BREAK = re.compile(r"[\s，。；：、！？,;:!?（）()【】《》“”]")
# What opens a place for one value alone, and what closes it.
_ENCLOSED = {"《": "》", "“": "”", "（": "）", "【": "】", "〔": "〕", "：": ""}
_LONGEST_WORD = 12
_FIGURE = re.compile(r"[0-9][0-9,.]*[%％‰]?")
_IN_WORDS = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟元圆角分整正]+"
_NUMERIC = re.compile(f"[0-9０-９][0-9０-９,，.．]*[%％‰]?|{_IN_WORDS}")
_NUMBER = re.compile("(?:[0-9]+|[一二三四五六七八九十]+|[①-⑳])")
_ANYTHING = re.compile(".+", re.DOTALL)
_WORDS_AND_FIGURE = re.compile(rf"([^0-9]+)({_FIGURE.pattern})")


class Stand(NamedTuple):
    """A value in the file as docgen wrote it: its field (None for no single one), which of its places, and where.

    `silent` tells that the data leave the field out: what stands there is what the template prints instead.
    """

    path: str | None
    occurrence: int
    part: str
    position: int
    start: int
    end: int
    silent: bool = False


def framed(here: Traced, stands: Sequence[Stand]) -> list[tuple[int, int] | None] | None:
    """Where the values stand now if only one of them is a field, and what stood around that still does."""
    fields = [stand for stand in stands if stand.path]
    if len(fields) != 1:
        return None
    head, tail = here.text[: fields[0].start], here.text[fields[0].end :]
    last = len(here.new_text) - len(tail)
    if len(head) > last or not here.new_text.startswith(head) or not here.new_text.endswith(tail):
        return None
    shift = last - fields[0].end
    return [
        (s.start, last) if s.path else (s.start, s.end) if s.end <= len(head) else (s.start + shift, s.end + shift)
        for s in stands
    ]


def read_between(here: Traced, stands: Sequence[Stand]) -> list[tuple[int, int] | None] | None:
    """Where the values stand now if the words between them are still there, and can be read in one way alone.

    A figure is a figure still, and an amount in words one in words; what is not split is a number.
    """
    order = sorted(range(len(stands)), key=lambda n: stands[n].start)
    edges = [0, *(stands[n].end for n in order)], [*(stands[n].start for n in order), len(here.text)]
    words = [here.text[start:end] for start, end in zip(*edges, strict=True)]
    kinds = [_like(here.text[stands[n].start : stands[n].end], numbered=stands[n].path is None) for n in order]
    if any(stands[one].end > stands[other].start for one, other in pairwise(order)):
        return None
    found = list(islice(_readings(here.new_text, words, kinds), 2))
    if len(found) != 1:
        return None
    spans: list[tuple[int, int] | None] = [None] * len(stands)
    for n, span in zip(order, found[0], strict=True):
        spans[n] = span
    return spans


def _readings(text: str, words: Sequence[str], kinds: Sequence[re.Pattern[str]]) -> Iterator[list[tuple[int, int]]]:
    """Every way to read a text as these words with values of these kinds between them."""
    count = len(kinds)

    @cache
    def ends(number: int, start: int) -> tuple[int, ...]:
        """Where a value may end that starts here, so that all behind it can be read as well."""
        behind = words[number + 1]
        if number + 1 == count:
            places = [len(text) - len(behind)] if text.endswith(behind) else []
        else:
            places = [at for at in range(start + 1, len(text) + 1) if text.startswith(behind, at)]
        return tuple(
            at
            for at in places
            if at > start and kinds[number].fullmatch(text, start, at) and not (not behind and _in_number(text, at))
            if number + 1 == count or ends(number + 1, at + len(behind))
        )

    def read(number: int, start: int) -> Iterator[list[tuple[int, int]]]:
        for end in ends(number, start):
            span = start, end
            if number + 1 == count:
                yield [span]
            else:
                yield from ([span, *rest] for rest in read(number + 1, end + len(words[number + 1])))

    if count and text.startswith(words[0]):
        yield from read(0, len(words[0]))


def _like(old: str, *, numbered: bool) -> re.Pattern[str]:
    """What a value may be now: a figure or an amount in words where it was one, else any words.

    A number that is no field, like that of an item, is one as it was but for the count.
    """
    if numbered:
        return re.compile(numbered_like(old))
    return _NUMERIC if _NUMERIC.fullmatch(old) else _ANYTHING


def numbered_like(old: str) -> str:
    """The pattern of a text with other numbers in it."""
    return _NUMBER.sub(_NUMBER.pattern, re.escape(old))


def _in_number(text: str, at: int) -> bool:
    return text[at - 1 : at].isdecimal() and text[at : at + 1].isdecimal()


def span_of(here: Traced, stand: Stand, stands: Sequence[Stand]) -> tuple[int, int] | None:
    """Where the value stands now; what was put in at its edge is of it where it reads on as one word.

    Where a sentence or a bracket begins, it is of the text around. Between two values it is nobody's, unless one of
    them is a figure and the new words are none. What is no field, like the number of an item, takes nothing.
    """
    found = here.spans(stand.start, stand.end)
    if found is None:
        return None
    (first, last), (before, behind) = found
    if stand.path is None:
        return first, last
    if _enclosed(here.text, stand.start, stand.end) and _enclosed(here.new_text, before, behind):
        return before, behind
    fields = [s for s in stands if s.path is not None]
    beside = [s for s in fields if stand.start == s.end], [s for s in fields if stand.end == s.start]
    if before < first and _belongs(here, stand, beside[0], here.new_text[before:first]):
        first = before
    if behind > last and _belongs(here, stand, beside[1], here.new_text[last:behind]):
        last = behind
    return first, last


def told_apart(here: Traced, kept: list[tuple[Stand, tuple[int, int]]]) -> list[tuple[Stand, tuple[int, int]]]:
    """The values where they stand now, the words taken from a figure that were written to those before it."""
    found = dict(kept)
    for one, other in product(found, repeat=2):
        if (
            one.end != other.start
            or not (one.path and other.path)
            or not _is_figure(here.text[other.start : other.end])
        ):
            continue
        now = _WORDS_AND_FIGURE.fullmatch(here.new_text[found[other][0] : found[other][1]])
        if now is not None and not _is_figure(here.text[one.start : one.end]) and _reads_on(now[1]):
            first, last = found[other]
            found[one], found[other] = (found[one][0], first + len(now[1])), (first + len(now[1]), last)
    return list(found.items())


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _enclosed(text: str, start: int, end: int) -> bool:
    """Whether these characters are all that stands in a pair of brackets, or behind a colon to the end of a line."""
    closing = _ENCLOSED.get(text[start - 1 : start])
    return closing is not None and text[end : end + 1] == closing


def _belongs(here: Traced, stand: Stand, beside: Sequence[Stand], text: str) -> bool:
    own, *others = (_is_figure(here.text[s.start : s.end]) for s in (stand, *beside))
    return _reads_on(text) and (not others or (not own and all(others) and not _FIGURE.search(text)))


def _reads_on(text: str) -> bool:
    return len(text) <= _LONGEST_WORD and not _BREAK.search(text)


def whole_of(here: Traced, stand: Stand) -> tuple[int, int] | None:
    """The whole new text, where the value was all of the old one: a cell, a line of its own."""
    return (0, len(here.new_text)) if (stand.start, stand.end) == (0, len(here.text)) else None


def around(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The text between the values."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        pieces.append(text[at:start])
        at = max(at, end)
    return [*pieces, text[at:]]
