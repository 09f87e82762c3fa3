"""Earlier versions of a set put back, and the history made shorter: nothing is lost that nobody asked to drop."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from docgen.bound import FILE as BOUND
from docgen.cli import main
from docgen.errors import DocgenError
from docgen.outputs.disk import digest_of
from docgen.outputs.history import HISTORY, kept, versions
from docgen.outputs.manifest import Record
from docgen.outputs.workspace import ORPHANS, About, State, Workspace, compare, recorded
from docgen.pipeline import Options, build
from docgen.plan import plan
from docgen.report.versions import lines
from docgen.restore import Aim, drop, history, restore
from tests.endure import ENDURE
from tests.outputs import crash

ROOT = Path(__file__).resolve().parent.parent
A, B, C = "01_协议.docx", "02_报价.docx", "03_方案.docx"
FIRST = {A: b"agreement 1", B: b"offer", C: b"plan"}
SECOND = {A: b"agreement 2", B: b"offer"}
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="a child process is forked")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a set of which two versions were written."""
    return begun(tmp_path / "set")


@pytest.fixture
def disk() -> Iterator[Path]:
    """A folder in memory where there is one: each crash test writes a whole set."""
    root = Path("/dev/shm" if Path("/dev/shm").is_dir() else os.environ.get("TMPDIR", "/tmp"))
    folder = root / f"docgen-restore-{os.getpid()}"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def begun(folder: Path) -> Path:
    """Two versions written, and then one file edited by hand."""
    for files in (FIRST, SECOND):
        with Workspace(folder) as workspace:
            workspace.publish(files, About("kit", "定稿", repr(files)))
    (folder / A).write_bytes(b"by hand")
    return folder


def lying(folder: Path) -> dict[str, bytes]:
    """The files of the set as they lie there."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def everything(folder: Path) -> set[bytes]:
    """The bytes of all that lies in the folder, moved aside or kept in the history."""
    own = [path for name in (HISTORY, ORPHANS) for path in (folder / name).glob("*")]
    return {*lying(folder).values(), *(path.read_bytes() for path in own)}


def states(folder: Path, found: Aim, number: int | None = None) -> dict[str, str]:
    """What became of each file of a set that was restored."""
    return {Path(file.file).relative_to(folder).as_posix(): file.state for file in restore(found, number).files}


def test_an_earlier_version_is_put_back_and_what_lay_there_is_kept(folder: Path) -> None:
    """The edit becomes a version of its own first, and every version can be put back again."""
    assert states(folder, Aim(folder), 1) == {A: "restored", B: "unchanged", C: "restored"}
    assert lying(folder) == FIRST
    assert [(v.number, kept(folder, v.manifest.files[A].sha256, A)) for v in versions(folder)] == [
        (1, b"agreement 1"), (2, b"agreement 2"), (3, b"by hand"), (4, b"agreement 1"),
    ]  # fmt: skip

    assert states(folder, Aim(folder), 3) == {A: "restored", B: "unchanged", C: "aside"}
    assert lying(folder) == SECOND | {A: b"by hand"}


def test_what_is_restored_is_what_docgen_knows_of(folder: Path) -> None:
    """The next build replaces it as its own work, but knows an edited file for edited."""
    restore(Aim(folder), 1)
    assert compare(folder, SECOND) == {A: State.CHANGED, B: State.UNCHANGED, C: State.ORPHANED}

    restore(Aim(folder), 3)
    now = recorded(folder)
    assert now is not None
    assert now.files[A] == Record(digest_of(b"by hand"), generated=digest_of(b"agreement 2"), hand="merged")


def test_one_file_is_restored_alone(folder: Path) -> None:
    """The others stay; a version in which nothing is otherwise writes nothing."""
    assert states(folder, Aim(folder, A), 1) == {A: "restored"}
    assert lying(folder) == SECOND | {A: b"agreement 1"}
    before = everything(folder)
    assert states(folder, Aim(folder, A), 1) == {A: "unchanged"}
    assert everything(folder) == before


def test_the_bound_set_is_told_to_differ_only_where_it_does(tmp_path: Path) -> None:
    """Where a file goes back to what was bound, the bound set says what it says."""
    folder = tmp_path / "set"
    for text in (b"1", b"2"):
        with Workspace(folder) as workspace:
            workspace.publish({A: text, BOUND: b"bound " + text}, About("kit", "定稿", text.decode()))
    (folder / A).write_bytes(b"by hand")

    told = [restore(Aim(folder, A), number).remarks for number in (2, 1, 2)]

    assert [sum("合订本没有随之恢复" in each for each in remarks) for remarks in told] == [0, 1, 0]


def test_a_pdf_goes_with_its_document(tmp_path: Path) -> None:
    """One that shows another version is moved aside."""
    for files in ({A: b"one"}, {A: b"two", "01_协议.pdf": b"shows two"}):
        with Workspace(tmp_path) as workspace:
            workspace.publish(files)

    assert states(tmp_path, Aim(tmp_path, A), 1) == {A: "restored", "01_协议.pdf": "aside"}
    assert states(tmp_path, Aim(tmp_path, A), 2) == {A: "restored", "01_协议.pdf": "restored"}
    assert lying(tmp_path) == {A: b"two", "01_协议.pdf": b"shows two"}


def test_an_orphan_goes_back_to_where_it_was(folder: Path) -> None:
    """It is one of the set's files again, which a plan will tell."""
    orphan = next((folder / ORPHANS).iterdir()).name

    assert states(folder, Aim(folder, C, orphan)) == {C: "restored"}
    assert lying(folder)[C] == b"plan"
    assert compare(folder, {A: b"by hand", B: b"offer"})[C] is State.ORPHANED


def test_a_signed_record_stays_as_it_lies(tmp_path: Path) -> None:
    """A whole set restored leaves it alone; asked for itself it is restored."""
    for data in (b"one", b"signed"):
        with Workspace(tmp_path) as workspace:
            workspace.publish({A: data, B: data}, About(documents={A: Record("", form="x")}))

    assert states(tmp_path, Aim(tmp_path), 1) == {B: "restored", A: "signed"}
    assert lying(tmp_path) == {A: b"signed", B: b"one"}
    assert states(tmp_path, Aim(tmp_path, A), 1) == {A: "restored"}


def test_the_list_tells_what_changed_in_each_version(folder: Path) -> None:
    """Which files, which of them hold somebody's own words, what lies there now, and what was moved aside."""
    restore(Aim(folder), 1)

    found = history(Aim(folder))
    assert [[(f.file, f.state, bool(f.remark)) for f in entry.files] for entry in found.entries] == [
        [(A, "new", False), (B, "new", False), (C, "new", False)],
        [(A, "changed", False), (C, "gone", False)],
        [(A, "changed", True)],
        [(A, "changed", False), (C, "new", False)],
    ]
    assert "    01_协议.docx：手工改过或重新保存过，存下的是合并或换下之前的样子" in lines(found)
    assert (found.current, found.edited, len(found.aside)) == (4, (), 1)
    assert [entry.like for entry in found.entries] == [None, None, None, 1]
    assert [entry.number for entry in history(Aim(folder, C)).entries] == [1, 2, 4]


def test_dropping_a_version_keeps_what_others_need(folder: Path) -> None:
    """The bytes that only the dropped version had are gone; the set and the other versions are as they were."""
    restore(Aim(folder, B), 1)
    drop(Aim(folder), [1], None)

    assert [version.number for version in versions(folder)] == [2]
    assert {path.read_bytes() for path in (folder / HISTORY).glob("*.docx")} == {b"agreement 2", b"offer"}
    assert lying(folder) == SECOND | {A: b"by hand"}


def test_versions_before_one_are_dropped_and_orphans_when_asked(folder: Path) -> None:
    """What the set as it lies there was made of stays even when every version goes."""
    restore(Aim(folder), 2)
    drop(Aim(folder), (), 99, orphans=True)

    assert versions(folder) == []
    assert everything(folder) == {b"agreement 2", b"offer"}


@pytest.mark.parametrize("numbers", [[9], [1, 9]])
def test_a_version_that_is_not_there_is_told(folder: Path, numbers: list[int]) -> None:
    """Nothing is dropped or restored then."""
    before = everything(folder)
    with pytest.raises(DocgenError, match="没有第 9 版"):
        drop(Aim(folder), numbers, None)
    with pytest.raises(DocgenError, match="没有第 9 版"):
        restore(Aim(folder), 9)
    assert everything(folder) == before


def test_bytes_that_are_damaged_are_not_restored(folder: Path) -> None:
    """The set stays as it is, and the file is named."""
    version = versions(folder)[0].manifest.files[A]
    (folder / HISTORY / f"{version.sha256}.docx").write_bytes(b"x")

    with pytest.raises(DocgenError, match=f"没有保存 {A} 的这一版"):
        restore(Aim(folder), 1)
    assert lying(folder) == SECOND | {A: b"by hand"}


@posix
@pytest.mark.parametrize("once", [None, True, False], ids=["killed", "fails once", "full"])
def test_interrupted_at_any_call_nothing_is_lost(disk: Path, *, once: bool | None) -> None:
    """After recovery the set is the old one or the restored one, and all that anybody wrote is still there."""
    for number in range(1, 400, 1 if ENDURE else 3):
        folder = begun(disk / str(number))
        before, work = lying(folder), partial(restore, Aim(folder), 1)
        end = crash.killed(number, work) if once is None else crash.full(number, work, once=once)
        assert end is not crash.End.BROKEN
        with Workspace(folder):
            pass
        _assert_whole(folder, before)
        if end is crash.End.UNTOUCHED:
            break
    assert number > 40


@posix
def test_dropping_may_be_interrupted_at_any_call(disk: Path) -> None:
    """All of the history that was to go is gone or none of it, and the set is as it was."""
    for number in range(1, 400, 1 if ENDURE else 2):
        folder = begun(disk / str(number))
        before, kept_before = lying(folder), everything(folder)
        end = crash.killed(number, partial(drop, Aim(folder), [1], None))
        with Workspace(folder):
            pass
        assert lying(folder) == before
        left = [version.number for version in versions(folder)]
        assert left == [2] or everything(folder) == kept_before
        assert drop(Aim(folder), [2], None).exit_code == 0
        if end is crash.End.UNTOUCHED:
            break
    assert number > 20


def _assert_whole(folder: Path, before: Mapping[str, bytes]) -> None:
    assert lying(folder) in (before, FIRST)
    assert {*FIRST.values(), *SECOND.values(), b"by hand"} <= everything(folder)
    assert recorded(folder) is not None
    assert not (folder / ".docgen" / "stage").exists()


def test_a_restored_set_is_planned_and_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan tells what a build would do; the words that a person had put in live on through it."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates", "templates")
    data = Path(shutil.copytree(ROOT / "data" / "2026-好差评", "data/2026-好差评"))
    run = CliRunner()
    build(data, data.as_posix(), Options())
    path = next(Path("outputs/2026-好差评").glob("01_*.docx"))
    document = docx.Document(str(path))
    next(p for p in document.paragraphs if "甲方每次付款之前" in p.text).add_run("手写的话。")
    document.save(str(path))
    edited = path.read_bytes()
    source = (data / "contract.yaml").read_text(encoding="utf-8")
    (data / "contract.yaml").write_text(source.replace("days: 10", "days: 15"), encoding="utf-8")
    build(data, data.as_posix(), Options())

    listed = json.loads(run.invoke(main, ["restore", data.as_posix(), "--format", "json"]).output)
    assert list(listed) == ["versions", "edited", "orphans", "summary"]
    assert {*listed["summary"]} == {"versions", "edited", "orphans"}
    assert {*listed["versions"][0]} == {"version", "written", "current", "like", "files"}
    assert {*listed["versions"][0]["files"][0]} == {"file", "state", "by_hand", "merged"}
    assert [(v["version"], v["current"]) for v in listed["versions"]] == [(1, False), (2, False), (3, True)]
    edits = [[(f["by_hand"], f["merged"]) for f in v["files"] if f["file"] == path.name] for v in listed["versions"]]
    assert edits == [[(False, False)], [(True, False)], [(True, True)]]
    told = run.invoke(main, ["restore", data.as_posix()]).output
    assert told.count(f"    {path.name}：手工改过或重新保存过，存下的是合并或换下之前的样子\n") == 1
    assert told.count(f"    {path.name}：更新，含手工改动\n") == 1
    done = run.invoke(main, ["restore", path.as_posix(), "--version", "2"])
    assert (done.exit_code, path.read_bytes()) == (0, edited)
    planned = plan(data, data.as_posix(), Options())
    assert {(c.field, c.old, c.new) for c in planned.changes} == {
        ("price.instalments[1].days", "10", "15"),
        ("price.instalments[3].days", "10", "15"),
    }
    build(data, data.as_posix(), Options())
    said = "".join(p.text for p in docx.Document(str(path)).paragraphs)
    assert "手写的话。" in said
    assert "15" in said
