"""Amounts wherever they stand in a Word file: split runs, headers, footnotes, text boxes, nested and merged tables."""

from __future__ import annotations

import pytest

from docgen.reading.word import read_word
from docgen.rules.document_rules import check_reading
from docgen.word.package import write_package
from tests.wordfiles import p, table, word_files

WRONG = "合同总价为5", "00", "元（大写：陆佰", "元整）"
BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)
HEAD = "序号", "事项", "单价（元）", "数量", "金额（元）"
PRICES = table(HEAD, ("1", "甲", "100", "3", "900"), ("2", "乙", "5", "2", "10"), ("合计", "", "", "", "310"))


def told(body: str, **parts: str) -> list[tuple[str, str, str | None, str | None]]:
    """Code, part, quote and correction of the findings in a Word file."""
    section = "".join(f'<w:{name[:-1]}Reference w:type="default" r:id="{name}"/>' for name in parts if name[-1] == "1")
    reading = read_word(write_package(word_files(body, section=section, parts=parts)), "样例.docx")
    found = check_reading(reading)
    return [(f.rule, f.place.part or "", f.quote, f.fix) for f in found if f.rule.startswith("M")]


@pytest.mark.parametrize(
    ("body", "parts", "part"),
    [
        (p(*WRONG), {}, "body"),
        (p("正文"), {"header1": p(*WRONG)}, "header1"),
        (p("正文"), {"footer1": p(*WRONG)}, "footer1"),
        (table(("价款", "".join(WRONG))), {}, "body"),
        (BOX.format(p(*WRONG), p(*WRONG)), {}, "body"),
        (f"<w:sdt><w:sdtContent>{p(*WRONG)}</w:sdtContent></w:sdt>", {}, "body"),
        (
            p("正文") + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
            {"footnotes": f'<w:footnote w:id="2">{p(*WRONG)}</w:footnote>'},
            "footnotes",
        ),
    ],
)
def test_pairs_are_judged_in_every_part(body: str, parts: dict[str, str], part: str) -> None:
    """A pair over split runs is told once, in the part that holds it."""
    assert told(body, **parts) == [("M101", part, "陆佰元整", None)]


def test_nested_price_tables_are_judged() -> None:
    """A table in a cell of another is a price table of its own."""
    nested = f"<w:tbl><w:tr><w:tc>{p('报价')}</w:tc><w:tc>{PRICES}{p('')}</w:tc></w:tr></w:tbl>"

    assert told(nested) == [("M111", "body", "900", "300")]
    assert told(PRICES) == [("M111", "body", "900", "300")]


def test_merged_headers_name_the_columns_below() -> None:
    """A header over two columns is explained by the row below it, and an amount over two rows belongs to both."""

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(cells)}</w:tr>"

    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    head = row(
        cell("序号", down), cell("事项", down), cell("算法", '<w:gridSpan w:val="2"/>'), cell("金额（元）", down)
    )
    head += row(cell("", more), cell("", more), cell("单价（元）"), cell("数量"), cell("", more))
    wrong = row(cell("1"), cell("甲"), cell("100"), cell("3"), cell("400"))
    total = row(cell("合计", '<w:gridSpan w:val="4"/>'), cell("400"))
    shared = row(cell("1"), cell("甲"), cell("100"), cell("3"), cell("400", down))
    shared += row(cell("2"), cell("乙"), cell("50"), cell("2"), cell("", more))

    assert told(f"<w:tbl>{head}{wrong}{total}</w:tbl>") == [("M111", "body", "3", None)]
    assert told(f"<w:tbl>{head}{shared}{total}</w:tbl>") == []


PLAN = (
    "合同总价为1000000元（大写：壹佰万元整）。",
    "（1）首付款：签订后支付500000元；",
    "（2）中期款：验收后支付300000元；",
    "（{}）尾款：终验后支付{}元。",
)


@pytest.mark.parametrize(
    ("number", "last", "findings"),
    [
        ("3", "200000", []),
        ("5", "200000", [("N101", "（5）")]),
        ("3", "250000", [("M122", "250000元")]),
    ],
)
@pytest.mark.parametrize("framed", [1, 2, 3])
def test_a_frame_around_a_paragraph_is_no_table(
    framed: int, number: str, last: str, findings: list[tuple[str, str]]
) -> None:
    """A table of a single cell is read on like any text: lists and payments go on through it."""
    lines = [line.format(number, last) for line in PLAN]
    body = "".join(table((line,)) if at == framed else p(line) for at, line in enumerate(lines))
    found = check_reading(read_word(write_package(word_files(body)), "样例.docx"))

    assert [(f.rule, f.quote) for f in found] == findings
