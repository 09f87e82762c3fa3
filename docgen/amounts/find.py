"""Amounts in running text, and which figures and 大写 belong together.

Precision comes first: a clause number, a date, a share, a count, a blank of a form or a sentence about amounts
is no amount, and two amounts are a pair only where the text says so (a bracket, 大写 or 小写, or nothing between).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from docgen.amounts.figures_in_text import figures_in
from docgen.amounts.found import BLANK, GAP, Found
from docgen.amounts.words_in_text import NUMERAL, words_in
from docgen.patterns import regex

__all__ = ["MONEY", "Found", "find_amounts", "pairs"]

_UNITS, _SIGNS = "元圆圓角毛分万萬亿億", "￥¥币幣写BbYy"
MONEY: Final = regex(rf"[{_UNITS}{_SIGNS}](?:(?<=[{_SIGNS}])|(?<=[{NUMERAL}0-9０-９{BLANK}\n].))")
"""What every amount has in it or beside it, a unit behind a numeral or the end of a sign; most paragraphs have none."""

_WORDS_BETWEEN = (
    "大写|小写|人民币|RMB|CNY|￥|¥|金额|数额|总额|总价|合计|共计|价税|不?含税|含增值税|即|为|计|是|整|币种"
    "|计取|计付|美元|欧元|英镑|港[元币]|日元"
)
_LONGEST_BETWEEN = 80


def find_amounts(text: str) -> list[Found]:
    """The amounts in the text, in figures and in 大写, in the order they stand."""
    if not MONEY.search(text):
        return []
    words = list(words_in(text))
    figures = figures_in(text, frozenset(found.start for found in words))
    return _without_overlaps([*words, *figures])


def pairs(text: str, amounts: Sequence[Found] | None = None) -> list[tuple[Found, Found]]:
    """The pairs (figures, 大写) of amounts that are meant to say the same, in the order they stand.

    `amounts` are the amounts of the text where they have been found already.
    """
    amounts = find_amounts(text) if amounts is None else amounts
    if len(amounts) < 2:
        return []
    bound = [(_binding(text, one, other), one, other) for one, other in pairwise(amounts) if one.kind != other.kind]
    bound.sort(key=lambda entry: (-entry[0], entry[1].value != entry[2].value, entry[1].start))
    taken: set[int] = set()
    chosen: list[tuple[Found, Found]] = []
    for strength, one, other in bound:
        if strength and taken.isdisjoint((one.start, other.start)):
            taken |= {one.start, other.start}
            chosen.append((one, other) if one.kind == "figures" else (other, one))
    return sorted(chosen, key=lambda pair: min(pair[0].start, pair[1].start))


def _without_overlaps(amounts: list[Found]) -> list[Found]:
    """The amounts by place; where two overlap, the words (a number and 大写 mixed) are kept."""
    kept: list[Found] = []
    for found in sorted(amounts, key=lambda found: (found.start, found.kind != "words")):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
        elif found.kind == "words":
            kept[-1] = found
    return kept


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"(?:/\w)?(?:[\s_＿（）()【】\[\]〔〕：:，,、；;“”\"/]|{_WORDS_BETWEEN})*", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:/\w)?{GAP}[（(【\[〔]{GAP}(?:即|合|计|为|人民币|RMB|￥|¥|{GAP}|[:：])*", re.IGNORECASE)


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"{GAP}[整元]?{GAP}[，,。]?{GAP}[）)】\]〕]")


@cache
def _closing_later() -> re.Pattern[str]:
    return re.compile(rf"{GAP}[整元]?{GAP}[，,；;](?:[^（）()其除含另0-9]{{1,16}}[0-9.]{{0,5}}[%％]?)[）)]")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"(大写|小写)(?:金额)?[\s_＿]*[)）]?[\s_＿]*[:：]?[\s_＿]*(?:人民币)?[\s_＿]*\Z")


def _binding(text: str, one: Found, other: Found) -> int:
    """How clearly two neighbours are bound: 3 by two labels or a bracket, 2 by one label, 1 by closeness, 0 not."""
    between = text[one.end : other.start]
    if len(between) > _LONGEST_BETWEEN:
        return 0
    if not between.strip(" \t\u3000\xa0_＿即：:/，,"):
        labelled = _is_labelled(text, one) or _is_labelled(text, other)
        close = "即" in between or not {"，", ","} & set(between) or _is_said_again(text, other)
        return 2 if labelled else int(close)
    if not _between().fullmatch(between):
        return 0
    if "大写" in between or "小写" in between:
        labelled = _is_labelled(text, one) and _is_labelled(text, other)
        return 3 if labelled or _opening().match(between) else 2
    if _opening().fullmatch(between) and _closing().match(text, other.end):
        return 3
    told = one.kind == "words" and _opening().fullmatch(between) and _closing_later().match(text, other.end)
    return 2 if told else 0


def _is_said_again(text: str, found: Found) -> bool:
    """Whether words behind a comma only say once more what stood before: 1000元，人民币壹仟元整。"""
    return found.kind == "words" and found.text.startswith("人民币") and text[found.end : found.end + 1] in "。；;，,"


def _is_labelled(text: str, found: Found) -> bool:
    """Whether the right one of 大写 and 小写 stands before the amount."""
    label = _label().search(text[max(0, found.start - 60) : found.start])
    return label is not None and label[1] == ("大写" if found.kind == "words" else "小写")
