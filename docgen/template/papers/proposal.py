"""The kit that papers come down to: its templates, its kit.yaml, and everything that a person should look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from docgen.contract.shape import GroupShape
from docgen.template.papers.annexes import Sheet, linked
from docgen.template.papers.fields import matcher
from docgen.template.papers.groups import grouped
from docgen.template.papers.inline import strung
from docgen.template.papers.lines import Line, slots_of
from docgen.template.papers.lists import listed, lists_below, looped
from docgen.template.papers.numbers import numbered, referred
from docgen.template.papers.remarks import Remark
from docgen.template.papers.repeated import repeated
from docgen.template.values import Rows

_HEADS: Final = re.compile(r" 表头=(\d+)")


@dataclass(frozen=True, slots=True)
class Known:
    """The data that a paper was filled with: the values as templates see them, and the shape they have."""

    top: dict[str, Any]
    shape: GroupShape


def with_numbers(sheets: Sequence[Sheet], remarks: list[Remark]) -> list[Sheet]:
    """The documents with their clauses counted."""
    return [replace(sheet, lines=tuple(numbered(sheet.lines, remarks))) for sheet in sheets]


def with_values(sheets: Sequence[Sheet], known: Known, remarks: list[Remark]) -> list[Sheet]:
    """The documents with the values of the data as tags and its lists as loops."""
    lists = [listed(rows, known.shape) for rows in _lists(known.top)]
    made = [replace(sheet, lines=_looped(grouped(sheet.lines, lists, remarks), lists)) for sheet in sheets]
    made = [replace(sheet, lines=tuple(referred(sheet.lines))) for sheet in repeated(linked(made), lists)]
    find = matcher(known.top, known.shape, remarks, lambda path: not path.startswith("annexes"))
    return [replace(sheet, lines=tuple(_headless(find.tagged(sheet.lines)))) for sheet in made]


def _headless(lines: Sequence[Line]) -> list[Line]:
    """The lines without table heads that print data: such a table is a form, which begins with its first line."""
    made = list(lines)
    for at, line in enumerate(lines[:-1]):
        heads = _HEADS.search(line.head) if line.head.startswith("@表 ") else None
        rows = lines[at + 1 : at + 1 + int(heads[1])] if heads else ()
        if any(slot.tags[0].field for row in rows for slot, _ in slots_of(row.pieces)):
            made[at] = replace(line, head=_HEADS.sub("", line.head))
    return made


def _lists(top: dict[str, Any]) -> list[Rows]:
    return [rows for name, value in top.items() if not name.startswith("_") and name != "annexes"
            for rows in lists_below(value)]  # fmt: skip


def _looped(lines: Sequence[Line], lists: Sequence[Any]) -> tuple[Line, ...]:
    made = list(lines)
    for found in lists:
        made = strung(looped(made, found), found)
    return tuple(made)
