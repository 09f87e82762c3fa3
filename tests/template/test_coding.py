"""Programs of templates: the quick way prints what the careful way prints, or leaves the work to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.load import load
from docgen.errors import TemplateError
from docgen.template.cache import compiled_template
from docgen.template.compile import compile_template
from docgen.template.context import document_context, set_context
from docgen.template.documents import documents
from docgen.template.environment import LeftOut
from docgen.template.render import Evaluated, Job, _carefully, _swiftly, finish
from docgen.template.values import Blank, Record, Text
from tests.endure import examples
from tests.template.making import SAMPLE, cell, docx, p, row, table

ROOT = Path(__file__).resolve().parent.parent.parent
CONTEXT: Mapping[str, Any] = {
    **SAMPLE,
    "d": {"name": "甲&乙", "items": 3, "list": ["一", "二"], "day": SAMPLE["day"], "n": 5},
    "pairs": [("甲", 1), ("乙", 2)],
    "plain": [{"name": "A<B", "n": 1, "k": "x"}, {"name": "丙", "n": 2, "k": "\n"}],
    "mixed": [{"name": "A", "n": 1}, Record("m[2]", {"name": Text("乙", "m[2].name"), "n": 7})],
    "open": Blank("open"),
    "gap": Blank("gap", is_open=False),
    "left": LeftOut("left"),
    "x": "外",
}
LINES = (
    "{{ party.name }}、{{ total|大写 }}{{ no('一、') }}",
    "{% for r in rows %}{{ loop.index }}{{ r.name }}{{ r.amount|金额 }}{% if not loop.last %}；{% endif %}{% endfor %}",
    "{% for r in rows %}{{ r.name }}{% else %}空{% endfor %}{% for r in empty %}{{ r.name }}{% else %}空{% endfor %}",
    "{% for r in plain %}{{ r.name }}={{ r.n }}{{ r.k }}，{% endfor %}",
    "{% for r in mixed %}{{ r.name }}={{ r.n }}，{{ r.name }}{% endfor %}",
    "{% for k, v in pairs %}{{ k }}{{ v }}{% endfor %}{% for k, v in d.items() if v == 5 %}{{ k }}{{ loop.length }}{% endfor %}",
    "{% for a in [1, 2] %}{% for b in (3, 4) %}{{ a }}{{ b }}{{ loop.first }}".replace("{{ loop.first }}", "")
    + "{% endfor %}{{ loop.revindex }}{% endfor %}",
    "{% for r in rows if r.amount > 1000 %}{{ loop.index }}/{{ loop.length }}{{ r.name }}{% endfor %}",
    "{% set x = count %}{{ x }}{% if yes %}{% set x = 7 %}{% endif %}{{ x }}",
    "{% for r in rows %}{{ x }}{% set x = r.name %}{{ x }}{% endfor %}{{ x }}",
    "{% for r in rows %}{% if loop.first %}{% set y = 1 %}{% else %}{% set y = 2 %}{% endif %}{{ y }}{% endfor %}",
    "{% with a = count, b = x %}{{ a }}{{ b }}{% set a = 3 %}{{ a }}{% endwith %}{{ x }}",
    "{{ d.name }}{{ d.list[1] }}{{ d['n'] }}{{ d.day.year }}{{ d.list|join('、') }}{{ d.list|length }}{{ rows|length }}",
    "{{ 1 + 2 * 3 }}{{ 7 // 2 }}{{ 7 % 4 }}{{ -count }}{{ 'a' ~ x ~ 1 }}{{ '甲' + x }}{{ count - 1 }}",
    "{{ '是' if yes else '否' }}{% if yes and not no_field or open > 3 %}甲{% elif gap %}乙{% else %}丙{% endif %}",
    "{{ left|default('无') }}{{ nowhere|default('无') }}{{ party.nothing|default('无') }}{% if left %}甲{% endif %}",
    "{% if nowhere is defined %}甲{% endif %}{% if party.name is defined %}乙{% endif %}{% if x is string %}丙{% endif %}",
    "{% if left is none %}甲{% endif %}{% if x in '内外' %}乙{% endif %}{% if 1 < count <= 6 %}丙{% endif %}{{ open }}{{ gap }}",
    "{% for r in rows %}{% set outer = loop %}{% for s in rows %}{{ outer.index }}{{ s.name }}{% endfor %}{% endfor %}",
    "{% for n in range(3) %}{{ n }}{% endfor %}{{ ref('那') }}{{ no('（一）', '那') }}",
    "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(x) }}",
    "{% set long %}<{{ x }}>{% endset %}{{ long }}",
    "{{ '甲\n乙\t丙 & <丁>' }}{{ x.upper() }}{{ x|upper }}",
)
TABLES = (
    table(row("头", ""), row("{%tr for r in rows %}", ""), row("{{ loop.index }}", "{{ r.name }}"), row("{%tr endfor %}", "")),
    table(row("{%tr for r in empty %}", ""), row("{{ loop.index }}", "{{ r.name }}"), row("{%tr endfor %}", "")),
    table(row("{%tr for r in rows %}", ""), row("{% vm %}{{ x }}", "{{ r.name }}"), row("{%tr endfor %}", "")),
    table(row("{%tc for r in rows %}", "{{ r.name }}", "{%tc endfor %}"), columns=3),
    table(row("{% colspan count %}宽", "{% cellbg 'FF0000' %}红"), columns=7),
    table(row(cell("{%p for r in rows %}", "{{ r.name }}", "{%p endfor %}"), cell("{%p if gap %}", "甲", "{%p endif %}"))),
)  # fmt: skip
# What programs do not hold; all else has to be in one.
LEFT_TO_CARE = ("{% macro", "{% set long %}")


def told(evaluated: Evaluated | None) -> object:
    """The bytes of the finished file, and all values with their places."""
    assert evaluated is not None
    done = finish(evaluated)
    return done.data, done.written


@pytest.mark.parametrize("body", [*map(p, LINES), *TABLES], ids=[*LINES, *range(len(TABLES))])
def test_both_ways_print_the_same(body: str) -> None:
    """The quick way makes the same bytes as the careful one, and records the same values at the same places."""
    job = Job(compile_template(docx(p("前"), body, p("{{ x }}")), "样本.docx"), CONTEXT, {})
    swift = _swiftly(job)

    assert (swift is None) == any(words in body for words in LEFT_TO_CARE)
    assert told(swift or _carefully(job)) == told(_carefully(job))


@given(st.lists(st.sampled_from([*map(p, LINES[:19]), *TABLES]), min_size=2, max_size=5))
@settings(max_examples=examples(30))
def test_both_ways_print_the_same_together(body: list[str]) -> None:
    """Names that one tag sets mean the same to those after it, whichever way is taken."""
    job = Job(compile_template(docx(*body), "样本.docx"), CONTEXT, {})

    assert told(_swiftly(job)) == told(_carefully(job))


@pytest.mark.parametrize("sample", ["2021-专项评估", "2026-好差评", "2022-专项评估-草稿"])
def test_sample_sets_take_the_quick_way(sample: str) -> None:
    """Every document of the sample sets is rendered by its program, and exactly as with care."""
    contract, _ = load(ROOT / "data" / sample, kits=ROOT / "templates")
    assert contract is not None
    blocks = {name: path.read_bytes() for name, path in contract.kit.blocks.items()}
    planned = documents(contract)
    base = set_context(contract, planned)
    for evaluate in (_swiftly, _carefully):
        for document in planned:
            template = compiled_template(document.template.read_bytes(), document.template.name, blocks)
            job = Job(template, document_context(base, document), {"title": document.title})
            evaluated = evaluate(job)
            assert evaluated is not None
            base["_labels"].documents[evaluated.numbering.document] = evaluated.numbering.own
            assert evaluated.parts != ()

    made = [
        [(part.part.path, part.packed, tuple(part.xml)) for part in evaluated.parts]
        for document in planned
        for template in [compiled_template(document.template.read_bytes(), document.template.name, blocks)]
        for evaluate in (_swiftly, _carefully)
        if (evaluated := evaluate(Job(template, document_context(base, document), {}))) is not None
    ]
    assert made[::2] == made[1::2]


def test_a_long_table_comes_whole() -> None:
    """More values than are printed at once stand one after another, none lost where one stretch ends."""
    many = [{"name": f"第{number}行", "n": number} for number in range(5000)]
    body = table(row("{%tr for r in many %}", ""), row("{{ r.name }}", "{{ r.n }}&"), row("{%tr endfor %}", ""))
    job = Job(compile_template(docx(body), "样本.docx"), {"many": many}, {})
    evaluated = _swiftly(job)
    assert evaluated is not None

    written = finish(evaluated).written

    assert [item.text for item in written] == [text for item in many for text in (item["name"], str(item["n"]))]
    assert [item.position for item in written] == list(range(10_000))
    assert told(evaluated) == told(_carefully(job))


def test_what_would_fill_the_memory_is_refused_on_the_way() -> None:
    """Loops that list millions of values are told before they have done so."""
    body = "{% for a in many %}{% for b in many %}" + "{{ b }}" * 60 + "{% endfor %}{% endfor %}"

    with pytest.raises(TemplateError, match=r"^模板“样本.docx”：循环写出的内容过多（超过 400 万处）$"):
        _swiftly(Job(compile_template(docx(body), "样本.docx"), {"many": [1] * 300}, {}))
