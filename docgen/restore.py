"""The versions of a set: which there are, earlier ones put back, and what nobody needs any more dropped when asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from docgen.bound import FILE as BOUND
from docgen.bound import TITLE
from docgen.errors import InputError, OutputError
from docgen.outputs.batched import batched
from docgen.outputs.disk import digest_of, told
from docgen.outputs.history import HAND, HISTORY, LEFT, Version, kept, record_name, stored_as, versions
from docgen.outputs.manifest import Manifest, Record
from docgen.outputs.said import NAME as SAID
from docgen.outputs.workspace import ORPHANS, RECORDS, Workspace, recorded
from docgen.report.changes import ChangeReport, FileState
from docgen.report.versions import BY_HAND, MERGED, Entry, History

_LIST = "docgen restore {} 列出有哪些版本。"
_AGAIN = "数据没有动。docgen plan 会告诉您，按现在的数据再生成一次会改动什么。"


class Aim(NamedTuple):
    """What is to be restored: the set's folder, and the one file of it; an orphan where it was moved aside."""

    folder: Path
    name: str | None = None
    orphan: str | None = None


def aim(given: str, out: Path) -> Aim:
    """What somebody means: the data of a set, its folder, or a file in it; raises InputError where there is none."""
    path = Path(given)
    places = (
        [path, path.parent]
        if path.suffix.lower() in (".docx", ".pdf")
        else [out / (batched(path, out) or _set_of(path)), path]
    )
    if path.parent.name == "orphans" and path.parent.parent.name == RECORDS:
        return Aim(path.parent.parent.parent, _name_before(path.name), path.name)
    folder = next((place for place in places if (place / RECORDS).is_dir()), None)
    if folder is None:
        hint = "请给出数据文件夹、成套文件所在的文件夹，或其中的一份文件；用 --out 指明写到了哪里。"
        raise InputError(f"{given}：没有找到由它生成的文件。", hint=hint)
    return Aim(folder, path.name if folder == path.parent and folder != path else None)


def _set_of(path: Path) -> str:
    real = path.resolve()
    return real.name if real.is_dir() else real.parent.name


def _name_before(orphan: str) -> str:
    """The name that a file had before it was moved aside."""
    path = Path(orphan)
    return f"{path.stem.rpartition('.')[0] or path.stem}{path.suffix}"


def history(found: Aim) -> History:
    """The versions of a set, or of one file of it: each with what became of its files in it."""
    folder = found.folder
    with told(folder.as_posix()):
        entries: list[Entry] = []
        before: Mapping[str, Record] = {}
        first: dict[tuple[tuple[str, str], ...], int] = {}
        for version in versions(folder):
            files = version.manifest.files
            states = tuple(_states(before, files, found.name))
            said = tuple((name, files[name].sha256) for name in sorted(files) if found.name in (None, name))
            like = first.setdefault(said, version.number)
            if states or found.name is None:
                same = like if like != version.number else None
                entries.append(Entry(version.number, version.written, states, same))
            before = files
        now = recorded(folder) or Manifest()
        edited = tuple(name for name, record in now.files.items() if _edited(folder / name, record))
        aside = tuple(path.as_posix() for path in sorted((folder / ORPHANS).glob("*")))
    current = next((each.number for each in reversed(versions(folder)) if _same(each.manifest, now)), None)
    return History(folder.as_posix(), tuple(entries), current, edited, aside)


def _states(before: Mapping[str, Record], now: Mapping[str, Record], only: str | None) -> Iterator[FileState]:
    for name in sorted({*before, *now}):
        old, new = before.get(name), now.get(name)
        if only in (None, name) and (old is None or new is None or old.sha256 != new.sha256):
            state = "new" if old is None else "gone" if new is None else "changed"
            yield FileState(name, state, _hand(new) if new is not None else "")


def _hand(record: Record) -> str:
    """What is said of a person's own words in a file, if there are any: as they were left, or merged."""
    return BY_HAND if record.hand == LEFT else MERGED if record.hand else ""


def _edited(path: Path, record: Record) -> bool:
    return path.is_file() and digest_of(path.read_bytes()) != record.sha256


def _same(one: Manifest, other: Manifest) -> bool:
    return {name: r.sha256 for name, r in one.files.items()} == {name: r.sha256 for name, r in other.files.items()}


def restore(found: Aim, number: int | None) -> ChangeReport:
    """Put an earlier version of a set or of one file back; an orphan goes back to where it was.

    What lies there goes into the history first. A signed record stays as it lies, unless it is asked for itself.
    Raises InputError where there is no such version, OutputError where its bytes are kept no more.
    """
    with Workspace(found.folder, found.folder.as_posix()) as workspace:
        manifest = workspace.manifest or Manifest()
        back = _orphan(found) if found.orphan is not None else _version(found, number, manifest)
        writes = {name: data for name, data in back.files.items() if _bytes(found.folder / name) != data}
        new = replace(back.manifest, files=dict(sorted(back.manifest.files.items())))
        if writes or back.aside:
            workspace.put_back(writes, back.aside, new)
    files = [FileState(_in(found.folder, name), "restored" if name in writes else "unchanged") for name in back.files]
    files += [FileState(_in(found.folder, name), "aside") for name in back.aside]
    files += [FileState(_in(found.folder, name), "signed") for name in back.left]
    apart = found.name not in (None, BOUND) and bool(writes) and not _as_bound(found, new)
    remarks = (f"{TITLE}没有随之恢复；它与这份文件现在不一致。",) if apart else ()
    return ChangeReport("", tuple(files), remarks=(*remarks, _AGAIN) if writes or back.aside else ())


def _as_bound(found: Aim, now: Manifest) -> bool:
    """Whether a file is what went into the bound set as it lies there; so it is where there is none."""
    name, last = found.name or "", now.files.get(BOUND)
    if last is None:
        return True
    records = (each.manifest.files for each in versions(found.folder))
    first = next((files for files in records if BOUND in files and files[BOUND].sha256 == last.sha256), {})
    return name in first and first[name].sha256 == now.files[name].sha256


@dataclass(frozen=True, slots=True)
class _Back:
    """What is to lie there: files, those moved aside, those left alone, and what the record says then."""

    manifest: Manifest
    files: Mapping[str, bytes]
    aside: Sequence[str] = ()
    left: Sequence[str] = ()


def _version(found: Aim, number: int | None, manifest: Manifest) -> _Back:
    folder = found.folder
    version = next((each for each in versions(folder) if each.number == number), None)
    if version is None:
        raise InputError(f"{folder.as_posix()}：没有第 {number} 版。", hint=_LIST.format(folder.as_posix()))
    then = _as_lying(version.manifest.files)
    if found.name is not None:
        return _one(found, version, manifest)
    left = [name for name, record in manifest.files.items() if record.form and (folder / name).exists()]
    wanted = {name: record for name, record in then.items() if name not in left}
    aside = [name for name in manifest.files if name not in {*then, *left} and (folder / name).exists()]
    records = wanted | {name: manifest.files[name] for name in left}
    return _Back(replace(version.manifest, files=records), _kept(folder, wanted), aside, left)


def _as_lying(files: Mapping[str, Record]) -> dict[str, Record]:
    """The records of files that are put back: with a person's words in them, wherever those were kept."""
    return {name: replace(record, hand=HAND) if record.hand else record for name, record in files.items()}


def _one(found: Aim, version: Version, manifest: Manifest) -> _Back:
    """One file with the PDF beside it; a PDF that shows another version is moved aside."""
    name, then = found.name or "", _as_lying(version.manifest.files)
    if name not in then:
        message = f"第 {version.number} 版里没有“{name}”。"
        raise InputError(message, hint=_LIST.format(found.folder.as_posix()))
    shown = f"{name.removesuffix('.docx')}.pdf"
    wanted = {each: then[each] for each in dict.fromkeys((name, shown)) if each in then}
    stale = [shown] if shown not in wanted and shown in manifest.files and (found.folder / shown).exists() else []
    others = {each: record for each, record in manifest.files.items() if each not in stale}
    key = manifest.key or version.manifest.key
    return _Back(replace(manifest, key=key, files=others | wanted), _kept(found.folder, wanted), stale)


def _kept(folder: Path, wanted: Mapping[str, Record]) -> dict[str, bytes]:
    found = {name: kept(folder, record.sha256, name) for name, record in wanted.items()}
    lost = [name for name, data in found.items() if data is None]
    if lost:
        message = f"{folder.as_posix()}：历史记录里没有保存 {'、'.join(lost)} 的这一版，什么也没有恢复。"
        raise OutputError(message, hint=_LIST.format(folder.as_posix()))
    return {name: data for name, data in found.items() if data is not None}


def _orphan(found: Aim) -> _Back:
    folder, name = found.folder, found.name or ""
    data = _bytes(folder / ORPHANS / (found.orphan or ""))
    if data is None:
        raise InputError(f"{folder.as_posix()}/{ORPHANS}/{found.orphan}：没有这份文件。")
    manifest = recorded(folder) or Manifest()
    known = [version.manifest.files.get(name) for version in reversed(versions(folder))]
    record = next((record for record in known if record is not None), None)
    if record is None:
        return _Back(manifest, {name: data})
    same = record.sha256 == digest_of(data)
    then = record if same else replace(record, sha256=digest_of(data), generated=record.base, hand=HAND)
    return _Back(replace(manifest, files={**manifest.files, name: then}), {name: data})


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _in(folder: Path, name: str) -> str:
    return f"{folder.as_posix()}/{name}"


def drop(found: Aim, numbers: Collection[int], before: int | None, *, orphans: bool = False) -> ChangeReport:
    """Drop versions from the history, and with `orphans` the files that were moved aside.

    What another version or the set as it lies there needs stays: the bytes, and what docgen had made of each file.
    """
    folder = found.folder
    with Workspace(folder, folder.as_posix()) as workspace, told(folder.as_posix()):
        known = versions(folder)
        wanted = {each.number for each in known if each.number in numbers or (before or 0) > each.number}
        missing = sorted(set(numbers) - wanted)
        if missing:
            named = "、".join(map(str, missing))
            raise InputError(f"{folder.as_posix()}：没有第 {named} 版。", hint=_LIST.format(folder.as_posix()))
        gone = _unneeded([each for each in known if each.number not in wanted], workspace.manifest, folder)
        gone = gone if wanted else []
        gone += [record_name(number) for number in wanted]
        gone += [f"{ORPHANS}/{path.name}" for path in sorted((folder / ORPHANS).glob("*"))] if orphans else []
        if gone:
            workspace.take({}, {name: digest_of((folder / name).read_bytes()) for name in gone})
    files = tuple(FileState(f"第 {number} 版", "dropped") for number in sorted(wanted))
    aside = tuple(FileState(_in(folder, name), "dropped") for name in gone if name.startswith(ORPHANS))
    return ChangeReport("", (*files, *aside), remarks=() if gone else ("没有要删去的。",))


def _unneeded(left: Sequence[Version], manifest: Manifest | None, folder: Path) -> list[str]:
    """The files of the history that neither a version that is left nor the set itself needs."""
    records = [*(version.manifest for version in left), *([manifest] if manifest else [])]
    needed = {stored_as(each.said, SAID) for each in records}
    needed |= {
        stored_as(hashed, name)
        for each in records
        for name, record in each.files.items()
        for hashed in (record.sha256, record.base)
    }
    lying = [f"{HISTORY}/{path.name}" for path in sorted((folder / HISTORY).glob("*"))]
    return [name for name in lying if not name.endswith(".json") and name not in needed]
