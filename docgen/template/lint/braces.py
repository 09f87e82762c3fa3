"""Slips of the hand in the way tags are typed: braces that are missing, full-width or apart, tags over two paragraphs.

The text is looked at as a person sees it, paragraph by paragraph, before any tag is taken out of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from lxml import etree

from docgen.findings import Severity
from docgen.template.dialect import Fault, Place, spans
from docgen.template.places import Places
from docgen.word.text import CELL, PARAGRAPH, RUN, TEXT, Stretch, paragraphs, stretches, w

_BRACES: Final = re.compile("[{}｛｝]")
_HALF: Final = str.maketrans("｛｝％＃", "{}%#")
_REMAINS: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_ENDS: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
# { contract.name } and { { x } } and { % if x % }: a brace too few, or blanks between the two signs.
_APART: Final = re.compile(r"\{\s+[{%#].{0,200}?[}%#]\s*\}|[{][{%#][^{}]{0,200}?[}%#]\s+\}")
_SINGLE: Final = re.compile(r"(?<![{$\\])\{\s*[A-Za-z_]\w*(?:\.\w+)+\s*(?:\|[^{}]*)?\}(?!\})")
_ONE_SHORT: Final = re.compile(r"\{\{[^{}]*\}(?!\})|(?<!\{)\{[^{}]*\}\}|\{%[^{}]*\}|\{[^{}]*%\}")
_FAR: Final = 6
# Twice what the tags take that a paragraph may have: more than that is no writing, and would be told one by one.
_MOST_BRACES: Final = 16_000
_NOISE: Final = frozenset({w("lang"), w("noProof"), w("webHidden"), w("rtl"), w("bidi")})
_HIDDEN: Final = w("vanish")


class _Left(NamedTuple):
    """A brace that is left over: the paragraph it stands in, its text in half-width signs, and where it stands."""

    paragraph: etree._Element
    place: Place
    text: str
    start: int
    sign: str


def brace_faults(root: etree._Element, places: Places) -> list[Fault]:
    """What is wrong with the braces and the look of the tags of a part."""
    faults: list[Fault] = []
    left: list[_Left] = []
    braced = {next(text.iterancestors(PARAGRAPH), None) for text in root.iter(TEXT) if _BRACES.search(text.text or "")}
    for number, paragraph in enumerate(paragraphs(root)) if braced else ():
        if paragraph not in braced:
            continue
        shown = stretches(paragraph)
        typed = "".join(stretch.text for stretch in shown)
        place = places.of(paragraph, number, typed)
        if (braces := sum(map(typed.count, "{}｛｝"))) > _MOST_BRACES:
            faults.append(Fault(f"一段里有 {braces} 个花括号，最多 {_MOST_BRACES} 个", place, rule="T103"))
            continue
        faults += _looks(shown, typed, place)
        plain, wide = _plain(typed, place)
        faults += wide
        if "{" not in plain and "}" not in plain:
            continue
        plain, apart = _apart(typed, plain, place)
        faults += apart
        left += (_Left(paragraph, place, typed, m.start(), m[0]) for m in _REMAINS.finditer(plain))
    return [*faults, *_unfinished(left)]


def _blanked(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in the place of some characters, every other one where it was."""
    kept, at = [], 0
    for start, end in stretches:
        kept += [text[at:start], " " * (end - start)]
        at = end
    return "".join(kept) + text[at:]


def _plain(typed: str, place: Place) -> tuple[str, list[Fault]]:
    """The text in half-width signs without its tags, and those among these that were typed full-width."""
    half = typed.translate(_HALF)
    faults, tags = [], list(spans(half))
    for start, end in tags:
        found, meant = typed[start:end], half[start:end]
        inner = min((at for sign in ("{{", "{%") if (at := found.find(sign, 2)) > 0), default=-1)
        if inner > 0:
            message = f"标签没有写完，缺少 {_ENDS[meant[:2]]}，一直连到了后面的标签"
            faults.append(Fault(message, place, found[:inner].rstrip(), "T103", start))
        elif found[:2] + found[-2:] != meant[:2] + meant[-2:]:
            message = f"用了全角的花括号或百分号，不会被认作标签；应为 {meant}"
            faults.append(Fault(message, place, found, "T104", start))
    return _blanked(half, tags), faults


def _apart(typed: str, plain: str, place: Place) -> tuple[str, list[Fault]]:
    """The text without tags that have a brace too few or blanks between their signs, and those tags."""
    found = [match for pattern in (_APART, _ONE_SHORT, _SINGLE) for match in pattern.finditer(plain)]
    faults, blanks, end = [], [], 0
    for match in sorted(found, key=lambda match: match.start()):
        if match.start() < end:
            continue
        end = match.end()
        quote, message = typed[match.start() : end], f"花括号不成对，应为 {_mended(match[0])}"
        # Without two signs together it is text to the compiler, and might be meant as such.
        severity = Severity.ERROR if _REMAINS.search(match[0]) else Severity.WARNING
        faults.append(Fault(message, place, quote, "T103", match.start(), severity))
        blanks.append(match.span())
    return _blanked(plain, blanks), faults


def _mended(typed: str) -> str:
    """What was probably meant by a tag with a brace too few or blanks between its signs."""
    inner = re.sub(r"\A\{\s*[{%#]?|[}%#]?\s*\}\Z", "", typed).strip()
    kind = next((sign for sign in "%#" if sign in typed[:3] + typed[-3:]), None)
    return f"{{{kind} {inner} {kind}}}" if kind else f"{{{{ {inner} }}}}"


def _unfinished(left: list[_Left]) -> Iterator[Fault]:
    """The braces that are left over, a tag that goes over two paragraphs as one fault."""
    following = deque(left)
    while following:
        first = following.popleft()
        end = _ENDS.get(first.sign)
        near = following[0] if following and following[0].sign == end and _near(first, following[0]) else None
        if near is not None:
            following.popleft()
        if near is not None and near.paragraph is first.paragraph:
            quote = first.text[first.start : near.start + 2]
            yield Fault("标签里还套着花括号，拆不开", first.place, quote, "T103", first.start)
        elif near is not None:
            yield _spanning(first, near)
        elif end is not None:
            message = f"标签没有写完，缺少 {end}（要写在同一段内）"
            yield Fault(message, first.place, first.text[first.start : first.start + 40], "T103", first.start)
        else:
            begin = next(opening for opening, closing in _ENDS.items() if closing == first.sign)
            message = f"前面没有与“{first.sign}”配对的 {begin}（要写在同一段内）"
            start = max(first.start - 20, 0)
            yield Fault(message, first.place, first.text[start : first.start + 2], "T103", start)


def _near(first: _Left, other: _Left) -> bool:
    return first.place.block == other.place.block and 0 <= other.place.position - first.place.position <= _FAR


def _spanning(first: _Left, last: _Left) -> Fault:
    cells = [next(left.paragraph.iterancestors(CELL), None) for left in (first, last)]
    over = "另一个单元格" if cells[0] is not cells[1] else "后面一段"
    begun, ended = first.text[first.start : first.start + 40], last.text[max(last.start - 18, 0) : last.start + 2]
    message = f"标签写到了{over}（到“{ended}”为止）；从 {first.sign} 到 {last.sign} 要写在同一段内"
    return Fault(message, first.place, begun, "T105", first.start)


def _looks(shown: list[Stretch], typed: str, place: Place) -> Iterator[Fault]:
    """The tags whose value would look unlike the tag itself: it takes the look of the tag's first sign."""
    if len(shown) < 2 and not any(_hides(stretch) for stretch in shown):
        return
    starts = [stretch.start for stretch in shown]
    for start, end in spans(typed):
        if not typed.startswith("{{", start):
            continue
        near = shown[bisect_right(starts, start) - 1 : bisect_left(starts, end)]
        parts = [stretch for stretch in near if start < stretch.end]
        if parts and _hides(parts[0]):
            message = "标签的开头是隐藏文字，印出的值会看不见"
            yield Fault(message, place, typed[start:end], "T108", start)
        elif len(parts) > 1 and _odd_first(parts, start, end):
            message = "标签中途换了格式：印出的值随开头的花括号，与标签其余的字不同"
            yield Fault(message, place, typed[start:end], "T108", start)


def _odd_first(parts: list[Stretch], start: int, end: int) -> bool:
    """Whether most of the tag looks unlike its first sign."""
    looks: Counter[bytes] = Counter()
    for part in parts:
        looks[_look(part)] += min(part.end, end) - max(part.start, start)
    return looks.most_common(1)[0][0] != _look(parts[0])


def _properties(stretch: Stretch) -> etree._Element | None:
    run = next(stretch.element.iterancestors(RUN), None)
    return None if run is None else run.find(w("rPr"))


def _hides(stretch: Stretch) -> bool:
    properties = _properties(stretch)
    mark = None if properties is None else properties.find(_HIDDEN)
    return mark is not None and mark.get(w("val")) not in {"0", "false", "off"}


def _look(stretch: Stretch) -> bytes:
    """What of the run's properties a person sees, in a form that can be compared."""
    properties = _properties(stretch)
    if properties is None:
        return b""
    told = []
    for element in properties:
        if element.tag in _NOISE:
            continue
        values = sorted((str(key), str(value)) for key, value in element.attrib.items() if key != w("hint"))
        if values or element.tag != w("rFonts"):
            told.append(repr((element.tag, values)))
    return "".join(sorted(told)).encode()
