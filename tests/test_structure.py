"""Every Word file of the project is one that Word and WPS open without repairing it."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.contract.load import load
from docgen.draft import Draft, drafted, marked
from docgen.findings import Finding
from docgen.template.author import author
from docgen.template.documents import documents
from docgen.word.comments import Comment, add_comments
from docgen.word.watermark import add_watermark
from tests.word.structure import faults
from tests.wordfiles import p, word_file

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").glob("*/*.docx"))
KITS = sorted(path.parent.name for path in (ROOT / "templates").glob("*/kit.yaml"))
SETS = sorted(path.parent for path in (ROOT / "data").glob("*/contract.yaml"))
MARKUP = [ROOT / "tests" / "cases" / "specimen.txt", *sorted((ROOT / "tests" / "cases" / "kits").glob("*/*.txt"))]


BROKEN = {
    "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc/></w:tr></w:tbl><w:p/>": "tc does not end with a paragraph",
    "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr/></w:tbl><w:p/>": "table 1, row 1: no cells",
    "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid></w:tbl><w:p/>": "table 1 has no rows",
    "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>": "table 1 has no grid",
    "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>": "table 1, row 1: 2 columns in a grid of 1",
    "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p/>": "table 1, row 1: a cell of 1 columns continues nothing above column 1",
    "<w:p><w:pPr><w:jc/><w:pStyle w:val='A'/></w:pPr></w:p>": "pPr in a wrong order: ['jc', 'pStyle']",
    "<w:p><w:r><w:t>甲</w:t><w:rPr/></w:r></w:p>": "rPr is not the first in its r",
    "<w:p><w:r><w:t>甲 </w:t></w:r></w:p>": "spaces that Word drops: “甲 ”",
    "<w:p>甲</w:p>": "text outside of a run, at p: 甲",
    "<w:p><w:bookmarkStart w:id='1' w:name='a'/></w:p>": "bookmarks that do not begin and end once",
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>": "a field that does not end",
    "<w:p><w:hyperlink r:id='rId7'/></w:p>": "hyperlink refers to the unknown relationship rId7",
    "<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr></w:p>": "no paragraph style A",
    "<w:p><w:r><w:commentReference w:id='1'/></w:r></w:p>": "comments [], but commentReference of ['1']",
    "<w:p><w:p/></w:p>": "a paragraph inside a paragraph: ",
}


@pytest.mark.parametrize(("body", "fault"), BROKEN.items(), ids=BROKEN.values())
def test_what_word_would_repair_is_seen(body: str, fault: str) -> None:
    """Each thing that Word does not take is told."""
    assert faults(word_file(p("甲"))) == []
    assert any(found.removeprefix("word/document.xml: ") == fault for found in faults(word_file(body)))


def drafts_of(source: Path) -> tuple[list[Draft], list[Finding]]:
    """The documents of a set, and what was found in its data."""
    contract, findings = load(source, kits=ROOT / "templates")
    assert contract is not None, findings
    return drafted(contract, documents(contract), Path()), findings


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_templates_are_sound(template: Path) -> None:
    """A template is a sound Word file."""
    assert faults(template.read_bytes()) == []


@pytest.mark.parametrize("markup", MARKUP, ids=lambda path: path.stem)
def test_authored_files_are_sound(markup: Path) -> None:
    """What the author makes of house markup is a sound Word file, with comments and a watermark too."""
    data = author(markup.read_text(encoding="utf-8"))
    marked = add_comments(
        add_watermark(data, "草稿"), [Comment("body", 0, 0, 0, "一\n二"), Comment("header1", 0, 0, 1, "三")]
    )

    assert (faults(data), faults(marked)) == ([], [])


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_sample_sets_are_sound(folder: Path) -> None:
    """Every document of a sample set is a sound Word file, as a final one and as a draft with its findings."""
    drafts, findings = drafts_of(folder)
    files = {draft.name: faults(draft.data) for draft in [*drafts, *marked(drafts, findings)]}

    assert {name: found for name, found in files.items() if found} == {}


@pytest.mark.parametrize("kit", KITS)
def test_a_draft_of_nothing_is_sound(kit: str, tmp_path: Path) -> None:
    """A draft that knows no more than its kind and name is written, and is a sound Word file with all its comments."""
    data = tmp_path / "contract.yaml"
    data.write_text(f"合同类型: {kit}\n合同:\n  阶段: 草稿\n  合同名称: 甲\n", encoding="utf-8")
    drafts, findings = drafts_of(data)
    files = {draft.name: faults(draft.data) for draft in marked(drafts, findings)}

    assert len(files) >= 4
    assert {name: found for name, found in files.items() if found} == {}
