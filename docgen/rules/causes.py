"""Findings put in relation: what only follows from another one, and the same slip in several places told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from docgen.findings import Finding, Place

_ROOTS: Final = MappingProxyType(
    {
        "D103": ("D104",),
        "D105": ("D101", "D104"),
        "D106": ("D101", "D103", "D104", "D105"),
        "D107": ("D103", "D104", "D105"),
        "D108": ("D103", "D104", "D105", "D107"),
        "M101": ("W111",),
        "M102": ("W111",),
        "M103": ("M101",),
        "M112": ("M101",),
        "M113": ("M101",),
        "M123": ("M121",),
        "M127": ("M101", "M121", "M122", "M126"),
        "M134": ("M111", "M112", "M113", "M125", "M128"),
        "N106": ("M111", "N105"),
        "P107": ("P106",),
        "R101": ("R103", "R105"),
        "R102": ("N101",),
        "R105": ("R103",),
        "W105": ("P101", "W114"),
        "W106": ("P101", "W105", "W114"),
        "W107": ("P101", "W105", "W106", "W114"),
        "W109": ("W101",),
        "W110": ("W101",),
    }
)
"""From which rules' findings those of a rule may follow: they speak of the same characters, or of the same number."""

_ONCE: Final = ("P", "W", "M114")


def arranged(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with what follows from another one marked so, and one slip in many places of a file told once."""
    return _with_causes(list(_told_once(findings)))


def _told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of findings that say the same of the same words the first, the places of the others beside it."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        alike = finding.rule.startswith(_ONCE) and finding.quote and finding.cause is None
        said = (finding.rule, finding.place.file, finding.quote, finding.message, finding.expected, finding.fix)
        groups.setdefault(said if alike else number, []).append(finding)
    for group in groups.values():
        first, *others = sorted(group, key=lambda finding: finding.place.order)
        if not others:
            yield first
            continue
        hint = f"{first.hint or ''}同样的写法共 {len(group)} 处。"
        severity = max(one.severity for one in group)
        yield replace(first, severity=severity, again=tuple(one.place for one in others), hint=hint)


def _with_causes(findings: Sequence[Finding]) -> list[Finding]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    found: list[Finding] = []
    first: dict[Place, Place] = {}
    # By code a root comes before what follows from it, so that a chain leads back to its beginning.
    for finding in sorted(findings, key=lambda finding: finding.rule):
        roots = (root for code in _ROOTS.get(finding.rule, ()) for root in by_rule.get(code, ()))
        cause = finding.cause or next((root.place for root in roots if _follows(finding, root)), None)
        if cause is not None:
            cause = first.setdefault(finding.place, first.get(cause, cause))
        found.append(replace(finding, cause=cause))
    return found


def _follows(finding: Finding, root: Finding) -> bool:
    """Whether a finding speaks of what the other one doubts, or of the number that stands there only by its slip."""
    if finding.rule.startswith("R") and finding.quote:
        named = root.expected == finding.quote or root.message.startswith(f"{finding.quote}“")
        return named or any(_overlap(place, finding.place) for place in (root.place, *root.related))
    if finding.rule == "N106":
        return finding.place.file == root.place.file and _table(finding.place) == _table(root.place) != ""
    # Where it is not known which of two places is wrong, it may be either.
    doubted = (root.place, *root.again, *(root.related if root.expected is None else ()))
    return any(_overlap(one, other) for one in doubted for other in (finding.place, *finding.beside))


def _table(place: Place) -> str:
    """The table that a place names: 表3; empty where it names none."""
    name = (place.label or "").partition(" ")[0]
    return name if name.startswith("表") else ""


def _overlap(one: Place, other: Place) -> bool:
    if (one.file, one.block) != (other.file, other.block) or one.block is None:
        return False
    return (one.start or 0) < (other.end or 0) and (other.start or 0) < (one.end or 0)
