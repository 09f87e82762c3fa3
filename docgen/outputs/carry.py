"""A set's folder as another machine made it: sent there as it lay, carried over here as a whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from docgen.errors import OutputError
from docgen.outputs.disk import digest_of, told
from docgen.outputs.workspace import RECORDS, Workspace

_OWN: Final = ("lock", "journal.json", "journal.new")
_STAGE: Final = f"{RECORDS}/stage"


def folder_files(folder: Path) -> dict[str, bytes]:
    """Every file of a set's folder by its name in it, docgen's records with them; empty where there is no folder."""
    found: dict[str, bytes] = {}
    with told(folder.as_posix()):
        for path in sorted(folder.rglob("*")) if folder.is_dir() and not folder.is_symlink() else ():
            name = path.relative_to(folder).as_posix()
            own = name.removeprefix(f"{RECORDS}/") in _OWN or name.startswith(f"{_STAGE}/")
            if path.is_file() and not path.is_symlink() and not own:
                found[name] = path.read_bytes()
    return found


def carry(folder: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Make of a folder that is as it was before what it is to be after.

    Raises OutputError, with nothing changed, where the folder is not what it was before.
    """
    changed = {name: data for name, data in after.items() if before.get(name) != data}
    gone = before.keys() - after.keys()
    if changed or gone:
        with Workspace(folder, folder.as_posix()) as workspace:
            if folder_files(folder) != before:
                message = f"{folder.as_posix()}：在集群上生成的时候，这个文件夹里的文件有了变化，没有写入。"
                raise OutputError(message, hint="请重新运行。")
            workspace.take(changed, {name: digest_of(before[name]) for name in gone})
