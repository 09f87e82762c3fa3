"""One writer at a time: a lock of the operating system, which a killed program cannot leave behind."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from docgen.errors import OutputError

_BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


class Lock:
    """The right to write into one folder, held from `take` until `release`."""

    def __init__(self, path: Path, shown: str) -> None:
        self._path = path
        self._shown = shown
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take the lock or say who is in the way."""
        while self._descriptor is None:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                _lock(descriptor)
            except OSError as error:
                os.close(descriptor)
                raise self._refusal(error) from None
            # The holder before may have removed the file after we had opened it: then our lock guards nothing.
            if _same_file(descriptor, self._path):
                self._descriptor = descriptor
            else:
                os.close(descriptor)

    def release(self, *, remove: bool) -> None:
        """Give the lock back, its file too if nothing else is to be left."""
        if self._descriptor is None:
            return
        if remove and os.name != "nt":
            with suppress(OSError):
                self._path.unlink()
        with suppress(OSError):
            os.close(self._descriptor)
        self._descriptor = None
        if remove and os.name == "nt":
            with suppress(OSError):
                self._path.unlink()

    def _refusal(self, error: OSError) -> OutputError:
        if error.errno in _BUSY:
            message = f"{self._shown}：另一个 docgen 正在写这个文件夹。"
            return OutputError(message, hint="请等它结束后再运行。")
        message = f"{self._shown}：这里的磁盘不支持加锁，不能保证同时只有一个程序在写。"
        return OutputError(message, hint="请用 --out 换到本机的磁盘上。")


def _same_file(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
