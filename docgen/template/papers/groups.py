"""Tables whose rows stand in groups: a loop over the groups, with a loop over the rows of each in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from docgen.template.author.inline import CELL, split_outside_tags
from docgen.template.papers.lines import Line
from docgen.template.papers.lists import COMMON, Listed, body_of, looped, wrapped
from docgen.template.papers.remarks import Remark

_DOWN: Final = re.compile(r"\[v\d+\]")
_HEADS: Final = re.compile(r"表头=(\d+)")
_MOST_ABOVE: Final = 2
_SHOWN: Final = 20


class _Block(NamedTuple):
    """The lines of one group: where its first row stands, and where the loop over its rows ends."""

    start: int
    end: int


def grouped(lines: Sequence[Line], lists: Sequence[Listed], remarks: list[Remark]) -> list[Line]:
    """The lines with every table that goes through a list group by group as loops; others are left as they are."""
    made: list[Line] = []
    at = 0
    while at < len(lines):
        begins = lines[at].head.startswith("@表 ")
        end = next((n for n in range(at, len(lines)) if lines[n].head == "@表终"), -1) if begins else -1
        if end < 0:
            made.append(lines[at])
            at += 1
            continue
        made += _table(lines[at : end + 1], lists, remarks)
        at = end + 1
    return made


def _table(table: Sequence[Line], lists: Sequence[Listed], remarks: list[Remark]) -> Sequence[Line]:
    """The table with its groups as loops; the table itself where the data have no such groups."""
    shared = _unmerged(table)
    made = shared
    for found in lists:
        made = _by_group(looped(made, found), found)
    if _loops(made) > 1 and not _left_over(made):
        return made
    if shared != list(table) and any(all(entry.key in _text(table) for entry in found.entries) for found in lists):
        told = "上下合并的单元格在数据里没有分组，各行照原文保留；把数据写成两级列表（每组一项，组里逐行）就能成为循环"
        remarks.append(Remark("存疑", table[0].place, _text(table[1:2]).replace(CELL, " ").strip()[:_SHOWN], told))
    return table


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _loops(lines: Sequence[Line]) -> int:
    """How deep the loops stand in one another."""
    depth = deepest = 0
    for line in lines:
        word = "" if line.control is None else line.control.word
        depth += (word == "for") - (word == "endfor")
        deepest = max(deepest, depth)
    return deepest


def _left_over(lines: Sequence[Line]) -> bool:
    """Whether a row that shares a cell with others stands in no loop."""
    depth = 0
    for line in lines:
        word = "" if line.control is None else line.control.word
        depth += (word == "for") - (word == "endfor")
        if not depth and COMMON in line.text:
            return True
    return False


def _unmerged(table: Sequence[Line]) -> list[Line]:
    """The table with cells that are merged downward written in every row, as a loop over the rows has them."""
    heads = _HEADS.search(table[0].head)
    first = 1 + (int(heads[1]) if heads else 0)
    rows = {n: split_outside_tags(line.text, CELL) for n, line in enumerate(table) if n >= first and line.is_row}
    columns = {at for cells in rows.values() for at, cell in enumerate(cells) if _DOWN.search(cell)}
    width = max((len(cells) for cells in rows.values()), default=0)
    above: dict[int, str] = {}
    made = list(table)
    for n, cells in rows.items():
        if len(cells) != width:
            continue
        for at in columns:
            if cells[at] != "^":
                above[at] = COMMON + _DOWN.sub("", cells[at])
            cells[at] = above.get(at, cells[at])
        made[n] = replace(table[n], pieces=(CELL.join(cells),))
    return made


def _by_group(lines: Sequence[Line], found: Listed) -> list[Line]:
    """The lines with the loops over the rows of each entry inside one loop over the entries."""
    blocks = list(_blocks(lines, found))
    if len(blocks) < len(found.entries) or not blocks:
        return list(lines)
    for above in range(_MOST_ABOVE + 1):
        start = blocks[0].start - above
        if start < 0 or any(line.control is not None or not line.is_row for line in lines[start : blocks[0].start]):
            break
        starts = [block.start - above for block in blocks]
        below = {later - block.end for block, later in zip(blocks, starts[1:], strict=False)}
        if len(below) != 1 or min(below) < 0:
            continue
        ends = [block.end + min(below) for block in blocks]
        groups = [lines[a:b] for a, b in zip(starts, ends, strict=True)]
        body = body_of(groups, found) if all(line.is_row for group in groups for line in group) else None
        if body is not None:
            return [*lines[: starts[0]], *wrapped(found, body), *lines[ends[-1] :]]
    return list(lines)


def _blocks(lines: Sequence[Line], found: Listed) -> Iterator[_Block]:
    """The loops over rows of the entries, in their order."""
    at = 0
    for entry in found.entries:
        inside = f"{entry.path}."
        start = next((n for n in range(at, len(lines)) if _begins(lines[n], inside)), None)
        if start is None:
            return
        at = 1 + next(n for n in range(start, len(lines)) if _ends(lines[n]))
        yield _Block(start, at)


def _begins(line: Line, inside: str) -> bool:
    return line.control is not None and line.control.word == "for" and line.control.path.startswith(inside)


def _ends(line: Line) -> bool:
    return line.control is not None and line.control.word == "endfor"
