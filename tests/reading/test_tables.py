from __future__ import annotations

from docgen.reading.tables import tables
from docgen.reading.word import read_word
from tests.wordfiles import p, table, word_file


def test_a_table_is_a_grid_with_its_lead() -> None:
    """A table gives its cells by row and column, and the paragraphs just before it."""
    body = p("附件1") + p("报价表") + p("单位：元") + table(("序号", "金额"), ("1", "100")) + p("完")
    (found,) = tables(read_word(word_file(body), "a"))

    assert [["序号", "金额"], ["1", "100"]] == [[cell.text for cell in row] for row in found.rows]
    assert ["附件1", "报价表", "单位：元"] == [block.text for block in found.lead]
    assert (found.at(2, 2) or found.rows[0][0]).text == "100"
    assert found.at(3, 1) is None


def test_a_merged_cell_covers_its_columns() -> None:
    """A cell over two columns is found under either of them."""
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("算法")}</w:tc>'
    (found,) = tables(read_word(word_file(f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>"), "a"))

    assert found.at(1, 1) is not None
    assert found.at(1, 1) == found.at(1, 2)
