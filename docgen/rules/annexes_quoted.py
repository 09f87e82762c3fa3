"""Annexes that one paragraph lists with their titles: 本合同附件为：附件一《服务目录》、附件二《费用明细表》."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from docgen.patterns import regex
from docgen.rules.numerals import NUMERAL, numeral

_LIST: Final = regex(
    r"附\s?件(?:包括|如下|清单|目录|有|为|[共计][0-9一二两三四五六七八九十]{1,3}[份件个项])?[为是]?\s*[:：]"
)
_ITEM: Final = regex(rf"附\s?件[ \u3000]?(?P<number>{NUMERAL})\s?[:：]?\s?《(?P<title>[^《》]{{2,40}})》")
_BETWEEN: Final = regex(r"\s*[、，,；;和及与]\s*")
_SET: Final = "书表单件函稿"


def quoted_annexes(text: str) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """Each annex of a list in one paragraph: its number, its title and where that stands; none where it is no list."""
    head = _LIST.search(text)
    items = list(_ITEM.finditer(text, head.end())) if head else []
    joined = [_BETWEEN.fullmatch(text, one.end(), other.start()) for one, other in pairwise(items)]
    if len(items) > 1 and all(joined) and head and not text[head.end() : items[0].start()].strip():
        for item in items:
            number = numeral(item["number"])
            if number is not None:
                yield number, item["title"], item.span("title")


def one_left_out(one: str, other: str) -> bool:
    """Whether one title is the other without one character, which is more than 书 or 表 at its end."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) != 1 or (longer[:-1] == shorter and longer[-1] in _SET):
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at, char in enumerate(longer) if "一" <= char <= "龥")
