"""Checking files that exist already: what is reported, where it stands, and that nothing stops the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.report.outcome import Outcome
from docgen.verify import Choice, verify
from tests.wordfiles import p, word_file

WRONG = "合同总价为10000.00元（大写：壹仟元整）"


def only(outcomes: list[Outcome]) -> Outcome:
    """The one outcome."""
    (outcome,) = outcomes
    return outcome


def test_a_finding_in_plain_text_has_line_column_and_offset(tmp_path: Path) -> None:
    """The quote stands in the decoded file at the offset, marks included; the byte order mark is not counted."""
    text = "# 合同\r\n\r\n合同总价为10000.00元（大写：**壹**仟元整）\r\n"
    path = tmp_path / "合同.md"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (finding,) = only(verify([str(path)], Choice(select=("M101",)))).findings
    place = finding.place

    assert (finding.rule, finding.quote, place.line, place.column) == ("M101", "壹**仟元整", 3, 21)
    assert place.offset is not None
    assert text[place.offset : place.offset + len(finding.quote)] == finding.quote
    assert [(other.line, other.column) for other in finding.related] == [(3, 6)]


def test_a_finding_in_a_word_file_has_its_block(tmp_path: Path) -> None:
    """Part, block and characters, and no line."""
    path = tmp_path / "合同.docx"
    path.write_bytes(word_file(p("合同") + p(WRONG)))
    (finding,) = only(verify([str(path)])).findings
    place = finding.place

    assert (place.part, place.block, place.start, place.end, place.line) == ("body", 1, 18, 22, None)


def test_a_file_that_cannot_be_read_is_told_and_stops_nothing(tmp_path: Path) -> None:
    """It is unread with the reason, the exit code 2, and the other file is checked."""
    good, missing = tmp_path / "合同.txt", tmp_path / "没有.docx"
    good.write_text(WRONG, encoding="utf-8")
    outcome = only(verify([str(missing), str(good)]))

    assert [(file.unread is None, len(file.findings), file.amounts) for file in outcome.files] == [
        (False, 0, 0),
        (True, 1, 2),
    ]
    assert outcome.exit_code == 2


@pytest.mark.parametrize(
    ("choice", "codes"),
    [
        (Choice(), ["M101"]),
        (Choice(select=("M",)), ["M101"]),
        (Choice(select=("R", "M101")), ["M101"]),
        (Choice(select=("R",)), []),
        (Choice(ignore=("M1",)), []),
        (Choice(select=("M",), ignore=("M101",)), []),
    ],
)
def test_rules_can_be_chosen(choice: Choice, codes: list[str], tmp_path: Path) -> None:
    """By whole codes or by how they begin; ignoring outranks selecting."""
    path = tmp_path / "合同.txt"
    path.write_text(WRONG, encoding="utf-8")

    assert [finding.rule for finding in only(verify([str(path)], choice)).findings] == codes
