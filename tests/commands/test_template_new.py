"""`docgen template new`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from docgen.commands.template import command
from docgen.errors import InputError

PAPER = "服务合同\n\n甲方：示例市应急管理局\n\n乙方：示例咨询有限公司\n\n一、合同总价为人民币20,000.00元。\n\n— 1 —\n"
DATA = """\
kit: any
contract: {stage: 定稿, name: 服务合同}
party_a: {name: 示例市应急管理局}
party_b: {name: 示例咨询有限公司}
price: {total: 20000}
"""


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a paper and its data, which commands run in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "合同.txt").write_text(PAPER, encoding="utf-8")
    (tmp_path / "filled.yaml").write_text(DATA.replace("kit: any\n", ""), encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    """The result of `docgen template new service`."""
    words = ["new", "service", *arguments]
    return CliRunner().invoke(command, words, catch_exceptions=False, standalone_mode=False)


def test_a_proposal_is_shown_and_nothing_written(desk: Path) -> None:
    """The templates, each replacement with its place, what was dropped and what came of a trial are shown."""
    before = sorted(desk.rglob("*"))
    result = run("--from", "合同.txt", "--data", "filled.yaml")

    assert result.return_value == 0
    for told in (
        "==> 正文.docx（合同.txt）<==",
        "[顶格] 甲方：{{ party_a.name }}",
        "==> kit.yaml <==\nlabel: 服务合同",
        "第7行  “20,000.00” → {{ price.total|金额 }}",
        "删去 1 处：\n  第9行  “— 1 —”：页码",
        "试生成：与原文 4 段逐段相同，没有不同。\n没有写任何文件。核对无误后加 --write 写出。",
    ):
        assert told in result.output
    assert sorted(desk.rglob("*")) == before


def test_data_that_fit_no_field_are_told_and_nothing_written(desk: Path) -> None:
    """What a build would refuse is told before the kit is there, at its place in the data as they lie."""
    data = "甲方: {名称: 示例市应急管理局, 收货人: 王示一}\n\n乙方: 示例咨询有限公司\n总价: 20000\n"
    (desk / "filled.yaml").write_text(data, encoding="utf-8")
    before = sorted(desk.rglob("*"))

    result = run("--from", "合同.txt", "--data", "filled.yaml", "--write")

    assert result.return_value == 1
    for told in (
        "数据里有 2 处放不进字段，请先改好：\n  [F201] filled.yaml:1  “收货人”：没有“收货人”这一项。",
        "[F203] filled.yaml:3  “示例咨询有限公司”：这里应写一组字段，写成了一个值。",
        "有错误，没有写任何文件。",
    ):
        assert told in result.output
    assert sorted(desk.rglob("*")) == before


def test_fields_of_its_own_may_have_english_keys(desk: Path) -> None:
    """Data that no kit knows get fields called by their keys, and their list a loop."""
    rows = "".join(f"\n| {name} | {post} |" for name, post in (("王示一", "主讲教师"), ("赵示二", "班主任")))
    (desk / "合同.md").write_text(f"{PAPER}\n| 姓名 | 职务 |\n|---|---|{rows}\n", encoding="utf-8")
    trainers = "trainers: [{name: 王示一, post: 主讲教师}, {name: 赵示二, post: 班主任}]\n"
    (desk / "filled.yaml").write_text(DATA.replace("kit: any\n", "") + trainers, encoding="utf-8")
    result = run("--from", "合同.md", "--data", "filled.yaml")

    assert "{%tr for trainer in trainers %}" in result.output
    assert (
        "  trainers:\n    label: trainers\n    type: list\n    of:\n      name:\n        label: name" in result.output
    )


def test_values_that_a_paper_writes_otherwise_become_tags_all_the_same(desk: Path) -> None:
    """Amounts in 万元, dates and numbers in other forms are printed by tags with that form, and come out the same."""
    paper = (
        "租赁合同\n\n一、租期自2026-03-01起，租金38.4万元（大写：叁拾捌万肆仟元整，￥384000.00）。\n\n"
        "二、乙方于二〇二六年三月五日前付清，账号6222 0000 1234 5678 901，电话138 0000 0001。\n\n三、面积3间。\n"
    )
    data = (
        "租期: 2026-03-01\n租金: 384000.00\n付款日期: 2026-03-05\n账号: '6222000012345678901'\n"
        "电话: '13800000001'\n房屋: 3\n"
    )
    (desk / "合同.txt").write_text(paper, encoding="utf-8")
    (desk / "filled.yaml").write_text(data, encoding="utf-8")

    result = run("--from", "合同.txt", "--data", "filled.yaml", "--write")

    assert (
        '[正文] {{ no("一、") }}租期自{{ term|日期("2021-03-05") }}起，租金{{ rent|万元 }}万元（大写：{{ rent|大写 }}，'
        '￥{{ rent|金额("1234.00") }}）。\n'
        '[正文] {{ no("一、") }}乙方于{{ date|日期("二〇二一年三月五日") }}前付清，账号{{ account_no|号码("0000 0000") }}，'
        '电话{{ phone|号码("000 0000 0000") }}。\n'
        '[正文] {{ no("一、") }}面积3间。\n'
    ) in result.output
    assert "没有不同。\n已写出" in result.output


def test_a_form_has_no_table_head(desk: Path) -> None:
    """A first line of a table that holds a value is no head that is repeated on each page."""
    table = "\n\n| 甲方 | 示例市应急管理局 |\n|---|---|\n| 乙方 | 示例咨询有限公司 |\n"
    (desk / "验收单.md").write_text(f"# 验收单{table}\n内容{table.replace('局', '处')}", encoding="utf-8")

    result = run("--from", "验收单.md", "--data", "filled.yaml")

    assert "@表 宽=33,67 列=中,左\n｜甲方｜{{ party_a.name }}｜" in result.output
    assert "@表 宽=33,67 表头=1 列=中,左\n｜甲方｜示例市应急管理处｜" in result.output


def test_what_is_written_can_be_built(desk: Path) -> None:
    """With --write the kit and its data are there, and the last line says what to do with them."""
    result = run("--from", "合同.txt", "--data", "filled.yaml", "--write")

    assert result.output.splitlines()[-1] == (
        "已写出 templates/service 和 data/service。检查：docgen template lint service；生成：docgen build data/service"
    )
    text = (desk / "data" / "service" / "contract.yaml").read_text(encoding="utf-8")
    assert text == DATA.replace("any", "service")


def test_programs_get_the_same_as_json() -> None:
    """With --format json there is one document with templates, replacements, remarks, and the trial."""
    answer = json.loads(run("--from", "合同.txt", "--data", "filled.yaml", "--format", "json").output)

    assert [sorted(answer), answer["written"], answer["trial"]] == [
        ["data", "findings", "kit", "kit_yaml", "remarks", "replacements", "templates", "trial", "version", "written"],
        [],
        {"refused": None, "equal": 4, "differences": []},
    ]
    assert answer["replacements"][-1] == {
        "document": "正文.docx", "place": "第7行", "text": "20,000.00", "tag": "{{ price.total|金额 }}",
    }  # fmt: skip


def test_a_paper_that_is_not_there_is_said() -> None:
    """A file that cannot be read is an error that names it."""
    with pytest.raises(InputError, match="没有这份"):
        run("--from", "没有这份.docx")
