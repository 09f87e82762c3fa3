from __future__ import annotations

import pytest

from docgen.errors import InputError
from docgen.reading.document import Cell
from docgen.reading.word import read_word
from tests.wordfiles import p, table, word_file


def texts(body: str, header: str | None = None) -> list[tuple[str, str, str]]:
    reading = read_word(word_file(body, header=header), "a.docx")
    return [(block.part, block.label, block.text) for block in reading.blocks]


def test_body_comes_before_headers() -> None:
    """A Reading lists the body first and then the headers, each block with its part."""
    expected = [("body", "", "正文"), ("header1", "页眉", "合同编号：1")]

    assert expected == texts(p("正文"), p("合同编号：", "1"))


def test_labels_follow_the_headings() -> None:
    """A paragraph is labelled by the numbers of the headings it stands under."""
    body = p("第四条　价款") + p("4.1 合同总价") + p("　　说明") + p("第五条　其他") + p("5.1 甲") + p("（1）乙")
    expected = ["第四条", "第四条 4.1", "第四条 4.1", "第五条", "第五条 5.1", "第五条 5.1 （1）"]

    assert expected == [label for _, label, _ in texts(body)]


def test_chinese_levels_are_labelled() -> None:
    """The levels 一、（一） 1. of an official document are labels too."""
    body = p("四、经费") + p("（二）支付方式") + p("1. 首付款") + p("五、保密")

    assert ["四", "四、（二）", "四、（二） 1", "五"] == [label for _, label, _ in texts(body)]


def test_an_amount_is_no_clause_number() -> None:
    """A paragraph that begins with a figure does not become a clause."""
    assert [""] == [label for _, label, _ in texts(p("1040000.00元"))]


def test_cells_know_their_row_and_grid_column() -> None:
    """A cell is found by table, row and the column a person sees, merged cells counted by their width."""
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>'
    body = table(("序号", "事项")) + f"<w:tbl><w:tr>{wide}<w:tc><w:p/></w:tc></w:tr></w:tbl>"
    reading = read_word(word_file(body), "a.docx")

    assert [Cell(1, 1, 1), Cell(1, 1, 2), Cell(2, 1, 1, column_span=2), Cell(2, 1, 3)] == [
        block.cell for block in reading.blocks
    ]


def test_nested_tables_are_read_at_their_depth() -> None:
    """A table inside a cell is read in place, one level deeper."""
    inner = table(("内",))
    body = f"<w:tbl><w:tr><w:tc>{p('外')}{inner}<w:p/></w:tc></w:tr></w:tbl>"
    reading = read_word(word_file(body), "a.docx")

    assert [("外", 1), ("内", 2), ("", 1)] == [(b.text, b.cell.depth if b.cell else 0) for b in reading.blocks]


def test_a_text_box_is_read_once() -> None:
    """A text box stands in the file as Choice and as Fallback, and is one block."""
    box = "<wps:txbx><w:txbxContent>" + p("盖章处") + "</w:txbxContent></wps:txbx>"
    fallback = "<mc:Fallback><w:pict><w:txbxContent>" + p("盖章处") + "</w:txbxContent></w:pict></mc:Fallback>"
    drawing = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>{fallback}</mc:AlternateContent></w:r>"
    body = f"<w:p>{drawing}<w:r><w:t>甲方</w:t></w:r></w:p>" + p("乙方")

    assert ["甲方", "盖章处", "乙方"] == [text for _, _, text in texts(body)]


def test_inserted_text_is_seen_and_deleted_text_is_not() -> None:
    """Text of content controls, fields and insertions is visible; deletions and field codes are not."""
    body = (
        "<w:p><w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:sdt><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:tab/><w:t>尾</w:t><w:br/></w:r></w:p>"
    )

    assert ["增控\t尾\n"] == [text for _, _, text in texts(body)]


def test_a_damaged_part_is_refused() -> None:
    """A part that is not XML stops the reading with the file and the part named."""
    with pytest.raises(InputError, match=r"a\.docx：其中的 word/document\.xml 不是完好的 XML"):
        read_word(word_file("<w:p>"), "a.docx")


def test_headings_without_numbers_name_what_follows() -> None:
    """A heading without a number closes those before it and names what follows; the first of all is the title."""

    def heading(text: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="heading 1"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    body = (
        heading("委托合同")
        + p("第一条 总则")
        + heading("项目报价")
        + p("说明")
        + p("一、人员")
        + heading("第二条 价款")
    )
    more = heading("附录") + heading("3 验收") + p("3.1 初验") + heading("4 付款")

    assert ["", "第一条", "项目报价", "项目报价", "项目报价 一", "项目报价 第二条"] == [
        label for _, label, _ in texts(body)
    ]
    assert ["附录", "附录 3", "附录 3.1", "附录 4"] == [label for _, label, _ in texts(body + more)][6:]


def test_decimal_numbers_stand_under_their_first_figure() -> None:
    """Where 1.1 stands under 1., the next figure closes it; under an article it does not."""
    one = [label for _, label, _ in texts("".join(map(p, ("1. 总则", "1.1 甲", "1.2 乙", "2. 价款", "2.1 丙"))))]
    other = [label for _, label, _ in texts("".join(map(p, ("第一条", "1.1 甲", "1. 子", "2. 子"))))]

    items = [
        label for _, label, _ in texts("".join(map(p, ("6. 总则", "6.1 甲", "1. 子", "6.2 乙", "1. 子", "7. 价款"))))
    ]

    assert ["1", "1.1", "1.2", "2", "2.1"] == one
    assert ["6", "6.1", "6.1 1", "6.2", "6.2 1", "7"] == items
    assert ["第一条", "第一条 1.1", "第一条 1.1 1", "第一条 1.1 2"] == other
