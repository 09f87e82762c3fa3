"""What became of many contracts is told in a line each, with what somebody should look at."""

from __future__ import annotations

import pytest

from docgen.findings import Finding, Place, Severity
from docgen.report.many import show
from docgen.report.outcome import FileReport, Outcome, by_file

DATA, MADE = "表.csv", "outputs/甲/01_合同.docx"


def shown(found: list[Finding], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines that are printed for one set that was made with these findings."""
    show([Outcome(by_file([FileReport(DATA), FileReport(MADE, output="written", amounts=2, values=9)], found), "甲")])
    return capsys.readouterr().out.splitlines()


def test_warnings_of_a_set_that_was_made_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    """A count alone would send the clerk to look for them; notes are counted nowhere."""
    found = [
        Finding("P203", Severity.WARNING, "像是写错了。", Place(DATA, line=3, column=7, label="甲方.邮政编码")),
        Finding("D103", Severity.WARNING, "日期不全。", Place(MADE, block=3, label="第四条")),
        Finding("F232", Severity.NOTE, "尚未填写。", Place(DATA, line=4, column=3)),
    ]

    assert shown(found, capsys) == [
        "甲：已生成 1 份，金额 2 处、数据 9 处相符，警告 2",
        "  警告 P203 表.csv:3:7 甲方.邮政编码　像是写错了。",
        "  警告 D103 01_合同.docx 第四条　日期不全。",
        "共 1 套：已生成 1 套；警告 2，提示 1。",
    ]


def test_many_warnings_of_one_set_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Three are named, so that the lines of hundreds of sets stay readable."""
    found = [
        Finding("P203", Severity.WARNING, "像是写错了。", Place(DATA, line=line, column=7)) for line in range(3, 9)
    ]

    assert shown(found, capsys)[4:5] == ["  另有 3 处，单独生成这一套时逐处列出"]
