"""一式N份 is read with the shares behind it, and held to them only where they are plain."""

from __future__ import annotations

import pytest

from docgen.rules.copies_clause import copies_clauses, count_of

PLAIN = {
    "本合同一式陆份，甲方执肆份、乙方执贰份，每份合同具有同等法律效力。": (6, [6]),
    "一式 6 份，甲方执 5 份，乙方执 1 份，协议所有附件是协议的重要组成部分。": (6, [6]),
    "一式肆（4）份，双方各执贰（2）份": (4, [4]),
    "壹式肆份，甲乙双方各执壹份，房产管理部门、公证机关各备案壹份": (4, [4]),
    "壹式玖份，委托人伍份，咨询人一、咨询人二各贰份": (9, [9]),
    "一式肆份，甲、乙双方各执贰份": (4, [4]),
    "一式叁份，甲、乙、丙三方各执壹份": (3, [3]),
    "一式叁份，甲方、乙方、监理方各执一份": (3, [3]),
    "一式叁份，甲乙双方及担保人各执壹份": (3, [3]),
    "一式肆份，甲、乙双方与监理方、见证人各执一份": (4, [4]),
    "一式叁份，甲乙双方及担保人各执贰份": (3, [6]),
    "一式贰份，双方代表各执壹份": (2, [2]),
    "一式四份，甲方两份（其中一份报财政备案），乙方两份": (4, [4]),
    "一式四份，甲方执三份，其中一份报财政备案，乙方执一份": (4, [4]),
    "一式六份，甲方执四份，其中正本一份、副本三份，乙方执三份": (6, [7]),
    "一式二份，发包人承包人各执一份，具有同等效力": (2, [2]),
    "正本一式叁份，甲乙方、保证方各执一份": (3, [3]),
    "一式伍份，甲乙双方各执贰份，代理机构存档一份": (5, [5]),
    "一式八份，甲乙双方各执三份，其余两份报财政部门备案": (8, [8]),
    "一式八份，甲方执四份，乙方执二份，剩余一份由代理机构存档": (8, [7]),
    "一式十二份，甲方八份，乙方肆份": (12, [12]),
    "一式八份，其中正本2份，副本6份，甲方4份，乙方4份": (8, [8]),
    "一式六份，正本二份，甲、乙双方各执一份；副本四份，甲方执三份，乙方执一份。": (6, [6]),
    "一式4份，甲、乙双方各执正本1份、副本1份": (4, [4]),
    "一式两份，一份由甲方保存，一份由乙方保存": (2, [2]),
    "一式四份，甲方执正本一份、副本一份，乙方执副本二份": (4, [4]),
    "一式三份， 甲 乙双方各执一份 。 一份送示例区财政局备案。": (3, [3]),
    "一式 伍 份，甲、乙双方各执 贰 份，具有同等的法律效力。代理机构执壹份存档。": (5, [5]),
    "一式贰份，双方各执壹份。乙方应当提交报告三份。": (2, [2]),
    "投标文件一式五份，正本一份，副本四份": (5, [5]),
    "本合同一式陆份，甲方执肆份、乙方执叁份。": (6, [7]),
    "一式两份，甲乙双方各执两份": (2, [4]),
    "一式六份，正本二份，副本三份": (6, [5]),
    "一式伍份，甲乙双方各执贰份，代理机构存档两份": (5, [6]),
    "一式肆份，甲方执两份，乙方执两份，管理机构执一份副本，代理机构执一份副本": (4, [6, 4]),
}

OPEN = [
    "投标文件一式五份，每增加一个标段增加副本两份",
    "一式三份，签章各方各执一份",
    "一式两份，经监理人签字后，退还其中一份给承包人",
    "一式陆份，甲方、乙方及有关部门各执一份",
    "一式两份，一份所在单位持有，余下由派出所留存",
    "本审批表一式两份，一份",
    "一式四份，甲方执二份，乙方执一份，另交代理机构一份",
    "一式陆份，甲方执肆份，其余归乙方",
    "一式叁份，甲方、乙方及有关部门等各执一份",
    "一式___份，甲方执___份",
    "一式叁份，甲乙双方及主管机关各执一份",
    "一式x份，甲方x份",
    "正本两份 副本6份，甲方4份",
]


@pytest.mark.parametrize(("text", "expected"), PLAIN.items(), ids=str)
def test_plain_shares_are_added_up(text: str, expected: tuple[int, list[int]]) -> None:
    """The number of copies, and what the shares add up to."""
    (clause,) = copies_clauses(text)

    assert (clause.total, clause.sums()) == expected


@pytest.mark.parametrize("text", OPEN)
def test_what_is_open_is_not_added_up(text: str) -> None:
    """A clause with 其余, with blanks, or with holders nobody can count says nothing about the sum."""
    assert [sums for clause in copies_clauses(text) if (sums := clause.sums())] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [("陆", 6), ("６", 6), ("12", 12), ("十", 10), ("壹拾贰", 12), ("二十", 20), ("两", 2), ("六八", 68)],
)
def test_counts(text: str, count: int) -> None:
    """Arabic, capital and ordinary numerals are the same number."""
    assert count_of(text) == count


def test_no_count() -> None:
    """What is no number is none."""
    assert count_of("二三十") is None


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("一式陆份，正本两份，双方各执壹份；副本肆份，甲方叁份，乙方壹份。", None),
        ("一式陆份，正本两份，双方各执壹份；副本伍份，甲方叁份，乙方壹份。", ("副本", 5, 4)),
        ("一式陆份，正本两份，双方各执贰份；副本肆份，甲方叁份，乙方壹份。", ("正本", 2, 4)),
        ("一式六份，正本二份，副本四份，甲方执四份，乙方执二份。", None),
        ("一式肆份，双方各执贰份。", None),
    ],
)
def test_kinds_are_held_to_their_holders(text: str, off: tuple[str, int, int] | None) -> None:
    """Where each kind is followed by its holders, they must have all of it."""
    (clause,) = copies_clauses(text)

    assert clause.off_kind() == off
