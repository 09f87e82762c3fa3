"""Tables that count people, lessons or points: the last row against those above, and serial numbers of Word tables."""

from __future__ import annotations

import pytest

from docgen.reading.word import read_word
from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of
from tests.wordfiles import table, word_file

_HEAD = ("序号", "专题", "课时")


def told(*rows: tuple[str, ...]) -> list[tuple[str, str, str | None]]:
    """What is found in a table of a Word file: rule, quote, what is expected."""
    reading = read_word(word_file(table(*rows)), "a.docx")
    return [(f.rule, f.quote, f.expected) for f in check_reading(reading)]


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ([("1", "甲", "8"), ("2", "乙", "8"), ("合计", "", "18")], [("N106", "18", "16")]),
        ([("1", "甲", "8"), ("2", "乙", "8"), ("合计", "", "16")], []),
        ([("1", "甲", "8"), ("2", "乙", "8"), ("合计", "", "8")], []),  # repeated, or the largest
        ([("1", "甲", "8"), ("1.1", "乙", "3"), ("1.2", "丙", "5"), ("合计", "", "8")], []),  # parts of the first
        ([("1", "甲", "8"), ("2", "乙", "—"), ("合计", "", "18")], []),
        ([("1", "甲", "8人"), ("2", "乙", "8套"), ("合计", "", "18")], []),
    ],
)
def test_counts_add_up(rows: list[tuple[str, ...]], findings: list[tuple[str, str, str]]) -> None:
    """A total of counts is held to its rows where all of them count the same thing, once."""
    assert told(_HEAD, *rows) == findings


@pytest.mark.parametrize(
    ("serials", "findings"),
    [
        ("123", []),
        ("234", [("N103", "2", "1")]),  # the first row is gone
        ("1123", [("N103", "1", "2")]),  # it stands twice
        ("1231", [("N103", "1", "4")]),
        ("7234", [("N103", "7", "1")]),
        ("12345612", []),  # a second group
    ],
)
def test_serial_numbers_begin_with_one(serials: str, findings: list[tuple[str, str, str]]) -> None:
    """The first row of a table with a header of its own has number 1, and only that one."""
    assert told(_HEAD, *((serial, "甲", "") for serial in serials)) == findings


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        ([("一年", "55"), ("二年", "60"), ("三年", "65"), ("合计", "180")], []),
        ([("一年", "55"), ("二年", "60"), ("三年", "56"), ("合计", "180")], [("N106", "180", "171")]),
        ([("一年", "55"), ("二年", "60"), ("合计", "180")], []),  # no slip of the hand explains it
        ([("一年", "55"), ("其中：上半年", "56"), ("合计", "55")], []),
    ],
)
def test_money_without_prices_adds_up(rows: list[tuple[str, ...]], findings: list[tuple[str, str, str]]) -> None:
    """Caps and fees that no price table holds are added up where one slip explains the difference."""
    assert told(("年度", "上限（万元）"), *rows) == findings


@pytest.mark.parametrize(("total", "quotes"), [("15", []), ("9", ["9"])])
def test_a_table_that_a_page_break_tore_is_one_table(total: str, quotes: list[str]) -> None:
    """The header stands again on the next page; the rows above it count."""
    text = f"""
        序号\t岗位\t人数
        1\t厨师\t3
        2\t面点\t3
        - 1 -
        序号\t岗位\t人数
        3\t切配\t4
        4\t服务\t5
        合计\t\t{total}
    """
    assert [f.quote for f in check_reading(reading_of(text)) if f.rule == "N106"] == quotes


_PACKAGES = """\
预算金额：人民币伍佰陆拾万元整（5,600,000.00元）
最高限价：5,480,000.00元。
分包情况：共3个包。
包号\t名称\t预算（万元）\t最高限价（万元）
包1\t数控加工实训设备\t310\t302
包2\t工业机器人实训平台\t180\t177
包3\t虚拟仿真软件\t70\t69
"""


@pytest.mark.parametrize(
    ("old", "new", "quotes"),
    [
        ("", "", []),
        ("180\t177", "190\t177", ["人民币伍佰陆拾万元整"]),
        ("310\t302", "130\t302", ["130"]),
        ("伍佰陆拾万元整（5,600,000.00元）", "伍佰壹拾捌万元整（5,180,000.00元）", []),  # no slip of one digit
        ("最高限价：5,480,000.00元", "最高限价：5,380,000.00元", ["5,380,000.00元"]),
        ("预算金额：人民币", "包1预算金额：人民币", []),
        ("包3\t虚拟仿真软件\t70\t69\n", "包3\t虚拟仿真软件\t另定\t另定\n", []),
    ],
)
def test_packages_make_the_budget_of_the_whole(old: str, new: str, quotes: list[str]) -> None:
    """The budgets and limits of packages, in a table without a total, are held to what a line says for all of them."""
    found = check_reading(reading_of(_PACKAGES.replace(old, new, 1)))
    assert [f.quote for f in found if f.rule == "N106"] == quotes


def test_a_column_may_say_its_unit_in_brackets() -> None:
    """审计报告（份） is counted, and 单项最多（份） is no column to add up."""
    table = "序号\t审计项目\t{}\t收费（元）\n1\t甲公司\t5\t86,000\n2\t乙基金\t{}\t54,500\n3\t丙食堂\t5\t37,500\n合计\t\t15\t178,000\n"

    found = [
        [f.rule for f in check_reading(reading_of(table.format(head, number)))]
        for head, number in (("审计报告（份）", 5), ("审计报告（份）", 6), ("单项最多（份）", 6))
    ]
    assert found == [[], ["N106"], []]
