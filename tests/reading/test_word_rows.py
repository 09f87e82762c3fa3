"""Rows of plain text are read in one go, and as any other row is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.reading.document import Reading
from docgen.reading.word import read_word
from docgen.reading.word_rows import special_rows
from docgen.word.package import write_package
from docgen.word.parts import parse
from docgen.word.text import MAIN, PARAGRAPH
from tests.reading.test_word_numbering import CONTRACT, STYLES, num
from tests.reading.test_word_seen import HIDING, SEEN, UNSEEN, merged, run, written
from tests.wordfiles import p, word_files

STYLED = '<w:p><w:pPr><w:pStyle w:val="{}"/><w:jc w:val="left"/></w:pPr><w:r><w:t>甲</w:t></w:r><w:r><w:t>\n乙</w:t></w:r></w:p>'
PARAGRAPHS = {
    "plain": p("甲"),
    "empty": "<w:p/>",
    "two": p("甲") + p(""),
    "styled": STYLED.format("Child"),
    "numbered by its style": STYLED.format("2a"),
    "styled by an older hand": (
        '<w:p><w:pPr><w:pStyle w:val="Child"/><w:pPrChange><w:pPr><w:pStyle w:val="Off"/></w:pPr></w:pPrChange></w:pPr>'
        f"{run('甲')}</w:p>"
    ),
    "numbered": f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{run("甲")}</w:p>',
    "nested": f"<w:tbl><w:tr><w:tc>{p('内')}</w:tc><w:tc>{p('里')}</w:tc></w:tr></w:tbl>{p('')}",
    "paragraph in a control": f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控')}</w:sdtContent></w:sdt>",
    "boxed": f"<w:p>{written('box', '框')}{run('甲')}</w:p>",
    **{name: f"<w:p>{body}</w:p>" for name, (body, _) in {**SEEN, **UNSEEN}.items()},
}
NUMBERED = {"styles": STYLES, "numbering": CONTRACT + num(1, 0)}
PROPERTIES = (
    "", '<w:trPr><w:gridBefore w:val="1"/></w:trPr>', "<w:trPr><w:tblHeader/></w:trPr>", "<w:trPr><w:del/></w:trPr>",
)  # fmt: skip
CELLS = st.sampled_from(sorted(PARAGRAPHS)).map(lambda name: f"<w:tc>{PARAGRAPHS[name]}</w:tc>")
MERGED = st.builds(merged, st.just("合"), st.sampled_from(["", " ", ' w:val="restart"']), st.integers(1, 2))
ROWS = st.tuples(st.sampled_from(PROPERTIES), st.lists(CELLS | MERGED, min_size=1, max_size=4))


def read(rows: list[tuple[str, list[str]]], parts: dict[str, str]) -> Reading:
    inside = "".join(f"<w:tr>{properties}{''.join(cells)}</w:tr>" for properties, cells in rows)
    return read_word(write_package(word_files(f"<w:tbl>{inside}</w:tbl>{p('尾')}", parts=parts)), "a.docx")


@given(st.lists(ROWS, min_size=1, max_size=5), st.sampled_from([{}, {"styles": HIDING}, NUMBERED]))
def test_rows_are_read_alike(rows: list[tuple[str, list[str]]], parts: dict[str, str]) -> None:
    """Whatever stands in a table, it is read as if no row of it were plain."""
    quick = read(rows, parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("docgen.reading.word_tables.special_rows", lambda table, rows, hidden: set(rows))
        assert read(rows, parts) == quick


BODIES = st.lists(st.sampled_from([*PARAGRAPHS.values(), f"<w:p>{p('里')}{run('外')}</w:p>", STYLED.format("1a")]))


@given(BODIES, st.sampled_from([{}, {"styles": HIDING}, NUMBERED]))
def test_paragraphs_are_read_alike(body: list[str], parts: dict[str, str]) -> None:
    """Whatever stands in a text, it is read as if no paragraph of it were plain."""
    data = write_package(word_files("".join(body), parts=parts))
    quick = read_word(data, "a.docx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("docgen.reading.word.special_paragraphs", lambda root, hidden: set(root.iter(PARAGRAPH)))
        assert read_word(data, "a.docx") == quick


def test_plain_rows_are_told_from_others() -> None:
    """A row is special for what its cells hold beside text, a table inside included."""
    cells = f"<w:tc>{p('甲')}</w:tc>", f"<w:tc>{PARAGRAPHS['nested']}</w:tc>", merged("乙", span=2)
    rows = "".join(f"<w:tr>{cell}</w:tr>" for cell in cells)
    table = parse(f'<w:tbl xmlns:w="{MAIN}">{rows}</w:tbl>'.encode())

    assert [table[1], table[2]] == [row for row in table if row in special_rows(table, list(table), frozenset())]
