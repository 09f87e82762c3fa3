from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.reading.word import read_word
from docgen.word.comments import Comment, add_comments
from docgen.word.package import read_package
from docgen.word.parts import parse
from docgen.word.revisions import Revision, revise
from docgen.word.text import w
from tests.word.structure import faults
from tests.wordfiles import p, word_file


def new_text(data: bytes) -> list[str]:
    """The paragraphs as they read with all changes accepted."""
    return [block.text for block in read_word(data, "a").blocks]


def old_text(data: bytes) -> str:
    """The first paragraph as it reads with all changes refused."""
    paragraph = next(parse(read_package(data)["word/document.xml"]).iter(w("p")))
    kept = [t for t in paragraph.iter(w("t"), w("delText")) if next(t.iterancestors(w("ins")), None) is None]
    return "".join(t.text or "" for t in kept)


def test_words_are_struck_out_and_others_put_in() -> None:
    """Accepted, the new text stands in place of the old; refused, everything is as before."""
    data = word_file(p("合同总价", "1040000元（大写：壹佰", "万元整）"))
    result = revise(data, [Revision("body", 0, 16, 21, "壹佰零肆万元整")])

    assert ["合同总价1040000元（大写：壹佰零肆万元整）"] == new_text(result)
    assert old_text(result) == "合同总价1040000元（大写：壹佰万元整）"


def test_the_new_text_keeps_the_font() -> None:
    """What is put in has the formatting of what it replaces."""
    run = '<w:p><w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t>壹仟元整</w:t></w:r></w:p>'
    root = parse(read_package(revise(word_file(run), [Revision("body", 0, 0, 2, "壹万")]))["word/document.xml"])
    (inserted,) = root.iter(w("ins"))

    assert [w("b"), w("sz")] == [child.tag for child in inserted.find(f"{w('r')}/{w('rPr')}")]  # type: ignore[union-attr]


def test_headers_are_revised_too() -> None:
    """A change may stand in a header."""
    data = word_file(p("正文"), header=p("附件2"))

    assert ["正文", "附件3"] == new_text(revise(data, [Revision("header1", 0, 2, 3, "3")]))


def test_new_text_may_have_line_breaks() -> None:
    """A line break or tab in the new text is Word's own, which shows a typed one as a space."""
    result = revise(word_file(p("甲乙")), [Revision("body", 0, 1, 2, "丙\n\t丁")])

    assert ["甲丙\n\t丁"] == new_text(result)
    assert [] == faults(result)


def test_changes_and_comments_stand_side_by_side() -> None:
    """A comment on the same words stays where it is."""
    data = add_comments(word_file(p("共三份")), [Comment("body", 0, 1, 2, "应为四")])
    result = revise(data, [Revision("body", 0, 1, 2, "四")])

    assert ["共四份"] == new_text(result)
    assert b"commentRangeStart" in read_package(result)["word/document.xml"]


def test_two_changes_of_the_same_words_are_refused() -> None:
    """Characters are changed once or not at all."""
    with pytest.raises(ValueError, match="two revisions"):
        revise(word_file(p("甲乙丙")), [Revision("body", 0, 0, 2, "1"), Revision("body", 0, 1, 3, "2")])


@given(st.data())
def test_any_changes_of_any_runs(data: st.DataObject) -> None:
    """Whatever the runs and the spans: accepted gives the new text, refused the old one."""
    runs = data.draw(st.lists(st.text("甲乙1, ", min_size=1, max_size=6), min_size=1, max_size=5))
    text = "".join(runs)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    result = revise(word_file(p(*runs)), [Revision("body", 0, a, b, "新") for a, b in spans])
    expected = text
    for a, b in reversed(spans):
        expected = f"{expected[:a]}新{expected[b:]}"

    assert ([expected], text) == (new_text(result), old_text(result))


def test_a_text_box_changes_in_both_its_drawings() -> None:
    """A box stands twice in the file, for newer and for older programs, and both say the same afterwards."""
    box = f"<w:txbxContent>{p('定金壹', '仟元整')}</w:txbxContent>"
    drawn = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    result = revise(word_file(drawn), [Revision("body", 1, 2, 4, "壹万")])
    boxes = parse(read_package(result)["word/document.xml"]).iter(w("txbxContent"))

    assert ["定金壹万元整"] * 2 == ["".join(box.itertext(w("t"))) for box in boxes]
