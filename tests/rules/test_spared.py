"""What is found over and over is told so often as a person may read it, and counted beyond."""

from __future__ import annotations

from docgen.findings import Finding, Place, Severity
from docgen.rules.document_rules import check_reading
from docgen.rules.spared import MOST_IN_FILE, MOST_IN_PARAGRAPH, spared
from tests.rules.snippets import reading_of


def _finding(block: int | None, number: int, severity: Severity = Severity.WARNING) -> Finding:
    place = Place("甲.docx", "body", block, number, number + 1)
    return Finding("R101", severity, f"第 {number} 处。", place, "附件9", fix="附件2")


def test_as_many_as_a_paragraph_may_have_are_all_told() -> None:
    """Nothing is left out, and nothing said, while no paragraph and no file has too many."""
    found = [_finding(block, number) for block in range(50) for number in range(MOST_IN_PARAGRAPH)]

    assert list(spared(found)) == found


def test_more_in_one_paragraph_are_counted_where_they_begin() -> None:
    """The first ones are told, and at the next how many more there are, as grave as the gravest, without a correction."""
    found = [_finding(0, number) for number in range(MOST_IN_PARAGRAPH + 7)]
    found[-1] = _finding(0, 500, Severity.ERROR)
    told = list(spared(found))

    assert told[:-1] == found[:MOST_IN_PARAGRAPH]
    assert (told[-1].severity, told[-1].fix) == (Severity.ERROR, None)
    assert told[-1].message == "这一段里同样的问题还有 7 处，没有逐一列出。"


def test_more_in_one_file_are_counted() -> None:
    """So are those of a file, over all its paragraphs; another paragraph with too many is counted by itself."""
    found = [_finding(block, 0) for block in range(MOST_IN_FILE + 20_000)]
    told = list(spared(found))

    assert len(told) == MOST_IN_FILE + 1
    assert told[-1].message == "这份文件里同样的问题还有 20,000 处，没有逐一列出。"


def test_what_speaks_of_no_paragraph_is_always_told() -> None:
    """Findings on data and on whole files are not counted."""
    found = [_finding(None, number) for number in range(MOST_IN_PARAGRAPH + 1)]

    assert list(spared(found)) == found


def test_a_paragraph_full_of_missing_clauses_is_told_in_a_hundred_findings() -> None:
    """Of 3,000 references to a clause that is not there a clerk reads a hundred and one number."""
    reading = reading_of("第一条 服务内容\n第二条 违约责任\n" + "违反第九十九条的，" * 3000)
    told = [finding.message for finding in check_reading(reading)]

    assert len(told) == MOST_IN_PARAGRAPH + 1
    assert told[-1] == "这一段里同样的问题还有 2,900 处，没有逐一列出。"
