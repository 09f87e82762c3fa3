"""A proposed kit for people and for programs: its templates, what was replaced, what is left to decide."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docgen.template.papers.annexes import Sheet
from docgen.template.papers.lines import Each, If, Line, Piece, Slot, piece_text, printed
from docgen.template.papers.lists import outline_of

if TYPE_CHECKING:
    from docgen.findings import Finding
    from docgen.template.papers.remarks import Remark

_KINDS = ("歧义", "存疑", "新字段", "资料", "编号", "改写", "接行", "删去")


class Replacement(NamedTuple):
    """A stretch of a paper that became a tag, and where it stood; what is repeated has no text of its own."""

    document: str
    place: str
    text: str
    tag: str


class Shown(NamedTuple):
    """What is to be shown of a proposal: its files, what to know about them, and what came of trying it out."""

    name: str
    sheets: Sequence[Sheet]
    kit: str
    data: dict[str, str]
    remarks: Sequence[Remark]
    findings: Sequence[Finding]
    differences: Sequence[tuple[str, str, str]]
    equal: int
    refused: str
    written: Sequence[Path]
    faults: Sequence[Finding] = ()


def replacements(sheets: Sequence[Sheet]) -> list[Replacement]:
    """Everything that became a tag, in the order of the papers."""
    return [Replacement(sheet.template, line.place, *found) for sheet in sheets for line in sheet.lines
            for found in _of_line(line)]  # fmt: skip


def _of_line(line: Line) -> Iterator[tuple[str, str]]:
    if line.control is not None:
        if not line.control.word.startswith("end"):
            yield "", printed(line).strip("｜")
        return
    yield from _of_pieces(line.pieces)


def _of_pieces(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        if isinstance(piece, Slot):
            yield piece.text, piece_text(piece)
        elif isinstance(piece, (If, Each)):
            yield "", piece_text(piece)


def as_text(shown: Shown) -> str:
    """The proposal as people read it."""
    return "\n".join(_text(shown)) + "\n"


def _text(shown: Shown) -> Iterator[str]:
    for sheet in shown.sheets:
        yield f"==> {sheet.template}（{sheet.file}）<=="
        yield outline_of(sheet.lines)
    yield "==> kit.yaml <=="
    yield shown.kit
    yield from _replaced(replacements(shown.sheets))
    for kind in _KINDS:
        told = [remark for remark in shown.remarks if remark.kind == kind]
        if told:
            yield f"{kind} {len(told)} 处："
            yield from (
                f"  {remark.place}  “{remark.text}”：{remark.told}".replace("  “", "“", not remark.place)
                for remark in told
            )
            yield ""
    yield from _trial(shown)


def _replaced(found: Sequence[Replacement]) -> Iterator[str]:
    yield f"替换 {sum(bool(each.text) for each in found)} 处，循环和条件 {sum(not each.text for each in found)} 处："
    for document, part in groupby(found, lambda each: each.document):
        yield f"  {document}"
        for each in part:
            text = f"“{_short(each.text)}” → " if each.text else ""
            yield f"    {each.place}  {text}{each.tag}"
    yield ""


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:24]}…{text[-12:]}"


def _trial(shown: Shown) -> Iterator[str]:
    if shown.faults:
        yield f"数据里有 {len(shown.faults)} 处放不进字段，请先改好："
        for each in shown.faults:
            told = f"“{each.quote}”：{each.message}{each.hint or ''}"
            yield f"  [{each.rule}] {each.place.file}:{each.place.line}  {told}"
        yield ""
    if shown.findings:
        yield f"检查模板（docgen template lint）：{len(shown.findings)} 处"
        yield from (f"  [{each.rule}] {each.message}" for each in shown.findings)
        yield ""
    if shown.refused:
        yield f"试生成没有成功：{shown.refused}"
        return
    told = f"，{len(shown.differences)} 处不同：" if shown.differences else "，没有不同。"
    yield f"试生成：与原文 {shown.equal} 段逐段相同{told}"
    for document, paper, made in shown.differences:
        yield f"  {document}"
        yield f"    原文：{_short(paper) or '（没有）'}"
        yield f"    生成：{_short(made) or '（没有）'}"


def as_json(shown: Shown, *, ascii_only: bool) -> str:
    """The proposal as programs read it."""
    answer = {
        "version": 1,
        "kit": shown.name,
        "templates": [
            {"file": sheet.template, "id": sheet.id, "title": sheet.title, "annex": sheet.annex, "source": sheet.file,
             "outline": outline_of(sheet.lines)}
            for sheet in shown.sheets
        ],
        "kit_yaml": shown.kit,
        "data": shown.data,
        "replacements": [each._asdict() for each in replacements(shown.sheets)],
        "remarks": [each._asdict() for each in shown.remarks],
        "findings": [
            {"rule": each.rule, "severity": each.severity.label, "message": each.message, "path": each.place.path}
            for each in (*shown.faults, *shown.findings)
        ],
        "trial": {
            "refused": shown.refused or None,
            "equal": shown.equal,
            "differences": [dict(zip(("document", "paper", "made"), each, strict=True)) for each in shown.differences],
        },
        "written": [path.as_posix() for path in shown.written],
    }  # fmt: skip
    return json.dumps(answer, ensure_ascii=ascii_only, indent=1)
