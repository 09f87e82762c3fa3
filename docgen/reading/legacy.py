"""Old files (.doc, .wps, .rtf, .odt) as Readings: LibreOffice makes Word files of them, many in one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docgen.errors import DocgenError, InputError
from docgen.office import WORD, convert
from docgen.reading.document import Reading

_AT_ONCE: Final = 25
_PURPOSE: Final = "读取旧版的 .doc、.wps 文件"
_SAVE_AGAIN: Final = "请用 Word 或 WPS 打开，另存为 .docx 后再核对。"


def read_legacy(data: bytes, shown: str) -> Reading:
    """The Reading of one old file; ToolMissing where LibreOffice is not installed."""
    made = converted({shown: data})[shown]
    if isinstance(made, DocgenError):
        raise made
    return read_converted(made, shown)


def read_converted(made: bytes, shown: str) -> Reading:
    """The Reading of the Word file that was made of an old one."""
    from docgen.reading.word import read_word

    return read_word(made, shown)


def converted(files: Mapping[str, bytes]) -> dict[str, bytes | DocgenError]:
    """For each old file the Word file made of it, or the reason why there is none; one bad file costs no other."""
    found: dict[str, bytes | DocgenError] = {}
    names = list(files)
    for at in range(0, len(names), _AT_ONCE):
        batch = {name: files[name] for name in names[at : at + _AT_ONCE]}
        found |= _batch(batch)
    return found


def _batch(files: Mapping[str, bytes]) -> dict[str, bytes | DocgenError]:
    """What came of a batch; a file that takes LibreOffice down is left behind, the others go on in smaller calls."""
    try:
        answer = convert(files, WORD, {}, _PURPOSE)
    except DocgenError as error:
        return dict.fromkeys(files, error)
    found: dict[str, bytes | DocgenError] = dict(answer.files)
    left = [name for name in files if name not in found]
    if len(files) == 1:
        return found | {name: _refused(name, answer.late) for name in left}
    for half in (left[: len(left) // 2], left[len(left) // 2 :]):
        if half:
            found |= _batch({name: files[name] for name in half})
    return found


def _refused(name: str, late: str | None) -> InputError:
    return InputError(f"{name}：{late or 'LibreOffice 打不开这个文件，可能已损坏或有密码。'}", hint=_SAVE_AGAIN)
