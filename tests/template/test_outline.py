"""Templates shown as text."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import InputError
from docgen.template.author import author
from docgen.template.outline import outline
from docgen.word.package import read_package, write_package
from tests.endure import examples
from tests.wordfiles import p, table, word_file

SPECIMEN = (Path(__file__).parent.parent / "cases" / "specimen.txt").read_text(encoding="utf-8")


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a python-docx document."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_the_specimen_makes_itself_again() -> None:
    """Everything the house markup can say comes back from the file, so that the file is made again byte by byte."""
    made = author(SPECIMEN)

    assert made == author(outline(made))


def test_the_specimen_reads_as_it_was_written() -> None:
    """The outline is the author's own text but for remarks, defaults and what a section takes from the one before."""
    lines = [line for line in SPECIMEN.splitlines() if not line.startswith(("@注", "@页眉", "@页脚"))]
    shown = [line for line in outline(author(SPECIMEN)).splitlines() if not line.startswith(("@页眉", "@页脚"))]

    assert _without_defaults(lines) == shown


def _without_defaults(lines: list[str]) -> list[str]:
    defaults = {
        "｜小计[>5][中][粗]": "｜小计[>5][粗]",
        "|大写 }}[>5][左]｜": "|大写 }}[>5]｜",
        " 列=中,左 字号=小 行高=10": " 字号=小 行高=60",
        " 高=60": "",
    }
    text = "\n".join(lines)
    for written, shown in defaults.items():
        text = text.replace(written, shown)
    return text.splitlines()


def test_sections_show_their_headers_and_footers() -> None:
    """A section shows what stands above and below its pages even where it takes that from the section before."""
    text = """\
@页面 封面
[封面标题] 甲
@页面 纵向 起始页=续
@页眉 合同编号：{{ n }}
@页脚 第页共页
[正文] 乙
@页面 横向 边距=20,21,22,23 起始页=7
@页眉 合同编号：{{ n }}
@页脚 第页共页
[正文] 丙
@页面 纵向
@页眉 **左**¶右
@页脚 共〔NUMPAGES〕页
[正文] 丁
@页面 封面
[封面标题] 戊
@页面 纵向
@页眉 无
@页脚 无
[正文] 己
"""
    assert text == outline(author(text))


def test_cells_show_what_sets_them_apart() -> None:
    """A cell shows its own alignment, look and paragraph styles, and nothing that its column says already."""
    text = """\
@页面 纵向
@页眉 无
@页脚 页码
@表 宽=12.5,37.5,50 表头=1 列=中,左,右 字号=小
｜甲｜乙[左]｜丙[头]｜
｜一｜二[上]｜三¶[·左] 四¶[小标题] 五¶[小正文·右] 六｜ 可跨页
｜\\[一]｜二\\[中]｜三[粗]｜ 高=20
｜\\^[>2][v2]｜ ｜
｜^[>2]｜\\+1¶｜
@表终
[空行]
[空行·中]
[正文·右]
[正文] \\s两边有空格\\s
[分页]
"""
    assert text == outline(author(text))


def test_a_file_that_word_saved_with_other_style_ids_shows_the_same() -> None:
    """Word gives styles new ids in its own language; names are what counts."""
    made = read_package(author(SPECIMEN))
    styles = made["word/styles.xml"].decode()
    ids = {known: f"a{number}" for number, known in enumerate(re.findall(r'w:styleId="([^"]+)"', styles))}
    pattern = re.compile(r'(<w:(?:pStyle|tblStyle|basedOn|next) w:val="|w:styleId=")([^"]+)')
    changed = {
        part.name: pattern.sub(lambda found: found[1] + ids[found[2]], part.data.decode()).encode() for part in made
    }

    assert outline(author(SPECIMEN)) == outline(write_package(changed))


def test_a_file_of_somebody_else() -> None:
    """Styles that the house does not know keep their names, and tables show their text and spans."""
    document = docx.Document()
    document.add_heading("标题一", 1)
    document.add_paragraph("条目", style="List Bullet").alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph = document.add_paragraph("普通")
    paragraph.add_run("加粗").bold = True
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    grid = document.add_table(2, 3, style="Table Grid")
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "跨行"
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = "跨列"
    document.sections[0].header.paragraphs[0].text = "页眉文字"

    shown = """\
@页面 纵向 边距=25,32,26,32
@纸张 216×279 毫米
@页眉 页眉文字
@页脚 无
[一级] 标题一
[List Bullet·中] 条目
[Normal] 普通**加粗**〔分页〕
@表 宽=33.3,33.3,33.4
｜跨行[v2]｜跨列[>2]｜
｜^｜ ｜ ｜
@表终
"""
    assert shown == outline(saved(document))


def test_a_file_without_styles_or_sections() -> None:
    """The barest Word file is shown as well."""
    shown = "@页面 纵向\n@页眉 无\n@页脚 无\n[Normal] 甲\n@表 宽=50,50\n｜乙｜丙｜\n@表终\n"

    assert shown == outline(word_file(p("甲") + table(("乙", "丙"))))


def test_what_is_not_text_is_named() -> None:
    """Pictures, text boxes, footnotes, fields and automatic numbers are shown by what they are."""
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    number = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    changes = "<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    body = f"<w:p>{number}<w:r><w:drawing/></w:r>{box}{note}</w:p><w:p>{field.format('PAGE')}{field.format('REF x')}{changes}</w:p>"

    assert (
        "[Normal·编号2级] 〔图〕〔文本框：框〕〔脚注〕\n[Normal] 〔PAGE〕1增\n"
        == outline(word_file(body)).partition("页脚 无\n")[2]
    )


def test_headers_of_other_pages_are_named() -> None:
    """A header that stands on even pages only is shown beside that of the others."""
    package = read_package(author("@页眉 甲\n[正文] 乙"))
    changed = package.replaced({"word/header2.xml": package["word/header2.xml"].replace("甲".encode(), "丙".encode())})

    assert "@页面 纵向\n@偶数页页眉 丙\n@页眉 甲\n@页脚 页码\n[正文] 乙\n" == outline(write_package(changed))


def test_a_file_that_is_none_is_named() -> None:
    """What is no Word file is refused with its name."""
    with pytest.raises(InputError, match=r"“甲\.docx”"):
        outline(b"PK", "甲.docx")
    for name in ("word/document.xml", "_rels/.rels", "word/styles.xml"):
        broken = write_package(read_package(word_file(p("甲"))).replaced({name: b"<"}))
        with pytest.raises(InputError, match=rf"“甲\.docx”的 {name} 已损坏"):
            outline(broken, "甲.docx")


TEXT = st.text(st.sampled_from("甲乙 *+\\[]｜¶^中v2>〔〕"), max_size=6)
RICH = st.tuples(TEXT, st.sampled_from(["", "**{{ x }}**", "++一++"])).map(lambda pair: _plain(pair[0]) + pair[1])
WORDS = ("正文", "顶格", "居中", "一级", "条", "小正文", "表题", "单位", "落款", "Normal")


def _plain(text: str) -> str:
    return re.sub(r"[\\\[\]*+｜¶^]", r"\\\g<0>", text)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table in house markup with whatever merges fit into its grid."""
    widths = draw(st.sampled_from([(100,), (30, 70), (20, 30, 50), ("12.5", 12, "25.5", 50)]))
    frame = [
        "@表 宽=" + ",".join(map(str, widths)),
        draw(st.sampled_from(["", "表头=1", "表头=2"])),
        "列=" + ",".join(draw(st.sampled_from("左中右")) for _ in widths),
        draw(st.sampled_from(["", "边框=无"])),
        draw(st.sampled_from(["", "字号=小", "字号=大"])),
        draw(st.sampled_from(["", "行高=9"])),
    ]
    lines = [" ".join(filter(None, frame))]
    for _ in range(draw(st.integers(1, 3))):
        lines += draw(rows(len(widths)))
    return "\n".join([*lines, "@表终"])


@st.composite
def rows(draw: st.DrawFn, width: int) -> list[str]:
    """One row, or two with merged cells that end in the second."""
    if draw(st.booleans()) and draw(st.booleans()):
        return ["｜{%tr for x in y %}｜"]
    double = draw(st.booleans())
    upper, lower, used = [], [], 0
    while used < width:
        span = draw(st.integers(1, width - used))
        used += span
        merged = double and draw(st.booleans())
        upper.append(draw(cells()) + f"[>{span}]" * (span > 1) + "[v2]" * merged)
        lower.append(("^" if merged else draw(cells())) + f"[>{span}]" * (span > 1))
    options = draw(st.sampled_from(["", " 高=12", " 可跨页", " 高=9 可跨页 同页", " 同页", " 同页"]))
    return [f"｜{'｜'.join(cells)}｜{options}" for cells in ([upper, lower] if double else [upper])]


@st.composite
def cells(draw: st.DrawFn) -> str:
    """The text and attributes of one cell."""
    begin = st.sampled_from(["", "[·右] ", "[小标题] ", "[小正文·中] "])
    pieces = draw(st.lists(st.tuples(begin, RICH).map("".join), min_size=1, max_size=3))
    marks = st.lists(st.sampled_from(["[左]", "[中]", "[右]", "[上]", "[粗]", "[头]"]), max_size=2, unique=True)
    return "¶".join(pieces) + "".join(draw(marks))


PARAGRAPHS = st.builds(
    "[{}{}] {}".format, st.sampled_from(WORDS), st.sampled_from(["", "·左", "·右", "·段前分页"]), RICH
)
LINES = st.one_of(PARAGRAPHS, tables(), st.sampled_from(["[空行]", "[分页]", "{%p if x %}"]))
PAGES = st.sampled_from(
    ["@页面 纵向", "@页面 横向 起始页=3", "@页面 封面\n[封面题名] 甲", "@页面 纵向 起始页=续\n@页脚 第页共页"]
)


@settings(max_examples=examples(60, 5_000))
@given(st.lists(st.tuples(PAGES, st.lists(LINES, max_size=4)), min_size=1, max_size=3))
def test_any_template_makes_itself_again(sections: list[tuple[str, list[str]]]) -> None:
    """author(outline(author(x))) == author(x), and the outline does not change any more."""
    text = "\n".join(line for page, lines in sections for line in (page, *lines))
    made = author(text)
    shown = outline(made)

    assert (made, shown) == (author(shown), outline(author(shown)))


def test_what_nobody_would_read_is_not_shown() -> None:
    """A file of a hundred thousand paragraphs is refused before it is taken apart."""
    with pytest.raises(InputError, match=r"样\.docx：有 90,000 段，最多显示 40,000 段。"):
        outline(word_file(p("一") * 90_000), "样.docx")
