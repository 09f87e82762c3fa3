"""What a run has to say: per file its findings and what became of it, and the exit code that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from docgen.findings import Finding, Severity, in_order

Output = Literal["written", "unchanged", "merged", "refused"]
SAVED: Final = "只重新保存过，内容没有变"
"""What is said of a file in which a program wrote anew what it found, and nobody changed anything."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: whether it was checked, how many amounts it states, its findings, and what `build` did with it.

    `unread` is why it could not be read as a whole; None when it was checked. `values` counts the values of the data
    that were found again, each at its place, in what was written. `hint` is what to do about an unread file;
    `passed_over` is one of no concern, like a picture in a folder, which nobody asked to have read. `remark` is said
    of the file at a terminal, behind what became of it.
    """

    file: str
    findings: tuple[Finding, ...] = ()
    amounts: int = 0
    unread: str | None = None
    output: Output | None = None
    values: int = 0
    hint: str | None = None
    passed_over: bool = False
    remark: str = ""

    @property
    def lost(self) -> bool:
        """Whether the file should have been read and could not be."""
        return self.unread is not None and self.output != "refused" and not self.passed_over


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a run over one set: its files in order, remarks for the person at the terminal, folder, title."""

    files: tuple[FileReport, ...]
    title: str = ""
    folder: Path | None = None
    remarks: tuple[str, ...] = field(default=())

    @property
    def findings(self) -> list[Finding]:
        """All findings of all files, file by file."""
        return [finding for file in self.files for finding in file.findings]

    @property
    def exit_code(self) -> int:
        """2 when a file could not be read, 1 when an error was found or a file refused, else 0."""
        if any(file.lost for file in self.files):
            return 2
        refused = any(file.output == "refused" for file in self.files)
        return 1 if refused or any(f.severity is Severity.ERROR for f in self.findings) else 0

    def count(self, severity: Severity) -> int:
        """How many findings have that severity."""
        return sum(finding.severity is severity for finding in self.findings)


def by_file(reports: Iterable[FileReport], findings: Iterable[Finding]) -> tuple[FileReport, ...]:
    """The reports with each finding at the file it speaks of.

    A file not listed yet follows the first one, which is the data, if it is data too; else it is put at the end.
    """
    first, *others = reports
    listed, foreign = {first.file: first}, {report.file: report for report in others}
    told: dict[str, list[Finding]] = {}
    for finding in in_order(findings):
        name = finding.place.file
        known = foreign if name in foreign or (name not in listed and finding.place.line is None) else listed
        known.setdefault(name, FileReport(name))
        told.setdefault(name, []).append(finding)
    return tuple(
        replace(report, findings=(*report.findings, *told.get(report.file, ())))
        for report in (*listed.values(), *foreign.values())
    )
