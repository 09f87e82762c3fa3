"""The bound set: what it holds, what it says in front, and what becomes of it when something changes."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from docgen.bound import FILE, volume
from docgen.contract.load import load
from docgen.draft import drafted
from docgen.errors import TemplateError
from docgen.office import ToolMissing, soffice
from docgen.outputs.layout import Linked, linked_pages
from docgen.outputs.pdf import Conversion
from docgen.outputs.workspace import recorded
from docgen.pipeline import Options, build
from docgen.reading.document import Reading
from docgen.reading.word import read_word
from docgen.report.outcome import Outcome
from docgen.template.documents import documents
from docgen.verify import verify
from docgen.word.package import read_package, write_package
from tests.endure import ENDURE
from tests.word.structure import faults

ROOT = Path(__file__).resolve().parent.parent
SETS = ("2021-专项评估", "2026-好差评", "2022-专项评估-草稿")
Build = Callable[..., Outcome]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder with the kits and the samples in it."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(sample: str, **options: Any) -> Outcome:
    """A sample set, built."""
    return build(Path(f"data/{sample}"), f"data/{sample}", Options(**options))


def lying(sample: str) -> dict[str, bytes]:
    """The Word files of a set by name."""
    return {path.name: path.read_bytes() for path in sorted(Path("outputs", sample).glob("*.docx"))}


def said(reading: Reading) -> list[tuple[str, str]]:
    """What the body says, with the numbers that Word gives."""
    return [(block.number, block.text) for block in reading.blocks if block.part == "body" and block.text]


def replace_in(path: Path, old: str, new: str) -> None:
    """Change the text of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("sample", SETS)
def test_it_says_what_its_documents_say(sample: str, desk: Path) -> None:
    """The bound set is sound, and holds every contractual document and annex in order, the internal ones left out."""
    made(sample)
    files = lying(sample)
    bound = files.pop(FILE)
    documents = [data for name, data in files.items() if "法审" not in name]
    front = said(read_word(bound, FILE))[: len(documents) + 2]

    assert faults(bound) == []
    assert said(read_word(bound, FILE)) == [*front, *(line for data in documents for line in said(read_word(data, "")))]
    assert front[0] == ("", "目　录")
    assert front[-1] == ("", "以上文件依次装订成册，各份文件的页码自行编排。")
    assert front[2][1].startswith("附件1　")
    assert len(docx.Document(io.BytesIO(bound)).sections) > len(documents)


@pytest.mark.parametrize("sample", SETS[:2])
def test_nothing_is_found_in_it_nor_told_twice(sample: str, desk: Path) -> None:
    """Checked alone the bound set is without findings; beside its documents it is not counted once more."""
    made(sample)
    (alone,) = verify([f"outputs/{sample}/{FILE}"]).outcomes
    (folder,) = verify([f"outputs/{sample}"]).outcomes
    amounts = {Path(file.file).name: file.amounts for file in folder.files}

    assert (alone.findings, folder.findings) == ([], [])
    assert amounts[FILE] == 0 < amounts[min(amounts)]
    assert folder.remarks == (f"outputs/{sample}/{FILE} 与各份文件逐段相同，其中的金额和问题不再重复列出。",)


def test_a_bound_set_that_says_something_else_is_told(desk: Path) -> None:
    """Where a document was changed and its bound set was not, the paragraph is named."""
    made(SETS[1])
    path = Path("outputs", SETS[1], "03_廉政责任书.docx")
    opened = docx.Document(str(path))
    opened.paragraphs[6].add_run("另有约定的除外。")
    opened.save(str(path))
    (outcome,) = verify([f"outputs/{SETS[1]}"]).outcomes

    assert [(f.rule, Path(f.place.file).name) for f in outcome.findings if f.rule == "F404"] == [("F404", path.name)]


def test_it_follows_a_change(desk: Path) -> None:
    """A change of the data reaches the bound set; without one it stays as it is."""
    made(SETS[1])
    first = lying(SETS[1])[FILE]
    again = made(SETS[1]).files[-1].output
    replace_in(desk / "data" / SETS[1] / "contract.yaml", 'post_code: "999002"', 'post_code: "999003"')
    changed = made(SETS[1]).files[-1].output

    assert (again, changed) == ("unchanged", "written")
    assert first != lying(SETS[1])[FILE]


def test_one_document_alone_leaves_it_and_says_so(desk: Path) -> None:
    """With --only the bound set stays, and a remark says that it is older; it can be asked for by its name."""
    made(SETS[1])
    before = lying(SETS[1])
    replace_in(desk / "data" / SETS[1] / "contract.yaml", 'post_code: "999002"', 'post_code: "999003"')
    outcome = made(SETS[1], only=("body",))
    older = lying(SETS[1])[FILE]
    asked = made(SETS[1], only=("合订本",))

    assert outcome.remarks == (f"{FILE} 没有随之更新；请不带 --only 再生成一次，或用 --only 合订本。",)
    assert older == before[FILE] != lying(SETS[1])[FILE]
    assert [Path(report.file).name for report in asked.files if report.output] == [FILE]


def test_a_kit_may_ask_for_odd_pages_and_no_contents(desk: Path) -> None:
    """kit.yaml says how a set is bound."""
    path = desk / "templates" / "service-evaluation" / "kit.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nbound: {odd: 是, contents: 否}\n", encoding="utf-8")
    made(SETS[1])
    opened = docx.Document(io.BytesIO(lying(SETS[1])[FILE]))
    kinds = [section.start_type.name for section in opened.sections]

    assert kinds == ["ODD_PAGE", "NEW_PAGE", "ODD_PAGE", "ODD_PAGE", "ODD_PAGE"]
    assert opened.paragraphs[0].text.startswith("合同编号")


def test_other_wishes_are_refused(desk: Path) -> None:
    """A key that kit.yaml does not know is told with the one that was meant."""
    path = desk / "templates" / "service-evaluation" / "kit.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nbound: {odds: 是}\n", encoding="utf-8")

    with pytest.raises(TemplateError, match="没有“odds”这一项。是不是想写“odd”？"):
        made(SETS[1])


def test_a_single_document_is_not_bound(desk: Path) -> None:
    """Where there is one document besides internal ones, nothing is bound."""
    contract, findings = load(Path("data", SETS[0]))
    assert contract is not None, findings
    drafts = drafted(contract, documents(contract), Path())

    assert [draft.document.role for draft in (drafts[0], drafts[-1])] == ["contractual", "internal"]
    assert volume(contract, [drafts[0], drafts[-1]]) is None


def laid_out(monkeypatch: pytest.MonkeyPatch, pages: tuple[int, ...]) -> list[list[str]]:
    """A stand-in for LibreOffice that puts documents on these pages; the list fills with what it was given."""
    given: list[list[str]] = []

    def pdfs(files: Mapping[str, bytes], *, blanks: bool = False) -> Conversion:
        given.append(list(files))
        return Conversion({f"{name.removesuffix('.docx')}.pdf": b"%PDF " + data[:64] for name, data in files.items()})

    monkeypatch.setattr("docgen.outputs.pdf.pdfs", pdfs)
    monkeypatch.setattr("docgen.outputs.layout.linked_pages", lambda _pdf, _links: Linked(pages, 27) if pages else None)
    return given


def contents(sample: str) -> list[str]:
    """The lines of the contents."""
    return [text for _, text in said(read_word(lying(sample)[FILE], FILE))[1:6]]


def test_contents_give_pages_once_they_are_known(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --pdf the set is laid out once, and its contents keep the pages as long as it stays the same."""
    given = laid_out(monkeypatch, (2, 17, 20, 22))
    made(SETS[1])
    without = contents(SETS[1])[1]
    made(SETS[1], pdf=True)
    with_pages = contents(SETS[1])
    state = made(SETS[1]).files[-1].output
    replace_in(desk / "data" / SETS[1] / "contract.yaml", 'post_code: "999002"', 'post_code: "999003"')
    made(SETS[1])

    assert (without, state) == ("附件1　保密协议书", "unchanged")
    assert [line.partition("\t")[2] for line in with_pages] == ["2", "17", "20", "22", ""]
    assert with_pages[4] == "页次从本页起连续计算；各份文件的页码自行编排。"
    assert contents(SETS[1])[1] == "附件1　保密协议书"
    assert [FILE] == given[0]
    assert len(given) == 2


def test_pages_that_nobody_can_tell_are_asked_for_once(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the layout does not tell the pages, the contents have none, and the question is not put again."""
    given = laid_out(monkeypatch, ())
    made(SETS[1], pdf=True)
    made(SETS[1], pdf=True)
    manifest = recorded(Path("outputs", SETS[1]))

    assert contents(SETS[1])[1] == "附件1　保密协议书"
    assert [FILE] in given
    assert len(given) == 2
    assert manifest is not None
    assert len(manifest.files[FILE].layout.split()) == 1


def test_libreoffice_finds_the_pages(desk: Path) -> None:
    """The contents name the pages on which the documents begin, as LibreOffice puts them."""
    try:
        soffice("")
    except ToolMissing:
        pytest.skip("LibreOffice is not installed")
    made(SETS[1], pdf=True)
    bound = Path("outputs", SETS[1], "合订本.pdf").read_bytes()
    singles = sorted(Path("outputs", SETS[1]).glob("0*.pdf"))
    counts = [path.read_bytes().count(b"/Type/Page/") for path in singles]
    begins = [2 + sum(counts[:n]) for n in range(len(counts))]

    assert [int(line.partition("\t")[2]) for line in contents(SETS[1])[:4]] == begins
    assert bound.count(b"/Type/Page/") == 1 + sum(counts)


@pytest.mark.skipif(not ENDURE, reason="LibreOffice lays the set out three times")
def test_blank_pages_are_counted_where_documents_begin_on_odd_ones(desk: Path) -> None:
    """With odd pages the contents name the pages of the PDF, which has the blank ones."""
    try:
        soffice("")
    except ToolMissing:
        pytest.skip("LibreOffice is not installed")
    path = desk / "templates" / "service-evaluation" / "kit.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nbound: {odd: 是}\n", encoding="utf-8")
    made(SETS[1], pdf=True)
    pages = Path("outputs", SETS[1], "合订本.pdf").read_bytes().count(b"/Type/Page/")
    begins = [int(line.partition("\t")[2]) for line in contents(SETS[1])[:4]]
    total = [b.text for b in read_word(lying(SETS[1])[FILE], FILE).blocks if "共" in b.text and b.part != "body"]

    assert all(page % 2 for page in begins)
    assert (begins[0], begins[-1] < pages) == (3, True)
    assert any("15" in text for text in total)


def test_links_are_followed_from_the_top() -> None:
    """The links of a page are read from top to bottom, whatever their order in the file."""
    pdf = (
        b"1 0 obj\n<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>\nendobj\n2 0 obj\n<</Type/Page/Annots[\n4 0 R 5 0 R ]>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 1 0 R>>\nendobj\n4 0 obj\n<</Subtype/Link/Rect[1 10.5 2 12]/Dest[3 0 R/XYZ]>>\nendobj\n"
        b"5 0 obj\n<</Subtype/Link/Rect[1 90 2 92]/Dest[2 0 R/XYZ]>>\nendobj\n"
    )

    assert linked_pages(pdf, 2) == Linked((1, 2), 2)
    assert linked_pages(pdf, 3) is None
    assert linked_pages(b"%PDF", 1) is None


def test_what_several_documents_lose_is_said_once(desk: Path) -> None:
    """A setting that holds for the whole file is named once, with how many documents had another one."""
    contract, _ = load(desk / "data" / SETS[1])
    assert contract is not None
    first, *others = drafted(contract, documents(contract), Path("outputs"))
    stop = (re.compile(b"<w:defaultTabStop[^>]*/>|(?=</w:settings>)"), b'<w:defaultTabStop w:val="333"/>')
    changed_ones = [replace(draft, data=_with_settings(draft.data, *stop)) for draft in others]

    book = volume(contract, [first, *changed_ones])

    assert book is not None
    assert [remark for remark in book.remarks if "默认制表位" in remark] == [
        "合订本：附件1　保密协议书 等 3 份文件 的默认制表位没有带进来，整册按第一份文件的设置排版，请核对版面。"
    ]


def _with_settings(data: bytes, old: re.Pattern[bytes], new: bytes) -> bytes:
    package = read_package(data)
    return write_package(package.replaced({"word/settings.xml": old.sub(new, package["word/settings.xml"], count=1)}))
