"""The numbers that paragraphs begin with: 第X条, 一、, （一）, 4.1, 1., （1）, 1）, ①."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Final, NamedTuple

from docgen.patterns import regex
from docgen.reading.document import Block
from docgen.rules.numerals import chinese, numeral


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
# 1.26周岁（含）以下, 2.24小时内: an item that begins with a figure.
_MEASURED: Final = r"(?:周岁|岁|小时|分钟|个工作日|个月|[名人天日年台套]?以[上下内])"
_NUMBERS: Final = {
    Kind.CHAPTER: rf"第\s?({_CN}|\d{{1,2}})\s?章(?=[\s\u3000：:]|$)",
    Kind.ARTICLE: rf"第\s?({_CN}|\d{{1,3}})\s?条(?=[\s\u3000：:【（(]|$)",
    Kind.CHINESE: rf"({_CN})、",
    Kind.CHINESE_BRACKETS: rf"[（(]({_CN})[）)]",
    Kind.COMPOSITE: r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?![\d.．,%％元万亿:：\-/])(?=\s|[、\u4e00-\u9fff【（“《])"
    # A line that a scan broke before the number it speaks of: “除应符合 / 3.1 项要求外”.
    rf"(?![ \u3000]?(?:[条款项](?=[、，,的所规或和及与至中]|要求|约定)))(?!{_MEASURED})",
    Kind.PLAIN: r"(\d{1,2})(?:[.．、](?![\d.．])(?![ \u3000]{1,3}\d{1,2}(?!\d))|[.．](?=\d{4}年)"
    rf"|[.．](?=\d{{1,3}}{_MEASURED}))",
    Kind.BRACKETS: r"[（(](\d{1,2})[）)]",
    Kind.HALF_BRACKET: r"(\d{1,2})[）)]",
    Kind.CIRCLE: r"([\u2460-\u2473])",
}
_START: Final = regex(
    r"[\s\u3000]*(?:[-*•]\s+)?(?:[★▲△□■☑☐※◆●]\s*)*(?:"
    + "|".join(f"(?P<k{kind:d}>{pattern})" for kind, pattern in _NUMBERS.items())
    + ")"
)
_KINDS: Final = {f"k{kind:d}": kind for kind in Kind}
_VALUE: Final = regex(rf"{_CN}|\d+")
_FIRST: Final = frozenset("第一二三四五六七八九十百零")
# Inside a paragraph the next number of its own list stands behind the end of the item before.
_INLINE: Final = {kind: regex(rf"[；;。]\s*{pattern}") for kind, pattern in _NUMBERS.items()}
# “（3）（4）为…”, “一、二、三项”: a sentence that speaks of several numbers.
_SEVERAL: Final = {
    kind: regex(rf"\s*(?:[、,，和及与至到~～-]\s*)?{pattern}")
    for kind, pattern in _NUMBERS.items()
    if kind in {Kind.CHINESE_BRACKETS, Kind.BRACKETS, Kind.CIRCLE}
}
_CONTENTS: Final = regex(r"(?:\t|[.…·]{3,}|\s{3,})\s*[-—]?\s*\d{1,3}\s*[-—]?\s*$")
_ENDED: Final = regex(r"[。；;：:！？!?）)】》”…、,，.\-—]\s*$")
_SHORT: Final = 24
_SECOND: Final = 2
_NEAR: Final = 24
# Where the page number of a table of contents stands; a whole line of blanks would take minutes.
_TAIL: Final = 80


class Token(NamedTuple):
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
        """Another value in the form of this number, behind the numbers that belong before it."""
        if self.kind is Kind.COMPOSITE and self.span[1]:
            numbers = iter((*self.prefix, value))
            return re.sub(r"\d+", lambda _: str(next(numbers)), self.text)
        old = re.search(rf"{_CN}|\d+(?!.*\d)|[\u2460-\u2473]", self.text)
        if old is None:
            return str(value)
        digits = old[0].isascii()
        new = str(value) if digits else chr(0x245F + value) if self.kind is Kind.CIRCLE else chinese(value)
        return f"{self.text[: old.start()]}{new}{self.text[old.end() :]}"


def tokens(blocks: Iterable[Block]) -> list[Token]:
    """The numbers that the paragraphs begin with, and those that go on inside them."""
    found: list[Token] = []
    before = ""
    for block in blocks:
        text = block.number or block.text
        # The first character rules out most.
        match = _START.match(text) if text[:1] in _FIRST or not text[:1].isalpha() else None
        if match is not None and not _is_of_contents(block.text):
            own = list(_tokens(block, match))
            if own and (not _wrapped(block, before) or _goes_on(own[0], found)):
                found.extend(own)
        before = block.text
    if all(token.value for token in found):
        return found
    return [token for at, token in enumerate(found) if token.value or _stands_for_one(found, at)]


def _stands_for_one(found: list[Token], at: int) -> bool:
    """Whether a 4.0 stands where 4.1 should: 4.2 comes next; any other is a version, or stands before the first."""
    family = found[at].family
    begun = any(other.family == family for other in found[max(0, at - _NEAR) : at])
    following = next((other for other in found[at + 1 : at + _NEAR] if other.family == family), None)
    return not begun and following is not None and following.value == _SECOND


def _is_of_contents(text: str) -> bool:
    """Whether a line of a table of contents ends here, with the number of a page."""
    ended = text.rstrip()
    if not ended or not (ended[-1].isdecimal() or ended[-1] in "-—"):
        return False
    return ended.rstrip("-—").rstrip()[-1:].isdecimal() and _CONTENTS.search(text[-_TAIL:]) is not None


def _goes_on(token: Token, found: list[Token]) -> bool:
    """Whether a line goes on with the list of the line before, an item of which has no stop at its end."""
    last = found[-1] if found else None
    near = last is not None and token.block.index - last.block.index == 1
    return last is not None and near and (last.family, last.value + 1) == (token.family, token.value)


def _wrapped(block: Block, before: str) -> bool:
    """Whether a line of plain text only goes on with the sentence of the line before."""
    if block.line is None and block.page is None:
        return False
    return len(before.strip()) > _SHORT and not _ENDED.search(before)


def _tokens(block: Block, match: re.Match[str]) -> Iterator[Token]:
    name = match.lastgroup or ""
    kind = _KINDS[name]
    token = _token(block, kind, match[name], (0, 0) if block.number else match.span(name))
    if token is None or (kind in _SEVERAL and not block.number and _SEVERAL[kind].match(block.text, match.end())):
        return
    yield token
    value = token.value
    for inner in _INLINE[kind].finditer(block.text, match.end() if not block.number else 0):
        number = inner[0][1:].lstrip()
        following = _token(block, kind, number, (inner.end() - len(number), inner.end()))
        if following is not None and following.prefix == token.prefix and following.value == value + 1:
            yield following
            value += 1


def _token(block: Block, kind: Kind, text: str, span: tuple[int, int]) -> Token | None:
    if kind is Kind.CIRCLE:
        return Token(block, span, kind, ord(text[0]) - 0x245F)
    if kind is Kind.COMPOSITE:
        numbers = [int(part) for part in re.findall(r"\d+", text)]
        if not numbers[0]:
            return None  # a figure, 0.5
        return Token(block, span, kind, numbers[-1], tuple(numbers[:-1]))
    inside = _VALUE.search(text)
    value = numeral(inside[0]) if inside else None
    return Token(block, span, kind, value) if value is not None else None
