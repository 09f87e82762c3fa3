"""The texts that a value is printed as: every form of it that a paper may have, with the tag that prints it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from jinja2 import Undefined

from docgen.template.author.inline import CELL, print_runs
from docgen.template.author.model import Run
from docgen.template.filters import FILTERS, printed
from docgen.template.papers.lines import Tag
from docgen.template.values import Amount, Blank, Day, Quantity, Record, Rows, Share, Text, Whole, path_of

# What is no text of a paper, or says again what another field says.
SKIPPED: Final = frozenset({"kit", "contract.stage", "annexes", "review.contract_name", "review.amount"})

_AMOUNT: Final = ("金额", "整数金额", "大写", '金额("1234.00")', '金额("1,234")')
_SCALED: Final = "万元"
_SCALES: Final = (_SCALED, '万元("1.0")', '万元("1.00")', '万元("1,234")', '万元("1,234.00")')
_SHARE: Final = ("百分比", "千分比", "中文百分比", "中文千分比")
_COUNT: Final = ("", "中文数字", "份数")
_PLAIN: Final = ("数量", "日期")  # which a value is printed in by itself
_DAY: Final = ("日期", "年月")
_WHOLE_DAY: Final = tuple(f'日期("{sample}")' for sample in (
    "2021-03-05", "2021-3-5", "2021.03.05", "2021.3.5", "2021/03/05", "2021/3/5", "2021年03月05日",
    "二〇二一年三月五日", "二○二一年三月五日", "二零二一年三月五日",
))  # fmt: skip
_PHONE: Final = ('号码("000 0000 0000")', '号码("000-0000-0000")')
_ACCOUNT: Final = ('号码("0000 0000")', '号码("0000-0000")')
_PHONE_DIGITS, _LEAST_SCALED, _LEAST_COUNTED = 11, 100, 10_000
_DIGITS: Final = re.compile(r"\d{11,25}")
_CALL: Final = re.compile(r'(\w+)(?:\("([^"]+)"\))?')
_SEPARATORS: Final = ("、", "；", "，", "", "和", "及", ";", ",")
_FIGURE: Final = "0-9０-９"
_WITHIN: Final = re.compile(f"[{_FIGURE}]{{1,4}}[号楼室层幢栋弄]|[一二三四五六七八九十]{{1,2}}[号楼层幢栋]")  # 1号3楼
_NUMERAL: Final = "零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_FIRM: Final = 4
# Marks of the markup, which are no text of the paper.
_MARKS: Final = re.compile(r"\[(?:>\d+|v\d+)\]|\\[nts]|〔[A-Z]+〕| 高=\d+")


class Form(NamedTuple):
    """A text that a value is printed as; a firm one can hardly stand in a paper by chance."""

    text: str
    tag: Tag
    firm: bool


def values_below(value: Any) -> Iterator[tuple[str, Any]]:
    """The single values and lists of single values of a group by path; lists of groups are not entered."""
    if isinstance(value, Record):
        for name, inner in vars(value).items():
            if not name.startswith("_"):
                yield from values_below(inner)
    elif isinstance(value, Rows):
        if value and not any(isinstance(item, (Record, Rows)) for item in value):
            yield str(path_of(value)), value
    elif not isinstance(value, (Blank, Undefined, bool)) and (path := path_of(value)) is not None:
        yield path, value


def forms_of(value: Any, path: str) -> Iterator[Form]:
    """Every form of a value or of a list of single values."""
    if isinstance(value, Rows):
        yield from _joined(value, path)
    elif isinstance(value, Text):
        yield _form(str(value), Tag(path), firm=len(value) >= _FIRM)
        if _DIGITS.fullmatch(value):
            yield from _filtered(value, path, _PHONE if len(value) == _PHONE_DIGITS else _ACCOUNT, firm=True)
    elif isinstance(value, Amount):
        yield from _filtered(value, path, _AMOUNT, firm=value >= 1000)
        yield from _filtered(value, path, _SCALES if value >= _LEAST_SCALED else (), firm=False)
    elif isinstance(value, Share):
        yield from _filtered(value, path, _SHARE, firm=False)
    elif isinstance(value, Whole):
        yield from _filtered(value, path, _COUNT, firm=value >= 10_000)
    elif isinstance(value, Quantity):
        yield from _filtered(value, path, ("数量",), firm=value >= 10_000)
        yield from _filtered(value, path, _SCALES if value >= _LEAST_COUNTED else (), firm=False)
    elif isinstance(value, Day):
        yield from _filtered(value, path, _DAY, firm=value.month is not None)
        yield from _filtered(value, path, _WHOLE_DAY if value.day else (), firm=True)


def lengths_of(rows: Rows) -> Iterator[Form]:
    """Every form of the number of entries in a list."""
    path = str(path_of(rows))
    for name in ("length", "length|中文数字"):
        text = str(len(rows)) if name == "length" else str(FILTERS["中文数字"](len(rows)))
        yield _form(text, Tag(path, name), firm=False)


def _filtered(value: Any, path: str, filters: Iterable[str], *, firm: bool) -> Iterator[Form]:
    for name in filters:
        try:
            text = _shown(value, name)
        except ValueError:
            continue  # an amount too large for its capitals, a count too large for Chinese numerals
        sure = firm or (name.startswith(_SCALED) and len(text) >= _FIRM - 1)
        yield _form(text, Tag(path, "" if name in _PLAIN else name), firm=sure)


def _shown(value: Any, form: str) -> str:
    """The text of a value in a form, which may be by a sample."""
    if (match := _CALL.fullmatch(form)) is None:
        return printed(value)
    return str(FILTERS[match[1]](value, *filter(None, (match[2],))))


def _joined(items: Rows, path: str) -> Iterator[Form]:
    if not all(isinstance(item, Text) for item in items):
        return
    for separator in _SEPARATORS if len(items) > 1 else ("、",):
        yield _form(separator.join(items), Tag(path, f'join("{separator}")'), firm=True)


def _form(text: str, tag: Tag, *, firm: bool) -> Form:
    return Form(print_runs((Run(text),)), tag, firm)


class Found(NamedTuple):
    """Where in a text a value stands, and the tags that print it."""

    start: int
    end: int
    tags: tuple[Tag, ...]
    firm: bool


class Index:
    """The forms of many values, to be found in texts."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._by_text: dict[str, dict[Tag, bool]] = {}
        for form in forms:
            if form.text.strip():
                self._by_text.setdefault(form.text, {})[form.tag] = form.firm
        starts: dict[str, set[int]] = {}
        for text in self._by_text:
            starts.setdefault(text[:2], set()).add(len(text))
        self._lengths: Mapping[str, list[int]] = {key: sorted(found, reverse=True) for key, found in starts.items()}

    @property
    def texts(self) -> Iterable[str]:
        """Every text that is looked for."""
        return self._by_text

    def find(self, text: str) -> list[Found]:
        """The values that stand in the text, the longer ones first where they overlap, in the order of the text."""
        text = _MARKS.sub(lambda match: "\ue000" * len(match[0]), text)
        every = sorted(self._every(text), key=lambda found: (found.start - found.end, found.start))
        taken = bytearray(len(text))
        chosen = []
        for found in every:
            if not any(taken[found.start : found.end]):
                taken[found.start : found.end] = b"\1" * (found.end - found.start)
                chosen.append(found)
        return sorted(chosen)

    def _every(self, text: str) -> Iterator[Found]:
        for start in range(len(text)):
            for length in (*self._lengths.get(text[start : start + 2], ()), *self._lengths.get(text[start], ())):
                end = start + length
                known = self._by_text.get(text[start:end], {}) if end <= len(text) else {}
                tags = _in_unit(text, end, known) if known and stands_alone(text, start, end) else ()
                if tags:
                    yield Found(start, end, tags, any(known[tag] for tag in tags))


def _in_unit(text: str, end: int, tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """The tags that go with the unit behind a figure: 万元 stands before 万, or in a cell, whose column tells it."""
    scaled = tuple(tag for tag in tags if tag.form.startswith(_SCALED))
    if scaled and text[end:].lstrip().startswith("万"):
        return scaled
    return tuple(tags) if CELL in text else tuple(tag for tag in tags if tag not in scaled)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a figure or numeral is not a part of a longer one."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if text[end - 1] in "年月" and re.match(f"[{_FIGURE}]", after):
        return False
    if text[end - 1] in "号路街道村" and _WITHIN.match(text, end):
        return False
    for kind, joint in ((_FIGURE, ".,，%‰-"), (_NUMERAL, "点")):
        if re.match(f"[{kind}]", text[start]) and re.match(f"[{kind}]", before):
            return False
        if re.match(f"[{kind}]", text[end - 1]) and re.match(f"[{kind}]", after):
            return False
        if re.match(f"[{kind}]", text[end - 1]) and after and after in joint and _goes_on(text, end, kind):
            return False
    return not (re.match(r"[0-9]", text[start]) and re.search(r"[0-9][.,]$", text[:start][-2:]))


def _goes_on(text: str, end: int, kind: str) -> bool:
    return text[end] in "%‰" or re.match(f"[{kind}]", text[end + 1 : end + 2]) is not None
