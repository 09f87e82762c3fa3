"""The properties of a kit's template: docgen writes them itself, and loses no tag in silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.errors import TemplateError
from docgen.template.author import author
from docgen.template.compile import compile_template
from docgen.template.lint.kits import lint_template
from docgen.template.plain import render_file
from docgen.template.properties import CORE, core_properties
from docgen.word.package import read_package, write_package
from tests.template.lint.kits import linted, said


def titled() -> bytes:
    """A template with a tag in the title of its properties, as docxtpl fills it."""
    package = read_package(author("[正文] {{ doc.label }}"))
    return write_package(
        package.replaced({CORE: core_properties({"title": "关于 {{ contract.name }}", "author": "甲"})})
    )


def test_a_tag_in_the_properties_of_a_kits_template_is_told(tmp_path: Path) -> None:
    """Linting names it, and no build makes a file without it."""
    assert ("T107", "正文", "文件属性", "{{ contract.name }}") in said(linted(tmp_path, titled()).findings)
    with pytest.raises(TemplateError, match=re.escape("文件属性 “关于 {{ contract.name }}”")):
        compile_template(titled(), "正文.docx")


def test_a_template_of_no_kit_keeps_its_properties(tmp_path: Path) -> None:
    """Its tags are filled in there too."""
    path = tmp_path / "样.docx"
    path.write_bytes(titled())
    made = render_file(path, {"doc": {"label": "样例"}, "contract": {"name": "评估"}})

    assert "关于 评估".encode() in read_package(made)[CORE]
    assert "T107" not in [finding.rule for finding in lint_template(path).findings]
