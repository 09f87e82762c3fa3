"""The plan of a set of which nothing has changed, and builds by another docgen: neither makes anything stale."""

from __future__ import annotations

import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import docx
import pytest

from docgen import plan
from docgen.batch import Item, Maker
from docgen.outputs.disk import digest_of
from docgen.outputs.history import stored_as
from docgen.outputs.inputs import Begun, begin, inputs_of
from docgen.outputs.workspace import recorded
from docgen.pipeline import Options, build
from docgen.report.changes import ChangeReport
from docgen.unchanged import unchanged

ROOT = Path(__file__).resolve().parent.parent
SET = "2026-好差评"
DATA, OUT, FOLDER = Path("data", SET), Path("outputs"), Path("outputs", SET)


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder in which a set was built."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates", "templates")
    shutil.copytree(ROOT / "data" / SET, DATA)
    build(DATA, DATA.as_posix(), Options())


def append(path: Path) -> None:
    """Write a line end behind a file."""
    path.write_bytes(path.read_bytes() + b"\n")


def agreement() -> Path:
    """The first file of the set."""
    return next(FOLDER.glob("01_*.docx"))


def test_an_unchanged_set_is_known_without_rendering_it() -> None:
    """The short way says what the long way does."""
    known = unchanged(DATA, DATA.as_posix(), OUT)

    assert known is not None
    assert known == unchanged(DATA / "contract.yaml", f"{DATA.as_posix()}/contract.yaml", OUT)
    assert known == plan.reported(plan.plan(DATA, DATA.as_posix(), Options()))


@pytest.mark.parametrize(
    "change",
    [
        partial(append, DATA / "contract.yaml"),
        lambda: (DATA / "more.yaml").write_text("甲: 乙\n", encoding="utf-8"),
        lambda: next(Path("templates").glob("service-evaluation/*.docx")).unlink(),
        partial(append, Path("templates/service-evaluation/kit.yaml")),
        lambda: agreement().write_bytes(b"by hand"),
        lambda: agreement().unlink(),
        (FOLDER / ".docgen" / "manifest.json").unlink,
        lambda: (FOLDER / ".docgen" / "journal.json").write_bytes(b"{}"),
    ],
)
def test_any_change_is_planned_in_full(change: Callable[[], object]) -> None:
    """Of the data, the kit, the files or docgen's own records."""
    change()

    assert unchanged(DATA, DATA.as_posix(), OUT) is None


def test_what_changes_while_it_is_read_is_not_known_by_its_hash() -> None:
    """The bytes that were read may have been others."""
    data, kit, now = DATA / "contract.yaml", Path("templates/service-evaluation"), time.time_ns()

    assert inputs_of(data, kit, Begun(now + 10**9, {})) == inputs_of(data, kit) != ""
    assert inputs_of(data, kit, Begun(now - 10**9, {})) == ""
    append(data)
    begun = begin(data, kit.parent)
    assert inputs_of(data, kit, begun) == inputs_of(data, kit)
    append(data)
    assert inputs_of(data, kit, begun) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_not_read_for_its_hash() -> None:
    """A pipe among the data would never come to an end."""
    os.mkfifo(DATA / "pipe.yaml")

    assert inputs_of(DATA / "contract.yaml", Path("templates/service-evaluation")) == ""


def wrong_draft() -> None:
    """Make the set a draft of which there is something to be said, in its data and in its files."""
    path = DATA / "contract.yaml"
    text = path.read_text(encoding="utf-8").replace("stage: 定稿", "stage: 草稿", 1)
    path.write_text(text.replace("days: 10", "days: 待填", 1), encoding="utf-8")


def test_what_the_last_build_said_is_said_again() -> None:
    """Findings at their places in data and files, by whatever names these are called now."""
    wrong_draft()
    build(DATA, DATA.as_posix(), Options())

    known, full = short_way(), plan.reported(plan.plan(DATA, DATA.as_posix(), Options()))

    assert known is not None
    assert known.outcome is not None
    assert known.outcome.findings != []
    assert known == full
    elsewhere = DATA.resolve(), DATA.resolve().as_posix(), OUT.resolve()
    again = plan.reported(plan.plan(*elsewhere[:2], Options(out=elsewhere[2])))
    assert unchanged(*elsewhere) == again


def test_what_was_said_is_kept_without_paths() -> None:
    """Where the set was made is nobody's business."""
    wrong_draft()
    build(DATA.resolve(), DATA.resolve().as_posix(), Options(out=OUT.resolve()))

    said = [path.read_text(encoding="utf-8") for path in (FOLDER / ".docgen" / "history").glob("*.said")]
    assert [DATA.resolve().parent.as_posix() in text for text in said] == [False]
    assert unchanged(DATA, DATA.as_posix(), OUT) is not None


def test_what_was_said_and_was_tampered_with_is_not_said_again() -> None:
    """The set is planned in full instead."""
    wrong_draft()
    build(DATA, DATA.as_posix(), Options())
    for path in (FOLDER / ".docgen" / "history").glob("*.said"):
        append(path)

    assert short_way() is None


@pytest.mark.parametrize(
    "again",
    [
        lambda: None,
        lambda: build(DATA, DATA.as_posix(), Options(only=("1",))),
        lambda: Maker(Options())(Item(SET, DATA.as_posix(), DATA)),
        lambda: build(DATA / "contract.yaml", f"{DATA.as_posix()}/contract.yaml", Options()),
    ],
    ids=["built at once", "one file", "batch", "by its file"],
)
@pytest.mark.parametrize("change", [lambda: append(DATA / "contract.yaml"), wrong_draft], ids=["final", "draft"])
def test_a_set_is_known_however_it_was_built(change: Callable[[], None], again: Callable[[], object]) -> None:
    """A moment after its data were changed, one file of it once more, or among many."""
    change()
    build(DATA, DATA.as_posix(), Options())
    again()

    assert short_way() == plan.reported(plan.plan(DATA, DATA.as_posix(), Options()))


def test_one_file_made_of_other_data_leaves_the_set_to_be_planned_in_full() -> None:
    """The others are behind."""
    wrong_draft()
    build(DATA, DATA.as_posix(), Options(only=("1",)))

    assert short_way() is None


def test_edits_that_a_build_took_up_are_planned_in_full() -> None:
    """What is to be told of them is worked out anew."""
    document = docx.Document(str(agreement()))
    document.paragraphs[8].add_run("另")
    document.save(str(agreement()))
    build(DATA, DATA.as_posix(), Options())

    assert short_way() is None


def short_way() -> ChangeReport | None:
    """What the short way says of the set."""
    return unchanged(DATA, DATA.as_posix(), OUT)


def test_a_newer_docgen_alone_makes_nothing_stale() -> None:
    """Where the same values and template would give other bytes, the old ones stay, and so does the record."""
    path = agreement()
    as_by_another_docgen(path)
    before = {each: each.read_bytes() for each in sorted(FOLDER.rglob("*")) if each.is_file()}

    outcome = build(DATA, DATA.as_posix(), Options())

    assert {report.output for report in outcome.files[1:]} == {"unchanged"}
    after = {each: each.read_bytes() for each in sorted(FOLDER.rglob("*")) if each.is_file()}
    assert {each for each in before | after if before.get(each) != after.get(each)} <= {
        FOLDER / ".docgen" / "manifest.json"
    }
    assert recorded(FOLDER) is not None


def as_by_another_docgen(path: Path) -> None:
    """Make the set one of which another version wrote this file: the same parts, packed in another way."""
    data = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            target.writestr(entry, source.read(entry), zipfile.ZIP_STORED)
    old = digest_of(path.read_bytes())
    path.write_bytes(data.getvalue())
    (FOLDER / stored_as(digest_of(data.getvalue()), path.name)).write_bytes(data.getvalue())
    record = FOLDER / ".docgen" / "manifest.json"
    raw = json.loads(record.read_text(encoding="utf-8").replace(old, digest_of(data.getvalue())))
    for each in raw["files"].values():
        each["docgen"] = "0.0.1"
    record.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
