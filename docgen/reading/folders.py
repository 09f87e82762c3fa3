"""Which files a run looks at: those that were named are one set, and so are those of each folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.errors import reason
from docgen.reading.files import readable

_DIGITS: Final = re.compile(r"(\d+)")
# Lock files of Office and LibreOffice, what is hidden, what systems leave behind, and docgen's own marked copies.
_PASSED_BY: Final = re.compile(r"\..*|~.*|Thumbs\.db|desktop\.ini|.*\.(?:批注|修订|对比)\.docx", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """One file: where it lies, its name as a person gave it, and why it is not looked at, if it is not.

    `unknown` is a file in a folder whose kind docgen does not read; `reason` says why one cannot be read.
    """

    path: Path
    shown: str
    unknown: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FileSet:
    """Files that are one set; `title` is the folder they lie in, empty for files named together."""

    title: str
    files: tuple[Listed, ...]


def sets_of(names: Sequence[str]) -> list[FileSet]:
    """The sets that the named files and folders are; a folder inside a folder is a set of its own."""
    named: list[Listed] = []
    folders: list[FileSet] = []
    for shown in dict.fromkeys(names):
        # Unlike Path's own methods this answers for every path, be it too long or a link that leads to itself.
        if os.path.isdir(shown):  # noqa: PTH112
            folders += _folders(shown.rstrip("/") or "/")
        else:
            named.append(Listed(Path(shown), shown))
    return [*([FileSet("", tuple(named))] if named else []), *folders]


def _folders(shown: str) -> list[FileSet]:
    found = [FileSet(title, tuple(files)) for title, files in _walk(shown) if files]
    if any(not file.unknown for files in found for file in files.files):
        return found
    nothing = Listed(Path(shown), shown, reason="文件夹里没有可以核对的文件")
    return [FileSet(shown, (*(file for files in found for file in files.files), nothing))]


def _walk(top: str) -> Iterator[tuple[str, list[Listed]]]:
    refused: dict[str, OSError] = {}
    for folder, inner, names in os.walk(top, onerror=lambda error: refused.update({str(error.filename): error})):
        inner[:] = sorted((name for name in inner if not _PASSED_BY.fullmatch(name)), key=_natural)
        shown = folder.replace(os.sep, "/")
        kept = sorted((name for name in names if not _PASSED_BY.fullmatch(name)), key=_natural)
        yield shown, [_listed(Path(folder, name), f"{shown.rstrip('/')}/{name}") for name in kept]
    for folder, error in refused.items():
        yield folder, [Listed(Path(folder), folder, reason=reason(error))]


def _listed(path: Path, shown: str) -> Listed:
    return Listed(path, shown, unknown=not readable(path))


def _natural(name: str) -> list[tuple[int, str]]:
    """The order in which a person lists names: 附件2 before 附件10."""
    pieces = _DIGITS.split(name.casefold())
    return [(int(piece), "") if piece.isdecimal() else (0, piece) for piece in pieces]
