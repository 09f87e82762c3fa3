from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest

from docgen.errors import InputError, OutputError, TemplateError
from docgen.findings import Finding, Severity
from docgen.outputs.pdf import Conversion
from docgen.pipeline import Options, build, check
from docgen.reading.word import read_word
from docgen.report.machine import document
from docgen.report.outcome import FileReport, Outcome

ROOT = Path(__file__).resolve().parent.parent
FINAL, DRAFT, RECORDED = "2026-好差评", "2022-专项评估-草稿", "2021-专项评估"
EXTRA = """documents:
  - id: extra
    template: 法审建议单.docx
    title: 另一份建议单
    role: internal
"""
Build = Callable[..., Outcome]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder with the kits in it."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(desk: Path) -> Build:
    """Builds a sample set after replacing `old` by `new` in its contract.yaml."""

    def run(sample: str = FINAL, old: str = "", new: str = "", **options: Any) -> Outcome:
        data = desk / "data" / sample
        if not data.exists():
            shutil.copytree(ROOT / "data" / sample, data)
        source = (data / "contract.yaml").read_text(encoding="utf-8")
        assert old in source
        (data / "contract.yaml").write_text(source.replace(old, new, 1) if old else source, encoding="utf-8")
        return build(Path(f"data/{sample}"), f"data/{sample}", Options(**options))

    return run


def files(desk: Path, sample: str = FINAL) -> dict[str, bytes]:
    """The files of the set by name, without docgen's own records."""
    return {path.name: path.read_bytes() for path in sorted((desk / "outputs" / sample).glob("*.docx"))}


def outputs(outcome: Outcome) -> list[str | None]:
    """What became of each file, the data file first."""
    return [report.output for report in outcome.files]


def codes(outcome: Outcome) -> list[tuple[str, Severity]]:
    """The rule and severity of each finding."""
    return [(finding.rule, finding.severity) for finding in outcome.findings]


def test_a_final_set_is_written_whole(run: Build, desk: Path) -> None:
    """A sound contract becomes its four files and the bound set, and no finding."""
    outcome = run()

    assert ([], 0) == (outcome.findings, outcome.exit_code)
    assert [None, *["written"] * 5] == outputs(outcome)
    assert [f"outputs/{FINAL}/{name}" for name in files(desk)] == [report.file for report in outcome.files[1:]]


def test_two_builds_give_identical_bytes(run: Build, desk: Path) -> None:
    """The same data give the same bytes, and files that are there keep their times."""
    run()
    first = files(desk)
    times = {path: path.stat().st_mtime_ns for path in (desk / "outputs" / FINAL).glob("*.docx")}
    again = run()
    kept = {path: path.stat().st_mtime_ns for path in times}
    shutil.rmtree(desk / "outputs")
    run()

    assert ["unchanged"] * 5 == outputs(again)[1:]
    assert times == kept
    assert first == files(desk)


def test_a_faulty_final_set_is_not_written(run: Build, desk: Path) -> None:
    """One wrong control figure refuses the whole set, names the line, and leaves the folder as it was."""
    outcome = run(FINAL, "amount: 1080000", "amount: 1080001")
    (finding,) = outcome.findings

    assert ("M211", f"data/{FINAL}/contract.yaml") == (finding.rule, finding.place.file)
    assert (
        "amount: 1080001" in (desk / finding.place.file).read_text("utf-8").splitlines()[(finding.place.line or 0) - 1]
    )
    assert (["refused"] * 5, 1) == (outputs(outcome), outcome.exit_code)
    assert not (desk / "outputs").exists()


def test_a_faulty_change_leaves_the_files_as_they_were(run: Build, desk: Path) -> None:
    """A set that was written stays as it is when the data become faulty."""
    run()
    before = files(desk)
    run(FINAL, "amount: 1080000", "amount: 1080001")

    assert before == files(desk)


def test_documents_of_one_title_are_a_fault_of_the_data(run: Build, desk: Path) -> None:
    """A contract called like one of its annexes is refused with a finding where the name is typed."""
    outcome = run(FINAL, "name: 2026年度政务服务“好差评”质效监测评价服务项目委托合同书", "name: 保密协议书")
    (finding,) = (finding for finding in outcome.findings if finding.rule == "N205")

    assert ("第 1 份和第 2 份文件的标题相同：保密协议书。", "合同.合同名称", 1) == (
        finding.message, finding.place.label, outcome.exit_code,
    )  # fmt: skip
    assert not (desk / "outputs").exists()


def test_a_draft_is_always_written(run: Build, desk: Path) -> None:
    """A draft with errors is written all the same; the errors are told and the exit code says so."""
    outcome = run(DRAFT, "百分之十", "0.1")

    assert (Severity.ERROR in {finding.severity for finding in outcome.findings}, 1) == (True, outcome.exit_code)
    assert {"written"} == set(outputs(outcome)[1:])
    assert len(files(desk, DRAFT)) == len(outcome.files) - 1


def test_a_file_whose_title_is_open_has_a_readable_name(run: Build, desk: Path) -> None:
    """Until it has a title a file is called like its template, and can be asked for by that."""
    named = re.search("  合同名称: .*", (ROOT / "data" / DRAFT / "contract.yaml").read_text("utf-8"))
    assert named
    run(DRAFT, named[0], "  合同名称: 待填", only=("协议正文（标题待填）",))

    assert ["01_协议正文（标题待填）.docx"] == list(files(desk, DRAFT))


def test_a_draft_carries_every_finding_as_a_comment(run: Build, desk: Path) -> None:
    """Each finding of a draft stands as exactly one comment, and a blank is commented where it is printed.

    The bound set has the comments of its documents.
    """
    outcome = run(DRAFT)
    written = files(desk, DRAFT)
    bound = written.pop("合订本.docx")
    comments = [comment.text for data in written.values() for comment in docx.Document(io.BytesIO(data)).comments]
    blanks = [finding for finding in outcome.findings if finding.rule == "F232"]

    assert len(outcome.findings) == len(comments)
    assert comments == [comment.text for comment in docx.Document(io.BytesIO(bound)).comments]
    assert sorted(f"【提示 F232】{f.message}（{f.place.label}）" for f in blanks) == sorted(
        comment.split("\n")[0] for comment in comments if "F232" in comment
    )


def test_a_draft_is_watermarked_and_a_final_set_is_not(run: Build, desk: Path) -> None:
    """Every file of a draft shows 草稿 across its pages."""
    run(DRAFT)
    run(FINAL)

    assert all(_watermarked(data) for data in files(desk, DRAFT).values())
    assert not any(_watermarked(data) for data in files(desk, FINAL).values())


def _watermarked(data: bytes) -> bool:
    sections = docx.Document(io.BytesIO(data)).sections
    return all('string="草稿"' in section.header._element.xml for section in sections)


def test_a_file_that_docgen_never_wrote_is_never_overwritten(run: Build, desk: Path) -> None:
    """Where a file of somebody else lies in the way, nothing of the set is written, and the file is named."""
    path = desk / "outputs" / FINAL / "02_保密协议书.docx"
    path.parent.mkdir(parents=True)
    docx.Document().save(str(path))
    before = files(desk)
    outcome = run()

    assert before == files(desk)
    assert [("F501", Severity.ERROR)] == codes(outcome)
    assert outcome.findings[0].place.file == f"outputs/{FINAL}/{path.name}"
    assert (["refused"] * 5, 1) == (outputs(outcome)[1:], outcome.exit_code)


def test_only_what_was_asked_for_is_written(run: Build, desk: Path) -> None:
    """With a document named, the others stay as they are, older or absent."""
    outcome = run(FINAL, only=("附件2",))

    assert ["03_廉政责任书.docx"] == list(files(desk))
    assert [None, "written"] == outputs(outcome)
    run(FINAL, only=("保密协议书",))
    assert ["02_保密协议书.docx", "03_廉政责任书.docx"] == list(files(desk))


def test_a_document_that_is_not_in_the_set_is_refused(run: Build) -> None:
    """A name that no document has is answered with those there are."""
    with pytest.raises(InputError, match="没有“附件9”") as refused:
        run(FINAL, only=("附件9",))

    assert "04 采购需求书" in (refused.value.hint or "")


def test_a_dated_review_form_is_a_record(run: Build, desk: Path) -> None:
    """A record is written once; when the contract changes after that it is kept and told to be out of date."""
    sample = "2021-专项评估"
    run(sample)
    name = next(name for name in files(desk, sample) if "法审" in name)
    before = files(desk, sample)
    review = desk / "data" / sample / "review.yaml"
    review.write_text(review.read_text(encoding="utf-8").replace("department: 办公室", "department: 规划处"), "utf-8")
    outcome = run(sample)
    after = files(desk, sample)

    assert before[name] == after[name]
    assert [("F503", Severity.WARNING)] == [pair for pair in codes(outcome) if pair[0] == "F503"]


def _review_again(outcome: Outcome) -> list[Finding]:
    return [finding for finding in outcome.findings if finding.rule == "F503"]


def _form(outcome: Outcome) -> FileReport:
    return next(report for report in outcome.files if "法审建议单" in report.file)


def test_a_record_is_outdated_by_any_change_of_the_contract(run: Build, desk: Path) -> None:
    """A record tells of a change that it does not print itself, at every build after it and until it is taken back."""
    run(RECORDED)
    changed = run(RECORDED, "short_name: 示例咨询", "short_name: 示例咨")
    again = run(RECORDED)
    back = run(RECORDED, "short_name: 示例咨\n", "short_name: 示例咨询\n")

    assert ["需要重新法审" in found.message for found in _review_again(changed)] == [True]
    assert (1, 0) == (len(_review_again(again)), len(_review_again(back)))


def test_a_record_stands_whatever_the_stage(run: Build, desk: Path) -> None:
    """Going back to 草稿 and on to 定稿 changes nothing that was reviewed."""
    run(RECORDED)
    draft = run(RECORDED, "stage: 定稿", "stage: 草稿")
    final = run(RECORDED, "stage: 草稿", "stage: 定稿")

    assert ([], []) == (_review_again(draft), _review_again(final))


def test_a_form_that_is_dated_after_it_was_made_is_not_outdated(run: Build, desk: Path) -> None:
    """Filling in the date makes the form that lies there a record of the same contract."""
    shutil.copytree(ROOT / "data" / RECORDED, desk / "data" / RECORDED)
    review = desk / "data" / RECORDED / "review.yaml"
    dated = review.read_text(encoding="utf-8")
    review.write_text("\n".join(line for line in dated.splitlines() if not line.startswith("date:")), "utf-8")
    run(RECORDED)
    review.write_text(dated, "utf-8")

    assert [] == _review_again(run(RECORDED))


@pytest.mark.parametrize(("file", "line"), [("contract.yaml", "    total: 6\n"), ("price.yaml", "total: 1040000\n")])
def test_a_control_figure_that_agrees_is_no_change_of_the_contract(
    run: Build, desk: Path, file: str, line: str
) -> None:
    """What was reviewed is what the data come to, whether it is typed or worked out."""
    run(RECORDED)
    path = desk / "data" / RECORDED / file
    text = path.read_text(encoding="utf-8")
    assert line in text
    path.write_text(text.replace(line, "", 1), encoding="utf-8")

    assert [] == _review_again(run(RECORDED))


def test_a_record_is_reported_under_the_name_it_lies_by(run: Build, desk: Path) -> None:
    """Where the set has come to number the record otherwise, its file keeps its name, and is told by it."""
    before = _form(run(RECORDED))
    kit = desk / "templates" / "special-assessment" / "kit.yaml"
    kit.write_text(kit.read_text("utf-8").replace("documents:\n", EXTRA, 1), "utf-8")
    after = run(RECORDED, "short_name: 示例咨询", "short_name: 示例咨")

    assert (before.file, "unchanged") == (_form(after).file, _form(after).output)
    assert [before.file] == [finding.place.file for finding in _review_again(after)]
    assert (desk / before.file).exists()


def test_a_missing_file_is_said(run: Build, desk: Path) -> None:
    """Data that are not there end the run with one clear message."""
    with pytest.raises(InputError, match="data/无"):
        build(Path("data/无"), "data/无", Options())


def test_an_unreadable_template_is_said(run: Build, desk: Path) -> None:
    """A template that is no Word file ends the run, and nothing is written."""
    (desk / "templates" / "service-evaluation" / "合同书.docx").write_bytes(b"no zip")
    with pytest.raises(TemplateError, match="templates/service-evaluation/合同书"):
        run()

    assert not (desk / "outputs").exists()


def test_faults_of_all_templates_are_told_in_one_run(run: Build, desk: Path) -> None:
    """What templates speak of without its being there is told with its place, also where no data would reach it."""
    kit = desk / "templates" / "service-evaluation"
    for name in ("合同书.docx", "附件-廉政责任书.docx"):
        template = docx.Document(str(kit / name))
        template.add_paragraph("{{ partya.name }}{% if contract.name_prefix %}{{ 甲方.名称 }}{% endif %}")
        template.save(str(kit / name))
    with pytest.raises(TemplateError) as caught:
        run()

    body, integrity = (f"templates/service-evaluation/{name}.docx" for name in ("合同书", "附件-廉政责任书"))
    said = ("{{ partya.name }}：没有名为 partya 的字段，是不是想写 party_a.name？",
            "{{ 甲方.名称 }}：没有名为 甲方 的字段，是不是想写 party_a.name？")  # fmt: skip
    assert str(caught.value).splitlines() == [
        "合同类型“service-evaluation”的模板有 4 处错误，没有生成：",
        f"  1. {body} 第十五条 15.5 第10段 {said[0]}",
        f"  2. {body} 第十五条 15.5 第10段 {said[1]}",
        f"  3. {integrity} 十二 第6段 {said[0]}",
        f"  4. {integrity} 十二 第6段 {said[1]}",
    ]
    assert not (desk / "outputs").exists()


def test_a_file_in_the_way_of_the_folder_is_said(run: Build, desk: Path) -> None:
    """Where the output folder is a file, the run ends with a message."""
    (desk / "outputs").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="outputs"):
        run()


def test_values_come_through_unharmed(run: Build, desk: Path) -> None:
    """A name made of XML and template marks stands in the text as it was typed."""
    awkward = "A&B《甲‹乙>丙》</w:t>]]>&amp;"
    run(FINAL, "name: 示例科技战略研究院", f"name: '{awkward}'")
    text = read_word(files(desk)["02_保密协议书.docx"], "a").text

    assert awkward in text


def test_check_only_reads(run: Build, desk: Path) -> None:
    """`check` finds the same faults in the data and writes nothing."""
    shutil.copytree(ROOT / "data" / FINAL, desk / "data" / FINAL)
    outcome = check(Path(f"data/{FINAL}"), f"data/{FINAL}")

    assert ([], 0, ["data", "templates"]) == (
        outcome.findings, outcome.exit_code, sorted(path.name for path in desk.iterdir()),
    )  # fmt: skip


def test_the_json_is_as_promised(run: Build) -> None:
    """The machine-readable outcome has exactly the promised keys, in their order."""
    told = json.loads(document([run(FINAL, "amount: 1080000", "amount: 1080001")], built=True))
    file = told["files"][0]

    assert ["files", "summary"] == list(told)
    assert {"files": 5, "errors": 1, "warnings": 0, "notes": 0} == told["summary"]
    assert ["file", "status", "reason", "amounts", "findings", "output"] == list(file)
    assert ["rule", "severity", "message", "quote", "expected", "place", "related"] == list(file["findings"][0])
    assert ["file", "part", "block", "start", "end", "line", "column", "offset", "label"] == list(
        file["findings"][0]["place"]
    )


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A stand-in for LibreOffice; the list fills with the names of what it was given."""
    given: list[str] = []

    def pdfs(files: Mapping[str, bytes]) -> Conversion:
        given.extend(files)
        return Conversion({f"{name.removesuffix('.docx')}.pdf": b"%PDF " + data[:64] for name, data in files.items()})

    monkeypatch.setattr("docgen.outputs.pdf.pdfs", pdfs)
    return given


def test_pdf_files_are_made_once(run: Build, desk: Path, printer: list[str]) -> None:
    """Each document is printed when it is written, and not again while it stays the same.

    The bound set is laid out once before, to find its page numbers.
    """
    run(pdf=True)
    again = run(pdf=True)

    assert sorted(printer) == [*files(desk), "合订本.docx"]
    assert ((), 5) == (again.remarks, len(list((desk / "outputs" / FINAL).glob("*.pdf"))))


def test_an_outdated_pdf_file_is_moved_aside_by_one_document_alone(run: Build, desk: Path, printer: list[str]) -> None:
    """A build of one document leaves the PDF files of the others, and not its own that says something else."""
    run(pdf=True)
    outcome = run(FINAL, 'post_code: "999002"', 'post_code: "999003"', only=("1",))
    written = [Path(report.file).stem for report in outcome.files if report.output == "written"]

    left = {path.stem for path in (desk / "outputs" / FINAL).glob("*.pdf")}
    assert len(written) == 1
    assert {Path(name).stem for name in files(desk)} - left == set(written)
    assert f"{written[0]}.pdf 已经过时，已移到 .docgen/orphans/ 保存。" in outcome.remarks


def test_outdated_pdf_files_are_moved_aside(run: Build, desk: Path, printer: list[str]) -> None:
    """A PDF file does not stay beside a document that says something else."""
    run(pdf=True)
    outcome = run(FINAL, 'post_code: "999002"', 'post_code: "999003"')
    left = sorted(path.stem for path in (desk / "outputs" / FINAL).glob("*.pdf"))
    changed = {Path(report.file).stem for report in outcome.files if report.output == "written"}

    assert sorted(Path(name).stem for name in files(desk) if Path(name).stem not in changed) == left
    assert len(outcome.remarks) == len(changed) > 0


def test_a_field_that_only_a_template_asks_for_is_a_finding(run: Build, desk: Path) -> None:
    """What the kit does not require and a final contract prints all the same is told at its place, all at once."""
    run()
    before = files(desk)
    path = desk / "data" / FINAL / "outputs.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  count: 1\n", ""), encoding="utf-8")
    outcome = run()

    assert {("F231", Severity.ERROR)} == set(codes(outcome))
    assert 1 < len(outcome.findings)
    assert "“服务成果[1].每次数量”没有填写，而文件里要印出它。" == outcome.findings[0].message
    assert "判断：模板“templates/service-evaluation/" in str(outcome.findings[0].hint)
    assert "，标签 {{ " in str(outcome.findings[0].hint)
    assert (f"data/{FINAL}/outputs.yaml", 1) == (outcome.findings[0].place.file, outcome.exit_code)
    assert before == files(desk)


def test_every_fault_of_an_empty_final_contract_is_told(run: Build, desk: Path) -> None:
    """Data with nothing but a stage are refused with everything that is missing, although no file has a title yet."""
    data = desk / "data" / FINAL
    data.mkdir(parents=True)
    (data / "contract.yaml").write_text("kit: special-assessment\ncontract: {stage: 定稿}\nwork_plans: 待填\n", "utf-8")
    outcome = run()

    assert {"F231", "F232"} == {finding.rule for finding in outcome.findings}
    assert (1, False) == (outcome.exit_code, (desk / "outputs").exists())


@pytest.mark.parametrize(("old", "new"), [("stage: 定稿", "stage: 定搞"), ("contract:", "con&tract:")])
def test_a_slip_in_the_stage_unmakes_no_final_set(run: Build, desk: Path, old: str, new: str) -> None:
    """Where the stage cannot be read, a new set is written as a draft, yet a final one that lies there stays."""
    run()
    before = files(desk)
    outcome = run(FINAL, old, new)
    refused = files(desk)
    shutil.rmtree(desk / "outputs")
    run()

    assert (1, {"refused"}, before) == (outcome.exit_code, set(outputs(outcome)), refused)
    assert all(map(_watermarked, files(desk).values()))


def test_a_review_form_of_a_draft_is_no_record_yet(run: Build, desk: Path) -> None:
    """What was written with the watermark of a draft is written anew when the contract becomes final."""
    sample = "2021-专项评估"
    run(sample, "stage: 定稿", "stage: 草稿")
    outcome = run(sample, "stage: 草稿", "stage: 定稿")
    (review,) = [data for name, data in files(desk, sample).items() if "法审" in name]

    assert "written" == outcome.files[-1].output
    assert not _watermarked(review)


def test_a_record_is_printed_too(run: Build, desk: Path, printer: list[str]) -> None:
    """A record that is not made anew has its PDF file all the same, of what lies there."""
    sample = "2021-专项评估"
    run(sample)
    run(sample, pdf=True)

    assert sorted(printer) == [*files(desk, sample), "合订本.docx"]
