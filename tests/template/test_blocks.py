"""Shared blocks: told once, put into every template that asks for them."""

from __future__ import annotations

import pytest

from docgen.errors import DocgenError, TemplateError
from docgen.template.compile import compile_template
from docgen.template.lint.parts import parts_of
from docgen.word.package import read_package, write_package
from tests.template.making import SAMPLE, cell, docx, p, rendered, row, table, texts, xml

ASK = '{%p include "人员" %}'


def test_a_block_stands_where_it_is_asked_for() -> None:
    """The paragraphs and tables of a block come in the place of its tag and see the same data."""
    block = docx(
        "{%p for r in rows %}", "{{ no('一、', r.name) }}{{ r.name }}", "{%p endfor %}", table(row("甲", "{{ total }}"))
    )

    result = rendered(docx("见{{ ref('乙') }}", ASK, "后"), SAMPLE, 人员=block)

    assert texts(result.data) == ["见二", "一、甲", "二、乙", "三、丙", "甲", "1040000", "后"]
    assert [item.position for item in result.written if item.path == "rows[2].name"] == [2]


def test_blocks_stand_in_cells_loops_and_other_blocks() -> None:
    """A block may be asked for several times, in a cell, and by another block."""
    source = docx(
        table(row(cell("“", ASK.replace('"', "“", 1).replace('"', "”"), "”"))),
        "{%p for r in rows %}",
        ASK,
        "{%p endfor %}",
    )

    data = rendered(source, SAMPLE, 人员=docx('{%p include "内" %}'), 内=docx("块")).data

    assert texts(data) == ["“", "块", "”", "块", "块", "块"]


def test_the_block_that_was_probably_meant_is_named() -> None:
    """A slip in the name of a block is answered with the name that is there."""
    faults = parts_of(
        docx('{%p include "人圆保障" %}'), "样本.docx", {"人员保障": docx("块"), "签署": docx("块")}
    ).faults

    assert [fault.hint for fault in faults] == ["是不是想写“人员保障”？"]


WHERE = '模板“样本.docx”有误：正文 第1段 “{%p include "人员" %}”，标签 {%p include "人员" %}：'


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ({}, '模板“样本.docx”有误：正文 第1段 “{%p include "人员" %}”，标签 {%p include "人员" %}：没有名为“人员”的共用段落；kit.yaml 的 blocks 里有：（没有）'),
        ({"人员": docx(ASK)}, '模板“样本.docx”有误：共用段落“人员” 第1段 “{%p include "人员" %}”，标签 {%p include "人员" %}：共用段落互相引用，没有尽头'),
        ({"人员": docx("甲{{ x }} {{ y")}, "模板“样本.docx”有误：共用段落“人员” 第1段 “甲{{ x }} {{ y”：“{{”没有配成完整的标签（应为半角的 {{ }}、{% %}，写在同一段内）"),
        ({"人员": docx('<w:p><w:hyperlink r:id="rId1"/></w:p>')}, WHERE + "共用段落“人员”里有图片、链接或脚注，放进别的文件会失效。"),
        ({"人员": docx(p("甲", properties="<w:pPr><w:numPr/></w:pPr>"))}, WHERE + "共用段落“人员”用了 Word 自动编号，放进别的文件会变。"),
        ({"人员": docx(p("甲", properties='<w:pPr><w:pStyle w:val="Other"/></w:pPr>'))}, WHERE + "共用段落“人员”用了样式“Other”，引用它的模板里没有这个样式。"),
        ({"人员": b"PK"}, WHERE + "“共用段落“人员””不是完整的 Word 文件（.docx），不能读取。"),
    ],
)  # fmt: skip
def test_blocks_that_cannot_be_put_in_are_refused(blocks: dict[str, bytes], said: str) -> None:
    """What has no meaning outside the block's own file is refused, and a missing or endless block is told."""
    with pytest.raises(DocgenError) as caught:
        compile_template(docx(ASK), "样本.docx", blocks)

    assert str(caught.value) == said


def test_text_beside_the_tag_is_not_lost() -> None:
    """A tag for a block stands alone in its paragraph."""
    with pytest.raises(TemplateError, match="须独占一段"):
        compile_template(docx(f"甲{ASK}"), "样本.docx", {"人员": docx("块")})


def test_a_style_that_both_know_is_kept() -> None:
    """A block in the house styles keeps them."""
    block = docx(p("甲", properties='<w:pPr><w:pStyle w:val="Body"/></w:pPr>'))

    assert texts(rendered(docx(ASK), {}, 人员=block).data) == ["甲"]


def test_styles_are_told_by_their_names() -> None:
    """A block that Word saved with other ids for the same styles gets those of the template."""
    source = read_package(docx(p("甲", properties='<w:pPr><w:pStyle w:val="a7"/></w:pPr>')))
    styles = source["word/styles.xml"].replace(b'w:styleId="Body"', b'w:styleId="a7"')
    block = write_package({**{part.name: part.data for part in source}, "word/styles.xml": styles})

    assert '<w:pStyle w:val="Body"/>' in xml(rendered(docx(ASK), {}, 人员=block).data)
