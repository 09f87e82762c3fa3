"""Existing papers as a kit: what was generated from a kit comes back as one that generates the same."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from docgen import adopt
from docgen.adopt import Proposal, Trial
from docgen.contract.load import load
from docgen.draft import drafted
from docgen.errors import InputError, OutputError
from docgen.findings import Severity
from docgen.template.author import author
from docgen.template.documents import documents
from docgen.template.papers.lists import outline_of

ROOT = Path(__file__).resolve().parent.parent
ORDER = ROOT / "tests" / "cases" / "kits" / "purchase-order"
ORDER_DATA = ROOT / "tests" / "cases" / "data" / "purchase-order"

PAPER = """\
# 设备采购合同

甲方：示例市应急管理局

乙方：示例办公设备有限公司

第一条　标的

1.1　乙方向甲方供应2种货物，明细见附件1。

1.2　合同总价为人民币86,500.00元（大写：捌万陆仟伍佰元整）。

第二条　违约责任

乙方迟延交货的，每日按合同总价的1‰支付违约金，并适用第一条的约定。

附件1

供货清单

| 序号 | 品名 | 数量 | 金额（元） |
|---|---|---|---|
| 1 | 多功能一体机 | 5台 | 62,500.00 |
| 2 | 会议平板 | 2台 | 24,000.00 |
| 合计 | | | 86,500.00 |
"""
FILLED = """\
合同: {阶段: 定稿, 合同名称: 设备采购合同}
甲方: {名称: 示例市应急管理局}
乙方: {名称: 示例办公设备有限公司}
价款: {合同总价: 86500}
违约: {逾期每日比例: 1‰}
清单:
  - {品名: 多功能一体机, 数量: 5, 单位: 台, 金额: 62500}
  - {品名: 会议平板, 数量: 2, 单位: 台, 金额: 24000}
"""
BLANK = """\
房屋租赁合同

出租方（甲方）：________

承租方（乙方）：________

一、租金每月____元，押金为____元（大写：____）。

二、租期自____年____月____日起，租金逾期的，每日按____%支付违约金。

开户行：________
"""


@pytest.fixture(scope="module")
def kits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kits of the project and the one of the tests, in one folder."""
    root = tmp_path_factory.mktemp("kits") / "templates"
    shutil.copytree(ROOT / "templates", root)
    folder = root / ORDER.name
    folder.mkdir()
    shutil.copy(ORDER / "kit.yaml", folder)
    for source in ORDER.glob("*.txt"):
        (folder / f"{source.stem}.docx").write_bytes(author(source.read_text(encoding="utf-8")))
    return root


def papers_of(data: Path, kits: Path, folder: Path) -> list[Path]:
    """The documents of a contract as files."""
    contract, _ = load(data, kits=kits)
    assert contract is not None
    made = []
    for draft in drafted(contract, documents(contract), folder):
        made.append(folder / f"{len(made):02}.docx")
        made[-1].write_bytes(draft.data)
    return made


def adopted(name: str, text: str, folder: Path, data: str | None = None) -> tuple[Proposal, Trial]:
    """The proposal for a text, and what came of trying it out."""
    paper, filled = folder / name, folder / "filled.yaml"
    paper.write_text(text, encoding="utf-8")
    if data is not None:
        filled.write_text(data, encoding="utf-8")
    proposal = adopt.propose("new", [paper], filled if data is not None else None, None)
    return proposal, adopt.tried(proposal)


def outlines(proposal: Proposal) -> list[str]:
    """The templates of a proposal as house markup."""
    return [outline_of(sheet.lines) for sheet in proposal.sheets]


def severities(trial: Trial) -> set[Severity]:
    return {finding.severity for finding in trial.findings}


SAMPLES = [ROOT / "data" / "2021-专项评估", ROOT / "data" / "2026-好差评", ORDER_DATA]


@pytest.mark.parametrize("data", SAMPLES, ids=lambda path: path.name)
def test_generated_documents_come_back_as_a_kit_that_generates_them(data: Path, kits: Path, tmp_path: Path) -> None:
    """A kit made of the documents of a contract and its data makes the same documents of the same data."""
    proposal = adopt.propose("new", papers_of(data, kits, tmp_path), data, kits)
    trial = adopt.tried(proposal)

    assert (trial.refused, trial.differences) == ("", ())
    assert {finding.rule for finding in trial.findings} <= {"T210"}
    assert trial.equal == sum(map(len, proposal.expected))


def test_the_values_of_a_text_become_tags_and_its_rows_a_loop(tmp_path: Path) -> None:
    """Of a text and the data that it was filled with comes a kit with fields of its own, tags, references and a loop."""
    proposal, trial = adopted("合同.md", PAPER, tmp_path, FILLED)

    assert outlines(proposal) == [
        "@页面 纵向\n@页脚 页码\n"
        "[标题] {{ contract.name }}\n"
        "[顶格] 甲方：{{ party_a.name }}\n"
        "[顶格] 乙方：{{ party_b.name }}\n"
        '[条] {{ no("第一条", "clause_1") }}　标的\n'
        '[正文] {{ no("1.1") }}　乙方向甲方供应2种货物，明细见{{ annex("list") }}。\n'
        '[正文] {{ no("1.1") }}　合同总价为人民币{{ price.total|金额 }}元（大写：{{ price.total|大写 }}）。\n'
        '[条] {{ no("第一条") }}　违约责任\n'
        "[正文] 乙方迟延交货的，每日按合同总价的{{ penalty.delay_daily|千分比 }}支付违约金，"
        '并适用{{ ref("clause_1") }}的约定。\n',
        "@页面 纵向\n[附件号] {{ doc.label }}\n[标题] {{ doc.title }}\n"
        "@表 宽=17,26,17,40 表头=1 列=中,中,中,右\n"
        "｜序号｜品名｜数量｜金额（元）｜\n"
        "｜{%tr for item in goods %}｜\n"
        "｜{{ loop.index }}｜{{ item.name }}｜{{ item.quantity }}{{ item.unit }}｜{{ item.amount|金额 }}｜\n"
        "｜{%tr endfor %}｜\n"
        "｜合计｜ ｜ ｜{{ price.total|金额 }}｜\n"
        "@表终\n",
    ]
    assert trial == Trial((), (), "", 24)


def test_blanks_become_fields_of_the_model_or_of_the_kit(tmp_path: Path) -> None:
    """Without data a blank is the field that the words before it name, else a new one of the kind that follows."""
    proposal, trial = adopted("空白.txt", BLANK, tmp_path)

    assert outlines(proposal) == [
        "@页面 纵向\n@页脚 页码\n"
        "[标题] {{ contract.name }}\n"
        "[顶格] 出租方（甲方）：{{ party_a.name }}\n"
        "[顶格] 承租方（乙方）：{{ party_b.name }}\n"
        '[正文] {{ no("一、") }}租金每月{{ details.item_1|金额 }}元，押金为{{ details.item_2|金额 }}元'
        "（大写：{{ details.item_2|大写 }}）。\n"
        '[正文] {{ no("一、") }}租期自{{ details.item_3 }}起，租金逾期的，每日按{{ details.item_4|百分比 }}支付违约金。\n'
        "[顶格] 开户行：{{ party_b.bank.bank }}\n"
    ]
    assert "item_2: {label: 押金, type: money}" in proposal.kit
    assert "item_3: {label: 租期, type: day}" in proposal.kit
    assert "  name: 房屋租赁合同  # 合同名称" in proposal.data["contract.yaml"]
    assert (trial.refused, trial.differences, severities(trial)) == ("", (), set())


def test_facts_of_a_paper_are_its_first_data(tmp_path: Path) -> None:
    """Without data the parties, amounts and rates that a paper tells are proposed as the data."""
    proposal, trial = adopted("合同.md", PAPER, tmp_path)

    data = proposal.data["contract.yaml"]
    assert [line.partition("  #")[0].strip() for line in data.splitlines() if "示例" in line or "86" in line] == [
        "name: 示例市应急管理局", "name: 示例办公设备有限公司", 'total: "86,500.00"',
    ]  # fmt: skip
    assert (trial.refused, trial.differences) == ("", ())


def test_noise_of_a_scan_is_left_out_and_said(tmp_path: Path) -> None:
    """Page numbers, stamps and contents are dropped, torn lines joined, each with its place."""
    text = "服务合同\n\n一、乙方应当按照本合同的约定，提供服务并交付全部\n\n成果。\n\n— 3 —\n\n骑缝\n\n二、甲方应当付款。\n"
    proposal, _ = adopted("扫描.txt", text, tmp_path)

    assert outlines(proposal)[0].splitlines()[2:] == [
        "[标题] {{ contract.name }}",
        '[正文] {{ no("一、") }}乙方应当按照本合同的约定，提供服务并交付全部成果。',
        '[正文] {{ no("一、") }}甲方应当付款。',
    ]
    assert [(remark.kind, remark.place) for remark in proposal.remarks if remark.kind in ("删去", "接行")] == [
        ("删去", "第7行"), ("删去", "第9行"), ("接行", "第5行"),
    ]  # fmt: skip


def test_both_folders_are_written_or_none(tmp_path: Path) -> None:
    """The kit and its data are written where nothing was before; what is there is never touched."""
    proposal, _ = adopted("合同.md", PAPER, tmp_path, FILLED)
    folders = adopt.write(proposal, tmp_path / "templates", tmp_path / "data")

    assert [sorted(path.name for path in folder.iterdir()) for folder in folders] == [
        ["kit.yaml", "正文.docx", "附件-供货清单.docx"], ["contract.yaml"],
    ]  # fmt: skip
    assert load(folders[1], kits=tmp_path / "templates")[1] == []
    before = _bytes(folders)
    with pytest.raises(OutputError, match="已经存在，没有改动"):
        adopt.write(proposal, tmp_path / "templates", tmp_path / "data")
    with pytest.raises(OutputError, match="已经存在，没有改动"):
        adopt.write(proposal, tmp_path / "others", tmp_path / "data")
    assert _bytes(folders) == before
    assert not (tmp_path / "others").exists()


def _bytes(folders: Sequence[Path]) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for folder in folders for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("name", ["../new", "", "a/b"])
def test_a_name_that_is_no_folder_is_refused(name: str, tmp_path: Path) -> None:
    """The name of a kit names a folder, and nothing outside of it."""
    with pytest.raises(InputError):
        adopt.propose(name, [tmp_path / "合同.md"], None, None)


@pytest.mark.parametrize("text", ["{{ party_a.name }}", "{% if x %}", "{{ ().__class__ }}", "{%p for a in b %}"])
def test_a_paper_that_speaks_in_tags_prints_them(text: str, tmp_path: Path) -> None:
    """Braces in a paper are its text: no template runs them, and they are printed as they stand."""
    proposal, trial = adopted("合同.txt", f"服务合同\n\n一、乙方按照{text}提交报告。\n", tmp_path)

    assert text not in outlines(proposal)[0]
    assert (trial.refused, trial.differences) == ("", ())
    assert Severity.ERROR not in severities(trial)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("".join(f"乙方做完事项{n}。\n" for n in range(9_000)), "有 9,000 段或行，最多 8,000。"),
        ("| 名称 | 数量 |\n|---|---|\n" + "| 设备 | 3 |\n" * 20_000, "有 20,001 段或行，最多 8,000。"),
        ("2026年6月9日" * 3_000, "有 27,000 个字，一段最多 20,000 个"),
        ("".join(f"第{n}条 名称{n}：____\n" for n in range(600)), "最多 500 个"),
    ],
    ids=["lines", "rows", "line", "blanks"],
)
def test_a_paper_longer_than_any_contract_is_refused(text: str, told: str, tmp_path: Path) -> None:
    """Nobody waits for what comes of a list of thousands of entries."""
    paper = tmp_path / "名单.txt"
    paper.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        adopt.propose("样例", [paper], None, None)


DERIVED = """\
kit: sample
contract: {stage: 定稿, name: 服务合同}
price:
  total: 1060
  tax: {rate: 6%}
"""


def test_what_docgen_works_out_is_not_demanded_of_the_data(tmp_path: Path) -> None:
    """A figure that the data leave out, and that the paper prints, is no field that every contract has to give."""
    text = "服务合同\n\n一、合同总价1060.00元，税率6%，不含税价1000.00元，税额60.00元。\n"

    proposal, trial = adopted("合同.txt", text, tmp_path, DERIVED.replace("kit: sample\n", ""))

    assert "price.tax.net|" in outlines(proposal)[0]
    assert "price.tax.tax|" in outlines(proposal)[0]
    assert [line.strip(" -") for line in proposal.kit.partition("required:\n")[2].split("\n") if "price" in line] == [
        "price.tax.rate", "price.total",
    ]  # fmt: skip
    assert (trial.refused, trial.differences, severities(trial)) == ("", (), set())


def test_a_control_figure_of_the_data_is_not_demanded_of_others(tmp_path: Path) -> None:
    """Who typed a total beside the rows it comes from does not oblige everybody to type it."""
    text = "服务合同\n\n合同总价1060.00元，一式陆份，甲方肆份，乙方贰份。\n"
    data = """\
contract:
  stage: 定稿
  name: 服务合同
  copies: {total: 6, holders: [{holder: 甲方, count: 4}, {holder: 乙方, count: 2}]}
price: {total: 1060, sections: [{title: 评估, rows: [{item: 调查, amount: 1060}]}]}
"""

    proposal, trial = adopted("合同.txt", text, tmp_path, data)

    assert "price.total|" in outlines(proposal)[0]
    assert "copies.total|" in outlines(proposal)[0]
    assert "total" not in proposal.kit.partition("required:\n")[2]
    assert (trial.refused, trial.differences, severities(trial)) == ("", (), set())


def test_data_that_do_not_fit_the_new_kit_are_told_before_it_is_written(tmp_path: Path) -> None:
    """What a build would refuse later, the trial refuses at once."""
    proposal, _ = adopted(
        "合同.txt", "服务合同\n\n一、合同总价1060.00元。\n", tmp_path, DERIVED.replace("kit: sample\n", "")
    )
    kit = proposal.kit.replace("required:\n", "required:\n  - party_a.name\n")

    assert "缺少必填项" in adopt.tried(replace(proposal, kit=kit)).refused
