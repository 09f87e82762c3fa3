"""Two versions of a document held against each other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli import main
from docgen.diff import diff
from docgen.errors import DocgenError
from docgen.pipeline import Options, build
from docgen.reading.word import read_word
from tests.tracked import accepted, refused
from tests.word.structure import faults
from tests.wordfiles import p, table, word_file

ROOT = Path(__file__).resolve().parent.parent
SET = "2026-好差评"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two versions of a small file, in the folder where the test works."""
    monkeypatch.chdir(tmp_path)
    Path("旧.docx").write_bytes(word_file(p("甲方：示例市应急管理局") + table(("项目", "单价"), ("调研", "100"))))
    Path("新.docx").write_bytes(
        word_file(p("甲方：示例市应急管理局") + table(("项目", "单价"), ("评估", "300"), ("调研", "120")) + p("完"))
    )
    return "旧.docx", "新.docx"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The agreement of a set that was built, and built again after two changes."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates", "templates")
    data = Path(shutil.copytree(ROOT / "data" / SET, f"data/{SET}"))
    build(data, f"data/{SET}", Options())
    source = (data / "contract.yaml").read_text(encoding="utf-8")
    changed = source.replace("days: 10", "days: 15").replace("示政数合【2026】121号", "示政数合【2026】122号")
    (data / "contract.yaml").write_text(changed, encoding="utf-8")
    build(data, f"data/{SET}", Options())
    return next(Path("outputs", SET).glob("01_*.docx")).as_posix()


def texts(data: bytes) -> list[str]:
    """What a file says, block by block."""
    return [block.text for block in read_word(data, "x").blocks if block.text]


def test_words_of_no_field_are_called_words(files: tuple[str, str]) -> None:
    """Nobody would say of what a person wrote that it comes from the template."""
    report = diff(*files)

    assert {change.field: report.labels[change.field] for change in report.changes} == {"": "文字"}


def test_the_redline_is_the_new_version_when_accepted_and_the_old_one_when_refused(files: tuple[str, str]) -> None:
    """It lies beside the new file; rows and paragraphs that are new are tracked as such."""
    report = diff(*files)

    copy = Path("新.对比.docx").read_bytes()
    assert [(file.file, file.state) for file in report.files] == [
        ("旧.docx", "old"), ("新.docx", "differs"), ("新.对比.docx", "redline"),
    ]  # fmt: skip
    assert [(c.field, c.old, c.new) for c in report.changes] == [
        ("", None, "评估\t300"), ("", "100", "120"), ("", None, "完"),
    ]  # fmt: skip
    assert texts(accepted(copy)) == texts(Path("新.docx").read_bytes())
    assert texts(refused(copy)) == texts(Path("旧.docx").read_bytes())


def test_versions_that_say_the_same_have_no_redline(files: tuple[str, str]) -> None:
    """Nothing is written, and the report says so."""
    report = diff(files[0], files[0])

    assert (report.changes, len(report.remarks), list(Path().glob("*对比*"))) == ((), 1, [])


def test_a_redline_goes_where_it_is_asked_for_and_replaces_nothing(files: tuple[str, str]) -> None:
    """A folder or a file; a file that is there already stays."""
    for out, name in ((Path("副本"), "副本/新.对比.docx"), (Path("副本", "红线.docx"), "副本/红线.docx")):
        assert diff(*files, out).files[-1].file == name
        assert Path(name).exists()
    with pytest.raises(DocgenError, match="已经存在，没有覆盖"):
        diff(*files, Path("旧.docx"))


def test_values_are_named_by_their_fields(built: str) -> None:
    """Two versions of one document, by the record inside; the old one comes from the history of the set."""
    report = diff(f"{built}@1", built)

    said = {(c.field, c.old, c.new) for c in report.changes}
    assert said == {
        ("contract.number", "示政数合【2026】121号", "示政数合【2026】122号"),
        ("price.instalments[1].days", "10", "15"),
        ("price.instalments[3].days", "10", "15"),
    }
    assert report.labels["price.instalments[1].days"] == "价款.付款[1].付款天数"
    copy = Path(report.files[-1].file).read_bytes()
    assert faults(copy) == []
    assert texts(accepted(copy)) == texts(Path(built).read_bytes())


@pytest.mark.parametrize(
    ("given", "said"),
    [("新.docx@3", "没有这份文件的第 3 版"), ("无.docx", "找不到"), ("x.txt", "x.txt：文件不是完整的 Word 文件")],
)
def test_what_cannot_be_compared_is_told(files: tuple[str, str], given: str, said: str) -> None:
    """A version or a file that is not there, or no Word file."""
    Path("x.txt").write_text("一", encoding="utf-8")

    with pytest.raises(DocgenError, match=said):
        diff(files[0], given)


def test_the_command_prints_json(files: tuple[str, str]) -> None:
    """Changes, files and a summary, with no field where none is known."""
    done = CliRunner().invoke(main, ["diff", *files, "--format", "json"])

    told = json.loads(done.output)
    assert done.exit_code == 0
    assert [(change["field"], change["old"], change["new"]) for change in told["changes"]] == [
        (None, None, "评估\t300"), (None, "100", "120"), (None, None, "完"),
    ]  # fmt: skip
    assert told["changes"][1]["place"]["file"] == "新.docx"
    assert told["summary"] == {"files": 3, "changes": 3, "old": 1, "differs": 1, "redline": 1}
