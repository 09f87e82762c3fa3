"""Awkward things in people's files: fields, text boxes, comments, merged cells, notes; none is lost or broken."""

from __future__ import annotations

import re

from docgen.merge.three_way import Merged, Version, merge
from docgen.reading.word import read_word
from docgen.word.package import read_package
from tests.word.structure import faults
from tests.wordfiles import word_file

_EDGE = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
FIELD = (
    f"{_EDGE.format('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{_EDGE.format('separate')}"
    f"<w:r><w:t>第三条</w:t></w:r>{_EDGE.format('end')}"
)


def test_words_at_the_edge_of_a_field_stand_outside_of_it() -> None:
    """Else they would go when the field is counted anew."""
    base, mine = word_file(f"<w:p>{_run('见')}{FIELD}</w:p>"), word_file(f"<w:p>{_run('详见')}{FIELD}</w:p>")
    theirs = word_file(f"<w:p>{_run('见合同')}{FIELD}{_run('，总价150元')}</w:p>")

    merged = _merge(base, mine, theirs)

    assert _texts(merged) == ["详见合同第三条，总价150元"]
    between = re.search("separate.*end", _body(merged))
    assert between is not None
    assert re.findall("<w:t[^>]*>([^<]*)<", between[0]) == ["第三条"]


def test_words_beside_a_link_are_not_in_it() -> None:
    """A link stays as long as it was."""
    link = f'<w:hyperlink w:anchor="x">{_run("附件")}</w:hyperlink>'
    base, mine = word_file(f"<w:p>{_run('见')}{link}</w:p>"), word_file(f"<w:p>{_run('请见')}{link}</w:p>")

    merged = _merge(base, mine, word_file(f"<w:p>{_run('见')}{link}{_run('和清单')}</w:p>"))

    assert _texts(merged) == ["请见附件和清单"]
    assert link in _body(merged)


def _merge(base: bytes, mine: bytes, theirs: bytes) -> Merged:
    """The three merged, proven to be as sound as the person's file was."""
    merged = merge(Version(base), Version(mine), Version(theirs))
    known = faults(mine)
    assert [fault for fault in faults(merged.data) if fault not in known] == []
    assert merge(Version(base), Version(mine), Version(theirs)).data == merged.data
    return merged


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _texts(merged: Merged) -> list[str]:
    return [block.text for block in read_word(merged.data, "x").blocks]


def _body(merged: Merged) -> str:
    return read_package(merged.data)["word/document.xml"].decode()
