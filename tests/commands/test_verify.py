"""`docgen verify`: options, exit codes and the JSON that scripts rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.commands.verify import command

WRONG = "合同总价为10000.00元（大写：壹仟元整）"


def run(*arguments: str) -> Result:
    """The result of the command."""
    return CliRunner().invoke(command, arguments, standalone_mode=False)


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """A text whose figures and words differ."""
    path = tmp_path / "合同.txt"
    path.write_text(WRONG, encoding="utf-8")
    return str(path)


def test_json_is_one_document(wrong: str) -> None:
    """Files with status, amounts and findings, each with its place to the character."""
    result = run(wrong, "--format", "json")
    (file,) = json.loads(result.stdout)["files"]
    (finding,) = file["findings"]

    assert result.return_value == 1
    assert {key: file[key] for key in ("file", "status", "reason", "amounts")} == {
        "file": wrong, "status": "checked", "reason": None, "amounts": 2,
    }  # fmt: skip
    assert finding["place"] == {
        "file": wrong, "part": "body", "block": 0, "start": 18, "end": 22,
        "line": 1, "column": 19, "offset": 18, "label": None,
    }  # fmt: skip


def test_exit_codes(wrong: str, tmp_path: Path) -> None:
    """0 without errors, 1 with errors, 2 where a file could not be read, whatever else was found."""
    missing = str(tmp_path / "没有.txt")

    assert [run(*names).return_value for names in ([wrong, "--ignore", "M101"], [wrong], [wrong, missing])] == [0, 1, 2]
    assert (
        run(missing).stderr
        == f"错误：{missing}：找不到文件或文件夹。\n　提示：请检查文件名、权限，或文件是否被其他程序占用。\n"
    )


def test_an_unknown_code_is_refused(wrong: str) -> None:
    """A misspelt rule must not hide everything."""
    result = run(wrong, "--select", "M101,X9")

    assert "没有 X9 这样的规则" in str(result.exception)


def test_house_rules_are_found_above_and_grow(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is accepted once is quiet from then on, in every folder below."""
    folder = Path(wrong).parent
    (folder / "下级").mkdir()
    (folder / "docgen.yaml").write_text("不报: [W]\n", encoding="utf-8")
    monkeypatch.chdir(folder / "下级")

    assert run(wrong).return_value == 1
    accepting = run(wrong, "--accept-all", "已核实")
    assert (accepting.return_value, accepting.stderr) == (0, f"已把 1 项记入 {folder}/docgen.yaml，下次不再列出。\n")
    assert run(wrong).return_value == 0
    assert run(wrong, "--profile", str(folder / "没有.yaml")).exception is not None


def test_nothing_is_loaded_that_only_drafting_needs(wrong: str) -> None:
    """One paper is judged without the template engine, the readers of data, and those of other formats."""
    heavy = "{'cn2an', 'docx', 'docxtpl', 'jinja2', 'num2words', 'rich', 'yaml', 'docgen.contract.load'}"
    script = (
        f"import sys; from docgen.cli import main; sys.argv = ['docgen', 'verify', {wrong!r}, '--format', 'json'];"
        f"main(standalone_mode=False); print(sorted({heavy} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"
