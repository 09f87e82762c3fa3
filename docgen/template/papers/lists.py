"""Entries of a list in the data that follow one another in a paper, as one loop."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Any, Final

from jinja2 import Undefined

from docgen.contract.scalars import Scalar
from docgen.contract.shape import GroupShape, shape_at
from docgen.template.author.inline import CELL, print_runs, split_outside_tags
from docgen.template.author.model import Run
from docgen.template.papers.align import LAST, Condition, Conditions, chunks, columns, joined, merged
from docgen.template.papers.forms import Found, Index, forms_of, values_below
from docgen.template.papers.lines import EACH, Control, If, Line, Piece, Slot, Tag, printed, replaced, slots_of
from docgen.template.values import Record, Rows, Text, path_of

_FARTHEST: Final = 80
"""How many lines one entry may take."""
ROLES: Final = re.compile("[甲乙丙丁买卖供需]方|采购人|供应商|委托[人方]|受托[人方]")
_ALIKE: Final = 0.5
_MOST_VARYING: Final = 24
_TITLES: Final = ("[标题", "[附件号", "[封面", "@")
COMMON: Final = "{% vm %}"
"""Begins a cell that all rows of a loop have in common."""
_NUMBERED: Final = re.compile(rf"｜((?:{re.escape(COMMON)}[^｜]*｜)*)(\d{{1,4}})｜")
_MERGED: Final = re.compile(r"｜\^|\[v\d+\]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its path, the forms of its values, and what of it a paper shows first."""

    path: str
    index: Index
    key: str
    present: frozenset[str]

    def has(self, text: str) -> bool:
        """Whether the text begins what is said of the entry."""
        return self.key in text if self.key else any(found.firm for found in self.found(text))

    def found(self, text: str) -> list[Found]:
        """The values of the entry in a text."""
        return self.index.find(text)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the data with its entries."""

    path: str
    entries: tuple[Entry, ...]
    conditions: Conditions
    only: str = ""

    @property
    def inside(self) -> str:
        """The path of the entry that a loop is at."""
        return f"{self.path}{EACH}"


def lists_below(value: Any) -> Iterator[Rows]:
    """Every list in the data that has entries, the innermost first."""
    if isinstance(value, Rows):
        for item in value:
            yield from lists_below(item)
        if value and path_of(value):
            yield value
    elif isinstance(value, Record):
        for name, inner in vars(value).items():
            if not name.startswith("_"):
                yield from lists_below(inner)


def listed(rows: Rows, shape: GroupShape) -> Listed:
    """The list as papers are searched for it."""
    path = str(path_of(rows))
    item = shape_at(shape, f"{path}[]")
    fields = item.fields.items() if isinstance(item, GroupShape) else ()
    choices = {name for name, each in fields if isinstance(each.shape, Scalar) and each.shape.options}
    entries = tuple(_entry(item, f"{path}[{number}]", path) for number, item in enumerate(rows, 1))
    return Listed(path, entries, Conditions(tuple(_conditions(entries, rows, path, choices)), f"{path}{EACH}"))


def _entry(item: Any, path: str, outside: str) -> Entry:
    values = list(values_below(item))
    inside = f"{outside}{EACH}"
    forms = [form for own, value in values for form in forms_of(value, inside + own[len(path) :])]
    texts = [str(value) for _, value in values if isinstance(value, Text)]
    key = next((text for text in texts if len(text) > 1 and not ROLES.fullmatch(text)), "")
    present = frozenset(inside + own[len(path) :] for own, _ in values)
    shown = print_runs((Run(key),)) if key else ""
    return Entry(path, Index(forms), shown, present | _lists(item, inside))


def _lists(item: Any, inside: str) -> frozenset[str]:
    if not isinstance(item, Record):
        return frozenset()
    return frozenset(f"{inside}.{name}" for name, inner in vars(item).items() if isinstance(inner, Rows) and inner)


def _conditions(entries: Sequence[Entry], rows: Rows, path: str, choices: Collection[str]) -> Iterator[Condition]:
    for field in dict.fromkeys(field for entry in entries for field in sorted(entry.present)):
        there = frozenset(number for number, entry in enumerate(entries) if field in entry.present)
        if len(there) < len(entries):
            yield Condition(field, there)
    records = [vars(row) if isinstance(row, Record) else {} for row in rows]
    for name in dict.fromkeys(name for record in records for name in record):
        values = [None if isinstance(value, Undefined) else value for value in (each.get(name) for each in records)]
        flags = [True] if any(value is True for value in values) else []
        for value in flags or (dict.fromkeys(map(str, filter(None, values))) if name in choices else ()):
            there = frozenset(n for n, each in enumerate(values) if each is True or str(each) == value)
            if there and len(there) < len(entries):
                yield Condition(f"{path}{EACH}.{name}" + ("" if value is True else f' == "{value}"'), there)
    if len(entries) > 1:
        yield Condition(LAST, frozenset({len(entries) - 1}))
        yield Condition("=loop.first", frozenset({0}))


def looped(lines: Sequence[Line], found: Listed) -> list[Line]:
    """The lines with every place where the whole list stands turned into a loop."""
    whole = "\n".join(line.text for line in lines)
    if not any(entry.has(whole) for entry in found.entries):
        return list(lines)
    result: list[Line] = []
    at = 0
    ways = [found, *_filtered(found)]
    while at < len(lines):
        loop = next((loop for way in ways if (loop := _loop_at(lines, at, way)) is not None), None)
        if loop is None:
            result.append(lines[at])
            at += 1
        else:
            made, at = loop
            result += made
    return result


def _filtered(found: Listed) -> Iterator[Listed]:
    """The list without the entries that lack a field, for places that only tell of those that have it."""
    for known in found.conditions.known:
        if known.written.startswith(found.inside) and "==" not in known.written and len(known.true) > 1:
            yield replace(found, entries=tuple(found.entries[n] for n in sorted(known.true)), only=known.written,
                          conditions=_narrowed(found.conditions, sorted(known.true)))  # fmt: skip


def _narrowed(conditions: Conditions, numbers: Sequence[int]) -> Conditions:
    """The conditions, told of some of the entries only."""
    return Conditions(tuple(
        Condition(known.written, frozenset(n for n, number in enumerate(numbers) if number in known.true))
        for known in conditions.known
    ), conditions.inside)  # fmt: skip


def _loop_at(lines: Sequence[Line], at: int, found: Listed) -> tuple[list[Line], int] | None:
    """The loop that begins at a line, and where the paper goes on behind it."""
    if lines[at].control is not None or lines[at].head.startswith(_TITLES) or not found.entries[0].has(lines[at].text):
        return None
    if lines[at].is_row:
        return _row_loop(lines, at, found)
    starts = _starts(lines, at, found)
    if starts is None:
        return None
    for length in _lengths(starts):
        ends = [*starts[1:], starts[-1] + length]
        groups = [lines[start:end] for start, end in zip(starts, ends, strict=True)]
        body = body_of(groups, found) if all(map(_whole, groups)) and ends[-1] <= len(lines) else None
        if body is not None:
            return wrapped(found, body), ends[-1]
    return None


def _row_loop(lines: Sequence[Line], at: int, found: Listed) -> tuple[list[Line], int] | None:
    rows = lines[at : at + len(found.entries)]
    whole = len(rows) == len(found.entries) and all(
        row.is_row and row.control is None and not _MERGED.search(row.text) for row in rows
    )
    if not whole or not all(entry.has(row.text) for entry, row in zip(found.entries, rows, strict=True)):
        return None
    body = body_of([[row] for row in rows], found)
    return None if body is None else (wrapped(found, body), at + len(rows))


def wrapped(found: Listed, body: Sequence[Line]) -> list[Line]:
    """The lines inside their loop, and inside a condition where entries without some field are passed over."""
    inner = _within("if", found.only, body) if found.only else body
    return _within("for", found.path, inner)


def _within(word: str, path: str, body: Sequence[Line]) -> list[Line]:
    first = body[0]
    head = "" if first.is_row else "{%p"
    return [Line(head, (), first.place, Control(word, path)), *body, Line(head, (), first.place, Control(f"end{word}"))]


def _starts(lines: Sequence[Line], at: int, found: Listed) -> list[int] | None:
    """Where the words about each entry begin."""
    starts = [at]
    for entry in found.entries[1:]:
        ahead = range(starts[-1] + 1, min(starts[-1] + _FARTHEST, len(lines)))
        start = next((n for n in ahead if not lines[n].is_row and entry.has(lines[n].text)), None)
        if start is None:
            return None
        starts.append(start)
    return starts


def _lengths(starts: list[int]) -> list[int]:
    """How many lines the last entry may take, the likeliest first."""
    taken = [after - before for before, after in pairwise(starts)] or [1]
    return sorted(set(taken), key=lambda length: (-taken.count(length), length))


def _whole(group: Sequence[Line]) -> bool:
    """Whether tables and loops that begin in a group end in it, and no page begins."""
    depth = 0
    for line in group:
        begins = line.head.startswith("@表 ") or (line.control is not None and line.control.word in ("for", "if"))
        ends = line.head == "@表终" or (line.control is not None and line.control.word.startswith("end"))
        depth += begins - ends
        if depth < 0 or line.head.startswith(("@页", "[附件号")):
            return False
    return depth == 0


def body_of(groups: Sequence[Sequence[Line]], found: Listed) -> list[Line] | None:
    """The lines that all entries have in common, with conditions around and in them."""
    first = _serial(groups[0][0])
    marked = [[_marked(line, entry, first + number, first, found) for line in group]
              for number, (entry, group) in enumerate(zip(found.entries, groups, strict=True))]  # fmt: skip
    table = columns(marked, _line_weight)
    body: list[Line] = []
    depth = 0
    for there, part in groupby(table, lambda column: frozenset(n for n, line in enumerate(column) if line is not None)):
        made: list[Line] = []
        for column in part:
            line = _one([line for line in column if line is not None], sorted(there), found, inner=depth > 0)
            if line is None:
                return None
            depth += 0 if line.control is None else 1 if line.control.word in ("for", "if") else -1
            made.append(line)
        if len(there) < len(marked):
            written = _condition(there, found)
            if written is None or not _whole(made) or any(line.head.startswith("@") for line in made):
                return None
            made = _within("if", written, made)
        body += made
    return body if _says_something(body, found, alone=len(groups) == 1) else None


def _says_something(body: Sequence[Line], found: Listed, *, alone: bool) -> bool:
    """Whether the lines of a loop tell of its entries, and mostly the same of each.

    A loop over a single entry is one only where little else than the entry stands in it.
    """
    pieces = [piece for line in body for piece in line.pieces]
    own = [slot for slot, _ in slots_of(pieces) if slot.tags[0].path.startswith(found.inside)]
    slots = len(own)
    fixed = sum(len(piece) for piece in pieces if isinstance(piece, str))
    varying = sum(len(text) for piece in pieces if isinstance(piece, If)
                  for text in (*piece.there, *piece.otherwise) if isinstance(text, str))  # fmt: skip
    return slots > 0 and varying <= _MOST_VARYING + (fixed + 12 * slots) / 2 and (not alone or slots > 1 or fixed <= 1)


def _condition(there: frozenset[int], found: Listed) -> str | None:
    fields = [known.written for known in found.conditions.known if known.true == there]
    return next((written for written in fields if not written.startswith("=")), None)


def _line_weight(above: list[Line], line: Line) -> int:
    first = above[0]
    if (first.head, first.sample, first.is_row) != (line.head, line.sample, line.is_row):
        return 0
    if first.control is not None or line.control is not None:
        return 4 if first.control == line.control else 0
    mine, other = (set(_words(each)) for each in (line, first))
    shared = len(mine & other) / (max(len(mine), len(other)) or 1)
    return 1 + round(shared * 10) if shared >= _ALIKE or not mine or not other else 1


def _words(line: Line) -> Iterator[str]:
    for piece in line.pieces:
        if isinstance(piece, Slot):
            yield from (tag.path for tag in piece.tags)
        elif isinstance(piece, str):
            yield piece


def _one(lines: list[Line], numbers: list[int], found: Listed, *, inner: bool) -> Line | None:
    """The one line that several are; in an inner loop what the outer one is at cannot be asked."""
    first = lines[0]
    if first.control is not None or not any(line.pieces for line in lines):
        return first
    narrowed = _narrowed(found.conditions, numbers)
    if inner:
        known = tuple(each for each in narrowed.known if not each.written.startswith("="))
        narrowed = replace(narrowed, known=known)
    if not first.is_row:
        pieces = merged([line.pieces for line in lines], narrowed)
        return None if pieces is None else replace(first, pieces=pieces)
    cells = [_cells(line) for line in lines]
    if len({len(row) for row in cells}) > 1:
        return None
    # What stands behind the last sign is how the row looks.
    made = [merged(column, narrowed) for column in [*zip(*cells, strict=True)][:-1]] + [cells[0][-1]]
    if any(cell is None for cell in made):
        return None
    return replace(
        first, pieces=joined(piece for n, cell in enumerate(made) for piece in ((CELL,) * (n > 0) + (cell or ())))
    )


def _cells(line: Line) -> list[tuple[Piece, ...]]:
    """The pieces of a row cell by cell."""
    cells: list[list[Piece]] = [[]]
    for piece in line.pieces:
        if not isinstance(piece, str):
            cells[-1].append(piece)
            continue
        for number, part in enumerate(split_outside_tags(piece, CELL)):
            if number:
                cells.append([])
            cells[-1] += chunks(part)
    return [tuple(cell) for cell in cells]


def _marked(line: Line, entry: Entry, number: int, first: int, found: Listed) -> Line:
    """The line with the values of the entry as slots, in the words of the loop; its rows are numbered from `first`."""
    if line.control is not None:
        path = replaced(Slot("", (Tag(line.control.path),)), entry.path, found.inside)
        return replace(line, control=Control(line.control.word, path.tags[0].path if isinstance(path, Slot) else ""))
    pieces: list[Piece] = []
    for piece in line.pieces:
        if isinstance(piece, str):
            pieces += marked_text(piece, entry.found(piece))
        else:
            pieces.append(replaced(piece, entry.path, found.inside))
    if line.is_row:
        pieces = _numbered(pieces, number, counted=first == 1)
    return replace(line, pieces=tuple(part for piece in pieces for part in _split(piece)))


def _split(piece: Piece) -> Iterator[Piece]:
    if isinstance(piece, str):
        yield from chunks(piece)
    else:
        yield piece


def marked_text(text: str, found: Sequence[Found]) -> Iterator[Piece]:
    """The text with slots where values stand."""
    at = 0
    for each in found:
        if each.start > at:
            yield text[at : each.start]
        yield Slot(text[each.start : each.end], each.tags)
        at = each.end
    if at < len(text):
        yield text[at:]


def _serial(line: Line) -> int:
    """The number that a row bears in its first cell, or behind the cells that it has in common with others; else 1."""
    match = _NUMBERED.match(line.text)
    return int(match[2]) if match else 1


def _numbered(pieces: list[Piece], number: int, *, counted: bool) -> list[Piece]:
    """The pieces of a row with its number as a slot: that in the loop, or one that goes on through several loops."""
    text = "".join(
        piece if isinstance(piece, str) else piece.text if isinstance(piece, Slot) else "?" for piece in pieces
    )
    match = _NUMBERED.match(text)
    if match is None or int(match[2]) != number:
        return pieces
    tags = (*((Tag("=loop.index"),) if counted else ()), *((Tag('=no("1")'),) if match[1] or not counted else ()))
    made: list[Piece] = []
    at = 0
    for piece in pieces:
        end = at + (len(piece) if isinstance(piece, str) else len(piece.text) if isinstance(piece, Slot) else 1)
        if not at <= match.start(2) < end:
            made.append(piece)
        elif isinstance(piece, str):
            made += [piece[: match.start(2) - at], Slot(match[2], tags), piece[match.end(2) - at :]]
        elif isinstance(piece, Slot):
            own = tuple(tag for tag in piece.tags if tag.path.endswith(".no"))
            made.append(Slot(match[2], (*own, *tags)))
        at = end
    return made


def outline_of(lines: Sequence[Line]) -> str:
    """The lines as house markup."""
    return "".join(f"{printed(line)}\n" for line in lines)
