from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.merge.align import align, text_likeness
from tests.endure import examples

_LINES = st.lists(st.sampled_from(["", "甲方", "乙方", "合同总价", "合同总价为", "付款方式"]), max_size=12)


def _aligned(old: list[str], new: list[str]) -> list[tuple[int | None, int | None]]:
    return align(old, new, lambda text: text, text_likeness)


@settings(max_examples=examples(200, 20_000))
@given(_LINES, _LINES)
def test_every_item_stands_in_the_alignment_once_and_in_order(old: list[str], new: list[str]) -> None:
    """Each position of either side stands once in the pairs, in rising order."""
    pairs = _aligned(old, new)

    assert [i for i, _ in pairs if i is not None] == list(range(len(old)))
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))


@settings(max_examples=examples(200, 20_000))
@given(_LINES)
def test_equal_sequences_answer_item_by_item(lines: list[str]) -> None:
    """A sequence and its copy are paired without a gap."""
    assert _aligned(lines, list(lines)) == [(n, n) for n in range(len(lines))]


def test_a_changed_item_answers_to_its_new_wording() -> None:
    """Between two equal items, one that was reworded is paired; one that was put in stands alone."""
    old = ["第一条", "合同总价为一万元", "第三条"]
    new = ["第一条", "另行约定的事项", "合同总价共计两万元", "第三条"]

    assert _aligned(old, new) == [(0, 0), (None, 1), (1, 2), (2, 3)]


def test_a_long_table_is_aligned_by_its_equal_rows() -> None:
    """One row put into thousands and one taken out leave all others paired."""
    old = [f"第{n}行" for n in range(5000)]
    new = [*old[:100], "新行", *old[100:4000], *old[4001:]]

    pairs = _aligned(old, new)

    assert [pair for pair in pairs if None in pair] == [(None, 100), (4000, None)]


def test_a_long_table_whose_figures_all_change_keeps_its_rows() -> None:
    """A row put in before two thousand others, and new serial numbers and prices for all of them, confuse nobody."""
    rows = [f"{n + 1}|第{'一二三四五六七'[n % 7]}类监测工作|{100 + n % 9}" for n in range(2000)]
    new = ["1|新增的工作|9", *(f"{n + 2}|第{'一二三四五六七'[n % 7]}类监测工作|{200 + n % 9}" for n in range(2000))]

    pairs = align(rows, new, str, text_likeness, lambda row: re.sub("[0-9]", "", row))

    assert pairs == [(None, 0), *((n, n + 1) for n in range(2000))]


def test_a_word_exchanged_throughout_leaves_each_item_in_its_place() -> None:
    """However many there are."""
    old = [f"第{n}条 甲方应当在第{n}日之前支付价款" for n in range(1000)]

    pairs = _aligned(old, [text.replace("应当", "须") for text in old])

    assert pairs == [(n, n) for n in range(1000)]


def test_a_line_that_stands_twice_answers_by_what_stands_around_it() -> None:
    """Though it is the only one of all that nobody touched."""
    old = [
        "甲方：示例局",
        "联系人：吴例一",
        "电子邮箱：",
        "乙方：示例公司",
        "联系人：吴例四",
        "电子邮箱：",
        "日　　期：",
    ]
    new = [
        "甲方手：示例局",
        "联手系人：吴例一",
        "电子手邮箱：",
        "乙手方：示例公司",
        "联系手人：吴例四",
        "电子邮箱：",
        "日　　手期：",
    ]

    assert _aligned(old, new) == [(n, n) for n in range(7)]


def _periodic(length: int) -> list[str]:
    return [f"{n % 5}|第{n % 7}类监测工作|{100 + n % 9}" for n in range(length)]


def test_of_rows_that_come_again_and_again_as_few_as_can_be_are_left_over() -> None:
    """Thousands of rows, each of which stands there several times, shift nobody."""
    old = _periodic(2000)
    new = [row for n, row in enumerate(old) if n % 97 != 5]

    assert sum(None in pair for pair in _aligned(old, new)) == len(old) - len(new)


def test_a_table_of_which_most_rows_are_new_keeps_what_is_left() -> None:
    """However many those are."""
    old = _periodic(2000)
    new = [each for n, row in enumerate(old) for each in ([row] if n % 2 else [row, f"新增{n}"])]

    pairs = _aligned(old, new)

    assert sum(i is not None and j is not None and old[i] == new[j] for i, j in pairs) > 1900
