"""Judging files in a process: several small ones at once, each as if it were alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.judge import SMALL, Judged, Task, handfuls, judge
from docgen.reading.folders import Listed
from tests.wordfiles import p, word_file

_TEXTS = (
    "合同总价为10000.00元（大写：壹仟元整）",
    "第一条 甲方：示例单位。第三条 见附件3。附件1 报价表",
    "服务费共计1040000元：其中风险评估220000元，绩效评估830000元。",
    "没有问题的一份说明。",
)


@pytest.mark.parametrize("alone", [True, False])
def test_files_are_judged_together_as_they_are_singly(tmp_path: Path, alone: bool) -> None:
    """In their order, with the same findings and amounts, and one that cannot be read in its place."""
    files = []
    for number, text in enumerate(_TEXTS):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(word_file(p(text)) if number != 1 else b"PK\x03\x04 torn")
        files.append(Listed(path, path.name))

    together = judge(Task(tuple(files), alone, keep=False))

    singly = [judged for file in files for judged in judge(Task((file,), alone, keep=False))]
    assert together == singly
    assert [(one.unread is None, [finding.rule for finding in one.findings]) for one in together] == [
        (True, ["M101"]), (False, []), (True, ["M124"]), (True, []),
    ]  # fmt: skip


def test_readings_come_along_where_they_are_wanted(tmp_path: Path) -> None:
    """For the comparison of a set."""
    path = tmp_path / "a.txt"
    path.write_text(_TEXTS[0], encoding="utf-8")
    (judged,) = judge(Task((Listed(path, "a.txt"),), alone=False, keep=True))

    assert isinstance(judged, Judged)
    assert judged.reading is not None
    assert judged.reading.text == _TEXTS[0]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([1, 1, 1, 1], [[1, 1, 1], [1]]),
        ([SMALL * 2, 1, 1], [[SMALL * 2], [1, 1]]),
        ([1, SMALL, 1, SMALL - 1, 1], [[1], [SMALL], [1, SMALL - 1], [1]]),
    ],
)
def test_a_handful_is_small(sizes: list[int], expected: list[list[int]]) -> None:
    """It has only so many files, and only so many bytes, but for a large file alone."""
    assert list(handfuls(sizes, lambda size: size, 3)) == expected
