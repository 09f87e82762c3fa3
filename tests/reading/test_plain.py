"""Plain text and Markdown: a block per line or cell, and every block exactly where the file has it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import InputError
from docgen.reading.document import Block
from docgen.reading.plain import PlainReading, read_plain
from tests.endure import examples


def read(text: str) -> PlainReading:
    """The Reading of a text."""
    return read_plain(text.encode(), "合同.txt")


def cells(text: str) -> list[tuple[int, int, int, str]]:
    """Table, row, column and text of every cell."""
    return [(b.cell.table, b.cell.row, b.cell.column, b.text) for b in read(text).blocks if b.cell]


def labels(text: str) -> list[str]:
    """The label of every paragraph."""
    return [block.label for block in read(text).blocks]


def stands(reading: PlainReading, block: Block) -> str:
    """What stands in the file where the block is said to be."""
    assert block.offset is not None
    return reading.source[block.offset : block.offset + len(block.text)]


def test_each_line_is_a_block_with_its_line_and_offset() -> None:
    """Empty lines count, and CRLF is two characters."""
    reading = read("甲方\r\n\r\n乙方\n丙方\r丁方")

    assert [(block.index, block.text, block.line, block.offset) for block in reading.blocks] == [
        (0, "甲方", 1, 0),
        (1, "", 2, 4),
        (2, "乙方", 3, 6),
        (3, "丙方", 4, 9),
        (4, "丁方", 5, 12),
    ]
    assert [reading.position(block.offset or 0) for block in reading.blocks] == [(n, 1) for n in range(1, 6)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_encodings_give_the_same_reading(encoding: str) -> None:
    """A byte order mark is not counted."""
    text = "合同总价：￥1040000元\n（大写：壹佰零肆万元整）"

    assert read_plain(text.encode(encoding), "合同.txt") == read(text)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "编码无法识别|也不是 GB18030"),
        (b"\xff\xff\xff", "既不是 UTF-8 也不是 GB18030"),
        (b"\xef\xbb\xbf\xff", "第 1 个字节起不符合"),
        (b"a\0b", "这不是文本文件"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    """Bytes of another kind are never read as letters."""
    with pytest.raises(InputError, match=reason):
        read_plain(data, "合同.txt")


def test_marks_of_markdown_do_not_disturb() -> None:
    """Marks around a paragraph are left out, those inside are blank, and offsets count every character."""
    reading = read(
        "## **第四条** 价款\n- （1）本合同书\n总价**104**元<br>大写：<u>壹佰</u>元\n**甲\n乙**\n1\\. 范围\n- 5 -"
    )
    texts = [(block.text, block.offset, block.style) for block in reading.blocks]

    assert texts == [
        ("第四条   价款", 5, "Heading2"),
        ("（1）本合同书", 16, None),
        ("总价  104  元", 24, None),
        ("大写：   壹佰    元", 38, None),
        ("甲", 54, None),
        ("乙", 56, None),
        ("1.  范围", 60, None),
        ("- 5 -", 67, None),
    ]
    assert stands(reading, reading.blocks[2]) == "总价**104**元"


def test_attributes_of_pandoc_are_blank() -> None:
    """Anchors and styles that Pandoc writes behind brackets are no text, and every character keeps its place."""
    source = "[]{#_Toc24574 .anchor}第三部分 专用条款\n地点：[ 示例\n市 ]{.underline}。\n数组[1]{x}"
    reading = read(source)

    assert [block.text.split() for block in reading.blocks] == [
        ["第三部分", "专用条款"],
        ["地点：", "示例"],
        ["市", "。"],
        ["数组[1]{x}"],
    ]
    assert all(source[block.offset or 0 :][len(block.text) - 1] == block.text[-1] for block in reading.blocks)


def test_lines_with_tabs_are_a_table() -> None:
    """Empty cells keep their column, a line of another kind ends the table."""
    assert cells("序号\t事项\t金额\n1\t培训\t\n合计\t\t100\n说明\n甲\t乙\t丙") == [
        (1, 1, 1, "序号"),
        (1, 1, 2, "事项"),
        (1, 1, 3, "金额"),
        (1, 2, 1, "1"),
        (1, 2, 2, "培训"),
        (1, 2, 3, ""),
        (1, 3, 1, "合计"),
        (1, 3, 2, ""),
        (1, 3, 3, "100"),
        (2, 1, 1, "甲"),
        (2, 1, 2, "乙"),
        (2, 1, 3, "丙"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "甲方：\t示例市应急管理局",
        "\t第一条 范围\n\t第二条 价款",
        "第一章 范围\t3\n第二章 价款\t5\n附件\t47",
        "甲方：\t\t\t乙方：",
    ],
)
def test_tabs_that_indent_or_lead_are_no_table(text: str) -> None:
    """Indents, a label before its value and a table of contents are paragraphs."""
    assert cells(text) == []


def test_a_table_goes_on_behind_the_end_of_a_page() -> None:
    """Numbers that go on, the rest of a row and a total belong to the table above; new numbers to a new one."""
    head = "序号\t事项\t金额\n"
    tables = [cell[0] for cell in cells(f"{head}1\t甲\t5\n\n2\t乙\t6\n\n\t丙\t\n\n合计\t\t11\n\n{head}1\t丁\t7")]

    assert tables == [1] * 15 + [2] * 6


def test_a_repeated_header_goes_on_or_begins_anew() -> None:
    """A header above the number that follows is that of the next page, one above number 1 that of the next table."""
    head = "序号\t事项\t金额\n"

    assert {cell[0] for cell in cells(f"{head}1\t甲\t5\n{head}2\t乙\t6")} == {1}
    assert {cell[0] for cell in cells(f"{head}1\t甲\t5\n{head}1\t乙\t6")} == {1, 2}
    assert {cell[0] for cell in cells("1\t甲\t5\n1\t甲\t5\n1\t甲\t5")} == {1}


def test_markdown_tables_are_tables() -> None:
    """Bars divide cells, the ruled line is none, the first row is the header."""
    text = "| 事项 | 金额 |\n|---|--:|\n| 培训 | **100** |\n\n甲|乙\n-|-\n丙|"

    assert cells(text) == [
        (1, 1, 1, "事项"),
        (1, 1, 2, "金额"),
        (1, 2, 1, "培训"),
        (1, 2, 2, "100"),
        (2, 1, 1, "甲"),
        (2, 1, 2, "乙"),
        (2, 2, 1, "丙"),
    ]


def test_drawn_tables_are_tables() -> None:
    """Two lines between bars are a table without a ruled line; lines that only draw are no rows."""
    rows = [(1, 1, 1, "事项"), (1, 1, 2, "金额"), (1, 2, 1, "培训"), (1, 2, 2, "100")]

    assert cells("|事项|金额|\n|培训|100|\n完") == rows
    assert cells("┌──┬──┐\n│事项│金额│\n├──┼──┤\n│培训│100│\n└──┴──┘") == rows
    assert cells("|甲|乙|") == []


def test_html_tables_keep_their_merged_cells() -> None:
    """A cell below a merged one stands in the column that a person sees it in."""
    text = (
        '<table><tr><td rowspan="2">序号</td><td colspan=2>算法</td></tr>'
        "<tr><td>单价<br/>（元）</td>\n<td>数量</td></tr></table>"
    )

    assert cells(text) == [
        (1, 1, 1, "序号"),
        (1, 1, 2, "算法"),
        (1, 2, 2, "单价"),
        (1, 2, 2, "（元）"),
        (1, 2, 3, "数量"),
    ]


def test_labels_are_the_headings_above() -> None:
    """Every level closes those below it, an annex all of them; contents are no headings."""
    text = "第一条 …… 3\n第四条 价款\n4.1 总价\n正文\n五、保密\n（一）范围\n1. 甲\n（2）乙\n附件1：报价\n二、管理\n见附件2。"

    assert labels(text) == [
        "目录",
        "第四条",
        "第四条 4.1",
        "第四条 4.1",
        "第四条 五",
        "第四条 五、（一）",
        "第四条 五、（一） 1",
        "第四条 五、（一） 1 （2）",
        "附件1",
        "附件1 二",
        "附件1 二",
    ]


@settings(max_examples=examples(300, 20_000))
@given(st.lists(st.sampled_from(["甲", "100", "\t", "\n", "\r\n", "|", "-", "**", "<br>", "<td>", "<tr>", "<table>", "</table>", "# ", "\\.", "&amp;", " ", "\f"]), max_size=40))  # fmt: skip
def test_every_block_stands_where_it_says(pieces: list[str]) -> None:
    """Whatever the text: blocks in order, each as long as what stands there, equal to it but for marks."""
    reading = read("".join(pieces))
    offsets = [block.offset or 0 for block in reading.blocks]

    assert offsets == sorted(offsets)
    for block in reading.blocks:
        there = stands(reading, block)
        assert len(there) == len(block.text)
        assert all(shown in {stood, " ", "&", ".", "\v"} for shown, stood in zip(block.text, there, strict=True))
        assert reading.position(block.offset or 0)[0] == block.line


@given(st.text("甲\r\n", max_size=20), st.integers(0, 20))
def test_a_place_is_told_by_line_and_column(source: str, offset: int) -> None:
    """As the lines of the file are counted, whichever way they end."""
    offset = min(offset, len(source))
    before = source[:offset].replace("\r\n", "\n").replace("\r", "\n")
    if source[offset - 1 : offset + 1] != "\r\n":  # nothing begins inside a line end
        expected = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        assert PlainReading("a.txt", (), source=source).position(offset) == expected
