"""Annotated and corrected copies, as `docgen verify` writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.__main__ import exit_code
from docgen.reading.word import read_word
from tests.wordfiles import p, word_file

CONTRADICTION = word_file(p("合同总价为10000.00元（大写：壹仟元整）"))


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of a docgen command."""
    monkeypatch.setattr("sys.argv", ["docgen", *words])
    return exit_code()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one contract that contradicts itself."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "合同.docx").write_bytes(CONTRADICTION)
    return tmp_path


def test_copies_lie_beside_the_original(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copies are written under names of their own, and the original is not touched."""
    assert run(monkeypatch, "verify", "合同.docx", "--annotate", "--fix") == 1
    assert ["合同.docx", "合同.修订.docx", "合同.批注.docx"] == sorted(path.name for path in desk.iterdir())
    assert (desk / "合同.docx").read_bytes() == CONTRADICTION
    assert "10000.00元" in read_word((desk / "合同.批注.docx").read_bytes(), "a").text


def test_copies_go_where_they_are_asked_to(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder may be named; it is made if need be."""
    run(monkeypatch, "verify", "合同.docx", "--annotate", "--out", "核对/批注")

    assert [desk / "核对" / "批注" / "合同.批注.docx"] == list((desk / "核对").rglob("*.docx"))


def test_a_copy_that_is_there_is_never_overwritten(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody's own file of that name stays, the run says so and leaves nothing else."""
    (desk / "合同.批注.docx").write_bytes("别人的文件".encode())

    assert run(monkeypatch, "verify", "合同.docx", "--annotate") == 2
    assert "合同.批注.docx 已经存在，没有覆盖。" in capsys.readouterr().err
    assert ["合同.docx", "合同.批注.docx"] == sorted(path.name for path in desk.iterdir())


def test_the_same_copy_may_be_written_again(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same findings give the same copy, so that a second run is no conflict."""
    assert [1, 1] == [run(monkeypatch, "verify", "合同.docx", "--annotate") for _ in range(2)]


def test_text_files_have_no_copies(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """For a file that is no Word file the run says that there is no copy."""
    (desk / "甲.txt").write_text("合同总价为10000.00元（大写：壹仟元整）", encoding="utf-8")

    assert run(monkeypatch, "verify", "甲.txt", "--annotate") == 1
    assert "甲.txt：不是 Word 文件，没有批注或修订的副本。" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "begins"), [("html", "<!DOCTYPE html>"), ("sarif", "{"), ("json", "{")])
def test_every_form_is_one_document(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str, begins: str
) -> None:
    """Standard output holds the report alone, and the exit code tells of the error."""
    assert run(monkeypatch, "verify", "合同.docx", "--format", form) == 1
    assert capsys.readouterr().out.startswith(begins)
