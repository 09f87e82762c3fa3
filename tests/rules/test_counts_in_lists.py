"""Counts that the numbered lines below take apart."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str, str | None]]:
    """What is told of a document: rule, quote, and what is expected there."""
    return [(f.rule, f.quote, f.expected) for f in check_reading(reading_of(text))]


GUARDS = "共设岗位5类，保安员{}人：\n1.门岗12人；\n2.巡逻岗16人；\n3.监控岗{}人；\n4.急诊岗10人；\n5.停车场岗6人。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GUARDS.format(52, 8), []),
        (GUARDS.format(53, 8), [("N107", "53", "52")]),
        (GUARDS.format(52, 9), [("N107", "52", "53")]),
        (GUARDS.format(60, 12), []),  # others are meant
        ("配备不少于52人：\n1.门岗12人；\n2.巡逻岗16人；\n3.监控岗23人。", []),
        ("设保安员30人：\n1.门岗12人；\n2.巡逻岗16人，其中夜班4人；\n3.监控岗3人。", []),
    ],
)
def test_a_count_is_what_the_lines_below_add_up_to(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    """A total before a colon and the lines of names and counts below it are held together."""
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "slip", "right"),
    [
        ("出租车辆{}辆，其中7座商务车3辆、19座中型客车2辆、45座大型客车1辆。", "8", "6"),
        ("维保电梯共{}台，其中客梯7台、货梯2台、扶梯6台，分布如下：", "16", "15"),
    ],
)
def test_parts_may_have_figures_in_their_names_and_words_behind_them(text: str, slip: str, right: str) -> None:
    """7座商务车3辆 is three, and 分布如下 ends a list as a stop does."""
    assert told(text.format(right)) == []
    assert [(rule, quote) for rule, quote, _ in told(text.format(slip))] == [("N107", slip)]
