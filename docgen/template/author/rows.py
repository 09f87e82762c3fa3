"""The tables of the house markup: rows of cells between ｜, with spans, alignment and repeated headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from docgen.template.author.inline import CELL, PIECE, joined, parse_runs, split_outside_tags
from docgen.template.author.model import Cell, Paragraph, Row, Runs, Table
from docgen.template.author.styles import PARAGRAPH_WORDS

ALIGNMENTS = ("左", "中", "右")
SIZES = ("大", "中", "小")
NOTES = (*ALIGNMENTS, "两端", "段前分页")
BLANKS = " \t"
# A backslash before the bracket makes it text, unless it stands for a backslash itself.
ATTRIBUTE = re.compile(r"(?<!\\)(?P<before>(?:\\\\)*)\[(?P<word>>\d+|v\d+|左|中|右|上|粗|头)\]$")

_STYLED = re.compile(r"\[([^\[\]]+)\] ?")
CONTROL_ROW = re.compile(r"\{[%#]tr .*", re.DOTALL)
_OPTIONS = ("宽", "表头", "列", "边框", "字号", "行高")


@dataclass(slots=True)
class TableLines:
    """The lines of one table as they were typed: its options, then its rows with their line numbers."""

    number: int
    options: str
    rows: list[tuple[int, str]] = field(default_factory=list)

    def add(self, number: int, line: str) -> None:
        """Take in one more row."""
        if not line.startswith(CELL):
            raise ValueError(f"表格的行应以“{CELL}”开头，或以 @表终 结束表格，实际为“{line[:20]}”。")
        self.rows.append((number, line))


def parse_table(lines: TableLines) -> tuple[Table | None, list[str]]:
    """The table that the lines describe, and what is wrong with them, each with its line."""
    try:
        frame = _frame(lines.options)
    except ValueError as fault:
        return None, [f"第{lines.number}行：{fault}"]
    rows: list[Row] = []
    faults: list[str] = []
    for number, line in lines.rows:
        try:
            rows.append(_row(line, len(frame.widths)))
        except ValueError as fault:
            faults.append(f"第{number}行：{fault}")
    faults = faults or _merge_faults(rows, [number for number, _ in lines.rows])
    if not rows and not faults:
        faults = [f"第{lines.number}行：表格没有行。"]
    return replace(frame, rows=tuple(rows)), faults


def _frame(text: str) -> Table:
    pairs = [option.partition("=") for option in text.split()]
    unknown = [name for name, _, _ in pairs if name not in _OPTIONS]
    if unknown:
        raise ValueError(f"@表 没有选项“{unknown[0]}”；可用：{'、'.join(_OPTIONS)}。")
    given = {name: value for name, _, value in pairs}
    widths = _widths(given.get("宽", ""))
    borders = _one_of("边框", given.get("边框", "有"), ("有", "无")) == "有"
    return Table(
        widths=widths,
        rows=(),
        columns=_columns(given.get("列", ""), len(widths)),
        header_rows=whole("表头", given.get("表头", "0")),
        borders=borders,
        size=_one_of("字号", given.get("字号", default_size(borders=borders)), SIZES),
        height=whole("行高", given["行高"]) if "行高" in given else None,
    )


def default_size(*, borders: bool) -> str:
    """The size of text where a table does not say: layout tables carry signatures, which are larger."""
    return "中" if borders else "大"


def _widths(text: str) -> tuple[Decimal, ...]:
    try:
        widths = tuple(Decimal(width) for width in text.split(","))
    except InvalidOperation:
        raise ValueError(f"宽= 应为各列占版心宽度的百分比，如 宽=10,50,40，实际为“{text}”。") from None
    if sum(widths) != 100 or min(widths) <= 0:
        raise ValueError(f"各列宽度之和应为 100，实际为 {sum(widths)}。")
    return widths


def _columns(text: str, count: int) -> tuple[str, ...]:
    columns = tuple(text.split(",")) if text else ("左",) * count
    if len(columns) != count:
        raise ValueError(f"列= 写了 {len(columns)} 列，宽= 写了 {count} 列，应当一样多。")
    for column in columns:
        _one_of("列", column, ALIGNMENTS)
    return columns


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{name}= 应为{'、'.join(known)}之一，实际为“{value}”。")
    return value


def whole(name: str, value: str) -> int:
    """The whole number that an option gives."""
    if not value.isdigit():
        raise ValueError(f"{name}= 应为整数，实际为“{value}”。")
    return int(value)


def _row(line: str, width: int) -> Row:
    _, *pieces, options = split_outside_tags(line, CELL)
    if not pieces:
        raise ValueError(f"表格的行应以“{CELL}”结束。")
    if len(pieces) == 1 and CONTROL_ROW.match(pieces[0].strip(BLANKS)):
        return Row((Cell((Paragraph("", parse_runs(pieces[0].strip(BLANKS))),), columns=width),), control=True)
    row = _with_options(Row(tuple(map(_cell, pieces))), options)
    used = sum(cell.columns for cell in row.cells)
    if used != width and not any(tag in line for tag in ("{%tc ", "{% colspan", "{% hm")):
        raise ValueError(f"这一行占 {used} 列，表格有 {width} 列。")
    return row


def _with_options(row: Row, text: str) -> Row:
    for option in text.split():
        name, _, value = option.partition("=")
        if name == "高":
            row = replace(row, height=whole("高", value))
        elif option == "可跨页":
            row = replace(row, divisible=True)
        elif option == "同页":
            row = replace(row, keep=True)
        else:
            raise ValueError(f"行末的“{option}”不明；可用：高=毫米、可跨页、同页。若是单元格，请以“{CELL}”结束。")
    return row


def _cell(text: str) -> Cell:
    cell, bold = Cell(), False
    text = text.strip(BLANKS)
    while match := ATTRIBUTE.search(text):
        text, word = text[: match.end("before")].rstrip(BLANKS), match["word"]
        bold = bold or word == "粗"
        cell = _with_attribute(cell, word)
    if text == "^":
        return replace(cell, continued=True)
    pieces = [piece.strip(BLANKS) for piece in split_outside_tags(text, PIECE)]
    misplaced = next(filter(None, map(ATTRIBUTE.search, pieces)), None)
    if misplaced:
        word = misplaced["word"]
        raise ValueError(f"“[{word}]”应写在单元格的最后；若是文字，请写作“\\[{word}]”。")
    return replace(cell, paragraphs=tuple(cell_paragraph(piece, bold=bold) for piece in pieces))


def cell_paragraph(text: str, *, bold: bool = False) -> Paragraph:
    """The paragraph of a cell: [样式·左] before its text only where it differs from the rest of the table."""
    match = _STYLED.match(text)
    style, notes = ("", ()) if match is None else style_and_notes(match[1])
    runs = parse_runs(text if match is None else text[match.end() :])
    return Paragraph(style, bolder(runs) if bold else runs, notes)


def style_and_notes(text: str) -> tuple[str, tuple[str, ...]]:
    """The style and what is set by hand in [样式·右]; a ValueError says which word is not known."""
    word, *notes = text.split("·")
    unknown = [note for note in notes if note not in NOTES]
    if unknown:
        raise ValueError(f"样式后的“·{unknown[0]}”不能由文字重建；可用：{'、'.join(NOTES)}。")
    if word and word not in PARAGRAPH_WORDS:
        known = "、".join(sorted(PARAGRAPH_WORDS))
        raise ValueError(f"没有名为“{word}”的样式；可用：{known}、空行、分页。若是文字，请写作“\\[{word}]”。")
    return word, tuple(notes)


def _with_attribute(cell: Cell, word: str) -> Cell:
    if word[0] == ">":
        return replace(cell, columns=int(word[1:]))
    if word[0] == "v":
        return replace(cell, rows=int(word[1:]))
    if word in ALIGNMENTS:
        return replace(cell, align=word)
    return replace(cell, top=cell.top or word == "上", head=cell.head or word == "头")


def bolder(runs: Runs) -> Runs:
    """The runs, all of them bold."""
    return joined([replace(run, bold=True) for run in runs])


@dataclass(frozen=True, slots=True)
class _Merge:
    """A cell that spans rows and is not finished yet."""

    columns: int
    left: int
    began: int


def _merge_faults(rows: list[Row], numbers: list[int]) -> list[str]:
    """What is wrong with the vertical merges; rows that only hold {%tr … %} are not there for them."""
    faults: list[str] = []
    merges: dict[int, _Merge] = {}
    for row, number in zip(rows, numbers, strict=True):
        column = 0
        for cell in () if row.control else row.cells:
            above = merges.pop(column, None)
            faults += [f"第{number}行第{column + 1}列：{fault}" for fault in _merge_fault(cell, above)]
            left, began = (above.left - 1, above.began) if cell.continued and above else (cell.rows - 1, number)
            if left > 0:
                merges[column] = _Merge(cell.columns, left, began)
            column += cell.columns
    faults += [f"第{merge.began}行：跨行单元格还缺 {merge.left} 行。" for merge in merges.values()]
    return faults


def _merge_fault(cell: Cell, above: _Merge | None) -> list[str]:
    if above is None:
        return ["“^”上方没有跨行的单元格。"] if cell.continued else []
    if not cell.continued:
        return [f"第{above.began}行的跨行单元格还缺 {above.left} 行，此处应为“^”。"]
    if cell.columns != above.columns:
        return [f"上方单元格占 {above.columns} 列，此处应写作“^[>{above.columns}]”。"]
    return []
