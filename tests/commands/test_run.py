"""The command line on inputs that cannot be read: one message each, one JSON document, exit code 2, and the rest done."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from docgen.__main__ import exit_code

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = "2026-好差评"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the kits and one sample contract."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "data" / SAMPLE, tmp_path / "data" / SAMPLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def docgen(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line; gives its exit code, standard output and standard error."""

    def run(*words: object, encoding: str = "utf-8") -> tuple[int, str, str]:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
        monkeypatch.setattr(sys, "argv", ["docgen", *map(str, words)])
        monkeypatch.setattr(sys, "stdout", streams[0])
        monkeypatch.setattr(sys, "stderr", streams[1])
        code = exit_code()
        said = []
        for stream in streams:
            stream.flush()
            said.append(stream.buffer.getvalue().decode(encoding))  # type: ignore[attr-defined]
        return code, said[0], said[1]

    return run


def unread(out: str) -> list[tuple[str, Any]]:
    """The files that a JSON report calls unread, with the reasons."""
    return [(file["file"], file["reason"]) for file in json.loads(out)["files"] if file["status"] == "unread"]


def made(desk: Path) -> Sequence[str]:
    """The names of the sets that were written."""
    return sorted(path.name for path in (desk / "outputs").glob("*"))


def test_what_is_missing_is_unread_and_the_rest_is_done(docgen: Run, desk: Path) -> None:
    """A missing input is one entry of the report and one message; the other set is written all the same."""
    code, out, err = docgen("build", "data/无", f"data/{SAMPLE}", "--format", "json")

    assert (2, [("data/无", "data/无：找不到这个文件。")], [SAMPLE]) == (code, unread(out), made(desk))
    assert "错误：data/无：找不到这个文件。\n　提示：请检查文件名和所在的文件夹。\n" == err


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 300, "名称太长"),
        ("loop", "读取失败"),
        ("loop/contract.yaml", "读取失败"),
        ("pipe", "不是普通文件"),
        ("held", "不是普通文件"),
        ("/dev/zero", "不是普通文件"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes nor devices among its files")
def test_no_path_is_too_odd_to_be_reported(docgen: Run, desk: Path, command: str, name: str, said: str) -> None:
    """A name that is too long, a link that leads to itself, a pipe or a device is an unread file like any other."""
    os.mkfifo(desk / "pipe")
    (desk / "held").mkdir()
    os.mkfifo(desk / "held" / "contract.yaml")
    (desk / "loop").symlink_to("loop")
    code, out, err = docgen(command, name, "--format", "json")
    ((file, reason),) = unread(out)

    assert (2, name) == (code, file)
    assert err.startswith(f"错误：{reason}")
    assert said in reason


def test_two_sets_for_one_folder_are_both_refused(docgen: Run, desk: Path) -> None:
    """Where two data folders bear one name neither set is written, both are told, and a third one is."""
    shutil.copytree(f"data/{SAMPLE}", f"other/{SAMPLE}")
    shutil.copytree(f"data/{SAMPLE}", "data/third")
    code, out, _ = docgen("build", f"data/{SAMPLE}", "data/third", f"other/{SAMPLE}", "--format", "json")
    reason = f"data/{SAMPLE}、other/{SAMPLE} 的数据文件夹同名（{SAMPLE}），几套文件会写到一处，都没有生成。"

    assert (2, [(f"data/{SAMPLE}", reason), (f"other/{SAMPLE}", reason)]) == (code, unread(out))
    assert ["third"] == made(desk)


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "cp1252"])
def test_json_loses_no_character_on_any_console(docgen: Run, encoding: str) -> None:
    """A report for a console that lacks some characters spells them in ASCII, as JSON can."""
    code, out, _ = docgen("check", "nöpe😀", f"data/{SAMPLE}", "--format", "json", encoding=encoding)

    assert (2, out.isascii()) == (code, True)
    assert [("nöpe😀", "nöpe😀：找不到这个文件。")] == unread(out)


def test_json_bears_a_name_that_is_no_text(docgen: Run) -> None:
    """A file name with a byte that is no character comes through the report unharmed."""
    name = os.fsdecode(b"a\xff.yaml")
    code, out, _ = docgen("check", name, "--format", "json")

    assert (2, [(name, f"{name}：找不到这个文件。")]) == (code, unread(out))


@pytest.mark.parametrize("words", [("build", f"data/{SAMPLE}"), ("amount", "1"), ("--help",)])
def test_closed_streams_do_not_hinder_the_work(
    desk: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Where nobody can read what is said, the work is done all the same."""
    monkeypatch.setattr(sys, "argv", ["docgen", *words])
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    code = exit_code()
    sys.stdout.close()
    sys.stderr.close()

    assert code == 0
    assert made(desk) == ([SAMPLE] if words[0] == "build" else [])


@pytest.mark.skipif(os.name == "nt", reason="Windows tells a closed pipe in another way")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", f"data/{SAMPLE}"), 0),
        (("check", f"data/{SAMPLE}", "--format", "json"), 0),
        (("check", "data/无", f"data/{SAMPLE}"), 2),
        (("explain",), 0),
    ],
)
def test_a_reader_who_leaves_early_changes_no_exit_code(desk: Path, words: tuple[str, ...], code: int) -> None:
    """`docgen … | head -1` ends quietly, with the code that the work has earned."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "docgen", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(writing)

    assert (code, b"Traceback" in done.stderr, b"Exception" in done.stderr) == (done.returncode, False, False)
