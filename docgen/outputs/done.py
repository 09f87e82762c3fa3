"""What a batch has done so far, kept in its output folder: nothing but hashes, one a line, written as the work goes on.

A line is the hash of everything that a set follows from, its name among it. So a run that was ended midway goes on
where it was, and what has changed since is made anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Final, Self, TextIO

from docgen.errors import OutputError
from docgen.outputs.disk import digest, told
from docgen.outputs.lock import Lock
from docgen.outputs.workspace import RECORDS, recorded

_FILE: Final = "batch.txt"
# The processes of a run that was killed end with the contract that they are at.
_PATIENCE: Final = 10.0


def mark_of(parts: Iterable[bytes]) -> str:
    """The hash of everything that a set follows from."""
    hashed = hashlib.sha256(b"docgen batch")
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.hexdigest()


class Done:
    """The marks of the sets that lie finished in an output folder; one batch at a time writes there."""

    def __init__(self, out: Path) -> None:
        self._folder = out / RECORDS
        self._shown = out.as_posix()
        self._lock = Lock(self._folder / "batch.lock", self._shown)
        self._marks: set[str] = set()
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        with told(self._shown):
            if self._folder.is_symlink():
                raise OutputError(f"{self._shown}：{RECORDS} 是指向别处的链接，docgen 只写在文件夹之内。")
            self._folder.mkdir(parents=True, exist_ok=True)
            self._take()
            path = self._folder / _FILE
            with suppress(FileNotFoundError):
                # A line that was not finished is none.
                self._marks = {line for line in path.read_text("ascii", "replace").split("\n")[:-1] if len(line) == 64}
            self._file = path.open("a", encoding="ascii")
            self._file.write("\n" if path.stat().st_size and not path.read_bytes().endswith(b"\n") else "")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
        self._lock.release(remove=True)

    def holds(self, mark: str, folder: Path) -> bool:
        """Whether the set of that mark was finished, and lies in its folder as it was written."""
        if mark not in self._marks:
            return False
        last = recorded(folder)
        return last is not None and all(digest(folder / name) == file.sha256 for name, file in last.files.items())

    def add(self, mark: str) -> None:
        """Note that a set is finished."""
        assert self._file is not None
        self._marks.add(mark)
        with told(self._shown):
            self._file.write(f"{mark}\n")
            self._file.flush()

    def _take(self) -> None:
        begun = monotonic()
        while True:
            try:
                return self._lock.take()
            except OutputError:
                if monotonic() - begun > _PATIENCE or os.name == "nt":
                    raise
                sleep(0.2)
