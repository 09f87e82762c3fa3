"""What stands in papers of other people's making."""

from __future__ import annotations

from time import process_time

from docgen.reading.document import Block, Cell, Reading
from docgen.reading.plain import read_plain
from docgen.reading.word import read_word
from docgen.template.author import author
from docgen.template.author.reader import read_manuscript
from docgen.template.papers.items import Item, is_house, items_of_reading, items_of_word
from docgen.word.package import write_package
from tests.wordfiles import word_files

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def para(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_numbers_that_word_counts_stand_before_their_paragraphs() -> None:
    """An automatic number is part of what a reader sees, and becomes text that is told as a heading's."""
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = para("服务合同", '<w:jc w:val="center"/>') + para("总则", listed) + para("甲方付款。") + para("附则", listed)
    data = write_package(word_files(body, parts={"numbering": NUMBERING}))
    manuscript = read_manuscript(data)

    assert not is_house(manuscript)
    assert items_of_word(manuscript, read_word(data, "a.docx")) == [
        Item("服务合同", "第1段", centred=True), Item("一、总则", "第2段"), Item("甲方付款。", "第3段"),
        Item("二、附则", "第4段"),
    ]  # fmt: skip


def test_a_file_in_the_styles_of_the_house_is_known() -> None:
    """What was made of house markup is read as such."""
    assert is_house(read_manuscript(author("[标题] 合同\n[正文] 甲\n[一级] 乙\n[顶格] 丙\n")))


def test_tables_get_widths_alignment_and_heads() -> None:
    """A table of a text is one of the house: amounts to the right, a head over two rows merged."""
    text = "| 序号 | 事项 | 算法 |  | 金额（元） |\n|---|---|---|---|---|\n|  |  | 单价 | 数量 |  |\n| 1 | 甲 | 10.00 | 3 | 30.00 |\n"

    (item,) = items_of_reading(read_plain(text.encode(), "a.md"))

    assert item.table[1:] == (
        "｜序号[v2]｜事项[v2]｜算法[>2]｜金额（元）[v2]｜", "｜^｜^｜单价｜数量｜^｜", "｜1｜甲｜10.00｜3｜30.00｜", "@表终",
    )  # fmt: skip
    assert item.table[0].split()[2:] == ["表头=2", "列=中,中,中,中,右", "字号=小"]


def test_a_cell_over_many_rows_goes_on_in_all_of_them() -> None:
    """However far down it reaches, what is below it is no cell of its own."""
    cells = [Cell(1, 1, 1, row_span=3), Cell(1, 1, 2), Cell(1, 2, 2), Cell(1, 3, 2), Cell(1, 4, 1), Cell(1, 4, 2)]
    texts = ["甲", "一", "二", "三", "乙", "四"]
    blocks = [Block(at, "body", at, text, cell=cell) for at, (text, cell) in enumerate(zip(texts, cells, strict=True))]

    (item,) = items_of_reading(Reading("a.pdf", tuple(blocks)))

    assert item.table[1:-1] == ("｜甲[v3]｜一｜", "｜^｜二｜", "｜^｜三｜", "｜乙｜四｜")


def test_a_long_table_takes_no_longer_than_it_is_long() -> None:
    """Each row is looked at once: what took a minute takes a second or two."""
    text = "| 名称 | 数量 |\n|---|---|\n" + "| 设备 | 3 |\n" * 20_000
    reading = read_plain(text.encode(), "a.md")

    started = process_time()
    (item,) = items_of_reading(reading)

    assert len(item.table) == 20_003
    assert process_time() - started < 15
