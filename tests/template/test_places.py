"""Places in templates whose clauses Word numbers by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.errors import TemplateError
from docgen.template.compile import compile_template
from docgen.template.lint.kits import lint_template
from docgen.template.plain import render_file
from docgen.word.package import write_package
from tests.wordfiles import p, table, word_files

_LEVELS = (("第%1条", "chineseCountingThousand"), ("%1.%2", "decimal"))
_NUMBERING = "".join(
    f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{"<w:isLgl/>" * n}<w:lvlText w:val="{text}"/></w:lvl>'
    for n, (text, kind) in enumerate(_LEVELS)
)


def item(text: str, level: int = 0) -> str:
    """A paragraph that Word numbers."""
    number = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return p(text).replace("<w:p>", f"<w:p>{number}", 1)


def numbered(*body: str) -> bytes:
    """A Word file whose clauses have automatic numbers."""
    lists = f'<w:abstractNum w:abstractNumId="0">{_NUMBERING}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return write_package(word_files("".join(body), parts={"numbering": lists}))


BODY = (
    p("合同"),
    item("范围"),
    p("甲"),
    item("款项"),
    item("3年内付清", 1),
    table(("甲", "乙")),
    p("{{ a + }}"),
)


def test_a_fault_stands_in_the_clause_that_word_counts() -> None:
    """The compiler names the clause that a reader sees; what follows a number is no part of it."""
    with pytest.raises(TemplateError, match=re.escape("第二条 2.1 第2段 “{{ a + }}”")):
        compile_template(numbered(*BODY), "样")


def test_lint_names_it_the_same(tmp_path: Path) -> None:
    """Lint and the compiler have one name for one place."""
    file = tmp_path / "样.docx"
    file.write_bytes(numbered(*BODY))

    assert [found.place.label for found in lint_template(file).findings if found.rule == "T101"] == ["第二条 2.1 第2段"]


def test_a_plain_document_names_it_the_same() -> None:
    """So does a document of data that belong to no kit, when a value is missing."""
    with pytest.raises(TemplateError, match=re.escape("第二条 2.1 第2段 “{{ a.b }}”")):
        render_file(numbered(*BODY[:-1], p("{{ a.b }}")), {})
