"""Attacks: no template reaches Python, runs for long, or fills the memory, whatever it is made of."""

from __future__ import annotations

import re
import time

import pytest

from docgen.errors import TemplateError
from docgen.template.environment import FAILURES, expressions
from tests.template.making import SAMPLE, docx, rendered, rows, shown

DOUBLED = "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}"
OUT_OF_REACH = (
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ party['_path'] }}",
    "{{ party._path }}",
    "{{ no.__globals__ }}",
    "{{ ref['__globals__']['os'] }}",
    "{{ range.__globals__ }}",
    "{{ rows.append(1) }}",
    "{{ party.__init__.__globals__ }}",
    "{{ _numbering.labels }}",
    "{{ _meter.spend(-1000000) }}",
    "{%p if _meter.spend(-1000000) %}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner('x') }}",
    "{{ lipsum() }}",
    "{{ namespace(a=1) }}",
    "{{ dict(a=1) }}",
    "{{ config }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ '{0.__class__}'.format_map(party) }}",
    "{{ party.name.format(1) }}",
    "{{ party.name.encode() }}",
    "{{ party.name.__add__('x') }}",
    "{{ party.name.join(rows) }}",
    "{{ party.name.translate({}) }}",
    "{{ 'a'.center(999999999) }}",
    "{{ 'a'.zfill(999999999) }}",
    "{{ 'a'.ljust(999999999) }}",
    "{{ 'a\tb'.expandtabs(999999999) }}",
    "{{ '%s'|format(1) }}",
    "{{ {'a': 1}|xmlattr }}",
    "{{ rows|tojson }}",
    "{{ rows|pprint }}",
    "{{ 'a'|replace('', 'b') }}",
    "{{ 'a'|indent(999999999) }}",
    "{{ 'a'|center(999999999) }}",
    "{{ 'a'|wordwrap(1) }}",
    "{{ rows|batch(999999999) }}",
    "{{ rows|slice(999999999) }}",
    "{{ rows|map('upper')|list }}",
    "{{ rows|map(attribute='__class__')|join }}",
    "{{ rows|groupby('name') }}",
    "{{ rows|random }}",
    "{{ rows|join('', '__class__') }}",
    "{{ party|attr('_path') }}",
    "{{ '<b>'|safe }}",
    "{{ loop.__class__ }}",
    "{% for r in rows %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{% for r in rows %}{{ loop._opened }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% set x = party.name.__class__ %}{{ x }}",
    "{% set party.name = 1 %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'x' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{% autoescape false %}{{ party.name }}{% endautoescape %}",
    "{% do rows.append(1) %}",
    "{% filter upper %}x{% endfilter %}",
    "{% debug %}",
)
WITHOUT_END = (
    "{{ 9**9**9 }}",
    "{{ 'a' * 10**9 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 1000000000 * 'a' }}",
    "{{ [1] * 1000000000 }}",
    "{{ (1,) * 1000000000 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ '%.999999999f' % total }}",
    "{{ range(10**9)|join }}",
    "{{ range(1000000000)|join }}",
    "{{ range(999999999999)|length }}",
    "{% for i in range(9999) %}{% for j in range(9999) %}{% for k in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
    "{% set r = range(99999) %}{% for i in r %}{% for j in r %}{% endfor %}{% endfor %}",
    "".join("{% for r in many %}" for _ in range(8)) + "{% endfor %}" * 8,
    "".join("{% for r in many if r.name %}" for _ in range(6)) + "x" + "{% endfor %}" * 6,
    "".join("{% for c in long %}" for _ in range(6)) + "{{ c }}" + "{% endfor %}" * 6,
    "".join("{% for k, v in {'a': 1, 'b': 2}.items() %}{% for r in many %}" for _ in range(4)) + "{% endfor %}" * 8,
    "{% for r in many recursive %}{{ loop(many) }}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
    "{% macro a(n) %}{{ b(n) }}{% endmacro %}{% macro b(n) %}{{ a(n) }}{% endmacro %}{{ a(1) }}",
    "{% macro m(n) %}{% for r in many %}{{ m(n) }}{% endfor %}{% endmacro %}{{ m(1) }}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "-" * 3000 + "1 }}",
    "{{ " + "[" * 500 + "1" + "]" * 500 + " }}",
    "{{ " + "not " * 3000 + "1 }}",
    "{% if x %}" * 600 + "{% endif %}" * 600,
    "{% set a = 99999999999999999999 %}" + "{% set a = a * a %}" * 30 + "{{ a }}",
    "{% set a = 9.9e300 %}" + "{% set a = a * a %}" * 30 + "{{ a }}",
    DOUBLED,
    "{% set a = 'x' %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
    "{% set a %}xx{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40 + "{{ a }}",
    "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "m(" * 40 + "'xx'" + ")" * 40 + " }}",
    "{% set a = [1, 1] %}" + "{% set a = [a, a] %}" * 40 + "{% set b = [1, 1] %}" + "{% set b = [b, b] %}" * 40 + "{% if a == b %}{% endif %}",
    "{% set a = {'x': 1} %}" + "{% set a = {'x': a, 'y': a} %}" * 40 + "{{ a == a.copy() }}",
    "{% set a = (1, 1) %}" + "{% set a = (a, a) %}" * 40 + "{{ a|join }}",
    "{% for r in many %}{{ long * 2 }}{% endfor %}",
    "{% for r in many %}{% for s in many %}{{ long }}{% endfor %}{% endfor %}",
    "{% for r in many %}{% for s in many %}" + "字" * 2_000 + "{% endfor %}{% endfor %}",
    "{{ ([long] + [long])|join * 99999 }}",
)  # fmt: skip
CONTEXT = {**SAMPLE, "many": rows(*map(str, range(300))), "long": "长" * 100_000}


@pytest.mark.parametrize("attack", [*OUT_OF_REACH, *WITHOUT_END], ids=lambda attack: attack[:60])
def test_attacks_are_refused(attack: str) -> None:
    """Nothing of Python is reached, and nothing fills memory or time: a TemplateError in Chinese within moments."""
    started = time.process_time()

    with pytest.raises(TemplateError) as caught:
        rendered(docx(attack), CONTEXT)

    assert time.process_time() - started < 5
    assert re.match("模板“样本.docx”.*[：:]", str(caught.value), re.DOTALL)


@pytest.mark.parametrize("attack", [*OUT_OF_REACH, *WITHOUT_END], ids=lambda attack: attack[:60])
def test_docxtpl_gives_attacks_no_way_round(attack: str) -> None:
    """A template that only docxtpl can render is held to the same."""
    started = time.process_time()

    with pytest.raises(TemplateError):
        rendered(docx("{{p total }}", attack), CONTEXT)

    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "value", ["{{ 7*7 }}", "{% for x in y %}", "<w:br/>&amp;]]>", "{%p if 1 %}", "${7*7} #{7*7}", "{# 甲 #}"]
)
def test_values_are_never_evaluated_and_never_xml(value: str) -> None:
    """A value comes out as it was typed, in a paragraph of its own engine and of docxtpl's."""
    assert shown("{{ name }}", name=value) == [value]
    assert shown("{{ name }}{%- if 1 %}{% endif %}", name=value) == [value]


# A statement of docxtpl's is no word of Jinja's, and a number beyond all bounds is printed as one in a title.
IN_TITLES = [attack for attack in (*OUT_OF_REACH, *WITHOUT_END) if "{%p" not in attack and "9.9e300" not in attack]


@pytest.mark.parametrize("attack", IN_TITLES, ids=lambda attack: attack[:60])
def test_a_title_in_kit_yaml_is_no_way_in_either(attack: str) -> None:
    """What kit.yaml says is held to the same, and to single values and conditions."""
    started = time.process_time()

    with pytest.raises(FAILURES):
        expressions().from_string(attack).render(CONTEXT)

    assert time.process_time() - started < 5
