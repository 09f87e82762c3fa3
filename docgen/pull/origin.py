"""Which set a returned file is of, and what docgen had made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.contract.folders import DATA_FILE
from docgen.draft import unmarked
from docgen.errors import InputError, reason
from docgen.merge.differences import differences
from docgen.outputs.history import kept, versions
from docgen.outputs.manifest import Record
from docgen.outputs.workspace import recorded
from docgen.provenance import Provenance, is_of, provenance_of
from docgen.pull.volume import bound_set
from docgen.reading.word import read_word

ALL = ""
"""The document that stands for all of a set."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back: its name, its bytes without the marks of a draft, which document of which set it is.

    `base` are the bytes that docgen had made, `current` tells that they are those of the last build, `changed` that
    the file says something else than when docgen wrote it. A bound set is no document of its own: `members` are those
    in it.
    """

    file: str
    data: bytes
    document: str
    set: str
    base: bytes
    current: bool
    changed: bool
    members: tuple[bytes, ...] = ()


def returned(path: Path, shown: str, out: Path, data: Path) -> Returned:
    """The file with the set and the version it is of.

    Raises InputError where docgen did not write it, or nothing of its set is here.
    """
    try:
        found = path.read_bytes()
    except OSError as error:
        raise InputError(f"{shown}：不能读取：{reason(error)}。") from error
    known = provenance_of(found)
    if known is None and (bound := bound_set(found, _names(path, out, data), out)) is not None:
        mine = unmarked(found)
        changed = bool(differences(bound.base, mine))
        return Returned(shown, mine, ALL, bound.set, bound.base, bound.current, changed, bound.members)
    if known is None:
        hint = "只有 docgen 生成的文件，改动才能读回数据；其他文件请用 docgen verify 核对。"
        raise InputError(f"{shown}：文件里没有 docgen 的记录，不知道它由哪份数据生成。", hint=hint)
    name = next((each for each in _names(path, out, data) if is_of(known.origin, each, _key(out / each))), None)
    if name is None:
        hint = f"请在数据所在的文件夹里运行，或用 --data、--out 指明；在 {data} 和 {out} 之下都没有找到这一套。"
        raise InputError(f"{shown}：这里没有生成它的那一套合同。", hint=hint)
    base = _base(out / name, known)
    if base is None:
        hint = "请用保存着历史记录（.docgen/history）的文件夹，或把改动手工写进数据。"
        raise InputError(f"{shown}：{out / name} 里没有保存它生成时的那一版，无法比较。", hint=hint)
    changed = known.changed(read_word(found, shown), _key(out / name))
    return Returned(shown, unmarked(found), known.origin.document, name, base[0], base[1], changed)


def _key(folder: Path) -> str:
    last = recorded(folder)
    return last.key if last is not None else ""


def _names(path: Path, out: Path, data: Path) -> Iterator[str]:
    """The sets that a file may be of: that of the folder it lies in, then all that are here."""
    yield path.resolve().parent.name
    if (data / DATA_FILE).exists():
        yield data.resolve().name
    for folder in (data, out):
        yield from (each.name for each in sorted(folder.glob("*")) if each.is_dir())


def _base(folder: Path, known: Provenance) -> tuple[bytes, bool] | None:
    """The bytes as docgen made them, the newest first, and whether they are those of the last build."""
    manifest = recorded(folder)
    now = dict(manifest.files) if manifest else {}
    for records in (now, *(version.manifest.files for version in reversed(versions(folder)))):
        for name, record in records.items():
            if name.endswith(".docx") and (base := _made(folder, record, name, known)) is not None:
                return base, now.get(name) == record
    return None


def _made(folder: Path, record: Record, name: str, known: Provenance) -> bytes | None:
    if record.document != known.origin.document.rpartition("-")[0]:
        return None
    base = kept(folder, record.base, name)
    made = provenance_of(base) if base is not None else None
    return base if made is not None and made.origin == known.origin else None
