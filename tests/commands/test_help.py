"""The help of every command: Chinese throughout, and no wider than the terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from docgen.cli import COMMANDS, main
from docgen.commands import template
from docgen.commands.help import wrapped
from docgen.visible import columns

ROOT = Path(__file__).resolve().parents[2]
EVERY = [[], *([name] for name in COMMANDS), *(["template", name] for name in template.command.commands)]
ENGLISH = re.compile(r"Usage|Options|OPTIONS|Commands|Show |default:|required\]|INTEGER|PATH|x>=|<=x")


def help_of(words: list[str], width: int) -> str:
    """The help of a command in a terminal of that width."""
    command: click.Command = main
    with click.Context(main) as outer:
        for word in words:
            assert isinstance(command, click.Group)
            found = command.get_command(outer, word)
            assert found is not None
            command = found
        return command.get_help(command.context_class(command, info_name="docgen", terminal_width=width))


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help_is_chinese(words: list[str]) -> None:
    """Nothing of what the library says by itself is left."""
    assert ENGLISH.findall(help_of(words, 80)) == []


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_help_fits_the_terminal(words: list[str]) -> None:
    """A Chinese character takes two columns; only one long word may go beyond."""
    lines = help_of(words, 60).splitlines()[1:]

    assert [line for line in lines if columns(line) > 62 and " " in line.strip()] == []


def test_no_line_begins_with_a_closing_mark() -> None:
    """A mark stays behind the word that it closes."""
    assert list(wrapped("甲方乙方，丙方（丁方）。", 8)) == ["甲方乙", "方，丙方", "（丁", "方）。"]


@pytest.mark.parametrize(
    "settings", [{"PYTHONIOENCODING": "gbk"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"TERM": "dumb"}]
)
def test_help_comes_through_on_any_console(settings: dict[str, str]) -> None:
    """A console of another encoding, or a dumb one, gets the help all the same."""
    command = [sys.executable, "-m", "docgen", "build", "--help"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings}, check=True, capture_output=True)

    assert (done.stderr, b"--out" in done.stdout) == (b"", True)
