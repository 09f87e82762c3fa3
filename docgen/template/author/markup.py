"""The house markup read: text, one paragraph a line, into a Manuscript; all faults at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docgen.errors import TemplateError
from docgen.template.author.inline import parse_runs
from docgen.template.author.model import Block, Manuscript, Paragraph, Section, Table
from docgen.template.author.rows import TableLines, parse_table, style_and_notes, whole

KINDS = ("纵向", "横向", "封面")
PAGE_NUMBER, PAGE_OF_PAGES, NOTHING = "页码", "第页共页", "无"

_LINE = re.compile(r"\[(?P<style>[^\]\[]+)\] ?(?P<text>.*)", re.DOTALL)
_UNBUILT = re.compile(r"〔(图|脚注|尾注|分页|文本框：.*?)〕")
_CONTROL = re.compile(r"\{[%#{]p .*")
_DIRECTIVE = re.compile(r"@(?P<name>\S+) ?(?P<rest>.*)")


@dataclass(slots=True)
class _Draft:
    """What has been read so far: closed sections, the open one, a table being read, and the faults."""

    sections: list[Section] = field(default_factory=list)
    kind: str = "纵向"
    header: str = ""
    footer: str = PAGE_NUMBER
    start: int | None = None
    margins: tuple[int, ...] | None = None
    blocks: list[Block] = field(default_factory=list)
    opened: bool = False
    table: TableLines | None = None
    faults: list[str] = field(default_factory=list)

    def close(self) -> None:
        if self.opened or self.blocks:
            blocks = tuple(self.blocks)
            self.sections.append(Section(self.kind, blocks, self.header, self.footer, self.start, self.margins))
        self.blocks = []


def parse_markup(text: str) -> Manuscript:
    """The manuscript that `text` describes; a TemplateError names every line that is not house markup."""
    draft = _Draft()
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            _read_line(draft, number, line.rstrip("\r"))
    if draft.table is not None:
        draft.faults.append(f"第{draft.table.number}行：表格没有结束，缺少 @表终。")
    draft.close()
    if draft.faults:
        raise TemplateError("\n".join(draft.faults))
    return Manuscript(tuple(draft.sections) or (Section("纵向", (), "", PAGE_NUMBER),))


def _read_line(draft: _Draft, number: int, line: str) -> None:
    if unbuilt := _UNBUILT.search(line):
        draft.faults.append(f"第{number}行：“{unbuilt[0]}”不能由文字重建，请在 Word 中加入。")
    try:
        if line.startswith("@"):
            _read_directive(draft, number, line)
        elif draft.table is not None:
            draft.table.add(number, line)
        else:
            draft.blocks.append(_paragraph(line))
    except ValueError as fault:
        draft.faults.append(f"第{number}行：{fault}")


def _paragraph(line: str) -> Paragraph:
    if _CONTROL.match(line):
        return Paragraph("标记", parse_runs(line))
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"行首应为 [样式]、@指令、｜（表格内）或 {{%p，实际为“{line[:20]}”。")
    if "{%tr " in match["text"]:
        raise ValueError("{%tr … %} 只能写在表格的行里。")
    word, mark, notes = match["style"].partition("·")
    shown = {"空行": "顶格", "分页": ""}.get(word, word)
    style, hand_made = style_and_notes(shown + mark + notes)
    return Paragraph("分页" if word == "分页" else style, parse_runs(match["text"]), hand_made)


def _read_directive(draft: _Draft, number: int, line: str) -> None:
    match = _DIRECTIVE.fullmatch(line)
    name = match["name"] if match else ""
    if draft.table is not None and name not in ("表终", "注"):
        draft.faults.append(f"第{draft.table.number}行：表格没有结束，第{number}行前缺少 @表终。")
        draft.table = None
    act = _DIRECTIVES.get(name)
    if match is None or act is None:
        raise ValueError(f"没有指令“@{name}”；可用：{'、'.join('@' + known for known in _DIRECTIVES)}。")
    act(draft, number, match["rest"].strip(" \t"))


def _page(draft: _Draft, _number: int, rest: str) -> None:
    draft.close()
    before = draft.kind if draft.opened or draft.sections else None
    kind, *options = rest.split() or ["纵向"]
    if kind not in KINDS:
        raise ValueError(f"页面只有{'、'.join(KINDS)}，没有“{kind}”。")
    given = dict(option.partition("=")[::2] for option in options)
    start, margins = given.pop("起始页", None), given.pop("边距", None)
    if given:
        raise ValueError(f"@页面 没有选项“{next(iter(given))}”；可用：起始页=、边距=上,右,下,左（毫米）。")
    if kind == "封面":
        draft.header, draft.footer = "", NOTHING
    elif before == "封面":
        draft.header, draft.footer = "", PAGE_NUMBER
    draft.kind, draft.opened = kind, True
    first = "1" if before == "封面" else "续"
    draft.start = None if (start or first) == "续" else whole("起始页", start or first)
    draft.margins = _margins(margins) if margins else None


def _margins(text: str) -> tuple[int, ...]:
    values = tuple(int(value) for value in text.split(",") if value.isdigit())
    if len(values) != 4:
        raise ValueError(f"边距应为四个毫米数：上,右,下,左，实际为“{text}”。")
    return values


def _header(draft: _Draft, _number: int, rest: str) -> None:
    draft.header, draft.opened = "" if rest == NOTHING else rest, True


def _footer(draft: _Draft, _number: int, rest: str) -> None:
    draft.footer, draft.opened = rest or NOTHING, True


def _table(draft: _Draft, number: int, rest: str) -> None:
    draft.table = TableLines(number, rest)


def _table_end(draft: _Draft, _number: int, _rest: str) -> None:
    if draft.table is None:
        raise ValueError("@表终 之前没有 @表。")
    lines, draft.table = draft.table, None
    table, faults = parse_table(lines)
    draft.faults.extend(faults)
    if isinstance(table, Table):
        draft.blocks.append(table)


def _comment(_draft: _Draft, _number: int, _rest: str) -> None:
    """A remark of the author's, which the file does not hold."""


_DIRECTIVES: dict[str, Callable[[_Draft, int, str], None]] = {
    "页面": _page,
    "页眉": _header,
    "页脚": _footer,
    "表": _table,
    "表终": _table_end,
    "注": _comment,
}
