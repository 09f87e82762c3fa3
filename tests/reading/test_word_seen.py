"""What a person sees of a Word file, and what not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.reading.document import Block, Cell, Reading
from docgen.reading.word import read_word
from docgen.word.package import read_package, write_package
from docgen.word.parts import parse
from docgen.word.sight import sight_in
from docgen.word.text import paragraphs
from tests.wordfiles import p, table, word_file, word_files

HIDING = (
    '<w:style w:type="character" w:styleId="Off"><w:name w:val="Off"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Child"><w:name w:val="Child"/><w:basedOn w:val="Off"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def read(body: str, **more: object) -> Reading:
    return read_word(write_package(word_files(body, **more)), "a.docx")  # type: ignore[arg-type]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def edge(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def first(body: str, **more: object) -> Block:
    return read(f"<w:p>{body}</w:p>", **more).blocks[0]


SEEN = {
    "insertion": (f"<w:ins>{run('增')}</w:ins>", "增"),
    "moved here": (f"<w:moveTo>{run('移')}</w:moveTo>", "移"),
    "link": (f"<w:hyperlink r:id='x'>{run('链')}</w:hyperlink>", "链"),
    "smart tag": (f"<w:smartTag><w:smartTagPr/>{run('签')}</w:smartTag>", "签"),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控')}</w:sdtContent></w:sdt>", "控"),
    "simple field": (f"<w:fldSimple w:instr='PAGE'>{run('3')}</w:fldSimple>", "3"),
    "field": (edge("begin") + instruction("PAGE") + edge("separate") + run("3") + edge("end"), "3"),
    "field in an instruction": (
        edge("begin") + instruction("IF ") + edge("begin") + instruction("N") + edge("separate") + run("1") + edge("end")
        + instruction("=1") + edge("separate") + run("甲") + edge("end") + run("乙"),
        "甲乙",
    ),
    "field without result": (edge("begin") + instruction("XE 索引") + edge("end") + run("甲"), "甲"),
    "ruby": (f"<w:r><w:ruby><w:rt>{run('yi')}</w:rt><w:rubyBase>{run('壹')}</w:rubyBase></w:ruby></w:r>", "壹"),
    "tab, break, hyphens": (
        "<w:r><w:tab/><w:t>甲</w:t><w:br/><w:noBreakHyphen/><w:softHyphen/><w:t>乙</w:t></w:r>", "\t甲\n-乙",
    ),
    "ballot box": ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
    "sign in a plain font": ('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>', "①"),
    "unknown sign": ('<w:r><w:sym w:font="Foo" w:char="F0FF"/></w:r>', "•"),
    "sign of the web": (
        '<w:r><mc:AlternateContent xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"><mc:Choice>'
        '<w16se:symEx w16se:font="宋体" w16se:char="2461"/></mc:Choice><mc:Fallback><w:t>②</w:t></mc:Fallback>'
        "</mc:AlternateContent></w:r>",
        "②",
    ),
    "line break in the XML": ("<w:r><w:t>甲\n乙</w:t></w:r>", "甲 乙"),
    "off is not hidden": (run("见", '<w:vanish w:val="0"/>') + run("网", "<w:webHidden/>"), "见网"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "text"), SEEN.values(), ids=SEEN)
def test_what_is_seen(body: str, text: str) -> None:
    """Each kind of content shows exactly its text, and nothing of it is unseen."""
    block = first(body)

    assert (text, "") == (block.text, block.unseen)


UNSEEN = {
    "deletion": ("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "删"),
    "moved away": (f"<w:moveFrom>{run('移')}</w:moveFrom>", "移"),
    "hidden": (run("藏", "<w:vanish/>"), "藏"),
    "hidden by its style": (run("藏", '<w:rStyle w:val="Off"/>'), "藏"),
    "hidden by what its style is based on": (run("藏", '<w:rStyle w:val="Child"/>'), "藏"),
    "hidden with its paragraph": ('<w:pPr><w:pStyle w:val="Gone"/></w:pPr>' + run("藏"), "藏"),
}


@pytest.mark.parametrize(("body", "text"), UNSEEN.values(), ids=UNSEEN)
def test_what_is_not_seen(body: str, text: str) -> None:
    """What is deleted, moved away or hidden is known, and no part of the text."""
    block = first(body + run("见", '<w:vanish w:val="false"/>'), parts={"styles": HIDING})

    assert ("见", text) == (block.text, block.unseen)


def test_hidden_text_is_reported() -> None:
    """A reader is told that a file hides text, and where; deletions are a matter of the revision."""
    reading = read(p("第一条 总则") + f"<w:p>{run('藏', '<w:vanish/>')}</w:p>")

    assert ("隐藏文字 1 处（第一条，“藏”）：在屏幕和打印件上看不到，未参加核对",) == reading.unread


RUNS = st.lists(
    st.tuples(
        st.sampled_from(["plain", "hidden", "deleted", "tab", "sym", "field", "sdt", "box"]),
        st.text("甲1 ,", max_size=4),
    ),
    max_size=8,
)


SPELLED = {"Off": '"Off"', "in other quotes": "'Off'", "by a figure": '"&#79;ff"'}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("style", SPELLED.values(), ids=SPELLED)
def test_hidden_text_is_hidden_however_it_is_spelled(style: str, encoding: str) -> None:
    """A style that hides text is known by whatever spelling names it, in long parts and in other encodings too."""
    body = f"<w:p>{run('看得见')}{run('隐藏', f'<w:rStyle w:val={style}/>')}</w:p>{p('长' * 15_000)}"
    files = word_files(body, parts={"styles": HIDING})
    main = files["word/document.xml"].decode().replace("UTF-8", encoding.upper())
    files["word/document.xml"] = main.encode(encoding)

    blocks = read_word(write_package(files), "a.docx").blocks

    assert [("看得见", "隐藏"), ("长" * 15_000, "")] == [(block.text, block.unseen) for block in blocks]


def written(kind: str, text: str) -> str:
    return {
        "plain": run(text),
        "hidden": run(text, "<w:vanish/>"),
        "deleted": f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>",
        "tab": f"<w:r><w:t>{text}</w:t><w:tab/></w:r>",
        "sym": '<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>',
        "field": edge("begin") + run(text) + edge("separate") + run(text) + edge("end"),
        "sdt": f"<w:sdt><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>",
        "box": f"<w:r><w:pict><w:txbxContent>{p(text)}</w:txbxContent></w:pict></w:r>",
    }[kind]


@given(RUNS)
def test_every_character_has_its_element(kinds: list[tuple[str, str]]) -> None:
    """Whatever a paragraph is made of, the stretches are its text, without gaps, and the paragraphs are found again."""
    data = word_file(f"<w:p>{''.join(written(*each) for each in kinds)}</w:p>" + p("尾"))
    package = read_package(data)
    found = paragraphs(parse(package["word/document.xml"]))
    sight = sight_in(package)

    for block in read_word(data, "a").blocks:
        stretches = sight.stretches(found[block.position])
        assert block.text == "".join(stretch.text for stretch in stretches)
        assert [0, *(stretch.end for stretch in stretches)] == [
            *(stretch.start for stretch in stretches),
            len(block.text),
        ]


def test_a_text_box_is_labelled_as_one() -> None:
    """The text of a box, drawn in the old way too, follows its paragraph and is named as a box."""
    box = f"<w:r><w:pict><w:txbxContent>{p('第九条')}</w:txbxContent></w:pict></w:r>"
    blocks = read(p("第一条 总则") + f"<w:p>{run('正文')}{box}</w:p>" + p("尾")).blocks

    assert [("第一条", 0), ("第一条", 1), ("第一条 文本框", 2), ("第一条", 3)] == [
        (b.label, b.position) for b in blocks
    ]


def test_controls_and_tables_nest() -> None:
    """Content controls around paragraphs, rows and cells change nothing of the grid."""
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{cell.format('甲')}{control.format(cell.format('乙'))}</w:tr>"
    body = control.format(p("前")) + f"<w:tbl>{control.format(row)}<w:tr>{cell.format('丙')}</w:tr></w:tbl>"

    assert [("前", None), ("甲", Cell(1, 1, 1)), ("乙", Cell(1, 1, 2)), ("丙", Cell(1, 2, 1))] == [
        (block.text, block.cell) for block in read(body).blocks
    ]


RESTART = ' w:val="restart"'


def merged(text: str, down: str = "", span: int = 1) -> str:
    properties = f'<w:gridSpan w:val="{span}"/>' + (f"<w:vMerge{down}/>" if down else "")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_merged_cells_stand_once() -> None:
    """A cell over rows and columns stands in its first row with its reach; rows may begin further right."""
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    later = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    body = (
        f"<w:tbl><w:tr>{head}{merged('序', RESTART)}{merged('价', span=2)}</w:tr>"
        f"<w:tr>{head}{merged('', ' ')}{merged('单')}{merged('总')}</w:tr>"
        f"<w:tr>{later}{merged('1')}{merged('2')}</w:tr></w:tbl>"
    )
    reading = read(body)

    assert [
        ("序", 0, Cell(1, 1, 1, row_span=2, header=True)),
        ("价", 1, Cell(1, 1, 2, column_span=2, header=True)),
        ("单", 3, Cell(1, 2, 2, header=True)),
        ("总", 4, Cell(1, 2, 3, header=True)),
        ("1", 5, Cell(1, 3, 2)),
        ("2", 6, Cell(1, 3, 3)),
    ] == [(block.text, block.position, block.cell) for block in reading.blocks]
    assert () == reading.unread


def test_deleted_rows_are_not_there() -> None:
    """A row that a revision deletes is no row of the table; what follows moves up."""
    gone = "<w:trPr><w:del/></w:trPr>"
    deleted = "<w:tc><w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p></w:tc>"
    reading = read(f"<w:tbl><w:tr>{merged('甲')}</w:tr><w:tr>{gone}{deleted}</w:tr><w:tr>{merged('乙')}</w:tr></w:tbl>")

    assert [("甲", 0, Cell(1, 1, 1)), ("乙", 2, Cell(1, 2, 1))] == [
        (b.text, b.position, b.cell) for b in reading.blocks
    ]
    assert () == reading.unread


def test_text_under_a_merged_cell_is_reported() -> None:
    """Text that a merged cell covers is seen by nobody, and said to be there."""
    body = f"<w:tbl><w:tr>{merged('甲', RESTART)}</w:tr><w:tr>{merged('盖住', ' ')}</w:tr></w:tbl>" + p("尾")
    reading = read(body)

    assert ["甲", "尾"] == [block.text for block in reading.blocks]
    assert ("被合并单元格盖住的文字 1 处（表1，“盖住”）：在屏幕和打印件上看不到，未参加核对",) == reading.unread


def test_only_headers_that_are_shown_are_read() -> None:
    """Headers and footers are read once each, if a section refers to them and the page has them."""
    first, second = (
        '<w:headerReference w:type="default" r:id="header2"/>',
        '<w:headerReference w:type="first" r:id="header3"/>',
    )
    body = f"<w:p><w:pPr><w:sectPr>{first}{second}<w:titlePg/></w:sectPr></w:pPr></w:p>"
    section = (
        '<w:headerReference w:type="default" r:id="header2"/><w:headerReference w:type="even" r:id="header1"/>'
        '<w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="first" r:id="footer2"/>'
    )
    parts = {f"header{n}": p(f"页眉{n}") for n in range(1, 5)} | {f"footer{n}": p(f"页脚{n}") for n in (1, 2)}
    even = {"settings": "<w:evenAndOddHeaders/>"}

    def shown(**more: str) -> list[tuple[str, str, str]]:
        blocks = read(body, section=section, parts=parts | more).blocks[1:]
        return [(block.part, block.label, block.text) for block in blocks]

    assert [("header2", "页眉", "页眉2"), ("header3", "页眉", "页眉3"), ("footer1", "页脚", "页脚1")] == shown()
    assert ["header2", "header3", "header1", "footer1"] == [part for part, _, _ in shown(**even)]


def test_notes_are_labelled_by_their_numbers() -> None:
    """Footnotes that the text refers to are read with their numbers; separators and forgotten ones are not."""
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id='3'/></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    )
    note = "<w:footnote w:id='{}'>{}</w:footnote>"
    notes = (
        note.format("-1", p("线"))
        + note.format("2", p("二"))
        + note.format("3", p("一") + p("续"))
        + note.format("4", p("忘"))
    )
    blocks = read(body, parts={"footnotes": notes}).blocks

    assert [("甲", "", 0), ("二", "脚注2", 1), ("一", "脚注1", 2), ("续", "脚注1", 3)] == [
        (block.text, block.label, block.position) for block in blocks
    ]


def test_tables_are_counted_over_the_file() -> None:
    """A table in a header has a number of its own."""
    section = '<w:headerReference w:type="default" r:id="header1"/>'
    blocks = read(table(("甲",)), section=section, parts={"header1": table(("乙",))}).blocks

    assert ["表1 第1行第1列", "页眉 表2 第1行第1列"] == [block.label for block in blocks]


def test_contents_lists_open_no_clause() -> None:
    """A line of a table of contents is labelled as one and opens no clause."""
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    body = '<w:p><w:pPr><w:pStyle w:val="11"/></w:pPr><w:r><w:t>第三条 价款</w:t></w:r></w:p>' + p("正文")
    blocks = read(body, parts={"styles": styles}).blocks

    assert [("目录", "toc 1"), ("", None)] == [(block.label, block.style) for block in blocks]


STRANGE = {
    "picture": (
        '<w:r><w:drawing><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing></w:r>',
        "图片 1 处：图片中的文字不能识别",
    ),
    "old picture": (
        '<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict></w:r>',
        "图片 1 处：图片中的文字不能识别",
    ),
    "chart": (
        '<w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r>',
        "图表 1 处：图表中的文字未读取",
    ),
    "smart art": (
        '<w:r><w:drawing><d:relIds xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></w:drawing></w:r>',
        "SmartArt 图示 1 处：图示中的文字未读取",
    ),
    "object": (
        '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/></w:object></w:r>',
        "嵌入对象 1 处：对象的内容未读取",
    ),
    "formula": (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>a</m:t></m:r></m:oMath>',
        "公式 1 处：公式未读取",
    ),
}


@pytest.mark.parametrize(("body", "told"), STRANGE.values(), ids=STRANGE)
def test_what_is_no_text_is_named(body: str, told: str) -> None:
    """What cannot be read as text is named, with the reason."""
    reading = read(f"<w:p>{body}</w:p>")

    assert ("",) == tuple(block.text for block in reading.blocks)
    assert (told,) == reading.unread


def test_what_lies_elsewhere_is_named() -> None:
    """What a file would fetch or run is named, an ordinary link is not."""
    relations = [
        ("a", "hyperlink", "http://example.com/"),
        ("b", "image", "http://example.com/a.png"),
        ("c", "attachedTemplate", "https://example.com/a.dotm"),
        ("d", "attachedTemplate", "file:///C:/Normal.dotm"),
        ("e", "vbaProject", "vbaProject.bin"),
    ]
    reading = read(p("甲") + '<w:altChunk r:id="z"/>', relations=relations)

    assert (
        "插入的文件 1 处：其内容未读取",
        "外部图片（http://example.com/a.png）：不在文件里，没有读取",
        "外部模板（https://example.com/a.dotm）：不在文件里，没有读取",
        "宏（VBA 程序）：没有运行，也没有读取",
    ) == reading.unread


def test_strict_files_read_alike() -> None:
    """The names of Strict Open XML are read as the usual ones, relationships too."""
    files = word_files(
        p("第一条") + table(("甲",)),
        section='<w:headerReference w:type="default" r:id="header1"/>',
        parts={"header1": p("页眉")},
    )
    strict = {
        name: data.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/")
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/")
        for name, data in files.items()
    }  # fmt: skip

    assert strict != files
    assert read_word(write_package(files), "a") == read_word(write_package(strict), "a")


def test_parts_may_have_other_names() -> None:
    """The main part is the one that the package names, wherever it lies; its blocks are the body's."""
    files = word_files(p("甲"))
    moved = {name.replace("word/document.xml", "word/document2.xml"): data for name, data in files.items()}
    moved["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")

    assert [("body", "甲")] == [(block.part, block.text) for block in read_word(write_package(moved), "a").blocks]
