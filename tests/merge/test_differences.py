from __future__ import annotations

from docgen.merge.differences import Difference, Spot, differences
from tests.wordfiles import p, word_file


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{p(text)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_what_was_changed_put_in_and_taken_out_is_told_in_order() -> None:
    """A reworded paragraph is one difference with both texts; the others have one text."""
    old = word_file(p("第一条") + p("合同总价为一万元") + p("附则"))
    new = word_file(p("第一条") + p("合同总价共计一万元") + p("新增的约定") + p("附则（新）"))

    assert differences(old, new) == [
        Difference("合同总价为一万元", "合同总价共计一万元", Spot("body", 1), Spot("body", 1)),
        Difference(None, "新增的约定", None, Spot("body", 2)),
        Difference("附则", "附则（新）", Spot("body", 2), Spot("body", 3)),
    ]


def test_tables_are_told_by_cell_and_by_row() -> None:
    """A cell that was changed is told alone, a row that was put in as a whole."""
    old = word_file(_table(("甲", "10"), ("乙", "20")))
    new = word_file(_table(("甲", "10"), ("丙", "30"), ("乙", "25")))

    assert differences(old, new) == [
        Difference(None, "丙\t30", None, Spot("body", 2)),
        Difference("20", "25", Spot("body", 3), Spot("body", 5)),
    ]


def test_formatting_is_no_difference() -> None:
    """The same words in other runs are the same words."""
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>方</w:t></w:r></w:p>"

    assert differences(word_file(p("甲方"), header=p("页眉")), word_file(bold, header=p("页眉"))) == []


def test_numbers_of_pages_are_no_difference() -> None:
    """What a program counts whenever it lays out the pages was typed by nobody; the words around it were."""
    page = '<w:p><w:r><w:t>第</w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>{}</w:t></w:r></w:fldSimple>{}</w:p>'
    old, counted = word_file(p("甲方"), header=page.format(1, "")), word_file(p("甲方"), header=page.format(12, ""))
    reworded = word_file(p("甲方"), header=page.format(12, "<w:r><w:t>页</w:t></w:r>"))

    assert differences(old, counted) == []
    assert [(d.old, d.new) for d in differences(old, reworded)] == [("第1", "第12页")]
