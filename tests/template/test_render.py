"""Templates rendered: what is printed is what the data say, and rendering knows where it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import TemplateError
from docgen.template.compile import compile_template
from docgen.template.render import Job, Written, render, render_set
from docgen.template.values import Amount, Blank, Record, Rows, Text
from docgen.word.package import read_package
from tests.endure import examples
from tests.template.making import SAMPLE, cell, docx, p, rendered, row, rows, shown, table, texts, xml

HOSTILE = (
    "A&B", "甲‹乙>丙", "</w:t>", "</w:t></w:r></w:p>", "{{ x }}", "{% raw %}", "{% if %}", "]]>", "<!-- ", "&amp;", "&#65;",
    '"双\'引', "{{", "}}", "{#", "\u202eRTL", "𠀀𝟘👍", " 前后 ", "甲\n乙", "甲\t乙", "{_{", "\u2028", "x" * 5000, "%s {0}",
)  # fmt: skip
VALUES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t{}%<>&\"'"), min_size=1, max_size=40
)


def failure(*body: str, **context: Any) -> str:
    with pytest.raises(TemplateError) as caught:
        rendered(docx(*body), context)
    return str(caught.value)


def everywhere(value: str) -> list[list[str]]:
    """The value printed in a paragraph, a table cell and a header."""
    tag = "{{ v }}"
    source = docx(f"前{tag}后", table(row(tag, "")), parts={"header1": p(tag)})
    result = rendered(source, {"v": Text(value, "v")})
    return [texts(result.data), texts(result.data, "word/header1.xml"), [item.text for item in result.written]]


@pytest.mark.parametrize("value", HOSTILE)
def test_values_are_text_and_nothing_else(value: str) -> None:
    """Whatever a value looks like, it comes through as the characters it is."""
    assert everywhere(value) == [[f"前{value}后", value, ""], [value], [value] * 3]


@given(VALUES)
@settings(max_examples=examples(60, 20_000))
def test_any_text_comes_through(value: str) -> None:
    """Every text that a contract may hold is printed unchanged in body, table and header."""
    assert everywhere(value) == [[f"前{value}后", value, ""], [value], [value] * 3]


@pytest.mark.parametrize("value", ["\x00", "甲\x0b", "\r", "\ud800", "\ufffe", "\ufdd2a\ufdd3b\ufdd4", "\ufdd00\ufdd1"])
def test_what_word_cannot_hold_is_refused(value: str) -> None:
    """A character that would vanish or break the file is an error, also where the data were not checked before."""
    assert "值中有不能写进 Word 的字符 U+" in failure("{{ v }}", v=value)


def test_each_value_is_recorded_where_it_stands() -> None:
    """Every printed value is known by its path, its text, and the characters of the paragraph it stands on."""
    source = docx(
        "合同 {{ party.name }}，计{{ total|大写 }}（￥{{ total|金额 }}）",
        table(row("{%tr for r in rows %}", ""), row("{{ loop.index }}", "{{ r.name }}"), row("{%tr endfor %}", "")),
        parts={"header1": p("第<一>页", "{{ count }}")},
    )

    result = rendered(source, {**SAMPLE, "rows": rows("甲", "乙")})

    assert result.written == (
        Written("party.name", "示例咨询 & <伙伴>", "body", 0, 3, 14),
        Written("total", "壹佰零肆万元整", "body", 0, 16, 23),
        Written("total", "1,040,000.00", "body", 0, 25, 37),
        Written(None, "1", "body", 1, 0, 1),
        Written("rows[1].name", "甲", "body", 2, 0, 1),
        Written(None, "2", "body", 3, 0, 1),
        Written("rows[2].name", "乙", "body", 4, 0, 1),
        Written("count", "6", "header1", 0, 5, 6),
    )


BODIES = (
    p("{{ v }}", "\t{{ v }}", properties="<w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr>"),
    "<w:p><w:r><w:t>甲&amp;乙</w:t><w:br/><w:tab/><w:noBreakHyphen/><w:t>{{ v }}</w:t><w:cr/><w:t>{{ v }}</w:t></w:r></w:p>",
    "<w:p><w:hyperlink><w:r><w:t>{{ v }}</w:t></w:r></w:hyperlink><w:r><w:t>x{{ v }}</w:t></w:r></w:p>",
    "<w:p/><w:p w:rsidR='1'/>" + p("{{ v }}"),
    '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>{{ v }}</w:t></w:r></w:p>',
    "<w:p><w:r><w:t>{{ v }}</w:t><w:pict><w:txbxContent>" + p("箱", "{{ v }}") + "</w:txbxContent></w:pict><w:t>尾{{ v }}</w:t></w:r></w:p>",
    "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("箱") + "</w:txbxContent></mc:Choice><mc:Fallback>"
    "<w:txbxContent>" + p("箱") + "</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>{{ v }}</w:t></w:r></w:p>",
    "<w:sdt><w:sdtContent>" + p("{{ v }}") + "</w:sdtContent></w:sdt>" + p("{% if v %}甲{{ v }}{% else %}乙{% endif %}{{ v }}"),
    table(row(cell("{%p for r in [1, 2] %}", "{{ v }}", "{%p endfor %}"), cell("{%p if false %}", "{{ v }}", "{%p endif %}"))),
    "{% set x %}<{{ v }}>{% endset %}{{ x }}|{{ x }}",
    "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(v) }}{{ v }}",
)  # fmt: skip


@given(st.lists(st.sampled_from(BODIES), min_size=1, max_size=6), st.sampled_from(["值", "A&B<", "甲\n乙\t丙", ""]))
@settings(max_examples=examples(80))
def test_recorded_places_are_those_of_the_finished_file(body: list[str], value: str) -> None:
    """Reading the saved bytes finds every recorded value exactly where it was said to stand."""
    result = rendered(docx(*body), {"v": Text(value, "v")})

    paragraphs = texts(result.data)

    assert [paragraphs[item.position][item.start : item.end] for item in result.written] == [value] * len(
        result.written
    )
    assert len(result.written) == sum(paragraph.count(value) for paragraph in paragraphs) or not value


def test_the_same_input_gives_the_same_bytes() -> None:
    """Nothing of the time or the machine gets into a file; a template can be rendered any number of times."""
    source = docx("{{ no('一、', 'a') }}{{ ref('a') }}{{ total }}", parts={"footer1": p("{{ count }}")})
    template = compile_template(source, "样本.docx")

    first, second = (render(template, SAMPLE, {"title": "甲"}) for _ in range(2))

    assert first == second == rendered_with_title(source)


def rendered_with_title(source: bytes) -> object:
    return render(compile_template(source, "样本.docx"), SAMPLE, {"title": "甲"})


def test_properties_are_what_was_asked_for() -> None:
    """Title, subject and author come from the caller, escaped; whatever the template's author left is gone."""
    core = b'<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>somebody</dc:creator></cp:coreProperties>'
    template = compile_template(docx("甲", extra={"docProps/core.xml": core}), "样本.docx")

    data = render(template, {}, {"title": "A&B <合同>", "author": "示例单位"}).data

    said = xml(data, "docProps/core.xml")
    assert said.split("?>")[1].strip() == (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A&amp;B &lt;合同&gt;</dc:title>'
        "<dc:creator>示例单位</dc:creator></cp:coreProperties>"
    )
    assert "somebody" not in "".join(part.data.decode("utf-8", "replace") for part in read_package(data))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ partei.name }}", "没有名为 partei 的字段，是不是想写 party"),
        ("{{ reff('x') }}", "没有名为 reff 的字段，是不是想写 ref"),
        ("{{ party.nmae }}", "party 没有名为 nmae 的字段，是不是想写 name"),
        ("{{ party.name.x }}", "没有名为 x 的字段"),
        ("{{ rows[7].name }}", "没有第 7 项（从 0 数起）"),
        ("{{ nothing }}", "没有值（请先用 {% if %} 判断），不能直接打印"),
        ("{{ yes }}", "是真假值（请用 {% if %} 判断），不能直接打印"),
        ("{{ rows }}", "是一个列表（请用 {% for %} 逐项打印），不能直接打印"),
        ("{{ party }}", "是一组字段（请写到具体的字段），不能直接打印"),
        ("{{ 1 / 3 }}", "0.3333333333333333 是浮点数，不能精确打印；请改用数据里的金额、数量，或用 //"),
        ("{{ 1 // 0 }}", "除以了零"),
        ("{{ party.name|金额 }}", "“示例咨询 & <伙伴>”不是数"),
        (
            "{{ no('甲') }}",
            'no("甲") 的编号样式不认识；可用的样式：第一章 第一节 第一条 一、 （一） 1.1 1.1.1 1. （1） 1） ① 1',
        ),
        ("{{ party() }}", "这样的值不能这样使用（Record('party') is not safely callable）"),
        ("{{ party.name[::0] }}", "这样的值不能这样使用（slice step cannot be zero）"),
        ("{{ [1, 2]|join(party) }}", "这样的值不能这样使用（'Record' object has no attribute 'join'）"),
    ],
)
def test_errors_name_the_tag_and_its_place(body: str, said: str) -> None:
    """What fails while rendering is told with the template, the paragraph, and the tag as typed."""
    context = {**SAMPLE, "nothing": None}

    assert failure("前", f"甲{body}", **context).endswith(f"，标签 {body}：{said}")
    assert failure("前", f"甲{body}", **context).startswith("模板“样本.docx” 正文 第2段 “甲{{ ")


def test_the_failing_tag_is_found_behind_loops_and_macros() -> None:
    """The tag that is named is the one whose code was running."""
    body = (
        "{% set x = 1 %}{{ x }}",
        "{%p for r in rows %}",
        "{%p if r.amount %}",
        "{{ x }}{{ r.sum }}{{ x }}",
        "{%p endif %}",
        "{%p endfor %}",
    )

    assert failure(*body, **SAMPLE) == (
        "模板“样本.docx” 正文 第4段 “{{ x }}{{ r.sum }}{{ x }}”，标签 {{ r.sum }}：rows[1] 没有名为 sum 的字段"
    )


def test_the_entry_of_the_data_is_told_that_a_tag_failed_for() -> None:
    """Of a tag in loops the row is named whose values it could not be printed with."""
    tag = "{{ 100 // (r.amount - 2000) }}"

    assert failure("{%p for d in rows %}", "{%p for r in rows %}", tag, "{%p endfor %}", "{%p endfor %}", **SAMPLE) == (
        f"模板“样本.docx” 正文 第3段 “{tag}”，标签 {tag}：除以了零；数据在 rows[2]"
    )


def test_all_fields_of_a_document_that_are_not_there_are_told_at_once() -> None:
    """Each tag that only prints is told, in body and headers, and once for all rows of a loop."""
    body = ("{{ nmae }}甲{{ party.nmae }}", "{%p for r in rows %}", "{{ r.sum }}", "{%p endfor %}", "{{ total|金额 }}")
    with pytest.raises(TemplateError) as caught:
        rendered(docx(*body, parts={"header1": p("{{ cuont }}")}), SAMPLE)

    assert [line.rpartition("，标签 ")[2] for line in str(caught.value).splitlines()] == [
        "{{ nmae }}：没有名为 nmae 的字段",
        "{{ party.nmae }}：party 没有名为 nmae 的字段，是不是想写 name",
        "{{ r.sum }}：rows[1] 没有名为 sum 的字段",
        "{{ cuont }}：没有名为 cuont 的字段，是不是想写 count",
    ]


def test_blanks_print_as_lines_to_write_on() -> None:
    """An open value prints a line whatever its filter, and holds its clause; one left out of a draft does not."""
    context = {"open": Blank("open"), "gap": Blank("gap", is_open=False)}
    body = (
        "{{ open }} {{ open|大写 }} {{ open|金额 }} {{ open.year }}年 {{ open * 2 + 1 }} {{ gap }}",
        "{% if open %}甲{% endif %}{% if gap %}乙{% endif %}{{ gap|default('丙') }}{% if open > 3 %}丁{% endif %}{{ '共' + open }}",
    )

    assert shown(*body, **context) == ["________ ________ ________ ________年 ________ ________", "甲丙共________"]


def test_documents_of_a_set_refer_to_each_other() -> None:
    """A reference finds its clause in the own document, else in another one of the set, earlier or later."""
    from docgen.template.numbering import Labels, Numbering

    labels = Labels()

    def job(number: int, *body: str) -> Job:
        context = {"_numbering": Numbering(f"{number:02}", labels)}
        return Job(compile_template(docx(*body), f"{number}.docx"), context, {})

    first = job(1, "见{{ ref('later') }}和{{ ref('own') }}", "{{ no('第一条', 'own') }}")
    second = job(2, "{{ no('一、', 'later') }}", "见{{ ref('own') }}")

    assert [texts(document.data) for document in render_set([first, second])] == [
        ["见一和第一条", "第一条"],
        ["一、", "见第一条"],
    ]
    with pytest.raises(TemplateError) as caught:
        render_set([job(3, "{{ no('一、', 'a') }}{{ ref('b') }}")])
    assert str(caught.value) == '模板“3.docx”：ref("b") 所指的条款没有编号。'
    assert caught.value.hint == "本文件里有名称的条款：a"


def test_rendering_changes_nothing_it_was_given() -> None:
    """The context of a document is the same before and after."""
    context = {**SAMPLE, "rows": Rows((Record(None, {"amount": Amount(Decimal(5), "a")}),))}
    before = dict(context)

    rendered(docx("{% set total = 1 %}{{ total }}"), context)

    assert context == before
