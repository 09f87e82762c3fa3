"""What lies in a set's folder, and how a new version of the set gets there: as a whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import NamedTuple, Self

from docgen import __version__
from docgen.errors import OutputError
from docgen.outputs.disk import digest, digest_of, keep, refused, remove_folder, sync, told, write_new
from docgen.outputs.history import HISTORY, Change, additions
from docgen.outputs.journal import Conflict, Journal, Step, read_journal
from docgen.outputs.lock import Lock
from docgen.outputs.manifest import Manifest, Record, manifest_bytes, read_manifest
from docgen.outputs.said import NAME as SAID

RECORDS = ".docgen"
_MANIFEST = f"{RECORDS}/manifest.json"
_STAGE = f"{RECORDS}/stage"
ORPHANS = f"{RECORDS}/orphans"


class State(StrEnum):
    """How a file of the set stands to what lies in the folder."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MERGED = "merged"
    EDITED = "edited"
    ORPHANED = "orphaned"


_WRITTEN = (State.NEW, State.CHANGED, State.MERGED)


class About(NamedTuple):
    """What the record says of a set besides its hashes: kit, stage, the data as text, each file's document.

    `generated` are the bytes of files before a person's own words or a draft's marks came into them, and `merged` the
    hash of each edited file whose edits are in what is to be written in its place; `inputs` is the hash of the files
    that the set was made from, if it is to be known by that again, together with what is `said` of it; with `part` only
    some of its files are made anew. `key` is what the records in its files are made with.
    """

    kit: str = ""
    stage: str = ""
    data: str = ""
    documents: Mapping[str, Record] | None = None
    generated: Mapping[str, bytes] = MappingProxyType({})
    merged: Mapping[str, str] = MappingProxyType({})
    inputs: str = ""
    said: bytes = b""
    part: bool = False
    key: str = ""


def recorded(folder: Path) -> Manifest | None:
    """The record of what was written last into a set's folder, if there is one; nothing is locked."""
    with told(str(folder)):
        return read_manifest(folder / _MANIFEST)


def compare(
    folder: Path, files: Mapping[str, bytes], kept: Collection[str] = (), merged: Mapping[str, str] | None = None
) -> dict[str, State]:
    """The state of every file to be written and of every orphan; nothing is written or locked.

    `kept` names files of the set that are not made this time and are to stay as they are, `merged` the hash of each
    edited file whose edits are in what is to be written.
    """
    manifest = read_manifest(folder / _MANIFEST)
    records = manifest.files if manifest else {}
    taken_up = merged or {}
    found = {name: _state(folder / name, data, records.get(name), taken_up.get(name)) for name, data in files.items()}
    for name in sorted(records.keys() - files.keys() - set(kept)):
        if digest(folder / name) is not None:
            found[name] = State.ORPHANED
    return found


def orphan_name(name: str, sha256: str) -> str:
    """Where a file is moved aside, relative to the set's folder: to a name that only the same bytes have."""
    path = Path(name)
    return f"{ORPHANS}/{path.stem}.{sha256[:8]}{path.suffix}"


class Workspace:
    """The folder of one set, held by one writer; an interrupted run before is finished or undone on entering."""

    def __init__(self, folder: Path, shown: str | None = None) -> None:
        self.folder = folder
        self._shown = shown if shown is not None else str(folder)
        self._records = folder / RECORDS
        self._made: list[Path] = []
        self._lock = Lock(self._records / "lock", self._shown)

    def __enter__(self) -> Self:
        with told(self._shown):
            self._refuse_links()
            try:
                self._make(self._records)
                self._lock.take()
            except BaseException:
                self._leave_nothing()
                raise
        try:
            self._recover()
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    @property
    def manifest(self) -> Manifest | None:
        """The record of what was written last, if there is one."""
        with told(self._shown):
            return read_manifest(self.folder / _MANIFEST)

    def states(
        self, files: Mapping[str, bytes], kept: Collection[str] = (), merged: Mapping[str, str] | None = None
    ) -> dict[str, State]:
        """The state of every file to be written and of every orphan."""
        with told(self._shown):
            return compare(self.folder, files, kept, merged)

    def publish(
        self, files: Mapping[str, bytes], about: About | None = None, *, kept: Collection[str] = ()
    ) -> dict[str, State]:
        """The states before; the files are written as a whole, unless one of them was edited: then none is.

        Unchanged files are not touched, orphans move to `.docgen/orphans`, `kept` names what stays as it is. What is
        replaced is kept in the history, and so is what was generated, for the next merge.
        Where the disk refuses, everything is as it was before and an OutputError says why.
        """
        _refuse_names(files)
        about = about or About()
        states = self.states(files, kept, about.merged)
        if State.EDITED in states.values():
            return states
        writes = {name: files[name] for name, state in states.items() if state in _WRITTEN}
        orphans = [name for name, state in states.items() if state is State.ORPHANED]
        new = self._manifest(files, states, about, kept)
        with told(self._shown):
            if not writes and digest(self.folder / _MANIFEST) == digest_of(manifest_bytes(new)):
                return states
        said = {SAID: about.said} if new.said else {}
        self._put(writes, orphans, new, [files, about.generated, said], self._meant(states, about))
        return states

    def put_back(self, files: Mapping[str, bytes], aside: Collection[str], new: Manifest) -> None:
        """Write files as they stood in an earlier version; those of `aside` move to `.docgen/orphans`.

        What lies there goes into the history first; `new` is the record of the set from then on.
        """
        _refuse_names(files)
        self._put(files, aside, replace(new, inputs="", said=""), [files], {})

    def take(
        self, files: Mapping[str, bytes], gone: Mapping[str, str], going: Mapping[str, bytes] = MappingProxyType({})
    ) -> None:
        """Put files, records among them, in their places and take away for good what is gone (names and hashes).

        `going` are the bytes that a file is known to have before; none other are replaced.
        """
        with told(self._shown):
            try:
                for name in going:
                    self._refuse_locked(name)
                self._make(self.folder / _STAGE)
                for parent in {(self.folder / name).parent for name in files}:
                    self._make(parent)
                steps = [
                    self._staged(number, name, data, going.get(name))
                    for number, (name, data) in enumerate(files.items())
                ]
                steps += [
                    Step(name, None, f"{_STAGE}/gone-{number}", hashed, None)
                    for number, (name, hashed) in enumerate(gone.items())
                ]
                sync([*(self.folder / _STAGE).iterdir(), self.folder / _STAGE])
            except BaseException:
                remove_folder(self.folder / _STAGE)
                raise
        self._run(Journal(self.folder, self._records / "journal.json", tuple(steps)))

    def _put(
        self,
        writes: Mapping[str, bytes],
        orphans: Collection[str],
        new: Manifest,
        coming: Sequence[Mapping[str, bytes]],
        meant: Mapping[str, str],
    ) -> None:
        """Write files and move others aside as a whole, with the history and the record of it."""
        with told(self._shown):
            try:
                steps = self._stage(writes, orphans, new, coming, meant)
            except BaseException:
                remove_folder(self.folder / _STAGE)
                raise
        self._run(Journal(self.folder, self._records / "journal.json", tuple(steps)))

    def _run(self, journal: Journal) -> None:
        """Carry the steps out; whatever goes wrong, take them back."""
        with _undone(journal, self._shown):
            journal.begin()
            journal.finish()
        remove_folder(self.folder / _STAGE)

    def _recover(self) -> None:
        with told(self._shown):
            journal = read_journal(self.folder, self._records / "journal.json")
            if journal is not None and journal.undoing:
                journal.undo()
            elif journal is not None:
                _finish_or_undo(journal)
            remove_folder(self.folder / _STAGE)
            (self._records / "journal.new").unlink(missing_ok=True)

    def _stage(
        self,
        writes: Mapping[str, bytes],
        orphans: Collection[str],
        new: Manifest,
        coming: Sequence[Mapping[str, bytes]],
        meant: Mapping[str, str],
    ) -> list[Step]:
        """The steps to take, with every new file and every old one that goes lying ready."""
        for name in writes:
            self._refuse_locked(name)
        going = {name: self._lying(name) for name in [*writes, *orphans] if (self.folder / name).exists()}
        if any(digest_of(going.get(name, b"")) != hashed for name, hashed in meant.items()):
            raise _changed_meanwhile(self._shown)
        change = Change(self.manifest, new, going, coming, silent=not (writes or orphans))
        news = {**additions(self.folder, change), **writes, _MANIFEST: manifest_bytes(new)}
        self._make(self.folder / _STAGE)
        self._make(self.folder / HISTORY)
        steps = [self._staged(number, name, data, going.get(name)) for number, (name, data) in enumerate(news.items())]
        steps[-1:-1] = [self._aside(name, going[name]) for name in orphans]
        sync([*(self.folder / _STAGE).iterdir(), self.folder / _STAGE])
        return steps

    def _meant(self, states: Mapping[str, State], about: About) -> dict[str, str]:
        """The hash of each file that is to be replaced, as it was when that was decided."""
        last = self.manifest or Manifest()
        found = {name: last.files[name].sha256 for name, state in states.items() if state is State.CHANGED}
        return found | {name: about.merged[name] for name, state in states.items() if state is State.MERGED}

    def _staged(self, number: int, name: str, data: bytes, going: bytes | None = None) -> Step:
        """The step that writes a file; where `going` was read as what it replaces, it replaces nothing else."""
        token = f"{_STAGE}/{number:03d}-{os.urandom(4).hex()}"
        write_new(self.folder / f"{token}.new", data)
        old = digest_of(going) if going is not None else digest(self.folder / name)
        if old is None:
            return Step(name, f"{token}.new", None, None, digest_of(data))
        shutil.copymode(self.folder / name, self.folder / f"{token}.new")
        keep(self.folder / name, self.folder / f"{token}.old")
        return Step(name, f"{token}.new", f"{token}.old", old, digest_of(data))

    def _aside(self, name: str, lying: bytes) -> Step:
        """The step that moves an orphan away, to a name that only the same bytes have."""
        (self.folder / ORPHANS).mkdir(exist_ok=True)
        old = digest_of(lying)
        return Step(name, None, orphan_name(name, old), old, None)

    def _lying(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def _manifest(
        self, files: Mapping[str, bytes], states: Mapping[str, State], about: About, kept: Collection[str]
    ) -> Manifest:
        last = self.manifest or Manifest()
        documents = about.documents or {}
        records = {name: record for name, record in last.files.items() if name in kept and name not in files}
        for name, data in files.items():
            made, old = digest_of(about.generated.get(name, data)), last.files.get(name)
            # What a person edited stays known as edited as long as docgen writes nothing in its place.
            left = states[name] is State.UNCHANGED and old is not None and name in about.merged
            written = old.sha256 if left and old is not None else digest_of(data)
            record = replace(documents.get(name, Record("")), sha256=written)
            records[name] = record if made == written else replace(record, generated=made)
        key = about.key or last.key
        new = replace(_known_by(last, about), kit=about.kit, stage=about.stage, key=key, files=records)
        new = new.with_data(about.data)
        # A newer docgen alone is no reason to write anything.
        return new if new == last else replace(new, docgen=__version__)

    def _refuse_links(self) -> None:
        inside = (self._records / "lock", self.folder / _STAGE, self.folder / ORPHANS, self.folder / HISTORY)
        for path in (self.folder, self._records, *inside):
            if path.is_symlink():
                message = f"{self._shown}：{path.name} 是指向别处的链接，docgen 只写在文件夹之内。"
                raise OutputError(message, hint="请删去这个链接，或用 --out 换一个文件夹。")

    def _refuse_locked(self, name: str) -> None:
        """Say before anything is touched that a file is read-only or open in Word."""
        path = self.folder / name
        with told(f"{self._shown}/{name}"):
            if path.exists():
                os.close(os.open(path, os.O_RDWR))

    def _make(self, folder: Path) -> None:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            self._made.append(path)

    def _leave(self) -> None:
        """Give the folder back; where nothing was ever published, nothing is left of it."""
        if not (self._records / "journal.json").exists():
            remove_folder(self.folder / _STAGE)
        for folder in (ORPHANS, HISTORY):
            with suppress(OSError):
                (self.folder / folder).rmdir()  # which fails unless it is empty
        empty = {path.name for path in self._records.glob("*")} <= {"lock"}
        self._lock.release(remove=empty)
        if empty:
            self._leave_nothing()

    def _leave_nothing(self) -> None:
        for path in dict.fromkeys((self._records, *reversed(self._made))):
            with suppress(OSError):
                path.rmdir()


def _state(path: Path, data: bytes, record: Record | None, taken_up: str | None) -> State:
    now = digest(path)
    if now == digest_of(data):
        return State.UNCHANGED
    if now is None:
        return State.NEW
    if now == taken_up:
        return State.MERGED
    return State.CHANGED if record is not None and now == record.sha256 else State.EDITED


def _known_by(last: Manifest, about: About) -> Manifest:
    """The last record with what a plan knows the set by: some files made anew of the same data leave that as it is."""
    if about.part and about.inputs == last.inputs and last.docgen == __version__:
        return last
    if about.part or not about.inputs:
        return replace(last, inputs="", said="")
    return replace(last, inputs=about.inputs, said=digest_of(about.said) if about.said else "")


def _finish_or_undo(journal: Journal) -> None:
    try:
        journal.finish()
    except Conflict:
        journal.undo()


@contextmanager
def _undone(journal: Journal, shown: str) -> Iterator[None]:
    """A context whose steps are taken back when it is left by an exception."""
    try:
        yield
    except BaseException as error:
        # Where even this fails, the journal stays and the next run takes the steps back.
        with suppress(OSError):
            if journal.path.exists():
                journal.undo()
        if isinstance(error, Conflict):
            raise _changed_meanwhile(f"{shown}/{error.target}") from None
        if isinstance(error, OSError):
            raise refused(shown, error) from error
        raise


def _changed_meanwhile(shown: str) -> OutputError:
    message = f"{shown}：写入过程中文件被其他程序改动，已全部恢复原状。"
    return OutputError(message, hint="请关闭正在使用这些文件的程序后重新运行。")


def _refuse_names(files: Mapping[str, bytes]) -> None:
    for name in files:
        if name != Path(name).name or "\\" in name or name in ("", ".", "..", RECORDS):
            raise OutputError(f"“{name}”不能作为文件名。", hint="文件名不能含有文件夹。")
