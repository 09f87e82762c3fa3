"""What a build would do, told before it does it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from docgen import publish
from docgen.bound import Volume, volume
from docgen.cli import main
from docgen.contract.contract import Contract
from docgen.draft import Draft
from docgen.pipeline import Options, build
from docgen.plan import Plan, plan

ROOT = Path(__file__).resolve().parent.parent
SET, PRICED = "2026-好差评", "2021-专项评估"
TOTAL = [
    ("total: 2160000", "total: 2260000"),
    ("amount: 1080000", "amount: 1130000"),
    ("amount: 540000", "amount: 565000"),
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder in which a set was built."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "data" / SET, tmp_path / "data" / SET)
    monkeypatch.chdir(tmp_path)
    build(Path("data", SET), f"data/{SET}", Options())
    return tmp_path


def edit(*changes: tuple[str, str], file: str = f"data/{SET}/contract.yaml") -> None:
    """Replace words in the data."""
    source = Path(file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    Path(file).write_text(source, encoding="utf-8")


def planned(name: str = SET) -> Plan:
    """The plan of the set."""
    return plan(Path("data", name), f"data/{name}", Options())


def states(found: Plan) -> list[tuple[str, str]]:
    """The number or name of each file, and how a build would find it."""
    return [(Path(file.file).stem.split("_")[0], file.state) for file in found.files]


def everything(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """All files below a folder with their bytes and times."""
    return {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(folder.rglob("*")) if p.is_file()}


def test_an_unchanged_set_has_nothing_to_do(desk: Path) -> None:
    """Every file is unchanged, no value changes, and nothing whatever is written."""
    before = everything(desk)

    found = planned()

    assert (states(found), found.changes) == ([(n, "unchanged") for n in ("01", "02", "03", "04", "合订本")], ())
    assert everything(desk) == before


def test_a_first_build_has_only_new_files(desk: Path) -> None:
    """Where nothing lies, everything is new, and no folder is made."""
    shutil.rmtree(desk / "outputs")

    assert {state for _, state in states(planned())} == {"new"}
    assert not (desk / "outputs").exists()


def test_each_value_is_told_with_what_follows_from_it(desk: Path) -> None:
    """A new total moves its words, the tax and the instalments; only the files that say so change."""
    edit(*TOTAL)
    before = everything(desk)

    found = planned()

    assert states(found) == [
        ("01", "changed"), ("02", "unchanged"), ("03", "unchanged"), ("04", "unchanged"), ("合订本", "changed"),
    ]  # fmt: skip
    assert [(c.field, c.old, c.new, c.place.label) for c in found.changes][:4] == [
        ("price.total", "2160000", "2260000", "第四条 4.1"),
        ("price.total", "贰佰壹拾陆万元整", "贰佰贰拾陆万元整", "第四条 4.1"),
        ("price.tax.net", "2037735.85", "2132075.47", "第四条 4.1"),
        ("price.tax.tax", "122264.15", "127924.53", "第四条 4.1"),
    ]
    assert found.labels["price.tax.net"] == "价款.税款.不含税价"
    assert {c.field for c in found.changes} >= {f"price.instalments[{n}].amount" for n in (1, 2, 3)}
    assert everything(desk) == before


def test_a_control_figure_that_no_longer_agrees_is_named(desk: Path) -> None:
    """The plan says what the build would refuse, that it would, and still what the data change."""
    edit(TOTAL[0])

    found = planned()

    assert found.refused
    assert {f.rule for f in found.outcome.findings} == {"M203"}
    assert ("price.total", "2160000", "2260000") in [(c.field, c.old, c.new) for c in found.changes]
    assert states(found)[0] == ("01", "changed")


def test_every_control_figure_left_behind_is_named_with_its_line_and_what_it_should_be(desk: Path) -> None:
    """Not only the total: whatever was typed and has to follow what was changed, where it stands in the data."""
    edit(TOTAL[0])

    told = CliRunner().invoke(main, ["plan", f"data/{SET}"]).output

    assert (
        "  与改动不符的控制数有 2 个，要跟着改，或者删去，由程序得出：\n"
        f"    data/{SET}/contract.yaml:66:15 价款.付款[1].金额　1080000 → 1130000\n"
        f"    data/{SET}/contract.yaml:71:15 价款.付款[2].金额　540000 → 565000\n"
    ) in told


def test_a_unit_price_is_followed_through_all_control_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Subtotal, total and sub-budget are named, the dated review form is not; then the instalments do not add up."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "data" / PRICED, tmp_path / "data" / PRICED)
    monkeypatch.chdir(tmp_path)
    build(Path("data", PRICED), f"data/{PRICED}", Options())
    edit(("unit_price: 523", "unit_price: 550"), file=f"data/{PRICED}/price.yaml")

    found = planned(PRICED)

    assert [(one.path, one.said) for one, _ in found.left_behind] == [
        ("price.total", "1040000 → 1042700"),
        ("price.sections[1].subtotal", "209500 → 212200"),
        ("price.sub_budgets[2].amount", "820000 → 822700"),
    ]
    assert [(finding.rule, finding.place.path) for finding in found.doubts] == [("M212", "price.instalments[1].amount")]
    told = CliRunner().invoke(main, ["plan", f"data/{PRICED}"]).output
    assert (
        "  这样改后还有 1 处对不上，请一并改：\n"
        f"    data/{PRICED}/price.yaml:206:13 价款.付款[1].金额　"
        "各期付款合计是 1,040,000.00 元，合同总价是 1,042,700.00 元，相差 2,700.00 元。\n"
    ) in told


def test_an_edit_that_breaks_an_amount_is_told_with_all_that_was_edited(desk: Path) -> None:
    """The build would refuse the set; the plan says so, and still which words were edited."""
    path = next((desk / "outputs" / SET).glob("01_*.docx"))
    document = docx.Document(str(path))
    run = next(r for p in document.paragraphs for r in p.runs if "2160000" in r.text)
    run.text = run.text.replace("2160000", "2170000")
    document.save(str(path))

    found = planned()

    assert found.refused
    assert ("01", "edited") in states(found)
    edited = next(file for file in found.files if file.state == "edited")
    assert [("2170000" in (d.new or "")) for d, _ in edited.edits] == [True]


def test_an_edited_file_is_told_with_what_was_edited(desk: Path) -> None:
    """The words before and after are there; with a change of the data it is said that both are merged."""
    path = next((desk / "outputs" / SET).glob("02_*.docx"))
    document = docx.Document(str(path))
    document.paragraphs[-1].add_run("（手写）")
    document.save(str(path))

    found = planned()
    assert ("02", "edited") in states(found)
    edited = next(file for file in found.files if file.state == "edited")
    assert [(d.old, d.new) for d, _ in edited.edits] == [("", "（手写）")]
    assert not edited.merged

    edit(("示政数合【2026】121号", "示政数合【2026】122号"))
    assert [(file.state, file.merged) for file in planned().files][1] == ("edited", True)


def test_what_was_edited_is_placed_as_pull_places_it(desk: Path) -> None:
    """With the number of its paragraph; what was deleted stands where it stood."""
    path = next((desk / "outputs" / SET).glob("02_*.docx"))
    document = docx.Document(str(path))
    said = [p for p in document.paragraphs if len(p.text) > 60 and not re.search("[0-9]", p.text)]
    said[0].add_run("（手写）")
    gone = said[-1]._element
    gone.getparent().remove(gone)
    document.save(str(path))

    plans, pulls = (CliRunner().invoke(main, [*command]).output.splitlines() for command in (
        ("plan", f"data/{SET}"), ("pull", path.relative_to(desk).as_posix()),
    ))  # fmt: skip

    told = [line.strip() for line in plans if " → " in line]
    assert told == [line.strip().removeprefix("条款文字　") for line in pulls if " → " in line]
    assert told[1].startswith("原附件1 ")
    assert told[1].endswith("（删去）")


def test_a_file_that_was_only_saved_again_is_no_edit(desk: Path) -> None:
    """Whatever program wrote it anew; it is told as such, and a change of the data is an update of it."""
    path = next((desk / "outputs" / SET).glob("02_*.docx"))
    docx.Document(str(path)).save(str(path))

    told = CliRunner().invoke(main, ["plan", f"data/{SET}"]).output
    assert "02_保密协议书.docx：未变动，只重新保存过，内容没有变，现在的格式会保留\n" in told
    assert states(planned())[1] == ("02", "unchanged")

    edit(("示政数合【2026】121号", "示政数合【2026】122号"))
    told = CliRunner().invoke(main, ["plan", f"data/{SET}"]).output
    assert "02_保密协议书.docx：将更新，只重新保存过，内容没有变，现在的格式会保留\n" in told


def test_a_bound_set_that_was_only_saved_again_is_told_as_what_becomes_of_it(desk: Path) -> None:
    """It is made anew where a document in it changes, and the build says the same; no person's words are merged."""
    path = desk / "outputs" / SET / "合订本.docx"
    docx.Document(str(path)).save(str(path))
    edit(*TOTAL)

    told = CliRunner().invoke(main, ["plan", f"data/{SET}"]).output
    assert "合订本.docx：将更新，只重新保存过，内容没有变，会重新生成\n" in told

    told = CliRunner().invoke(main, ["build", f"data/{SET}"]).output
    assert "合订本.docx：已生成，只重新保存过，内容没有变，已重新生成\n" in told


def test_a_file_that_was_only_saved_again_is_not_called_merged(desk: Path) -> None:
    """A draft gets its marks again, a final set the new value; each time both commands say that nobody edited it."""
    edit(("stage: 定稿", "stage: 草稿"))
    build(Path("data", SET), f"data/{SET}", Options())
    for change in ((), (("示政数合【2026】121号", "示政数合【2026】122号"),)):
        path = next((desk / "outputs" / SET).glob("02_*.docx"))
        docx.Document(str(path)).save(str(path))
        edit(*change)

        told = CliRunner().invoke(main, ["plan", f"data/{SET}"]).output
        assert "02_保密协议书.docx：将更新，只重新保存过，内容没有变，现在的格式会保留\n" in told
        told = CliRunner().invoke(main, ["build", f"data/{SET}"]).output
        assert "02_保密协议书.docx：已生成，只重新保存过，内容没有变，格式已保留，" in told
        assert "已合并" not in told


def test_an_edit_that_the_data_have_followed_is_none_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a build has found that the data say what a person wrote, the file is as it should be, and may be updated."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "data" / PRICED, tmp_path / "data" / PRICED)
    monkeypatch.chdir(tmp_path)
    build(Path("data", PRICED), f"data/{PRICED}", Options())
    path = next((tmp_path / "outputs" / PRICED).glob("03_*.docx"))
    document = docx.Document(str(path))
    last = document.tables[0].rows[-1]._tr
    last.addnext(deepcopy(last))
    document.tables[0].rows[-1].cells[0].paragraphs[0].runs[0].text = "37"
    document.save(str(path))
    CliRunner().invoke(main, ["pull", path.relative_to(tmp_path).as_posix(), "--write"])
    build(Path("data", PRICED), f"data/{PRICED}", Options())

    found = next(file for file in planned(PRICED).files if "/03_" in file.file)
    assert (found.state, found.edits, found.saved) == ("unchanged", (), False)
    roster = tmp_path / "data" / PRICED / "roster.yaml"
    roster.write_text("严例一".join(roster.read_text(encoding="utf-8").rsplit("郝佳宁", 1)), encoding="utf-8")
    found = next(file for file in planned(PRICED).files if "/03_" in file.file)
    assert (found.state, found.edits, found.saved) == ("changed", (), True)


def test_what_a_person_edited_before_is_still_theirs_when_the_file_is_saved_again(desk: Path) -> None:
    """The edit was merged by a build; neither command says afterwards that the file holds nothing of a person's."""
    path = next((desk / "outputs" / SET).glob("02_*.docx"))
    document = docx.Document(str(path))
    document.paragraphs[-1].add_run("（手写）")
    document.save(str(path))
    edit(("示政数合【2026】121号", "示政数合【2026】122号"))
    build(Path("data", SET), f"data/{SET}", Options())
    docx.Document(str(path)).save(str(path))
    edit(("示政数合【2026】122号", "示政数合【2026】123号"))

    told = CliRunner().invoke(main, ["plan", f"data/{SET}"]).output
    assert "02_保密协议书.docx：将更新，其中的手工改动会保留\n" in told
    assert "02_保密协议书.docx：已合并，" in CliRunner().invoke(main, ["build", f"data/{SET}"]).output


def test_an_edit_without_other_words_says_what_it_is(desk: Path) -> None:
    """Bold type, a comment or a picture is an edit, with a line that says so."""
    path = next((desk / "outputs" / SET).glob("02_*.docx"))
    document = docx.Document(str(path))
    document.paragraphs[3].runs[0].bold = True
    document.save(str(path))

    told = CliRunner().invoke(main, ["plan", f"data/{SET}"]).output

    assert (
        "02_保密协议书.docx：手工改过，改动会保留\n    文字没有变；改了格式（字体、加粗、颜色、对齐等）、批注、修订、图片或分段\n"
    ) in told


def test_the_bound_set_is_not_made_to_tell_that_it_changes(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of its documents says something else, and nobody edited it; one that was edited is merged."""
    edit(*TOTAL)
    bound: list[int] = []

    def counted(
        contract: Contract, drafts: Sequence[Draft], known: str = "", *, laid_out: bool = False
    ) -> Volume | None:
        bound.append(len(drafts))
        return volume(contract, drafts, known, laid_out=laid_out)

    monkeypatch.setattr(publish, "volume", counted)
    assert (states(planned())[-1], sum(bound)) == (("合订本", "changed"), 0)

    path = desk / "outputs" / SET / "合订本.docx"
    document = docx.Document(str(path))
    document.paragraphs[-1].add_run("（手写）")
    document.save(str(path))
    assert (states(planned())[-1], sum(bound)) == (("合订本", "edited"), 4)


def test_rows_that_move_are_no_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row put in before others is told as one row, and a signed record is to be reviewed again."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "data" / PRICED, tmp_path / "data" / PRICED)
    monkeypatch.chdir(tmp_path)
    build(Path("data", PRICED), f"data/{PRICED}", Options())
    edit(
        (
            "    rows:\n      - item: 常年监测",
            "    rows:\n      - item: 补充的工作\n        amount: 0\n      - item: 常年监测",
        ),
        file=f"data/{PRICED}/price.yaml",
    )

    found = planned(PRICED)

    assert {(c.field, c.old, c.new) for c in found.changes if c.old is None} == {
        ("price.sections[2].rows[1].no", None, "1"),
        ("price.sections[2].rows[1].item", None, "补充的工作"),
        ("price.sections[2].rows[1].amount", None, "0.00"),
    }
    assert {c.field.rpartition(".")[2] for c in found.changes if c.old is not None} == {"no"}
    assert ("09", "outdated") in states(found)
    told = json.loads(CliRunner().invoke(main, ["plan", f"data/{PRICED}", "--format", "json"]).output)
    record = next(file for file in told["files"] if "09_" in file["file"])
    assert record == {"file": record["file"], "state": "unchanged", "outdated": True}
    assert told["summary"] == {
        "files": 10,
        "changes": len(told["changes"]),
        "changed": 2,
        "unchanged": 8,
        "outdated": 1,
    }


def test_a_signed_record_is_told_like_any_file_and_with_what_was_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unchanged while nothing is otherwise; edited where somebody wrote into it, also where it is out of date."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "data" / PRICED, tmp_path / "data" / PRICED)
    monkeypatch.chdir(tmp_path)
    build(Path("data", PRICED), f"data/{PRICED}", Options())
    quick = CliRunner().invoke(main, ["plan", f"data/{PRICED}"]).output
    assert ("09", "unchanged") in states(planned(PRICED))
    assert "09_法审建议单.docx：未变动\n" in quick

    path = next(Path("outputs", PRICED).glob("09_*.docx"))
    document = docx.Document(str(path))
    document.add_paragraph("（已阅）")
    document.save(str(path))
    assert ("09", "edited") in states(planned(PRICED))

    edit(("name: 2021年度专项评估委托服务协议", "name: 2021年度专项评估服务协议"), file=f"data/{PRICED}/contract.yaml")
    found = next(file for file in planned(PRICED).files if "09_" in file.file)
    assert (found.state, [(d.old, d.new) for d, _ in found.edits]) == ("outdated", [(None, "（已阅）")])


def test_an_annex_that_is_left_out_is_orphaned(desk: Path) -> None:
    """A renamed document is a new file, and the old one is to be moved aside."""
    edit(("name: 2026年度政务服务“好差评”质效监测评价服务项目委托合同书", "name: 监测评价委托合同书"))

    assert states(planned())[:2] == [("01", "orphaned"), ("01", "new")]


def test_the_json_is_as_promised(desk: Path) -> None:
    """Changes with field, old, new and place; files with their state; a summary of both."""
    edit(*TOTAL)

    told = json.loads(CliRunner().invoke(main, ["plan", f"data/{SET}", "--format", "json"]).output)

    assert list(told) == ["changes", "files", "summary"]
    assert list(told["changes"][0]) == ["field", "old", "new", "place"]
    assert told["files"][0] == {"file": told["changes"][0]["place"]["file"], "state": "changed"}
    assert told["summary"] == {"files": 5, "changes": len(told["changes"]), "changed": 2, "unchanged": 3}


def test_the_terminal_says_it_in_words(desk: Path) -> None:
    """Each file with its state, each value from what to what, with its label and its places."""
    edit(*TOTAL)

    told = CliRunner().invoke(main, ["plan", f"data/{SET}"])

    assert told.exit_code == 0
    assert "02_保密协议书.docx：未变动" in told.output
    assert "价款.合同总价：“2160000” → “2260000”（《2026年度政务服务…委托合同书》 第四条 4.1）" in told.output


def test_what_cannot_be_read_is_said_and_the_rest_is_done(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing input costs exit code 2, and the plan of the other one is still told."""
    code = main(["plan", "data/none", f"data/{SET}", "--format", "json"], standalone_mode=False)

    told = capsys.readouterr()
    assert (code, "data/none" in told.err) == (2, True)
    assert json.loads(told.out)["summary"] == {"files": 6, "changes": 0, "unread": 1, "unchanged": 5}


def test_data_that_cannot_even_be_printed_are_told_by_their_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a template cannot do without what is open, the plan says what the build would refuse, and no more."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "data" / PRICED, tmp_path / "data" / PRICED)
    monkeypatch.chdir(tmp_path)
    edit(("tables: [risk]", "tables: [待填]"), file=f"data/{PRICED}/plan-risk.yaml")

    found = planned(PRICED)

    assert (found.refused, found.changes) == (True, ())
    assert {finding.rule for finding in found.outcome.findings} >= {"F232"}
