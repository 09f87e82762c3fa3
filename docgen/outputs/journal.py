"""The journal of a set being written: what was begun is finished or undone, in this run or in the next.

It lies on the disk before the first file is touched and goes when the last one is done. Each step replaces one
file by a staged one, or moves one aside; the hashes before and after tell how far it came, so that recovery never
touches a file that somebody has changed in the meantime.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from docgen.errors import OutputError
from docgen.outputs.disk import digest, record_bytes, sync, write_new


class Step(NamedTuple):
    """One file to replace or to move aside; paths are relative to the set's folder.

    `staged` is the new file (None: the target only goes), `kept` where the old one is or will be (None: there is
    none); `old` and `new` are the hashes of the target before and after (None: no file).
    """

    target: str
    staged: str | None
    kept: str | None
    old: str | None
    new: str | None


class Conflict(Exception):  # noqa: N818 - it turns the work round, it is no error by itself
    """A file is not what it was when the work was planned."""

    def __init__(self, target: str) -> None:
        super().__init__(target)
        self.target = target


@dataclass(frozen=True, slots=True)
class Journal:
    """The steps of one piece of work in a folder, and where they are written down."""

    folder: Path
    path: Path
    steps: tuple[Step, ...]
    undoing: bool = False

    def begin(self) -> None:
        """Write the journal down: from here on the work is finished or undone, never forgotten."""
        draft = self.path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        try:
            write_new(draft, json.dumps(self._raw(), ensure_ascii=False).encode())
            sync([draft])
            draft.replace(self.path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync([self.path.parent])

    def finish(self) -> None:
        """Do the steps that are not done yet; raises Conflict, with nothing done, where a file was changed."""
        todo = [step for step in self.steps if self._open(step)]
        for step in todo:
            self._do(step)
        self._end()

    def undo(self) -> None:
        """Take back the steps that were done, save where somebody has changed the file since."""
        if not self.undoing:
            # On a full disk the word cannot be written; then a kill from here on is finished instead of undone.
            with suppress(OSError):
                Journal(self.folder, self.path, self.steps, undoing=True).begin()
        for step in reversed(self.steps):
            self._take_back(step)
        self._end()

    def _open(self, step: Step) -> bool:
        """Whether the step is still to be done."""
        now = digest(self.folder / step.target)
        if step.staged is None:
            return now is not None
        if now == step.new:
            return False
        staged = (self.folder / step.staged).exists()
        if staged != (now == step.old):
            # Staged and yet not the old file: somebody was faster. The old file and nothing staged: taken back.
            raise Conflict(step.target)
        return staged

    def _do(self, step: Step) -> None:
        target = self.folder / step.target
        if step.staged is not None:
            if digest(target) != step.old:
                raise Conflict(step.target)
            (self.folder / step.staged).replace(target)
        elif step.kept is not None:
            target.replace(self.folder / step.kept)

    def _take_back(self, step: Step) -> None:
        target = self.folder / step.target
        now = digest(target)
        if now != step.new or now == step.old:
            return
        kept = self.folder / step.kept if step.kept is not None else None
        if kept is not None and kept.exists():
            kept.replace(target)
        elif step.old is None:
            target.unlink()

    def _end(self) -> None:
        # A journal that comes back after a power failure does no harm: all its steps are done.
        sync({(self.folder / step.target).parent for step in self.steps})
        self.path.unlink(missing_ok=True)

    def _raw(self) -> dict[str, Any]:
        return {"format": 1, "undoing": self.undoing, "steps": [step._asdict() for step in self.steps]}


def read_journal(folder: Path, path: Path) -> Journal | None:
    """The journal that an interrupted run left in the folder; None where none did."""
    try:
        raw = json.loads(record_bytes(path))
        steps = tuple(Step(**step) for step in raw["steps"])
        undoing = bool(raw["undoing"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _damaged() from None
    if not all(map(_inside, _paths(steps))):
        raise _damaged()
    return Journal(folder, path, steps, undoing)


def _paths(steps: Sequence[Step]) -> list[object]:
    return [path for step in steps for path in (step.target, step.staged, step.kept) if path is not None]


def _inside(path: object) -> bool:
    if not isinstance(path, str) or "\\" in path or ":" in path:
        return False
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not PurePosixPath(path).is_absolute()


def _damaged() -> OutputError:
    message = "上一次写入留下的记录（.docgen/journal.json）已损坏，无法自动恢复。"
    return OutputError(message, hint="请先备份这个文件夹，核对文件后删去 .docgen/journal.json 再运行。")
