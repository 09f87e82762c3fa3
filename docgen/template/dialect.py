"""The tags of templates: where they stand in a paragraph's text, what each is, and which of them belong together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from docgen.contract.nearest import nearest
from docgen.errors import TemplateError
from docgen.findings import Severity

BEGINNING = re.compile(r"\{[{%#]")
_ENDINGS = {"{": "}}", "%": "%}", "#": "#}"}
# What is left of a tag that was not finished, or was typed with full-width braces.
_REMAINS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|｛｛|｝｝|｛%|%｝|｛%|％｝|｛#|#｝")
_LEVEL = re.compile(r"(p|tr|tc|r)\s+(.*)", re.DOTALL)
_CELL = re.compile(r"(vm|hm|colspan|cellbg)\b\s*(.*)", re.DOTALL)
_INCLUDE = re.compile(r"""include\s+(["'])(?P<name>.+?)\1""")
# Jinja's wish that the white space beside the tag go, which only docxtpl fulfils.
_TRIM = re.compile(r"\A[-+]|[-+]\Z")
_ELSE_IF = re.compile(r"else\s*if\b")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# docxtpl's way to write braces that are none.
_ESCAPED = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))

_CLOSERS = {"for": "endfor", "if": "endif", "with": "endwith", "macro": "endmacro", "call": "endcall", "set": "endset"}
_MIDDLES = {"elif": ("if",), "else": ("if", "for")}
KEYWORDS = frozenset({*_CLOSERS, *_CLOSERS.values(), *_MIDDLES, "raw", "endraw", "restart"})


class Kind(Enum):
    """What a tag does."""

    OUTPUT = "{{"
    STATEMENT = "{%"
    COMMENT = "{#"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tag stands, in the words of a clerk: the part, the cell if any, and the text around.

    `position` counts the paragraphs of the part, or of the shared block that the paragraph came out of.
    """

    part: str
    label: str
    text: str
    position: int = 0
    block: str | None = None

    def __str__(self) -> str:
        around = f"“{self.text}”" if self.text else "（空段）"
        return f"{self.label} {around}"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: as typed, what it does, on which level (p, tr, tc, r or none), its Jinja code, and its place.

    `cell` is vm, hm, colspan or cellbg; `nest` are the names of the elements that the tag stands in, none where they
    go with another tag; `start` counts the characters of the paragraph before the tag.
    """

    typed: str
    kind: Kind
    level: str | None
    code: str
    place: Place
    cell: str | None = None
    nest: tuple[str, ...] = ()
    start: int = 0

    @property
    def said(self) -> str:
        """The tag and its place, as a message names them."""
        return f"{self.place}，标签 {self.typed}"

    @property
    def keyword(self) -> str:
        """The first word of a statement."""
        words = self.code.split(None, 1) if self.kind is Kind.STATEMENT else ()
        return words[0] if words else ""

    @property
    def opens(self) -> bool:
        """Whether the statement has an end of its own."""
        return self.keyword in _CLOSERS and not (self.keyword == "set" and "=" in self.code)

    @property
    def closes(self) -> bool:
        """Whether the statement ends another one."""
        return self.keyword in _CLOSERS.values()

    @property
    def include(self) -> str | None:
        """The name of the shared block that the tag asks for."""
        match = _INCLUDE.fullmatch(self.code) if self.level == "p" else None
        return match["name"] if match else None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template, and where; `rule` is the code that explains such faults.

    `start` counts the characters of the paragraph before what was typed; `expected` is what should stand there, `hint`
    what to do.
    """

    message: str
    place: Place
    typed: str = ""
    rule: str = "T101"
    start: int = 0
    severity: Severity = Severity.ERROR
    expected: str | None = None
    hint: str | None = None

    def __str__(self) -> str:
        tag = f"，标签 {self.typed}" if self.typed else ""
        return f"{self.place}{tag}：{self.message}"


def refuse(name: str, faults: Sequence[Fault]) -> None:
    """Raise a TemplateError that tells all faults of a template; nothing happens where there are none."""
    hint = next((fault.hint for fault in faults if fault.hint), None)
    if len(faults) == 1:
        raise TemplateError(f"模板“{name}”有误：{faults[0]}", hint=hint)
    if faults:
        listed = "\n".join(f"  {number}. {fault}" for number, fault in enumerate(faults, 1))
        raise TemplateError(f"模板“{name}”有 {len(faults)} 处错误：\n{listed}", hint=hint)


class Ends:
    """The ends of the tags of a text, asked for from its beginning on.

    A beginning whose end does not come is only text. That it does not come is found out once for all such beginnings,
    so that no text takes longer than it is long.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._endless: set[str] = set()

    def of(self, start: int) -> int | None:
        """Where the tag ends that begins there; None if it does not."""
        sign = self._text[start + 1]
        end = -1 if sign in self._endless else self._text.find(_ENDINGS[sign], start + 2)
        if end < 0:
            self._endless.add(sign)
        return end + 2 if end >= 0 else None


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the tags of a text stand."""
    at, ends = 0, Ends(text)
    while match := BEGINNING.search(text, at):
        end = ends.of(match.start())
        at = end or match.start() + 1
        if end is not None:
            yield match.start(), end


def replaced(text: str, tag: Callable[[str], str] = lambda _: "") -> str:
    """The text with something else, or nothing, in the place of each of its tags."""
    kept, at = [], 0
    for start, end in spans(text):
        kept += [text[at:start], tag(text[start:end])]
        at = end
    return "".join(kept) + text[at:]


def remains(text: str) -> str | None:
    """The first brace of a tag that was not finished; None where all text outside tags is text."""
    if "{" not in text and "}" not in text and "｛" not in text and "｝" not in text:
        return None
    match = _REMAINS.search(replaced(text))
    return match.group() if match else None


def unescaped(text: str) -> str:
    """The text with docxtpl's escaped braces as the braces they stand for."""
    for written, meant in _ESCAPED:
        text = text.replace(written, meant)
    return text


def parse_tag(typed: str, place: Place, start: int = 0) -> Tag:
    """The tag that was typed; curly quotes in it count as straight ones."""
    kind = Kind(typed[:2])
    code = _TRIM.sub("", typed[2:-2].translate(_STRAIGHT))
    level = _LEVEL.fullmatch(code)
    if level:
        code = level[2]
    code = " ".join(code.split("\n")).strip()
    cell = _CELL.fullmatch(code) if kind is Kind.STATEMENT and not level else None
    name = cell[1] if cell else None
    return Tag(typed, kind, level[1] if level else None, cell[2] if cell else code, place, name, start=start)


def unknown_statement(tag: Tag) -> str | None:
    """Why the statement is none of the dialect; None where it is one."""
    if tag.kind is Kind.STATEMENT and tag.keyword == "include":
        return '须写成 {%p include "名称" %}，独占一段'
    if _ELSE_IF.match(tag.code) and tag.kind is Kind.STATEMENT:
        return "不支持的语句 else if，是不是想写 elif"
    if tag.kind is not Kind.STATEMENT or tag.cell or tag.keyword in KEYWORDS:
        return None
    if not tag.keyword:
        return "标签是空的"
    joined = "".join(tag.code.split()).lower()
    near = joined if joined in KEYWORDS else nearest(tag.keyword.lower(), KEYWORDS, 0.65)
    return f"不支持的语句 {tag.keyword}" + (f"，是不是想写 {near}" if near else "")


def unbalanced(tags: Iterable[Tag]) -> list[Fault]:
    """The statements that have no beginning or end, or whose parts stand on different levels of the document."""
    faults: list[Fault] = []
    opened: list[Tag] = []
    for tag in tags:
        if tag.opens:
            opened.append(tag)
        elif tag.closes or tag.keyword in _MIDDLES:
            faults += _matched(tag, opened)
    return faults + [_unclosed(tag) for tag in opened]


def _unclosed(tag: Tag) -> Fault:
    return Fault(f"缺少与之配对的 {_CLOSERS[tag.keyword]}", tag.place, tag.typed, "T102", tag.start)


def _matched(tag: Tag, opened: list[Tag]) -> list[Fault]:
    wanted = _MIDDLES.get(tag.keyword) or (tag.keyword.removeprefix("end"),)
    if not opened or opened[-1].keyword not in wanted:
        if tag.closes and any(other.keyword in wanted for other in opened):
            return [_unclosed(opened.pop()), *_matched(tag, opened)]
        return [Fault(f"前面没有与之配对的 {' 或 '.join(wanted)}", tag.place, tag.typed, "T102", tag.start)]
    first = opened[-1]
    if tag.closes:
        opened.pop()
    if first.nest == tag.nest or not (first.nest and tag.nest):
        return []
    message = f"与它的开头 {first.typed}（{first.place}）不在文档结构的同一层"
    return [Fault(message, tag.place, tag.typed, "T107", tag.start)]
