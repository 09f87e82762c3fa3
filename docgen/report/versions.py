"""The versions of a set for people and for programs: what restore lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from docgen.report.changes import FileState
from docgen.visible import escaped, visible

_STATES = {"new": "新增", "changed": "更新", "gone": "移走"}
MERGED = "含手工改动"
BY_HAND = "手工改过或重新保存过，存下的是合并或换下之前的样子"


@dataclass(frozen=True, slots=True)
class Entry:
    """One version: its number, when it was written (seconds since 1970), and the files that it changed.

    `like` is the first version with the very same files, if there was one before it.
    """

    number: int
    written: float
    files: tuple[FileState, ...]
    like: int | None = None

    @property
    def time(self) -> datetime:
        """When it was written, by the clock of this machine."""
        return datetime.fromtimestamp(self.written).astimezone()


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a set: `current` lies there now, but for the files `edited` since; `aside` are the orphans."""

    folder: str
    entries: tuple[Entry, ...]
    current: int | None
    edited: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()


def document(history: History, *, ascii_only: bool = False) -> str:
    """The JSON of the list: versions, files edited since and files moved aside."""
    versions = [
        {
            "version": entry.number,
            "written": entry.time.isoformat(timespec="seconds"),
            "current": entry.number == history.current,
            "like": entry.like,
            "files": [
                {"file": f.file, "state": f.state, "by_hand": bool(f.remark), "merged": f.remark == MERGED}
                for f in entry.files
            ],
        }
        for entry in history.entries
    ]
    summary = {"versions": len(versions), "edited": len(history.edited), "orphans": len(history.aside)}
    raw = {"versions": versions, "edited": history.edited, "orphans": history.aside, "summary": summary}
    return escaped(json.dumps(raw, ensure_ascii=ascii_only, indent=2).encode("utf-8", "backslashreplace").decode())


def lines(history: History) -> Iterator[str]:
    """The list as lines for a terminal."""
    yield visible(history.folder)
    for entry in history.entries:
        now = f"　与第 {entry.like} 版相同" if entry.like is not None else ""
        now += "　← 现在" if entry.number == history.current else ""
        yield f"  第 {entry.number} 版　{entry.time:%Y-%m-%d %H:%M:%S}{now}"
        yield from (f"    {visible(file.file)}：{_said(file)}" for file in entry.files)
    if not history.entries:
        yield "  还没有任何版本。"
    yield from (f"  {visible(name)}：此后手工改过或重新保存过，生成或恢复时会先存入历史" for name in history.edited)
    yield from (f"  已移到一边：{visible(name)}" for name in history.aside)


def _said(file: FileState) -> str:
    if file.remark == BY_HAND:
        return BY_HAND
    return f"{_STATES[file.state]}{f'，{file.remark}' if file.remark else ''}"
