"""`docgen template lint`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.commands.template import command
from docgen.template.author import author
from docgen.word.package import read_package
from tests.template.lint.kits import SIGNATURE, USED, make

GOOD = {"正文": "[正文] {{ contract.name }}", "价格": USED, "方案": "[正文] 三", "签署栏": SIGNATURE}
BAD = {**GOOD, "正文": "[条] 第一条　付款\n[正文] 共{{ price.totl|大写 }}"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with a sound and a faulty kit in ./templates."""
    make(tmp_path / "templates" / "good", GOOD)
    make(tmp_path / "templates" / "bad", BAD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint(*arguments: object) -> Result:
    """What `docgen template lint` does."""
    return CliRunner().invoke(command, ["lint", *map(str, arguments)], catch_exceptions=False, standalone_mode=False)


def test_a_fault_is_shown_at_its_place(desk: Path) -> None:
    """The file, the place, the tag as typed, what was expected and what was probably meant."""
    result = lint("bad")

    assert result.return_value == 1
    assert result.stdout == (
        "bad\n"
        "  templates/bad/正文.docx\n"
        "    错误 T201 第一条 第2段　价款（price）没有名为 totl 的字段，是不是想写 price.total？\n"
        "      原文：{{ price.totl|大写 }}\n"
        "      应为：其中一项：basis、total、tax、sections、sub_budgets、instalments\n"
        "  错误 1\n\n"
    )


def test_data_that_no_template_prints_are_told(desk: Path) -> None:
    """A field that is filled and printed nowhere is told where it stands; what docgen itself compares is not."""
    (desk / "data.yaml").write_text(
        "kit: good\ncontract: {stage: 草稿, name: 供货合同}\nparty_a: {name: 示例局, fax: '88880000'}\n"
        "party_b: {name: 示例公司, fax: '88880001'}\nprice: {total: 3, basis: 总价包干}\nurgent: 是\n"
        "goods:\n- {name: 桌, amount: 1, quantity: 1, colour: 红色}\n- {name: 椅, amount: 2, quantity: 1}\n"
        "team:\n- {name: 王示一}\n- {name: 李示二}\n",
        encoding="utf-8",
    )

    result = lint("--data", "data.yaml")

    assert result.return_value == 0
    assert [line.strip() for line in result.stdout.splitlines() if "T210" in line] == [
        "提示 T210 data.yaml:3:27 甲方.传真　填写了，没有一份模板用到它。",
        "提示 T210 data.yaml:4:17 乙方.名称　填写了，没有一份模板用到它。",
        "提示 T210 data.yaml:4:28 乙方.传真　填写了，没有一份模板用到它。",
        "提示 T210 data.yaml:11:10 项目团队[1].姓名　填写了（共 2 处），没有一份模板用到它。",
    ]


def test_all_kits_are_judged_where_none_is_named(desk: Path) -> None:
    """Without a name every kit of ./templates is judged; a sound one has exit code 0."""
    assert (lint("good").return_value, lint().return_value) == (0, 1)
    assert [line for line in lint().stdout.splitlines() if line in ("bad", "good")] == ["bad", "good"]


def test_findings_are_there_for_programs(desk: Path) -> None:
    """JSON has the shape that all checks share, with the characters of the tag in its block."""
    document = json.loads(lint("bad", "--format", "json").stdout)
    files = {file["file"]: file["findings"] for file in document["files"]}

    assert document["summary"] == {"files": 5, "errors": 1, "warnings": 0, "notes": 0}
    (finding,) = files["templates/bad/正文.docx"]
    assert {key: finding["place"][key] for key in ("part", "block", "start", "end", "label")} == {
        "part": "body",
        "block": 1,
        "start": 1,
        "end": 20,
        "label": "第一条 第2段",
    }
    assert (finding["rule"], finding["severity"], finding["quote"]) == ("T201", "error", "{{ price.totl|大写 }}")


def test_findings_stand_in_a_copy_as_comments(desk: Path) -> None:
    """--annotate writes a copy with the finding at the tag, and leaves the template as it is."""
    template = desk / "templates" / "bad" / "正文.docx"
    before = template.read_bytes()
    result = lint("bad", "--annotate", "--out", desk / "批注")
    copy = read_package((desk / "批注" / "正文.批注.docx").read_bytes())

    assert (result.return_value, result.stderr) == (1, f"已写出 {desk}/批注/正文.批注.docx\n")
    assert (
        "【错误 T201】价款（price）没有名为 totl 的字段，是不是想写 price.total？" in copy["word/comments.xml"].decode()
    )
    assert copy["word/document.xml"].decode().count("commentRangeStart") == 1
    assert template.read_bytes() == before
    assert [path.name for path in (desk / "批注").iterdir()] == ["正文.批注.docx"]


def test_what_is_not_there_is_said_and_the_rest_is_judged(desk: Path) -> None:
    """A missing file, an unknown kit and a folder without templates have exit code 2; others are judged all the same."""
    (desk / "空").mkdir()
    result = lint("没有.docx", "god", desk / "空", "good", desk / "templates" / "good" / "正文.docx")

    assert result.return_value == 2
    assert result.stderr.splitlines() == [
        "错误：没有.docx：没有这个文件。",
        "错误：没有“god”这种合同类型。是不是想写“good”？",
        "　提示：已有的合同类型：bad（样例）、good（样例），在 templates。",
        f"错误：{desk}/空：文件夹中没有 kit.yaml，也没有 .docx 模板。",
    ]
    assert result.stdout.splitlines()[:6] == ["good", "  没有发现问题", "", "正文.docx", "  没有发现问题", ""]


def test_a_folder_of_templates_is_judged_file_by_file(desk: Path) -> None:
    """Templates in a folder without a kit.yaml are judged each by itself."""
    (desk / "散").mkdir()
    for name in ("一", "~$一"):
        (desk / "散" / f"{name}.docx").write_bytes(author("[正文] {{ x + }}"))

    assert [file["file"] for file in json.loads(lint("散", "--format", "json").stdout)["files"]] == ["散/一.docx"]
