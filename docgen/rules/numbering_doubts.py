"""Slips of numbers that are none: the missing number stands there in another form, or the list is not of this document.

Real papers write “★3.”, “3 、”, “说明：（1）”, “8. 6” and list the articles of a law; a list is held to its order only
where no such reading is left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.enumeration import Outline, Slip
from docgen.rules.numbers import Kind, Token, tokens
from docgen.rules.numerals import chinese

_MARKS: Final = r"[\s\u3000★▲△□■☑☐※◆●*•\-]*"
# …承担一切损失2.向有关机关提出请求: a line that lost its break before the number.
_GLUED: Final = r"(?<=[一-龥])(?<![第件表图款条项共约至和及或与])"
# How many paragraphs a list of small numbers may lie apart, before another list is meant.
_FAR_APART: Final = 80
_BEFORE: Final = 4
_LINES_BEFORE: Final = 10
# A list that is set so much further in is one below the item before it.
_NESTED: Final = 3
_BARE: Final = regex(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}(?:\.\d{1,2})*[.、])\s*"
)
_BARE_REACH: Final = 12
_FEW: Final = 3
# A PDF file that lacks more numbers than this is a scan whose characters were not all recognised.
_TORN: Final = 5
_HEADS: Final = frozenset({Kind.CHAPTER, Kind.ARTICLE, Kind.CHINESE, Kind.PLAIN})
_TITLE: Final = 40
_ANNOUNCES: Final = regex(r"[：:]\s*$")
_ANNEX: Final = regex(r"\s*附\s*(?:件|表|录)")
_PART: Final = regex(
    r"[\s*]*(?:第\s?[一二三四五六七八九十\d]{1,3}\s?[部编篇卷册](?:分|\s|$)|[专通]用(?:合同)?条[款件]\s*$)"
)
_PREAMBLE: Final = regex(
    r"^\s*(?:为|根据|依据|按照|经|鉴于|兹|[甲乙双]).{0,120}(?:协商|自愿|平等|诚信|诚实信用).{0,80}"
    r"(?:如下(?:协议|合同|条款|约定)?|共同(?:遵守|信守)|(?:订立|签订|签署|达成)(?:本|此)?(?:合同|协议))[^。]{0,20}[:：。，]?\s*$"
)
# The title of a law whose articles are quoted below it: 二、最高法院《…的若干规定》, 人民法院在线诉讼规则（节选）.
_LAW_TITLE: Final = regex(
    r"[^。；，,]{0,40}(?:《[^《》]{2,60}》[^。；，,]{0,12}|(?:法|条例|规定|办法|规则|解释|意见|细则)(?:\s*[（(]节[选录][）)])?)\s*[：:]?\s*"
)
_POINT: Final = regex(r"\s*[-*•]\s")
_SPECIAL: Final = regex(r"专用(?:合同)?条[款件]")
_CHOSEN: Final = frozenset("★▲")
_MARKED: Final = regex(r"标[有注]?[“\"（(]?([★▲])[”\"）)]?(?:号|条款|的?内容|的?要求|的?条款)")
_CHOICE: Final = regex(r"\s*[（(]\s*(?:方案|选项)?([A-Ea-e])\s*[）)]")
_OVER_PARTS: Final = frozenset({Kind.CHAPTER, Kind.ARTICLE})
_SENTENCE_END: Final = regex(r"[。；;，,、！？]$")
_SMALL: Final = frozenset({Kind.PLAIN, Kind.BRACKETS, Kind.HALF_BRACKET, Kind.CIRCLE, Kind.CHINESE_BRACKETS})


def certain_slips(reading: Reading, outline: Outline) -> Iterator[Slip]:
    """The slips of an outline that no other reading explains."""
    if not outline.slips:
        return
    slips = Counter(slip.token.family for slip in outline.slips)
    sizes = Counter(token.family for listing in outline.listings for token in listing.tokens)
    found, left = list[Slip](), list[Slip]()
    for slip in outline.slips:
        family = slip.token.family
        if slips[family] > _FEW and slips[family] * 2 > sizes[family]:
            continue  # numbers of something else, like the articles of a law
        if (
            not _of_another(reading.blocks, slip)
            and not _of_a_law(reading.blocks, slip.token)
            and not _chosen_from_general(reading.blocks, slip.token)
            and not _chosen_by_mark(reading.blocks, slip)
            and not any(_goes_with(slip, one) for one in left)
            and not _explained(reading.blocks, slip)
            and not _begun_with_parent(outline, slip)
        ):
            found.append(slip)
        else:
            left.append(slip)
    torn = [slip for slip in found if slip.token.block.page is not None and not slip.misprint]
    yield from (slip for slip in found if len(torn) <= _TORN or slip not in torn)


def _of_another(blocks: tuple[Block, ...], slip: Slip) -> bool:
    """Whether another contract begins before the number, from which on nobody can count."""
    if slip.before is None:
        return False
    between = blocks[slip.before.block.index + 1 : slip.token.block.index]
    return any(_PREAMBLE.search(block.text) for block in between)


def _chosen_from_general(blocks: tuple[Block, ...], token: Token) -> bool:
    """Whether a number stands in the special terms, which take up only those of the general terms before them."""
    before = range(token.block.index - 1, -1, -1)
    part = next((place for place in before if _PART.match(blocks[place].seen)), None)
    if part is None or not _SPECIAL.search(blocks[part].seen):
        return False
    return any("通用" in blocks[place].seen and _PART.match(blocks[place].seen) for place in range(part))


def _chosen_by_mark(blocks: tuple[Block, ...], slip: Slip) -> bool:
    """Whether a number is one of the clauses that a tender marks, told once more below 标有“▲”的内容."""
    mark = slip.token.block.text.lstrip()[:1]
    if mark not in _CHOSEN or slip.misprint or slip.before is None:
        return False
    before = slip.before.block.text.lstrip().startswith(mark)
    near = blocks[max(slip.token.block.index - _FAR_APART, 0) : slip.token.block.index]
    return before and any((found := _MARKED.search(block.text)) and found[1] == mark for block in near)


def _goes_with(slip: Slip, explained: Slip) -> bool:
    """Whether a repeated number is that of the list which an explained misprint, no part of it, interrupted."""
    interrupted = slip.before is not None and slip.before.block is explained.token.block
    return slip.repeated and explained.misprint and interrupted and slip.token.value == explained.expected


def _of_a_law(blocks: tuple[Block, ...], token: Token) -> bool:
    """Whether an article is an excerpt of a law, in a list of points or right below the title of the law."""
    if token.kind is not Kind.ARTICLE:
        return False
    if _POINT.match(token.block.text):
        return True
    before = [
        block for block in blocks[max(token.block.index - _FAR_APART, 0) : token.block.index + 1] if block.seen.strip()
    ]
    title = next((place for place in range(len(before) - 2, -1, -1) if _LAW_TITLE.fullmatch(before[place].seen)), None)
    if title is None:
        return False
    first = tokens(before[title + 1 : title + 2])
    return bool(first) and first[0].kind is Kind.ARTICLE and first[0].value > 1


def _begun_with_parent(outline: Outline, slip: Slip) -> bool:
    """Whether a repeated 4.1 stands below a 4. or 四、 that is repeated itself: another part of the document."""
    token, before = slip.token, slip.before
    if not slip.repeated or before is None or token.kind is not Kind.COMPOSITE:
        return False
    *above, value = token.prefix
    return any(
        other.value == value
        and other.prefix in ((), tuple(above))
        and before.block.index < other.block.index < token.block.index
        and (other.kind is Kind.COMPOSITE if above else other.kind in _HEADS)
        for listing in outline.listings
        for other in listing.tokens
    )


def _explained(blocks: tuple[Block, ...], slip: Slip) -> bool:
    token, before = slip.token, slip.before
    if slip.begun and before is not None:
        return _begins_anew(blocks, before, token, lone=slip.lone)
    if before is None:
        torn = token.block.page is not None or _is_bare(token) or _behind_bare(blocks, token)
        return slip.misprint and (torn or _begun_inside(blocks, token))
    if slip.misprint or slip.repeated:
        return (
            token.block.page is not None  # a line of a PDF file may begin with any number
            or _are_alternatives(before, token)
            or _is_bare(token)
            or _behind_bare(blocks, token)
            or (token.kind in _SMALL and _apart(blocks, slip) > _FAR_APART)
            or _begun_inside(blocks, token)
            or _titled_alike(token, before)
        )
    between = blocks[before.block.index : token.block.index + 1]
    if token.block.page is not None and _torn_away(blocks, token):
        return True
    if token.kind not in _OVER_PARTS and any(_PART.match(block.seen) for block in between):
        return True  # what another part says of the clauses of a general one begins with any of them
    return any(_stands(between, token, value) for value in range(slip.expected, token.value))


def _are_alternatives(before: Token, token: Token) -> bool:
    """Whether the same number stands for one of several choices: 4.2.2（A）, 4.2.2（B）, or （适用于…） in both."""
    one, other = (part.block.text[part.span[1] :] for part in (before, token))
    if "适用于" in one and "适用于" in other:
        return True
    first, second = _CHOICE.search(one), _CHOICE.match(other)
    return second is not None and (first is None or first[1] != second[1])


def _is_bare(token: Token) -> bool:
    """Whether a line of plain text is nothing but a 2.2, as a column of a table leaves it."""
    return token.block.line is not None and token.kind is Kind.COMPOSITE and token.block.text.strip() == token.text


def _behind_bare(blocks: tuple[Block, ...], token: Token) -> bool:
    """Whether the number before stands on a line of its own near by, apart from its text."""
    if token.block.line is None or token.kind is not Kind.COMPOSITE or token.value < 2:
        return False
    starts, _ = _labels(token.kind, token.prefix, token.value - 1)
    return any(
        (match := starts.match(block.text)) and match.end() == len(block.text.rstrip())
        for block in blocks[max(token.block.index - _LINES_BEFORE, 0) : token.block.index]
    )


def _apart(blocks: tuple[Block, ...], slip: Slip) -> int:
    """How many paragraphs a number stands behind its list, cells not counted where the list goes on behind it."""
    assert slip.before is not None
    between = blocks[slip.before.block.index : slip.token.block.index]
    if not slip.goes_on or slip.token.block.cell is not None:
        return len(between)
    return sum(block.cell is None for block in between)


def _begins_anew(blocks: tuple[Block, ...], before: Token, token: Token, *, lone: bool) -> bool:
    """Whether a new list may begin with a number 1: behind a heading, a line that announces it, in another part."""
    first, last = before.block, token.block
    if last.page is not None or last.part != first.part or first is last:
        return True
    between = [block for block in blocks[first.index + 1 : last.index] if block.text.strip() or block.number]
    if last.line is not None and _indent(last) >= _indent(first) + _NESTED:
        return True
    if any(found.kind < token.kind for found in tokens(between)) or any(_ANNEX.match(b.seen) for b in between):
        return True
    if not lone:
        return False
    # What leads to the number stands behind the last number before it.
    numbered = max((place for place, block in enumerate(between) if tokens([block])), default=-1)
    behind = between[max(numbered, 0) :] if numbered >= 0 else [first, *between]
    return (
        last.index - first.index > _FAR_APART
        or any(_ANNOUNCES.search(block.text) or block.cell != last.cell for block in behind)
        or any(_is_title(block) for block in behind[1:])
    )


def _indent(block: Block) -> int:
    return len(block.text) - len(block.text.lstrip())


def _is_title(block: Block) -> bool:
    """Whether a paragraph without a number may be a title, or the name of what follows."""
    text = block.text.strip()
    return len(text) <= _TITLE and not _SENTENCE_END.search(text)


def _titled_alike(token: Token, before: Token) -> bool:
    """Whether both are one heading: on a title page and behind it, or at the end of its part （第四章 …结束）."""
    one, other = (part.block.text[part.span[1] :].strip() for part in (before, token))
    return one == other or (bool(one) and token.kind in _HEADS and other.startswith(one))


def _torn_away(blocks: tuple[Block, ...], token: Token) -> bool:
    """Whether a PDF file has numbers and texts apart here: bare numbers near by, or a table of clauses on the page."""
    page = token.block.page
    near = blocks[max(token.block.index - _BARE_REACH, 0) : token.block.index]
    if any(block.page == page and _BARE.fullmatch(block.text) for block in near):
        return True
    return any(block.page == page and "条款号" in block.text for block in blocks)


def _stands(blocks: Iterable[Block], token: Token, value: int) -> bool:
    """Whether some paragraph begins with a number, in whatever form, or has its full label inside."""
    starts, inside = _labels(token.kind, token.prefix, value)
    return any(starts.match(block.seen) or inside.search(block.seen) for block in blocks)


def _begun_inside(blocks: tuple[Block, ...], token: Token) -> bool:
    """Whether the number before stands inside one of the last paragraphs, behind words: 说明：（1）…"""
    if token.value < 2:
        return False
    starts, inside = _labels(token.kind, token.prefix, token.value - 1)
    reach = _BEFORE if token.block.line is None else _LINES_BEFORE
    before = (blocks[place] for place in range(token.block.index - 1, -1, -1))
    near = islice((block for block in before if block.text.strip()), reach)
    return any(inside.search(block.text) and not starts.match(block.text) for block in near)


@lru_cache(maxsize=4096)
def _labels(kind: Kind, prefix: tuple[int, ...], value: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a number may be written at the beginning of a paragraph, and inside one."""
    cn = chinese(value)
    number = r"[.．]\s{0,3}".join(map(str, (*prefix, value)))
    inside = {
        Kind.CHAPTER: rf"第\s*(?:{cn}|{value})\s*章",
        Kind.ARTICLE: rf"(?:^|[\s。；;])第\s*(?:{cn}|{value})\s*条(?![款项]|的?[规约]定)",
        Kind.CHINESE: rf"(?<![一二三四五六七八九十]){cn}\s*、",
        Kind.CHINESE_BRACKETS: rf"(?<![第条款])[（(]\s*{cn}\s*[）)]",
        Kind.COMPOSITE: rf"(?<![\d.．]){number}(?![\d.．])",
        Kind.PLAIN: rf"(?:(?<=[：:；;。，,】\s])|{_GLUED}(?={value}[、.．][一-龥])){value}\s*[、.．](?!\d)",
        Kind.BRACKETS: rf"(?<![第条款])[（(]\s*{value}\s*[）)]",
        Kind.HALF_BRACKET: rf"(?<![\d（(]){value}\s*[）)]",
        Kind.CIRCLE: chr(0x245F + value) if value <= 20 else rf"[（(]{value}[）)]",
    }[kind]
    starts = {
        Kind.ARTICLE: rf"{_MARKS}第\s*(?:{cn}|{value})\s*条",
        Kind.CHINESE: rf"{_MARKS}{cn}(?:\s*[、.．：:，,]|\s)",
        Kind.PLAIN: rf"{_MARKS}{value}(?!\d)(?:\s*[、.．：:，,)）]|\s|[\u4e00-\u9fff])",
        Kind.COMPOSITE: rf"{_MARKS}{number}(?!\d)",
    }.get(kind, _MARKS + inside)
    return re.compile(starts), re.compile(inside)
