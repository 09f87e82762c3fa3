from __future__ import annotations

import io

import docx
from hypothesis import given
from hypothesis import strategies as st

from docgen.reading.word import read_word
from docgen.word.authors import CHECKING, COMPARING, MERGING
from docgen.word.comments import Comment, add_comments, remove_comments
from docgen.word.package import read_package
from docgen.word.parts import parse
from docgen.word.text import PARAGRAPH, TEXT, w
from tests.wordfiles import p, word_file


def commented(data: bytes) -> list[str]:
    """The text that each comment of the file stands on."""
    found: dict[str, str] = {}
    open_ids: set[str] = set()
    for element in parse(read_package(data)["word/document.xml"]).iter():
        if element.tag == w("commentRangeStart"):
            open_ids.add(element.get(w("id"), ""))
            found[element.get(w("id"), "")] = ""
        elif element.tag == w("commentRangeEnd"):
            open_ids.discard(element.get(w("id"), ""))
        elif element.tag == TEXT:
            found |= {number: found[number] + (element.text or "") for number in open_ids}
    return [found[number] for number in sorted(found, key=int)]


def test_a_comment_stands_on_its_characters() -> None:
    """A comment covers exactly the characters it speaks of, over runs and inside one."""
    data = word_file(p("合同总价为", "1040000", "元整"))
    result = add_comments(data, [Comment("body", 0, 5, 12, "总价"), Comment("body", 0, 3, 7, "跨越")])

    assert ["1040000", "价为10"] == commented(result)


def test_the_text_stays_as_it_is() -> None:
    """Comments change no character of the document and python-docx reads them back."""
    data = word_file(p("甲方", "：示例市") + p("乙方"))
    result = add_comments(data, [Comment("body", 1, 0, 2, "第一行\n第二行", "核对")])
    document = docx.Document(io.BytesIO(result))

    assert read_word(data, "a").blocks == read_word(result, "a").blocks
    assert [("第一行\n第二行", "核对")] == [(c.text, c.author) for c in document.comments]


def test_each_author_has_initials_of_their_own() -> None:
    """Word shows the initials alone in the margin: who checked is told from who merged, and from a person."""
    authors = [CHECKING, MERGING, COMPARING, "周启衡"]
    result = add_comments(word_file(p("甲乙丙丁")), [Comment("body", 0, 0, 1, "看", author) for author in authors])

    found = [(c.author, c.initials) for c in docx.Document(io.BytesIO(result)).comments]
    assert list(zip(authors, "核合比周", strict=True)) == found


def test_formatting_survives_a_split() -> None:
    """A run that is split for a comment keeps its formatting on both sides."""
    run = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲乙丙</w:t><w:br/><w:t>丁</w:t></w:r></w:p>"
    root = parse(read_package(add_comments(word_file(run), [Comment("body", 0, 1, 2, "…")]))["word/document.xml"])
    runs = [r for r in root.iter(w("r")) if r.find(TEXT) is not None]

    assert ["甲", "乙", "丙丁"] == ["".join(t.text or "" for t in r.iter(TEXT)) for r in runs]
    assert all(r.find(w("rPr")) is not None for r in runs)


def test_a_comment_on_nothing_covers_the_paragraph() -> None:
    """A comment without characters, or in a header, stands on a whole paragraph."""
    data = word_file(p("标题") + p("正文"), header=p("页眉"))
    result = add_comments(data, [Comment("body", 1, 0, 0, "整段"), Comment("header1", 0, 0, 2, "页眉")])

    assert ["正文", "标题"] == commented(result)


def test_comments_that_are_there_keep_their_numbers() -> None:
    """A file that has comments already gets new ones beside them."""
    once = add_comments(word_file(p("甲乙")), [Comment("body", 0, 0, 1, "一")])

    assert ["甲", "乙"] == commented(add_comments(once, [Comment("body", 0, 1, 2, "二")]))


@given(st.data())
def test_any_comments_on_any_runs(data: st.DataObject) -> None:
    """Whatever the runs and the spans, each comment covers its characters and nothing else changes."""
    runs = data.draw(st.lists(st.text("甲乙1, ", min_size=1, max_size=6), min_size=1, max_size=5))
    text = "".join(runs)
    spans = data.draw(
        st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda s: s[0] < s[1]))
    )
    file = word_file(p(*runs))
    result = add_comments(file, [Comment("body", 0, start, end, "…") for start, end in spans])

    assert [text[start:end] for start, end in spans] == commented(result)
    assert read_word(file, "a").blocks == read_word(result, "a").blocks
    assert 1 == len(list(parse(read_package(result)["word/document.xml"]).iter(PARAGRAPH)))


def test_a_comment_in_a_text_box_stands_on_the_paragraph_that_holds_the_box() -> None:
    """A text box is twice in the file, and Word for some has no comments in it: the paragraph around it takes them."""
    box = f"<w:r><w:pict><w:txbxContent>{p('框内')}</w:txbxContent></w:pict></w:r>"
    data = word_file(f"<w:p><w:r><w:t>外</w:t></w:r>{box}</w:p>")
    result = add_comments(data, [Comment("body", 1, 0, 1, "见框内")])
    inside = next(parse(read_package(result)["word/document.xml"]).iter(w("txbxContent")))

    assert [] == [mark.tag for mark in inside.iter(w("commentRangeStart"), w("commentReference"))]
    assert ["外框内"] == commented(result)


def test_a_comment_may_speak_of_what_no_word_file_can_hold() -> None:
    """Characters that XML has no place for, quoted from faulty data, are shown as unknown."""
    result = add_comments(word_file(p("甲")), [Comment("body", 0, 0, 1, "含“\x07\ud800\ufffe\ufdd0\t”")])

    assert ["含“����\t”"] == [c.text for c in docx.Document(io.BytesIO(result)).comments]


def test_the_comments_of_one_author_can_be_taken_out() -> None:
    """Those of other people stay, and the text is the same."""
    both = [Comment("body", 0, 0, 1, "核对", "docgen"), Comment("body", 0, 1, 2, "请法务看", "周启衡")]
    result = remove_comments(add_comments(word_file(p("甲乙")), both), "docgen")

    assert ["请法务看"] == [c.text for c in docx.Document(io.BytesIO(result)).comments]
    assert ["乙"] == commented(result)
    assert ["甲乙"] == [block.text for block in read_word(result, "a").blocks]


def test_a_comment_at_the_head_of_a_content_control_keeps_its_reference_outside() -> None:
    """LibreOffice loses the text before a reference there; the range stands on its characters all the same."""
    control = f"<w:sdt><w:sdtContent>{p('预付款：壹万元整')}</w:sdtContent></w:sdt>"
    data = add_comments(word_file(p("甲") + control + p("乙")), [Comment("body", 1, 4, 8, "核对")])
    bodies = [
        [element.tag for element in paragraph.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))]
        for paragraph in parse(read_package(data)["word/document.xml"]).iter(PARAGRAPH)
    ]

    assert ["壹万元整"] == commented(data)
    assert [[], [w("commentRangeStart"), w("commentRangeEnd")], [w("commentReference")]] == bodies
