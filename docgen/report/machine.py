"""Findings for programs: one JSON document, its keys and their order as promised to scripts."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any, Final

from docgen.findings import Finding, Place, Severity
from docgen.patterns import regex
from docgen.report.outcome import FileReport, Outcome
from docgen.visible import escaped

_NO_CHARACTER: Final = regex(r"[\ud800-\udfff]")


def document(outcomes: Iterable[Outcome], *, built: bool = False, ascii_only: bool = False) -> str:
    """The JSON of check and build: files with their findings, and a summary over all of them.

    A byte of a file name that is no character comes out as an escaped surrogate, which JSON can hold.
    """
    outcomes = list(outcomes)
    files = [_file(report, built) for outcome in outcomes for report in outcome.files]
    summary = {
        "files": len(files),
        "errors": sum(outcome.count(Severity.ERROR) for outcome in outcomes),
        "warnings": sum(outcome.count(Severity.WARNING) for outcome in outcomes),
        "notes": sum(outcome.count(Severity.NOTE) for outcome in outcomes),
    }
    text = io.StringIO()
    # Piece by piece: json.dumps would keep all pieces of thousands of findings before it joins them.
    text.writelines(
        json.JSONEncoder(ensure_ascii=ascii_only, indent=2).iterencode({"files": files, "summary": summary})
    )
    whole = text.getvalue()
    if _NO_CHARACTER.search(whole):
        whole = whole.encode("utf-8", "backslashreplace").decode()
    return escaped(whole)


def _file(report: FileReport, built: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "file": report.file,
        "status": "checked" if report.unread is None else "unread",
        "reason": report.unread,
        "amounts": report.amounts,
        "findings": [_finding(finding) for finding in report.findings],
    }
    return {**entry, "output": report.output} if built else entry


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.label,
        "message": finding.message,
        "quote": finding.quote,
        "expected": finding.expected,
        "place": place_entry(finding.place),
        "related": [place_entry(place) for place in finding.beside],
    }


def place_entry(place: Place) -> dict[str, Any]:
    """A place as programs are promised it: every key, null where it has none."""
    keys = ("file", "part", "block", "start", "end", "line", "column", "offset", "label")
    return {key: getattr(place, key) for key in keys}
