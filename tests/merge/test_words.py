from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.meaning import same_figure
from docgen.merge.words import Clash, Edit, edits, together
from tests.endure import examples


def _applied(text: str, changes: Sequence[Edit]) -> str:
    for edit in reversed(changes):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


_SPELLING = ",元"
"""In what two spellings of a figure may differ, of the characters of these texts."""

_TEXTS = st.text(alphabet="甲乙12,.元", max_size=8)


@settings(max_examples=examples(200, 20_000))
@given(_TEXTS, _TEXTS)
def test_edits_make_the_new_text_of_the_old_one(old: str, new: str) -> None:
    """The edits between two texts, done to the first, give the second."""
    assert _applied(old, edits(old, new)) == new


@settings(max_examples=examples(200, 20_000))
@given(_TEXTS, _TEXTS)
def test_changes_of_one_side_alone_arrive_as_they_are(base: str, other: str) -> None:
    """Where only one of the two changed the text, or both in the same way, the result is that one's text."""
    assert together(base, other, base) == ((), ())
    assert together(base, other, other) == ((), ())
    assert _applied(base, together(base, base, other).edits) == other


@settings(max_examples=examples(300, 30_000))
@given(_TEXTS, _TEXTS, _TEXTS)
def test_both_changes_are_in_the_text_whoever_comes_first(base: str, mine: str, theirs: str) -> None:
    """Without a clash the two orders of merging hold the same characters; a clash names the person's own words.

    A figure that the two wrote in two ways is written as the second one wrote it.
    """
    here, there = together(base, mine, theirs), together(base, theirs, mine)

    assert bool(here.clashes) == bool(there.clashes)
    assert [mine[clash.start : clash.end] for clash in here.clashes] == [clash.mine for clash in here.clashes]
    if not here.clashes:
        respelt = any(same_figure(mine[edit.start : edit.end], edit.text) for edit in here.edits)
        left_out = _SPELLING if respelt else ""
        results = (_applied(mine, here.edits), _applied(theirs, there.edits))
        ours, yours = (sorted(char for char in result if char not in left_out) for result in results)
        assert ours == yours


@pytest.mark.parametrize("theirs", ["1元", "1"])
def test_a_figure_that_both_wrote_is_written_as_the_second_wrote_it(theirs: str) -> None:
    """In either order."""
    mine = "1" if theirs == "1元" else "1元"

    assert together("", mine, theirs) == ((Edit(0, len(mine), theirs),), ())


def test_a_figure_is_replaced_as_a_whole() -> None:
    """Two changes of one figure clash, though they touch different digits of it."""
    merged = together("总价1,040,000.00元。", "总价1,040,500.00元。", "总价1,050,000.00元。")

    assert merged == ((), (Clash(2, 14, "1,040,000.00", "1,040,500.00", "1,050,000.00"),))


def test_an_edit_elsewhere_in_the_sentence_is_no_clash() -> None:
    """A clause reworded around a figure takes the new figure."""
    base, mine = "合同总价为1,040,000.00元，分三期支付。", "本合同总价共计1,040,000.00元，分为三期支付。"

    merged = together(base, mine, base.replace("040", "050"))

    assert merged == ((Edit(7, 19, "1,050,000.00"),), ())


def test_a_short_value_is_one_word() -> None:
    """A name that docgen wrote is replaced as a whole, also where the new one shares characters with it."""
    merged = together("由周启衡负责", "由周启衡负责。", "由周启航负责", [(1, 4)], [(1, 4)])

    assert merged == ((Edit(1, 4, "周启航"),), ())


def test_a_value_that_says_the_same_is_no_change() -> None:
    """Where one side alone knows what is a value, words reworded in it are no clash with a figure behind it."""
    base, mine = "完成并通过评估验收后10日内付540000元。", "完成并通过验收后10日内付540000元。"
    theirs = "完成并通过评估验收后10日内付565000元。"

    merged = together(base, mine, theirs, [], [(0, 10), (10, 12), (15, 21)])

    assert merged == ((Edit(13, 19, "565000"),), ())


def test_one_figure_written_in_two_ways_is_no_clash() -> None:
    """Where a person and the data say the same amount, date or share, it is written as the data print it."""
    for base, mine, theirs in (
        ("523.00", "550", "550.00"),
        ("壹佰零肆万元整", "壹佰零伍万元正", "壹佰零伍万元整"),
        ("2026年6月9日", "2026 年 06 月 10 日", "2026年6月10日"),
        ("20%", "百分之三十", "30%"),
        ("肆", "5", "伍"),
    ):
        whole = [f"约定为{value}的" for value in (base, mine, theirs)]

        merged = together(*whole, [(3, 3 + len(base))], [(3, 3 + len(theirs))])

        assert (_applied(whole[1], merged.edits), merged.clashes) == (whole[2], ())
