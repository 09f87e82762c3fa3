"""Findings are shown so that a person finds what matters: files in order, long lists of the same cut short."""

from __future__ import annotations

import pytest

from docgen.findings import Finding, Place, Severity
from docgen.report.outcome import FileReport, Outcome, by_file
from docgen.report.terminal import show

DATA, PART, MADE = "data/甲/contract.yaml", "data/甲/price.yaml", "outputs/甲/01_合同.docx"


def shown(outcome: Outcome, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines that are printed for an outcome."""
    show([outcome])
    return [line.strip() for line in capsys.readouterr().out.splitlines() if line.strip()]


def unfilled(line: int, label: str) -> Finding:
    """The note on a field that is still open."""
    return Finding("F232", Severity.NOTE, "尚未填写。", Place(DATA, line=line, column=3, label=label))


def test_the_parts_of_the_data_are_shown_before_the_documents() -> None:
    """A data file stands beside the others, wherever the first finding in it came from; foreign files come last."""
    found = [
        Finding("M202", Severity.ERROR, "小计不符。", Place(PART, line=3, column=1)),
        Finding("F501", Severity.ERROR, "被人改动过。", Place("outputs/甲/别的.docx")),
    ]

    files = by_file([FileReport(DATA), FileReport(MADE, output="written")], found)

    assert [file.file for file in files] == [DATA, PART, MADE, "outputs/甲/别的.docx"]


def test_many_related_places_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Three places are named, the rest is told in number."""
    related = tuple(Place(PART, line=line, column=5) for line in range(10, 16))
    finding = Finding("M202", Severity.ERROR, "小计不符。", Place(PART, line=7, column=3), related=related)

    assert shown(Outcome((FileReport(PART, (finding,)),)), capsys) == [
        PART,
        "错误 M202 data/甲/price.yaml:7:3 小计不符。",
        "另见：data/甲/price.yaml:10:5",
        "另见：data/甲/price.yaml:11:5",
        "另见：data/甲/price.yaml:12:5",
        "另见：其余 3 处",
        "错误 1",
    ]


def test_a_few_open_fields_are_shown_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Each has its line."""
    findings = (unfilled(8, "合同.合同编号"), unfilled(12, "甲方.名称"))

    assert shown(Outcome((FileReport(DATA, findings),)), capsys) == [
        DATA,
        "提示 F232 data/甲/contract.yaml:8:3 合同.合同编号　尚未填写。",
        "提示 F232 data/甲/contract.yaml:12:3 甲方.名称　尚未填写。",
        "提示 2",
    ]


def test_many_open_fields_do_not_hide_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """In a contract that has hardly been begun the open fields are listed by group, and a fault stands out."""
    fault = Finding("F216", Severity.ERROR, "没有 31 日。", Place(DATA, line=9, column=3, label="合同.签订日期"))
    price = [unfilled(30 + row, f"价款.报价表[1].报价行[{row}].单价") for row in range(1, 21)]
    findings = (unfilled(8, "合同.合同编号"), fault, unfilled(10, "合同.年度"), *price, unfilled(60, "备注"))

    lines = shown(Outcome((FileReport(DATA, findings),)), capsys)

    assert lines[:4] == [
        DATA,
        "错误 F216 data/甲/contract.yaml:9:3 合同.签订日期　没有 31 日。",
        "提示 F232 尚未填写，共 23 处：",
        "合同（第 8—10 行）：合同编号、年度",
    ]
    assert lines[4].startswith("价款（第 31—50 行）：报价表[1].报价行[1].单价、报价表[1].报价行[2].单价、")
    assert lines[5:] == ["备注（第 60 行）", "错误 1，提示 23"]


def test_what_only_follows_stands_below_its_cause(capsys: pytest.CaptureFixture[str]) -> None:
    """It is set further in, its sentence not shown twice, and a place in another Word file is named with that file."""
    at, other = Place(MADE, "body", 3, 0, 2, label="第三条"), Place("outputs/甲/02_附件.docx", "body", 1, label="附件1")
    cause = Finding("D104", Severity.ERROR, "年份不同。", at, related=(other,), frame="2036年6月\n^^^^")
    follower = Finding("D106", Severity.WARNING, "先后不合。", at, cause=at, frame="2036年6月\n^^^^")

    show([Outcome((FileReport(MADE, (cause, follower)),))])

    assert capsys.readouterr().out.splitlines()[1:-2] == [
        "    错误 D104 第三条　年份不同。",
        "      2036年6月",
        "      ^^^^",
        "      另见：outputs/甲/02_附件.docx 附件1",
        "        └ 警告 D106 第三条　先后不合。",
    ]
