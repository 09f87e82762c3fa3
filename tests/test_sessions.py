"""Random lives of a set: whatever people and docgen do to it in turn, nothing is lost and everything new arrives."""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from docgen.errors import OutputError, ToolMissing
from docgen.outputs.history import kept
from docgen.outputs.pdf import pdfs
from docgen.outputs.workspace import Workspace, recorded
from docgen.provenance import provenance_of
from docgen.publish import Edition, prepared
from docgen.verify import verify
from docgen.word.edit import replace_text
from docgen.word.names import BODY
from docgen.word.package import read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.sight import sight_in
from docgen.word.text import paragraphs
from tests.endure import ENDURE, examples
from tests.outputs import crash
from tests.sessions import SAMPLES, Session, lying

# Most of them over a small kit; samples of both real ones among them.
_SAMPLED = 8


@pytest.fixture
def desk() -> Iterator[Path]:
    """A folder in memory where there is one."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.mark.parametrize("seed", range(examples(12, 1_000)))
def test_nothing_is_lost_in_a_random_life(desk: Path, seed: int) -> None:
    """Every mark that a person put in is there or told, every change of the data arrives, every file is sound."""
    sample = SAMPLES[seed // _SAMPLED % 2] if seed % _SAMPLED == _SAMPLED - 1 else None
    session = Session(desk, seed, sample)

    session.run(8)

    assert session.builds >= 2
    read = verify([session.folder.as_posix()]).unread
    assert [report.file for report in read] == []
    if ENDURE and seed % 50 == 0:
        _opens(session)


def _opens(session: Session) -> None:
    """LibreOffice opens every file of the set."""
    files = {path.name: path.read_bytes() for path in sorted(session.folder.glob("*.docx"))}
    try:
        made = pdfs(files).files
    except ToolMissing:
        return
    assert len(made) == len(files)


@pytest.mark.parametrize("seed", range(examples(6, 300)))
def test_an_edit_elsewhere_in_a_paragraph_is_no_conflict(desk: Path, seed: int) -> None:
    """Words put in beside the values of every paragraph stay there while all that can change of the data does."""
    session = Session(desk, seed, SAMPLES[seed % 2] if seed % 3 == 2 else None)
    session.build()
    chance = random.Random(seed)
    manifest = recorded(session.folder)
    assert manifest is not None
    for path in sorted(session.folder.glob("[0-9]*.docx")):
        base = kept(session.folder, manifest.files[path.name].base, path.name)
        path.write_bytes(_beside_values(base or b"", chance, session))
    for _ in range(4):
        session.edit_data()

    outcome = session.build()

    # What the data say no more as a whole has no elsewhere.
    gone = "现在没有这些字"
    assert [f.message for f in outcome.findings if f.rule == "F504" and gone not in f.message] == []


def _beside_values(data: bytes, chance: random.Random, session: Session) -> bytes:
    """The file with a mark in most paragraphs, at a place where no value stands or touches."""
    known, package = provenance_of(data), read_package(data)
    assert known is not None
    root, sight = parse(package[BODY]), sight_in(package)
    for position, paragraph in enumerate(paragraphs(root)):
        text = "".join(stretch.text for stretch in sight.stretches(paragraph))
        values = [(s.start, s.end) for s in known.stands if s.part == "body" and s.position == position]
        inside = [n for n in range(1, len(text)) if re.fullmatch("[一-龥]{2}", text[n - 1 : n + 1])]
        free = [n for n in inside if not any(start - 1 <= n <= end + 1 for start, end in values)]
        if free and chance.random() < 0.7:
            at = chance.choice(free)
            replace_text(paragraph, at, at, session.mark("手"), sight)
    return write_package(package.replaced({BODY: serialize(root)}))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child process is forked")
@pytest.mark.parametrize("once", [None, True, False], ids=["killed", "fails once", "full"])
def test_a_merging_build_may_end_at_any_call(desk: Path, *, once: bool | None) -> None:
    """All files are as they were or as they are to be, and the next build goes on from there with nothing lost."""
    session = Session(desk / "first", 3)
    session.build()
    for _ in range(6):
        session.edit_file()
    session.replace("安装天数: 3", "安装天数: 5")
    last = recorded(session.folder)
    assert last is not None
    edition = prepared(*session.proven(), last.files)
    before, whole = lying(session.folder), session.resumed(desk / "whole")
    _publish(whole.folder, edition)
    whole.nothing_lost(before)
    after = lying(whole.folder)
    number = 0
    for number in range(1, 2_000, 1 if ENDURE else 41):
        copy = session.resumed(desk / str(number))
        work = partial(_publish, copy.folder, edition)
        end = crash.killed(number, work) if once is None else crash.full(number, work, once=once)
        assert end is not crash.End.BROKEN
        with Workspace(copy.folder):
            pass
        copy.nothing_lost(before)
        assert lying(copy.folder) in (before, after)
        if number % 4 == 2:
            copy.build()
        shutil.rmtree(copy.desk)
        if end is crash.End.UNTOUCHED:
            break
    assert number > 60


def _publish(folder: Path, edition: Edition) -> None:
    with Workspace(folder) as workspace:
        workspace.publish(edition.files, edition.about, kept=edition.kept)


def test_two_builds_at_once_do_not_meet(desk: Path) -> None:
    """The second is told so, and what the first one writes is whole."""
    session = Session(desk, 5)
    session.build()
    for _ in range(4):
        session.edit_file()
    with Workspace(session.folder), pytest.raises(OutputError, match="另一个 docgen 正在写这个文件夹"):
        session.work()
    session.build()
