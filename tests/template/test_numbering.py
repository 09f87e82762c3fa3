"""Clause numbers: counted by level, named, referred to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import TemplateError
from docgen.template.numbering import LEVELS, Label, Labels, Numbering
from tests.endure import examples
from tests.template.making import shown


def printed(*samples: str) -> list[str]:
    numbering = Numbering()
    return [numbering.no(sample) for sample in samples]


def test_levels_begin_again_under_a_higher_one() -> None:
    """Every level counts by itself and begins again under each higher one."""
    samples = ("一、", "（一）", "1.", "1.", "（1）", "①", "（一）", "1.", "一、", "（一）", "1）", "1）")

    assert printed(*samples) == [
        "一、",
        "（一）",
        "1.",
        "2.",
        "（1）",
        "①",
        "（二）",
        "1.",
        "二、",
        "（一）",
        "1）",
        "2）",
    ]


def test_articles_are_counted_through_the_chapters() -> None:
    """条 go on counting in the next 章; dotted numbers begin with the article they stand under."""
    samples = ("第一章", "第一条", "1.1", "1.1", "第一条", "第一章", "第一条", "1.1", "1.1.1", "1.1.1", "1.1")

    assert printed(*samples) == [
        "第一章",
        "第一条",
        "1.1",
        "1.2",
        "第二条",
        "第二章",
        "第三条",
        "3.1",
        "3.1.1",
        "3.1.2",
        "3.2",
    ]


def test_other_signs_of_a_level_are_kept() -> None:
    """A level may be written with half-width signs; the count is that of the level."""
    assert printed("(一)", "（一）", "1、", "1．", "(1)", "1)") == ["(一)", "（二）", "1、", "2．", "(1)", "1)"]


@given(
    st.lists(
        st.sampled_from([level.samples[0] for level in LEVELS if not level.dotted and not level.serial]), max_size=40
    )
)
@settings(max_examples=examples(60))
def test_a_level_never_skips_a_number(samples: list[str]) -> None:
    """The number of a level is one more than the last one under the same higher clauses, or one.

    Serial numbers are not begun anew by lists.
    """
    numbering, ranks = Numbering(), {level.samples[0]: rank for rank, level in enumerate(LEVELS)}
    counts: dict[int, int] = {}

    for sample in samples:
        rank = ranks[sample]
        counts[rank] = counts.get(rank, 0) + 1
        counts = {other: n for other, n in counts.items() if other <= rank or LEVELS[other].samples[0] == "第一条"}
        assert numbering.no(sample) == LEVELS[rank].label(sample, counts[rank], "")


def test_serial_numbers_go_on_through_groups_and_lists() -> None:
    """Rows are counted through whatever lists stand in them, until the next heading, and count nothing else anew."""
    samples = ("第一条", "（1）", "1", "①", "1", "（1）", "1.", "1", "第一条", "1")

    assert printed(*samples) == ["第一条", "（1）", "1", "①", "2", "（2）", "1.", "3", "第二条", "1"]


def test_a_clause_that_is_left_out_takes_no_number() -> None:
    """Numbers close up over a clause whose condition does not hold, and references follow."""
    body = (
        "{{ no('第一条', 'a') }}",
        "{%p if yes %}",
        "{{ no('第一条', 'b') }}",
        "{%p endif %}",
        "{{ no('第一条', 'c') }}见{{ ref('c') }}",
    )

    assert shown(*body, yes=True) == ["第一条", "第二条", "第三条见第三条"]
    assert shown(*body, yes=False) == ["第一条", "第二条见第二条"]


def test_references_name_the_clause_as_a_sentence_does() -> None:
    """A reference prints the number without the sign that only separates it from the heading."""
    numbering = Numbering()
    for sample, name in (
        ("第一条", "a"),
        ("（一）", "b"),
        ("1.", "c"),
        ("（1）", "d"),
        ("①", "e"),
        ("一、", "f"),
        ("1.1", "g"),
    ):
        numbering.no(sample, name)

    assert numbering.own == {
        "a": Label("第一条", "第一条"),
        "b": Label("（一）", "第一条第（一）项"),
        "c": Label("1", "第一条第（一）项第1目"),
        "d": Label("（1）", "第一条第（一）项第1目（1）"),
        "e": Label("①", "第一条第（一）项第1目（1）①"),
        "f": Label("一", "第一条第一项"),
        "g": Label("1.1", "1.1"),
    }
    assert numbering.ref("b", full=True) == "第一条第（一）项"


def test_a_reference_may_stand_before_its_clause() -> None:
    """References are filled in when all clauses are counted; the text around them may be joined to them."""
    assert shown("见{{ ref('a') ~ '款' }}、{{ ref('a', full=true) }}", "{{ no('第一条') }}", "{{ no('（一）', 'a') }}") == [
        "见（一）款、第一条第（一）项", "第一条", "（一）",
    ]  # fmt: skip


def test_names_of_other_documents_are_found_where_they_are_unique() -> None:
    """The own document comes first; of two others with the name, neither is meant."""
    labels = Labels({"01": {"a": Label("一", "一"), "b": Label("二", "二")}, "02": {"b": Label("三", "三")}})
    numbering = Numbering("03", labels)

    assert numbering.ref("a") == "一"
    with pytest.raises(TemplateError, match="这个名称在 2 份文件里都有（01、02）"):
        numbering.ref("b")
    numbering.no("一、", "b")
    assert numbering.ref("b") == "一"


def test_what_cannot_be_numbered_is_refused() -> None:
    """Unknown samples, dotted numbers under nothing, double and missing names, and circles beyond fifty are errors."""
    numbering = Numbering()

    with pytest.raises(TemplateError, match="编号样式不认识"):
        numbering.no("A.")
    with pytest.raises(TemplateError, match="不知道以几开头"):
        Numbering().no("1.1")
    with pytest.raises(TemplateError, match="到此还没有出现"):
        numbering.ref("a")
    numbering.no("一、", "a")
    with pytest.raises(TemplateError, match="条款名称“a”用了两次"):
        numbering.no("一、", "a")
    with pytest.raises(ValueError, match="没有带圈的 51"):
        printed(*["①"] * 51)
