"""House rules: what is reported, how grave it counts, and what was accepted stays quiet."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from docgen.choice import Accepted, Choice, fingerprint
from docgen.errors import InputError, OutputError
from docgen.findings import Finding, Place, Severity
from docgen.profile import accept, read_profile
from docgen.verify import verify

WRONG = "合同总价为10000.00元（大写：壹仟元整）"


def profile(folder: Path, text: str) -> Path:
    """A file of house rules."""
    path = folder / "docgen.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return path


def finding(quote: str = "壹仟元整", line: int = 1, rule: str = "M101", file: str = "甲/合同.txt") -> Finding:
    """A finding in a text."""
    return Finding(rule, Severity.ERROR, f"大写是“{quote}”。", Place(file, line=line), quote)


def test_all_that_a_profile_says(tmp_path: Path) -> None:
    """Chinese labels and English keys mean the same; rules may be named by how they begin."""
    path = profile(tmp_path, """
        只报: [M, R101]
        ignore: [m102]
        级别:
          - {规则: M101, 级别: 警告}
        已接受:
          - 规则: M101
            文件: 合同.txt
            原文: 壹仟元整
            理由: 双方另有约定
    """)  # fmt: skip

    assert read_profile(path) == Choice(
        ("M", "R101"),
        ("M102",),
        {"M101": Severity.WARNING},
        (Accepted("M101", "合同.txt", "双方另有约定", "壹仟元整"),),
    )


@pytest.mark.parametrize("text", ["", "# 还没有规则\n"])
def test_an_empty_profile_says_nothing(tmp_path: Path, text: str) -> None:
    """It is as if there were none."""
    assert read_profile(profile(tmp_path, text)) == Choice()


def test_all_faults_of_a_profile_are_told(tmp_path: Path) -> None:
    """With their lines, and what may have been meant."""
    path = profile(tmp_path, """
        只报: [Q]
        不抱: [M101]
        级别:
          - {规则: M101, 级别: 严重}
        已接受:
          - 规则: M1
            文件: 合同.txt
    """)  # fmt: skip
    with pytest.raises(InputError) as caught:
        read_profile(path)

    told = str(caught.value)
    assert f"{path.as_posix()} 有 5 处错误：" in told
    for part in (
        "第 2 行：没有“Q”这条规则",
        "第 3 行：",
        "是不是想写“不报”",
        "第 5 行：",
        "第 7 行：缺少 理由。",
        "“M1”只是开头",
    ):
        assert part in told


def test_levels_and_accepted_findings_are_applied() -> None:
    """The most particular level counts; an accepted finding is known by words or fingerprint, not by its line."""
    choice = Choice(
        levels={"M": Severity.NOTE, "M101": Severity.WARNING},
        accepted=(Accepted("M101", "合同.txt", "理由", quote="壹仟元整"), Accepted("M103", "合同.txt", "理由")),
    )
    left, accepted = choice.sorted_out(
        [
            finding(),
            finding(line=9),
            finding("贰元整"),
            finding(file="另.txt"),
            finding("丙", rule="M103"),
            finding(rule="M102"),
        ]
    )

    assert [(f.quote, f.place.file, f.severity.label) for f in left] == [
        ("贰元整", "甲/合同.txt", "warning"),
        ("壹仟元整", "另.txt", "warning"),
        ("壹仟元整", "甲/合同.txt", "note"),
    ]
    assert accepted == 3
    assert fingerprint(finding(line=3)) == fingerprint(finding(line=7)) != fingerprint(finding("贰元整"))


@pytest.mark.parametrize(
    "text",
    [None, "", "# 规则\n只报: [M]", "已接受:\n- 规则: R101\n  文件: a\n  理由: b", "已接受:\r\n    - 规则: R101\r\n      文件: a\r\n      理由: b\r\n不报: [W]\r\n"],
)  # fmt: skip
def test_what_is_accepted_is_quiet_in_the_next_run(tmp_path: Path, text: str | None) -> None:
    """Entries are added to whatever the file holds, and only to it."""
    path, file = tmp_path / "docgen.yaml", tmp_path / "合同.txt"
    if text is not None:
        path.write_bytes(text.encode())
    file.write_text(WRONG, encoding="utf-8")
    found = verify([str(file)]).outcomes[0].findings

    assert accept(path, found, "已与对方核实：“是”") == 1
    assert [line for line in (text or "").splitlines() if line not in path.read_bytes().decode().splitlines()] == []
    file.write_text(f"第一行\n\n{WRONG}", encoding="utf-8")
    (outcome,) = verify([str(file)], read_profile(path)).outcomes
    assert (outcome.findings, outcome.remarks, outcome.exit_code) == ([], ("已接受 1 项，不再列出。",), 0)
    file.write_text(WRONG.replace("10000.00", "20000.00"), encoding="utf-8")
    assert len(verify([str(file)], read_profile(path)).outcomes[0].findings) == 1


def test_a_list_in_another_form_is_left_alone(tmp_path: Path) -> None:
    """It is said how to write it, and the file stays as it was."""
    path = profile(tmp_path, "已接受: []\n")
    with pytest.raises(OutputError, match="要写成一行一个“- ”的列表"):
        accept(path, [finding()], "理由")

    assert path.read_text(encoding="utf-8") == "已接受: []\n"
    assert [file.name for file in tmp_path.iterdir()] == ["docgen.yaml"]
