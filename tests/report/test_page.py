from __future__ import annotations

import json
import re

from docgen.findings import Finding, Place, Severity
from docgen.reading.word import read_word
from docgen.report.outcome import FileReport, Outcome
from docgen.report.page import page
from docgen.report.sarif import document
from tests.wordfiles import p, table, word_file

READING = read_word(
    word_file(p("合同总价&lt;1040000&gt;元") + table(("序号", "金额")), header=p("合同编号")), "甲 乙.docx"
)
FINDING = Finding(
    "M101", Severity.ERROR, "大写与小写不一致。", Place("甲 乙.docx", "body", 0, 4, 13, label="第一条"),
    quote="<1040000>", expected="<1040001>", related=(Place("甲 乙.docx", "body", 1, label="表1"),),
)  # fmt: skip
OUTCOME = Outcome((FileReport("甲 乙.docx", (FINDING,), amounts=1), FileReport("坏.docx", unread="文件已损坏")))


def test_the_page_shows_text_and_findings_side_by_side() -> None:
    """Every block stands on the page, escaped, the quoted characters marked and linked with their finding."""
    made = page([OUTCOME], {"甲 乙.docx": READING}, {"M101": "大小写不一致"})

    assert '合同总价<mark class="error" id="mf1-1">&lt;1040000&gt;</mark>元' in made
    assert '<a href="#mf1-1">第一条</a>' in made
    assert re.search(r"<td[^>]*><p[^>]*>序号</p></td><td[^>]*><p[^>]*>金额</p></td>", made)
    assert '另见：<a href="#f1b1">表1</a>' in made
    assert '<p id="f1b1">' in made
    assert ["页眉", "合同编号"] == re.findall("页眉|合同编号", made)
    assert "坏.docx：未读取" in made


def test_the_page_asks_nothing_of_the_network() -> None:
    """The page is one file: no script, no address of anything outside."""
    made = page([OUTCOME], {"甲 乙.docx": READING}, {})

    assert [] == re.findall(r"<script|https?:|src=|@import|url\(", made)


def test_sarif_names_rule_file_and_place() -> None:
    """The log holds each finding with its rule, level, file and place, and says what could not be read."""
    (run,) = json.loads(document([OUTCOME], {"M101": "大小写不一致"}))["runs"]
    (result,) = run["results"]

    assert [{"id": "M101", "shortDescription": {"text": "大小写不一致"}}] == run["tool"]["driver"]["rules"]
    assert ("M101", 0, "error") == (result["ruleId"], result["ruleIndex"], result["level"])
    assert {
        "physicalLocation": {"artifactLocation": {"uri": "%E7%94%B2%20%E4%B9%99.docx"}},
        "logicalLocations": [{"fullyQualifiedName": "第一条"}],
    } == result["locations"][0]
    assert "坏.docx：文件已损坏" == run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_counts_lines_in_plain_text() -> None:
    """A place in plain text has its line, column, offset and length."""
    finding = Finding("M101", Severity.WARNING, "…", Place("a.txt", line=3, column=5, offset=40), quote="壹元")
    (run,) = json.loads(document([Outcome((FileReport("a.txt", (finding,)),))], {}))["runs"]

    assert {
        "startLine": 3, "startColumn": 5, "endColumn": 7, "charOffset": 40, "charLength": 2, "snippet": {"text": "壹元"},
    } == run["results"][0]["locations"][0]["physicalLocation"]["region"]  # fmt: skip
