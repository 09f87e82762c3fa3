"""Edits of generated files, read back into the data they were made from."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from docgen.cli import main
from docgen.contract.amend import Splice, replaced, spliced
from docgen.contract.contract import Contract
from docgen.contract.controls import controls
from docgen.contract.load import load
from docgen.contract.scalars import Scalar
from docgen.contract.shape import shape_at
from docgen.contract.typed import Typed, typed_values
from docgen.draft import Draft, drafted
from docgen.errors import InputError
from docgen.pipeline import Options as BuildOptions
from docgen.pipeline import build
from docgen.pull.report import Options, pulled
from docgen.report.changes import ChangeReport, lines
from docgen.template.documents import documents
from docgen.template.written import Written
from docgen.word.edit import replace_text
from docgen.word.package import read_package, write_package
from docgen.word.parts import changed
from docgen.word.sight import sight_in
from docgen.word.text import paragraphs, part_name
from tests.endure import examples

ROOT = Path(__file__).resolve().parent.parent.parent
PRICED, SET, DRAFT = "2021-专项评估", "2026-好差评", "2022-专项评估-草稿"


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, all built."""
    folder = tmp_path_factory.mktemp("sets")
    for name in ("templates", "data"):
        shutil.copytree(ROOT / name, folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in (PRICED, SET, DRAFT):
            build(Path("data", name), f"data/{name}", BuildOptions())
    return folder


@pytest.fixture
def desk(sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with all sets built."""
    shutil.copytree(sets, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def file(desk: Path, name: str, number: str) -> Path:
    """The file of that number."""
    return next((desk / "outputs" / name).glob(f"{number}_*.docx"))


def pull(*files: Path, write: bool = False) -> ChangeReport:
    """What the one set of the files has to say."""
    (report,) = pulled([(path, path.name) for path in files], Options(write=write))
    return report


def told(report: ChangeReport) -> list[tuple[str, str | None, str | None]]:
    """The changes without their places."""
    return [(change.field, change.old, change.new) for change in report.changes]


def reworded(path: Path, old: str, new: str) -> None:
    """Replace words in the first run that has them, as a person would."""
    document = docx.Document(str(path))
    cells = [c for t in document.tables for r in t.rows for c in r.cells]
    for paragraph in [*document.paragraphs, *(p for c in cells for p in c.paragraphs)]:
        for run in paragraph.runs:
            if old in run.text:
                run.text = run.text.replace(old, new, 1)
                document.save(str(path))
                return
    raise AssertionError(old)


def rows(path: Path, change: Callable[[Any], None]) -> None:
    """Change the first table of a file."""
    document = docx.Document(str(path))
    change(document.tables[0])
    document.save(str(path))


def write(cell: Any, text: str) -> None:
    """Give a cell another text, with the formatting it had."""
    for run in cell.paragraphs[0].runs[1:]:
        run._element.getparent().remove(run._element)
    if cell.paragraphs[0].runs:
        cell.paragraphs[0].runs[0].text = text
    else:
        cell.paragraphs[0].add_run(text)


def test_a_name_and_a_price_are_read_back(desk: Path) -> None:
    """The field, what was typed, what is to be typed; the other words of the file are told as what they are."""
    first, second = file(desk, PRICED, "01"), file(desk, PRICED, "02")
    reworded(first, "周启衡", "周启航")
    reworded(first, "全部对价", "全部对价（含税）")
    reworded(second, "523.00", "550.00")

    report = pull(first, second)

    assert told(report) == [
        ("party_a.legal_rep", "周启衡", "周启航"),
        ("price.sections[1].rows[4].unit_price", "523", "550"),
    ]
    assert report.exit_code == 0
    assert any("（含税）" in line for line in report.files[0].lines)
    assert not report.files[1].lines


def test_a_document_is_named_as_the_plan_names_it_whatever_its_file_is_called(desk: Path) -> None:
    """By its title with the number of the annex, however the file came back."""
    path = file(desk, PRICED, "02").rename("寄回.docx")
    reworded(path, "523.00", "550.00")

    said = [line.strip() for line in lines(pull(path))]

    assert "价款.报价表[1].报价行[4].单价：“523” → “550”（《附件1 项目报价》 表1 第6行第3列）" in said


def test_values_in_both_halves_of_a_split_paragraph_are_read_back(desk: Path) -> None:
    """Each is known in the paragraph in which it stands now, and that it was split is told."""
    path = file(desk, SET, "01")
    document = docx.Document(str(path))
    clause = next(p for p in document.paragraphs if "项目完成并通过中期评估验收后" in p.text)
    head, words, tail = clause.text.partition("项目完成并通过中期评估验收后")
    clause.insert_paragraph_before(head)
    for run in clause.runs[1:]:
        run._element.getparent().remove(run._element)
    clause.runs[0].text = words.replace("评估", "") + tail
    document.save(str(path))

    report = pull(path)

    assert [(new, old) for _, old, new in told(report)] == [("项目完成并通过中期验收后", words)]
    assert any("／" in line for line in report.files[0].lines)


def test_the_words_of_an_amount_are_read_back_into_its_figures(desk: Path) -> None:
    """An amount edited in words is typed in figures, as it was; the place in figures follows from it."""
    path = file(desk, SET, "01")
    reworded(path, "贰佰壹拾陆万元整", "贰佰贰拾陆万元整")

    assert told(pull(path)) == [("price.total", "2160000", "2260000")]


@pytest.mark.parametrize(
    ("number", "old", "new", "expected"),
    [
        ("02", "523.00", "550", ("price.sections[1].rows[4].unit_price", "523", "550")),
        ("02", "1,200.00", "１３００元", ("price.sections[1].rows[1].unit_price", "1200", "1300")),
        ("01", "2021年6月21日", "2021 年 07 月 01 日", ("contract.sign_date", "2021-06-21", "2021-07-01")),
        ("01", "2021年6月21日", "二〇二一年七月一日", ("contract.sign_date", "2021-06-21", "2021-07-01")),
        ("01", "伍份", "4 份", ("contract.copies.holders[1].count", "5", "4")),
        ("01", "周启衡", " 周启航 ", ("party_a.legal_rep", "周启衡", "周启航")),
    ],
)
def test_a_value_may_be_written_in_other_ways(
    desk: Path, number: str, old: str, new: str, expected: tuple[str, str, str]
) -> None:
    """Figures and dates as a person types them are the values that they say, typed as the data write theirs."""
    path = file(desk, PRICED, number)
    reworded(path, old, new)

    assert told(pull(path)) == [expected]


def test_another_way_to_write_a_value_is_no_change_of_the_data(desk: Path) -> None:
    """A figure without its decimals says what it said: nothing is read back, and nothing is wrong."""
    path = file(desk, PRICED, "02")
    reworded(path, "523.00", "523")

    report = pull(path)

    assert (told(report), report.exit_code) == ([], 0)
    assert report.files[0].lines == ("条款文字　表1 第6行第3列　“523.00” → “523”",)


def test_a_place_that_prints_a_part_of_a_date_follows_from_those_that_print_all(desk: Path) -> None:
    """The month on the cover agrees with the new date; alone it does not tell the day, and cannot be read back."""
    path = file(desk, SET, "01")
    reworded(path, "2026年6月", "2026年7月")
    alone = pull(path)
    reworded(path, "2026年6月9日", "2026年7月9日")

    report = pull(path)

    assert (told(alone), alone.exit_code) == ([], 1)
    assert "不是这一项的全部内容" in alone.files[0].lines[0]
    assert (told(report), report.exit_code) == ([("contract.sign_date", "2026-06-09", "2026-07-09")], 0)
    assert any("1 处改动，数据改后就会这样印出" in remark for remark in report.remarks)


def test_words_put_before_a_value_behind_a_number_are_of_the_value(desk: Path) -> None:
    """The number of an item is no field, so that words between it and the item's title are the title's."""
    path = file(desk, SET, "01")
    reworded(path, "中期款：", "第一次中期款：")

    assert told(pull(path)) == [("price.instalments[2].name", "中期款", "第一次中期款")]


def test_words_and_a_figure_that_stand_side_by_side_are_told_apart(desk: Path) -> None:
    """Where both were changed, the words are of the words and the figure is the figure."""
    path = file(desk, SET, "01")
    reworded(path, "最终验收报告签署后10个工作日", "最终验收报告签署之后20个工作日")

    assert [(field.rpartition(".")[2], new) for field, _, new in told(pull(path))] == [
        ("trigger", "全部工作完成，终期评审通过，成果交付物移交完毕，且验收合格、最终验收报告签署之后"),
        ("days", "20"),
    ]


def test_words_put_in_where_a_value_stands_alone_are_of_the_value(desk: Path) -> None:
    """In a pair of brackets, or behind a label and its colon, all that is written is the value, a comma as well."""
    path = file(desk, SET, "01")
    reworded(path, "示例市明政区政务大道1号", "示例市明政区政务大道1号，2号楼")

    assert told(pull(path)) == [("party_a.address", "示例市明政区政务大道1号", "示例市明政区政务大道1号，2号楼")]


def test_two_places_of_one_field_that_say_different_things_are_told(desk: Path) -> None:
    """Nothing is guessed: both texts are listed, and the run is not a success."""
    path = file(desk, SET, "01")
    reworded(path, "贰佰壹拾陆万元整", "贰佰贰拾陆万元整")
    reworded(path, "2160000", "2300000")

    report = pull(path)

    assert (told(report), report.exit_code) == ([], 1)
    assert any("在几处改得不一样" in line for line in report.files[0].lines)


def test_what_is_worked_out_is_traced_to_what_it_is_made_of(desk: Path) -> None:
    """The amount of a row is no field to be typed; the way to change it is told."""
    path = file(desk, PRICED, "02")
    reworded(path, "36,000.00", "37,000.00")

    report = pull(path)

    assert (told(report), report.exit_code) == ([], 1)
    assert report.files[0].lines == (
        "未读回　表1 第4行第5列　价款.报价表[1].报价行[2].金额：“36,000.00” → “37,000.00”　"
        "它是单价 1,200.00 乘以数量 30 得出的，请改单价或数量",
    )


def test_a_control_figure_is_no_way_to_change_a_sum(desk: Path) -> None:
    """A total that the price table contradicts is refused with what it is the sum of, though it is typed as well."""
    path = file(desk, PRICED, "01")
    reworded(path, "1,040,000.00", "1,050,000.00")

    report = pull(path)

    assert (told(report), report.exit_code) == ([], 1)
    assert "它是报价表各节小计之和（年度绩效评估 209,500.00、" in report.files[0].lines[0]


def test_control_figures_that_nobody_edited_are_told(desk: Path) -> None:
    """A new unit price is read back; the sums typed beside it are named with what they must be, and what is left."""
    path = file(desk, PRICED, "02")
    reworded(path, "523.00", "550.00")

    report = pull(path)

    assert told(report) == [("price.sections[1].rows[4].unit_price", "523", "550")]
    assert report.exit_code == 0
    assert report.remarks[1:] == (
        "数据这样改后有 3 个控制数要跟着改，或者删去，由程序得出：",
        "  价款.合同总价　1040000 → 1042700",
        "  价款.报价表[1].小计　209500 → 212200",
        "  价款.分项费用[2].金额　820000 → 822700",
        "数据这样改后有 1 处对不上，请一并改：",
        "  价款.付款[1].金额　各期付款合计是 1,040,000.00 元，合同总价是 1,042,700.00 元，相差 2,700.00 元。",
    )


def test_what_follows_from_a_total_agrees_though_control_figures_do_not(desk: Path) -> None:
    """Total, tax and net price were all edited rightly: the tax follows, and the instalments to be changed are named."""
    path = file(desk, SET, "01")
    for old, new in (
        ("2160000", "2120000"), ("贰佰壹拾陆万元整", "贰佰壹拾贰万元整"), ("6%", "3%"),
        ("2037735.85", "2,058,252.43"), ("122264.15", "61747.57"),
    ):  # fmt: skip
        reworded(path, old, new)

    report = pull(path)

    assert told(report) == [("price.total", "2160000", "2120000"), ("price.tax.rate", "6%", "3%")]
    assert (report.exit_code, report.files[0].lines) == (0, ())
    assert report.remarks[2:] == (
        "数据这样改后有 2 个控制数要跟着改，或者删去，由程序得出：",
        "  价款.付款[1].金额　1080000 → 1060000",
        "  价款.付款[2].金额　540000 → 530000",
    )


def test_a_row_with_all_that_follows_from_it_is_read_back(desk: Path) -> None:
    """Where the sums were edited as well, those typed are changed with the price, and those worked out agree."""
    path = file(desk, PRICED, "02")
    for old, new in (
        ("523.00", "550.00"), ("52,300.00", "55,000.00"), ("209,500.00", "212,200.00"), ("209,500.00", "212,200.00"),
        ("1,040,000.00", "1,042,700.00"), ("1,040,000.00", "1,042,700.00"), ("壹佰零肆万元整", "壹佰零肆万贰仟柒佰元整"),
        ("壹佰零肆万元整", "壹佰零肆万贰仟柒佰元整"),
    ):  # fmt: skip
        reworded(path, old, new)

    report = pull(path)

    assert told(report) == [
        ("price.total", "1040000", "1042700"),
        ("price.sections[1].rows[4].unit_price", "523", "550"),
        ("price.sections[1].subtotal", "209500", "212200"),
    ]
    assert (report.exit_code, report.files[0].lines) == (0, ())
    assert any("1 处改动，数据改后就会这样印出" in remark for remark in report.remarks)


def test_rows_put_in_taken_out_and_moved_are_read_back(desk: Path) -> None:
    """The list in the YAML has the rows of the table, in the order of the table, and every comment it had."""
    path = file(desk, PRICED, "02")

    def change(table: Any) -> None:
        listed = list(table.rows)
        new = deepcopy(listed[3]._tr)
        listed[4]._tr.addnext(new)
        listed[2]._tr.getparent().remove(listed[2]._tr)
        listed[5]._tr.getparent().remove(listed[5]._tr)
        listed[6]._tr.addnext(listed[5]._tr)
        fresh = next(row for row in table.rows if row._tr is new)
        for column, text in enumerate(["9", "补充核验", "10.00", "7", "70.00", "新增"]):
            write(fresh.cells[column], text)

    rows(path, change)
    report = pull(path, write=True)

    assert report.exit_code == 0
    contract, _ = load(desk / "data" / PRICED)
    assert contract is not None
    section = contract.data.price.sections[0]
    assert [(row.item or "")[:4] for row in section.rows] == [
        "归集年度",
        "编制服务",
        "补充核验",
        "指导各处",
        "实施两轮",
        "分析全年",
    ]
    assert (section.rows[2].unit_price, section.rows[2].quantity) == (Decimal(10), Decimal(7))
    before = (ROOT / "data" / PRICED / "price.yaml").read_text(encoding="utf-8").splitlines()
    after = (desk / "data" / PRICED / "price.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in before if "#" in line] == [line for line in after if "#" in line]


def test_a_row_that_is_not_moved_by_the_data_is_told(desk: Path) -> None:
    """Rows of no list that stand in another order are listed: the data have no order for them."""
    path = file(desk, SET, "01")
    rows(path, lambda table: table.rows[1]._tr.addprevious(table.rows[2]._tr))

    report = pull(path)

    assert (told(report), report.exit_code) == ([], 1)
    assert "移了位置" in report.files[0].lines[0]


def test_a_row_of_a_summary_is_not_all_that_it_sums_up(desk: Path) -> None:
    """Where a section is struck out of the summary and its own table stays, nobody knows what is meant."""
    path = file(desk, PRICED, "02")
    document = docx.Document(str(path))
    table = document.tables[6]
    table._tbl.remove(table.rows[4]._tr)
    document.save(str(path))

    report = pull(path)

    assert (told(report), report.exit_code) == ([], 1)
    assert "其他内容还在文件里" in report.files[0].lines[0]


def test_a_summary_does_not_move_what_it_sums_up(desk: Path) -> None:
    """Rows that change places, or a new one, in the summary alone leave the sections as they are: that is said."""
    path = file(desk, PRICED, "02")
    document = docx.Document(str(path))
    table = document.tables[6]
    table.rows[2]._tr.addprevious(table.rows[3]._tr)
    document.save(str(path))
    swapped = pull(path)
    table.rows[2]._tr.addprevious(table.rows[3]._tr)
    table.rows[3]._tr.addnext(deepcopy(table.rows[3]._tr))
    document.save(str(path))

    added = pull(path)

    assert [(told(report), report.exit_code) for report in (swapped, added)] == [([], 1), ([], 1)]
    assert swapped.files[0].lines == (
        "未读回　表7 第3行第1列　价款.报价表：这里的各行换了次序，而各项的其他内容还在原处；要换次序的，请在数据里移动整项",
    )
    assert "请在数据里添加整项" in added.files[0].lines[0]


def test_a_new_item_with_a_list_in_a_cell_is_read_back(desk: Path) -> None:
    """All lines of its cell are in the data, though the item before it has fewer of them."""
    path = file(desk, PRICED, "05")
    document = docx.Document(str(path))
    table = document.tables[1]
    table.rows[5]._tr.addnext(deepcopy(table.rows[8]._tr))
    fresh = table.rows[6]
    write(fresh.cells[1], "新增指标")
    write(fresh.cells[3], "6")
    document.save(str(path))

    report = pull(path, write=True)

    assert report.exit_code == 0
    contract, _ = load(desk / "data" / PRICED)
    assert contract is not None
    row, like = (contract.data.indicator_tables[1].groups[0].rows[number] for number in (5, 8))
    assert row == like.changed(indicator="新增指标", points=Decimal(6))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda rows: rows[3]._tr.getparent().remove(rows[3]._tr), [1, 3, 4]),
        (lambda rows: rows[3]._tr.addprevious(rows[4]._tr), [1, 3, 2, 4]),
        (lambda rows: rows[3]._tr.addnext(deepcopy(rows[3]._tr)), [1, 2, 2, 3, 4]),
    ],
)
def test_a_row_with_lines_of_its_own_is_the_entry_that_they_are_of(
    desk: Path, change: Callable[[Any], None], expected: list[int]
) -> None:
    """An opinion of the review form is taken out, moved or put in with all its lines, without their numbers."""
    path = file(desk, PRICED, "09")
    rows(path, lambda table: change(table.rows))
    before, _ = load(desk / "data" / PRICED)

    assert pull(path, write=True).exit_code == 0
    after, _ = load(desk / "data" / PRICED)
    assert before is not None
    assert after is not None
    opinions = before.data.review.opinions
    assert after.data.review.opinions[: len(expected)] == tuple(opinions[number - 1] for number in expected)


def test_a_new_row_is_written_in_the_language_of_its_neighbours(desk: Path) -> None:
    """In braces, under labels, quoted where they are."""
    path = file(desk, DRAFT, "03")

    def change(table: Any) -> None:
        table.rows[3]._tr.addnext(deepcopy(table.rows[3]._tr))
        write(table.rows[4].cells[1], "张示")
        write(table.rows[4].cells[3], "13800000099")

    rows(path, change)

    assert pull(path, write=True).exit_code == 0
    after = (desk / "data" / DRAFT / "contract.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if "张示" in line] == [
        '  - {姓名: 张示, 学历: 本科, 联系电话: "13800000099", 项目内职务: 项目主管, 分工职责: 主管政务公开工作, '
        "主要工作经历: 任2021年示例市应急管理局专项评估项目主管}"
    ]


def moved(path: Path, start: str, behind: str) -> None:
    """Put the paragraph that starts so behind another one."""
    document = docx.Document(str(path))
    paragraph, other = (next(p for p in document.paragraphs if p.text.startswith(said)) for said in (start, behind))
    other._p.addnext(paragraph._p)
    document.save(str(path))


def test_a_clause_that_was_moved_is_told_as_moved(desk: Path) -> None:
    """Its values are read back where it stands now."""
    path = file(desk, SET, "01")
    moved(path, "5.2", "10.9")
    report = pull(path)
    reworded(path, "乙方指定吴例四", "乙方指定吴例五")

    edited = pull(path)

    assert (told(report), report.exit_code) == ([], 0)
    assert told(edited) == [("party_b.task_leader", "吴例四", "吴例五")]
    for each in (report, edited):
        assert [line.endswith("移了位置") for line in each.files[0].lines] == [True]


def test_words_of_no_field_are_told_with_their_places(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a clause of several paragraphs by their number, in a cell by row and column; where they stood if they are gone."""
    path = file(desk, SET, "01").relative_to(desk)
    reworded(path, "乙方变更收款账户的", "乙方变更账户的")
    reworded(path, "（1）本合同书", "（1）合同书")
    document = docx.Document(str(path))
    gone = next(p for p in document.paragraphs if p.text.startswith("12.5"))
    gone._p.getparent().remove(gone._p)
    document.save(str(path))
    annex = file(desk, PRICED, "02")
    reworded(annex, "单价", "单价（含税）")

    lines = [line.split("　", 2) for line in pull(path).files[0].lines]
    assert [(kind, place) for kind, place, _ in lines] == [
        ("条款文字", "第一条 （1）"),
        ("条款文字", "第四条 4.4 第5段"),
        ("条款文字", "原第十二条 12.5"),
    ]
    assert lines[1][2] == "“乙方变更收款账户的，应当不迟于相应付…” → “乙方变更账户的，应当不迟于相应付…”"
    assert lines[2][2].startswith("“12.5")
    assert lines[2][2].endswith("→ （删去）")
    assert pull(annex).files[0].lines == ("条款文字　表1 第2行第3列　“单价（元）” → “单价（含税）（元）”",)

    assert main(["pull", str(path), "--format", "json"], standalone_mode=False) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [(c["field"], c["place"]["label"]) for c in changes] == [(None, place) for _, place, _ in lines]


def test_an_entry_that_was_moved_has_its_order_from_the_data(desk: Path) -> None:
    """A paragraph of a list that stands elsewhere among its like is told with its entry; so is one that is gone."""
    path = file(desk, SET, "01")
    moved(path, "（1）首付款", "（2）中期款")
    report = pull(path)

    assert (told(report), report.exit_code) == ([], 1)
    assert report.files[0].lines[0].startswith("未读回　第四条 4.2 （1）　价款.付款[1]：")
    assert "要换次序请在数据里移动这一项" in report.files[0].lines[0]


def test_an_item_with_a_list_in_a_cell_is_taken_out_as_a_whole(desk: Path) -> None:
    """The row of an indicator is the indicator, its rules with it."""
    path = file(desk, PRICED, "05")
    document = docx.Document(str(path))
    table = document.tables[0]
    row = next(row for row in table.rows if "互动回应差" in row.cells[1].text)
    table._tbl.remove(row._tr)
    document.save(str(path))

    assert [(field, new) for field, _, new in told(pull(path))] == [("indicator_tables[1].groups[1].rows[5]", None)]


def test_an_item_that_was_written_anew_is_read_back(desk: Path) -> None:
    """A paragraph with other words throughout is the same item where it stands at the same place."""
    path = file(desk, SET, "01")
    document = docx.Document(str(path))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("（1）监测分析机制设计阶段"))
    after = paragraph.text.partition("）：")[2]
    for run in paragraph.runs:
        run.text = run.text.replace(after, "做好各项准备。")
    document.save(str(path))

    assert told(pull(path)) == [("phases[1].text[1]", after, "做好各项准备。")]


def test_nothing_but_the_value_changes_in_the_data(desk: Path) -> None:
    """Without --write not a byte, with it that one line; the plan then tells what else must follow."""
    path = file(desk, SET, "01")
    reworded(path, "示政数合【2026】121号", "示政数合【2026】122号")
    data = desk / "data" / SET / "contract.yaml"
    before = data.read_bytes()

    pull(path)
    assert data.read_bytes() == before
    pull(path, write=True)
    assert data.read_bytes() == before.replace("121号".encode(), "122号".encode(), 1)
    assert told(pull(path)) == []


def test_a_file_of_an_older_version_does_not_undo_newer_data(desk: Path) -> None:
    """A field that was changed in the data since is told as such; others are read back all the same."""
    path = file(desk, SET, "01")
    returned = desk / "寄回.docx"
    shutil.copy(path, returned)
    reworded(returned, "示政数合【2026】121号", "示政数合【2026】122号")
    reworded(returned, "示例科技战略研究院", "示例科技发展研究院")
    data = desk / "data" / SET / "contract.yaml"
    data.write_text(data.read_text(encoding="utf-8").replace("121号", "125号", 1), encoding="utf-8")
    build(data.parent, data.parent.as_posix(), BuildOptions())

    report = pull(returned)

    assert told(report) == [("party_b.name", "示例科技战略研究院", "示例科技发展研究院")]
    assert any("数据在此之后也改过" in line for line in report.files[0].lines)
    assert "以前的一版数据" in report.files[0].remark


def test_a_row_that_was_deleted_with_tracked_changes_is_taken_out(desk: Path) -> None:
    """It stands there struck out, and says nothing more; a cell that was emptied is told, with its field."""
    path = file(desk, PRICED, "03")

    def change(table: Any) -> None:
        row = table.rows[5]._tr
        row.get_or_add_trPr().append(OxmlElement("w:del"))
        for run in list(row.iter(qn("w:r"))):
            struck = OxmlElement("w:del")
            run.addprevious(struck)
            struck.append(run)
            run.find(qn("w:t")).tag = qn("w:delText")
        write(table.rows[3].cells[4], "")

    rows(path, change)
    report = pull(path)

    assert [field for field, _, _ in told(report)] == ["team[5]"]
    assert report.exit_code == 1
    assert report.files[0].lines == (
        "未读回　表1 第4行第5列　项目团队[3].项目内职务：“指导专家” → “”　内容被删空了；要去掉这一项的，请直接改数据",
    )


def test_rows_that_the_data_have_already_are_no_change(desk: Path) -> None:
    """The file that was read back and written says nothing more, also before the set is built again."""
    path = file(desk, PRICED, "03")
    rows(path, lambda table: table._tbl.remove(table.rows[5]._tr))
    first = pull(path, write=True)

    again = pull(path)

    assert [field for field, _, _ in told(first)] == ["team[5]"]
    assert (told(again), again.exit_code) == ([], 0)
    assert "另有 1 处改动，数据里已经是这样。" in again.remarks


def test_a_bound_set_that_came_back_is_read_back(desk: Path) -> None:
    """Whatever its name, its edits are those of the documents in it; words stay words."""
    path = desk / "寄回的全册.docx"
    shutil.copy(desk / "outputs" / PRICED / "合订本.docx", path)
    reworded(path, "523.00", "550")
    reworded(path, "林知远", "林知近")
    reworded(path, "全部对价", "全部对价（含税）")
    document = docx.Document(str(path))
    table = next(table for table in document.tables if table.rows[0].cells[1].text == "姓名")
    table._tbl.remove(table.rows[5]._tr)
    document.save(str(path))

    report = pull(path)

    assert [(field, new) for field, _, new in told(report)] == [
        ("price.sections[1].rows[4].unit_price", "550"),
        ("team[1].name", "林知近"),
        ("team[5]", None),
    ]
    assert (report.title, report.exit_code) == (PRICED, 0)
    assert ["（含税）" in line for line in report.files[0].lines] == [True]


def test_a_bound_set_that_nobody_edited_has_nothing_to_read_back(desk: Path) -> None:
    """It is unchanged, as every other file of the set."""
    report = pull(desk / "outputs" / SET / "合订本.docx")

    assert (told(report), report.exit_code, report.files[0].state) == ([], 0, "unchanged")


def test_a_foreign_file_is_refused(desk: Path) -> None:
    """What docgen did not write has nothing to be read back."""
    path = desk / "别人的.docx"
    docx.Document().save(str(path))

    with pytest.raises(InputError, match="没有 docgen 的记录"):
        pull(path)


def test_blanks_filled_in_by_hand_are_read_back(desk: Path) -> None:
    """What stands in the place of a blank, its line left around it or not, is the value that was still open."""
    text, price, team = (file(desk, DRAFT, number) for number in ("01", "02", "03"))
    reworded(text, "________", "202206001")
    reworded(text, "________", "____江以舟__")
    reworded(text, "________", "2022年6月1日")
    rows(team, lambda table: [write(table.rows[4].cells[1], "张示, 王例"), write(table.rows[4].cells[2], "{本科}")])
    document = docx.Document(str(price))
    write(document.tables[1].rows[4].cells[2], "9,000.00")
    document.save(str(price))

    report = pull(text, price, team, write=True)

    assert told(report) == [
        ("contract.number", "待填", "202206001"),
        ("party_b.legal_rep", "待填", "江以舟"),
        ("contract.sign_date", "待填", "2022年6月1日"),
        ("price.sections[2].rows[3].unit_price", "待填", "9000"),
        ("team[4].name", "待填", "张示, 王例"),
        ("team[4].education", "待填", "{本科}"),
    ]
    assert report.exit_code == 0
    contract, _ = load(desk / "data" / DRAFT)
    assert contract is not None
    assert contract.data.team[3].name == "张示, 王例"
    before = (ROOT / "data" / DRAFT / "contract.yaml").read_text(encoding="utf-8")
    after = (desk / "data" / DRAFT / "contract.yaml").read_text(encoding="utf-8")
    assert "法定代表人: 江以舟          # 正在办理变更登记" in after
    assert len([line for line in after.splitlines() if line not in before.splitlines()]) == 5


def test_a_blank_of_a_field_that_the_data_leave_out_is_read_back(desk: Path) -> None:
    """The field is put into the data where it belongs, in their language; every line that was there stays."""
    data = desk / "data" / DRAFT / "contract.yaml"
    before = (
        data.read_text(encoding="utf-8")
        .replace("  法定代表人: 周启衡\n", "")
        .replace("  地址: 示例市示例区政务大道1号\n", "")
    )
    data.write_text(
        before.replace("  简称: 市应急局\n", "  简称: 市应急局   # 内部用\n\n  # 以上已核\n"), encoding="utf-8"
    )
    before = data.read_text(encoding="utf-8")
    build(data.parent, "data", BuildOptions())
    path = file(desk, DRAFT, "01")
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            named = paragraph.text.startswith("住所地：")
            run.text = run.text.replace("________", "示例市新区1号") if named else run.text
    document.save(str(path))

    report = pull(path, write=True)

    assert told(report) == [("party_a.address", None, "示例市新区1号")]
    after = data.read_text(encoding="utf-8")
    assert after == before.replace("11990000MB0A10013E\n", "11990000MB0A10013E\n  地址: 示例市新区1号\n", 1)


def test_what_is_filled_in_where_nothing_was_given_is_read_back(desk: Path) -> None:
    """In the place of a stroke that stands for a number left out: the field comes into the data; words do not."""
    path = file(desk, SET, "01")
    data = desk / "data" / SET / "contract.yaml"
    before = data.read_text(encoding="utf-8")
    rows(path, lambda table: write(table.rows[4].cells[4], "010-88880000"))

    report = pull(path, write=True)

    assert told(report) == [("party_a.fax", None, "010-88880000")]
    line = '  phone: "13800000001"\n'
    assert data.read_text(encoding="utf-8") == before.replace(line, f"{line}  fax: 010-88880000\n", 1)


def test_a_field_that_the_data_have_no_more_is_not_put_back(desk: Path) -> None:
    """Somebody took it out since, and another person edited it in the file of before: a person has to decide."""
    path = file(desk, SET, "01")
    returned = desk / "寄回.docx"
    shutil.copy(path, returned)
    reworded(returned, "13800000003", "13800000009")
    data = desk / "data" / SET / "contract.yaml"
    data.write_text(data.read_text(encoding="utf-8").replace('  fax: "13800000003"\n', ""), encoding="utf-8")

    report = pull(returned)

    assert (told(report), report.exit_code) == ([], 1)
    assert "数据在此之后也改过，现在是没有这一项了" in report.files[0].lines[0]


def test_an_empty_cell_that_was_filled_in_is_read_back(desk: Path) -> None:
    """A remark that a row of prices had not is its remark; words in a cell of no field are words."""
    data = desk / "data" / PRICED / "price.yaml"
    before = data.read_text(encoding="utf-8")
    data.write_text(before.replace("        remark: 5件\n", "", 1), encoding="utf-8")
    build(data.parent, "data", BuildOptions())
    path = file(desk, PRICED, "02")
    document = docx.Document(str(path))
    table = document.tables[3]
    row = next(row for row in table.rows if "解读材料" in row.cells[1].text)
    write(row.cells[5], "5 件")
    write(table.rows[-1].cells[5], "已核")
    document.save(str(path))

    report = pull(path, write=True)

    assert told(report) == [("price.sections[4].rows[5].remark", None, "5 件")]
    assert report.files[0].lines == ("条款文字　表4 第9行第6列　“” → “已核”",)
    assert data.read_text(encoding="utf-8") == before.replace("remark: 5件", "remark: 5 件", 1)


def test_what_a_build_took_over_is_read_back_all_the_same(desk: Path) -> None:
    """A blank that was filled in before a build is told by it, stays, and is an edit of the file after it."""
    path = file(desk, DRAFT, "01")
    reworded(path, "________", "202206001")

    outcome = build(desk / "data" / DRAFT, "data", BuildOptions())
    report = pull(path)

    assert [f.message for f in outcome.findings if f.rule == "F506"] == [
        "这里按数据还空着，手工填了“202206001”，已原样保留。"
    ]
    assert told(report) == [("contract.number", "待填", "202206001")]
    assert report.files[0].state == "edited"


def test_a_blank_that_is_worked_out_is_traced_to_what_is_open(desk: Path) -> None:
    """A total cannot be filled in where a price of a row is open: the row is named."""
    path = file(desk, DRAFT, "02")
    document = docx.Document(str(path))
    run = next(r for p in document.paragraphs for r in p.runs if "________" in r.text)
    run.text = run.text.replace("________", "300,000.00", 1)
    document.save(str(path))

    report = pull(path)

    assert (told(report), report.exit_code) == ([], 1)
    assert any("价款.报价表[2].报价行[3].单价" in line for line in report.files[0].lines)


def test_the_json_is_as_promised(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Changes with field, old, new and the place in the file; files with their state."""
    path = file(desk, SET, "01").relative_to(desk)
    reworded(path, "贰佰壹拾陆万元整", "贰佰贰拾陆万元整")

    assert main(["pull", str(path), "--format", "json"], standalone_mode=False) == 0

    found = json.loads(capsys.readouterr().out)
    assert [(c["field"], c["old"], c["new"], c["place"]["label"]) for c in found["changes"]] == [
        ("price.total", "2160000", "2260000", "第四条 4.1")
    ]
    assert found["files"] == [{"file": str(path), "state": "edited"}]


@pytest.mark.parametrize("everywhere", [True, False])
@pytest.mark.parametrize("name", [PRICED, SET])
def test_every_field_that_is_printed_can_be_read_back(desk: Path, name: str, *, everywhere: bool) -> None:
    """Edits of many fields, put into the files as the changed data would print them, give the changed data.

    At every place of a field, or at the first alone. Control figures and 余款 are worked out, and tried elsewhere.
    """
    contract, _ = load(desk / "data" / name)
    assert contract is not None
    drafts = drafted(contract, documents(contract), Path("outputs", name))
    typed, chance = typed_values(contract), random.Random(7)
    printed = {value.path for draft in drafts for value in draft.written if value.path and value.text}
    left_out = controls(contract.data) | {path for path, found in typed.items() if found.node.text == "余款"}
    fields = sorted(path for path in printed & typed.keys() if typed[path].node.kind == "scalar")
    fields = [path for path in fields if path not in left_out and _kind(contract, path) not in ("choice", "flag")]

    for _ in range(examples(1, 12)):
        chance.shuffle(fields)
        wanted = {path: _other(typed[path].node.text, contract, path, chance) for path in fields[: examples(60, 300)]}
        files, edited = _edited_as(desk, contract, drafts, wanted, everywhere=everywhere)
        report = pull(*files)

        got = {change.field: _parsed(contract, change.field, change.new or "") for change in report.changes}
        missing = edited - got.keys()
        assert got == {path: _parsed(contract, path, wanted[path]) for path in edited - missing}
        # What can be read in two ways is said, and never guessed.
        assert len(missing) <= len(edited) * 0.01
        assert not missing or any(file.lines for file in report.files)


def _edited_as(
    desk: Path, contract: Contract, drafts: Sequence[Draft], wanted: Mapping[str, str], *, everywhere: bool
) -> tuple[list[Path], set[str]]:
    """The files with the edits in them that the data as they are wanted would print, and the fields they are of."""
    then = _changed(contract, wanted)
    printed = drafted(then, documents(then), Path("outputs", contract.name))
    files, edited = [], set[str]()
    for number, (draft, new) in enumerate(zip(drafts, printed, strict=True)):
        before, after = _by_field(draft, wanted), _by_field(new, wanted)
        pairs = [
            (value, other.text)
            for path, values in before.items() if len(values) == len(after.get(path, ()))
            for value, other in zip(values, after[path], strict=True) if value.text != other.text
        ]  # fmt: skip
        if not everywhere:
            pairs = [pair for pair in pairs if pair[0].path not in edited]
            pairs = list({value.path: (value, text) for value, text in reversed(pairs)}.values())
        if pairs:
            edited |= {str(value.path) for value, _ in pairs}
            files.append(_put(desk / "outputs" / f"寄回{number}.docx", draft, pairs))
    return files, edited


def _changed(contract: Contract, wanted: Mapping[str, str]) -> Contract:
    """The contract as it is loaded with these texts in its data."""
    splices: dict[Path, list[Splice]] = {}
    typed = typed_values(contract)
    for path, text in wanted.items():
        splices.setdefault(typed[path].path, []).append(_replaced(typed[path], text))
    texts = {found.path: found.text for found in typed.values()}
    before = {path: path.read_bytes() for path in splices}
    try:
        for path, own in splices.items():
            path.write_bytes(spliced(texts[path], own).encode())
        then, findings = load(contract.folder)
    finally:
        for path, source in before.items():
            path.write_bytes(source)
    assert then is not None, findings
    return then


def _replaced(found: Typed, text: str) -> Splice:
    return replaced(found.text, found.node, text, flow=found.flow)


def _by_field(draft: Draft, wanted: Mapping[str, str]) -> dict[str, list[Written]]:
    found: dict[str, list[Written]] = {}
    for value in draft.written:
        if value.path in wanted:
            found.setdefault(value.path, []).append(value)
    return found


def _put(path: Path, draft: Draft, edits: Sequence[tuple[Written, str]]) -> Path:
    """The file of a draft with these texts in the place of values."""
    package = read_package(draft.data)
    sight = sight_in(package)
    for part in {value.part for value, _ in edits}:
        own = sorted(((v.position, v.start, v.end, text) for v, text in edits if v.part == part), reverse=True)

        def edit(root: Any, own: Sequence[tuple[int, int, int, str]] = own) -> None:
            listed = paragraphs(root)
            for position, start, end, text in own:
                replace_text(listed[position], start, end, text, sight)

        name = next(n for n in package.names if n.startswith("word/") and part_name(n) == part)
        package = changed(package, name, edit)
    path.write_bytes(write_package(package))
    return path


def _kind(contract: Contract, path: str) -> str:
    scalar = shape_at(contract.kit.shape, path)
    return scalar.kind if isinstance(scalar, Scalar) else ""


def _parsed(contract: Contract, path: str, text: str) -> Any:
    scalar = shape_at(contract.kit.shape, path)
    assert isinstance(scalar, Scalar)
    return scalar.parse(text)


_SWAPS = (("31", "30"), ("9", "8"), ("8", "9"), ("1", "2"), ("2", "3"), ("3", "4"), ("4", "5"), ("5", "6"), ("6", "7"))


def _other(text: str, contract: Contract, path: str, chance: random.Random) -> str:
    """Another text for a field: changed in the middle, at its beginning, at its end, or in what XML cannot hold."""
    middle = chance.randrange(1, max(len(text), 2))
    inside = f"{text[:middle]}<b>&A“甲”'\n，{text[middle:]}" if len(text) > 1 else f"{text}乙"
    words = [f"{text[:middle]}某{text[middle + 1 :]}", f"新{text}", f"{text}乙", inside, text[1:]]
    chance.shuffle(words)
    signs = [text.replace(one, other, 1) for one, other in _SWAPS]
    ways = words if _kind(contract, path) in ("text", "line") else [*signs, f"{text}1", "7", "25%"]
    for way in ways:
        try:
            if way.strip() and _parsed(contract, path, way) != _parsed(contract, path, text):
                return way
        except ValueError:
            continue
    raise AssertionError(path)
