"""What the YAML parser refuses, in a clerk's words and at the line that is truly to blame."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import yaml

from docgen.contract.shadow import Shadow
from docgen.contract.source_text import FAST_LOADER, SLOW_LOADER, SourceText
from docgen.findings import Finding

MOST_SEARCHED = 300_000
DEEPEST_SEARCH = 40
MOST_OPENED = 500
_OPENING = re.compile(r"^[ ]*(?:-[ \t]+)*(?:[^\s\"'\[{#&*!|>%@`][^#]*?|\"[^\"]*\"|'[^']*')[ \t]*:[ \t]*(?:#.*)?$")
_ALIGN = "同一级的键（或“-”）要左对齐，下一级比上一级多缩进两个空格。"
_DASH = re.compile(r"^([ ]*)-(?=[ \t]|$)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the mended text with its break, and where it starts."""

    text: str
    start: int

    @property
    def indent(self) -> int | None:
        """The number of leading spaces; None for a line that says nothing or closes a bracket."""
        content = self.text.lstrip(" ")
        if not content.strip() or content.startswith(("#", "]", "}")):
            return None
        return len(self.text) - len(content)


@dataclass(frozen=True, slots=True)
class _Error:
    """The parser's complaint with offsets into the mended text; `start` is where the construct began."""

    problem: str
    context: str
    offset: int
    start: int


@dataclass(frozen=True, slots=True)
class _Fault:
    code: str
    offset: int
    message: str
    hint: str
    length: int = 1


def syntax_faults(source: SourceText, shadow: Shadow) -> list[Finding]:
    """The findings for every part of the text that the parser refuses, each at its narrowest part."""
    lines = _lines(shadow.text)
    depth = DEEPEST_SEARCH if len(shadow.text) <= MOST_SEARCHED else 0
    faults = [_fault(error, shadow.text) for error in _errors(lines, depth)]
    return [
        source.finding(fault.code, shadow.origin(fault.offset), fault.message, hint=fault.hint, length=fault.length)
        for fault in faults
    ]


def _lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for line in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text):
        lines.append(_Line(line, start))
        start += len(line)
    return lines


def _errors(lines: Sequence[_Line], depth: int) -> list[_Error]:
    """The errors of the smallest parts that fail by themselves, or the error of the whole."""
    refusal = _refusal(lines, FAST_LOADER)
    if refusal is None:
        return []
    parts = _parts(lines) if depth else []
    return [found for part in parts for found in _errors(part, depth - 1)] or [_exact(lines) or refusal]


def _exact(lines: Sequence[_Line]) -> _Error | None:
    """The complaint of the slow parser, which words it more exactly; the fast one decides.

    Where brackets open and open the slow one would take minutes, and has nothing more to say.
    """
    opened = sum(line.text.count("[") + line.text.count("{") for line in lines)
    return _refusal(lines, SLOW_LOADER) if opened <= MOST_OPENED else None


def _parts(lines: Sequence[_Line]) -> list[Sequence[_Line]]:
    """The entries of the outermost block; of a single entry its head and its body; nothing where it ends."""
    indents = [line.indent for line in lines]
    known = [indent for indent in indents if indent is not None]
    if not known:
        return []
    outermost = min(known)
    heads = [number for number, indent in enumerate(indents) if indent == outermost]
    if len(heads) > 1:
        bounds = [0, *heads[1:], len(lines)]
        return [lines[start:end] for start, end in pairwise(bounds)]
    return _inside(lines, heads[0])


def _inside(lines: Sequence[_Line], head: int) -> list[Sequence[_Line]]:
    first = lines[head]
    if _DASH.match(first.text):
        undashed = _Line(_DASH.sub(r"\1 ", first.text), first.start)
        return [[undashed, *lines[head + 1 :]]]
    if _OPENING.match(first.text.rstrip("\r\n")) and head + 1 < len(lines):
        return [lines[: head + 1], lines[head + 1 :]]
    return []


def _refusal(lines: Sequence[_Line], loader: type) -> _Error | None:
    try:
        for _ in yaml.parse("".join(line.text for line in lines), loader):
            pass
    except yaml.MarkedYAMLError as error:
        base = lines[0].start
        offset = error.problem_mark.index if error.problem_mark else 0
        start = error.context_mark.index if error.context_mark else offset
        return _Error(error.problem or "", error.context or "", base + offset, base + start)
    return None


def _fault(error: _Error, text: str) -> _Fault:
    """The first reading of the complaint that fits."""
    for reading in (_quote, _bracket, _second_colon, _plain, _reserved):
        fault = reading(error, text)
        if fault is not None:
            return fault
    return _Fault("F139", error.offset, "这里不符合 YAML 的写法。", "请对照上下几行检查冒号、空格、引号和缩进。")


def _quote(error: _Error, text: str) -> _Fault | None:
    if "quoted scalar" in error.context and "unexpected" in error.problem:
        mark = text[error.start]
        hint = f"请在文字末尾补上 {mark}，或者去掉开头的 {mark}。"
        return _Fault("F118", error.start, f"引号 {mark} 有开头没有结尾。", hint)
    if "double-quoted" in error.context:
        hint = "双引号里的反斜杠是转义符：请改用单引号，或写成 \\\\。"
        return _Fault("F120", error.offset - 1, "双引号里的反斜杠后面不是可用的转义符。", hint, 2)
    before = text[: error.offset].rstrip(" ")[-1:]
    if "expected <block end>" in error.problem and before and before in "\"'":
        hint = "请用引号把整个值括起来，值里面的双引号改成中文引号“”；或者整个值都不用半角引号。"
        return _Fault("F118", error.offset, "引号结束之后还有文字。", hint)
    return None


def _bracket(error: _Error, text: str) -> _Fault | None:
    if "flow" in error.context and "expected" in error.problem:
        start = max(text.rfind("[", 0, error.offset), text.rfind("{", 0, error.offset), 0)
        opening = text[start]
        closing = "}" if opening == "{" else "]"
        hint = f"请补上 {closing}；如果 {opening} 是文字的一部分，请把整个值用半角引号括起来。"
        return _Fault("F119", start, f"括号 {opening} 没有配对的 {closing}，或者里面缺少逗号。", hint)
    before = text[: error.offset].rstrip(" ")[-1:]
    if "expected <block end>" in error.problem and before and before in "]}":
        return _Fault("F119", error.offset, "括号结束之后还有文字。", "以 [ 或 { 开头的文字要用半角引号整个括起来。")
    if text[error.offset : error.offset + 1] in ("]", "}") and "expected" in error.problem:
        hint = "请去掉它；如果它是文字的一部分，请把整个值用半角引号括起来。"
        return _Fault("F119", error.offset, "多出一个括号。", hint)
    return None


_REFUSALS = ("cannot start any token", "expected alphabetic", "expected URI", "undefined tag", "chomping")
_RESERVED = ("scanning an alias", "scanning an anchor", "tag", "directive", "block scalar")


def _second_colon(error: _Error, text: str) -> _Fault | None:
    if "mapping values are not allowed" not in error.problem:
        return None
    start = max(text.rfind("\n", 0, error.offset), text.rfind("\r", 0, error.offset)) + 1
    if re.search(r":[ \t]", text[start : error.offset]):
        hint = "请把整个值用半角引号括起来，或把值里的冒号改为全角“：”。"
        return _Fault("F120", error.offset, "值里又出现了“冒号加空格”，分不清哪里是键、哪里是值。", hint)
    indent = len(text[start:]) - len(text[start:].lstrip(" "))
    hint = "请与同一级的键左对齐；如果是上一行文字的继续，请把整个值用半角引号括起来。"
    return _Fault("F117", start + indent, "这一行的缩进比同一级的键深，而上一行的键已经有值。", hint)


def _reserved(error: _Error, text: str) -> _Fault | None:
    """A value that begins with a character that YAML keeps for itself."""
    if not any(part in error.problem for part in _REFUSALS) and not any(part in error.context for part in _RESERVED):
        return None
    offset = error.start if any(part in error.context for part in _RESERVED) else error.offset
    mark = text[offset : offset + 1]
    return _Fault("F120", offset, f"值不能以 {mark} 开头，这个符号在 YAML 里另有用途。", "请把整个值用半角引号括起来。")


_PLAIN = (
    ("'\\t'", "F115", "这里用了制表符（Tab）。", "请用空格代替，每级缩进两个空格。"),
    ("could not find expected ':'", "F113", "这一行缺少冒号。", "请写成“键: 值”，冒号为半角，后面加一个空格。"),
    ("sequence entries are not", "F114", "列表项不能与键写在同一行。", "请另起一行，缩进两个空格后写“- 内容”。"),
    ("expected the node content", "F120", "这里应当是一个值。", "如果符号是文字的一部分，请用半角引号把整个值括起来。"),
    ("expected <block end>", "F117", "这一行的缩进与前面各级都对不上。", _ALIGN),
    ("expected '<document start>'", "F117", "这一行的缩进与前面各级都对不上。", _ALIGN),
)


def _plain(error: _Error, text: str) -> _Fault | None:
    """A complaint that says all by itself."""
    for part, code, message, hint in _PLAIN:
        if part in error.problem:
            offset = error.start if "':'" in part else min(error.offset, len(text))
            return _Fault(code, offset, message, hint)
    return None
