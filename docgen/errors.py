"""The exceptions of docgen: raised only where the work cannot go on.

    DocgenError            exit code 2, one clear Chinese message
    ├── InputError         a file is missing, unreadable, or not what it claims to be
    ├── TemplateError      a kit or a template cannot be used
    ├── OutputError        nothing can be written there (folder, disk, lock)
    └── ToolMissing        an optional program or extra is not installed

Whatever is wrong *inside* a readable document is a finding (see findings.py), never an exception.
"""

from __future__ import annotations


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


class OutputError(DocgenError):
    """The output folder cannot be written to as asked."""


class ToolMissing(DocgenError):
    """A program or extra that was asked for is not installed."""
