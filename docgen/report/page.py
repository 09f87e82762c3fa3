"""Findings as one self-contained HTML page: the document's text on the left, marked, what was found on the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup, escape

from docgen.findings import Finding, Place
from docgen.reading.document import Block, Reading
from docgen.reading.tables import GridCell, tables
from docgen.report.outcome import FileReport, Outcome
from docgen.report.terminal import elsewhere, summary

_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


def page(outcomes: Sequence[Outcome], readings: Mapping[str, Reading], titles: Mapping[str, str]) -> str:
    """The page on all files of all sets; it asks nothing of the network and runs no script."""
    reports = [report for outcome in outcomes for report in outcome.files]
    numbers = {report.file: number for number, report in enumerate(reports, 1)}
    files = [_file(report, readings.get(report.file), numbers, titles) for report in reports]
    return _template().render(files=files, summary=summary(outcomes))


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters to be marked in the text: how gravely, and the anchor by which a finding leads to them."""

    place: Place
    severity: str
    anchor: str


@cache
def _template() -> Template:
    source = resources.files("docgen.report").joinpath("page.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)


def _file(
    report: FileReport, reading: Reading | None, numbers: Mapping[str, int], titles: Mapping[str, str]
) -> dict[str, Any]:
    number = numbers[report.file]
    named = [(f"f{number}-{index}", finding) for index, finding in enumerate(report.findings, 1)]
    return {
        "name": report.file,
        "unread": report.unread,
        "pieces": list(_pieces(reading, named, f"f{number}")) if reading else [],
        "findings": [_finding(identity, finding, numbers, titles) for identity, finding in named],
    }


def _finding(identity: str, finding: Finding, numbers: Mapping[str, int], titles: Mapping[str, str]) -> dict[str, Any]:
    told = finding.expected is None or finding.expected in finding.message
    return {
        "id": identity,
        "severity": finding.severity.label,
        "chinese": finding.severity.chinese,
        "rule": finding.rule,
        "title": titles.get(finding.rule, ""),
        "where": _where(finding.place, finding.place.file),
        "message": finding.message,
        "expected": None if told else finding.expected,
        "hint": finding.hint,
        "follows": finding.follows,
        "related": [
            {"where": _where(place, finding.place.file), "block": f"f{numbers.get(place.file)}b{place.block}"}
            for place in finding.beside
        ],
    }


def _where(place: Place, file: str) -> str:
    """The place as it is named beside the text of `file`: by its line in plain text, else by its label."""
    at = f"第 {place.line} 行" if place.line is not None and place.block is not None else ""
    named = f"{at} {place.label or ''}".strip() if at else elsewhere(replace(place, file=file), file)
    return named if place.file == file else f"{place.file} {named}"


def _pieces(reading: Reading, named: Sequence[tuple[str, Finding]], file: str) -> Iterator[dict[str, Any]]:
    """The document in order: paragraphs and tables, with the name of a part where one begins."""
    marks: dict[int, list[Mark]] = {}
    for identity, finding in named:
        for number, place in enumerate((finding.place, *finding.again)):
            if place.block is not None:
                mark = Mark(place, finding.severity.label, "" if number else f"m{identity}")
                marks.setdefault(place.block, []).append(mark)
    grids = {table.number: table for table in tables(reading)}
    part = "body"
    for number, group in groupby(reading.blocks, key=lambda block: block.cell.table if block.cell else 0):
        blocks = list(group)
        if number in grids:
            yield {"rows": [[_cell(cell, marks, file) for cell in row] for row in grids.pop(number).rows]}
            continue
        for block in blocks if number == 0 else ():
            shown = _part(block.part) if block.part != part else None
            yield {"part": shown, "id": f"{file}b{block.index}", "line": _line(block, marks)}
            part = block.part


def _part(name: str) -> str:
    return _PARTS.get(name.rstrip("0123456789"), name)


def _cell(cell: GridCell, marks: Mapping[int, Sequence[Mark]], file: str) -> dict[str, Any]:
    lines = [{"id": f"{file}b{block.index}", "text": _line(block, marks)} for block in cell.blocks]
    return {"columns": cell.cell.column_span, "rows": cell.cell.row_span, "lines": lines}


def _line(block: Block, marks: Mapping[int, Sequence[Mark]]) -> Markup:
    """The text of a block with the quoted characters marked; where two overlap, the later one is only anchored."""
    text, at = Markup(), 0
    if block.number:
        text += Markup('<span class="number">{}</span>').format(block.number)
    for mark in sorted(marks.get(block.index, ()), key=lambda mark: mark.place.start or 0):
        start, end = max(mark.place.start or 0, at), max(mark.place.end or 0, at)
        text += escape(block.text[at:start])
        anchor = Markup(' id="{}"').format(mark.anchor) if mark.anchor else ""
        text += Markup('<mark class="{}"{}>{}</mark>').format(mark.severity, anchor, block.text[start:end])
        at = end
    return text + escape(block.text[at:])
