"""Findings as one self-contained HTML page: the document's text on the left, marked, what was found on the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from docgen.report.terminal import summary, where

_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


def page(outcomes: Sequence[Outcome], readings: Mapping[str, Reading], titles: Mapping[str, str]) -> str:
    """The page on all files of all sets; it asks nothing of the network and runs no script."""
    reports = [report for outcome in outcomes for report in outcome.files]
    files = [_file(report, readings.get(report.file), number, titles) for number, report in enumerate(reports, 1)]
    return _template().render(files=files, summary=summary(outcomes))


@cache
def _template() -> Template:
    source = resources.files("docgen.report").joinpath("page.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)


def _file(report: FileReport, reading: Reading | None, number: int, titles: Mapping[str, str]) -> dict[str, Any]:
    named = [(f"f{number}-{index}", finding) for index, finding in enumerate(report.findings, 1)]
    return {
        "name": report.file,
        "unread": report.unread,
        "pieces": list(_pieces(reading, named)) if reading else [],
        "findings": [_finding(identity, finding, titles) for identity, finding in named],
    }


def _finding(identity: str, finding: Finding, titles: Mapping[str, str]) -> dict[str, Any]:
    told = finding.expected is None or finding.expected in finding.message
    return {
        "id": identity,
        "severity": finding.severity.label,
        "chinese": finding.severity.chinese,
        "rule": finding.rule,
        "title": titles.get(finding.rule, ""),
        "where": _where(finding.place),
        "message": finding.message,
        "expected": None if told else finding.expected,
        "hint": finding.hint,
        "follows": finding.follows,
        "related": [_where(place) for place in finding.beside],
    }


def _where(place: Place) -> str:
    return where(place).strip("\u3000 ") or "全文"


def _pieces(reading: Reading, named: Sequence[tuple[str, Finding]]) -> Iterator[dict[str, Any]]:
    """The document in order: paragraphs and tables, with the name of a part where one begins."""
    marks: dict[int, list[tuple[str, Finding]]] = {}
    for identity, finding in named:
        if finding.place.block is not None:
            marks.setdefault(finding.place.block, []).append((identity, finding))
    grids = {table.number: table for table in tables(reading)}
    part = "body"
    for number, group in groupby(reading.blocks, key=lambda block: block.cell.table if block.cell else 0):
        blocks = list(group)
        if number in grids:
            yield {"rows": [[_cell(cell, marks) for cell in row] for row in grids.pop(number).rows]}
            continue
        for block in blocks if number == 0 else ():
            yield {"part": _part(block.part) if block.part != part else None, "line": _line(block, marks)}
            part = block.part


def _part(name: str) -> str:
    return _PARTS.get(name.rstrip("0123456789"), name)


def _cell(cell: GridCell, marks: Mapping[int, Sequence[tuple[str, Finding]]]) -> dict[str, Any]:
    lines = [_line(block, marks) for block in cell.blocks]
    return {"columns": cell.cell.column_span, "rows": cell.cell.row_span, "lines": lines}


def _line(block: Block, marks: Mapping[int, Sequence[tuple[str, Finding]]]) -> Markup:
    """The text of a block with the quoted characters marked; where two overlap, the later one is only anchored."""
    text, at = Markup(), 0
    if block.number:
        text += Markup('<span class="number">{}</span>').format(block.number)
    for identity, finding in sorted(marks.get(block.index, ()), key=lambda item: item[1].place.start or 0):
        start, end = max(finding.place.start or 0, at), max(finding.place.end or 0, at)
        text += escape(block.text[at:start])
        mark = Markup('<mark class="{}" id="m{}">{}</mark>')
        text += mark.format(finding.severity.label, identity, block.text[start:end])
        at = end
    return text + escape(block.text[at:])
