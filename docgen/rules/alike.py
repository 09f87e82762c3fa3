"""How two names or numbers differ: by a slip of the hand, as a short form of one another, or as different things."""

from __future__ import annotations

from typing import Final

from docgen.patterns import regex
from docgen.rules.name_search import difference

_LOOSE: Final = regex(r"[\s\u3000\xa0“”\"'‘’*_－—–\-·.,，。、:：]+")
_BRACKETS: Final = str.maketrans("（）【】〔〕［］０１２３４５６７８９", "()[][][]0123456789")


def loosened(text: str) -> str:
    """The text without blanks, quotation marks and dashes, brackets and digits of one width: what nobody means."""
    return _LOOSE.sub("", text.translate(_BRACKETS)).upper()


def edits(one: str, other: str, most: int) -> int:
    """How many characters to change, leave out, put in or swap to make one text the other; at most `most` + 1."""
    ours, theirs = difference(one, other)
    if abs(len(ours) - len(theirs)) > most or max(len(ours), len(theirs)) > 40:
        return most + 1
    before: list[int] = []
    row = list(range(len(theirs) + 1))
    for i, char in enumerate(ours, 1):
        earlier, before, row = before, row, [i]
        for j, right in enumerate(theirs, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != right))
            if i > 1 and j > 1 and char == theirs[j - 2] and ours[i - 2] == right:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def short_form(one: str, other: str) -> bool:
    """Whether all characters of the shorter text stand in the longer one in their order."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return all(char in rest for char in shorter)
