"""Tags found in Word's XML, however it cut them up."""

from __future__ import annotations

import pytest

from docgen.errors import TemplateError
from docgen.template.compile import compile_template
from tests.template.making import SAMPLE, cell, docx, p, rendered, row, rows, run, shown, table, texts, xml

BOLD = "<w:rPr><w:b/></w:rPr>"


@pytest.mark.parametrize(
    "pieces",
    [
        ("总价{{ total }}元",),
        ("总价{", "{ total }}元"),
        ("总价{{ to", "tal }", "}元"),
        ("总价", "{", "{", " total ", "}", "}", "元"),
    ],
)
def test_a_tag_is_found_however_word_split_it(pieces: tuple[str, ...]) -> None:
    """A tag is one tag, whatever runs it is spread over."""
    assert shown(p(*pieces), **SAMPLE) == ["总价1040000元"]


def test_text_around_a_split_tag_keeps_its_own_properties() -> None:
    """The value takes the properties of the run where its tag begins; what follows keeps those it had."""
    source = docx(f"<w:p>{run('{{ to', BOLD)}<w:proofErr w:type='spellStart'/>{run('tal }}元')}</w:p>")

    body = xml(rendered(source, SAMPLE).data)

    assert f'{BOLD}<w:t xml:space="preserve">1040000</w:t></w:r><w:r><w:t xml:space="preserve">元</w:t>' in body


def test_tabs_and_breaks_inside_a_tag_are_part_of_it() -> None:
    """A tab or line break that somebody typed inside a tag is white space, and goes with it."""
    broken = "<w:p><w:r><w:t>{{ total</w:t><w:tab/><w:t>|</w:t><w:br/><w:t>大写 }}。</w:t></w:r></w:p>"

    assert shown(broken, **SAMPLE) == ["壹佰零肆万元整。"]


def test_curly_quotes_in_tags_are_quotes() -> None:
    """The quotes that Word makes of typed ones work; those in the text stay as they are."""
    assert shown("“{{ [“甲”, ‘乙’]|join(“、”) }}”") == ["“甲、乙”"]


def test_paragraph_tags_take_their_paragraph_away() -> None:
    """{%p %} leaves nothing of its paragraph; what stands between is repeated."""
    body = (
        "前",
        "{%p for r in rows %}",
        "{{ loop.index }}. {{ r.name }}",
        "{%p endfor %}",
        "{%p if no_field %}",
        "无",
        "{%p endif %}",
        "后",
    )

    assert shown(*body, **SAMPLE) == ["前", "1. 甲", "2. 乙", "3. 丙", "后"]


def test_row_tags_take_their_row_away() -> None:
    """{%tr %} leaves nothing of its row, its empty cells included."""
    body = table(
        row("名称", "金额"),
        row("{%tr for r in rows %}", ""),
        row("{{ r.name }}", "{{ r.amount|金额 }}"),
        row("{%tr endfor %}", ""),
    )

    assert shown(body, **SAMPLE) == ["名称", "金额", "甲", "1,000.00", "乙", "2,000.00", "丙", "3,000.00"]


def test_cell_tags_take_their_cell_away_and_the_grid_fits() -> None:
    """{%tc %} leaves nothing of its cell, and the table gets as many columns as it needs at its old width."""
    body = table(row("{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"), columns=2)

    data = rendered(docx(body), SAMPLE).data

    assert texts(data) == ["甲", "乙", "丙"]
    assert '<w:tblGrid><w:gridCol w:w="666"/><w:gridCol w:w="666"/><w:gridCol w:w="666"/></w:tblGrid>' in xml(data)


def test_run_tags_keep_the_properties_of_what_follows() -> None:
    """{%r %} stands between two runs of the same properties."""
    source = docx(f"<w:p>{run('甲{%r if yes %}乙{%r endif %}丙', BOLD)}</w:p>")

    body = xml(rendered(source, SAMPLE).data)

    assert texts(rendered(source, SAMPLE).data) == ["甲乙丙"]
    assert body.count(f"<w:r>{BOLD}<w:t") == 3


def test_statements_may_span_runs_and_paragraphs_of_one_level() -> None:
    """A condition inside the text leaves exactly what it does not cover."""
    assert shown("甲{% if no_field %}乙", "丙{% endif %}丁", **SAMPLE) == ["甲丁"]


def test_comments_of_templates_disappear() -> None:
    """{# #} and Word's own comments are for the author of the template only."""
    commented = '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>甲{# 待核 #}乙</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'

    data = rendered(docx(commented, "{#p 说明 #}")).data

    assert texts(data) == ["甲乙"]
    assert "comment" not in xml(data)


def test_escaped_braces_are_braces() -> None:
    """The way that docxtpl has to write braces prints them."""
    assert shown("{_{ x }_} {{ total }} {_% y %_}", **SAMPLE) == ["{{ x }} 1040000 {% y %}"]
    assert shown("{_{ x }_}") == ["{{ x }}"]


def test_tags_in_link_addresses_and_attributes_are_filled_in() -> None:
    """What a tag prints into an attribute or a field instruction is escaped for it and leaves no marks."""
    linked = (
        '<w:p><w:bookmarkStart w:id="1" w:name="{{ party.phone }}"/><w:r><w:instrText>HYPERLINK "x?{{ party.name }}"'
        "</w:instrText></w:r><w:r><w:t>电话</w:t></w:r></w:p>"
    )

    body = xml(rendered(docx(linked), SAMPLE).data)

    assert '<w:bookmarkStart w:id="1" w:name="13800000001"/>' in body
    assert 'HYPERLINK "x?示例咨询 &amp; &lt;伙伴&gt;"' in body


def test_text_boxes_are_rendered_once() -> None:
    """The copy of a text box for Word 2007 goes where it holds tags, so that numbers are not counted twice."""
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>{{ no('一、') }}</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>{{ no('一、') }}</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert shown(box, "{{ no('一、') }}") == ["", "一、", "二、"]


def test_a_cell_always_ends_in_a_paragraph() -> None:
    """Word calls a file damaged whose cell holds no paragraph: where a loop leaves none, an empty one is put there."""
    body = table(row(cell("{%p for r in rows %}", "{{ r.name }}", "{%p endfor %}"), "后"))

    assert shown(body, rows=rows("甲", "乙")) == ["甲", "乙", "后"]
    assert shown(body, rows=rows()) == ["", "后"]


def test_a_table_without_rows_disappears() -> None:
    """A table of which no row is left is left out, as Word demands; one with a fixed row stays."""
    loop = (row("{%tr for r in rows %}", ""), row("{{ r.name }}", ""), row("{%tr endfor %}", ""))

    assert "w:tbl" not in xml(rendered(docx("前", table(*loop)), {"rows": rows()}).data)
    assert shown("前", table(*loop), "后", rows=rows("甲")) == ["前", "甲", "", "后"]
    assert shown("前", table(row("头", ""), *loop), rows=rows()) == ["前", "头", ""]


def test_pictures_in_loops_get_numbers_of_their_own() -> None:
    """Two drawings of one id damage a file for Word."""
    picture = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="7" name="图"/></wp:inline></w:drawing></w:r></w:p>'

    body = xml(rendered(docx("{%p for r in rows %}", picture, "{%p endfor %}"), {"rows": rows("甲", "乙")}).data)

    assert [part.split('"')[1] for part in body.split("<wp:docPr ")[1:]] == ["1001", "1002"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (("甲 {{ total",), "模板“样本.docx”有误：正文 第1段 “甲 {{ total”：“{{”没有配成完整的标签（应为半角的 {{ }}、{% %}，写在同一段内）"),
        (("甲", "total }} 乙"), "模板“样本.docx”有误：正文 第2段 “total }} 乙”：“}}”没有配成完整的标签（应为半角的 {{ }}、{% %}，写在同一段内）"),
        (("｛｛ total ｝｝",), "模板“样本.docx”有误：正文 第1段 “｛｛ total ｝｝”：“｛｛”没有配成完整的标签（应为半角的 {{ }}、{% %}，写在同一段内）"),
        (
            ("{%p if yes %}甲", "{%p endif %}"),
            "模板“样本.docx”有误：正文 第1段 “{%p if yes %}甲”，标签 {%p if yes %}：须独占一段，同段的“甲”会丢失",
        ),
        (
            (table(row("{%tr if yes %}", "留"), row("", ""), row("{%tr endif %}", "")),),
            "模板“样本.docx”有误：表1 第1行第1列 “{%tr if yes %}”，标签 {%tr if yes %}：须独占一表格行，同表格行的“留”会丢失",
        ),
        (
            ("{%tr if yes %}", "{%tr endif %}"),
            ("模板“样本.docx”有 2 处错误：\n  1. 正文 第1段 “{%tr if yes %}”，标签 {%tr if yes %}：不在表格里\n"
            "  2. 正文 第2段 “{%tr endif %}”，标签 {%tr endif %}：不在表格里"),
        ),
        (("{% vm %}",), "模板“样本.docx”有误：正文 第1段 “{% vm %}”，标签 {% vm %}：只能写在表格的单元格里"),
        (
            ("<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{%p if yes %}</w:t></w:r></w:p>", "{%p endif %}"),
            "模板“样本.docx”有误：正文 第1段 “{%p if yes %}”，标签 {%p if yes %}：所在的段带有分节符，会随标签一起消失；请另起一段",
        ),
        (
            ("{%p if yes %}", "甲{% endif %}"),
            ("模板“样本.docx”有误：正文 第2段 “甲{% endif %}”，标签 {% endif %}：与它的开头 {%p if yes %}"
            "（正文 第1段 “{%p if yes %}”）不在文档结构的同一层"),
        ),
    ],
)  # fmt: skip
def test_tags_that_cannot_stand_there_are_refused(body: tuple[str, ...], said: str) -> None:
    """What docxtpl would drop or break without a word is told with its place and the tag as typed."""
    with pytest.raises(TemplateError) as caught:
        compile_template(docx(*body), "样本.docx")

    assert str(caught.value) == said


def test_a_paragraph_holds_no_more_tags_than_can_be_meant() -> None:
    """Tags without number in one paragraph are a fault, told before any of them is taken out."""
    with pytest.raises(TemplateError, match="一段里有 2001 个标签，最多 2000 个"):
        rendered(docx("{{ x }}" * 2001), {})
