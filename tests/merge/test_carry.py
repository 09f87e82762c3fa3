"""Blocks put in by a merge bring along what they refer to."""

from __future__ import annotations

import base64
import re

import pytest

from docgen.merge.three_way import Merged, Version, merge, redline
from docgen.reading.word import read_word
from docgen.word.names import BODY
from docgen.word.package import read_package, write_package
from docgen.word.parts import relationships_of
from tests.tracked import accepted, refused
from tests.word.structure import faults
from tests.wordfiles import p, table, word_files

_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_NUMBERS = (
    '<w:abstractNum w:abstractNumId="{0}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="{1}%1"/></w:lvl></w:abstractNum><w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/></w:num>'
)
_DRAWING = (
    "<w:p><w:r><w:t>{1}</w:t></w:r><w:r><w:drawing>"
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="图"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{0}"/></pic:blipFill><pic:spPr/></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
_LINK = '<w:p><w:hyperlink r:id="rIdL"><w:r><w:t>见网页</w:t></w:r></w:hyperlink></w:p>'
_NOTED = '<w:p><w:r><w:t>{1}</w:t></w:r><w:r><w:footnoteReference w:id="{0}"/></w:r></w:p>'
_LISTED = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
)
_LINES = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
_NOTE = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'

BASE = p("一") + p("二")
OLD = _NOTED.format(1, "从前有注") + _DRAWING.format("rIdP", "从前的图画") + _LISTED.format(1, "项")
THINGS = {
    "picture": _DRAWING.format("rIdP", "图"),
    "link": _LINK,
    "note": _NOTED.format(7, "有注"),
    "list": _LISTED.format(5, "新项"),
}


def with_all(body: str) -> bytes:
    """A file that has pictures, addresses, notes and lists, whatever of them its body shows."""
    made = word_files(
        body,
        parts={"footnotes": _LINES + _NOTE.format(7, "新的注"), "numbering": _NUMBERS.format(5, "第")},
        relations=[("rIdP", "image", "media/image1.png"), ("rIdL", "hyperlink", "https://example.com/")],
        raw={"word/media/image1.png": _PICTURE},
    )
    return _typed(made)


def with_its_own(body: str) -> bytes:
    """A file with a picture, a note and a list of its own under the same names and ids."""
    made = word_files(
        body,
        parts={"footnotes": _LINES + _NOTE.format(1, "旧的注"), "numbering": _NUMBERS.format(1, "旧")},
        relations=[("rIdP", "image", "media/image1.png")],
        raw={"word/media/image1.png": _PICTURE[:-12]},
    )
    return _typed(made)


def _typed(parts: dict[str, bytes]) -> bytes:
    """The file, with what its content types must say of pictures, notes and lists."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = '<Default Extension="png" ContentType="image/png"/>' + "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{word}.{kind}+xml"/>'
        for kind in ("footnotes", "numbering")
    )
    types = parts["[Content_Types].xml"].replace(b"</Types>", f"{kinds}</Types>".encode())
    return write_package({**parts, "[Content_Types].xml": types})


def brought(thing: str, mine: bytes) -> Merged:
    """What became of a file when the data put a block into it."""
    return merge(Version(with_all(BASE)), Version(mine), Version(with_all(p("一") + THINGS[thing] + p("二"))))


@pytest.mark.parametrize("thing", THINGS)
def test_a_new_block_brings_what_it_refers_to(thing: str) -> None:
    """Into a file that has nothing of the kind, and into one whose own have the same names and ids."""
    bare = write_package(word_files(BASE))
    for mine in (bare, with_its_own(BASE + OLD)):
        merged = brought(thing, mine)

        assert (faults(merged.data), merged.notes) == ([], ())
        package = read_package(merged.data)
        everything = b"".join(part.data for part in package)
        assert {"picture": _PICTURE, "link": b"https://example.com/", "note": "新的注".encode(),
                "list": "第%1".encode()}[thing] in everything  # fmt: skip


def test_numbers_and_notes_of_the_person_stay_the_same() -> None:
    """What was there keeps its picture, its note and its list."""
    merged = brought("note", with_its_own(BASE + OLD))
    merged = merge(Version(with_all(BASE)), Version(merged.data), Version(with_all(BASE + THINGS["list"])))

    texts = [(block.number, block.text) for block in read_word(merged.data, "x").blocks]
    assert texts == [
        ("", "一"), ("", "有注"), ("", "二"), ("第1", "新项"), ("", "从前有注"), ("", "从前的图画"), ("旧1", "项"),
        ("", "旧的注"), ("", "新的注"),
    ]  # fmt: skip


def test_a_table_with_a_picture_is_a_tracked_change_like_any_other() -> None:
    """Accepted it is there, refused it is not, and both are sound."""
    grid = "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    shown_in = table(("甲", "乙")).replace("<w:tbl>", grid).replace("</w:tc>", f"{THINGS['picture']}</w:tc>", 1)
    old, new = with_all(BASE), with_all(p("一") + shown_in + p("二"))

    shown = redline(old, new)

    assert (faults(shown.data), shown.notes) == ([], ())
    assert [b.text for b in read_word(accepted(shown.data), "x").blocks] == [b.text for b in read_word(new, "x").blocks]
    assert [b.text for b in read_word(refused(shown.data), "x").blocks] == [b.text for b in read_word(old, "x").blocks]


def test_a_reference_that_leads_nowhere_is_told() -> None:
    """The block is left out and named; the rest is merged."""
    theirs = with_all(p("一改") + _DRAWING.format("rIdX", "图") + p("二"))

    merged = merge(Version(with_all(BASE)), Version(with_all(BASE)), Version(theirs))

    assert [block.text for block in read_word(merged.data, "x").blocks if block.part == "body"] == ["一改", "二"]
    assert merged.said == ("新增的内容引用的图片或注释不在文件里，没有并入：图",)


def test_the_same_picture_lies_there_once() -> None:
    """A picture of the same name and bytes is not carried again."""
    merged = brought("picture", with_all(BASE))

    package = read_package(merged.data)
    assert [name for name in package.names if "media" in name] == ["word/media/image1.png"]
    assert package[relationships_of(BODY)].count(b"media/image1.png") == 1


PICTURE = _DRAWING.format("rIdP", "二")


def _rebuilt(mine: str, theirs: str) -> Merged:
    return merge(Version(with_all(BASE)), Version(with_all(mine)), Version(with_all(theirs)))


@pytest.mark.parametrize("new", [PICTURE, _NOTED.format(7, "二")], ids=["picture", "note"])
def test_a_picture_or_note_put_into_a_paragraph_that_stands_there_arrives(new: str) -> None:
    """Though no word of it changes."""
    merged = _rebuilt(p("一改") + p("二"), p("一") + new)

    body = read_package(merged.data)[BODY].decode()
    assert (faults(merged.data), merged.notes) == ([], ())
    assert len(re.findall("<w:(?:drawing|footnoteReference)[ >]", body)) == 1
    assert "一改" in body


def test_a_picture_put_into_a_paragraph_that_the_person_edited_is_told() -> None:
    """Whose words stay."""
    merged = _rebuilt(p("一") + p("二改"), p("一") + PICTURE)

    assert "二改" in read_package(merged.data)[BODY].decode()
    assert merged.said == ("图片或注释的改动没有并入（这一段手工改过）：二改",)


def test_another_picture_takes_the_place_of_the_old_one() -> None:
    """A new logo stands where the old one stood."""
    old, new = with_its_own(p("一") + PICTURE), with_all(p("一") + PICTURE)
    merged = merge(Version(old), Version(with_its_own(p("一改") + PICTURE)), Version(new))

    package = read_package(merged.data)
    target = re.findall('r:embed="([^"]+)"', package[BODY].decode())
    related = re.findall(f'Id="{target[0]}"[^>]*Target="([^"]+)"', package[relationships_of(BODY)].decode())
    assert [package[f"word/{name}"] for name in related] == [_PICTURE]
    assert (faults(merged.data), merged.notes) == ([], ())
