"""The examples in the docs are true: every console block is run, every YAML kit is loaded."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from docgen.cli import COMMANDS, main
from docgen.contract.kit_fields import TYPES
from docgen.template.filters import FILTERS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^ *```console\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples and templates in it, where the examples of all pages run one after the other."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def run(command: str, desk: Path) -> str:
    """What a docgen command prints, on both streams."""
    words = shlex.split(command)
    assert words[0] == "docgen", f"only docgen runs in examples: {command}"
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=desk, env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stdout
    return done.stdout


def matches(expected: list[str], actual: list[str]) -> bool:
    """Whether the lines are those; a line … stands for any lines, a … inside a line for any text."""
    if not expected:
        return not actual
    if expected[0].strip() in ("…", "..."):
        return any(matches(expected[1:], actual[skip:]) for skip in range(len(actual) + 1))
    if not actual:
        return False
    pattern = re.sub(r"([\[\]*?])", r"[\1]", expected[0].strip()).replace("…", "*")
    return fnmatchcase(actual[0].strip(), pattern) and matches(expected[1:], actual[1:])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_console_examples_print_what_they_show(page: Path, desk: Path) -> None:
    """Each command of a page runs, and prints what stands below it (nothing below it: anything)."""
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for piece in re.split(r"^ *\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = piece.strip("\n").split("\n")
            printed = [line for line in run(command, desk).splitlines() if line.strip()]
            expected = [line for line in shown if line.strip()]

            assert not expected or matches(expected, printed), "\n".join([command, *printed])


def test_the_example_of_a_slip_is_what_is_printed(tmp_path: Path) -> None:
    """With the slip in the data that the README speaks of, docgen says just what stands there."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    data = tmp_path / "data" / "2026-好差评" / "contract.yaml"
    source = data.read_text(encoding="utf-8")
    data.write_text(source.replace("amount: 1080000", "amount: 1180000", 1), encoding="utf-8")
    shown = re.findall(r"^```\n\$ (docgen build .*)\n((?:.*\n)*?)```", PAGES[0].read_text("utf-8"), re.MULTILINE)

    assert [(command, run(command, tmp_path).strip("\n")) for command, _ in shown] == [
        (command, text.strip("\n")) for command, text in shown
    ]
    assert len(shown) == 1


def test_the_story_of_the_guide_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data and files are changed as the guide tells it, and each command prints what stands there."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    _without_control_figures(tmp_path / "data" / PRICED)
    told("docgen build data/2021-专项评估")
    told("docgen build data/2026-好差评")
    price = tmp_path / "data" / PRICED / "price.yaml"
    whole = tmp_path / "data" / "2026-好差评" / "contract.yaml"
    before: list[Callable[[], None]] = [
        lambda: _in_data(price, "unit_price: 523", "unit_price: 550"),
        lambda: _in_data(whole, "total: 2160000", "total: 2200000"),
        lambda: (_in_data(whole, "amount: 1080000", "amount: 1100000"), _in_data(whole, ": 540000", ": 550000"))[0],
        lambda: _by_hand(("01", "全部对价", "全部对价（含税）"), ("02", "550.00", "560.00")),
        lambda: None,
        lambda: None,
        lambda: None,
        lambda: (_by_hand(("01", "630,000.00", "640,000.00")), _in_data(price, "amount: 630000", "amount: 650000"))[0],
        lambda: None,
    ]
    chapter = (ROOT / "docs" / "指南.md").read_text(encoding="utf-8").split("\n## ")[6]
    shown = re.findall(r"^```\n\$ (docgen .*)\n((?:.*\n)*?)```", chapter, re.MULTILINE)

    for (command, text), change in zip(shown, before, strict=True):
        change()
        printed = [line for line in told(command).splitlines() if line.strip()]
        assert matches(text.strip("\n").split("\n"), printed), "\n".join([command, *printed])
        if command == "docgen plan data/2021-专项评估" and "将更新" in text:
            told("docgen build data/2021-专项评估")


PRICED = "2021-专项评估"


def told(command: str) -> str:
    """What a docgen command prints, run in this process."""
    return CliRunner().invoke(main, shlex.split(command)[1:]).output


def _without_control_figures(data: Path) -> None:
    for name, pattern in (
        ("price.yaml", r"^(?:total|    subtotal): .*\n|^    amount: (?:220000|820000)\n"),
        ("review.yaml", r"^amount: .*\n"),
    ):
        source = (data / name).read_text(encoding="utf-8")
        (data / name).write_text(re.sub(pattern, "", source, flags=re.MULTILINE), encoding="utf-8")
    _in_data(data / "price.yaml", "amount: 410000", "amount: 余款")


def _in_data(path: Path, old: str, new: str) -> None:
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new), encoding="utf-8")


def _by_hand(*edits: tuple[str, str, str]) -> None:
    """Reword the first run that has the words, in the file of that number."""
    for number, old, new in edits:
        path = next(Path("outputs", PRICED).glob(f"{number}_*.docx"))
        document = docx.Document(str(path))
        cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
        every = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
        run = next(run for paragraph in every for run in paragraph.runs if old in run.text)
        run.text = run.text.replace(old, new, 1)
        document.save(str(path))


def test_every_command_has_a_line_in_the_guide() -> None:
    """The guide or the README speaks of every command there is."""
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES)

    assert [] == [name for name in COMMANDS if f"docgen {name}" not in told]


def test_the_guide_names_all_that_templates_and_kits_may_use() -> None:
    """Every form of a value, every tag of a cell and every type of a field stands in the guide in code marks."""
    guide = (ROOT / "docs" / "指南.md").read_text(encoding="utf-8")
    forms = [name for name in FILTERS if re.match(r"[\u4e00-\u9fff]", name)]
    cells = ["{% vm %}", "{% hm %}", "{% colspan n %}", "{% cellbg"]

    assert [] == [name for name in (*forms, *TYPES) if f"`{name}`" not in guide]
    assert [] == [tag for tag in cells if f"`{tag}" not in guide]


def test_programs_in_the_docs_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each Python example runs as it stands, in a folder with the template that it names."""
    monkeypatch.chdir(tmp_path)
    template = docx.Document()
    template.add_paragraph("{{ name }}{% for row in rows %}{{ row.item }}{{ row.amount }}{% endfor %}")
    template.save("模板.docx")
    block = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
    programs = [code for page in PAGES for code in block.findall(page.read_text(encoding="utf-8"))]
    for code in programs:
        exec(compile(code, "docs", "exec"), {})

    assert len(programs) == 1
    assert docx.Document("结果.docx").paragraphs[0].text == "示例单位评估5000"
