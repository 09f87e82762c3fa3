from __future__ import annotations

from docgen.reading.word import read_word
from docgen.template.compile import compile_template
from docgen.template.render import render
from docgen.word.comments import Comment, add_comments
from docgen.word.names import with_usual_names
from docgen.word.package import read_package, write_package
from docgen.word.watermark import add_watermark
from tests.word.structure import faults
from tests.wordfiles import p, word_file


def from_the_web(data: bytes) -> bytes:
    """The file as Word on the web would have named its parts."""
    package = read_package(data)
    renamed = {}
    for name in package.names:
        text = package[name].replace(b'Target="word/document.xml"', b'Target="/word/document2.xml"')
        text = text.replace(b'PartName="/word/document.xml"', b'PartName="/word/document2.xml"')
        text = text.replace(b'Target="header1.xml"', b'Target="/word/header1.xml"')
        renamed[name.replace("document.xml", "document2.xml")] = text
    return write_package(renamed)


def test_a_file_with_usual_names_is_left_alone() -> None:
    """Nothing is done where nothing needs doing."""
    package = read_package(word_file(p("甲"), header=p("眉")))

    assert with_usual_names(package) is package


def test_parts_get_their_usual_names() -> None:
    """The main part of a file from Word on the web gets its usual name, and everything still finds it."""
    package = with_usual_names(read_package(from_the_web(word_file(p("甲"), header=p("眉")))))

    assert "word/document.xml" in package
    assert "word/_rels/document.xml.rels" in package
    assert [] == [name for name in package.names if "document2" in name]
    assert [] == faults(write_package(package))


def test_a_file_from_the_web_is_read() -> None:
    """Its text is read, header and all."""
    reading = read_word(from_the_web(word_file(p("甲"), header=p("眉"))), "a")

    assert [("body", "甲"), ("header1", "眉")] == [(block.part, block.text) for block in reading.blocks]


def test_a_template_from_the_web_is_rendered_and_marked() -> None:
    """It serves as a template like any other, and its drafts carry their marks."""
    source = from_the_web(word_file(p("{{ x }}元"), header=p("{{ x }}号")))
    data = render(compile_template(source, "样本.docx"), {"x": 6}, {}).data
    marked = add_comments(add_watermark(data, "草稿"), [Comment("body", 0, 0, 1, "见")])

    assert ["6元", "6号"] == [block.text for block in read_word(marked, "a").blocks]
    assert [] == faults(marked)
