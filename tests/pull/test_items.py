"""Entries of lists that stand in the text, a paragraph each: put in, taken out, all of them gone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.text.paragraph import Paragraph

from docgen.pipeline import Options as BuildOptions
from docgen.pipeline import build
from docgen.pull.report import Options, pulled
from docgen.reading.word import read_word
from docgen.report.changes import ChangeReport

ROOT = Path(__file__).resolve().parent.parent.parent
SET = "2026-好差评"
DATA = Path("data", SET)
SECOND = "（2）监测分析实施阶段"
ADDED = "（3）期中评估阶段（2027年5月下旬至2027年5月）：组织期中评估，按照评估意见改进后续工作。"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the data of a set and its kit; nothing is built yet."""
    for name in (f"data/{SET}", "templates/service-evaluation"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def built(number: str) -> Path:
    """The file of that number, once all is built."""
    build(DATA, DATA.as_posix(), BuildOptions())
    return next(Path("outputs", SET).glob(f"{number}_*.docx"))


def edit(path: Path, start: str, change: Callable[[Paragraph], None]) -> None:
    """Do something to the paragraph that starts so."""
    document = docx.Document(str(path))
    change(next(p for p in document.paragraphs if p.text.startswith(start)))
    document.save(str(path))


def behind(text: str) -> Callable[[Paragraph], None]:
    """Put a paragraph like this one behind it, with other words."""

    def change(paragraph: Paragraph) -> None:
        made = Paragraph(deepcopy(paragraph._p), paragraph._parent)
        made.runs[0].text = text
        for run in made.runs[1:]:
            run.text = ""
        paragraph._p.addnext(made._p)

    return change


def gone(paragraph: Paragraph) -> None:
    """Take the paragraph out."""
    paragraph._p.getparent().remove(paragraph._p)


def pull(path: Path, *, write: bool = False) -> ChangeReport:
    """What the file has to say."""
    (report,) = pulled([(path, path.name)], Options(write=write))
    return report


def told(report: ChangeReport) -> list[tuple[str, str | None]]:
    """The fields with what is to be typed for them."""
    return [(change.field, change.new) for change in report.changes]


def test_a_paragraph_that_reads_like_its_neighbours_is_a_new_entry(desk: Path) -> None:
    """It comes into the data in its place; the other files follow, and the paragraph stands there once."""
    path = built("01")
    edit(path, SECOND, behind(ADDED))

    report = pull(path, write=True)

    assert told(report) == [
        ("phases[3].title", "期中评估阶段"),
        ("phases[3].start", "2027年5月下旬"),
        ("phases[3].end", "2027年5月"),
        ("phases[3].text[1]", "组织期中评估，按照评估意见改进后续工作。"),
    ]
    assert (report.exit_code, report.files[0].lines) == (0, ())
    assert {change.place.label for change in report.changes} == {"第三条 3.1 （3）"}
    outcome = build(DATA, DATA.as_posix(), BuildOptions())
    assert not outcome.findings
    said = [block.text for block in read_word(path.read_bytes(), "a").blocks]
    assert [text[:9] for text in said if "阶段（20" in text or "阶段（合" in text] == [
        "（1）监测分析机制", "（2）监测分析实施", "（3）期中评估阶段", "（4）总结及验收阶",
    ]  # fmt: skip
    other = next(path.parent.glob("04_*.docx"))
    assert "（三）期中评估阶段" in [block.text for block in read_word(other.read_bytes(), "a").blocks]


def test_a_new_instalment_is_read_with_its_share_and_its_amount(desk: Path) -> None:
    """What no longer adds up is told."""
    path = built("01")
    line = "（3）验收款：中期成果验收后，甲方向乙方支付合同总价的10%，计人民币216000元（大写：贰拾壹万陆仟元整）。"
    edit(path, "（2）中期款", behind(line))

    report = pull(path)

    assert told(report)[:4] == [
        ("price.instalments[3].name", "验收款"),
        ("price.instalments[3].share", "10%"),
        ("price.instalments[3].amount", "216000"),
        ("price.instalments[3].trigger", "中期成果验收后"),
    ]


def test_a_paragraph_of_other_words_is_no_entry(desk: Path) -> None:
    """It stays what it is: words of the contract, told with their place."""
    path = built("01")
    edit(path, SECOND, behind("各阶段的成果由甲方验收。"))

    report = pull(path)

    assert (told(report), report.exit_code) == ([], 0)
    assert report.files[0].lines == ("条款文字　第三条 3.1 （2） 第2段　（无） → “各阶段的成果由甲方验收。”",)


def test_an_entry_whose_paragraph_is_gone_is_gone(desk: Path) -> None:
    """The place that is told is where it stood; comments of the data stay."""
    path = built("01")
    edit(path, SECOND, gone)

    report = pull(path, write=True)

    assert told(report) == [("phases[2]", None)]
    assert report.changes[0].place.label == "原第三条 3.1 （2）"
    data = (desk / DATA / "phases.yaml").read_text(encoding="utf-8")
    assert data.startswith("# 项目进度")
    assert "监测分析实施阶段" not in data
    assert not build(DATA, DATA.as_posix(), BuildOptions()).findings


def test_an_entry_of_several_paragraphs_is_not_guessed(desk: Path) -> None:
    """One that came is named with its list and the reason; so is one that is gone."""
    path = built("04")
    edit(path, "（一）监测分析机制", behind("（二）期中评估阶段"))
    come = pull(path)
    edit(path, "（二）期中评估阶段", gone)
    edit(path, "（一）监测分析机制", gone)

    assert (told(come), come.exit_code) == ([], 1)
    assert come.files[0].lines[0].endswith("每一项在文件里不止一段；请在数据里添加整项")
    left = pull(path)
    assert (told(left), left.exit_code) == ([], 1)
    assert left.files[0].lines[0].startswith("未读回　原附件3 七、（一）　进度阶段[1]")


def test_the_only_entry_that_a_contract_must_have_stays(desk: Path) -> None:
    """A list that must not be empty is not emptied: the reason says so, with the place where the entry stood."""
    data = desk / DATA / "phases.yaml"
    first, second = data.read_text(encoding="utf-8").split("- title")[:2]
    data.write_text(f"{first}- title{second}", encoding="utf-8")
    path = built("01")
    edit(path, "（1）监测分析机制", gone)

    report = pull(path)

    assert (told(report), report.exit_code) == ([], 1)
    assert report.files[0].lines == ("未读回　原第三条 3.1 （1）　进度阶段：写进数据后读不通：缺少必填项“进度阶段”。",)


def test_a_new_row_that_is_written_otherwise_names_the_cell(desk: Path) -> None:
    """What stands there, and how the other rows have it."""
    path = built("04")
    document = docx.Document(str(path))
    row = document.tables[0].rows[2]
    made = deepcopy(row._tr)
    row._tr.addnext(made)
    document.tables[0].rows[3].cells[3].paragraphs[0].runs[0].text = "2"
    for run in document.tables[0].rows[3].cells[3].paragraphs[0].runs[1:]:
        run.text = ""
    document.save(str(path))

    (line,) = pull(path).files[0].lines

    assert line.startswith("未读回　表1 第4行第1列　服务成果：（无） → ")
    assert line.endswith("新增的行与原有的行格式不同，读不出各项数据：第 4 格是“2”，原有的行写作“1份”")
