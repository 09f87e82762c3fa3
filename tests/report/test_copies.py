from __future__ import annotations

import io
import re

import docx
import pytest

from docgen.findings import Finding, Place, Severity
from docgen.reading.document import Reading
from docgen.reading.word import read_word
from docgen.report.copies import annotated, corrected, is_bid
from docgen.word.package import CONTENT_TYPES, read_package
from tests.wordfiles import p, word_file

TEXT = "合同总价1040000元（大写：壹佰万元整）"
DATA = word_file(p(TEXT) + p("以大写为准"))


def read(data: bytes, file: str = "甲.docx") -> Reading:
    return read_word(data, file)


def finding(fix: str | None, start: int = 16, end: int = 21) -> Finding:
    place = Place("甲.docx", "body", 0, start, end)
    return Finding("M101", Severity.ERROR, "大写与小写不一致。", place, TEXT[start:end], "壹佰零肆万元整", fix=fix)


def notes(data: bytes) -> list[str]:
    return [comment.text for comment in docx.Document(io.BytesIO(data)).comments]


def test_an_annotated_copy_only_adds_comments() -> None:
    """The copy reads as the original and holds each finding as a comment."""
    made = annotated(DATA, read(DATA), [finding("壹佰零肆万元整")])

    assert read(DATA).blocks == read(made).blocks
    assert ["【错误 M101】大写与小写不一致。\n应为：壹佰零肆万元整"] == notes(made)


def test_a_sure_correction_is_a_tracked_change() -> None:
    """Where it is sure what is right, it stands in the text as a change that can be refused."""
    made = corrected(DATA, read(DATA), [finding("壹佰零肆万元整")])

    assert read(made).blocks[0].text == "合同总价1040000元（大写：壹佰零肆万元整）"
    assert b"delText" in read_package(made)["word/document.xml"]


def test_an_unsure_contradiction_is_only_commented() -> None:
    """Where nothing decides which side is wrong, no character changes."""
    made = corrected(DATA, read(DATA), [finding(None)])

    assert (read(DATA).blocks, 1) == (read(made).blocks, len(notes(made)))


def test_two_corrections_of_one_place_are_made_once() -> None:
    """The first of two corrections that overlap stands."""
    made = corrected(DATA, read(DATA), [finding("壹佰零肆万元整"), finding("玖", 18, 19)])

    assert read(made).blocks[0].text == "合同总价1040000元（大写：壹佰零肆万元整）"


def test_only_the_words_that_change_are_struck_out() -> None:
    """Figures and 大写 corrected together are two changes, and what stands between them keeps its looks."""
    data = word_file(p("总价", "90元", "（大写：", "玖拾元整", "）。"))
    found = Finding(
        "M103",
        Severity.ERROR,
        "…",
        Place("甲.docx", "body", 0, 2, 13),
        "90元（大写：玖拾元整",
        fix="80元（大写：捌拾元整",
    )
    made = corrected(data, read(data), [found])

    assert read(made).blocks[0].text == "总价80元（大写：捌拾元整）。"
    assert [b"90", "玖拾元整".encode()] == re.findall(
        b"<w:delText[^>]*>([^<]*)", read_package(made)["word/document.xml"]
    )


def test_one_slip_in_many_places_is_marked_and_corrected_in_each() -> None:
    """Each place has its comment and its correction; what is only related has none."""
    data = word_file(p("甲方：示利公司") + p("乙方：示利公司") + p("示利公司是旧名"))
    first, second, other = (
        Place("甲.docx", "body", block, *span) for block, span in enumerate([(3, 7), (3, 7), (0, 4)])
    )
    found = Finding("P101", Severity.ERROR, "…", first, "示利公司", related=(other,), fix="示例公司", again=(second,))
    made = corrected(data, read(data), [found])

    assert [block.text for block in read(made).blocks] == ["甲方：示例公司", "乙方：示例公司", "示利公司是旧名"]
    assert ["【错误 P101】…", "【错误 P101】同样的写法，见前面的批注。"] == notes(made)


def test_a_bid_is_never_corrected() -> None:
    """In a bid the contradiction is pointed at and nothing else."""
    bid = word_file(p("开标一览表") + p(TEXT))
    place = Place("甲.docx", "body", 1, 16, 21)
    found = Finding("M101", Severity.ERROR, "…", place, "壹佰万元整", fix="壹佰零肆万元整")
    made = corrected(bid, read(bid), [found])

    assert (read(bid).blocks, 1) == (read(made).blocks, len(notes(made)))
    assert [True, True, False] == [is_bid(read(bid)), is_bid(read(DATA, "投标文件.docx")), is_bid(read(DATA))]


@pytest.mark.parametrize(
    ("line", "bid"),
    [
        ("投标文件（正本）", True),
        ("示例项目投标函", True),
        ("（3）投标文件", False),
        ("2.投标文件；", False),
        ("投标文件是本合同的组成部分", False),
    ],
)
def test_a_contract_may_speak_of_a_bid(line: str, bid: bool) -> None:
    """Only a title makes a document a bid, not a line in which it lists its papers."""
    assert is_bid(read(word_file(p(line) + p(TEXT)))) is bid


def test_a_copy_of_a_macro_file_is_a_document() -> None:
    """What is written as .docx carries no macros and says so in its content types."""
    package = read_package(DATA)
    types = package[CONTENT_TYPES].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    from docgen.word.package import write_package

    macro = write_package(package.replaced({CONTENT_TYPES: types, "word/vbaProject.bin": b"x"}))
    made = read_package(annotated(macro, read(macro), []))

    assert "word/vbaProject.bin" not in made
    assert b"document.main+xml" in made[CONTENT_TYPES]
