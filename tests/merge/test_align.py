from __future__ import annotations

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
