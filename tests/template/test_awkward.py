"""Awkward values: whatever a value holds comes through equal wherever it is printed, or is refused; nothing between."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.errors import TemplateError
from docgen.template.compile import compile_template
from docgen.template.plain import render_file
from docgen.template.render import Rendered, render
from docgen.template.values import Text
from docgen.word.package import read_package
from docgen.word.parts import parse
from tests.endure import examples
from tests.template.making import docx, p, row, table, texts

TAG = "{{ v }}"
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ v }}</dc:title></cp:coreProperties>'
)
SOURCE = docx(
    f"前{TAG}后",
    table(row("{%tr for n in numbers %}", ""), row(TAG, f"{{{{ n }}}}：{TAG}"), row("{%tr endfor %}", "")),
    parts={"header1": p(TAG), "footer1": p(f"{TAG}{TAG}"), "footnotes": f"<w:footnote>{p(TAG)}</w:footnote>"},
)
PLAIN = docx(f"前{TAG}后", table(row(TAG, "甲")), parts={"header1": p(TAG)}, extra={"docProps/core.xml": CORE.encode()})
TEMPLATE = compile_template(SOURCE, "样本.docx")
REFUSED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# What people and programs have broken documents with, mixed with anything at all.
ALPHABET = st.one_of(
    st.sampled_from("&<>\"'{}%#\n\t\r\f\v\x00\a\u2028\u2029\u202e\u200f\u200b\ufeff\u3000\xa0\x7f\x85\ufffe\ufffd\ufdd2\ufdd5\U0001f468"),
    st.characters(),
    st.characters(exclude_categories=("Cs", "Cc")),
)  # fmt: skip
PHRASES = st.sampled_from([
    "</w:t>", "]]>", "<!--", "&amp;", "&#x0;", "{{ x }}", "{% raw %}", "{_{", "שלום", "مرحبا", "\U0010fffd", "\U0001fffe",
])  # fmt: skip
VALUES = st.one_of(
    st.text(ALPHABET, max_size=30),
    st.lists(st.one_of(PHRASES, st.text(ALPHABET, max_size=5)), max_size=8).map("".join),
    st.tuples(st.text(ALPHABET, min_size=1, max_size=10), st.integers(1, 3000)).map(lambda pair: pair[0] * pair[1]),
)


def title(data: bytes) -> str:
    """The title among the properties of a file."""
    found = [item for item in parse(read_package(data)["docProps/core.xml"]) if item.tag.endswith("}title")]
    return "".join(item.text or "" for item in found)


def everywhere(result: Rendered) -> list[Any]:
    """What is read of the value in every kind of part, and what is recorded of it."""
    parts = ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/footnotes.xml")
    return [*(texts(result.data, part) for part in parts), [item.text for item in result.written if item.path]]


@given(VALUES)
@example("\ufdd5")
@settings(max_examples=examples(150, 100_000), deadline=None)
def test_values_come_through_or_are_refused(value: str) -> None:
    """In body, table, header, footer, notes and properties: the same characters, or a refusal that names one."""
    context = {"v": Text(value, "v"), "numbers": (1, 2)}
    if REFUSED.search(value):
        with pytest.raises(TemplateError, match=r"不能写进 Word 的字符 U\+[0-9A-F]{4,}"):
            render(TEMPLATE, context, {})
        return

    result = render(TEMPLATE, context, {"title": value})

    cells = [value, f"1：{value}", value, f"2：{value}"]
    assert everywhere(result) == [[f"前{value}后", *cells], [value], [value * 2], [value], [value] * 9]
    assert title(result.data) == value


@given(VALUES)
@example("\ufdd5")
@example("\ufffe")
@settings(max_examples=examples(60, 20_000), deadline=None)
def test_values_of_plain_documents_come_through_or_are_refused(value: str) -> None:
    """The same with plain data; only a new paragraph and a new page are made of characters, by docxtpl."""
    if {"\a", "\f"} & set(value):
        return
    if REFUSED.search(value):
        with pytest.raises(TemplateError, match=r"不能写进 Word 的字符 U\+[0-9A-F]{4,}"):
            render_file(PLAIN, {"v": value})
        return

    data = render_file(PLAIN, {"v": value})

    assert texts(data) == [f"前{value}后", value, "甲"]
    assert texts(data, "word/header1.xml") == [value]
    assert title(data) == value
