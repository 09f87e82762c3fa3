"""Findings as SARIF 2.1.0, which code review pages and editors show at their lines."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from docgen import __version__
from docgen.findings import Finding, Place
from docgen.report.outcome import Outcome
from docgen.visible import escaped

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def document(outcomes: Iterable[Outcome], titles: Mapping[str, str]) -> str:
    """The SARIF log of all findings; `titles` are the titles of rules by code."""
    outcomes = list(outcomes)
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    codes = sorted({finding.rule for finding in findings})
    rules = [{"id": code, "shortDescription": {"text": titles.get(code, code)}} for code in codes]
    unread = [file for outcome in outcomes for file in outcome.files if file.unread is not None]
    run = {
        "tool": {"driver": {"name": "docgen", "version": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.rule)) for finding in findings],
        "invocations": [
            {
                "executionSuccessful": not unread,
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": f"{file.file}：{file.unread}"}} for file in unread
                ],
            }
        ],
    }
    text = io.StringIO()
    # Piece by piece: json.dumps would keep all pieces of thousands of findings before it joins them.
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    text.writelines(json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(whole))
    return escaped(text.getvalue())


def _result(finding: Finding, index: int) -> dict[str, Any]:
    result = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity.label,
        "message": {"text": _message(finding)},
        "locations": [_location(finding.place, finding.quote)],
    }
    if finding.beside:
        result["relatedLocations"] = [
            {"id": number, **_location(place, "")} for number, place in enumerate(finding.beside, 1)
        ]
    return result


def _message(finding: Finding) -> str:
    more = [f"应为：{finding.expected}"] if finding.expected and finding.expected not in finding.message else []
    return " ".join([finding.message, *more, *([finding.hint] if finding.hint else [])])


def _location(place: Place, text: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(place.file).as_posix())}}
    region = _region(place, text)
    if region:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.label:
        location["logicalLocations"] = [{"fullyQualifiedName": place.label}]
    return location


def _region(place: Place, text: str) -> dict[str, Any]:
    """Where in the file: lines and columns in plain text, nothing in a Word file, whose bytes are no text."""
    region: dict[str, Any] = {}
    if place.line is not None:
        region |= {"startLine": place.line, "startColumn": place.column or 1}
    if region and text and "\n" not in text:
        region["endColumn"] = region["startColumn"] + len(text)
    if place.offset is not None and text:
        region |= {"charOffset": place.offset, "charLength": len(text)}
    if region and text:
        region["snippet"] = {"text": text}
    return region
