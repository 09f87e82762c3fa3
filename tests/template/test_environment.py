"""The sandbox: templates reach nothing but what they are given."""

from __future__ import annotations

import re
import time

import pytest

from docgen.errors import TemplateError
from tests.template.making import SAMPLE, docx, rendered, shown

ATTACKS = (
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ party['_path'] }}",
    "{{ party._path }}",
    "{{ no.__globals__ }}",
    "{{ ref['__globals__']['os'] }}",
    "{{ rows.append(1) }}",
    "{{ party.__init__.__globals__ }}",
    "{{ _numbering.labels }}",
    "{{ self.__init__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum() }}",
    "{{ namespace(a=1) }}",
    "{{ dict(a=1) }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ party.name.format(1) }}",
    "{{ 9**9**9 }}",
    "{{ 'a' * 10**9 }}",
    "{{ 'a' * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ range(10**9)|join }}",
    "{{ range(1000000000)|join }}",
    "{% for i in range(9999) %}{% for j in range(9999) %}{% for k in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
    "{% set r = range(99999) %}{% for i in r %}{% for j in r %}{% endfor %}{% endfor %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{% set a = 99999999999999999999 %}" + "{% set a = a * a %}" * 30 + "{{ a }}",
    "{{ rows|map('upper')|list }}",
    "{{ party|attr('_path') }}",
    "{% include '/etc/passwd' %}",
    "{% extends 'x' %}",
    "{% import 'os' as os %}",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_refused(attack: str) -> None:
    """Nothing of Python is reached, and nothing fills memory or time: a TemplateError within moments."""
    started = time.perf_counter()

    with pytest.raises(TemplateError):
        rendered(docx(attack), SAMPLE)

    assert time.perf_counter() - started < 5


def test_loops_over_ranges_are_bounded_and_usable() -> None:
    """A range of reasonable length works like Python's own."""
    assert shown("{% for n in range(1, 8, 3) %}{{ n }}{{ '、' if not loop.last }}{% endfor %}") == ["1、4、7"]


def test_harmless_methods_may_be_called() -> None:
    """The few methods of texts that only read them are allowed."""
    assert shown("{% if name.startswith('示') %}{{ name.upper() }}{% endif %}", name="示x") == ["示X"]


def test_conditions_on_fields_that_are_left_out() -> None:
    """A field that was left out is false, undefined and none; printing it is an error that names it."""
    from docgen.template.environment import LeftOut

    context = {"fax": LeftOut("party_b.fax")}
    body = "{% if fax %}甲{% endif %}{% if fax is none %}乙{% endif %}{% if fax is not defined %}丙{% endif %}{{ fax|default('丁') }}{{ fax or '戊' }}"

    assert shown(body, **context) == ["乙丙丁戊"]
    for tag in ("{{ fax }}", "{{ fax|大写 }}", "{{ fax ~ 'x' }}", "{{ fax|upper }}"):
        with pytest.raises(TemplateError, match=re.escape("字段 party_b.fax 没有填写")):
            rendered(docx(tag), context)
