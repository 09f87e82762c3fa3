"""A file that was only opened and saved again, told from one in which something was changed."""

from __future__ import annotations

import pytest

from docgen.merge.saved import only_saved
from docgen.word.package import write_package
from tests.wordfiles import p, table, word_file, word_files

BODY = p("合同书") + p("甲方：", "示例市应急管理局") + table(("项目", "金额"), ("评估", "10.00"))
TEXT = '<w:t xml:space="preserve">'
FONTS = '<w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋"/><w:lang w:val="zh-CN"/></w:rPr>'


def restyled(body: str) -> str:
    """The body as another program writes it: with fonts in every run, and an empty paragraph at the end."""
    return body.replace("<w:r>", f"<w:r>{FONTS}") + "<w:p/>"


def test_a_file_written_anew_by_another_program_was_only_saved() -> None:
    """Runs, fonts and empty paragraphs are no matter, nor are the numbers of pages."""
    page = '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>{}</w:t></w:r></w:fldSimple></w:p>'

    assert only_saved(word_file(BODY), word_file(BODY))
    assert only_saved(word_file(BODY, header=page.format(1)), word_file(restyled(BODY), header=page.format(3)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<w:r>{TEXT}合同书", f"<w:r><w:rPr><w:b/></w:rPr>{TEXT}合同书"),
        (f"<w:r>{TEXT}10.00", f'<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr>{TEXT}10.00'),
        (f"<w:r>{TEXT}合同书", f'<w:ins w:id="1"/><w:r>{TEXT}合同书'),
        (f"<w:r>{TEXT}合同书", f"<w:r><w:drawing/></w:r><w:r>{TEXT}合同书"),
        (f"<w:r>{TEXT}示例市", f"</w:p><w:p><w:r>{TEXT}示例市"),
    ],
)
def test_whatever_a_person_did_besides_is_seen(before: str, after: str) -> None:
    """A mark, a tracked change, a picture, a paragraph that was split: put in or taken out again."""
    assert before in BODY
    edited = word_file(BODY.replace(before, after, 1))

    assert not only_saved(word_file(BODY), edited)
    assert not only_saved(edited, word_file(BODY))


def test_a_new_header_or_one_that_is_gone_is_seen() -> None:
    """A person put it there, or took it away."""
    assert not only_saved(word_file(BODY), word_file(BODY, header=p("密级")))
    assert not only_saved(word_file(BODY, header=p("密级")), word_file(BODY))


def test_another_picture_in_the_same_place_is_seen() -> None:
    """Programs rename pictures when they save, and leave them as they are."""
    body = "<w:p><w:r><w:drawing/></w:r></w:p>"
    one, renamed, other = (
        write_package(word_files(body, raw={f"word/media/{name}.png": data}))
        for name, data in (("image1", b"seal"), ("image7", b"seal"), ("image1", b"another seal"))
    )

    assert only_saved(one, renamed)
    assert not only_saved(one, other)
