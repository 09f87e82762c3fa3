"""Data files changed as a whole."""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from docgen.errors import OutputError
from docgen.outputs.rewrite import recover, rewrite
from tests.endure import ENDURE
from tests.outputs import crash

OLD = {"contract.yaml": b"a: 1\n", "parts/more.yaml": b"b: 1\n"}
NEW = {"contract.yaml": b"a: 2\n", "parts/more.yaml": b"b: 2\n"}


def begun(folder: Path) -> Path:
    """A folder of data."""
    for name, data in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def lying(folder: Path) -> dict[str, bytes]:
    """All that lies in the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_files_are_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    """Not even a folder of docgen's own; the mode of a file stays."""
    folder = begun(tmp_path)
    (folder / "contract.yaml").chmod(0o640)
    rewrite(folder, NEW, OLD, "data")

    assert lying(folder) == NEW
    assert sorted(path.name for path in folder.iterdir()) == ["contract.yaml", "parts"]
    assert (folder / "contract.yaml").stat().st_mode & 0o777 == 0o640


def test_what_somebody_has_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """None of the files is then."""
    folder = begun(tmp_path)
    (folder / "parts/more.yaml").write_bytes(b"b: 3\n")

    with pytest.raises(OutputError, match="被其他程序改动"):
        rewrite(folder, NEW, OLD, "data")
    assert lying(folder) == OLD | {"parts/more.yaml": b"b: 3\n"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child process is forked")
@pytest.mark.parametrize("once", [None, True, False], ids=["killed", "fails once", "full"])
def test_interrupted_at_any_call_the_next_command_finishes_or_undoes_it(tmp_path: Path, *, once: bool | None) -> None:
    """Each file is whole at any time; then all are old or all new, and no litter is left."""
    for number in range(1, 200, 1 if ENDURE else 2):
        folder = begun(tmp_path / str(number))
        work = partial(rewrite, folder, NEW, OLD, "data")
        end = crash.killed(number, work) if once is None else crash.full(number, work, once=once)
        assert end is not crash.End.BROKEN
        assert all(lying(folder)[name] in (OLD[name], NEW[name]) for name in OLD)
        recover(folder / "contract.yaml")
        now = lying(folder)
        assert {name: now[name] for name in OLD} in (OLD, NEW)
        rewrite(folder, NEW, {name: now[name] for name in OLD}, "data")
        assert lying(folder) == NEW
        shutil.rmtree(folder)
        if end is crash.End.UNTOUCHED:
            break
    assert number > 20
