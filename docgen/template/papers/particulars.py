"""What a paper says of itself in particulars that the model has no field for: 主持人：…, or a form's 建设单位 ｜ …."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from docgen.contract.kit_fields import SCALARS
from docgen.template.author.inline import CELL
from docgen.template.papers.facts import field_of
from docgen.template.papers.inferred import kind_of
from docgen.template.papers.keys import is_known, key_of
from docgen.template.papers.kits import NewField
from docgen.template.papers.lines import Line
from docgen.template.papers.remarks import Remark

_LABELLED: Final = re.compile(r"([\u4e00-\u9fff]{2,10})：([^：；。]{2,60})")
_LABEL: Final = re.compile(r"[\u4e00-\u9fff]{2,10}")
_MARKS: Final = re.compile(r"\[[^\]]*\]")
_SHOWN: Final = 30
_OPEN: Final = re.compile(r"[_＿]{2}|【\s*】|\+\+|[×X]{2}|盖章|公章|签字|签章")


def particulars(
    lines: Sequence[Line], facts: Mapping[str, str], remarks: list[Remark]
) -> tuple[list[NewField], dict[str, str]]:
    """Fields for particulars that are none of the model's, and their values by path."""
    added: list[NewField] = []
    values: dict[str, str] = {}
    known = set(facts.values())
    for line in lines:
        for label, value in _in_row(line.text) if line.is_row else _in_line(line):
            named = any(field_of(label, side) in facts for side in "ab") or label in (each.label for each in added)
            if named or value in known or _OPEN.search(value):
                continue
            key = key_of(label, {each.key for each in added}, f"detail_{len(added) + 1}")
            added.append(NewField(key, label, _kind(label, value)))
            remarks.append(Remark("新字段", line.place, f"{label}：{value}"[:_SHOWN], f"details.{key}（{label}）"))
            values[f"details.{key}"] = value
            known.add(value)
    return added, values


def _in_line(line: Line) -> Iterator[tuple[str, str]]:
    match = _LABELLED.fullmatch(line.text.strip()) if line.head == "[顶格]" else None
    if match is not None:
        yield match[1], match[2].strip()


def _in_row(text: str) -> Iterator[tuple[str, str]]:
    """The labels of a form with the values beside them; what may be a list of anything is told apart by its words."""
    cells = [_MARKS.sub("", cell).strip() for cell in text.split(CELL)[1:-1]]
    if len(cells) % 2 or not all(_LABEL.fullmatch(label) and is_known(label) for label in cells[::2]):
        return
    values = cells[1::2]
    if all(is_known(value) for value in values):
        return  # the head of a list
    yield from ((label, value) for label, value in zip(cells[::2], values, strict=True) if value)


def _kind(label: str, value: str) -> str:
    """What the field holds, as its value is."""
    kind = kind_of(label, [value])
    try:
        SCALARS[kind].parse(value)
    except ValueError:
        return "line"
    return kind
