"""Tags that are looked up without a compiler."""

from __future__ import annotations

import pytest

from docgen.template.compile import compile_template
from tests.template.making import SAMPLE, docx, shown


def looked_up(*body: str) -> list[str]:
    """The tags of a template that are looked up, as typed."""
    return [
        lookup.said.rpartition("，标签 ")[2] for lookup in compile_template(docx(*body), "样本.docx").parts[0].lookups
    ]


@pytest.mark.parametrize(
    ("tag", "simple"),
    [
        ("{{ total }}", True), ("{{ party.name }}", True), ("{{ total | 大写 }}", True), ("{{ no('一、', \"a\") }}", True),
        ("{{ count + 1 }}", False), ("{{ rows[0].name }}", False), ("{{ no('一、', 'a' ~ 1) }}", False),
        ("{{ total|大写(prefix=true) }}", False), ("{{ true }}", False), ("{{ 'a' }}", False),
    ],
)  # fmt: skip
def test_fields_and_functions_of_fixed_words_are_looked_up(tag: str, simple: bool) -> None:
    """A field with plain filters and a function of quoted words need no program; anything more does."""
    assert looked_up(tag) == [tag] * simple


def test_names_that_a_template_binds_are_left_to_the_program() -> None:
    """Loop variables and names that were set are no fields of the data, also where they hide one."""
    body = (
        "{% set total = 1 %}{{ total }}{{ count }}",
        "{% for party in rows %}{{ party.name }}{{ loop.index }}{{ day }}{% endfor %}",
    )

    assert looked_up(*body) == ["{{ count }}", "{{ day }}"]
    assert shown(*body, **SAMPLE) == ["16", "".join(f"{name}{n}2021年6月21日" for n, name in enumerate("甲乙丙", 1))]


def test_numbers_count_in_the_order_of_the_text() -> None:
    """Tags that are looked up and tags that are computed take their turns in one order."""
    body = (
        "{{ no('1.') }}{{ no('1' ~ '.') }}{{ no('1.') }}",
        "{% for r in rows %}{{ no('1.') }}{{ no('1' ~ '.') }}{% endfor %}{{ no('1.') }}",
    )

    assert shown(*body, **SAMPLE) == ["1.2.3.", "4.5.6.7.8.9.10."]


def test_text_that_is_kept_is_printed_in_its_own_turn() -> None:
    """Where a block keeps its text for later, everything in the part is left to the program."""
    body = (
        "{% set kept %}{{ no('1.') }}{% endset %}{{ no('1.') }}{{ kept }}",
        "{% macro m() %}{{ count }}{% endmacro %}{{ m() }}{{ m() }}",
    )

    assert looked_up(*body) == []
    assert shown(*body, **SAMPLE) == ["2.1.", "66"]
