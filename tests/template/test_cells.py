"""Cells that merge, span and shade."""

from __future__ import annotations

import re
from typing import Any

from tests.template.making import SAMPLE, cell, docx, p, rendered, row, rows, table, texts, xml


def cells(*body: str, **context: Any) -> list[str]:
    """The properties that the cells got beside their width."""
    found = re.findall(
        r'<w:tcPr><w:tcW w:w="1000" w:type="dxa"/>(.*?)</w:tcPr>', xml(rendered(docx(*body), context).data)
    )
    return [re.sub(r" ?w:(val|color|fill)=", r" \1=", item) for item in found]


LOOP = (
    row("{%tr for g in groups %}", ""), row("{%tr for r in g %}", ""), row("{% vm %}{{ loop.index }}组", "{{ r.name }}"),
    row("{%tr endfor %}", ""), row("{%tr endfor %}", ""),
)  # fmt: skip


def test_vm_merges_over_the_innermost_loop() -> None:
    """The first row of the loop shows the cell, the others continue it and show nothing."""
    body = table(*LOOP)
    groups = [rows("甲", "乙", "丙"), rows("丁")]

    assert (
        texts(rendered(docx(body), {"groups": groups}).data) == ["1组", "甲", "", "乙", "", "丙", "1组", "丁", ""][:8]
    )
    assert cells(body, groups=groups) == [
        '<w:vMerge val="restart"/>', "", '<w:vMerge val="continue"/>', "", '<w:vMerge val="continue"/>', "", '<w:vMerge val="restart"/>', "",
    ]  # fmt: skip


def test_vm_keeps_the_paragraph_format_in_rows_that_continue() -> None:
    """A continuing cell holds one empty paragraph of the first one's format, however many the first row has."""
    body = table(
        row("{%tr for r in rows %}", ""),
        row(cell(p("{% vm %}甲", properties="<w:pPr><w:keepNext/></w:pPr>"), "乙"), "x"),
        row("{%tr endfor %}", ""),
    )

    data = rendered(docx(body), {"rows": rows("1", "2")}).data

    assert texts(data) == ["甲", "乙", "x", "", "x"]
    assert '<w:vMerge w:val="continue"/></w:tcPr><w:p><w:pPr><w:keepNext/></w:pPr></w:p></w:tc>' in xml(data)


def test_hm_merges_the_cells_of_a_loop() -> None:
    """The first cell of a loop over cells spans them all."""
    body = table(
        row("{%tc for r in rows %}", "{% hm %}共{{ rows|length }}列", "{%tc endfor %}"),
        row("{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"),
    )

    assert texts(rendered(docx(body), SAMPLE).data) == ["共3列", "甲", "乙", "丙"]
    assert cells(body, **SAMPLE) == ['<w:gridSpan val="3"/>', "", "", ""]


def test_colspan_and_cellbg_set_their_property_in_the_order_of_the_schema() -> None:
    """The properties replace what was there, and stand where the schema wants them."""
    shaded = cell(
        "{% colspan count // 3 %}{% cellbg 'D9D9D9' %}甲",
        properties='<w:shd w:fill="FF0000"/><w:vAlign w:val="center"/>',
    )

    assert cells(table(row(shaded)), **SAMPLE) == [
        '<w:gridSpan val="2"/><w:shd val="clear" color="auto" fill="D9D9D9"/><w:vAlign val="center"/>'
    ]
