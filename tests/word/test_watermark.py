from __future__ import annotations

from docgen.reading.word import read_word
from docgen.word.package import read_package
from docgen.word.parts import parse
from docgen.word.text import w
from docgen.word.watermark import add_watermark, remove_watermark
from tests.wordfiles import p, word_file


def marks(data: bytes) -> dict[str, list[str]]:
    """The watermarks of each header of the file."""
    package = read_package(data)
    names = [name for name in package.names if name.startswith("word/header")]
    strings = {name: [e.get("string") for e in parse(package[name]).iter("{urn:schemas-microsoft-com:vml}textpath")]
               for name in names}  # fmt: skip
    return {name: [string for string in found if string] for name, found in strings.items()}


def test_each_header_gets_the_mark() -> None:
    """The word is drawn in the header that is there, and no text changes."""
    data = word_file(p("正文"), header=p("合同编号"))
    result = add_watermark(data, "草稿")

    assert {"word/header1.xml": ["草稿"]} == marks(result)
    assert read_word(data, "a").blocks == read_word(result, "a").blocks


def test_a_section_without_header_gets_one() -> None:
    """A section that shows no header on some kind of page gets one that holds only the mark."""
    data = word_file(p("正文") + "<w:sectPr><w:titlePg/></w:sectPr>")
    result = add_watermark(data, "草稿")
    section = next(parse(read_package(result)["word/document.xml"]).iter(w("sectPr")))

    assert {"word/header1.xml": ["草稿"]} == marks(result)
    assert {"default", "first"} == {r.get(w("type")) for r in section.iter(w("headerReference"))}


def test_the_same_file_gives_the_same_bytes() -> None:
    """Marking is deterministic."""
    data = word_file(p("正文"))

    assert add_watermark(data, "草稿") == add_watermark(data, "草稿")


def test_a_section_as_it_was_before_a_change_is_left_alone() -> None:
    """The old properties of a section, kept in a tracked change, cannot hold a header."""
    old = '<w:sectPrChange w:id="1" w:author="a"><w:sectPr><w:titlePg/></w:sectPr></w:sectPrChange>'
    result = add_watermark(word_file(f"{p('正文')}<w:sectPr>{old}</w:sectPr>"), "草稿")
    before = next(parse(read_package(result)["word/document.xml"]).iter(w("sectPrChange")))

    assert [] == list(before.iter(w("headerReference")))


def test_the_mark_can_be_taken_off() -> None:
    """Without its mark the file says what it said; where there is none, not a byte changes."""
    data = word_file(p("正文"), header=p("合同编号"))
    result = remove_watermark(add_watermark(data, "草稿"))

    assert {"word/header1.xml": []} == marks(result)
    assert read_word(data, "a").blocks == read_word(result, "a").blocks
    assert remove_watermark(data) is data
