"""The exceptions of docgen: raised only where the work cannot go on.

    DocgenError            exit code 2, one clear Chinese message
    ├── InputError         a file is missing, unreadable, or not what it claims to be
    ├── TemplateError      a kit or a template cannot be used
    │   └── LeftOutError   a template prints what the data leave out
    ├── OutputError        nothing can be written there (folder, disk, lock)
    └── ToolMissing        an optional program or extra is not installed

Whatever is wrong *inside* a readable document is a finding (see findings.py), never an exception.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from functools import partial

_REASONS = {
    errno.ENOENT: "找不到文件或文件夹",
    errno.EACCES: "没有权限，或文件正被其他程序占用",
    errno.EPERM: "没有权限，或文件正被其他程序占用",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕回了自己",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
}


class DocgenError(Exception):
    """The work cannot go on; `str()` is what the clerk reads, `hint` is what to do about it."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class InputError(DocgenError):
    """An input is missing or cannot be read as a whole."""


class TemplateError(DocgenError):
    """A kit or one of its templates cannot be used."""


class LeftOutError(TemplateError):
    """A template prints fields that the data leave out; `paths` are those fields, each with where it is printed."""

    def __init__(self, message: str, *, paths: Mapping[str, tuple[str, ...]], hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.paths = paths

    def __reduce__(self) -> tuple[partial[LeftOutError], tuple[object, ...]]:
        """What another process makes the same exception of."""
        return partial(LeftOutError, paths=self.paths, hint=self.hint), self.args


class OutputError(DocgenError):
    """The output folder cannot be written to as asked."""


class ToolMissing(DocgenError):  # noqa: N818 - it is what is missing, said as it is
    """A program or extra that was asked for is not installed."""


def reason(error: OSError | UnicodeEncodeError) -> str:
    """Why the system would not, in a few Chinese words; a name that it has no characters for is such a case too."""
    if isinstance(error, UnicodeEncodeError):
        return f"本机的文件名编码（{error.encoding}）写不出这个名称"
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def refusal(error: OSError | UnicodeEncodeError, shown: str) -> InputError:
    """The exception for what the system refused while `shown` was worked on, and no step had expected."""
    if isinstance(error, UnicodeEncodeError):
        return InputError(f"{shown}：{reason(error)}。", hint="请把系统语言设为 UTF-8（如 LANG=C.UTF-8）后重新运行。")
    named = error.filename if isinstance(error.filename, str) else shown
    return InputError(f"{named or shown}：{reason(error)}。", hint="请检查名称、权限，或文件是否被其他程序占用。")
