"""A command line that is not complete or not right is answered in Chinese, with what to do."""

from __future__ import annotations

import sys

import pytest

from docgen.__main__ import exit_code
from docgen.cli import COMMANDS
from docgen.commands.template import command as template


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


@pytest.mark.parametrize("words", ["", "template"])
def test_no_command_gives_the_help(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever writes no command sees which there are, and no error."""
    code, shown = said(words, monkeypatch, capsys)

    assert code == 2
    assert shown.startswith("Usage: ")
    assert "命令:\n" in shown
    assert "错误：Usage" not in shown
