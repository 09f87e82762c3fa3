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
    roots = _Roots(findings)
    found: list[Finding] = []
    first: dict[Place, Place] = {}
    # By code a root comes before what follows from it, so that a chain leads back to its beginning.
    for finding in sorted(findings, key=lambda finding: finding.rule):
        cause = finding.cause or roots.cause(finding)
        if cause is not None:
            cause = first.setdefault(finding.place, first.get(cause, cause))
        found.append(replace(finding, cause=cause))
    return found


class _Roots:
    """The findings that others may follow from, each found again by the words, the table or the place it doubts."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        codes = {code for roots in _ROOTS.values() for code in roots}
        self._all = [finding for finding in findings if finding.rule in codes]
        self._by_doubt: dict[tuple[object, ...], list[tuple[int, Place]]] = {}
        for number, root in enumerate(self._all):
            for doubt, place in _doubts(root):
                self._by_doubt.setdefault((root.rule, *doubt), []).append((number, place))

    def cause(self, finding: Finding) -> Place | None:
        """The place of the first of them that doubts what a finding speaks of."""
        for code in _ROOTS.get(finding.rule, ()):
            numbers = [
                number
                for spoken, own in _speaks_of(finding)
                for number, place in self._by_doubt.get((code, *spoken), ())
                if own is None or _overlap(own, place)
            ]
            if numbers:
                return self._all[min(numbers)].place
        return None


def _doubts(root: Finding) -> Iterator[tuple[tuple[object, ...], Place]]:
    """What a finding doubts: words that it expects or begins with, its table, the places it names."""
    yield ("words", root.expected), root.place
    yield ("words", root.message.partition("“")[0]), root.place
    yield ("table", root.place.file, _table(root.place)), root.place
    for place in (root.place, *root.related):
        yield ("reference", place.file, place.block), place
    # Where it is not known which of two places is wrong, it may be either.
    for place in (root.place, *root.again, *(root.related if root.expected is None else ())):
        yield ("place", place.file, place.block), place


def _speaks_of(finding: Finding) -> Iterator[tuple[tuple[object, ...], Place | None]]:
    """What a finding speaks of, and where, if the characters there must be doubted and not only the paragraph."""
    if finding.rule.startswith("R") and finding.quote:
        yield ("words", finding.quote), None
        yield ("reference", finding.place.file, finding.place.block), finding.place
    elif finding.rule == "N106":
        if table := _table(finding.place):
            yield ("table", finding.place.file, table), None
    else:
        for place in (finding.place, *finding.beside):
            yield ("place", place.file, place.block), place


def _table(place: Place) -> str:
    """The table that a place names: 表3; empty where it names none."""
    name = (place.label or "").partition(" ")[0]
    return name if name.startswith("表") else ""


def _overlap(one: Place, other: Place) -> bool:
    if (one.file, one.block) != (other.file, other.block) or one.block is None:
        return False
    return (one.start or 0) < (other.end or 0) and (other.start or 0) < (one.end or 0)
