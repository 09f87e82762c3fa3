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

import pytest

from docgen import plan
from docgen.outputs.disk import digest_of
from docgen.outputs.history import stored_as
from docgen.outputs.inputs import inputs_of
from docgen.outputs.workspace import recorded
from docgen.pipeline import Options, build
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
    time.sleep(0.06)  # What was written just before a build may have been read as it was earlier.
    build(DATA, DATA.as_posix(), Options())


def append(path: Path) -> None:
    """Write a line end behind a file."""
    path.write_bytes(path.read_bytes() + b"\n")


def agreement() -> Path:
    """The first file of the set."""
    return next(FOLDER.glob("01_*.docx"))


def test_an_unchanged_set_is_known_without_rendering_it() -> None:
    """The short way says what the long way does."""
    known = unchanged(DATA, OUT)

    assert known is not None
    assert known == unchanged(DATA / "contract.yaml", OUT)
    full = plan.reported(plan.plan(DATA, DATA.as_posix(), Options()))
    assert (known.files, known.changes, known.remarks) == (full.files, full.changes, full.remarks)
    assert known.title == full.title


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

    assert unchanged(DATA, OUT) is None


def test_what_changes_while_it_is_read_is_not_known_by_its_hash() -> None:
    """The bytes that were read may have been others."""
    kit, now = Path("templates/service-evaluation"), time.time_ns()

    assert inputs_of(DATA / "contract.yaml", kit, now + 10**9) == inputs_of(DATA / "contract.yaml", kit) != ""
    assert inputs_of(DATA / "contract.yaml", kit, now - 10**9) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_not_read_for_its_hash() -> None:
    """A pipe among the data would never come to an end."""
    os.mkfifo(DATA / "pipe.yaml")

    assert inputs_of(DATA / "contract.yaml", Path("templates/service-evaluation")) == ""


def test_a_set_with_something_to_say_of_it_is_planned_in_full() -> None:
    """A warning of the build is told by the plan too."""
    path = DATA / "contract.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("阶段: 定稿", "阶段: 草稿"), encoding="utf-8")
    time.sleep(0.06)
    outcome = build(DATA, DATA.as_posix(), Options(only=("1",)))

    assert outcome.exit_code == 0
    assert unchanged(DATA, OUT) is None


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
