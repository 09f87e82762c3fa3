"""The plan of a set of which nothing has changed, told by hashes alone: nothing is loaded or rendered for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from docgen import __version__
from docgen.contract.kit import find_kits
from docgen.contract.load import DATA_FILE
from docgen.outputs.disk import digest
from docgen.outputs.inputs import inputs_of
from docgen.outputs.workspace import RECORDS, recorded
from docgen.report.changes import ChangeReport, FileState

NOTHING: Final = "没有要更新的文件。"
_PDF: Final = "pdf"


def unchanged(data: Path, out: Path, kits: Path | None = None) -> ChangeReport | None:
    """What a plan says of a set whose data, kit and files are those of the last build; None for any other.

    A build with anything to say of the set leaves it to be planned in full, and so does another docgen.
    """
    file = data / DATA_FILE if data.is_dir() else data
    name = Path(os.path.realpath(file.parent)).name
    folder = out / name
    last = recorded(folder)
    if last is None or not last.inputs or last.docgen != __version__ or (folder / RECORDS / "journal.json").exists():
        return None
    if any(digest(folder / each) != record.sha256 for each, record in last.files.items()):
        return None
    if inputs_of(file, find_kits(kits) / last.kit) != last.inputs:
        return None
    listed = sorted(each for each, record in last.files.items() if record.role != _PDF and not record.form)
    files = tuple(FileState((folder / each).as_posix(), "unchanged") for each in listed)
    return ChangeReport(name, files, remarks=(NOTHING,))
