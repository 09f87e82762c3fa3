"""Slips of the hand in braces, and tags that look unlike what they print."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.template.lint.kits import Report, lint_template
from tests.template.making import cell, docx, p, row, run, table

BOLD = "<w:rPr><w:b/></w:rPr>"
HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:val="en-US"/></w:rPr>'
FONTS = '<w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr>'


def linted(folder: Path, *body: str, **parts: str) -> Report:
    """What is found in a template with that body, all of its text in a Chinese font."""
    path = folder / "样.docx"
    path.write_bytes(docx(*body, parts=parts))
    return lint_template(path)


def found(folder: Path, *body: str, **parts: str) -> list[tuple[str, str | None, str]]:
    """Of each finding about tags its code, the place and what is typed there."""
    findings = linted(folder, *body, **parts).findings
    return [(f.rule, f.place.label, f.quote) for f in findings if f.rule != "T302"]


@pytest.mark.parametrize(
    ("typed", "rule", "quote"),
    [
        ("甲{{ a }乙", "T103", "{{ a }"),
        ("甲{ a }}乙", "T103", "{ a }}"),
        ("甲{ a.b }乙", "T103", "{ a.b }"),
        ("甲{ { a } }乙", "T103", "{ { a } }"),
        ("甲{% if a }乙", "T103", "{% if a }"),
        ("甲{{ a", "T103", "{{ a"),
        ("a }}", "T103", "a }}"),
        ("{{ a 与 {{ b }}", "T103", "{{ a 与"),
        ("｛｛ a ｝｝", "T104", "｛｛ a ｝｝"),
        ("{{ a ｝}", "T104", "{{ a ｝}"),
        ("{％ if a ％}", "T104", "{％ if a ％}"),
        ("{{ a，b }}", "T104", "{{ a，b }}"),
        ("{{ f（1） }}", "T104", "{{ f（1） }}"),
        ("{{ a。b }}", "T104", "{{ a。b }}"),
    ],
)
def test_a_slip_is_told_by_what_was_typed(typed: str, rule: str, quote: str, tmp_path: Path) -> None:
    """Braces too few, apart or full-width, and full-width signs in a tag, are each told once."""
    assert found(tmp_path, typed) == [(rule, "正文 第1段", quote)]


@pytest.mark.parametrize(
    "text", ["｛甲｝", "{甲}", "{ 1, 2 }", "$ { x }", "f{x}", "100%", "{_{ a }_}", "{{ “甲” ~ ‘乙’ }}"]
)
def test_braces_that_are_no_tags_are_left_alone(text: str, tmp_path: Path) -> None:
    """Text may hold braces; curly quotes in tags count as straight ones."""
    assert found(tmp_path, text) == []


def test_a_tag_over_paragraphs_or_cells_is_told_once(tmp_path: Path) -> None:
    """A tag that goes on in another paragraph or cell is one fault, where it begins."""
    cells = table(row("{{ a.", "b }}"), row("甲", "乙"))

    assert found(tmp_path, "甲{{ a.", "b }}乙", cells, "丙") == [
        ("T105", "正文 第1段", "{{ a."),
        ("T105", "表1 第1行第1列", "{{ a."),
    ]


def test_a_tag_in_pieces_is_joined_and_told_only_where_that_shows(tmp_path: Path) -> None:
    """Pieces of one look are no fault; a first brace unlike the rest is, and so is a hidden one."""
    pieces = (
        f"<w:p>{run('{{ ', HINT)}{run('a')}{run(' }}')}</w:p>",
        f"<w:p>{run('{{', BOLD)}{run(' a.b.c }}')}</w:p>",
        f"<w:p>{run('{{ a.b.c }', BOLD)}{run('}')}</w:p>",
        f"<w:p>{run('{{ a }}', HIDDEN)}</w:p>",
        f"<w:p>{run('{%', BOLD)}{run(' set x = 1 %}')}</w:p>",
    )

    assert found(tmp_path, *pieces) == [
        ("T108", "正文 第2段", "{{ a.b.c }}"),
        ("T108", "正文 第4段", "{{ a }}"),
    ]


def test_places_are_those_that_a_clerk_finds(tmp_path: Path) -> None:
    """Headings, cells of merged rows, headers and footnotes are named as Word shows them."""
    merged = table(row(cell("甲", properties='<w:gridSpan w:val="2"/>'), "{{ a + }}"), columns=3)
    body = (
        "{{ a + }}",
        "第四条 付款",
        "甲",
        "{{ a + }}",
        merged,
        '{{ no("第一条") }}　验收',
        "（一）方式",
        "{{ a + }}",
    )

    assert found(tmp_path, *body) == [
        ("T101", "正文 第1段", "{{ a + }}"),
        ("T101", "第四条 第3段", "{{ a + }}"),
        ("T101", "表1 第1行第3列", "{{ a + }}"),
        ("T101", "第一条 （一） 第2段", "{{ a + }}"),
    ]


def test_fonts_are_told_by_style(tmp_path: Path) -> None:
    """Chinese text, or a tag, in a style without a Chinese font is told once for the style."""
    findings = linted(tmp_path, p("甲"), p("乙"), f"<w:p>{run('丙', FONTS)}</w:p>", p("abc")).findings

    assert [(f.rule, f.message, f.quote, f.place.block, f.place.start, f.place.end) for f in findings] == [
        ("T302", "样式“（默认）”没有指定中文字体，各台机器显示的字体会不同。", "甲", 0, 0, 1)
    ]


def test_what_may_be_meant_as_text_is_only_a_warning(tmp_path: Path) -> None:
    """Braces that are no signs of a tag stop no build."""
    findings = linted(tmp_path, "{ a.b }", "{ { a } }", "{{ a }").findings

    assert [f.severity.label for f in findings if f.rule == "T103"] == ["warning", "warning", "error"]
