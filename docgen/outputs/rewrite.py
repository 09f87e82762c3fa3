"""The data of a set changed as a whole: all files of it or none, whatever happens while they are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from docgen.outputs.workspace import RECORDS, Workspace

_JOURNAL: Final = f"{RECORDS}/journal.json"


def rewrite(folder: Path, files: Mapping[str, bytes], before: Mapping[str, bytes], shown: str) -> None:
    """Replace files in a folder of data, named by their paths in it; `before` is what was read of each.

    Raises OutputError, with nothing changed, where one of them is something else by now.
    """
    with Workspace(folder, shown) as workspace:
        workspace.take(files, {}, before)


def recover(data: Path) -> None:
    """Finish or undo what an interrupted run has begun with the data at this path, a folder or a file in it."""
    folder = data if data.is_dir() else data.parent
    if (folder / _JOURNAL).exists():
        with Workspace(folder, folder.as_posix()):
            pass
