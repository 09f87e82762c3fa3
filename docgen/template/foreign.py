"""What only docxtpl can do, done by docxtpl: whole paragraphs and runs as values, raw text, white space control.

It runs in the same sandbox and over the same values; its result is then read once for the places of the values and
written like every other package, so that the bytes depend on nothing but the input.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docxtpl import DocxTemplate

from docgen.errors import TemplateError
from docgen.template.compiled import CompiledTemplate
from docgen.template.environment import END, FAILURES, TEXT, VALUE, templates, told
from docgen.template.grids import with_ended_cells, with_fitting_grids
from docgen.template.written import Written
from docgen.word.package import Package, read_package
from docgen.word.parts import parse
from docgen.word.text import MAIN, paragraphs, part_name, visible_text, w
from docgen.word.text import TEXT as SHOWN

_ATTRIBUTE = re.compile(r'(?P<name>[\w:]+)="\{\{(?P<code>[^"<>]*?)\}\}"')
_FORMS = {"w:fill": "_colour"}
_VALUE = re.compile(f"{VALUE}([^{TEXT}]*){TEXT}([^{END}]*){END}")
_MARKS = re.compile(f"{VALUE}[^{TEXT}]*{TEXT}|{END}")
_RENDERED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\d*\.xml")
_TEXTS = frozenset({SHOWN, w("delText"), w("instrText"), w("delInstrText"), w("fldData")})
_WHOLE = "{{p }}、{{r }}、{{tr }}、{{tc }}"


class _Template(DocxTemplate):  # type: ignore[misc]
    """docxtpl's template, with plain text in the attributes that its cell tags write."""

    def patch_xml(self, src_xml: str) -> str:
        """The XML with docxtpl's tags as Jinja."""
        return _ATTRIBUTE.sub(_formed, super().patch_xml(src_xml))


def _formed(attribute: re.Match[str]) -> str:
    name = attribute["name"]
    return f'{name}="{{{{ ({attribute["code"]})|{_FORMS.get(name, "_attribute")} }}}}"'


def evaluate_foreign(template: CompiledTemplate, context: Mapping[str, Any]) -> Package:
    """The package that docxtpl renders, with marks around every value."""
    rendered = _Template(io.BytesIO(template.foreign or b""))
    file = io.BytesIO()
    try:
        rendered.render(dict(context), jinja_env=templates(), autoescape=True)
        rendered.save(file)
    except FAILURES as error:
        from docgen.template.reasons import reason

        raise told(f"模板“{template.name}”", reason(error, context, ""), error) from error
    package = read_package(file.getvalue(), template.name)
    refuse_stray(package, template.name)
    # Where data leave nothing of a cell, row or table, docxtpl leaves it empty, and Word would refuse the file.
    tables = {part.name: part.data for part in package if b"<w:tbl>" in part.data}
    try:
        return package.replaced({name: with_fitting_grids(with_ended_cells(data)) for name, data in tables.items()})
    except TemplateError as error:
        raise TemplateError(f"模板“{template.name}”：{error}", hint=error.hint) from error


def refuse_stray(package: Package, name: str) -> None:
    """Raise a TemplateError where text stands outside of any run: there Word would not open the file."""
    for part in package:
        if _RENDERED.fullmatch(part.name) and (text := _stray(part.data)) is not None:
            message = f"模板“{name}”：“{text[:20]}”是文字，不能写进 {_WHOLE}，写出的文件会打不开。"
            raise TemplateError(message, hint="文字写成 {{ … }}；这几种标签只放 RichText、子文档等由程序做成的内容。")


def _stray(data: bytes) -> str | None:
    for element in parse(data).iter():
        own = element.text if element.tag not in _TEXTS and str(element.tag).startswith(f"{{{MAIN}}}") else None
        for text in (own, element.tail):
            if text and (left := _MARKS.sub("", text).strip()):
                return left
    return None


def unmarked(package: Package, resolved: Callable[[str], str]) -> tuple[dict[str, bytes], list[Written]]:
    """The parts that hold values without the marks, and the values; `resolved` fills in references."""
    changes: dict[str, bytes] = {}
    written: list[Written] = []
    for part in package:
        text = part.data.decode("utf-8", "ignore") if part.name.endswith(".xml") else ""
        if VALUE in text or "\ufdd5" in text:
            text = resolved(text)
            written += _written(part.name, text)
            changes[part.name] = _MARKS.sub("", text).encode()
    return changes, written


def _written(path: str, text: str) -> Iterator[Written]:
    name = part_name(path)
    for position, paragraph in enumerate(paragraphs(parse(text.encode()))):
        shown = visible_text(paragraph)
        removed = 0
        for match in _VALUE.finditer(shown):
            start = match.start() - removed
            removed += len(match[0]) - len(match[2])
            yield Written(match[1] or None, match[2], name, position, start, start + len(match[2]))
