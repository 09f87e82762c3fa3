"""Paragraphs that a person split in two or ran together, and tables that a person gave another column."""

from __future__ import annotations

import random

import pytest

from docgen.merge.three_way import Merged, Version, merge
from docgen.reading.word import read_word
from tests.endure import examples
from tests.word.structure import faults
from tests.wordfiles import p, word_file

CLAUSE = "第一条 合同价款为人民币100元整，含税。乙方应当在2026年5月1日之前提交全部成果，逾期每日支付违约金。"
NEW = CLAUSE.replace("100", "150").replace("5月", "6月")
ONE, TWO = "第一条 合同价款为人民币100元整，含税。", "第二条 乙方应当在2026年5月1日之前提交全部成果。"


@pytest.mark.parametrize("at", [12, 21, 25, 40])
def test_new_figures_come_into_both_halves_of_a_split_clause(at: int) -> None:
    """Wherever it was split."""
    merged = _merge([CLAUSE], [CLAUSE[:at], CLAUSE[at:]], [NEW])

    assert (_texts(merged)[1:-1], merged.conflicts) == ([NEW[:at], NEW[at:]], ())


def test_a_clause_split_and_reworded_takes_the_new_figures() -> None:
    """Both are there."""
    halves = [CLAUSE[:21].replace("价款", "总价款"), CLAUSE[21:].replace("全部成果", "全部书面成果")]

    merged = _merge([CLAUSE], halves, [NEW])

    wanted = [half.replace("100", "150").replace("5月", "6月") for half in halves]
    assert (_texts(merged)[1:-1], merged.conflicts) == (wanted, ())


def test_new_figures_come_into_clauses_that_were_run_together() -> None:
    """Each at its place."""
    new = [ONE.replace("100", "150"), TWO.replace("5月", "6月")]

    merged = _merge([ONE, TWO], [ONE + TWO], new)

    assert (_texts(merged)[1:-1], merged.conflicts) == (["".join(new)], ())


def test_a_split_clause_that_the_template_has_no_more_goes_as_a_whole() -> None:
    """Struck out where its words were changed as well."""
    halves = [CLAUSE[:21], CLAUSE[21:]]
    reworded = [halves[0].replace("价款", "总价款"), halves[1]]

    gone, doubted = _merge([CLAUSE], halves, []), _merge([CLAUSE], reworded, [])

    assert (_texts(gone), gone.conflicts) == (["总则", "附则"], ())
    assert [(c.base, c.mine, c.theirs) for c in doubted.conflicts] == [(CLAUSE, "".join(reworded), "")]
    assert _texts(doubted)[1:-1] == ["", ""]


@pytest.mark.parametrize("seed", range(examples(20, 2_000)))
def test_split_and_run_together_at_random(seed: int) -> None:
    """Every figure of the data arrives where its words stand, and no word of the person is lost."""
    chance = random.Random(seed)
    clauses = [f"第{n}条 关于{''.join(chance.choice('监测评估走访编写审查验收资料') for _ in range(12))}的款项为{n}00元，"
               f"应于收到{''.join(chance.choice('通知书函件材料报告单据') for _ in range(8))}后{n}日内支付完毕。"
               for n in range(1, 6)]  # fmt: skip
    new = [clause.replace(f"{n}00元", f"{n}50元") if chance.random() < 0.5 else clause
           for n, clause in enumerate(clauses, 1)]  # fmt: skip
    at = chance.randrange(5)
    if chance.random() < 0.5 or at == 4:
        cut = chance.randint(8, len(clauses[at]) - 8)
        while clauses[at][cut - 1].isdigit() or clauses[at][cut].isdigit():
            cut -= 1
        mine = [*clauses[:at], clauses[at][:cut], clauses[at][cut:], *clauses[at + 1 :]]
        wanted = [*new[:at], new[at][:cut], new[at][cut:], *new[at + 1 :]]
    else:
        mine = [*clauses[:at], clauses[at] + clauses[at + 1], *clauses[at + 2 :]]
        wanted = [*new[:at], new[at] + new[at + 1], *new[at + 2 :]]

    merged = _merge(clauses, mine, new)

    assert (_texts(merged)[1:-1], merged.conflicts) == (wanted, ())


HEAD, ROWS = (
    ["序号", "工作内容", "价款"],
    [["1", "文献调查", "100"], ["2", "现场走访", "200"], ["3", "报告编写", "300"]],
)
MORE = [["1", "文献调查", "100"], ["2", "现场走访", "250"], ["3", "专家评审", "150"], ["4", "报告编写", "300"]]


def test_a_new_row_has_the_column_that_the_person_put_in() -> None:
    """It is empty there, and what the data say stands in its own column."""
    own = [["序号", "工作内容", "备注", "价款"], ["1", "文献调查", "甲", "100"], ["2", "现场走访", "", "200"],
           ["3", "报告编写", "", "300"]]  # fmt: skip

    merged = _tables([HEAD, *ROWS], own, [HEAD, *MORE])

    assert _texts(merged) == [
        "序号", "工作内容", "备注", "价款", "1", "文献调查", "甲", "100", "2", "现场走访", "", "250",
        "3", "专家评审", "", "150", "4", "报告编写", "", "300", "",
    ]  # fmt: skip
    assert (merged.conflicts, merged.notes) == ((), ())


def test_a_new_row_leaves_out_the_column_that_the_person_took_out_and_says_so() -> None:
    """What the data have for it is told."""
    own = [["序号", "工作内容"], ["1", "文献调查"], ["2", "现场走访"], ["3", "报告编写"]]

    merged = _tables([HEAD, *ROWS], own, [HEAD, *ROWS, ["4", "专家评审", "150"]])

    assert _texts(merged)[-3:] == ["4", "专家评审", ""]
    assert merged.said == ("新增的一行里有的内容没有并入（表格的这一列已被删去）：150",)


def _merge(base: list[str], mine: list[str], theirs: list[str]) -> Merged:
    return _merged(*(word_file("".join(map(p, ["总则", *each, "附则"]))) for each in (base, mine, theirs)))


def _tables(base: list[list[str]], mine: list[list[str]], theirs: list[list[str]]) -> Merged:
    return _merged(*(word_file(_table(each) + p("")) for each in (base, mine, theirs)))


def _table(rows: list[list[str]]) -> str:
    grid = f"<w:tblGrid>{'<w:gridCol/>' * len(rows[0])}</w:tblGrid>"
    made = ("".join(f"<w:tc><w:tcPr/>{p(text)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def _merged(base: bytes, mine: bytes, theirs: bytes) -> Merged:
    merged = merge(Version(base), Version(mine), Version(theirs))
    known = faults(mine)
    assert [fault for fault in faults(merged.data) if fault not in known] == []
    return merged


def _texts(merged: Merged) -> list[str]:
    return [block.text for block in read_word(merged.data, "x").blocks]
