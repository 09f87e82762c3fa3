"""A table of contracts: one CSV row each, over a base YAML that holds what they have in common.

The heads of the columns are fields (paths or Chinese labels), one column names the set. Every value keeps its place
in the table, so that a fault is shown in the cell it was typed into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from docgen.contract.nearest import nearest
from docgen.contract.parts import PartRefused, Parts, reference
from docgen.contract.scalars import Scalar
from docgen.contract.shape import (
    GroupShape,
    ListShape,
    Shape,
    english_path,
    every_field,
    labelled_path,
    shape_at,
    steps,
)
from docgen.contract.source import Node
from docgen.contract.source_text import SourceText, read_text
from docgen.errors import InputError
from docgen.findings import Place

SUFFIXES: Final = (".csv", ".tsv")
NAMES: Final = ("套名", "set", "文件夹")
"""The heads of the column that names the set."""

_MOST_ENTRIES: Final = 1000
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')
_BREAK: Final = re.compile(r"\r\n|\r|\n")
_INDEX: Final = re.compile(r"\[[0-9]+\]")
# No other character may stand at the beginning of a folder's name, or in it, on every system.
_UNFIT: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]|^[.\s-]|[.\s]$')


class Cell(NamedTuple):
    """One cell: its text, and the characters of the decoded file that it was typed in."""

    text: str
    start: int
    end: int


class Value(NamedTuple):
    """What a row says of one field: the path in English, and the cell; an empty cell leaves the field out."""

    path: str
    cell: Cell


class Row(NamedTuple):
    """One contract of a table: the name of its set, its values, and where it stands.

    `file` is the table as the user named it, `line` the row's first line, `start` its first character, `typed` the
    row as it was typed. `fault` is why the row cannot be used.
    """

    name: str
    values: tuple[Value, ...]
    base: Path
    shown: str
    file: str
    line: int
    start: int
    typed: str
    fault: str | None = None

    @property
    def source(self) -> SourceText:
        """The text of the table as far as this row goes; places in it are those of the whole table."""
        inner = [self.start + match.end() for match in _BREAK.finditer(self.typed)]
        starts = (*([0] * (self.line - 1)), self.start, *inner)
        return SourceText(self.file, "\n" * self.start + self.typed, starts)

    @property
    def place(self) -> Place:
        """Where the row begins."""
        return Place(self.file, line=self.line, column=1, offset=self.start)


class Base(NamedTuple):
    """What the rows are laid over: the file, its name as the user gave it, and the shape of the data of its kit."""

    path: Path
    shown: str
    shape: GroupShape


def read_rows(table: Path, shown: str, base: Base) -> list[Row]:
    """The rows of a table; an InputError tells everything that is wrong with its heads."""
    source, _ = read_text(table, shown)
    records = list(_records(source))
    if not records:
        raise InputError(f"{shown}：表里没有内容。", hint="第一行写各列的名称，以下每行一份合同。")
    head, *rows = records
    paths = _paths(head, base.shape, shown)
    return [_row(record, paths, source, base) for record in rows if any(cell.text.strip() for cell in record)]


def _records(source: SourceText) -> Iterator[list[Cell]]:
    """The rows of a CSV text, cell by cell; quotes protect separators and line breaks, and are doubled in a cell."""
    text, at = source.text, 0
    first = text.splitlines()[0] if text else ""
    separator = max(",\t;", key=first.count)
    plain = re.compile(f"[^{separator}\r\n]*")
    while at < len(text):
        record: list[Cell] = []
        while True:
            cell, at = _cell(source, plain, at)
            record.append(cell)
            if at >= len(text) or text[at] != separator:
                break
            at += 1
        if at < len(text):
            end = _BREAK.match(text, at)
            if end is None:
                line, column = source.position(at)
                raise InputError(f"{source.file}:{line}:{column}：引号后面多出了文字。", hint=_QUOTES)
            at = end.end()
        yield record


_QUOTES: Final = "格子里有逗号、引号或换行时，整格用半角双引号括起，格内的双引号写两个。"


def _cell(source: SourceText, plain: re.Pattern[str], at: int) -> tuple[Cell, int]:
    """The cell that begins there, and where it ends."""
    if not source.text.startswith('"', at):
        match = plain.match(source.text, at)
        assert match is not None
        return Cell(match[0], at, match.end()), match.end()
    match = _QUOTED.match(source.text, at)
    if match is None:
        line, column = source.position(at)
        raise InputError(f"{source.file}:{line}:{column}：这个引号没有结束。", hint=_QUOTES)
    return Cell(match[1].replace('""', '"'), at + 1, match.end() - 1), match.end()


def _paths(head: Sequence[Cell], shape: GroupShape, shown: str) -> list[str]:
    """The field of each column, empty for the one that names the set; an InputError tells all that are none."""
    while head and not head[-1].text.strip():
        head = head[:-1]
    labels = _labels(shape)
    found = [_path(cell.text.strip(), shape, labels) for cell in head]
    faults = [f"第 {n} 列：{fault}" for n, (_, fault) in enumerate(found, 1) if fault]
    paths = [path for path, _ in found]
    if "" not in paths and not faults:
        faults.append(f"缺少写套名的一列（列名写 {NAMES[0]}）；每套文件写到以它命名的文件夹")
    twice = {path for path in paths if path and paths.count(path) > 1} | ({NAMES[0]} if paths.count("") > 1 else set())
    faults += [f"“{path}”有不止一列" for path in sorted(twice)] if not any(fault for _, fault in found) else []
    if faults:
        listed = "\n".join(f"  {fault}。" for fault in faults)
        raise InputError(f"{shown}：表头有 {len(faults)} 处错误，没有生成：\n{listed}", hint=_HEADS)
    return paths


_HEADS: Final = "列名写字段的路径，如 price.total、价款.合同总价、price.sections[2].rows[1].unit_price；编号从 1 数起。"


def _labels(shape: GroupShape) -> Mapping[str, list[str]]:
    """The paths of single values outside of lists by their own label: 合同总价 for price.total."""
    found: dict[str, list[str]] = {}
    for path, item in every_field(shape):
        if isinstance(item.shape, Scalar) and "[]" not in path:
            found.setdefault(item.label, []).append(path)
    return found


def _path(head: str, shape: GroupShape, labels: Mapping[str, list[str]]) -> tuple[str, str | None]:
    """The path that a head stands for, empty for that of the set's name, and why it stands for none."""
    if head in NAMES:
        return "", None
    meant = labels.get(head, ())
    if "." in head or shape_at(shape, head) is not None or not meant:
        return english_path(shape, head), _misused(head, shape, labels)
    more = f"“{head}”有几处：{'、'.join(meant)}，请写完整的路径" if len(meant) > 1 else None
    return meant[0], more


def _misused(head: str, shape: GroupShape, labels: Mapping[str, list[str]]) -> str | None:
    """Why a head is the path of no single value."""
    field = shape_at(shape, head)
    if not head:
        return "没有列名"
    if field is None:
        return _unknown(head, shape, labels)
    if not isinstance(field, Scalar):
        return f"“{head}”不是一项，而是一组；请写到具体的一项"
    if "[]" in head:
        return f"“{head}”的 [] 里要写第几项，如 [1]"
    if any(not 1 <= int(index[1:-1]) <= _MOST_ENTRIES for index in _INDEX.findall(head)):
        return f"“{head}”的编号应为 1 至 {_MOST_ENTRIES}"
    return "合同类型（kit）只能写在 --base 的文件里" if english_path(shape, head) == "kit" else None


def _unknown(head: str, shape: GroupShape, labels: Mapping[str, list[str]]) -> str:
    plain = _INDEX.sub("[]", head)
    known = {path: path for path, _ in every_field(shape)} | {label: label for label in (*labels, *NAMES)}
    known |= {labelled_path(shape, path): path for path in list(known) if "." in path}
    near = nearest(plain, known)
    return f"没有“{head}”这个字段" + (f"，是不是想写“{known[near]}”" if near else "")


def _row(record: Sequence[Cell], paths: Sequence[str], source: SourceText, base: Base) -> Row:
    start = record[0].start - source.text.startswith('"', record[0].start - 1) if record[0].start else 0
    line, _ = source.position(start)
    typed = source.text[start : record[-1].end + 1].rstrip("\r\n")
    named = [cell for path, cell in zip(paths, record, strict=False) if not path]
    name = named[0].text.strip() if named else ""
    values = tuple(Value(path, cell) for path, cell in zip(paths, record, strict=False) if path)
    fault = _misfit(record, paths) or unfit(name)
    return Row(name, values, base.path, base.shown, source.file, line, start, typed, fault)


def _misfit(record: Sequence[Cell], paths: Sequence[str]) -> str | None:
    extra = any(cell.text.strip() for cell in record[len(paths) :])
    if extra or len(record) < len(paths):
        return f"这一行有 {len(record)} 格，表头有 {len(paths)} 格；可能少了或多了逗号"
    return None


def unfit(name: str) -> str | None:
    """Why no set can be called so; None where it can."""
    if not name:
        return f"没有写{NAMES[0]}，不知道写到哪个文件夹"
    if _UNFIT.search(name) or len(name.encode()) > 200:
        return f"“{name}”不能作文件夹的名称"
    return None


Branch = dict[str | int, "Branch | Value"]


def laid_over(tree: Node, row: Row, shape: GroupShape, parts: Parts) -> Node:
    """The tree of the base with the values of a row in their fields."""
    parts.texts[row.file] = row.source
    branch: Branch = {}
    for value in row.values:
        path: list[str | int] = []
        for key, indices in steps(value.path):
            path += (key, *map(int, indices))
        *outside, last = path
        here = branch
        for step in outside:
            inner = here.setdefault(step, {})
            assert isinstance(inner, dict)
            here = inner
        here[last] = value
    laid = _laid(tree, shape, branch, _Over(parts.texts[row.file], parts))
    assert laid is not None
    return laid._replace(place=row.place)


class _Over(NamedTuple):
    source: SourceText
    parts: Parts

    def node(self, cell: Cell) -> Node:
        """The value of a cell as if it stood in the data."""
        return Node("scalar", cell.text.strip(), self.source.place(cell.start), cell.start, cell.end, quoted=True)

    def key(self, name: str, value: Node) -> Node:
        """A key that stands in no file; it points at its value."""
        return Node("scalar", name, value.place, value.start, value.end)


def _laid(node: Node | None, shape: Shape, branch: Branch | Value, over: _Over) -> Node | None:
    """What stands there with the row's values; None where nothing is left of it."""
    if isinstance(branch, Value):
        return over.node(branch.cell) if branch.cell.text.strip() else None
    if node is not None and node.kind == "scalar" and (name := reference(node.text)) is not None:
        try:
            node = over.parts.part(name, ())
        except PartRefused:
            return node  # which is told when the value is fitted
    if isinstance(shape, GroupShape):
        return _group(node, shape, branch, over)
    return _list(node, shape, branch, over) if isinstance(shape, ListShape) else node


def _group(node: Node | None, shape: GroupShape, branch: Branch, over: _Over) -> Node | None:
    pairs = list(node.pairs) if node is not None else []
    for key, inner in branch.items():
        at = next((n for n, (known, _) in enumerate(pairs) if shape.keys.get(known.text.strip()) == key), None)
        old = pairs[at][1] if at is not None else None
        new = _laid(old, shape.fields[str(key)].shape, inner, over)
        if at is not None:
            pairs[at : at + 1] = [(pairs[at][0], new)] if new is not None else []
        elif new is not None:
            pairs.append((over.key(str(key), new), new))
    if not pairs:
        return None
    place, start, end = _span(node, pairs[0][1])
    return Node("mapping", tuple(pairs), place, start, end)


def _list(node: Node | None, shape: ListShape, branch: Branch, over: _Over) -> Node | None:
    items: list[Node | None] = list(node.items) if node is not None else []
    for number, inner in sorted(branch.items(), key=lambda entry: int(entry[0])):
        index = int(number) - 1
        old = items[index] if index < len(items) else None
        items += [None] * (index + 1 - len(items))
        items[index] = _laid(old, shape.item, inner, over)
    kept = [item for item in items if item is not None]
    if not kept:
        return None
    place, start, end = _span(node, kept[0])
    return Node("sequence", tuple(kept), place, start, end)


def _span(node: Node | None, inner: Node) -> tuple[Place, int, int]:
    found = node if node is not None and node.kind != "scalar" else inner
    return found.place, found.start, found.end
