"""The sandbox: templates reach nothing but what they are given."""

from __future__ import annotations

import re

import pytest

from docgen.errors import TemplateError
from tests.template.making import docx, rendered, shown


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
