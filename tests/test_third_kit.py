"""A new kind of contract is a folder of files: the purchase order, which no line of Python knows."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.pipeline import Options, build
from docgen.reading.word import read_word
from docgen.report.outcome import Outcome
from docgen.template.author import author

CASES = Path(__file__).parent / "cases"
KIT = CASES / "kits" / "purchase-order"
DATA = CASES / "data" / "purchase-order" / "contract.yaml"

Order = Callable[..., Outcome]


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """Builds the sample order, with `old` replaced by `new` in its data, into tmp_path/outputs/order."""
    kit = tmp_path / "kits" / KIT.name
    kit.mkdir(parents=True)
    shutil.copy(KIT / "kit.yaml", kit)
    for text in KIT.glob("*.txt"):
        (kit / f"{text.stem}.docx").write_bytes(author(text.read_text(encoding="utf-8")))

    def make(old: str = "", new: str = "") -> Outcome:
        data = tmp_path / "data" / "order" / "contract.yaml"
        data.parent.mkdir(parents=True)
        source = DATA.read_text(encoding="utf-8")
        assert old in source
        data.write_text(source.replace(old, new) if old else source, encoding="utf-8")
        return build(data, "contract.yaml", Options(out=tmp_path / "outputs", kits=tmp_path / "kits"))

    return make


def lines(folder: Path, number: int) -> list[str]:
    """The paragraphs of the document with that number in the built set, empty ones left out."""
    (path,) = (folder / "outputs" / "order").glob(f"{number:02d}_*.docx")
    reading = read_word(path.read_bytes(), path.name)
    return [block.text for block in reading.blocks if block.part == "body" and block.text.strip()]


def names(folder: Path) -> list[str]:
    """The names of the files of the built set."""
    return sorted(path.name for path in (folder / "outputs" / "order").glob("[0-9][0-9]_*.docx"))


def headings(text: list[str]) -> list[str]:
    """The article headings among the paragraphs."""
    return [line for line in text if re.match("第.+条　", line)]


def test_files_alone_make_a_whole_set(order: Order, tmp_path: Path) -> None:
    """A kit of its own fields, templates and conditions is built without a finding."""
    outcome = order()

    assert ([], 0) == (outcome.findings, outcome.exit_code)
    assert [
        "01_办公设备采购订单.docx",
        "02_供货清单.docx",
        "03_安装调试要求.docx",
        "04_收货单.docx",
    ] == names(tmp_path)


def test_own_fields_of_every_type_reach_the_text(order: Order, tmp_path: Path) -> None:
    """Lists, money, quantities, dates, choices and counts of the kit stand in the documents in their own form."""
    order()

    assert {
        "1.1　卖方向买方供应2种货物，明细见附件1。",
        "1.2　货物总价为人民币86,500.00元（大写：捌万陆仟伍佰元整）。",
        "2.1　卖方应当在2026年4月上旬之前，以送货上门的方式在示例市明政区政务大道1号交货。",
        "2.2　货物的包装应当符合下列要求：防潮；防震。",
        "2.3　卖方应当在交货后3日内，按照附件2完成安装调试。",
    } <= set(lines(tmp_path, 1))
    assert [
        "附件1",
        "供货清单",
        *("序号", "名称", "规格型号", "数量", "金额（元）"),
        *("1", "多功能一体机", "SL-300", "5台", "62,500.00"),
        *("2", "会议平板", "—", "2台", "24,000.00"),
        *("合计", "86,500.00"),
    ] == lines(tmp_path, 2)


def test_a_clause_stands_while_its_condition_holds(order: Order, tmp_path: Path) -> None:
    """With a warranty its article is there, numbered, and referred to."""
    order()
    text = lines(tmp_path, 1)

    assert [
        "第一条　货物和价款",
        "第二条　交货",
        "第三条　质量保证",
        "第四条　付款",
        "第五条　违约责任",
        "第六条　附件",
    ] == headings(text)
    assert {
        "3.1　货物的质保期为24个月，自买方签收之日起计算。买方留存总价的5%作为质保金，质保期满无质量问题的，依照第四条一并付清。",
        "4.1　买方签收货物后15个工作日内付款，第三条约定的质保金除外。",
        "5.1　卖方迟延交货的，每日按总价的1‰支付违约金；买方不依照第四条付款的，亦同。",
    } <= set(text)


def test_the_numbering_closes_the_gap(order: Order, tmp_path: Path) -> None:
    """Without a warranty its article is gone, and numbers and references after it follow."""
    order("质量保证:\n  质保期: 24\n  质保金比例: 5%\n")
    text = lines(tmp_path, 1)

    assert [
        "第一条　货物和价款",
        "第二条　交货",
        "第三条　付款",
        "第四条　违约责任",
        "第五条　附件",
    ] == headings(text)
    assert {
        "3.1　买方签收货物后15个工作日内付款。",
        "4.1　卖方迟延交货的，每日按总价的1‰支付违约金；买方不依照第三条付款的，亦同。",
    } <= set(text)


def test_an_annex_not_made_leaves_no_gap(order: Order, tmp_path: Path) -> None:
    """Without installation its annex is not made, the next one takes its number, and the list follows."""
    order("需要安装: 是", "需要安装: 否")

    assert ["01_办公设备采购订单.docx", "02_供货清单.docx", "03_收货单.docx"] == names(tmp_path)
    assert ["附件1　供货清单", "附件2　收货单"] == lines(tmp_path, 1)[-2:]
    assert "附件2" == lines(tmp_path, 3)[0]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("交货方式: 送货上门", "交货方式: 快递", "交货.交货方式"),
        ("需要安装: 是", "需要安装: 需要", "交货.需要安装"),
        ("金额: 24000", "金额: 两万四", "货物[2].金额"),
        ("  交货地点: 示例市明政区政务大道1号\n", "", "交货.交货地点"),
    ],
    ids=["choice", "flag", "money", "required"],
)
def test_own_fields_are_held_to_their_types(order: Order, old: str, new: str, place: str) -> None:
    """A value that does not fit the kit's own field is told at its place, and nothing is built."""
    outcome = order(old, new)

    assert [place] == [finding.place.label for finding in outcome.findings]
    assert 1 == outcome.exit_code
