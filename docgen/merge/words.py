"""Changes of a text in words: from one version to another, and those of two people brought together.

A figure, an amount in words or a value that docgen wrote is one word: it is replaced as a whole, because half of one
figure and half of another would be a figure that nobody meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from docgen.contract.meaning import same_figure

Span = tuple[int, int]

_WORD = re.compile(
    r"[0-9０-９]+(?:[,，.．:：/\-][0-9０-９]+)*[%％‰]?"
    r"|[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟元圆角分整正]+"
    r"|[A-Za-z]+|.",
    re.DOTALL,
)
# A value longer than this, or with sentences in it, may well be changed at two places by two people.
_LONGEST_WHOLE = 40
_SENTENCE = re.compile("[，。；！？\n]")


class Edit(NamedTuple):
    """The characters `start` to `end` of a text are replaced by `text`."""

    start: int
    end: int
    text: str


class Clash(NamedTuple):
    """The same characters changed by both: what stood there, what one and what the other made of it.

    `start` and `end` are those of the first one's text (`mine`).
    """

    start: int
    end: int
    base: str
    mine: str
    theirs: str


class Together(NamedTuple):
    """What to do with the first one's text so that it holds the changes of both; in order, not overlapping."""

    edits: tuple[Edit, ...]
    clashes: tuple[Clash, ...]


def edits(old: str, new: str, whole_old: Sequence[Span] = (), whole_new: Sequence[Span] = ()) -> list[Edit]:
    """The edits that make `new` of `old`, in words; `whole_…` are values, which count as one word where short."""
    return _edits(list(_words(old, whole_old)), list(_words(new, whole_new)), new)


def sign_edits(old: str, new: str) -> list[Edit]:
    """The edits that make `new` of `old`, character by character, where words are too coarse."""
    return _edits(list(old), list(new), new)


def _edits(here: Sequence[str], there: Sequence[str], new: str) -> list[Edit]:
    if here == there:
        return []
    starts, targets = _starts(here), _starts(there)
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    found = [
        Edit(starts[a], starts[b], new[targets[c] : targets[d]])
        for kind, a, b, c, d in matcher.get_opcodes()
        # A value that is a word of its own on one side alone may well say the same.
        if kind != "equal" and "".join(here[a:b]) != new[targets[c] : targets[d]]
    ]
    return _joined(found)


def together(base: str, mine: str, theirs: str, values: Sequence[Span] = (), new: Sequence[Span] = ()) -> Together:
    """The changes from `base` to `theirs` as changes of `mine`; what both changed differently are clashes.

    `values` are the places of values in `base`, `new` those in `theirs`. A figure or date that both made the same, in
    two ways of writing it, is written as the second one does.
    """
    own = edits(base, mine)
    found, clashes = [], []
    for group, others in _groups(edits(base, theirs, values, new), own):
        start, end = min(e.start for e in (*group, *others)), max(e.end for e in (*group, *others))
        at = _moved(start, [edit for edit in own if edit not in others])
        if not others:
            found += [Edit(at, at + end - start, group[0].text)]
            continue
        ours, yours = _applied(base, others, start, end), _applied(base, group, start, end)
        if ours != yours and same_figure(ours, yours):
            found.append(Edit(at, at + len(ours), yours))
        elif ours != yours:
            clashes.append(Clash(at, at + len(ours), base[start:end], ours, yours))
    return Together(tuple(found), tuple(clashes))


def _words(text: str, whole: Sequence[Span]) -> Iterator[str]:
    at = 0
    for start, end in sorted(whole):
        if start >= at and start < end and end - start <= _LONGEST_WHOLE and not _SENTENCE.search(text, start, end):
            yield from _WORD.findall(text, at, start)
            yield text[start:end]
            at = end
    yield from _WORD.findall(text, at)


def _starts(words: Sequence[str]) -> list[int]:
    found = [0]
    for word in words:
        found.append(found[-1] + len(word))
    return found


def _joined(found: Sequence[Edit]) -> list[Edit]:
    """The edits, those that follow on each other made one."""
    joined: list[Edit] = []
    for edit in found:
        last = joined[-1] if joined else None
        if last is not None and edit.start == last.end:
            joined[-1] = Edit(last.start, edit.end, last.text + edit.text)
        else:
            joined.append(edit)
    return joined


def _groups(theirs: Sequence[Edit], mine: Sequence[Edit]) -> Iterator[tuple[list[Edit], list[Edit]]]:
    """Their edits with those of mine that touch the same characters, and all that hang together with these."""
    rest, own = list(theirs), list(mine)
    while rest:
        group, others = [rest.pop(0)], list[Edit]()
        grown = True
        while grown:
            touched = [e for e in own if any(_touch(e, g) for g in group)]
            own = [e for e in own if e not in touched]
            others += touched
            more = [e for e in rest if any(_touch(e, o) for o in others)]
            rest = [e for e in rest if e not in more]
            group += more
            grown = bool(touched or more)
        yield sorted(group), sorted(others)


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits mean the same characters, or put something in at the same place."""
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    if one.start == one.end:
        return other.start < one.start < other.end
    if other.start == other.end:
        return one.start < other.start < one.end
    return one.start < other.end and other.start < one.end


def _moved(at: int, own: Sequence[Edit]) -> int:
    """Where a character of the base stands in a text that was edited: behind what was put in before it."""
    return at + sum(len(edit.text) - (edit.end - edit.start) for edit in own if edit.end <= at)


def _applied(text: str, changes: Sequence[Edit], start: int, end: int) -> str:
    pieces, at = [], start
    for edit in changes:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:end]])
