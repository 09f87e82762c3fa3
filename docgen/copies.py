"""Copies of verified Word files with the findings in them, written beside nothing that is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from docgen.errors import DocgenError, OutputError
from docgen.findings import Finding
from docgen.outputs.disk import sync, told, write_new
from docgen.reading.document import Reading
from docgen.reading.files import LEGACY, WORD, file_bytes, is_legacy
from docgen.report.copies import annotated, corrected
from docgen.report.outcome import Outcome

ANNOTATED, CORRECTED, COMPARED = "批注", "修订", "对比"

Maker = Callable[[bytes, Reading, Sequence[Finding]], bytes]


def write_copies(
    outcomes: Sequence[Outcome], readings: Mapping[str, Reading], out: Path | None, kinds: Sequence[str]
) -> Iterator[str]:
    """A line for each copy written: NAME.批注.docx or NAME.修订.docx in `out`, or beside the original.

    The original is only read. A file that is there already is never overwritten (OutputError); files that are no
    Word files, and files without findings, have no copy.
    """
    for report in (report for outcome in outcomes for report in outcome.files):
        reading = readings.get(report.file)
        if reading is None or not report.findings:
            continue
        if Path(report.file).suffix.lower() not in WORD | LEGACY:
            yield f"{report.file}：不是 Word 文件，没有批注或修订的副本。"
            continue
        data = word_bytes(Path(report.file), report.file)
        for kind in kinds:
            maker: Maker = annotated if kind == ANNOTATED else corrected
            yield f"已写出 {write_copy(Path(report.file), kind, out, maker(data, reading, report.findings))}"


def word_bytes(path: Path, shown: str) -> bytes:
    """The file as a Word package: its own bytes, or what LibreOffice makes of an old one."""
    data = file_bytes(path, shown)
    if not is_legacy(data, shown):
        return data
    from docgen.reading.legacy import converted

    made = converted({shown: data})[shown]
    if isinstance(made, DocgenError):
        raise made
    return made


def write_copy(original: Path, kind: str, out: Path | None, data: bytes) -> str:
    """The path of the copy, which lies in `out` now, or beside the original; `out` may also name a .docx itself."""
    folder = original.parent if out is None else out
    path = folder / f"{original.stem}.{kind}.docx"
    if out is not None and out.suffix.lower() in WORD and not out.is_dir():
        folder, path = out.parent, out
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with told(path.as_posix()):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            write_new(draft, data)
            sync([draft])
            _put(draft, path)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
    return path.as_posix()


def _put(draft: Path, path: Path) -> None:
    """Give a finished file its name, unless something else bears it."""
    if path.exists() and path.read_bytes() != draft.read_bytes():
        message = f"{path.as_posix()} 已经存在，没有覆盖。"
        raise OutputError(message, hint="请移走原来的副本，或用 --out 写到另一个文件夹。")
    draft.replace(path)
