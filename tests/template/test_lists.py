"""Word's own numbered lists: they go on, or begin anew where a template asks for it."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.errors import TemplateError
from docgen.reading.word import read_word
from docgen.template.plain import render_file
from docgen.template.values import Record
from docgen.word.text import MAIN
from tests.template.making import docx, p, rendered, row, table, xml

LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{level + 1}."/></w:lvl>'
    for level, start in ((0, 1), (1, 3))
)
NUMBERING = (
    f'<w:numbering xmlns:w="{MAIN}"><w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{LEVELS}</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num><w:numIdMacAtCleanup w:val="9"/></w:numbering>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>'
)
GROUPS: dict[str, Any] = {
    "groups": (
        Record(None, {"name": "甲", "rows": ("一", "二")}),
        Record(None, {"name": "乙", "rows": ("三", "四", "五")}),
    )
}


def item(text: str, number: int = 4, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, properties=f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>')


def template(*body: str) -> bytes:
    """A Word file with two lists."""
    extra = {"word/numbering.xml": NUMBERING.encode(), "word/_rels/document.xml.rels": RELATIONS.encode()}
    return docx(*body, extra=extra)


def numbered(*body: str, **context: Any) -> list[str]:
    """The paragraphs as Word shows them, by both engines' surfaces the same."""
    source = template(*body)
    made = rendered(source, {**GROUPS, **context}).data
    plain = {"groups": [{"name": group.name, "rows": list(group.rows)} for group in GROUPS["groups"]], **context}
    assert xml(render_file(source, plain), "word/numbering.xml") == xml(made, "word/numbering.xml")
    return [(block.number or "") + block.text for block in read_word(made, "a.docx").blocks]


LOOP = (p("{%p for g in groups %}"), p("{{ g.name }}"), p("{%p for r in g.rows %}"))
END = (p("{%p endfor %}"), p("{%p endfor %}"))


def test_a_list_goes_on_through_all_loops() -> None:
    """Without being asked, numbers go on as Word counts them."""
    assert numbered(*LOOP, item("{{ r }}"), *END) == ["甲", "1.一", "2.二", "乙", "3.三", "4.四", "5.五"]


def test_a_list_begins_anew_in_each_loop() -> None:
    """Asked for in the repeated paragraph, each loop counts from the beginning."""
    made = numbered(*LOOP, item("{% restart %}{{ r }}"), *END, item("末"))

    assert made == ["甲", "1.一", "2.二", "乙", "1.三", "2.四", "3.五", "4.末"]


def test_each_place_that_asks_has_a_list_of_its_own() -> None:
    """Outside loops a list begins anew where it says so; other lists, deeper levels and conditions have their own count."""
    body = (
        item("一"),
        item("二"),
        item("{% restart %}三"),
        item("四"),
        item("五", 7),
        item("{% restart %}六", 7),
        item("七"),
    )

    assert numbered(*body) == ["1.一", "2.二", "1.三", "2.四", "1.五", "1.六", "3.七"]
    deeper = (
        item("{% restart %}{{ g.name }}"),
        p("{%p for r in g.rows %}"),
        item("{{ r }}", level=1),
        p("{%p endfor %}"),
    )
    assert numbered(p("{%p for g in groups %}"), *deeper, p("{%p endfor %}")) == [
        "1.甲", "3.一", "4.二", "2.乙", "3.三", "4.四", "5.五",
    ]  # fmt: skip


def test_a_first_entry_that_is_left_out_takes_no_beginning_with_it() -> None:
    """The list begins with the first paragraph that is printed, in tables as in running text."""
    rows = (
        "{%tr for r in g.rows %}",
        "{%tr if not loop.first %}",
        item("{% restart %}{{ r }}"),
        "{%tr endif %}",
        "{%tr endfor %}",
    )
    body = table(*(row(f"<w:tc>{text if text.startswith('<') else p(text)}</w:tc>") for text in rows), columns=1)

    assert numbered(p("{%p for g in groups %}"), body, p("{%p endfor %}")) == ["1.二", "1.四", "2.五"]


def test_the_list_is_described_as_the_old_one() -> None:
    """A new list has the form of the old one, stands among the lists, and begins where the old one does."""
    made = rendered(template(item("{% restart %}一", level=1))).data

    assert '<w:numId w:val="8"/>' in xml(made)
    assert (
        '<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/></w:lvlOverride>'
        in xml(made, "word/numbering.xml")
    )
    assert xml(made, "word/numbering.xml").endswith('<w:numIdMacAtCleanup w:val="9"/></w:numbering>')


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p("{% restart %}一"), "标签 {% restart %}：只能写在 Word 自动编号的段落里（编号须直接设在这一段上）"),
        (item("{% restart %}一{% restart %}"), "标签 {% restart %}：同一段里写了两次"),
        (item("{% restart %}一", 5), "模板里没有编号为 5 的自动编号列表。"),
    ],
)
def test_what_cannot_begin_anew_is_told(body: str, said: str) -> None:
    """A paragraph without a number of its own, asked twice, or a number that nothing describes."""
    with pytest.raises(TemplateError) as caught:
        rendered(template(body))

    assert str(caught.value).endswith(said)
