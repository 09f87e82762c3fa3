"""Single file operations that are either done or not done, also when the power fails."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from docgen.errors import OutputError, reason

_IN_USE = "如果文件正在 Word 或 WPS 中打开，请先关闭；否则请检查文件夹的权限。"
_REASONS = {
    errno.ENOSPC: ("磁盘已满", "请腾出空间后重新运行。"),
    errno.EDQUOT: ("磁盘配额已用完", "请腾出空间后重新运行。"),
    errno.EFBIG: ("文件超过系统允许的大小", "请检查磁盘的限制。"),
    errno.EROFS: ("磁盘是只读的", "请换一个可以写入的文件夹（--out）。"),
    errno.EACCES: ("没有写入权限，或文件正被其他程序占用", _IN_USE),
    errno.EPERM: ("没有写入权限，或文件正被其他程序占用", _IN_USE),
    errno.ENOTDIR: ("路径中有一段是文件，不是文件夹", "请换一个文件夹（--out）。"),
    errno.EEXIST: ("同名的文件已经存在", "请换一个文件夹（--out）。"),
    errno.EISDIR: ("同名的文件夹已经存在", "请先移走这个文件夹。"),
    errno.ENAMETOOLONG: ("路径太长", "请换一个层级较浅的文件夹（--out）。"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘或网络连接。"),
}


def refused(shown: str, error: OSError) -> OutputError:
    """The exception that tells a clerk why this could not be written."""
    why, hint = _REASONS.get(error.errno or 0, (reason(error), "请检查磁盘、权限和文件夹。"))
    return OutputError(f"{shown}：{why}，没有写入。", hint=hint)


@contextmanager
def told(shown: str) -> Iterator[None]:
    """A context in which the system's refusal becomes an OutputError about `shown`."""
    try:
        yield
    except OSError as error:
        raise refused(shown, error) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file that does not exist yet; `sync` makes it last."""
    # O_BINARY is Windows' own; without it line ends would be changed there.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def sync(paths: Iterable[Path]) -> None:
    """Bring files, and the names in folders, down to the disk: all at once, which costs little more than one."""
    refusals: list[OSError] = []

    def one(path: Path) -> None:
        try:
            _sync(path)
        except OSError as error:
            refusals.append(error)

    paths = list(paths)
    threads = [Thread(target=one, args=(path,)) for path in paths]
    with suppress(RuntimeError):  # the system may have no more threads to give
        for thread in threads:
            thread.start()
    for path, thread in zip(paths, threads, strict=True):
        if thread.ident is None:
            one(path)
        else:
            thread.join()
    if refusals:
        raise refusals[0]


def keep(path: Path, copy: Path) -> None:
    """Keep the present bytes of a file under a second name, whatever becomes of the first."""
    try:
        os.link(path, copy)
    except OSError:
        # Not every disk has hard links.
        write_new(copy, path.read_bytes())
        shutil.copystat(path, copy)


def _sync(path: Path) -> None:
    folder = path.is_dir()
    if folder and os.name == "nt":
        return  # Windows does so by itself.
    descriptor = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network disks cannot do this for a folder, and need not.
        if not folder or error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def record_bytes(path: Path) -> bytes:
    """The bytes of one of docgen's own records; an OutputError where something else lies there, a pipe above all."""
    if path.exists() and not path.is_file():
        raise OutputError(f"{path}：这里应是 docgen 的记录，却不是文件。", hint="请移走它再重新运行。")
    return path.read_bytes()


def digest(path: Path) -> str | None:
    """The SHA-256 of a file's bytes; None where there is none, empty for what is no plain file (a link, a folder)."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return ""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def digest_of(data: bytes) -> str:
    """The SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def remove_folder(folder: Path) -> None:
    """Remove a working folder and what is left in it; what cannot be removed stays for the next run."""
    with suppress(OSError):
        shutil.rmtree(folder)
