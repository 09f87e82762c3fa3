"""The decoded text of a data file, its lines and places, and the frame that shows a clerk where to look."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import yaml

from docgen.errors import InputError
from docgen.findings import Finding, Place, Severity
from docgen.visible import columns, printed, width

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "F101": "文件不是 UTF-8 编码",
        "F102": "文件里没有内容",
        "F103": "含有不可见的控制字符",
        "F104": "文件过大或嵌套过深",
        "F105": "一个文件里有多份数据",
        "F111": "用了全角冒号",
        "F112": "冒号后面缺少空格",
        "F113": "缺少冒号",
        "F114": "列表的横线写法不对",
        "F115": "用制表符缩进",
        "F116": "用了全角空格",
        "F117": "缩进不对",
        "F118": "引号不成对",
        "F119": "括号不成对",
        "F120": "特殊符号没有加引号",
        "F121": "用了全角引号",
        "F122": "文字在 # 处被截断",
        "F123": "下一行并入了上一行的文字",
        "F131": "键重复",
        "F132": "用了锚点、引用或合并键",
        "F133": "用了类型标签",
        "F134": "键不是文字",
        "F135": "最外层不是键和值",
        "F139": "YAML 写法不对",
    }
)
"""The titles of the findings that reading a data file can yield, by code."""

SLOW_LOADER: type = yaml.BaseLoader
FAST_LOADER: type = getattr(yaml, "CBaseLoader", SLOW_LOADER)
MOST_BYTES = 8 * 1024 * 1024
FRAME_WIDTH = 72
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_NEVER_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class SourceText(NamedTuple):
    """The text of one data file under the name the user gave it; offsets count its characters from 0."""

    file: str
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, file: str, text: str) -> SourceText:
        """The text with its line starts found; CRLF, LF and CR each end one line."""
        return cls(file, text, (0, *(match.end() for match in _LINE_BREAK.finditer(text))))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def place(self, offset: int) -> Place:
        """The place of a character."""
        line, column = self.position(offset)
        return Place(self.file, line=line, column=column, offset=offset)

    def line(self, number: int) -> str:
        """One line without its line break, counted from 1."""
        return _line(self.text, self.starts, number)

    def finding(
        self,
        code: str,
        offset: int,
        message: str,
        *,
        length: int = 1,
        expected: str | None = None,
        hint: str | None = None,
        severity: Severity = Severity.ERROR,
        related: tuple[Place, ...] = (),
    ) -> Finding:
        """A finding at a character of this text, with its quote and code frame."""
        place = self.place(offset)
        quote = _LINE_BREAK.split(self.text[offset : offset + length])[0]
        shown = _frame(self.text, self.starts, place.line or 1, place.column or 1, length)
        return Finding(code, severity, message, place, quote, expected, related, hint, frame=shown)


def read_text(path: Path, shown: str) -> tuple[SourceText, list[Finding]]:
    """The decoded file and what there is to say about its encoding and its characters."""
    text, encoding = decode(_bytes(path, shown), shown)
    source = SourceText.of(shown, text)
    if encoding != "gb18030":
        return source, []
    message = "文件不是 UTF-8 编码，已按 GB18030 读取。"
    hint = "请在编辑器里另存为 UTF-8，换一台电脑才不会出现乱码。"
    return source, [source.finding("F101", 0, message, expected="UTF-8", hint=hint, severity=Severity.NOTE, length=0)]


def decode(data: bytes, shown: str) -> tuple[str, str]:
    """The text of the bytes without its byte order mark, and the encoding that it turned out to be in."""
    if data.startswith(_NEVER_TEXT):
        raise InputError(f"{shown}：这不是文本文件，无法作为数据读取。", hint="请指定 contract.yaml 这样的文本文件。")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, shown), encoding
    try:
        return _utf8(data, shown), "utf-8"
    except UnicodeDecodeError:
        return _gb18030(data, shown), "gb18030"


def frame(text: str, line: int, column: int, length: int = 1) -> str:
    """The line in question between its neighbours, marked below; a double-width character takes two columns."""
    return _frame(text, SourceText.of("", text).starts, line, column, length)


def _bytes(path: Path, shown: str) -> bytes:
    try:
        status = path.stat()
        if path.is_dir():
            raise InputError(f"{shown}：这是文件夹，不是文件。", hint="请指定其中的 contract.yaml。")
        if not path.is_file():
            # A pipe or a device may have no end, or never begin.
            raise InputError(f"{shown}：这不是普通文件，无法作为数据读取。", hint="请指定 contract.yaml 这样的文件。")
        if status.st_size > MOST_BYTES:
            limit = f"{MOST_BYTES // 1024 // 1024} MB"
            message = f"{shown}：文件过大（{status.st_size:,} 字节），数据文件最多 {limit}。"
            raise InputError(message, hint="请检查是否选错了文件。")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{shown}：找不到这个文件。", hint="请检查文件名和所在的文件夹。") from None
    except (OSError, ValueError) as error:
        reason = "没有读取权限" if isinstance(error, PermissionError) else "读取失败"
        hint = "请检查文件名、权限，或文件是否被其他程序占用。"
        raise InputError(f"{shown}：{reason}，无法打开这个文件。", hint=hint) from None


def _decoded(data: bytes, encoding: str, shown: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{shown}：文件开头标明是 {encoding.upper()} 编码，但第 {error.start + 1} 个字节起不符合。"
        raise InputError(message, hint="文件可能已损坏，请用编辑器打开检查并另存为 UTF-8。") from None


def _utf8(data: bytes, shown: str) -> str:
    text = data.decode("utf-8")
    if text.count("\0") * 4 > len(text):
        message = f"{shown}：文件里大量出现空字符，不是可以读取的文本。"
        raise InputError(message, hint="如果是没有 BOM 的 UTF-16 文本，请用编辑器另存为 UTF-8。")
    return text


def _gb18030(data: bytes, shown: str) -> str:
    hint = "请用编辑器打开文件，另存为 UTF-8 编码。"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise InputError(f"{shown}：既不是 UTF-8 也不是 GB18030 编码的文本，无法读取。", hint=hint) from None
    if re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise InputError(f"{shown}：这不是文本文件，或者编码无法识别。", hint=hint)
    return text


def _line(text: str, starts: tuple[int, ...], number: int) -> str:
    end = starts[number] if number < len(starts) else len(text)
    return text[starts[number - 1] : end].rstrip("\r\n")


def _frame(text: str, starts: tuple[int, ...], line: int, column: int, length: int) -> str:
    gutter = len(str(min(line + 1, len(starts))))
    first = _window(_line(text, starts, line), column, length)
    shown = []
    for number in range(max(1, line - 1), min(line + 1, len(starts)) + 1):
        content = _line(text, starts, number)
        if number == line + 1 and not content.strip():
            continue
        shown.append(f"{number:>{gutter}} | {_visible(content[first:])}".rstrip())
        if number == line:
            shown.append(_marker(content[first:], gutter, column - first, length))
    return "\n".join(shown)


def _window(content: str, column: int, length: int) -> int:
    """The character to begin at, so that the mark stands inside the frame's width."""
    # Only a mark wider than a character each can need more; a line may be a million characters long.
    first = max(0, column - 1 - FRAME_WIDTH) // 8 * 8
    while columns(content[first : column - 1 + min(length, 8)]) > FRAME_WIDTH and first < column - 1:
        first += 8
    return min(first, column - 1)


def _marker(content: str, gutter: int, column: int, length: int) -> str:
    before, marked = content[: column - 1], content[column - 1 : column - 1 + length]
    room = max(1, FRAME_WIDTH - columns(before))
    return f"{' ' * gutter} | {' ' * columns(before)}{'^' * min(room, max(1, columns(marked)))}"


def _visible(content: str) -> str:
    """The text as printed: a Tab as four columns, what cannot be seen as a box, cut to the frame's width."""
    shown: list[str] = []
    used = 0
    for character in content:
        used += width(character)
        if used > FRAME_WIDTH:
            return "".join(shown) + "…"
        shown.append(printed(character))
    return "".join(shown)
