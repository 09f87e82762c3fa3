"""All that a set follows from, as one hash: what says, without reading any of it, that nothing has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Final

from docgen.outputs.manifest import salted

# Folders with more files than this are somebody's whole disk; their set is planned the long way.
_MOST: Final = 2_000
# The clock of a disk may be that much behind (nanoseconds).
_COARSE: Final = 50_000_000


def inputs_of(data: Path, kit: Path, before: int | None = None) -> str:
    """The salted hash of a data file, of all YAML beside and below it and of a kit; empty where it cannot be told.

    It cannot where something was changed after the moment `before` (nanoseconds since 1970): what was read until then
    may have been something else.
    """
    told = [data.name]
    try:
        files = [*_files(data.parent, (".yaml", ".yml")), *_files(kit, ())]
        for name, path in files:
            status = path.stat()
            if not S_ISREG(status.st_mode):
                return ""
            if before is not None and max(status.st_mtime_ns, status.st_ctime_ns) > before - _COARSE:
                return ""
            told.append(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    except OSError:
        return ""
    return salted("\n".join(told))[1]


def _files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """The files below a folder by their names in it; raises OSError where there are too many."""
    seen = 0
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        seen += len(names) + len(folders)
        if seen > _MOST:
            raise OSError("too many files")
        for name in sorted(names):
            if not suffixes or name.lower().endswith(suffixes):
                path = Path(here, name)
                yield path.relative_to(folder).as_posix(), path
