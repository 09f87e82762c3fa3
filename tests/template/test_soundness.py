"""Whatever the data leave out of a template, what is rendered is a file that Word opens."""

from __future__ import annotations

import pytest

from docgen.errors import TemplateError
from docgen.template.cache import VARIABLE
from docgen.template.lint.parts import parts_of
from docgen.template.plain import render_file
from tests.template.making import SAMPLE, cell, docx, p, rendered, row, run, table, texts, xml
from tests.word.structure import faults

NOTHING = "".join(map(p, ("{%p for r in empty %}", "{{ r.name }}", "{%p endfor %}")))
INNER = table(row("内", "内"))
GONE = table(row("{%tr for r in empty %}", ""), row("{{ r.name }}", ""), row("{%tr endfor %}", ""))


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known from before."""
    monkeypatch.setenv(VARIABLE, "off")


def control(content: str) -> str:
    """A content control around blocks, rows or runs."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "content",
    [
        NOTHING,
        p("{%p set a = 1 %}"),
        p("甲") + INNER + NOTHING,
        GONE + p("后"),
        GONE + NOTHING,
        p("{%p if no_field %}") + INNER + p("") + p("{%p endif %}"),
        control(NOTHING),
        control(p("甲")) + NOTHING,
        p('{%p include "空" %}'),
        p('{%p include "表" %}'),
        p('{%p include "无" %}'),
        p("{%p for r in empty -%}") + p("x") + p("{%p endfor %}"),
    ],
)
def test_a_cell_ends_with_a_paragraph(content: str) -> None:
    """Where the data leave nothing of a cell, or a table at its end, a paragraph closes it."""
    blocks = {"空": docx(), "表": docx(INNER), "无": docx(NOTHING)}
    data = rendered(docx(table(row(cell(content), "旁")), "完"), SAMPLE, **blocks).data

    assert faults(data) == []
    assert texts(data)[-2:] == ["旁", "完"]


def test_an_empty_paragraph_is_enough() -> None:
    """A cell that ends with an empty paragraph of any kind gets no other one."""
    content = '<w:p w:rsidR="00A1"/>' + p("{%p if no_field %}") + p("x") + p("{%p endif %}")
    data = rendered(docx(table(row("甲", cell(content))), "完"), SAMPLE).data

    assert texts(data) == ["甲", "", "完"]


@pytest.mark.parametrize("part", ["header1", "footer1"])
@pytest.mark.parametrize("content", [NOTHING, INNER + NOTHING, p('{%p include "表" %}')])
def test_a_header_ends_with_a_paragraph(part: str, content: str) -> None:
    """So do headers and footers."""
    data = rendered(docx("甲", parts={part: content}), SAMPLE, 表=docx(INNER)).data

    assert faults(data) == []


@pytest.mark.parametrize(
    "rows",
    [
        row("{%tc for r in empty %}", "{{ r.name }}", "{%tc endfor %}"),
        row("甲", "乙") + row("{%tc if no_field %}", "甲", "乙", "{%tc endif %}"),
        control(row("{%tr for r in empty %}", "") + row("甲", "乙") + row("{%tr endfor %}", "")),
        row("{%tr if no_field -%}", "") + row("甲", "乙") + row("{%tr endif %}", ""),
    ],
)
def test_rows_have_cells_and_tables_have_rows(rows: str) -> None:
    """A row of which no cell is left goes, and so does a table of which no row is left."""
    data = rendered(docx("前", table(rows), "后"), SAMPLE).data

    assert faults(data) == []
    assert [text for text in texts(data) if text in {"前", "后"}] == ["前", "后"]


def test_the_table_inside_a_table_does_not_widen_it() -> None:
    """The grid of a table fits its own rows."""
    inner = table(row("{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"))
    data = rendered(docx(table(row(cell(inner, p("后")), "旁")), "完"), SAMPLE).data

    assert faults(data) == []


WIDE = row("{%tc for r in range(64) %}", "甲{{ r }}", "{%tc endfor %}")
TOO_WIDE = "表2 第2行（“甲0甲1甲2甲3甲4…”）会有 64 列；表3 第1行（“乙一二三四…”）会有 65 列，Word 的表格最多 63 列。"


@pytest.mark.parametrize("more", ["", "{%- if 1 %}{% endif %}"], ids=["docgen", "docxtpl"])
def test_a_table_wider_than_word_can_is_refused(more: str) -> None:
    """Word opens no file with a table of more than 63 columns: the template, the table and the row are told."""
    body = table(row("表头"), row("一")), table(row("表头"), WIDE), table(row("{% colspan 61 %}乙", *"一二三四"))
    for make in (lambda: rendered(docx(more, *body)), lambda: render_file(docx(more, *body), {})):
        with pytest.raises(TemplateError) as caught:
            make()
        assert str(caught.value).partition("”：")[2].removeprefix("模板“样本.docx”：") == TOO_WIDE
        assert "一行一项" in (caught.value.hint or "")


def test_a_table_of_as_many_columns_as_word_has_is_made() -> None:
    """Loops that make the last of them do no harm."""
    body = table(row("{%tc for r in range(60) %}", "甲", "{%tc endfor %}", *"一二三"))

    assert faults(rendered(docx(body, "完")).data) == []


def test_a_template_that_is_too_wide_by_itself_is_told_at_its_row() -> None:
    """That is known before there are any data, and what loops and conditions make is not counted."""
    loop = ["{%tc if yes %}", *"乙" * 40, "{%tc else %}", *"丙" * 40, "{%tc endif %}"]
    body = docx("一", table(row(*loop)), table(row("表头"), row("{{ a }}", *"丁" * 63)))

    with pytest.raises(TemplateError, match=r"表2 第2行第1列 “\{\{ a \}\}”：这一行有 64 列，Word 的表格最多 63 列"):
        rendered(body, SAMPLE)
    assert [(fault.place.label, fault.rule) for fault in parts_of(body, "样.docx", {}).faults] == [
        ("表2 第2行第1列", "T301")
    ]


def test_the_bookmark_of_the_last_edit_goes() -> None:
    """Word's mark of the last edit, which may begin in a paragraph that disappears, is no part of a template."""
    begins, ends = '<w:bookmarkStart w:id="0" w:name="_GoBack"/>', '<w:bookmarkEnd w:id="0"/>'
    body = (
        f"<w:p>{begins}{run('{%p for r in rows %}')}</w:p>{p('甲')}<w:p>{run('{%p endfor %}')}</w:p><w:p>{ends}</w:p>"
    )

    assert faults(rendered(docx(body), SAMPLE).data) == []


@pytest.mark.parametrize(("tag", "written"), [("'#d9d9d9'", "D9D9D9"), ("'FFFFFF'", "FFFFFF")])
def test_a_colour_is_written_as_word_takes_it(tag: str, written: str) -> None:
    """Colours may be typed as on the web."""
    data = rendered(docx(table(row(f"{{% cellbg {tag} %}}甲")))).data

    assert f'w:fill="{written}"' in xml(data)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("cellbg 'red'", "“red”不是颜色，应为六位十六进制数，如 D9D9D9"),
        ("cellbg ''", "“”不是颜色"),
        ("colspan 0", "不能占 0 列，应为 1 至 63 的整数"),
        ("colspan 'a'", "“a”不是数"),
    ],
)
def test_colours_and_spans_that_word_does_not_take_are_refused(tag: str, said: str) -> None:
    """A value that would make the file unreadable is told at its tag."""
    with pytest.raises(TemplateError, match=said):
        rendered(docx(table(row(f"{{% {tag} %}}甲"))))


@pytest.mark.parametrize("text", ["甲", "{{ total }}"])
def test_marks_of_comments_go_with_the_comments(text: str) -> None:
    """The comments in a template never reach a contract; what refers to them goes too, with tags or without."""
    reference = (
        '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )

    assert faults(rendered(docx(f"<w:p>{reference.format(run(text))}</w:p>"), SAMPLE).data) == []
