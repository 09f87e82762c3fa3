"""The slips that clerks make in YAML, found line by line where the parser cannot go on.

The scan knows just enough of YAML to tell keys, list items and what continues a value above, so that block texts,
quoted texts and sentences with a full-width colon raise no alarm. Each slip comes with the mend that was plainly
meant; a parser that reads the mended text finds what lies behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Literal

from docgen.contract.shadow import Edit
from docgen.contract.source_text import SourceText
from docgen.findings import Finding

_BLANK = " \t\u3000\u00a0"
_KEY = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[^\s"'\[\]{}\#&*!|>%@`,\-]|-(?=\S))(?:(?![ \t]\#|:[ \t]).)*?)
        :(?=[ \t]|$)[ \t]*(?P<value>.*)$""",
    re.VERBOSE,
)
_NAME = r"(?P<name>[^\s：:，。；、,;\[\]{}#\-–—－·•][^：:，。；、,;#]{0,29}?)"
_FULL_COLON = re.compile(_NAME + rf"(?P<slip>[{_BLANK}]*：[{_BLANK}]*)(?P<value>.*)$")
_NO_SPACE = re.compile(_NAME + r"(?P<slip>:[\u3000\u00a0]*)(?P<value>[^\s/].*)$")
_ITEM = re.compile(r"-(?:[ \t]+|$)")
DASHED = re.compile(r"-[\u3000\u00a0]*(?=[^\s-])(?!\d[\d,.]*[%‰]?$)")
_NO_GAP = re.compile(rf"{DASHED.pattern}|[–—－·•][{_BLANK}]*(?=[^\s–—－·•])")
_ODD_BLANKS = (("F115", "\t", "制表符（Tab）"), ("F116", "\u3000", "全角空格"), ("F116", "\u00a0", "不换行空格"))
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip and the mend that lets reading go on behind it."""

    finding: Finding
    edit: Edit


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that says something: the offset of its first character, its indent in columns, and its content."""

    start: int
    lead: str
    content: str

    @property
    def indent(self) -> int:
        """The columns before the content, a Tab or a full-width space counted as two."""
        return len(self.lead) + self.lead.count("\t") + self.lead.count("\u3000")

    @property
    def spaces(self) -> int:
        """The spaces before anything else: the indent as the parser counts it."""
        return len(self.lead) - len(self.lead.lstrip(" "))

    @property
    def offset(self) -> int:
        """The offset of the first character of the content."""
        return self.start + len(self.lead)


def find_slips(source: SourceText) -> list[Slip]:
    """The slips of a text that the parser refuses, or that holds no keys at all."""
    rows = list(_rows(source))
    if not any(_keyed(row.content) for row in rows):
        return []
    scan = _Scan(source, rows)
    scan.run()
    return scan.slips


def split_at_colon(text: str) -> re.Match[str] | None:
    """The `name`, `slip` and `value` of a text whose colon is full-width or has no space behind it."""
    return _FULL_COLON.match(text) or _NO_SPACE.match(text)


def colon_hint(text: str) -> str | None:
    """How a text that stands where keys should was meant to be written, if its colon is what is wrong."""
    match = split_at_colon(text)
    if match is None:
        return None
    meant = f"{match['name'].strip(_BLANK)}: {match['value'][:30]}".rstrip()
    return f"冒号要用半角，后面加一个空格，一行写一项，如“{meant}”。"


def _rows(source: SourceText) -> Iterator[_Row]:
    for number, start in enumerate(source.starts, 1):
        line = source.line(number).rstrip(_BLANK)
        content = line.lstrip(_BLANK)
        lead = line[: len(line) - len(content)]
        if content.startswith("#") and not lead.strip(" \t"):
            continue
        if content and content not in ("---", "..."):
            yield _Row(start, lead, content)
        elif not content and (blanks := source.line(number)).strip(" \t"):
            yield _Row(start, blanks, "")


@dataclass(slots=True)
class _Scan:
    """Where the scan stands: the columns of the open blocks, what would continue the value above, the Tabs so far."""

    source: SourceText
    rows: list[_Row]
    slips: list[Slip] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    continues_above: int | None = None
    opened: bool = False
    above: Literal["nothing", "plain", "block", "flow"] = "nothing"
    tabbed: dict[str, int] = field(default_factory=dict)

    def run(self) -> None:
        """Go through all lines."""
        self.blocks = [min((row.indent for row in self.rows), default=0)]
        for number, row in enumerate(self.rows):
            self._row(number, row)

    def _row(self, number: int, row: _Row) -> None:
        continues = self.continues_above is not None and row.indent > self.continues_above
        if not row.content or (continues and not (self.above == "plain" and _KEY.match(row.content))):
            self._continued(row)
            return
        column = self._column(number, row)
        if continues or (column not in self.blocks and not self.opened and _entry(row.content)):
            column = min(self.blocks, key=lambda block: (abs(block - row.indent), -block))
        self.blocks = [block for block in self.blocks if block <= column]
        self._indent(row, column)
        self._content(number, column, row.offset, row.content)

    def _column(self, number: int, row: _Row) -> int:
        """The column that a line stands at; a Tab below a line of spaces is as wide as it must be there."""
        column = self._settled(number, row) if self.opened else row.indent
        if "\t" not in row.lead:
            return column
        if self.tabbed.get(row.lead) in self.blocks:
            return self.tabbed[row.lead]
        if self.opened and column <= self.blocks[-1] and "\t" not in self.rows[number - 1].lead:
            floor = self.blocks[-1]
            column = min((other.indent for other in self._inside(number, floor)), default=floor + 2)
        self.tabbed[row.lead] = column
        return column

    def _settled(self, number: int, row: _Row) -> int:
        """The column of the block that begins here: its first line may be the one that is off."""
        floor = self.blocks[-1]
        item = row.content.startswith("-")
        columns = [
            other.indent - (2 if item and not other.content.startswith("-") else 0)
            for other in self._inside(number, floor)
            if _entry(other.content)
        ]
        inner = min(columns, default=row.indent)
        if row.indent <= floor or (inner > row.indent and not _plainly_said(row.content)):
            return row.indent
        here, there = columns.count(row.indent) + 1, columns.count(inner)
        return inner if there > here or (there == here and inner == floor + 2) else row.indent

    def _inside(self, number: int, floor: int) -> Iterator[_Row]:
        """The lines after this one that stand deeper than a column."""
        return takewhile(lambda other: other.indent > floor, islice(self.rows, number + 1, None))

    def _continued(self, row: _Row) -> None:
        """A line of the text above, or a blank one: it must be indented with spaces too."""
        above = -1 if self.continues_above is None else self.continues_above
        if self.above == "flow" or row.spaces > above >= 0 or not row.lead.strip(" "):
            return
        called = "制表符（Tab）" if row.lead[row.spaces] == "\t" else "全角空格"
        code = "F115" if called.startswith("制") else "F116"
        where = "空行" if not row.content else "缩进"
        mended = Edit(row.start, row.offset, " " * (above + 2) if row.content else "")
        hint = "缩进只能用半角空格；文字的首行缩进不必输入，由模板的格式决定。"
        self._slip(code, row.start + row.spaces, f"{where}里用了{called}。", hint, mended)

    def _content(self, number: int, column: int, offset: int, content: str) -> None:
        """Read an entry: its dashes, then its key or its text."""
        outer = column - 1
        while (dash := _ITEM.match(content)) or (dash := self._dash_slip(content, offset)):
            self._open(column)
            outer = column
            column += max(2, dash.end())
            offset += dash.end()
            content = content[dash.end() :]
        inner = content.lstrip(_BLANK)
        offset, content = offset + len(content) - len(inner), inner
        if not content:
            self._above(None, "")
            return
        value = self._value(number, column, offset, content)
        if value is None:
            self._above(column if column in self.blocks else outer, content)
            return
        self._open(column)
        self._above(column if value else None, value)

    def _value(self, number: int, column: int, offset: int, content: str) -> str | None:
        """What follows the key, slips mended; None where the content is no key and need not be one."""
        key = _KEY.match(content)
        if key:
            return _COMMENT.sub("", key["value"]).strip()
        if content[0] in "\"'[]{}|>&*!%@`":
            return None
        if column not in self.blocks and not self._keys_follow(number, column):
            return None
        for pattern, report in ((_FULL_COLON, self._full_colon), (_NO_SPACE, self._no_space)):
            match = pattern.match(content)
            if match:
                report(match, offset)
                return match["value"]
        return self._no_colon(number, column, offset, content)

    def _keys_follow(self, number: int, column: int) -> bool:
        """Whether the block that begins here turns out to hold keys."""
        if column == 0:
            return True
        below = list(self._inside(number, column - 1))
        if below and below[0].indent > column and _entry(below[0].content):
            return self.rows[number].content.endswith("：")
        return any(row.indent == column and _KEY.match(row.content) for row in below)

    def _indent(self, row: _Row, column: int) -> None:
        mended = Edit(row.start, row.offset, " " * column)
        for code, character, called in _ODD_BLANKS:
            at = row.lead.find(character)
            if at >= 0:
                hint = "缩进只能用半角空格，每级两个。"
                length = len(row.lead) - at
                self._slip(code, row.start + at, f"缩进里用了{called}。", hint, mended, length=length)
                return
        if column != row.indent:
            message = f"这一行缩进了 {row.indent} 格，与前面各级都对不上，看来应当缩进 {column} 格。"
            hint = "同一级的键（或“-”）要左对齐；如果是上一行文字的继续，请把整个值用半角引号括起来。"
            self._slip("F117", row.offset, message, hint, mended)

    def _dash_slip(self, content: str, offset: int) -> re.Match[str] | None:
        match = _NO_GAP.match(content)
        if match is None:
            return None
        message = f"列表项以“{match[0].strip(_BLANK)}”开头，应当是半角横线“-”加一个空格。"
        mended = Edit(offset, offset + match.end(), "- ")
        self._slip("F114", offset, message, "请写成“- 内容”。", mended, length=match.end())
        return match

    def _full_colon(self, match: re.Match[str], offset: int) -> None:
        name, value = match["name"].strip(_BLANK), match["value"]
        meant = f"{name}: {value}".rstrip()
        start, end = offset + match.start("slip"), offset + match.end("slip")
        at = start + match["slip"].index("：")
        message = f"“{name}”后面是全角冒号“：”，应当是半角冒号加一个空格。"
        self._slip("F111", at, message, f"请写成“{meant[:40]}”。", Edit(start, end, ": " if value else ":"))

    def _no_space(self, match: re.Match[str], offset: int) -> None:
        name, value = match["name"], match["value"]
        start, end = offset + match.start("slip"), offset + match.end("slip")
        if len(match["slip"]) > 1:
            message, code = f"“{name}:”后面是全角空格，应当是半角空格。", "F116"
        else:
            message, code = f"“{name}:”后面缺少一个空格。", "F112"
        self._slip(code, start, message, f"请写成“{name}: {value[:30]}”。", Edit(start, end, ": "))

    def _no_colon(self, number: int, column: int, offset: int, content: str) -> str | None:
        following = self.rows[number + 1] if number + 1 < len(self.rows) else None
        name = _COMMENT.sub("", content).rstrip(_BLANK)
        if following is not None and (following.indent > column or following.content.startswith("- ")):
            message, mended = f"“{name[:20]}”后面缺少冒号。", Edit(offset + len(name), offset + len(name), ":")
            self._slip("F113", offset, message, f"请写成“{name[:20]}:”。", mended, length=len(name))
            return ""
        message = f"这一行没有冒号，不是“键: 值”：{content[:20]}"
        hint = "如果是上一行文字的继续，请比上一行的键多缩进两格；如果是键，请补上半角冒号和空格。"
        self._slip("F113", offset, message, hint, Edit(offset, offset, "# "), length=len(content))
        return None

    def _slip(self, code: str, offset: int, message: str, hint: str, edit: Edit, *, length: int = 1) -> None:
        self.slips.append(Slip(self.source.finding(code, offset, message, hint=hint, length=length), edit))

    def _open(self, column: int) -> None:
        self.blocks = [block for block in self.blocks if block < column] + [column]

    def _above(self, column: int | None, value: str) -> None:
        self.continues_above = column
        self.opened = column is None
        self.above = "nothing" if column is None else _style(value)


def _style(value: str) -> Literal["plain", "block", "flow"]:
    """How a value goes on over lines: quoted and bracketed ones alike."""
    if value.startswith(("|", ">")):
        return "block"
    return "flow" if value.startswith(('"', "'", "[", "{")) else "plain"


def _keyed(content: str) -> bool:
    inner = content.lstrip("-" + _BLANK)
    return bool(_KEY.match(inner) or _FULL_COLON.match(inner) or _NO_SPACE.match(inner))


def _plainly_said(content: str) -> bool:
    """Whether a key has its value in its own line, so that nothing can stand below it."""
    key = _KEY.match(content.lstrip("-" + _BLANK))
    value = _COMMENT.sub("", key["value"]).strip() if key else ""
    return bool(value) and _style(value) == "plain"


def _entry(content: str) -> bool:
    return bool(_KEY.match(content) or _ITEM.match(content) or _FULL_COLON.match(content))
