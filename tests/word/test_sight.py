"""What is seen, where it stands, and that edits hit exactly that."""

from __future__ import annotations

from docgen.findings import Finding, Place, Severity
from docgen.reading.word import read_word
from docgen.report.copies import annotated
from docgen.word.comments import Comment, add_comments
from docgen.word.package import read_package, write_package
from docgen.word.parts import parse
from docgen.word.revisions import Revision, revise
from docgen.word.sight import sight_in
from docgen.word.text import visible_text, w
from tests.wordfiles import p, word_files

HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
STYLES = '<w:style w:type="character" w:styleId="Off"><w:rPr><w:vanish/></w:rPr></w:style>'
STYLED = '<w:r><w:rPr><w:rStyle w:val="Off"/></w:rPr><w:t>秘</w:t></w:r>'
BODY = f"<w:p>{HIDDEN}{STYLED}<w:r><w:t>总价100元（大写：壹佰</w:t></w:r><w:r><w:t>伍拾元整）</w:t></w:r></w:p>"


def test_templates_keep_what_is_hidden() -> None:
    """The text that templates are written in has hidden text too, and one character for a symbol."""
    paragraph = parse(write_of(f'<w:p>{HIDDEN}<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r></w:p>'))[0][0]

    assert "藏□" == visible_text(paragraph)


def write_of(body: str) -> bytes:
    return word_files(body)["word/document.xml"]


def test_stretches_leave_out_what_is_hidden() -> None:
    """The stretches of a paragraph are those that are seen, counted from 0."""
    package = read_package(write_package(word_files(BODY, parts={"styles": STYLES})))
    paragraph = parse(package["word/document.xml"])[0][0]

    assert [(0, "总价100元（大写：壹佰"), (12, "伍拾元整）")] == [
        (stretch.start, stretch.text) for stretch in sight_in(package).stretches(paragraph)
    ]


def test_edits_hit_the_seen_characters() -> None:
    """Corrections and comments stand on the characters of the reading, whatever is hidden before them."""
    data = write_package(word_files(BODY, parts={"styles": STYLES}))
    text = read_word(data, "a").blocks[0].text
    start = text.index("壹佰伍拾")
    revised = read_word(revise(data, [Revision("body", 0, start, start + 4, "壹佰")]), "a").blocks[0]
    commented = add_comments(data, [Comment("body", 0, start, start + 4, "错")])
    marked = parse(read_package(commented)["word/document.xml"]).iter(
        w("commentRangeStart"), w("commentRangeEnd"), w("t")
    )

    assert ("总价100元（大写：壹佰元整）", "壹佰伍拾藏秘") == (revised.text, revised.unseen)
    assert ["藏", "秘", "总价100元（大写：", None, "壹佰", "伍拾", None, "元整）"] == [mark.text for mark in marked]


def test_strict_files_are_annotated() -> None:
    """The copy of a Strict file is an ordinary one, with the comment on its words."""
    files = {
        name: data.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/")
        for name, data in word_files(p("总价100元")).items()
    }  # fmt: skip
    data = write_package(files)
    finding = Finding("M101", Severity.ERROR, "错", Place("a", "body", 0, 2, 5), "100")
    copy = annotated(data, read_word(data, "a"), [finding])
    marked = parse(read_package(copy)["word/document.xml"]).iter(w("commentRangeStart"), w("commentRangeEnd"), w("t"))

    assert ["总价", None, "100", None, "元"] == [mark.text for mark in marked]
