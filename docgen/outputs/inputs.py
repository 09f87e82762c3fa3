"""All that a set follows from, as one hash: what says, without reading any of it, that nothing has changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from time import time_ns
from typing import Final, NamedTuple

from docgen.outputs.manifest import salted

# Folders with more files than this are somebody's whole disk; their set is planned the long way.
_MOST: Final = 2_000
# The clock of a disk may be that much behind (nanoseconds).
_COARSE: Final = 50_000_000
_DATA: Final = (".yaml", ".yml")


class Begun(NamedTuple):
    """The moment when a set begins to be made (nanoseconds since 1970), and the files changed just before it.

    The clock of the disk may not tell a change of these from one that comes after the moment, so their hashes do.
    """

    moment: int
    fresh: Mapping[Path, str]


def begin(data: Path, kits: Path) -> Begun:
    """The moment before a data file and one of the kits are read."""
    moment, fresh = time_ns(), dict[Path, str]()
    with suppress(OSError):
        for _, path in (*_files(data.parent, _DATA), *_files(kits, ())):
            status = path.stat()
            if moment - _changed(status) < _COARSE and S_ISREG(status.st_mode):
                fresh[path] = _hashed(path)
    return Begun(moment, fresh)


def inputs_of(data: Path, kit: Path, begun: Begun | None = None) -> str:
    """The salted hash of a data file, of all YAML beside and below it and of a kit; empty where it cannot be told.

    It cannot where something was changed after the making began: what was read since may have been something else.
    """
    told = [data.name]
    try:
        for name, path in (*_files(data.parent, _DATA), *_files(kit, ())):
            status = path.stat()
            if not S_ISREG(status.st_mode):
                return ""
            hashed = _hashed(path)
            if begun is not None and _changed(status) > begun.moment - _COARSE and begun.fresh.get(path) != hashed:
                return ""
            told.append(f"{name} {hashed}")
    except OSError:
        return ""
    return salted("\n".join(told))[1]


def _changed(status: os.stat_result) -> int:
    return max(status.st_mtime_ns, status.st_ctime_ns)


def _hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


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
