"""What only says how text looks is left out before a part is read."""

from __future__ import annotations

import pytest

from docgen.reading.word_looks import without_looks

_HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'

_NUMBERED = ('<w:pStyle w:val="1"/>', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
_BORDERS = f"<w:borders>{'<w:top/><w:left/><w:bottom/><w:right/>' * 8}</w:borders>"

CASES = {
    "runs": ("<w:r><w:rPr><w:b/></w:rPr><w:t>合同</w:t></w:r>", "<w:r><w:t>合同</w:t></w:r>"),
    "the mark of a paragraph": (
        '<w:pPr><w:pStyle w:val="1"/><w:rPr><w:b/></w:rPr></w:pPr>',
        '<w:pPr><w:pStyle w:val="1"/></w:pPr>',
    ),
    "a paragraph with much to say of its looks": (
        f'<w:pPr>{_NUMBERED[0]}{_BORDERS}{_NUMBERED[1]}<w:sectPr w:rsidR="1"><w:pgSz w:w="1"/>'
        "<w:titlePg/></w:sectPr></w:pPr>",
        f'<w:pPr>{"".join(_NUMBERED)}<w:sectPr w:rsidR="1"><w:titlePg/></w:sectPr></w:pPr>',
    ),
    "a cell with borders": (
        f'<w:tcPr><w:tcW w:w="1"/><w:gridSpan w:val="2"/><w:vMerge></w:vMerge>{_BORDERS}</w:tcPr>',
        '<w:tcPr><w:gridSpan w:val="2"/><w:vMerge></w:vMerge></w:tcPr>',
    ),
    "changed looks": (
        '<w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>',
        '<w:rPr><w:b/><w:rPrChange w:id="1"></w:rPrChange></w:rPr>',
    ),
}
KEPT = {
    "a deleted mark": '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>',
    "a mark moved away": '<w:pPr><w:rPr><w:moveFrom w:id="1"/></w:rPr></w:pPr>',
    "a comment": "<w:t>甲<!--<w:rPr>-->乙</w:t><!--</w:rPr>-->",
    "properties without an end": f"<w:r><w:rPr><w:pPr>{_BORDERS}",
    "few properties": '<w:pPr><w:jc w:val="left"/></w:pPr>',
}


@pytest.mark.parametrize(("part", "expected"), CASES.values(), ids=CASES)
def test_looks_are_left_out(part: str, expected: str) -> None:
    """Of runs nothing is left but their text, of long properties of paragraphs and cells what somebody reads."""
    assert (_HEAD + expected).encode() == without_looks((_HEAD + part).encode())


@pytest.mark.parametrize("part", KEPT.values(), ids=KEPT)
def test_looks_that_tell_more_stay(part: str) -> None:
    """A part stays as it is where its looks may say that something is gone, may be none, or are not worth it."""
    data = (_HEAD + part).encode()

    assert data == without_looks(data)


def test_a_part_of_another_hand_stays() -> None:
    """Names are only known where the letter w stands for what it always does."""
    data = b'<x:document xmlns:x="x" xmlns:w="y"><w:rPr><x:t/></w:rPr></x:document>'

    assert data == without_looks(data)
