"""What of the findings a run reports: the rules chosen, how grave they count, and what was accepted before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from docgen.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that somebody has looked at and let stand, with the reason.

    It is known again by its rule, the file's name, and its fingerprint or else the quoted words; neither changes when
    lines are added above it. Without both, every finding of the rule in the file is accepted.
    """

    rule: str
    file: str
    reason: str
    quote: str | None = None
    mark: str | None = None

    @property
    def known_by(self) -> tuple[str | None, ...]:
        """What a finding that it accepts is known by."""
        marks = (None, self.mark) if self.mark is not None else (self.quote, None)
        return self.rule, _name(self.file), *marks


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules a run reports: all, or those whose codes begin with `select`, never those with `ignore`.

    That a part of a file was not read is told whatever is selected. `levels` are the severities of house rules.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    accepted: tuple[Accepted, ...] = ()

    def wants(self, code: str) -> bool:
        """Whether findings of this rule are reported."""
        chosen = not self.select or code.startswith(("F4", *self.select))
        return chosen and not (self.ignore and code.startswith(self.ignore))

    def sorted_out(self, findings: Iterable[Finding]) -> tuple[list[Finding], int]:
        """The findings that are reported, and how many were accepted before."""
        wanted = [self._levelled(finding) for finding in findings if self.wants(finding.rule)]
        accepted = {entry.known_by for entry in self.accepted}
        left = [finding for finding in wanted if not accepted or accepted.isdisjoint(_known_by(finding))]
        return left, len(wanted) - len(left)

    def _levelled(self, finding: Finding) -> Finding:
        # The longest code is the most particular one: M102 before M.
        codes = [code for code in self.levels if finding.rule.startswith(code)]
        return replace(finding, severity=self.levels[max(codes, key=len)]) if codes else finding


def fingerprint(finding: Finding) -> str:
    """What a finding is known by again, wherever in its file it has moved to."""
    told = "\0".join((finding.rule, _name(finding.place.file), finding.quote, finding.message))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _known_by(finding: Finding) -> Iterator[tuple[str | None, ...]]:
    """All that an accepted finding may be known by: its mark, its words, its rule and file alone."""
    own = (finding.rule, _name(finding.place.file))
    yield (*own, None, None)
    yield (*own, finding.quote, None)
    yield (*own, None, fingerprint(finding))


def _name(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]
