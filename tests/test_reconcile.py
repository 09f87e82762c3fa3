"""Files edited by hand: the edits stay, the changes of the data arrive, and what cannot be both is said."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from docgen.errors import InputError
from docgen.findings import Severity
from docgen.outputs.history import kept, versions
from docgen.pipeline import Options, build
from docgen.reading.word import read_word
from docgen.report.outcome import Outcome
from docgen.restore import aim, restore
from docgen.word.package import read_package, write_package

ROOT = Path(__file__).resolve().parent.parent
SET = "2026-好差评"
TOTAL = [
    ("total: 2160000", "total: 2260000"),
    ("amount: 1080000", "amount: 1130000"),
    ("amount: 540000", "amount: 565000"),
]
Run = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a set that was built."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "data" / SET, tmp_path / "data" / SET)
    monkeypatch.chdir(tmp_path)
    run()
    return tmp_path / "outputs" / SET


def run(*changes: tuple[str, str]) -> Outcome:
    """Build the set after these replacements in its data."""
    path = Path("data", SET, "contract.yaml")
    source = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    path.write_text(source, encoding="utf-8")
    return build(path.parent, path.parent.as_posix(), Options())


def edit(folder: Path, old: str, new: str, number: str = "01") -> Path:
    """Replace words of the first paragraph that has them, as a person would in Word, and make them bold."""
    path = next(folder.glob(f"{number}_*.docx"))
    document = docx.Document(str(path))
    paragraph = next(p for p in document.paragraphs if old in p.text)
    text = paragraph.text.replace(old, new, 1)
    for extra in paragraph.runs[1:]:
        extra._element.getparent().remove(extra._element)
    paragraph.runs[0].text = text
    paragraph.runs[0].bold = True
    document.save(str(path))
    return path


def text(path: Path) -> str:
    """All that a person reads in a file."""
    return read_word(path.read_bytes(), path.name).text


def outputs(outcome: Outcome) -> list[str | None]:
    """What became of each document of the set, the bound one left out."""
    return [report.output for report in outcome.files[1:] if "合订本" not in report.file]


def test_a_reworded_clause_is_left_as_it_is_while_nothing_changes(folder: Path) -> None:
    """Not a byte of the edited file is touched, and nothing is to be said of it."""
    path = edit(folder, "甲方每次付款之前", "在甲方每次付款之前")
    before = path.read_bytes()

    outcome = run()

    assert (outputs(outcome), outcome.findings) == (["unchanged"] * 4, [])
    assert path.read_bytes() == before


def test_a_value_reworded_by_hand_is_no_conflict_with_another_one(folder: Path) -> None:
    """The condition of a payment is a value as its amount is: each changed by one side, both changes stand."""
    path = edit(folder, "项目完成并通过中期评估验收后", "项目完成并通过中期验收后")

    outcome = run(*TOTAL)

    assert [finding.rule for finding in outcome.findings] == ["F506"]
    assert "项目完成并通过中期验收后" in text(path)
    assert "计人民币565000元" in text(path)


def test_a_reworded_clause_stays_when_the_price_changes(folder: Path) -> None:
    """The new figures and words are in the file, the clause is the person's, in the person's type."""
    path = edit(folder, "甲方每次付款之前", "在甲方每次付款之前")

    outcome = run(*TOTAL)

    assert (outputs(outcome), outcome.findings) == (["merged", *["unchanged"] * 3], [])
    assert "在甲方每次付款之前" in text(path)
    assert "贰佰贰拾陆万元整" in text(path)
    clause = next(p for p in docx.Document(str(path)).paragraphs if "在甲方每次付款之前" in p.text)
    assert clause.runs[0].bold


def test_a_merged_file_is_merged_again(folder: Path) -> None:
    """The person's words live on through every later change; without one nothing is written."""
    path = edit(folder, "甲方每次付款之前", "在甲方每次付款之前")
    run(*TOTAL)
    assert outputs(run()) == ["unchanged"] * 4

    outcome = run(("days: 10", "days: 15"))

    assert outputs(outcome)[0] == "merged"
    assert "在甲方每次付款之前" in text(path)
    assert "贰佰贰拾陆万元整" in text(path)


def test_a_value_overwritten_by_hand_is_told_and_left(folder: Path) -> None:
    """The person's value stays; the run says which field it is and what the data have."""
    path = edit(folder, "示政数合【2026】121号", "示政数合【2026】122号")

    outcome = run(("days: 10", "days: 15"))

    told = [(f.rule, f.severity, f.quote, f.expected, f.place.path) for f in outcome.findings if f.rule == "F506"]
    assert ("F506", Severity.WARNING, "示政数合【2026】122号", "示政数合【2026】121号", "contract.number") in told
    assert "示政数合【2026】122号" in text(path)


def test_a_value_that_was_rewritten_with_all_around_it_is_told_and_left(folder: Path) -> None:
    """Its place is gone, in a header as in a clause: the run names the field, and what the data have."""
    path = next(folder.glob("01_*.docx"))
    package = read_package(path.read_bytes())
    old, new = "合同编号：示政数合【2026】121号".encode(), "另行编排的全新文字".encode()
    header = {"word/header1.xml": package["word/header1.xml"].replace(old, new)}
    path.write_bytes(write_package(package.replaced(header)))

    outcome = run(("days: 10", "days: 15"))

    told = [(f.rule, f.quote, f.place.label, f.place.path, f.message) for f in outcome.findings]
    message = "这里按数据有“示政数合【2026】121号”，整段手工改写以后没有了，已原样保留。"
    assert told == [("F506", "另行编排的全新文字", "页眉", "contract.number", message)]


def test_a_paragraph_deleted_with_the_values_in_it_is_told_and_left(folder: Path) -> None:
    """Once for the file, however much was deleted; words without values are the clerk's own."""
    path = next(folder.glob("01_*.docx"))
    document = docx.Document(str(path))
    with_values = next(p for p in document.paragraphs if "0.1%" in p.text)
    without = next(p for p in document.paragraphs if "不可抗力的影响消除后" in p.text)
    said = with_values.text
    for paragraph in (with_values, without):
        paragraph._element.getparent().remove(paragraph._element)
    document.save(str(path))

    told = [(f.rule, f.message) for f in run(("days: 10", "days: 15")).findings if f.rule == "F506"]
    assert told == [("F506", f"连同数据一起被手工删去的有 1 处：“{said[:30]}…”，已原样保留。")]
    assert said not in text(path)


def test_the_same_value_changed_by_hand_and_in_the_data_is_a_tracked_change(folder: Path) -> None:
    """The value of the data stands as a tracked change beside the person's, with a comment, and the run says so."""
    path = edit(folder, "示政数合【2026】121号", "示政数合【2026】122号")

    outcome = run(("示政数合【2026】121号", "示政数合【2026】123号"))

    assert [f.rule for f in outcome.findings if f.severity is Severity.WARNING] == ["F504"]
    package = read_package(path.read_bytes())
    body = package["word/document.xml"].decode()
    assert "122" in "".join(re.findall("<w:delText[^>]*>([^<]*)<", body))
    assert "示政数合【2026】123号" in text(path)
    comments = [comment.text for comment in docx.Document(io.BytesIO(path.read_bytes())).comments]
    assert len(comments) == 1
    assert "这里被改成了" in comments[0]
    run(("days: 10", "days: 15"))
    assert [c.text for c in docx.Document(str(path)).comments] == comments


def test_an_edit_that_breaks_an_amount_is_found(folder: Path) -> None:
    """A merged file is judged like any other: words that no longer match their figure refuse the set."""
    path = edit(folder, "贰佰壹拾陆万元整", "贰佰壹拾柒万元整")
    before = path.read_bytes()

    outcome = run(("days: 10", "days: 15"))

    assert "M101" in [f.rule for f in outcome.findings if f.severity is Severity.ERROR]
    assert set(outputs(outcome)) == {"refused"}
    assert path.read_bytes() == before


def test_a_renamed_document_keeps_the_edits(folder: Path) -> None:
    """The name of the contract is in the name of its file; the edits go with it, and the old file is kept aside."""
    old = edit(folder, "甲方每次付款之前", "在甲方每次付款之前")

    run(
        ("name: 2026年度政务服务“好差评”质效监测评价服务项目委托合同书", "name: 政务服务“好差评”质效监测评价委托合同书")
    )

    new = next(folder.glob("01_*.docx"))
    assert new.name != old.name
    assert "在甲方每次付款之前" in text(new)
    assert len(list((folder / ".docgen" / "orphans").iterdir())) == 1


def test_what_was_merged_is_in_the_history(folder: Path) -> None:
    """The file as the person left it can be had again."""
    path = edit(folder, "甲方每次付款之前", "在甲方每次付款之前")
    edited = path.read_bytes()
    run(*TOTAL)

    files = [kept(folder, v.manifest.files[path.name].sha256, path.name) for v in versions(folder)]
    assert edited in files


def test_a_draft_keeps_the_edits_and_its_marks(folder: Path) -> None:
    """The watermark and the comments of a draft are made anew; the words of a person stay, and so when it is final."""
    run(("stage: 定稿", "stage: 草稿"))
    path = edit(folder, "甲方每次付款之前", "在甲方每次付款之前")

    assert outputs(run(*TOTAL))[0] == "merged"
    assert "在甲方每次付款之前" in text(path)
    assert "PowerPlusWaterMarkObject" in _headers(path)

    run(("stage: 草稿", "stage: 定稿"))
    assert "在甲方每次付款之前" in text(path)
    assert "PowerPlusWaterMarkObject" not in _headers(path)


def _headers(path: Path) -> str:
    package = read_package(path.read_bytes())
    return "".join(package[name].decode() for name in package.names if name.startswith("word/header"))


def test_the_bound_set_keeps_what_was_edited_in_it(folder: Path) -> None:
    """It takes the new figures as the documents do, and the words of a person stay in it."""
    path = folder / "合订本.docx"
    document = docx.Document(str(path))
    next(p for p in document.paragraphs if "甲方每次付款之前" in p.text).add_run("手写的话。")
    document.save(str(path))
    before = path.read_bytes()

    assert run().files[-1].output == "unchanged"
    assert path.read_bytes() == before
    outcome = run(*TOTAL)

    assert ([report.output for report in outcome.files[1:]], outcome.findings) == (
        ["written", *["unchanged"] * 3, "merged"], [],
    )  # fmt: skip
    assert "手写的话。" in text(path)
    assert "贰佰贰拾陆万元整" in text(path)
    assert run().files[-1].output == "unchanged"


def saved_by_office(path: Path) -> None:
    """Write a file anew as LibreOffice does: without some settings, with others, and with spaces of its own."""
    package = read_package(path.read_bytes())
    settings = re.sub(rb"<w:characterSpacingControl[^>]*>|<w:spaceForUL/>", b"", package["word/settings.xml"])
    settings = settings.replace(b"<w:evenAndOddHeaders/>", b'<w:autoHyphenation w:val="true"/><w:evenAndOddHeaders/>')
    body = package["word/document.xml"].replace(b"<w:pPr>", b'<w:pPr><w:widowControl w:val="0"/>')
    number = str(len(body) % 1000).encode()  # Where headers stand is worked out anew for each file.
    body = re.sub(rb'w:header="[0-9]+"', b'w:header="' + number + b'"', body)
    program = b"<Properties><Application>LibreOffice</Application></Properties>"
    parts = {"word/settings.xml": settings, "word/document.xml": body, "docProps/app.xml": program}
    path.write_bytes(write_package(package.replaced(parts)))


def test_a_document_that_was_only_saved_again_leaves_the_bound_set_alone(folder: Path) -> None:
    """Nothing is told of it, whichever document it is."""
    before = (folder / "合订本.docx").read_bytes()
    for number in ("01", "02"):
        path = next(folder.glob(f"{number}_*.docx"))
        saved_by_office(path)
        after = path.read_bytes()

        outcome = run()

        assert (list(outcome.findings), outcome.remarks) == ([], ())
        assert (path.read_bytes(), (folder / "合订本.docx").read_bytes()) == (after, before)


def test_a_bound_set_that_was_only_saved_again_is_made_anew(folder: Path) -> None:
    """As soon as something in it changes; until then it stays as it lies there."""
    path = folder / "合订本.docx"
    saved_by_office(path)
    saved = path.read_bytes()

    assert run().files[-1].output == "unchanged"
    assert path.read_bytes() == saved
    outcome = run(*TOTAL)

    assert (list(outcome.findings), outcome.remarks) == ([], ())
    assert b"autoHyphenation" not in read_package(path.read_bytes())["word/settings.xml"]
    assert run().files[-1].output == "unchanged"


def test_places_of_headers_that_a_program_works_out_are_nobodys_edit(folder: Path) -> None:
    """Edits of a document and of the bound set come together, and nothing is said of formatting that nobody did."""
    bound = folder / "合订本.docx"
    document = docx.Document(str(bound))
    next(p for p in document.paragraphs if "甲方每次付款之前" in p.text).add_run("手写的话。")
    document.save(str(bound))
    saved_by_office(bound)
    for number, old in (("01", "甲方有权验收"), ("02", "长期有效"), ("03", "正常")):
        saved_by_office(edit(folder, old, f"一律{old}", number))

    outcome = run()

    assert (list(outcome.findings), outcome.remarks) == ([], ())
    assert "手写的话。" in text(bound)
    assert all(each in text(bound) for each in ("一律甲方有权验收", "一律长期有效", "一律正常"))


def test_settings_that_a_program_writes_anew_are_nobodys_edit(folder: Path) -> None:
    """The words of a person come into the bound set, which is set as it was; a setting that they chose is told."""
    path = edit(folder, "甲方有权验收", "甲方有权随时验收")
    saved_by_office(path)
    edit(folder, "长期有效", "一直有效", "02")
    before = read_package((folder / "合订本.docx").read_bytes())["word/settings.xml"]

    outcome = run()
    bound = (folder / "合订本.docx").read_bytes()

    assert outcome.remarks == ()
    assert "甲方有权随时验收" in text(folder / "合订本.docx")
    assert read_package(bound)["word/settings.xml"].split(b"?>")[1] == before.split(b"?>")[1]

    other = next(folder.glob("02_*.docx"))
    package = read_package(other.read_bytes())
    chosen = package["word/settings.xml"].replace(
        b'<w:defaultTabStop w:val="640"/>', b'<w:defaultTabStop w:val="420"/>'
    )
    other.write_bytes(write_package(package.replaced({"word/settings.xml": chosen})))
    assert [remark.partition("没有")[0] for remark in run().remarks] == ["合订本：附件1　保密协议书 的默认制表位"]


def test_a_bound_set_and_its_document_edited_alike_agree(folder: Path) -> None:
    """The same words in both stand once in the bound set."""
    for name in ("01_*.docx", "合订本.docx"):
        path = next(folder.glob(name))
        document = docx.Document(str(path))
        next(p for p in document.paragraphs if "甲方每次付款之前" in p.text).add_run("手写的话。")
        document.save(str(path))

    assert [f.rule for f in run(*TOTAL).findings if f.rule in ("F501", "F504", "F505")] == []
    assert text(folder / "合订本.docx").count("手写的话。") == 1


def test_a_file_saved_as_strict_open_xml_is_merged(folder: Path) -> None:
    """It says the same in other names; what it becomes has the usual ones."""
    path = edit(folder, "甲方每次付款之前", "在甲方每次付款之前")
    package = read_package(path.read_bytes())
    names = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/": b"http://purl.oclc.org/ooxml/wordprocessingml/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }
    changes = {}
    for part in package:
        data = part.data
        for usual, strict in names.items():
            data = data.replace(usual, strict) if part.name.endswith((".xml", ".rels")) else data
        changes[part.name] = data
    path.write_bytes(write_package(package.replaced(changes)))

    outcome = run(*TOTAL)

    assert (outputs(outcome), outcome.findings) == (["merged", *["unchanged"] * 3], [])
    assert ("在甲方每次付款之前" in text(path), "贰佰贰拾陆万元整" in text(path)) == (True, True)


@pytest.mark.parametrize(
    "there", [b"", b"PK\x03\x04 torn", "没有 XML".encode(), None], ids=["no", "torn", "text", "xml"]
)
def test_what_is_no_word_file_in_the_place_of_one_is_refused_by_its_name(folder: Path, there: bytes | None) -> None:
    """Nothing is written, nothing is lost, and the message says which file it is."""
    path = next(folder.glob("01_*.docx"))
    package = read_package(path.read_bytes())
    data = write_package(package.replaced({"word/document.xml": b"<w:document"})) if there is None else there
    path.write_bytes(data)

    with pytest.raises(InputError, match=f"{path.name}：") as refused:
        run(("days: 10", "days: 15"))

    assert refused.value.hint is not None
    assert "移到别处" in refused.value.hint
    assert path.read_bytes() == data


def test_another_document_in_the_place_of_one_is_no_edit_of_it(folder: Path) -> None:
    """A file that was saved under the wrong name is refused with what it is; an earlier version of the same is not."""
    path, other, bound = (next(folder.glob(f"{start}*.docx")) for start in ("02_", "03_", "合订本"))
    first = path.read_bytes()
    run(("示政数合【2026】121号", "示政数合【2026】122号"))

    path.write_bytes(first)
    assert not [each for each in run(("【2026】122号", "【2026】123号")).findings if each.severity is Severity.ERROR]
    for place in (path, bound):
        before = place.read_bytes()
        place.write_bytes(other.read_bytes())
        with pytest.raises(InputError, match="不是对这份文件的手工改动") as refused:
            run()
        assert str(refused.value).startswith(f"outputs/{SET}/{place.name}：")
        place.write_bytes(before)


def test_a_file_from_elsewhere_in_the_place_of_one_is_no_edit_of_it(folder: Path) -> None:
    """A file of nobody knows what, with none of the words, is refused; one that the words were copied into is merged."""
    path = next(folder.glob("02_*.docx"))
    made = docx.Document(str(path))
    other = docx.Document()
    for said in ("采购合同", "甲方：", "一、标的", "二、价款", "三、交货"):
        other.add_paragraph(said)
    other.save(str(path))
    before = path.read_bytes()
    with pytest.raises(InputError, match="几乎没有一段") as refused:
        run()
    assert (str(refused.value).startswith(f"outputs/{SET}/{path.name}："), path.read_bytes()) == (True, before)

    copied = docx.Document()
    for paragraph in made.paragraphs:
        copied.add_paragraph(paragraph.text)
    copied.add_paragraph("（另行补充）")
    copied.save(str(path))
    run(("示例科技战略研究院", "示例科技发展研究院"))
    assert ("（另行补充）" in text(path), "科技发展" in text(path), "科技战略" in text(path)) == (True, True, False)


def test_an_annex_that_comes_back_tells_of_the_edits_in_the_one_that_was_moved_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it lies and how to get it back is said; then the edits are merged like any others."""
    for name in ("templates", "data/2021-专项评估"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    data, folder = Path("data/2021-专项评估/contract.yaml"), Path("outputs/2021-专项评估")
    whole = data.read_text(encoding="utf-8")
    short = "".join(line for line in whole.splitlines(keepends=True) if "plan-risk" not in line)

    def made(source: str) -> list[str]:
        data.write_text(source, encoding="utf-8")
        outcome = build(data.parent, data.parent.as_posix(), Options())
        return [f"{each.message}{each.hint}" for each in outcome.findings if each.rule == "F505"]

    assert made(whole) == []
    assert (made(short), made(whole)) == ([], [])
    path = edit(folder, "评估兼用定量和定性方法", "评估采用定量和定性方法", "08")
    assert made(short) == []
    (aside,) = [each for each in (folder / ".docgen/orphans").iterdir() if "采用定量" in text(each)]

    assert [aside.as_posix() in told for told in made(whole)] == [True]
    assert "采用定量" not in text(path)
    restore(aim(aside.as_posix(), Path("outputs")), None)
    assert made(whole.replace("202106001", "202106009")) == []
    assert "采用定量" in text(path)
    assert "202106009" in text(path)
