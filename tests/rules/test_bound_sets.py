"""A bound set beside its documents is told apart from them, and from one that says something else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from docgen.reading.document import Block, Reading
from docgen.rules.bound_sets import differences, parted, repeats

BODY = ("合同", "甲方：示例市应急管理局", "总价10000.00元", "本合同一式两份")
ANNEX = ("附件1", "报价", "总价10000.00元")
INTERNAL = ("法审建议单", "同意")


def reading(file: str, lines: Sequence[str]) -> Reading:
    """A reading with these lines."""
    return Reading(file, tuple(Block(n, "body", n, line) for n, line in enumerate(lines)))


MEMBERS = [reading("01_合同.docx", BODY), reading("02_报价.docx", ANNEX), reading("03_法审建议单.docx", INTERNAL)]


@pytest.mark.parametrize("name", ["合订本.docx", "a/合订本.pdf", "某合同_合订本.docx", "合订本（扫描）.PDF"])
def test_a_bound_set_is_known_by_its_name(name: str) -> None:
    """A file called 合订本 stands apart from the documents of its set."""
    bound = reading(name, BODY + ANNEX)

    assert parted([*MEMBERS, bound]) == (MEMBERS, [bound])


@pytest.mark.parametrize("name", ["合订本说明.docx", "01_合同.docx"])
def test_other_files_are_documents(name: str) -> None:
    """A document that only speaks of a bound set in its name is none."""
    other = reading(name, BODY)

    assert parted([*MEMBERS, other]) == ([*MEMBERS, other], [])


def test_a_bound_set_without_its_documents_is_a_document() -> None:
    """Alone, or beside one other file, a bound set is looked at like any other."""
    bound = reading("合订本.docx", BODY + ANNEX)

    assert parted([bound]) == ([bound], [])
    assert parted([MEMBERS[0], bound]) == ([MEMBERS[0], bound], [])


@pytest.mark.parametrize("front", [(), ("目　录", "合同\t2", "附件1　报价\t5", "页次从本页起连续计算")])
def test_the_same_words_are_a_repetition(front: tuple[str, ...]) -> None:
    """With contents in front or without, a bound set that says what its documents say repeats them."""
    assert repeats(reading("合订本.docx", front + BODY + ANNEX), MEMBERS)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((*BODY, "附件1", "报价", "总价20000.00元"), id="changed"),
        pytest.param((*BODY, *ANNEX, "另加一条"), id="added"),
        pytest.param(BODY, id="one document"),
        pytest.param(ANNEX + BODY, id="other order"),
        pytest.param((), id="nothing"),
    ],
)
def test_other_words_are_none(lines: tuple[str, ...]) -> None:
    """What was changed, added, left out or put elsewhere is no repetition."""
    assert not repeats(reading("合订本.docx", lines), MEMBERS)


def test_the_first_other_word_is_told() -> None:
    """Each document that the bound set holds in other words is told once, at the first paragraph that differs."""
    bound = reading("合订本.docx", (*BODY[:2], "总价20000.00元", BODY[3], "附件1", "报价", "总价20000.00元"))
    found = [(f.rule, f.place.file, f.place.block, f.quote) for f in differences(bound, MEMBERS)]

    assert found == [
        ("F404", "01_合同.docx", 2, "总价10000.00元"),
        ("F404", "02_报价.docx", 2, "总价10000.00元"),
    ]


def test_an_equal_bound_set_has_no_differences() -> None:
    """Nothing is told of a bound set that repeats its documents, nor of one in a format with other paragraphs."""
    assert list(differences(reading("合订本.docx", BODY + ANNEX), MEMBERS)) == []
    assert list(differences(reading("合订本.pdf", BODY[:3]), MEMBERS)) == []
