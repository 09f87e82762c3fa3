"""Plain documents: any docxtpl template with any plain data, quick, and never more than what it was given."""

from __future__ import annotations

import io
import itertools
import json
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate, RichText

from docgen.errors import TemplateError
from docgen.template import plain, plain_first, plain_ways
from docgen.template.cache import VARIABLE
from docgen.template.plain import render_file
from docgen.word.package import read_package
from tests.template.making import cell, docx, p, row, table, texts

DATA: dict[str, Any] = {
    "name": "A&B <合>\n二\t三", "none": None, "yes": True, "rate": 0.5, "price": Decimal("4.50"), "count": 3,
    "list": ["甲", "乙"], "d": {"items": 5, "x": "丁", "keys": {"k": 1}},
    "rows": [{"n": "一", "v": 1}, {"n": "二", "v": 2.25}, {"n": "三", "v": None}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of the slower ways are taken, as it happens; all of it in this process."""
    monkeypatch.setattr(plain_first, "is_possible", lambda: False)
    taken: list[str] = []
    for holder, name in ((plain, "_carefully"), (plain_ways, "by_docxtpl")):
        kept = getattr(holder, name)
        monkeypatch.setattr(holder, name, lambda *given, kept=kept, name=name: (taken.append(name), kept(*given))[1])
    return taken


def shown(*body: str, **data: Any) -> list[str]:
    """The paragraphs of a document with that body."""
    return texts(render_file(docx(*body), {**DATA, **data}))


def by_docxtpl(source: bytes, data: dict[str, Any]) -> list[str]:
    """The paragraphs that docxtpl makes."""
    template = DocxTemplate(io.BytesIO(source))
    template.render(data, autoescape=True)
    file = io.BytesIO()
    template.save(file)
    return texts(file.getvalue())


BODIES = (
    "{{ name }}、{{ none }}、{{ yes }}、{{ rate }}、{{ price }}、{{ list }}、{{ count + 1 }}、{{ d.x }}、{{ d['items'] }}",
    "{% for r in rows %}{{ loop.index }}{{ r.n }}{{ r.v }}{% if not loop.last %}；{% endif %}{% endfor %}",
    "{% for k, v in d.items() %}{{ k }}{% endfor %}{{ list|join('、') }}{{ name|upper }}{{ rate|round(1) }}",
    "{{ rows|map(attribute='n')|join('，') }}{{ rows|length }}{{ '%.2f'|format(rate) }}{{ name|e }}{{ list|first }}",
    "{{ '{:,.2f}'.format(1234567.891) }}{{ name.replace('A', 'a') }}{{ '甲' if yes else '乙' }}{{ list[0] }}{{ d['keys'].k }}",
    "{% set ns = namespace(total=0) %}{% for r in rows[:2] %}{% set ns.total = ns.total + r.v %}{% endfor %}{{ ns.total }}",
    "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(count) }}{% if none is none %}空{% endif %}{{ nothing|default('无') }}",
    table(row("{%tr for r in rows %}", ""), row("{{ r.n }}", "{{ r.v }}"), row("{%tr endfor %}", "")),
    table(row("{%tc for r in rows %}", "{{ r.n }}", "{%tc endfor %}"), columns=3),
    p("{%p for r in rows %}") + p("{{ r.n }}") + p("{%p endfor %}"),
)


@pytest.mark.parametrize("body", BODIES)
def test_docxtpl_prints_the_same(body: str) -> None:
    """Values of every kind print as they do with docxtpl."""
    source = docx(body)

    assert texts(render_file(source, DATA)) == by_docxtpl(source, dict(DATA))


@pytest.mark.parametrize("body", [BODIES[0], BODIES[1], BODIES[7]])
def test_the_quick_way_is_taken(body: str, ways: list[str]) -> None:
    """Fields, loops and conditions need neither Jinja nor docxtpl."""
    shown(body)

    assert ways == []


def test_what_only_docxtpl_can_do_is_left_to_it(ways: list[str]) -> None:
    """Rich text, and pages and paragraphs that values break, come out as docxtpl makes them."""
    assert shown("{{r rich }}", rich=RichText("富", bold=True)) == ["富"]
    assert shown("{{ name }}", name="甲\a乙") == ["甲", "乙"]
    assert shown("{{ name }}", name="甲\f乙") == ["甲", "\n", "乙"]
    assert shown("{%- if yes %}甲{% endif %}") == ["甲"]
    assert ways == ["by_docxtpl"] * 4


def test_an_open_template_is_rendered_with_what_is_bound_to_it(tmp_path: Path) -> None:
    """Subdocuments, pictures and replaced media belong to one DocxTemplate, which is given in the template's place."""
    path = tmp_path / "t.docx"
    path.write_bytes(docx("{{r rich }}", "{{ name }}"))
    template = DocxTemplate(path)
    rich = RichText("查", url_id=template.build_url_id("https://example.com"))

    data = render_file(template, {"rich": rich, "name": "甲&"})

    assert texts(data) == ["查", "甲&"]
    assert b"https://example.com" in read_package(data)["word/_rels/document.xml.rels"]


def test_a_field_that_is_not_there_is_told_at_its_place(tmp_path: Path) -> None:
    """Nothing is left out in silence: every unknown field is named, with the template and the paragraph."""
    path = tmp_path / "样本.docx"
    path.write_bytes(docx("甲{{ nmae }}", "{% for r in rows %}{{ r.m }}{% endfor %}"))

    with pytest.raises(TemplateError) as caught:
        render_file(path, DATA)

    first, second = str(caught.value).splitlines()
    assert (
        first
        == f"模板“{path}” 正文 第1段 “甲{{{{ nmae }}}}”，标签 {{{{ nmae }}}}：没有名为 nmae 的字段，是不是想写 name"
    )
    assert second.startswith(f"模板“{path}” 正文 第2段")
    assert second.endswith("标签 {{ r.m }}：没有名为 m 的字段")


@pytest.mark.parametrize("attack", [
    "{{ name.__class__ }}", "{{ f.__globals__ }}", "{{ list.append(1) }}", "{{ name.zfill(10**9) }}", "{{ 'x' * 10**9 }}",
    "{{ '%1000000000d'|format(1) }}", "{{ name|center(1000000000) }}", "{{ '{:1000000000}'.format(1) }}",
    "{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}", "{{ d.update({'x': 1}) }}",
    "{{ f.__init__() }}", "{{ g.h(1) }}", "{{ lipsum() }}", "{{ name|attr('__class__') }}",
])  # fmt: skip
def test_templates_reach_nothing(attack: str) -> None:
    """Private names, changes, and what fills memory or time are refused, by all ways."""
    for body in (attack, "{%- if yes %}" + attack + "{% endif %}"):
        with pytest.raises(TemplateError):
            shown(body, f=len, g={"h": len})


def test_functions_and_filters_of_the_caller_are_there() -> None:
    """The program that renders may give both to the template."""
    data = {**DATA, "twice": lambda value: value * 2}

    made = render_file(docx("{{ twice(count) }}{{ count|roman }}"), data, filters={"roman": lambda n: "I" * n})

    assert texts(made) == ["6III"]


def test_properties_and_comments_stay(tmp_path: Path) -> None:
    """Of the template's own properties only the tags are filled in; python-docx reads the result."""
    document = Document()
    document.core_properties.title = "关于{{ name }}"
    document.core_properties.author = "示例单位"
    document.add_paragraph("{{ name }}")
    file = io.BytesIO()
    document.save(file)

    made = Document(io.BytesIO(render_file(file.getvalue(), {"name": "A&B"})))

    assert (made.core_properties.title, made.core_properties.author) == ("关于A&B", "示例单位")
    assert [paragraph.text for paragraph in made.paragraphs] == ["A&B"]


def test_a_faulty_template_is_told_at_its_place() -> None:
    """What neither engine can render is told as docgen tells it."""
    with pytest.raises(
        TemplateError, match=r"正文 第2段 “\{% if yes %\}甲”，标签 \{% if yes %\}：缺少与之配对的 endif"
    ):
        shown("甲", "{% if yes %}甲")


def test_a_long_table_is_never_in_memory_as_a_whole() -> None:
    """What is packed while it is printed is what is packed at once."""
    body = table(row("{%tr for r in many %}", ""), row("{{ r.n }}", "{{ r.v }}"), row("{%tr endfor %}", ""))
    many = [{"n": f"第{number}行&", "v": number} for number in range(6000)]
    whole = docx(body, cell("") and p("{%p if yes %}") + p("末") + p("{%p endif %}"))

    assert texts(render_file(whole, {"many": many, "yes": True})) == [
        *(text for item in many for text in (item["n"], str(item["v"]))), "末",
    ]  # fmt: skip


def test_a_cold_process_loads_little(tmp_path: Path) -> None:
    """Neither Jinja nor lxml nor docxtpl is loaded for plain data: a new template has a process of its own."""
    (tmp_path / "t.docx").write_bytes(docx(BODIES[1], BODIES[7]))
    (tmp_path / "d.json").write_text(json.dumps({"rows": DATA["rows"]}), encoding="utf-8")
    program = (
        "import json, sys\nfrom docgen.template.plain import render_file\n"
        f"render_file({str(tmp_path / 't.docx')!r}, json.load(open({str(tmp_path / 'd.json')!r}, encoding='utf-8')))\n"
        "print(*[name for name in ('jinja2', 'lxml.etree', 'docx', 'docxtpl', 'zipfile', 'hashlib') if name in sys.modules])"
    )
    said = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    ]

    assert said == [[], []]


def test_no_tag_is_left_in_the_copy_of_a_text_box() -> None:
    """The copy of a text box that Word keeps for Word 2007 is left out where it holds tags."""
    box = "<w:txbxContent><w:p><w:r><w:t>{{ na</w:t></w:r><w:r><w:t>me }}</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    boxed = f'<w:p><w:r><mc:AlternateContent xmlns:mc="{mc}">{both}</mc:AlternateContent></w:r></w:p>'
    body = read_package(render_file(docx(boxed), {"name": "示例"}))["word/document.xml"]

    assert body.count("示例".encode()) == 1
    assert b"{{" not in body
    assert b"me }}" not in body


@pytest.mark.parametrize(
    "body", ["{{p name }}", "{{r name }}", table(row("{{tr name }}", "")), table(row("{{tc name }}", "甲"))]
)
def test_plain_text_takes_no_place_of_whole_paragraphs(body: str) -> None:
    """A text that would stand outside of any run, so that Word could not open the file, is refused."""
    with pytest.raises(TemplateError, match="“A&B”是文字，不能写进"):
        render_file(docx("前", body, "后"), {"name": "A&B"})


@pytest.mark.parametrize(
    "tag",
    [
        "{{ range(99999)|slice(99999999)|list }}",
        "{{ [1]|batch(99999999, 'x')|list|length }}",
        "{% for i in range(9999) %}{{ range(9999)|groupby('real')|length }}{% endfor %}",
        "{% for i in range(999) %}{{ range(99999)|unique|list|length }}{% endfor %}",
    ],
)
def test_what_filters_go_through_counts(tag: str) -> None:
    """Filters that go through long lists again and again are stopped as loops are."""
    with pytest.raises(TemplateError, match=r"循环超过了 500000 次|结果过长|没有生成完"):
        render_file(docx(tag), {})


def test_lists_are_gone_through_as_often_as_documents_need() -> None:
    """A share of the whole in each of 1,000 rows is no more than a document may ask for."""
    many = [{"v": number} for number in range(1000)]
    body = "{% for m in many %}{{ m.v / many|sum(attribute='v') * many|length }} {% endfor %}"

    assert shown(body, many=many)[0].split()[-1] == str(999 / 499500 * 1000)


def test_no_filter_makes_text_xml(ways: list[str]) -> None:
    """Data marked as safe or made to links by a template are printed as text all the same."""
    data = {"name": "a</w:t><w:br/>", "url": "http://example.com/"}

    assert shown("{{ name|safe }}{{ name|upper|safe }}", **data) == ["a</w:t><w:br/>A</W:T><W:BR/>"]
    assert shown("{{ url|urlize }}", **data) == ['<a href="http://example.com/" rel="noopener">http://example.com/</a>']
    assert "by_docxtpl" not in ways


@pytest.mark.parametrize(
    "tag",
    [
        "{{ '%*d'|format(99999999, 1) }}",
        "{{ '%.*f'|format(99999999, 1) }}",
        "{{ '{0:{1}d}'.format(1, 99999999) }}",
        "{{ '{0:{1}d}'.format(1, '99999999') }}",
        "{{ '{0:{w}d}'.format(1, w=99999999) }}",
        "{{ '{0:{1[w]}d}'.format(1, {'w': 99999999}) }}",
        "{{ '{a:{w}d}'.format_map({'a': 1, 'w': 99999999}) }}",
        "{{ '{a:99999999d}'.format_map({'a': 1}) }}",
        "{{ '% 99999999d'|format(1) }}",
        "{{ '{: 99999999d}'.format(1) }}",
        "{{ text.translate({120: text}) }}",
        "{{ range(99999)|map('string')|map('center', 9999)|list|length }}",
        "{{ [" + "text, " * 9_000 + "]|join|length }}",
        "{{ endless|list|length }}",
        "{% for n in endless %}{% endfor %}",
        "{{ endless|sum }}",
        "{{ endless|join }}",
        "{{ endless|map('string')|select('eq', 'x')|list }}",
        "{{ endless|batch(2)|list }}",
        "{{ endless|unique|list }}",
        "{{ endless|max }}",
    ],
    ids=lambda tag: tag[:60],
)
def test_no_way_makes_much_of_little(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Widths among what is formatted, translated texts, texts by the thousand and endless values are all refused."""
    monkeypatch.setattr(plain_first, "is_possible", lambda: False)
    started = time.process_time()

    with pytest.raises(TemplateError, match=r"结果过长|循环超过了|range 超过了"):
        render_file(docx(tag), {"text": "x" * 100_000, "endless": itertools.count()})

    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "more", ["", "{{ [1, 2]|map('string')|join }}", "{{ page }}"], ids=["quickly", "with care", "by docxtpl"]
)
def test_what_can_be_gone_through_once_is_printed_whole(more: str) -> None:
    """Whichever ways are tried one after another, none of them misses what an earlier one has taken."""
    template = docx("{% for a in rows %}{{ a }}{% endfor %}{% for a in d.rows %}{{ a }}{% endfor %}" + more)
    for _ in ("unknown", "known"):
        data = {"rows": (a for a in "甲乙"), "d": {"rows": map(str, (1, 2))}, "page": "\f"}
        assert texts(render_file(template, data))[0].startswith("甲乙12")


@pytest.mark.parametrize(
    "tag",
    ["{{ f(*endless) }}", "{{ cycler(*endless) }}", "{{ '%s'|format(*endless) }}", "{{ 'x' in endless }}",
     "{{ 'x' is in endless }}", "{{ ''.join(endless) }}", "{% set a, b = endless %}", "{{ d.endless|list }}",
     "{% macro m() %}{% endmacro %}{{ m(*endless) }}"],
)  # fmt: skip
def test_data_without_end_are_refused_by_a_known_template_too(tag: str, ways: list[str]) -> None:
    """However they are asked for, a moment later it is told that there are too many of them."""
    started = time.process_time()
    with pytest.raises(TemplateError):
        render_file(docx(tag), {"f": max, "endless": itertools.count(), "d": {"endless": itertools.repeat(1)}})
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("{{ '%*d'|format(5, 1) }}", "    1"),
        ("{{ '{0:{1}d}'.format(1, 3) }}", "  1"),
        ("{{ '{:,} 元（50% 共 1000000）'.format(1234567) }}", "1,234,567 元（50% 共 1000000）"),
        ("{{ '编号: 1000001 %d'|format(7) }}", "编号: 1000001 7"),
        ("{{ '{n}号'.format_map({'n': 1234567}) }}", "1234567号"),
        ("{{ 'ab'.translate({97: '甲乙'}) }}", "甲乙b"),
    ],
)
def test_formats_of_every_day_are_left_alone(tag: str, text: str) -> None:
    """Long numbers beside and among what is formatted are no widths."""
    assert shown(tag) == [text]
