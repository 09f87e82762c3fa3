"""Templates made from house markup."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docxtpl import DocxTemplate
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from docgen.errors import TemplateError
from docgen.outputs import pdf
from docgen.template.author import author
from docgen.template.author.__main__ import main
from docgen.template.author.inline import parse_runs, print_runs
from docgen.template.author.model import Run
from docgen.template.author.styles import PITCH, STYLES
from docgen.template.outline import outline
from docgen.word.package import read_package
from docgen.word.text import w
from tests.endure import ENDURE, examples

SPECIMEN = Path(__file__).parent.parent / "cases" / "specimen.txt"


def opened(text: str) -> Document:
    """The Word file of the markup as python-docx opens it."""
    return docx.Document(io.BytesIO(author(text)))


def xml(text: str, part: str = "word/document.xml") -> etree._Element:
    """The XML of one part of the Word file of the markup."""
    return etree.fromstring(read_package(author(text))[part])


def rows(text: str) -> list[list[str]]:
    """The properties of each cell of the first table, as names and values, without the widths."""
    shown = []
    for row in xml(text).iter(w("tr")):
        cells = [cell.find(w("tcPr")) for cell in row.iter(w("tc"))]
        shown.append([" ".join(_property(each) for each in cell if each.tag != w("tcW")) for cell in cells])
    return shown


def _property(element: etree._Element) -> str:
    value = element.get(w("val"))
    name = etree.QName(element).localname
    return name if value is None else f"{name}={value}"


def rendered(text: str, **context: object) -> Document:
    """The file of the markup after docxtpl has filled it."""
    template = DocxTemplate(io.BytesIO(author(text)))
    template.render(context, jinja_env=ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True))
    saved = io.BytesIO()
    template.save(saved)
    return docx.Document(io.BytesIO(saved.getvalue()))


def test_the_same_text_gives_the_same_bytes() -> None:
    """A template has no time, no user and no chance in it."""
    text = SPECIMEN.read_text(encoding="utf-8")

    assert author(text) == author(text)


def test_a_template_names_nobody() -> None:
    """The properties of a template are blank."""
    properties = opened("[正文] 甲").core_properties

    assert ("", "", "") == (properties.author, properties.title, properties.last_modified_by)


def test_every_style_sets_its_chinese_and_its_latin_font() -> None:
    """No style leaves a font to the machine that the file is opened on."""
    styles = xml("[正文] 甲", "word/styles.xml")
    fonts = {s.get(w("styleId")): s.find(f"{w('rPr')}/{w('rFonts')}") for s in styles.iterfind(w("style"))}
    given = {
        style_id: {"eastAsia", "ascii", "hAnsi"} <= {etree.QName(name).localname for name in element.attrib}
        for style_id, element in fonts.items()
        if element is not None
    }

    assert dict.fromkeys((known.id for known in STYLES), True) == given


def test_style_names_and_ids_are_unique_and_those_they_refer_to_exist() -> None:
    """A style sheet with a name twice or a dangling reference is mended by Word in its own way."""
    styles = xml("[正文] 甲", "word/styles.xml").findall(w("style"))
    ids = [style.get(w("styleId")) for style in styles]
    names = [style.find(w("name")).get(w("val")) for style in styles]
    referred = {e.get(w("val")) for style in styles for e in style if e.tag in (w("basedOn"), w("next"))}

    assert len(set(ids)) == len(ids) == len(set(names))
    assert referred <= set(ids)


def test_headings_are_words_own() -> None:
    """Navigation and contents lists work because headings are Word's built-in ones or based on them."""
    document = opened("[标题] 一\n[一级] 二\n[二级] 三\n[三级] 四\n[条] 五\n[章] 六\n[正文] 七")
    levels = [p.style.element.pPr.find(w("outlineLvl")).get(w("val")) for p in document.paragraphs]

    assert ["Title", "Heading 1", "Heading 2", "Heading 3", "条标题", "章标题", "合同正文"] == [
        p.style.name for p in document.paragraphs
    ]
    assert ["9", "0", "1", "2", "0", "0", "9"] == levels


def test_a_page_takes_22_lines_of_28_characters() -> None:
    """Lines of 28.95 pt and characters of 15.75 pt fill the 156 by 225 mm of GB/T 9704, and the section's end fits below."""
    section = xml("[正文] 甲").find(f".//{w('sectPr')}")
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    width = int(size.get(w("w"))) - int(margins.get(w("left"))) - int(margins.get(w("right")))
    height = int(size.get(w("h"))) - int(margins.get(w("top"))) - int(margins.get(w("bottom")))

    assert (28, 22) == (width // 315, height // PITCH)
    assert height - 22 * PITCH >= 20


def test_a_tag_stays_in_the_run_it_was_typed_in() -> None:
    """Jinja tags are copied as typed, with the signs that mean something to the markup outside of them."""
    tag = '{{ ref("a*b**c", sep="｜¶\\\\") ++ x[2] }}'

    assert [tag] == [run.text for run in opened(f"[正文] {tag}").paragraphs[0].runs]


def test_bold_underline_tabs_and_escapes() -> None:
    """Marks become the look of runs; a backslash makes them plain signs again."""
    runs = opened(r"[正文] 甲**乙**\t++丙\n丁++ \*\*\｜").paragraphs[0].runs

    assert [
        ("甲", None, None),
        ("乙", True, None),
        ("\t", None, None),
        ("丙\n丁", None, True),
        (" **｜", None, None),
    ] == [(run.text, run.bold, run.underline) for run in runs]


def test_a_line_starting_with_a_paragraph_tag_needs_no_style() -> None:
    """Tags that vanish with their paragraph are set apart in the template."""
    document = opened("{%p for x in y %}\n[正文] {{ x }}\n{%p endfor %}\n[正文] 甲")

    assert ["模板标记", "合同正文", "模板标记", "合同正文"] == [p.style.name for p in document.paragraphs]


def test_sections_have_their_own_pages_headers_and_numbers() -> None:
    """A cover has no number, the text behind it begins with 1, landscape pages are turned."""
    document = opened(
        "@页面 封面\n[封面标题] 甲\n@页面 纵向\n@页眉 合同编号：{{ n }}\n[正文] 乙\n@页面 横向\n[正文] 丙\n@页面 纵向\n@页眉 无\n@页脚 无\n[正文] 丁"
    )
    shown = [
        (
            round(s.page_width.mm),
            s.header.paragraphs[0].text if s.header.paragraphs else "",
            s.footer.paragraphs[0].text if s.footer.paragraphs else "",
            [e.get(w("start")) for e in s._sectPr.iter(w("pgNumType"))],
        )
        for s in document.sections
    ]

    number = "合同编号：{{ n }}"
    assert [(210, "", "", []), (210, number, "—  —", ["1"]), (297, number, "—  —", []), (210, "", "", [])] == shown


def test_page_numbers_stand_outside_on_both_sides() -> None:
    """Odd pages carry their number on the right, even pages on the left."""
    document = opened("[正文] 甲")
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    assert ["页码（单页）", "页码（双页）"] == [
        footer.paragraphs[0].style.name for footer in (section.footer, section.even_page_footer)
    ]


def test_a_full_table() -> None:
    """Spans, header rows, rows that do not break and widths that add up to the text width."""
    text = """\
@表 宽=20,30,50 表头=2 列=中,左,右
｜序号[v2]｜费用[>2]｜
｜^｜单价｜金额｜
｜{%tr for row in rows %}｜
｜{% vm %}{{ row.no }}｜{{ row.price }}｜{{ row.amount }}[左]｜ 可跨页
｜{%tr endfor %}｜
｜合计[>2][v2][头]｜甲[上]｜ 高=20
｜^[>2]｜乙¶丙｜
@表终"""
    table = xml(text).find(f".//{w('tbl')}")
    widths = [int(column.get(w("w"))) for column in table.iter(w("gridCol"))]
    marks = [
        [etree.QName(e).localname for e in row.find(w("trPr"))] if row.find(w("trPr")) is not None else []
        for row in table.iter(w("tr"))
    ]

    assert [
        ["vMerge=restart", "gridSpan=2"],
        ["vMerge", "", ""],
        ["gridSpan=3"],
        ["", "", ""],
        ["gridSpan=3"],
        ["gridSpan=2 vMerge=restart shd=clear", "vAlign=top"],
        ["gridSpan=2 vMerge", ""],
    ] == rows(text)
    head, plain = ["cantSplit", "tblHeader"], ["cantSplit"]
    assert [head, head, plain, [], plain, ["cantSplit", "trHeight"], plain] == marks
    assert int(table.find(f"{w('tblPr')}/{w('tblW')}").get(w("w"))) == sum(widths) == 8845


def test_a_signature_block_stays_together() -> None:
    """Every paragraph of a borderless table is kept with the next one."""
    document = opened("@表 宽=50,50 边框=无\n｜甲方：¶盖章｜乙方：｜\n｜日期｜日期[右]｜\n@表终")
    styles = [p.style for row in document.tables[0].rows for cell in row.cells for p in cell.paragraphs]

    assert {("签署栏大", True)} == {(style.name, style.paragraph_format.keep_with_next) for style in styles}
    assert "布局表格" == document.tables[0].style.name


def test_a_row_can_stay_on_the_page_of_the_next() -> None:
    """Only the rows marked 同页 are written in the style that keeps them with what follows."""
    table = xml("@表 宽=40,60\n｜甲｜乙｜ 同页\n｜丙｜丁｜\n@表终").find(f".//{w('tbl')}")

    assert [["SignBlock", "SignBlock"], ["TableText", "TableText"]] == [
        [style.get(w("val")) for style in row.iter(w("pStyle"))] for row in table.iter(w("tr"))
    ]


def test_a_row_can_be_kept_with_the_next() -> None:
    """A row marked 同页 does not stand at the foot of a page without the row below it."""
    rows = opened("@表 宽=100\n｜甲｜ 同页\n｜乙｜\n@表终").tables[0].rows

    assert [True, False] == [row.cells[0].paragraphs[0].style.paragraph_format.keep_with_next for row in rows]


def test_docxtpl_fills_a_template() -> None:
    """A plain docxtpl script renders what the tool makes: loops over rows, merges, conditions, headers."""
    document = rendered(
        """\
@页眉 合同编号：{{ number }}
{%p if shown %}
[正文] 见{{ a }}。
{%p endif %}
@表 宽=30,70 表头=1 列=左,右
｜项目｜金额｜
｜{%tr for row in rows %}｜
｜{% vm %}{{ name }}｜{{ row }}｜
｜{%tr endfor %}｜
@表终
@页面 横向
[正文] 完""",
        number="A&B<1>",
        shown=True,
        a="附件1",
        name="报价",
        rows=["1.00", "2.00"],
    )
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]

    assert ["见附件1。", "", "完"] == [p.text for p in document.paragraphs]
    assert [["项目", "金额"], ["报价", "1.00"], ["报价", "2.00"]] == cells
    assert ["合同编号：A&B<1>"] * 2 == [s.header.paragraphs[0].text for s in document.sections]
    assert [210, 297] == [round(s.page_width.mm) for s in document.sections]


FAULTS = {
    "@页面 斜向": "第1行：页面只有纵向、横向、封面，没有“斜向”。",
    "@页面 纵向 页码=2": "第1行：@页面 没有选项“页码”；可用：起始页=、边距=上,右,下,左（毫米）。",
    "@页面 纵向 起始页=甲": "第1行：起始页= 应为整数，实际为“甲”。",
    "@页面 纵向 边距=1,2": "第1行：边距应为四个毫米数：上,右,下,左，实际为“1,2”。",
    "@表格": "第1行：没有指令“@表格”；可用：@页面、@页眉、@页脚、@表、@表终、@注。",
    "@表终": "第1行：@表终 之前没有 @表。",
    "无样式": "第1行：行首应为 [样式]、@指令、｜（表格内）或 {%p，实际为“无样式”。",
    "[正文·红] 乙": "第1行：样式后的“·红”不能由文字重建；可用：左、中、右、两端、段前分页。",
    "[正文] {%tr for x in y %}": "第1行：{%tr … %} 只能写在表格的行里。",
    "[正文] 见〔图〕": "第1行：“〔图〕”不能由文字重建，请在 Word 中加入。",
    "@表 宽=50,40\n｜甲｜乙｜\n@表终": "第1行：各列宽度之和应为 100，实际为 90。",
    "@表 宽=半\n｜甲｜\n@表终": "第1行：宽= 应为各列占版心宽度的百分比，如 宽=10,50,40，实际为“半”。",
    "@表 宽=50,50 列=左\n｜甲｜乙｜\n@表终": "第1行：列= 写了 1 列，宽= 写了 2 列，应当一样多。",
    "@表 宽=100 列=下\n｜甲｜\n@表终": "第1行：列= 应为左、中、右之一，实际为“下”。",
    "@表 宽=100 色=红\n｜甲｜\n@表终": "第1行：@表 没有选项“色”；可用：宽、表头、列、边框、字号、行高。",
    "@表 宽=100\n@表终": "第1行：表格没有行。",
    "@表 宽=100\n｜甲｜": "第1行：表格没有结束，缺少 @表终。",
    "@表 宽=100\n｜甲｜\n[正文] 乙\n@表终": "第3行：表格的行应以“｜”开头，或以 @表终 结束表格，实际为“[正文] 乙”。",
    "@表 宽=50,50\n｜甲｜乙｜丙｜\n@表终": "第2行：这一行占 3 列，表格有 2 列。",
    "@表 宽=50,50\n｜甲｜乙\n@表终": "第2行：行末的“乙”不明；可用：高=毫米、可跨页、同页。若是单元格，请以“｜”结束。",
    "@表 宽=100\n｜^｜\n@表终": "第2行第1列：“^”上方没有跨行的单元格。",
    "@表 宽=100\n｜甲[v2]｜\n@表终": "第2行：跨行单元格还缺 1 行。",
    "@表 宽=100\n｜甲[v2]｜\n｜乙｜\n@表终": "第3行第1列：第2行的跨行单元格还缺 1 行，此处应为“^”。",
    "@表 宽=50,50\n｜甲[v2][>2]｜\n｜^｜乙｜\n@表终": "第3行第1列：上方单元格占 2 列，此处应写作“^[>2]”。",
    "@表 宽=100\n｜甲[中]¶乙｜\n@表终": "第2行：“[中]”应写在单元格的最后；若是文字，请写作“\\[中]”。",
}


@pytest.mark.parametrize(("text", "message"), FAULTS.items())
def test_a_fault_is_told_by_its_line(text: str, message: str) -> None:
    """What is not house markup is refused with the line, what was found and what was expected."""
    with pytest.raises(TemplateError) as error:
        author(text)

    assert message == str(error.value)


def test_all_faults_are_told_at_once() -> None:
    """One run names every faulty line."""
    with pytest.raises(TemplateError) as error:
        author("@页面 斜向\n[正文字] 甲\n[正文] 乙\n@表 宽=100\n｜甲｜乙｜\n｜丙｜丁｜\n@表终\n无样式")

    assert ["1", "2", "5", "6", "8"] == re.findall(r"^第(\d+)行", str(error.value), re.MULTILINE)


RUNS = st.lists(
    st.builds(
        Run,
        st.text(
            st.sampled_from("甲乙 *+\\[]｜¶^\t\n{}%#a") | st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
        ),
        st.booleans(),
        st.booleans(),
    )
)


@settings(max_examples=examples(300))
@given(RUNS)
def test_text_comes_back_from_the_markup(runs: list[Run]) -> None:
    """Whatever stands in a paragraph, its markup reads as the same text in the same look."""
    back = parse_runs(print_runs(tuple(runs)))

    assert _characters(runs) == _characters(back)
    assert back == parse_runs(print_runs(back))


def _characters(runs: Sequence[Run]) -> list[tuple[str, bool, bool]]:
    """Each character with its look; one inside a tag has that of the tag, and a break there is a space."""
    text = "".join(run.text for run in runs)
    looks = [(run.bold, run.underline) for run in runs for _ in run.text]
    for tag in re.finditer(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", text, re.DOTALL):
        looks[tag.start() : tag.end()] = [looks[tag.start()]] * len(tag[0])
        text = text[: tag.start()] + tag[0].replace("\n", " ") + text[tag.end() :]
    return [(character, *look) for character, look in zip(text, looks, strict=True)]


def test_the_tool_writes_a_file_and_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Good markup becomes a file, a template can be made anew, faults go to standard error with exit code 2."""
    good, bad, target = tmp_path / "甲.txt", tmp_path / "乙.txt", tmp_path / "丙.docx"
    good.write_text("[正文] 甲", encoding="utf-8")
    bad.write_text("甲", encoding="utf-8")

    assert [0, 0, 2, 2, 2] == [
        main([str(good), str(target)]),
        main([str(target), str(target)]),
        main([str(bad), str(tmp_path / "丁.docx")]),
        main([str(tmp_path / "戊.txt"), str(target)]),
        main([]),
    ]
    assert author("[正文] 甲") == target.read_bytes()
    assert not (tmp_path / "丁.docx").exists()
    assert "第1行：行首应为" in capsys.readouterr().err


@pytest.mark.parametrize("last", ["@表 宽=100\n｜甲｜\n@表终", "{%p if a %}\n[正文] 甲\n{%p endif %}"])
def test_a_text_ends_with_a_paragraph_of_its_own(last: str) -> None:
    """After a table, or what may disappear, stands a paragraph of no height: Word would add one of a whole line."""
    end, section = xml(last)[0][-2:]

    assert ("p", "sectPr") == (etree.QName(end).localname, etree.QName(section).localname)
    assert "SectionEnd" == end.find(f"{w('pPr')}/{w('pStyle')}").get(w("val"))
    assert outline(author(last)).endswith(f"\n{last}\n")


@pytest.mark.skipif(not (ENDURE and shutil.which("soffice")), reason="converts a page with LibreOffice")
def test_a_printed_page_has_22_lines_of_28_characters() -> None:
    """LibreOffice sets a full page as GB/T 9704 counts it, and ends the section there without an empty page."""
    import pdfplumber

    line = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"
    made = pdf.pdfs({"页.docx": author(f"[顶格] {line * 22}\n@页面 纵向\n[顶格] 完")})
    with pdfplumber.open(io.BytesIO(made.files["页.pdf"])) as printed:
        pages = [page.extract_text().splitlines()[:-1] for page in printed.pages]

    assert [[line] * 22, ["完"]] == pages
