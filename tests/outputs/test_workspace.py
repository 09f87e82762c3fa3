"""A set's folder: written as a whole, never over somebody's work, whatever happens in between."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from docgen.errors import OutputError
from docgen.outputs.disk import digest_of
from docgen.outputs.history import HISTORY, stored_as, versions
from docgen.outputs.manifest import Record
from docgen.outputs.workspace import About, State, Workspace, compare
from tests.endure import ENDURE
from tests.outputs import crash

OLD = {"01_协议.docx": b"one" * 100, "02_报价.docx": b"two", "03_方案.docx": b"three"}
NEW = {"01_协议.docx": b"ONE" * 200, "02_报价.docx": b"two", "04_名册.docx": b"four"}
# Every call when enduring, some of them otherwise.
CALLS = range(1, 700, 1 if ENDURE else 7)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def lying(folder: Path) -> dict[str, bytes]:
    """The files of the set as they lie in the folder, docgen's records left out."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != ".docgen"}


def records(folder: Path) -> list[str]:
    """All files and folders in the records."""
    return sorted(path.relative_to(folder / ".docgen").as_posix() for path in (folder / ".docgen").rglob("*"))


def own_records(folder: Path) -> list[str]:
    """The records apart from the history, which is found whole."""
    assert_history(folder)
    return [name for name in records(folder) if not name.startswith("history")]


def assert_history(folder: Path) -> None:
    """Every version has the bytes it was made with, under their hash, and there is nothing else."""
    listed = [record for version in versions(folder) for record in version.manifest.files.items()]
    needed = {stored_as(record.base, name) for name, record in listed}
    known = needed | {stored_as(record.sha256, name) for name, record in listed}
    lie = {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / HISTORY).glob("*.docx")}
    assert needed <= lie.keys() <= known
    assert {path: stored_as(digest_of(data), path) for path, data in lie.items()} == {path: path for path in lie}


def publish(folder: Path, files: Mapping[str, bytes]) -> dict[str, State]:
    """The states of one publication."""
    with Workspace(folder) as workspace:
        return workspace.publish(files, About("kit", "定稿", "data", {}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds the old set."""
    publish(tmp_path / "set", OLD)
    return tmp_path / "set"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: hundreds of crashes need not wait for a real disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_a_first_set_is_written_with_its_record(tmp_path: Path) -> None:
    """The record holds hashes, ids and titles alone."""
    folder = tmp_path / "outputs" / "set"
    documents = {"01_协议.docx": Record("", "body", "协议", "contractual")}
    with Workspace(folder) as workspace:
        states = workspace.publish({"01_协议.docx": b"bytes"}, About("委托", "定稿", "甲方: 示例", documents))

    assert states == {"01_协议.docx": State.NEW}
    assert lying(folder) == {"01_协议.docx": b"bytes"}
    assert own_records(folder) == ["lock", "manifest.json"]
    raw = json.loads((folder / ".docgen" / "manifest.json").read_bytes())
    assert sorted(raw) == ["data", "docgen", "files", "format", "kit", "salt", "stage"]
    assert (raw["kit"], raw["stage"], raw["format"]) == ("委托", "定稿", 1)
    assert raw["files"] == {
        "01_协议.docx": {
            "sha256": "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9",
            "document": "body",
            "title": "协议",
            "role": "contractual",
        }
    }
    assert "示例" not in json.dumps(raw, ensure_ascii=False)


def test_the_same_set_leaves_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """Records included, so that two folders can be compared."""
    for name in ("a", "b"):
        publish(tmp_path / name, OLD)

    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*") if path.is_file()} for name in "ab"
    )
    assert first == second


def test_unchanged_files_keep_bytes_and_times(folder: Path) -> None:
    """A second run touches nothing at all."""
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}

    states = publish(folder, OLD)

    assert set(states.values()) == {State.UNCHANGED}
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.name != "lock"} == {
        path: time for path, time in before.items() if path.name != "lock"
    }


def test_a_changed_set_replaces_adds_and_moves_aside(folder: Path) -> None:
    """What is no longer made is kept among the orphans."""
    states = publish(folder, NEW)

    assert states == {
        "01_协议.docx": State.CHANGED,
        "02_报价.docx": State.UNCHANGED,
        "04_名册.docx": State.NEW,
        "03_方案.docx": State.ORPHANED,
    }
    assert lying(folder) == NEW
    orphan = next((folder / ".docgen" / "orphans").iterdir())
    assert (orphan.name[:6], orphan.suffix, orphan.read_bytes()) == ("03_方案.", ".docx", b"three")
    assert own_records(folder) == ["lock", "manifest.json", "orphans", f"orphans/{orphan.name}"]


def test_comparing_writes_nothing(folder: Path, tmp_path: Path) -> None:
    """The states are told without a lock and without a folder."""
    assert compare(folder, NEW) == publish(folder, NEW)
    assert compare(tmp_path / "none", NEW) == dict.fromkeys(NEW, State.NEW)
    assert not (tmp_path / "none").exists()


def test_an_edited_file_keeps_the_whole_set_from_being_written(folder: Path) -> None:
    """The file is named, and no other one changes either."""
    (folder / "01_协议.docx").write_bytes(b"by hand")

    states = publish(folder, NEW)

    assert states["01_协议.docx"] is State.EDITED
    assert lying(folder) == OLD | {"01_协议.docx": b"by hand"}
    assert own_records(folder) == ["lock", "manifest.json"]


@pytest.mark.parametrize("damage", [b"{", b"[]", b'{"format": 1, "files": 3}', b"\xff", b"[" * 100_000])
def test_without_a_record_every_other_file_is_somebodys_work(folder: Path, damage: bytes) -> None:
    """A lost record costs no file; equal ones are taken over."""
    (folder / ".docgen" / "manifest.json").write_bytes(damage)

    assert publish(folder, NEW)["01_协议.docx"] is State.EDITED
    assert lying(folder) == OLD
    assert set(publish(folder, OLD).values()) == {State.UNCHANGED}
    assert publish(folder, NEW)["01_协议.docx"] is State.CHANGED


def test_a_record_of_a_newer_docgen_is_left_alone(folder: Path) -> None:
    """What this version does not know it does not overwrite."""
    (folder / ".docgen" / "manifest.json").write_bytes(b'{"format": 2}')

    with pytest.raises(OutputError, match="更新版本的 docgen"):
        publish(folder, NEW)
    assert lying(folder) == OLD


def test_kept_files_are_no_orphans(folder: Path) -> None:
    """A run over some documents leaves the others, edited or not, and their records."""
    (folder / "02_报价.docx").write_bytes(b"by hand")
    with Workspace(folder) as workspace:
        states = workspace.publish({"01_协议.docx": b"new"}, kept=["02_报价.docx", "03_方案.docx"])
        manifest = workspace.manifest

    assert states == {"01_协议.docx": State.CHANGED}
    assert lying(folder) == OLD | {"01_协议.docx": b"new", "02_报价.docx": b"by hand"}
    assert manifest is not None
    assert sorted(manifest.files) == sorted(OLD)


def test_a_removed_file_is_written_again(folder: Path) -> None:
    """What is gone is new."""
    (folder / "02_报价.docx").unlink()

    assert publish(folder, OLD)["02_报价.docx"] is State.NEW
    assert lying(folder) == OLD


def test_an_edited_orphan_is_moved_as_it_is(folder: Path) -> None:
    """Moving aside loses nothing."""
    (folder / "03_方案.docx").write_bytes(b"by hand")
    publish(folder, NEW)

    assert [path.read_bytes() for path in (folder / ".docgen" / "orphans").iterdir()] == [b"by hand"]


def test_only_one_writer_at_a_time(folder: Path) -> None:
    """The second one is told so, and the first goes on."""
    with Workspace(folder) as workspace:
        with pytest.raises(OutputError, match="另一个 docgen 正在写这个文件夹"), Workspace(folder, "outputs/set"):
            pass
        workspace.publish(NEW)

    assert lying(folder) == NEW


@posix
def test_links_lead_nowhere(tmp_path: Path, folder: Path) -> None:
    """Neither the folder, nor the records or what is in them, nor a file may be a link to somewhere else."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_bytes(b"mine")
    (tmp_path / "linked").symlink_to(outside)
    with pytest.raises(OutputError, match="链接"):
        publish(tmp_path / "linked", OLD)
    (tmp_path / "set2").mkdir()
    (tmp_path / "set2" / ".docgen").symlink_to(outside)
    with pytest.raises(OutputError, match="链接"):
        publish(tmp_path / "set2", OLD)
    for name in ("lock", "stage", "orphans"):
        link = folder / ".docgen" / name
        link.unlink(missing_ok=True)
        link.symlink_to(outside / "new")
        with pytest.raises(OutputError, match=f"{name} 是指向别处的链接"):
            publish(folder, NEW)
        link.unlink()
    (folder / "01_协议.docx").unlink()
    (folder / "01_协议.docx").symlink_to(outside / "file")
    assert publish(folder, NEW)["01_协议.docx"] is State.EDITED

    assert {path.name: path.read_bytes() for path in outside.iterdir()} == {"file": b"mine"}


@pytest.mark.parametrize("name", ["../x", "a/b", "", "..", ".docgen", "/etc/x", "a\\b"])
def test_names_stay_inside_the_folder(tmp_path: Path, name: str) -> None:
    """A name that is a path is refused, and leaves no folder behind."""
    with pytest.raises(OutputError, match="不能作为文件名"):
        publish(tmp_path / "set", {name: b""})

    assert not list(tmp_path.iterdir())


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    """One clear message, no traceback of the system's."""
    (tmp_path / "outputs").write_bytes(b"")

    with pytest.raises(OutputError, match="路径中有一段是文件") as caught:
        publish(tmp_path / "outputs" / "set", OLD)
    assert caught.value.hint


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(folder: Path) -> None:
    """The message names the folder and what to do."""
    folder.chmod(0o500)
    with pytest.raises(OutputError, match="没有写入权限"):
        publish(folder, NEW)


@posix
def test_a_record_that_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses the record itself, the message says so in Chinese and nothing is written."""
    real = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == "manifest.json":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    with Workspace(folder) as workspace, pytest.raises(OutputError, match="没有写入权限"):
        assert workspace.manifest

    assert lying(folder) == OLD


def test_a_system_without_threads_writes_all_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no thread can be started any more, the files are brought to the disk one by one."""

    def refusing(thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refusing)
    publish(folder, NEW)

    assert lying(folder) == NEW


def test_a_file_open_in_another_program_undoes_the_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace a file that Word holds: everything is as it was before."""
    real = os.replace

    def refusing(source: Path, target: Path) -> None:
        if Path(target).name == "04_名册.docx":
            raise PermissionError(13, "used by another process")
        real(source, target)

    monkeypatch.setattr(os, "replace", refusing)
    with pytest.raises(OutputError, match="文件正被其他程序占用"):
        publish(folder, NEW)

    assert lying(folder) == OLD
    assert own_records(folder) == ["lock", "manifest.json"]
    assert set(compare(folder, OLD).values()) == {State.UNCHANGED}


def test_a_file_edited_while_the_set_is_written_undoes_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The edit stays, the others go back."""
    real = os.replace

    def editing(source: Path, target: Path) -> None:
        real(source, target)
        if Path(target).name == "journal.json" and not (folder / "edited").exists():
            (folder / "edited").write_bytes(b"")
            (folder / "01_协议.docx").write_bytes(b"by hand")

    monkeypatch.setattr(os, "replace", editing)
    with pytest.raises(OutputError, match="写入过程中文件被其他程序改动"):
        publish(folder, NEW)

    assert lying(folder) == OLD | {"01_协议.docx": b"by hand", "edited": b""}


@posix
def test_a_file_edited_after_a_crash_is_not_overwritten(disk: Path) -> None:
    """Recovery goes back where it cannot go on."""
    for number in CALLS:
        folder = begun(disk / str(number), OLD)
        crash.killed(number, partial(publish, folder, NEW))
        if (folder / ".docgen" / "journal.json").exists():
            break
    (folder / "01_协议.docx").write_bytes(b"by hand")

    assert publish(folder, OLD)["01_协议.docx"] is State.EDITED
    assert lying(folder) == OLD | {"01_协议.docx": b"by hand"}


@pytest.mark.parametrize(
    "damage",
    [
        b"{",
        b"{}",
        b"[" * 100_000,
        b'{"steps": [{"target": "../x", "staged": null, "kept": null, "old": null, "new": null}], "undoing": false}',
    ],
)
def test_a_damaged_journal_stops_the_work(folder: Path, damage: bytes) -> None:
    """What cannot be understood, or leads outside, is said and left for a person."""
    (folder / ".docgen" / "journal.json").write_bytes(damage)

    with pytest.raises(OutputError, match="已损坏"):
        publish(folder, NEW)
    assert lying(folder) == OLD


@posix
@pytest.mark.parametrize("start", [OLD, {}], ids=["changed", "first"])
def test_killed_at_any_call_each_file_is_whole_and_the_next_run_recovers(disk: Path, start: dict[str, bytes]) -> None:
    """After the kill every file is old or new; after recovery all are old or all are new, and nothing else is left."""
    for number in CALLS:
        folder = begun(disk / str(number), start)
        if crash.killed(number, partial(publish, folder, NEW)) is crash.End.UNTOUCHED:
            break
        _assert_whole(folder, start)
        recover(folder)
        _assert_all_old_or_all_new(folder, start)
        publish(folder, NEW)
        assert lying(folder) == NEW
    assert number > 40


@posix
def test_killed_while_recovering_the_next_run_recovers_all_the_same(disk: Path) -> None:
    """Recovery itself may be killed, time and again."""
    for number in CALLS[:: 1 if ENDURE else 3]:
        folder = begun(disk / str(number), OLD)
        if crash.killed(number, partial(publish, folder, NEW)) is crash.End.UNTOUCHED:
            break
        for again in range(1, 40, 1 if ENDURE else 5):
            crash.killed(again, partial(recover, folder))
            _assert_whole(folder, OLD)
        recover(folder)
        _assert_all_old_or_all_new(folder, OLD)
    assert number > 40


@posix
@pytest.mark.parametrize("once", [True, False], ids=["once", "for good"])
def test_a_disk_that_fails_at_any_call_leaves_a_whole_set(disk: Path, *, once: bool) -> None:
    """What is told as failed is undone: at once where the disk recovers, else by the next run."""
    for number in CALLS:
        folder = begun(disk / str(number), OLD)
        end = crash.full(number, partial(publish, folder, NEW), once=once)
        if end is crash.End.UNTOUCHED:
            break
        assert end in (crash.End.TOLD, crash.End.SURVIVED)
        _assert_whole(folder, OLD)
        if end is crash.End.SURVIVED:
            assert lying(folder) == NEW
        elif not (folder / ".docgen" / "journal.json").exists():
            assert lying(folder) == OLD
        recover(folder)
        _assert_all_old_or_all_new(folder, OLD)
    assert number > 40


def begun(folder: Path, start: Mapping[str, bytes]) -> Path:
    """The folder with the set that it starts from."""
    if start:
        publish(folder, start)
    return folder


def recover(folder: Path) -> None:
    """Enter and leave, as the next command does."""
    with Workspace(folder):
        pass


def _assert_whole(folder: Path, start: Mapping[str, bytes]) -> None:
    if not folder.exists():
        return
    for name, data in lying(folder).items():
        assert data in (start.get(name), NEW.get(name))
    assert start.keys() & NEW.keys() <= lying(folder).keys()


def _assert_all_old_or_all_new(folder: Path, start: Mapping[str, bytes]) -> None:
    if not folder.exists():
        assert not start
        return
    now = lying(folder)
    assert now in (start, NEW)
    assert set(compare(folder, now).values()) <= {State.UNCHANGED}
    own = own_records(folder)
    assert [name for name in own if not name.startswith("orphans")] in (["lock", "manifest.json"], [])
