"""The plan of a set of which nothing has changed, told by hashes alone: nothing is loaded or rendered for it.

What the last build had to say of the set is said again.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from docgen import __version__
from docgen.contract.folders import DATA_FILE, find_kits
from docgen.findings import Finding
from docgen.outputs.batched import batched
from docgen.outputs.disk import digest
from docgen.outputs.inputs import inputs_of
from docgen.outputs.manifest import Manifest
from docgen.outputs.workspace import RECORDS, recorded
from docgen.report.changes import ChangeReport, FileState
from docgen.report.outcome import FileReport, Outcome, by_file

NOTHING: Final = "没有要更新的文件。"
_PDF: Final = "pdf"


def unchanged(data: Path, shown: str, out: Path, kits: Path | None = None) -> ChangeReport | None:
    """What a plan says of a set whose data, kit and files are those of the last build; None for any other.

    `shown` is how the user named the data. Edits by hand that a build took up leave the set to be planned in full, and
    so does another docgen.
    """
    file, shown = (data / DATA_FILE, f"{shown.rstrip('/')}/{DATA_FILE}") if data.is_dir() else (data, shown)
    name = batched(file, out) or Path(os.path.realpath(file.parent)).name
    folder = out / name
    last = recorded(folder)
    if last is None or not last.inputs or last.docgen != __version__ or (folder / RECORDS / "journal.json").exists():
        return None
    if any(digest(folder / each) != record.sha256 for each, record in last.files.items()):
        return None
    if inputs_of(file, find_kits(kits) / last.kit) != last.inputs:
        return None
    findings = _said(last, folder, shown)
    if findings is None:
        return None
    listed = sorted(each for each, record in last.files.items() if record.role != _PDF)
    files = tuple(FileState((folder / each).as_posix(), "unchanged") for each in listed)
    documents = sorted(each for each, record in last.files.items() if record.document)
    reports = [FileReport(shown), *(FileReport((folder / each).as_posix()) for each in documents)]
    outcome = Outcome(by_file(reports, findings), title=name, folder=folder)
    return ChangeReport(name, files, outcome=outcome, remarks=(NOTHING,))


def _said(last: Manifest, folder: Path, data: str) -> list[Finding] | None:
    """What the last build had to say; None where that cannot be told any more."""
    if not last.said:
        return []
    from docgen.outputs.history import kept
    from docgen.outputs.said import NAME, said_again

    content = kept(folder, last.said, NAME)
    return said_again(content, data, folder.as_posix()) if content is not None else None
