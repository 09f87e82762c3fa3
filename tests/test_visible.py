"""What a terminal would obey never reaches it, and every other character does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.visible import escaped, visible

ROOT = Path(__file__).resolve().parent.parent
HOSTILE = ["\x1b[31m", "\x9b31m", "\x07", "\r", "\x7f", "\u202e", "\u2028", "\u200b"]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_what_a_terminal_obeys_is_shown_as_a_box(text: str) -> None:
    """Each control or format character is one box, so that columns stay where they are."""
    assert f"甲□{text[1:]}乙" == visible(f"甲{text}乙")


def test_what_is_seen_stays() -> None:
    """Line breaks, Tabs, wide spaces, rare characters and symbols are left alone."""
    text = "第一行\n\t第二行　￥1,000.00 “𠮷” \U00031350 é ①"

    assert text == visible(text)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_json_means_the_same(text: str) -> None:
    """Escaped JSON holds nothing that a terminal obeys, and reads back as it was."""
    told = escaped(json.dumps(text, ensure_ascii=False))

    assert (visible(told), text) == (told, json.loads(told))


@pytest.mark.parametrize("output_format", ["text", "json"])
@pytest.mark.parametrize("command", ["check", "build"])
def test_no_command_prints_what_the_data_hide(command: str, output_format: str, tmp_path: Path) -> None:
    """Escape sequences in values, keys, names of kits and of files come out harmless on both streams."""
    data = tmp_path / "\x1b[2J甲"
    data.mkdir()
    hostile = '"\\e[31m\\x9b31m\\u202e"'
    source = f"kit: special-assessment\ncontract: {{stage: 草稿, name: {hostile}, year: {hostile}, {hostile}: 1}}\n"
    (data / "contract.yaml").write_text(source, encoding="utf-8")
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    (tmp_path / "other.yaml").write_text(f"kit: {hostile}\n", encoding="utf-8")
    missing = "没有\x1b[31m"
    ran = subprocess.run(
        [sys.executable, "-m", "docgen", command, str(data), "other.yaml", missing, "--format", output_format],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, capture_output=True, check=False,
    )  # fmt: skip

    for stream in (ran.stdout, ran.stderr):
        told = stream.decode("utf-8")
        assert visible(told) == told
    assert "没有".encode() in ran.stderr
