"""Findings: what is wrong with a document, as values that are collected and never raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum


class Severity(IntEnum):
    """How sure docgen is: an error is beyond doubt, a warning wants a person, a note only informs."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The English word that machine-readable output uses."""
        return self.name.lower()

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"ERROR": "错误", "WARNING": "警告", "NOTE": "提示"}[self.name]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: in a Word file by part and block, in plain text by line and column.

    `block`, `start` and `end` count from 0 (`end` exclusive, in code points of the block); `line` and `column`
    count from 1; `offset` counts characters from 0 over the decoded file. `label` is how a clerk would name the
    place (第四条 4.1, 价款.付款[2].金额). `path` is the field's path in the data, where the place belongs to one.
    """

    file: str
    part: str | None = None
    block: int | None = None
    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    offset: int | None = None
    label: str | None = None
    path: str | None = None

    @property
    def order(self) -> tuple[str, int, int]:
        """The sort key that follows the reading order of the file."""
        if self.block is not None:
            return self.file, self.block, self.start or 0
        return self.file, self.line or 0, self.column or 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or remark: rule code, severity, a complete Chinese message, and where it stands.

    `fix` is what the quoted characters should become, given only where a third fact decides which side is wrong.
    `again` is where the very same stands once more, `related` what else to look at.
    `cause` is the place of the finding that this one only follows from: it goes away when that is put right.
    """

    rule: str
    severity: Severity
    message: str
    place: Place
    quote: str = ""
    expected: str | None = None
    related: tuple[Place, ...] = ()
    hint: str | None = None
    fix: str | None = None
    cause: Place | None = None
    again: tuple[Place, ...] = ()
    frame: str | None = field(default=None, compare=False)

    @property
    def follows(self) -> bool:
        """Whether it only follows from another finding, which is told before it."""
        return self.cause is not None

    @property
    def beside(self) -> tuple[Place, ...]:
        """All places to look at beside its own."""
        return (*self.again, *self.related)

    def at(self, place: Place) -> Finding:
        """The same finding at another place."""
        return replace(self, place=place)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings once each, by file and reading order, graver ones first at one place.

    What only follows from another finding of the same file stands right behind it.
    """
    return sorted(dict.fromkeys(findings), key=_in_order)


def _in_order(finding: Finding) -> tuple[object, ...]:
    cause = finding.cause if finding.cause is not None and finding.cause.file == finding.place.file else None
    own = (*finding.place.order, -finding.severity, finding.rule, finding.message)
    return (*(cause or finding.place).order, cause is not None, *own)


def blocking(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
