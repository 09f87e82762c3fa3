"""What a file looks like in the end, told apart from how a program happens to write it down."""

from __future__ import annotations

import pytest

from docgen.merge.saved import only_saved
from docgen.word.package import write_package
from tests.wordfiles import word_files

SECTION = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1587" w:right="1474" w:top="2098" w:bottom="1972"/>'
TABLE = '<w:tbl><w:tblGrid><w:gridCol w:w="{}"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr>{}</w:tr></w:tbl>'
CELLS = "<w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>二</w:t></w:r></w:p></w:tc>"
STYLES = (
    "<w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="{usual}"><w:name w:val="Normal"/>'
    '<w:rPr>{letters}</w:rPr></w:style><w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="合同正文"/>'
    '<w:basedOn w:val="{usual}"/><w:pPr>{lines}</w:pPr></w:style>'
)
SMALL = '<w:rFonts w:ascii="宋体" w:eastAsia="宋体"/><w:sz w:val="24"/>'
CHARACTERS = '<w:spacing w:line="480"/><w:ind w:firstLineChars="200"/>'
LENGTHS = '<w:spacing w:line="480" w:lineRule="auto" w:before="0"/><w:ind w:left="0" w:right="0" w:firstLine="470"/>'
FLAT = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'


def written(own: str = "", letters: str = "", *, section: str = SECTION, column: int = 3000) -> bytes:
    """A file as docgen writes it: sizes in the default style, indents in characters."""
    styles = STYLES.format(defaults="", usual="a", name="b", letters=SMALL, lines=CHARACTERS)
    return _file(_line("b", own, letters), section, column, styles)


def saved(own: str = "", letters: str = "", *, section: str = SECTION, column: int = 3001) -> bytes:
    """The same as another program saves it: sizes among the defaults, names and lengths of its own."""
    styles = STYLES.format(defaults=SMALL, usual="Normal", name="Body", letters="", lines=LENGTHS)
    own = (
        own.replace(FLAT, '<w:ind w:left="0" w:hanging="0"/>').replace('"left"', '"start"').replace('"right"', '"end"')
    )
    line = _line("Body", f'<w:widowControl w:val="0"/>{own}', f'{letters}<w:kern w:val="0"/>')
    return _file(line, section, column, styles)


def _line(style: str, own: str, letters: str) -> str:
    lines = f'<w:pPr><w:pStyle w:val="{style}"/>{own}</w:pPr>'
    return f"<w:p>{lines}<w:r><w:rPr>{letters}</w:rPr><w:t>合同总价</w:t></w:r></w:p>"


def _file(line: str, section: str, column: int, styles: str) -> bytes:
    body = line + TABLE.format(column, CELLS)
    return write_package(word_files(body, section=section, parts={"styles": styles}))


@pytest.mark.parametrize("own", ["", FLAT, '<w:jc w:val="left"/>', '<w:jc w:val="right"/>'])
def test_what_comes_to_the_same_looks_the_same(own: str) -> None:
    """Defaults, styles, own properties: it does not matter where a program says it, nor in which measure."""
    assert only_saved(written(own), saved(own))


@pytest.mark.parametrize(
    ("own", "letters"),
    [
        ("", '<w:sz w:val="28"/>'),
        ("", '<w:rFonts w:eastAsia="黑体"/>'),
        ('<w:jc w:val="center"/>', ""),
        (FLAT, ""),
        ('<w:spacing w:line="560" w:lineRule="exact"/>', ""),
    ],
)
def test_another_look_is_seen_whichever_program_saved_it(own: str, letters: str) -> None:
    """A size, a font, where the lines stand: a person chose it."""
    assert not only_saved(written(), written(own, letters))
    assert not only_saved(written(), saved(own, letters))


def test_other_pages_and_columns_are_seen() -> None:
    """A margin that was moved, a column that was drawn wider."""
    assert not only_saved(written(), saved(section=SECTION.replace("1587", "1800")))
    assert not only_saved(written(), saved(column=3500))


GRID = (
    '<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after="200" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    '</w:docDefaults><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:pPr>'
    '<w:spacing w:after="0" w:line="240"/></w:pPr><w:rPr><w:sz w:val="21"/></w:rPr></w:style>'
)


def in_table(own: str = "", letters: str = "", *, columns: str = '<w:gridCol w:w="3000"/>', cells: str = "") -> bytes:
    """A file with a table of Word's usual style."""
    line = f"<w:p><w:pPr>{own}</w:pPr><w:r><w:rPr>{letters}</w:rPr><w:t>合同总价</w:t></w:r></w:p>"
    row = f"<w:tr><w:tc>{cells}{line}</w:tc></w:tr>"
    style = '<w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
    table = f"<w:tbl>{style}<w:tblGrid>{columns}</w:tblGrid>{row}</w:tbl><w:p/>"
    return write_package(word_files(table, section=SECTION, parts={"styles": GRID}))


def test_what_the_style_of_a_table_says_looks_the_same_where_each_paragraph_says_it() -> None:
    """It comes before the defaults, and another program writes it down in every cell; what a person chose is seen."""
    direct = '<w:spacing w:lineRule="auto" w:line="240" w:before="0" w:after="0"/>'

    assert only_saved(in_table(), in_table(direct, '<w:sz w:val="21"/>'))
    assert not only_saved(in_table(), in_table(direct.replace("240", "360"), '<w:sz w:val="21"/>'))
    assert not only_saved(in_table(), in_table(direct, '<w:sz w:val="28"/>'))


def test_columns_that_no_row_tells_apart_are_one() -> None:
    """A cell over the whole width of a table of one row may stand in three columns or in one."""
    three = in_table(columns='<w:gridCol w:w="1000"/>' * 3, cells='<w:tcPr><w:gridSpan w:val="3"/></w:tcPr>')

    assert only_saved(three, in_table())
    assert not only_saved(three, in_table(columns='<w:gridCol w:w="4000"/>'))
