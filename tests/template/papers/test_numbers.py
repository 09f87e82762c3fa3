"""The numbers of clauses in papers as automatic ones, and references to them."""

from __future__ import annotations

from docgen.template.papers.lines import Line, line_of, printed
from docgen.template.papers.numbers import numbered, referred
from docgen.template.papers.remarks import Remark


def lines(*texts: str, style: str = "正文") -> list[Line]:
    return [line_of(f"[{style}] {text}", f"第{number}段") for number, text in enumerate(texts, 1)]


def shown(made: list[Line]) -> list[str]:
    return [printed(line).partition("] ")[2] for line in made]


def test_numbers_that_follow_one_another_are_counted() -> None:
    """Every level of numbers becomes the sample that counts on, and its text stays."""
    remarks: list[Remark] = []
    made = numbered(lines("第一条　总则", "1.1　甲", "1.2　乙", "（1）丙", "第二条　附则", "2.1　丁"), remarks)

    assert shown(made) == [
        '{{ no("第一条") }}　总则', '{{ no("1.1") }}　甲', '{{ no("1.1") }}　乙', '{{ no("（1）") }}丙',
        '{{ no("第一条") }}　附则', '{{ no("1.1") }}　丁',
    ]  # fmt: skip
    assert remarks == []


def test_a_number_left_out_is_counted_on_and_said() -> None:
    """A gap is closed by the template, and the difference told."""
    remarks: list[Remark] = []
    made = numbered(lines("一、甲", "三、乙"), remarks)

    assert shown(made) == ['{{ no("一、") }}甲', '{{ no("一、") }}乙']
    assert [remark.told for remark in remarks] == ["原文是“三、”，按次序是“二、”"]


def test_a_list_that_begins_anew_by_itself_stays_as_it_stands() -> None:
    """A second 1. with no heading above it is no slip: its numbers are kept as text."""
    remarks: list[Remark] = []
    made = numbered(lines("1.甲", "2.乙", "其他：", "1.丙", "2.丁", "3.戊"), remarks)

    assert shown(made) == ['{{ no("1.") }}甲', '{{ no("1.") }}乙', "其他：", "1.丙", "2.丁", "3.戊"]
    assert [remark.told for remark in remarks] == ["不接前面的编号（按次序是“3.”），照原文保留"]


def test_clauses_that_are_spoken_of_are_named() -> None:
    """A mention of a clause becomes a reference, also to an item in it; a law's article does not."""
    made = numbered(
        lines(
            "一、付款", "（一）首付款", "二、违约", "依照第一条第（一）项，《民法典》第一条，条例第二条", style="一级"
        ),
        [],
    )

    assert shown(referred(made)) == [
        '{{ no("一、", "payment") }}付款', '{{ no("（一）", "clause_2") }}首付款', '{{ no("一、") }}违约',
        '依照第{{ ref("payment") }}条第{{ ref("clause_2") }}项，《民法典》第一条，条例第二条',
    ]  # fmt: skip
