"""Checking files that exist already: what is reported, where it stands, and that nothing stops the rest."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from docgen import judge
from docgen import verify as verify_module
from docgen.findings import Finding
from docgen.reading.document import Reading
from docgen.report.outcome import Outcome
from docgen.report.terminal import summary
from docgen.rules.document_rules import document_rules
from docgen.verify import Choice, Verdict, verify
from tests.wordfiles import p, word_file

WRONG = "合同总价为10000.00元（大写：壹仟元整）"


def only(verdict: Verdict) -> Outcome:
    """The one outcome."""
    (outcome,) = verdict.outcomes
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
    assert summary([outcome]) == "错误 1，未能读取 1 份"


def test_what_was_not_read_is_never_called_clean(tmp_path: Path) -> None:
    """The sum says how many files were not read, and only of the others that nothing was found."""
    write(tmp_path, "a.txt")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04")

    assert summary(verify([str(tmp_path)]).outcomes) == "未能读取 1 份，其余没有发现问题"
    assert summary(verify([str(tmp_path / "b.docx")]).outcomes) == "未能读取 1 份"
    assert verify([str(tmp_path / "b.docx")]).unread[0].unread == "文件不是完整的 Word 文件（.docx），不能读取"


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


def names(verdict: Verdict) -> list[list[str]]:
    """The files of every set, without the folder that all lie in."""
    return [[Path(file.file).name for file in outcome.files] for outcome in verdict.outcomes]


def write(folder: Path, *paths: str) -> None:
    """Files with a right amount."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("合同总价为10000.00元（大写：壹万元整）", encoding="utf-8")


def test_folders_are_sets_in_the_order_of_a_person(tmp_path: Path) -> None:
    """Files named together are one set, each folder another; locks and hidden files are passed by."""
    write(
        tmp_path,
        "甲/附件10.txt",
        "甲/附件2.txt",
        "甲/~$附件2.docx",
        "甲/.隐藏.txt",
        "甲/附件2.批注.docx",
        "甲/.docgen/a.txt",
        "甲/乙/a.md",
        "b.txt",
        "c.txt",
    )
    verdict = verify([str(tmp_path / "c.txt"), str(tmp_path / "甲"), str(tmp_path / "b.txt"), str(tmp_path / "c.txt")])

    assert names(verdict) == [["c.txt", "b.txt"], ["附件2.txt", "附件10.txt"], ["a.md"]]
    assert [outcome.title for outcome in verdict.outcomes] == ["", str(tmp_path / "甲"), str(tmp_path / "甲/乙")]
    assert verdict.outcomes[1].files[0].file == f"{tmp_path}/甲/附件2.txt"
    assert {outcome.exit_code for outcome in verdict.outcomes} == {0}


def test_unknown_kinds_in_a_folder_are_noted(tmp_path: Path) -> None:
    """A picture is unread and noted, and no failure; named by itself it is."""
    write(tmp_path, "a.txt")
    (tmp_path / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    outcome = only(verify([str(tmp_path)]))

    assert [(f.rule, f.severity.label) for f in outcome.findings] == [("F402", "note")]
    assert [file.unread for file in outcome.files] == [None, "不是能核对的文件种类"]
    assert outcome.exit_code == 0
    assert only(verify([str(tmp_path / "图.png")])).exit_code == 2


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    """Nothing to check is no success."""
    outcome = only(verify([str(tmp_path)]))

    assert (outcome.files[0].unread, outcome.exit_code) == ("文件夹里没有可以核对的文件", 2)


def test_a_file_that_breaks_a_process_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is unread with the reason, and every other file is checked, those too that are judged together with it."""
    monkeypatch.setattr(verify_module, "cores", lambda: 1)
    write(tmp_path, *(f"{number}.txt" for number in range(8)), "死.txt")
    whole = judge.file_bytes

    def breaking(path: Path, shown: str) -> bytes:
        return os._exit(3) if path.name == "死.txt" else whole(path, shown)

    monkeypatch.setattr(judge, "file_bytes", breaking)
    outcome = only(verify([str(tmp_path)]))

    assert [file.unread for file in outcome.files] == [None] * 8 + ["内容过大或已损坏，读取它的程序退出了"]
    assert [file.amounts for file in outcome.files] == [2] * 8 + [0]


def test_many_files_are_no_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are judged one by one, which is said."""
    monkeypatch.setattr(verify_module, "MOST_COMPARED", 2)
    write(tmp_path, "a.txt", "b.txt", "c.txt")
    verdict = verify([str(tmp_path)], keep=True)

    assert only(verdict).remarks == ("这里的文件超过 2 份，不作为一套合同，只逐份核对。",)
    assert len(verdict.readings) == 3


def test_a_part_that_was_not_read_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a file is never clean, whatever rules are selected."""
    write(tmp_path, "a.txt")
    monkeypatch.setattr(judge, "read_data", lambda *_: Reading("a.txt", (), ("图片 1 是扫描件",)))
    outcome = only(verify([str(tmp_path / "a.txt")], Choice(select=("M",))))

    assert [(f.rule, f.severity.label, f.message) for f in outcome.findings] == [
        ("F401", "note", "有一部分没有核对：图片 1 是扫描件。")
    ]


def test_a_rule_that_breaks_down_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and the other rules go on."""

    def broken(*_: object) -> list[Finding]:
        raise ZeroDivisionError

    rules = [replace(rule, function=broken) if rule.code == "R101" else rule for rule in document_rules()]
    monkeypatch.setattr(judge, "document_rules", lambda: rules)
    path = tmp_path / "合同.txt"
    path.write_text(WRONG, encoding="utf-8")

    assert [finding.rule for finding in only(verify([str(path)])).findings] == ["F403", "M101"]


def test_progress_is_told(tmp_path: Path) -> None:
    """Files done and files in all, up to the last."""
    write(tmp_path, "a.txt", "b.txt", "c.txt")
    seen: list[tuple[int, int]] = []
    verify([str(tmp_path)], progress=lambda done, whole: seen.append((done, whole)))

    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_bare_numbers_in_columns_of_money_are_amounts(tmp_path: Path) -> None:
    """Unit prices, amounts and totals of a price table count, quantities and serial numbers do not."""
    text = "序号\t事项\t单价（元）\t数量\t金额（元）\n1\t驻场服务\t2000\t12\t24000\n合计\t\t\t\t24000\n合同总价为24000元。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    assert [file.amounts for file in only(verify([str(tmp_path / "a.txt")])).files] == [4]


def test_comparing_a_set_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What hangs there is told as not done, and what each file has by itself is reported all the same."""

    def hang(*_: object) -> list[Finding]:
        time.sleep(30)
        return []

    monkeypatch.setattr("docgen.verify.compare_all", hang)
    monkeypatch.setattr("docgen.verify.SECONDS_A_SET", 0.3)
    (tmp_path / "a.txt").write_text("合同总价为10000.00元（大写：壹仟元整）")
    (tmp_path / "b.txt").write_text("甲方")
    outcome = verify([str(tmp_path)]).outcomes[0]
    told = [(finding.rule, finding.message) for finding in outcome.findings if finding.rule == "F401"]
    assert told == [("F401", "这些文件没有互相核对：超过 0 秒没有核对完，已停止。")]
    assert "M101" in {finding.rule for finding in outcome.findings}
