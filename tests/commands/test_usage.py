"""A command line that is not complete or not right is answered in Chinese, with what to do."""

from __future__ import annotations

import json
import sys

import pytest

from docgen.__main__ import exit_code
from docgen.cli import COMMANDS
from docgen.commands.template import command as template
from docgen.unsaid import wants_json


def said(words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code of a command line, and what it says on standard error."""
    monkeypatch.setattr(sys, "argv", ["docgen", *words.split()])
    code = exit_code()
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("new", "缺少参数 KIT"),
        ("check", "缺少参数 DATA…"),
        ("new a b c d", "多出了参数 c、d"),
        ("schema a b", "多出了参数 b"),
        ("build --out", "选项 --out 后面没有写值"),
        ("check x --format xml", "参数 --format 的值不对：xml；可以写 text、json"),
        ("batch --jobs 多 x", "参数 --jobs 的值不对：多；要写整数，最小 1，最大 60"),
        ("batch --jobs 0 x", "参数 --jobs 的值不对：0；要写整数，最小 1，最大 60"),
        ("verify --fix=是 x", "选项 --fix 后面不写值"),
        ("check --fast x", "没有 --fast 这个选项"),
        (
            "chek",
            f"没有“chek”这个命令，是不是想写“check”。可用的命令：{'、'.join(COMMANDS)}",
        ),
        (
            "template outlin",
            f"没有“outlin”这个命令，是不是想写“outline”。可用的命令：{'、'.join(sorted(template.commands))}",
        ),
    ],
)
def test_a_wrong_command_line_is_answered_in_chinese(
    words: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is missing, left over or unknown is named."""
    assert said(words, monkeypatch, capsys) == (2, f"错误：{message}\n　提示：加 --help 看用法\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["check", ""], "check 后面有一个参数是空的"),
        (["build", "a", "--out", ""], "选项 --out 的值是空的"),
        (["build", "a", "--out="], "选项 --out 的值是空的"),
        (["template", "outline", ""], "outline 后面有一个参数是空的"),
    ],
)
def test_an_empty_path_is_not_the_folder_one_stands_in(
    words: list[str], message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variable of a script that was never set must not make docgen write there."""
    monkeypatch.setattr(sys, "argv", ["docgen", *words])

    assert (exit_code(), capsys.readouterr().err) == (2, f"错误：{message}\n　提示：加 --help 看用法\n")


@pytest.mark.parametrize("words", ["", "template"])
def test_no_command_gives_the_help(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever writes no command sees which there are, and no error."""
    code, shown = said(words, monkeypatch, capsys)

    assert code == 2
    assert shown.startswith("用法：")
    assert "命令：\n" in shown
    assert "错误：用法" not in shown


NO_FILES = {"files": [], "summary": {"files": 0, "errors": 0, "warnings": 0, "notes": 0}}
NO_CHANGES: dict[str, object] = {"changes": [], "files": [], "summary": {"files": 0, "changes": 0}}


@pytest.mark.parametrize(
    ("words", "document"),
    [
        ("verify --format json", NO_FILES),
        ("verify a.docx --format=json --select X999", NO_FILES),
        ("check --fast x --format json", NO_FILES),
        ("plan --format json", NO_CHANGES),
        ("diff a.docx --format json", NO_CHANGES),
        ("amount --yuan 块 1 --format json", {"amounts": []}),
    ],
)
def test_programs_get_a_document_all_the_same(
    words: str, document: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where JSON is asked for, a command line that is wrong gives a document with nothing in it beside the message."""
    monkeypatch.setattr(sys, "argv", ["docgen", *words.split()])

    assert exit_code() == 2
    said = capsys.readouterr()
    assert json.loads(said.out) == document
    assert said.err.startswith("错误：")


def test_a_document_that_was_printed_stands_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be read is told in the document, and no second one follows it."""
    monkeypatch.setattr(sys, "argv", ["docgen", "verify", "--format", "json", "没有.docx"])

    assert exit_code() == 2
    assert [file["status"] for file in json.loads(capsys.readouterr().out)["files"]] == ["unread"]


def test_json_is_only_asked_for_by_the_option() -> None:
    """What stands behind -- is no option."""
    assert wants_json(["amount", "--format", "json", "1"])
    assert not wants_json(["amount", "--", "--format", "json"])
