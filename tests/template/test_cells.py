"""Cells that merge, span and shade."""

from __future__ import annotations

import re
from typing import Any

import pytest

from docgen.errors import TemplateError
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


def test_vm_starts_with_the_first_row_that_is_shown() -> None:
    """Where a condition hides the first rows of a loop, the next one shows the text and starts the merge."""
    body = table(
        row("{%tr for g in groups %}", ""), row("{%tr for r in g %}", ""),
        row("{%tr if r.name != '甲' and loop.last %}", ""), row("{% vm %}{{ loop.length }}项", "末{{ r.name }}"),
        row("{%tr elif r.name != '甲' %}", ""), row("{% vm %}{{ loop.length }}项", "{{ r.name }}"), row("{%tr endif %}", ""),
        row("{%tr endfor %}", ""), row("{%tr endfor %}", ""),
    )  # fmt: skip
    groups = [rows("甲", "乙", "丙"), rows("甲", "丁"), rows("戊")]

    assert texts(rendered(docx(body), {"groups": groups}).data) == [
        "3项",
        "乙",
        "",
        "末丙",
        "2项",
        "末丁",
        "1项",
        "末戊",
    ]
    assert cells(body, groups=groups)[::2] == [
        '<w:vMerge val="restart"/>', '<w:vMerge val="continue"/>', '<w:vMerge val="restart"/>', '<w:vMerge val="restart"/>',
    ]  # fmt: skip


def test_vm_needs_a_loop() -> None:
    """Outside of a loop there is nothing to merge over, and that is told at the tag."""
    with pytest.raises(TemplateError, match="vm"):
        rendered(docx(table(row("{% vm %}甲", "乙"))))
