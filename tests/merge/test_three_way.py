from __future__ import annotations

import random
import re
from copy import deepcopy

import pytest

from docgen.merge.three_way import Conflict, Version, merge, redline
from docgen.reading.word import read_word
from docgen.word.package import read_package
from tests.endure import examples
from tests.tracked import accepted, refused
from tests.wordfiles import word_file

Row = list[str]
Doc = list[str | list[Row]]
_SIGNS = "甲方乙方应当按照约定支付价款合同总价期限项目服务成果验收"


def test_a_reworded_clause_keeps_its_formatting_and_takes_the_new_figure() -> None:
    """The person's words and bold type stay, the figure is the new one."""
    base = _file(["合同总价为1,040,000.00元。"])
    mine = word_file(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>本合同总价</w:t></w:r><w:r><w:t>共计1,040,000.00元整。</w:t></w:r></w:p>"
    )
    theirs = _file(["合同总价为1,050,000.00元。"])

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert (_texts(merged.data), merged.conflicts) == (["本合同总价共计1,050,000.00元整。"], ())
    assert "<w:rPr><w:b/></w:rPr><w:t>本合同总价</w:t>" in _body(merged.data)


def test_the_same_words_changed_by_both_become_a_tracked_change_with_a_comment() -> None:
    """The new figure stands as a tracked change beside the person's, and a comment tells all three."""
    base, mine, theirs = (_file([f"总价{figure}元"]) for figure in ("100", "120", "150"))

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert merged.conflicts == (Conflict("body", 0, 2, 5, "100", "120", "150"),)
    assert _texts(merged.data) == ["总价150元"]
    assert "".join(re.findall("<w:delText[^>]*>([^<]*)<", _body(merged.data))) == "120"
    assert (
        "原来生成的是“100”；这里被改成了“120”，数据现在是“150”"
        in read_package(merged.data)["word/comments.xml"].decode()
    )


def test_a_new_row_goes_where_the_data_has_it_and_a_hand_made_row_stays() -> None:
    """Rows of both sides stand in the table, each at its place."""
    base = _file([[["甲", "1"], ["乙", "2"]]])
    mine = _file([[["甲", "1"], ["乙", "2"], ["手写", "9"]]])
    theirs = _file([[["甲", "1"], ["丙", "3"], ["乙", "2"]]])

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert _texts(merged.data) == ["甲", "1", "丙", "3", "乙", "2", "手写", "9"]


def test_a_row_that_the_data_lost_and_the_person_edited_stays_in_doubt() -> None:
    """It is struck out as a tracked change and told, never taken away."""
    base = _file([[["甲", "1"], ["乙", "2"]]])
    mine = _file([[["甲", "1"], ["乙（暂定）", "2"]]])

    merged = merge(Version(base), Version(mine), Version(_file([[["甲", "1"]]])))

    assert merged.conflicts == (Conflict("body", 2, 0, 0, "乙\t2", "乙（暂定）\t2", ""),)
    assert "".join(re.findall("<w:delText[^>]*>([^<]*)<", _body(merged.data))) == "乙（暂定）2"


def test_a_paragraph_that_the_person_took_out_stays_out_unless_it_changed() -> None:
    """What nobody changed stays away; what the data changed comes back as a tracked change."""
    base = _file(["甲方", "总价100元", "乙方"])
    mine = _file(["甲方", "乙方"])

    assert _texts(merge(Version(base), Version(mine), Version(base)).data) == ["甲方", "乙方"]
    again = merge(Version(base), Version(mine), Version(_file(["甲方", "总价150元", "乙方"])))
    assert (_texts(again.data), again.conflicts) == (
        ["甲方", "总价150元", "乙方"],
        (Conflict("body", 1, 0, 0, "总价100元", "", "总价150元"),),
    )


@pytest.mark.parametrize("seed", range(examples(60, 5_000)))
def test_nothing_that_either_side_wrote_is_lost(seed: int) -> None:
    """Every mark that either side put in is in the merged file, and one side alone comes through as it is."""
    chance = random.Random(seed)
    base = _anything(chance)
    mine, theirs = _changed(chance, base, "M"), _changed(chance, base, "T")
    old, own, new = Version(_file(base)), Version(_file(mine)), Version(_file(theirs))

    merged = merge(old, own, new)

    kept = "".join(re.findall("<w:(?:t|delText)[^>]*>([^<]*)<", _body(merged.data)))
    assert [mark for mark in _marks(own.data) + _marks(new.data) if mark not in kept] == []
    if not merged.conflicts:
        assert [mark for mark in _marks(own.data) if mark not in "".join(_texts(merged.data))] == []
    assert _texts(merge(old, old, new).data) == _texts(new.data)
    assert _texts(merge(old, own, old).data) == _texts(own.data)
    assert _texts(merge(old, new, new).data) == _texts(new.data)
    shown = redline(own.data, new.data).data
    assert _texts(accepted(shown)) == _texts(new.data)
    assert _texts(refused(shown)) == _texts(own.data)


def _marks(data: bytes) -> list[str]:
    return re.findall("[MT][0-9]+[MT]", "".join(_texts(data)))


def _texts(data: bytes) -> list[str]:
    return [block.text for block in read_word(data, "x").blocks]


def _body(data: bytes) -> str:
    return read_package(data)["word/document.xml"].decode()


def _file(doc: Doc) -> bytes:
    return word_file("".join(_paragraph(block) if isinstance(block, str) else _table(block) for block in doc))


def _table(rows: list[Row]) -> str:
    cells = ("".join(f"<w:tc><w:tcPr/>{_paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _paragraph(text: str) -> str:
    halves = (text[: len(text) // 2], text[len(text) // 2 :])
    runs = (f'<w:r><w:t xml:space="preserve">{half}</w:t></w:r>' for half in halves if half)
    return f"<w:p>{''.join(runs)}</w:p>"


def _anything(chance: random.Random) -> Doc:
    return [_rows(chance) if chance.random() < 0.25 else _sentence(chance) for _ in range(chance.randint(1, 12))]


def _sentence(chance: random.Random) -> str:
    signs = "".join(chance.choice(_SIGNS) for _ in range(chance.randint(0, 25)))
    return signs + chance.choice(["", "，1,040,000.00元", "。"])


def _rows(chance: random.Random) -> list[Row]:
    columns = chance.randint(1, 4)
    return [[_sentence(chance)[:8] for _ in range(columns)] for _ in range(chance.randint(1, 6))]


def _changed(chance: random.Random, doc: Doc, who: str) -> Doc:
    doc = deepcopy(doc)
    for _ in range(chance.randint(1, 4)):
        _change(chance, doc, f"{who}{chance.randint(1000, 9999)}{who}")
    return doc


def _change(chance: random.Random, doc: Doc, mark: str) -> None:
    at = chance.randrange(len(doc))
    kind = chance.random()
    block = doc[at]
    if kind < 0.15:
        doc.insert(at, f"{mark}新增的一段")
    elif kind < 0.3 and len(doc) > 1:
        del doc[at]
    elif isinstance(block, str):
        doc[at] = _reworded(chance, block, mark)
    else:
        _change_rows(chance, block, mark)


def _change_rows(chance: random.Random, rows: list[Row], mark: str) -> None:
    at, kind = chance.randrange(len(rows)), chance.random()
    if kind < 0.2:
        rows.insert(at, [f"{mark}{column}" for column in range(len(rows[0]))])
    elif kind < 0.35 and len(rows) > 1:
        del rows[at]
    else:
        column = chance.randrange(len(rows[at]))
        rows[at][column] = _reworded(chance, rows[at][column], mark)


def _reworded(chance: random.Random, text: str, mark: str) -> str:
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.randint(0, 4))
    return text[:start] + (mark if chance.random() < 0.8 else "") + text[end:]


def test_a_row_that_both_put_in_stands_once() -> None:
    """A row that the person put in and the data now have is one row; its serial number is that of the data."""
    base = _file([[["1", "甲", "10"], ["2", "乙", "20"]]])
    mine = _file([[["1", "甲", "10"], ["1", "丙的工作", "30"], ["2", "乙", "20"]]])
    theirs = _file([[["1", "甲", "10"], ["2", "丙的工作", "30"], ["3", "乙", "20"]]])

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert (_texts(merged.data), merged.conflicts) == (_texts(theirs), ())


def test_a_row_that_both_put_in_with_other_words_is_in_doubt() -> None:
    """What the person wrote otherwise is struck out, not lost, and the run says so."""
    base = _file([[["1", "甲"]]])
    mine = _file([[["1", "甲"], ["2", "新增的一项专家评审工作"]]])
    theirs = _file([[["1", "甲"], ["2", "新增的一项专家复审工作"]]])

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert _texts(merged.data) == _texts(theirs)
    assert len(merged.conflicts) == 1
    assert "评" in "".join(re.findall("<w:delText[^>]*>([^<]*)<", _body(merged.data)))


def test_new_blocks_at_different_places_both_stand() -> None:
    """However alike they are."""
    base = _file(["总则", "付款", "验收", "附则"])
    mine = _file(["总则", "手一新增的一段话很长很长", "付款", "验收", "附则"])
    theirs = _file(["总则", "付款", "验收", "手二新增的一段话很长很长", "附则"])

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert merged.conflicts == ()
    assert _texts(merged.data) == [
        "总则",
        "手一新增的一段话很长很长",
        "付款",
        "验收",
        "手二新增的一段话很长很长",
        "附则",
    ]


def test_figures_of_a_row_that_both_put_in_are_in_doubt() -> None:
    """Only its serial number is taken over without a word."""
    base = _file([[["1", "甲", "10"]]])
    mine, theirs = (_file([[["1", "甲", "10"], ["2", "丙的工作", figure]]]) for figure in ("30", "40"))

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert len(merged.conflicts) == 1
    assert _texts(refused(merged.data)) == _texts(mine)
    assert _texts(accepted(merged.data)) == _texts(theirs)


def test_a_row_in_a_comment_is_quoted_on_one_line() -> None:
    """Word shows no tab in a comment."""
    base, theirs = _file([[["甲", "1"], ["乙", "2"]]]), _file([[["甲", "1"], ["乙", "3"]]])

    merged = merge(Version(base), Version(_file([[["甲", "1"]]])), Version(theirs))

    assert "“乙　2”；这里被删去了，数据现在是“乙　3”" in read_package(merged.data)["word/comments.xml"].decode()
