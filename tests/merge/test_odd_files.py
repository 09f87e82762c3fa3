"""Awkward things in people's files: fields, text boxes, comments, merged cells, notes; none is lost or broken."""

from __future__ import annotations

import re

import pytest

from docgen.merge.three_way import Merged, Version, merge
from docgen.reading.word import read_word
from docgen.word.package import read_package, write_package
from tests.tracked import accepted, refused
from tests.word.structure import faults
from tests.wordfiles import p, word_file, word_files

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_EDGE = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
FIELD = (
    f"{_EDGE.format('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{_EDGE.format('separate')}"
    f"<w:r><w:t>第三条</w:t></w:r>{_EDGE.format('end')}"
)


def test_words_at_the_edge_of_a_field_stand_outside_of_it() -> None:
    """Else they would go when the field is counted anew."""
    base, mine = word_file(f"<w:p>{_run('见')}{FIELD}</w:p>"), word_file(f"<w:p>{_run('详见')}{FIELD}</w:p>")
    theirs = word_file(f"<w:p>{_run('见合同')}{FIELD}{_run('，总价150元')}</w:p>")

    merged = _merge(base, mine, theirs)

    assert _texts(merged) == ["详见合同第三条，总价150元"]
    between = re.search("separate.*end", _body(merged))
    assert between is not None
    assert re.findall("<w:t[^>]*>([^<]*)<", between[0]) == ["第三条"]


def test_words_beside_a_link_are_not_in_it() -> None:
    """A link stays as long as it was."""
    link = f'<w:hyperlink w:anchor="x">{_run("附件")}</w:hyperlink>'
    base, mine = word_file(f"<w:p>{_run('见')}{link}</w:p>"), word_file(f"<w:p>{_run('请见')}{link}</w:p>")

    merged = _merge(base, mine, word_file(f"<w:p>{_run('见')}{link}{_run('和清单')}</w:p>"))

    assert _texts(merged) == ["请见附件和清单"]
    assert link in _body(merged)


def test_both_copies_of_a_text_box_change_alike() -> None:
    """Older programs show what newer ones do."""
    merged = _merge(word_file(_box("总价100元")), word_file(_box("总价100元，含税")), word_file(_box("总价150元")))

    boxes = re.findall("<w:txbxContent>.*?</w:txbxContent>", _body(merged))
    assert ["".join(re.findall("<w:t[^>]*>([^<]*)<", box)) for box in boxes] == ["总价150元，含税"] * 2


def test_a_change_in_a_box_that_the_person_took_out_is_told() -> None:
    """It has no place any more."""
    merged = _merge(
        word_file(_box("总价100元") + p("甲")), word_file(p("") + p("甲")), word_file(_box("总价150元") + p("甲"))
    )

    assert (_texts(merged), merged.said) == (["", "甲"], ("文本框的改动没有并入（文本框的个数变了）：总价150元",))


def test_the_first_row_of_merged_cells_taken_out_leaves_them_merged() -> None:
    """The next row begins the merged cell then, and says what the first one said."""
    first, second, third = (
        _row(_cell(kind, merge), _cell(work))
        for kind, merge, work in (("类", RESTART, "甲的工作"), ("", CONTINUE, "乙的工作"), ("", CONTINUE, "丙的工作"))
    )
    edited = second.replace("乙的工作", "乙的工作（改）")
    begins = _row(_cell("类", RESTART), _cell("乙的工作"))

    merged = _merge(_table(first, second, third), _table(first, edited, third), _table(begins, third))

    assert _texts(merged) == ["类", "乙的工作（改）", "丙的工作", ""]
    assert re.findall("<w:vMerge[^>]*>", _body(merged)) == [RESTART, CONTINUE]


def test_a_row_put_in_before_merged_cells_begins_them() -> None:
    """The row that began them goes on with them."""
    first, second = _row(_cell("类", RESTART), _cell("甲的工作")), _row(_cell("", CONTINUE), _cell("乙的工作"))
    new = [_row(_cell("类", RESTART), _cell("新的事项")), _row(_cell("", CONTINUE), _cell("甲的工作")), second]

    merged = _merge(_table(first, second), _table(first, second.replace("乙的", "乙方的")), _table(*new))

    assert _visible(merged.data) == ["类", "新的事项", "甲的工作", "乙方的工作"]
    assert re.findall("<w:vMerge[^>]*>", _body(merged)) == [RESTART, CONTINUE, CONTINUE]


def test_a_moved_clause_takes_the_new_figure_where_it_stands_now() -> None:
    """It is not put in a second time."""
    clauses = ["总则说明文字", "第一条合同价款为100元整", "第二条双方的义务", "第三条争议的管辖"]
    new = [clauses[0], "第一条合同价款为150元整", *clauses[2:]]
    own = [clauses[0], *clauses[2:], clauses[1]]

    merged = _merge(*(word_file("".join(map(p, each))) for each in (clauses, own, new)))

    assert (_texts(merged), merged.conflicts) == ([clauses[0], *clauses[2:], new[1]], ())


@pytest.mark.parametrize(
    "own",
    [
        "<w:p><w:r><w:t>乙</w:t></w:r><w:r><w:drawing/></w:r></w:p>",
        '<w:p><w:r><w:t>乙</w:t></w:r><w:del w:id="7" w:author="张三"><w:r><w:tab/></w:r></w:del></w:p>',
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>乙</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>',
    ],
    ids=["picture", "change", "comment"],
)  # fmt: skip
def test_a_paragraph_with_remarks_or_pictures_is_only_struck_out(own: str) -> None:
    """Where the data have it no more, a person decides."""
    comments = {"comments": '<w:comment w:id="0" w:author="张三"><w:p/></w:comment>'} if "comment" in own else {}
    mine = write_package(word_files(p("甲") + own + p("丁"), parts=comments))

    merged = _merge(word_file(p("甲") + p("乙") + p("丁")), mine, word_file(p("甲") + p("丁")))

    assert [conflict.base for conflict in merged.conflicts] == ["乙"]
    settled = (accepted(merged.data), refused(merged.data))
    assert ["".join("".join(_visible(data)).split()) for data in settled] == ["甲丁", "甲乙丁"]


def test_half_a_bookmark_stays_where_its_paragraph_was() -> None:
    """Else Word would find its other half alone."""
    start, end = '<w:bookmarkStart w:id="1" w:name="x"/>', '<w:bookmarkEnd w:id="1"/>'
    mine = word_file(p("甲") + f"<w:p>{start}{_run('乙')}</w:p><w:p>{_run('丙')}{end}</w:p>")

    merged = _merge(word_file(p("甲") + p("乙") + p("丙")), mine, word_file(p("甲") + p("丙")))

    assert _texts(merged) == ["甲", "丙"]
    assert (start in _body(merged), end in _body(merged)) == (True, True)


def test_a_header_never_loses_its_last_paragraph() -> None:
    """Word calls a header without one damaged."""
    base = word_file(p("甲"), header=p("编号一") + p("编号二"))
    _merge(base, word_file(p("甲乙"), header=p("编号一") + p("编号二")), word_file(p("甲"), header="<w:p/>"))
    _merge(base, word_file(p("甲乙"), header=p("编号一") + p("编号二")), word_file(p("甲"), header=p("编号二")))


def test_a_clause_written_anew_is_struck_out_as_a_whole() -> None:
    """Pieces of both sentences side by side would be one that nobody wrote."""
    base = "第一条甲方应当向乙方支付合同价款人民币100元整。"
    mine, theirs = "第一条付款的安排另见补充协议，双方再行商定。", base.replace("100", "150")

    merged = _merge(*(word_file(p(text)) for text in (base, mine, theirs)))

    assert [(c.base, c.mine, c.theirs) for c in merged.conflicts] == [(base, mine, theirs)]
    assert [_visible(data) for data in (accepted(merged.data), refused(merged.data))] == [[theirs], [mine]]


def test_a_clause_that_the_template_has_anew_is_taken_or_left_as_a_whole() -> None:
    """Who refuses the new clause has the person's, word for word."""
    base, theirs = "乙方应当于收到通知后10日内提交成果。", "成果的提交见附件2。"
    mine = base.replace("收到通知", "收到书面通知")

    merged = _merge(*(word_file(p(text)) for text in (base, mine, theirs)))

    assert [_visible(data) for data in (accepted(merged.data), refused(merged.data))] == [[theirs], [mine]]


def test_a_header_that_the_template_has_anew_is_told() -> None:
    """The person's file has no place for it."""
    merged = _merge(word_file(p("甲")), word_file(p("甲乙")), word_file(p("甲"), header=p("编号121")))

    assert merged.said == ("页眉的改动没有并入：这份文件里没有它的位置。",)
    assert _merge(word_file(p("甲")), word_file(p("甲乙")), word_file(p("甲"), header=p(""))).notes == ()


def test_what_both_struck_out_is_gone_without_a_word() -> None:
    """A tracked deletion by the person stays as it is."""
    gone = (
        '<w:p><w:pPr><w:rPr><w:del w:id="4" w:author="张三"/></w:rPr></w:pPr>'
        '<w:del w:id="5" w:author="张三"><w:r><w:delText>乙100元</w:delText></w:r></w:del></w:p>'
    )
    base, theirs = word_file(p("甲") + p("乙100元") + p("丙")), word_file(p("甲") + p("丙"))

    merged = _merge(base, word_file(p("甲") + gone + p("丙")), theirs)

    assert (merged.conflicts, _texts(_merge(base, word_file(p("甲") + p("") + p("丙")), theirs))) == ((), ["甲", "丙"])
    assert gone in _body(merged)


def test_a_deletion_is_marked_once_however_many_ask_for_it() -> None:
    """Word calls a file with two such marks damaged."""
    own = '<w:p><w:pPr><w:rPr><w:ins w:id="4" w:author="张三"/></w:rPr></w:pPr><w:r><w:t>乙（改）</w:t></w:r></w:p>'
    row = '<w:tr><w:trPr><w:del w:id="5" w:author="张三"/></w:trPr>' + _cell("甲", "") + _cell("一改") + "</w:tr>"

    merged = _merge(word_file(p("甲") + p("乙")), word_file(p("甲") + own), word_file(p("甲")))
    rows = _merge(
        _table(_row(_cell("甲"), _cell("一")), _row(_cell("尾"), _cell("二"))),
        _table(row, _row(_cell("尾"), _cell("二"))),
        _table(_row(_cell("尾"), _cell("二"))),
    )

    assert re.findall("<w:(ins|del) [^>]*/>", _body(merged)) == ["ins", "del"]
    assert len(re.findall("<w:trPr><w:del [^>]*/></w:trPr>", _body(rows))) == 1


def test_a_column_that_the_person_put_in_is_no_conflict() -> None:
    """The figures of the data come into their own cells."""
    base, theirs = (_table(_row(_cell("监测工作"), _cell(figure))) for figure in ("100", "150"))
    mine = _table(_row(_cell("监测工作"), _cell("每年一次"), _cell("100")))

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert (_visible(merged.data), merged.conflicts) == (["监测工作", "每年一次", "150"], ())


def test_a_cell_that_the_person_took_out_and_the_data_changed_is_told() -> None:
    """The row of the data stands beside the person's, tracked."""
    base, theirs = (_table(_row(_cell("监测工作"), _cell(figure))) for figure in ("100", "150"))

    merged = merge(Version(base), Version(_table(_row(_cell("监测工作")))), Version(theirs))

    assert [(c.mine, c.theirs) for c in merged.conflicts] == [("监测工作", "监测工作\t150")]


def test_a_table_whose_rows_are_all_others_keeps_its_place() -> None:
    """It is not taken away for having no row left for a moment."""
    base = _table(_row(_cell("监测工作"), _cell("1")), _row(_cell("评估工作"), _cell("2")))
    theirs = _table(_row(_cell("另一件事"), _cell("33")))

    assert _visible(_merge(base, base, theirs).data) == ["另一件事", "33"]


def test_an_empty_paragraph_that_both_put_in_stands_once() -> None:
    """As a paragraph with words does."""
    base, both = word_file(p("甲") + p("乙")), word_file(p("甲") + p("") + p("乙"))

    assert _texts(_merge(base, both, both)) == ["甲", "", "乙"]


def test_short_words_put_in_at_two_places_are_not_the_same() -> None:
    """What the data put in arrives, though the person wrote the same elsewhere."""
    base, mine = word_file("".join(map(p, "甲乙丙丁"))), word_file(p("盖章") + "".join(map(p, "甲乙丙丁")))

    merged = _merge(base, mine, word_file("".join(map(p, ["甲", "乙", "丙", "盖章", "丁"]))))

    assert _texts(merged) == ["盖章", "甲", "乙", "丙", "盖章", "丁"]


def _merge(base: bytes, mine: bytes, theirs: bytes) -> Merged:
    """The three merged, proven to be as sound as the person's file was."""
    merged = merge(Version(base), Version(mine), Version(theirs))
    known = faults(mine)
    assert [fault for fault in faults(merged.data) if fault not in known] == []
    assert merge(Version(base), Version(mine), Version(theirs)).data == merged.data
    return merged


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _texts(merged: Merged) -> list[str]:
    return [block.text for block in read_word(merged.data, "x").blocks]


def _body(merged: Merged) -> str:
    return read_package(merged.data)["word/document.xml"].decode()


def _table(*rows: str) -> bytes:
    return word_file(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl><w:p/>")


def _row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _cell(text: str, merge: str = "") -> str:
    return f"<w:tc><w:tcPr>{merge}</w:tcPr>{p(text)}</w:tc>"


def _box(text: str) -> str:
    box = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _visible(data: bytes) -> list[str]:
    return [block.text for block in read_word(data, "x").blocks if block.text]
