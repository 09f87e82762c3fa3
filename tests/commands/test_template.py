"""`docgen template outline`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.commands.template import command
from docgen.errors import InputError, OutputError, TemplateError
from docgen.template.author import author

SHOWN = "@页面 纵向\n@页眉 无\n@页脚 页码\n[正文] {}\n"


@pytest.fixture
def kits(tmp_path: Path) -> Path:
    """A folder of kits with one kit of two templates."""
    kit = tmp_path / "templates" / "small"
    kit.mkdir(parents=True)
    (kit / "kit.yaml").write_text(
        "label: 小合同\ndocuments:\n  - {id: a, template: 乙.docx, title: 乙, role: contractual}\n", encoding="utf-8"
    )
    (kit / "乙.docx").write_bytes(author("[正文] 乙"))
    (kit / "甲.docx").write_bytes(author("[正文] 甲"))
    (kit / "~$甲.docx").write_bytes(b"open in Word")
    return kit.parent


def run(*arguments: object) -> str:
    """What `docgen template outline` prints."""
    words = ["outline", *map(str, arguments)]
    return CliRunner().invoke(command, words, catch_exceptions=False, standalone_mode=False).output


def test_a_file_is_shown_as_its_markup(kits: Path) -> None:
    """One template is printed as it is, so that the output can be made into a template again."""
    assert SHOWN.format("甲") == run(kits / "small" / "甲.docx")


def test_a_kit_is_shown_template_by_template(kits: Path) -> None:
    """A kit is called by its name; files that Word keeps while it is open are none."""
    shown = "".join(f"==> {kits}/small/{name}.docx <==\n{SHOWN.format(name)}\n" for name in "乙甲")

    assert shown == run("small", "--templates", kits) == run(kits / "small")


def test_outlines_are_written_into_a_folder(kits: Path, tmp_path: Path) -> None:
    """With --out each template becomes a text file, in a folder of the kit's name."""
    run("small", kits / "small" / "甲.docx", "--templates", kits, "--out", tmp_path / "文字")
    written = {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*.txt")}

    assert {
        "文字/small/甲.txt": SHOWN.format("甲"),
        "文字/small/乙.txt": SHOWN.format("乙"),
        "文字/甲.txt": SHOWN.format("甲"),
    } == written


def test_what_cannot_be_shown_is_said(kits: Path, tmp_path: Path) -> None:
    """A missing file, an unknown kit, an empty folder, a file that is no Word file and a blocked folder are named."""
    (tmp_path / "空").mkdir()
    (tmp_path / "坏.docx").write_bytes(b"PK")
    (tmp_path / "占").write_bytes(b"")

    with pytest.raises(InputError, match=r"没有\.docx：没有这个文件"):
        run("没有.docx")
    with pytest.raises(TemplateError, match="没有“smal”这种合同类型"):
        run("smal", "--templates", kits)
    with pytest.raises(InputError, match=r"空：文件夹中没有 \.docx 模板"):
        run(tmp_path / "空")
    with pytest.raises(InputError, match=r"坏\.docx”"):
        run(tmp_path / "坏.docx")
    with pytest.raises(OutputError, match="不能写入"):
        run(kits / "small" / "甲.docx", "--out", tmp_path / "占")
