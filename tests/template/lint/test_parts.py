"""Templates taken apart: files that cannot be templates, and tags where they must not stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.errors import InputError
from docgen.template.lint.kits import lint_template
from docgen.word.package import read_package, write_package
from tests.template.lint.kits import linted
from tests.template.making import docx, p, row, table

LINKED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/></Relationships>'
)


def said(folder: Path, data: bytes) -> list[tuple[str, str]]:
    """Of each finding in a file its code and message, that of fonts left out."""
    path = folder / "样.docx"
    path.write_bytes(data)
    return [(f.rule, f.message) for f in lint_template(path).findings if f.rule != "T302"]


def changed(data: bytes, **parts: bytes) -> bytes:
    """The Word file with parts added or replaced; __ stands for / and the first _ behind it for a dot."""
    package = read_package(data)
    return write_package(
        {part.name: part.data for part in package} | {_name(key): value for key, value in parts.items()}
    )


def _name(key: str) -> str:
    return key.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin")


def test_everything_unsafe_is_told_beside_the_faults_of_tags(tmp_path: Path) -> None:
    """Macros, links to other files, embedded foreign files, fields that fetch data and open changes are all told."""
    field = '<w:p><w:r><w:instrText>DDE excel a b</w:instrText></w:r></w:p><w:p><w:ins w:id="1"/></w:p>'
    data = docx(field, "{{ a + }}")
    rels = LINKED.format("image", "http://example.com/a.png", ' TargetMode="External"').encode()
    chunk = LINKED.format("aFChunk", "a.html", "").encode()
    found = said(tmp_path, changed(data, word__vbaProject_bin=b"x", **{
        "word___rels__document.xml.rels": rels, "word___rels__header1.xml.rels": chunk,
    }))  # fmt: skip

    assert sorted(found) == [
        ("T101", "语法有误：没有写完。"),
        ("T301", "这份文件带有宏（VBA），不能使用。"),
        ("T301", "这份文件引用了外部文件或嵌入的外来内容：a.html。"),
        ("T301", "这份文件引用了外部文件或嵌入的外来内容：http://example.com/a.png。"),
        ("T301", "这份文件有会自动取用外部数据的域（DDE），不能使用。"),
        ("T301", "这份文件里有未处理的修订。"),
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (docx("<w:p>{</w:q>"), "这份文件的 word/document.xml 已损坏，不能读取。"),
        (changed(docx("甲"), word__a_xml=b"<!DOCTYPE a><a/>"), "这份文件的 word/a.xml 带有 DTD 声明，不予读取。"),
    ],
)
def test_what_cannot_be_read_is_one_finding(data: bytes, message: str, tmp_path: Path) -> None:
    """A file that is no Word file, or broken, is told; nothing is guessed about it."""
    ((rule, told),) = said(tmp_path, data)

    assert (rule, told[: len(message)]) == ("T301", message)


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    """A template that cannot be opened ends its judging by name; in a kit it is told beside the rest."""
    with pytest.raises(InputError, match=r"样\.docx”不是完整的 Word 文件"):
        said(tmp_path, b"PK")

    found = linted(tmp_path / "kit", b"PK").findings
    assert [(f.rule, Path(f.place.file).name) for f in found] == [("T301", "正文.docx")]


def test_headers_and_footnotes_are_judged(tmp_path: Path) -> None:
    """Tags in headers, footers and notes are judged by those names, and the same one in two headers once."""
    parts = {"header1": p("{{ a + }}"), "header2": p("{{ a + }}"), "footer1": p("{{ b + }}")}
    references = "".join(
        f'<w:{kind}Reference w:type="{when}" r:id="rId{n}"/>'
        for n, (kind, when) in enumerate((("header", "default"), ("header", "first"), ("footer", "default")), 10)
    )
    path = tmp_path / "样.docx"
    section = f"<w:p><w:pPr><w:sectPr>{references}<w:titlePg/></w:sectPr></w:pPr></w:p>"
    path.write_bytes(docx("甲", section, parts=parts))

    assert [(f.rule, f.place.label, f.quote) for f in lint_template(path).findings if f.rule != "T302"] == [
        ("T101", "页眉", "{{ a + }}"),
        ("T101", "页脚", "{{ b + }}"),
    ]


def test_tags_beside_a_misplaced_one_are_judged_too(tmp_path: Path) -> None:
    """A tag that takes its paragraph away does not hide what is wrong with the others in it."""
    assert said(tmp_path, docx("甲{%p if a %}{{ b|大写(1) }}", "{%p endif %}")) == [
        ("T107", "须独占一段，同段的“甲{{ b|大写(1) }}”会丢失。"),
        ("T204", "|大写 不要参数，这里写了 1 个。"),
    ]


def test_what_only_docxtpl_renders_is_judged_mildly(tmp_path: Path) -> None:
    """Raw text holds no tags, trimmed tags are tags, and a place that docxtpl takes is only worth a look."""
    body = (
        "{{p a }}",
        "{% raw %}{{ b + }}{% endraw %}",
        "{%- if c -%}甲{%- endif -%}",
        "甲{%p if d %}",
        "{%p endif %}",
    )
    path = tmp_path / "样.docx"
    path.write_bytes(docx(*body))
    findings = [f for f in lint_template(path).findings if f.rule != "T302"]

    assert [(f.rule, f.severity.label, f.quote) for f in findings] == [("T107", "warning", "{%p if d %}")]


def test_a_loop_in_one_row_is_one_fault(tmp_path: Path) -> None:
    """A loop that begins and ends in the row it repeats is told once, where it begins, and what to do."""
    path = tmp_path / "样.docx"
    path.write_bytes(docx(table(row("{%tr for x in xs %}{{ x.a }}", "{{ x.b }}", "{%tr endfor %}"))))
    found = [finding for finding in lint_template(path).findings if finding.rule != "T302"]

    assert [(f.rule, f.place.label, f.message, f.hint) for f in found] == [
        (
            "T107",
            "表1 第1行第1列",
            "须独占一表格行，同表格行的“{{ x.a }}{{ x.b }}{%”会丢失。",
            "开头、内容、结尾各占一表格行。",
        )
    ]
