"""docxtpl beside docgen: the same text from the same template, and docxtpl itself for what only it can do."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import pytest
from docxtpl import DocxTemplate, RichText
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from docgen.errors import TemplateError
from docgen.template.compile import compile_template, inlined
from docgen.template.filters import FILTERS
from docgen.template.numbering import Numbering
from docgen.template.render import Written
from tests.endure import examples
from tests.template.making import SAMPLE, cell, docx, p, rendered, row, run, table, texts


def by_docxtpl(source: bytes, context: Mapping[str, Any]) -> list[str]:
    """The text that a plain docxtpl script makes of the template."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters.update(FILTERS)
    numbering = Numbering()
    template = DocxTemplate(io.BytesIO(inlined(source, "样本.docx", {})))
    template.render({**context, "no": numbering.no, "ref": numbering.ref}, environment, autoescape=True)
    file = io.BytesIO()
    template.save(file)
    return texts(file.getvalue())


PARAGRAPHS = (
    p("{{ party.name }}，计{{ total|大写 }}（{{ total|金额 }}元），{{ day }}"),
    p("{{ to", "tal|金", "额 }}元，“{{ party.na", "me }}”"),
    p(
        "{% if yes %}甲{% else %}乙{% endif %}{% for r in rows %}{{ r.name }}{{ '、' if not loop.last else '。' }}{% endfor %}"
    ),
    p("{%p for r in rows %}")
    + p("{{ no('一、') }}{{ r.name }}")
    + p("{%p if loop.first %}")
    + p("首")
    + p("{%p endif %}")
    + p("{%p endfor %}"),
    p("{%p for r in empty %}") + p("{{ r }}") + p("{%p endfor %}"),
    p("{# 说明 #}甲{% set x = count %}{{ x|份数 }}"),
    p("{{ lines }}"),
    p("前{%r if yes %}中{%r endif %}后"),
    f"<w:p>{run('粗', '<w:rPr><w:b/></w:rPr>')}{run('{{ total }}')}</w:p>",
    p("{{ “甲”|default(‘乙’) }}{_{ x }_}"),
    "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(total) }}",
)
TABLES = (
    table(row("名称", "金额"), row("{%tr for r in rows %}", ""), row("{{ r.name }}", "{{ r.amount|金额 }}"), row("{%tr endfor %}", "")),
    table(row("{%tr for r in rows %}", ""), row("{% vm %}{{ party.name }}", "{{ r.name }}"), row("{%tr endfor %}", "")),
    table(row("{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"), row("{%tc for r in rows %}", "{% hm %}合", "{%tc endfor %}"), columns=3),
    table(row("{% colspan count %}宽", "{% cellbg 'FF0000' %}红"), columns=7),
    table(row(cell("{%p for r in rows %}", "{{ r.name }}", "{%p endfor %}", "末"), "{% if no_field %}无{% endif %}")),
)  # fmt: skip
CONTEXT = {**SAMPLE, "lines": "甲\n乙\t丙 & <丁>"}


@given(st.lists(st.sampled_from(PARAGRAPHS + TABLES), min_size=1, max_size=5))
@settings(max_examples=examples(25))
def test_docxtpl_shows_the_same_text(body: list[str]) -> None:
    """A plain docxtpl script prints the same paragraphs from the same template and data."""
    parts = [item if item.startswith("<") else p(item) for item in body]
    source = docx(*(part + p("") for part in parts))

    template = compile_template(source, "样本.docx")

    assert template.foreign is None
    assert texts(rendered(source, CONTEXT).data) == by_docxtpl(source, CONTEXT)


def test_what_only_docxtpl_can_do_is_done_by_docxtpl() -> None:
    """White space control, raw text and rich text go through docxtpl, with the same record of values."""
    rich = RichText("富", bold=True)
    source = docx(
        "{{r rich }}{% raw %}{{ x }}{% endraw %}",
        "计{{ total|金额 }}元{{ ref('a') }}",
        "{{ no('一、', 'a') }}{{ party.name }}",
    )

    result = rendered(source, {**SAMPLE, "rich": rich})

    assert compile_template(source, "样本.docx").foreign is not None
    assert texts(result.data) == ["富{{ x }}", "计1,040,000.00元一", "一、示例咨询 & <伙伴>"]
    assert result.written == (
        Written("total", "1,040,000.00", "body", 1, 1, 13),
        Written(None, "一", "body", 1, 14, 15),
        Written(None, "一、", "body", 2, 0, 2),
        Written("party.name", "示例咨询 & <伙伴>", "body", 2, 2, 13),
    )
    assert rendered(source, {**SAMPLE, "rich": rich}) == result


def test_cell_tags_work_through_docxtpl_too() -> None:
    """Numbers in attributes stay numbers where docxtpl renders the template."""
    source = docx(table(row("{% colspan count %}宽{%- if yes %}甲{% endif %}"), columns=6))

    assert texts(rendered(source, SAMPLE).data) == ["宽甲"]


@pytest.mark.parametrize("tag", ["{{ x.__class__ }}", "{{ nowhere }}", "{{ 9**9**9 }}", "{{ range(10**9) }}"])
def test_the_sandbox_holds_for_docxtpl(tag: str) -> None:
    """What docxtpl renders reaches no more than anything else."""
    with pytest.raises(TemplateError, match=re.escape("模板“样本.docx”")):
        rendered(docx("{% raw %}甲{% endraw %}", tag), {"x": "甲"})


def test_the_fast_way_loads_neither_docxtpl_nor_python_docx() -> None:
    """A template in the dialect is rendered without the libraries that only the other way needs."""
    import subprocess
    import sys

    code = (
        "import sys; from tests.template.making import docx, rendered; rendered(docx('{{ 1 }}'));"
        "print([name for name in ('docxtpl', 'docx', 'num2words', 'cn2an', 'rich', 'pydantic') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
