"""Places of paragraphs, as a clerk names them."""

from __future__ import annotations

import pytest

from docgen.template.labels import labels


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("服务合同", "甲方：{{ party_a.name }}"), ["正文 第1段", "正文 第2段"]),
        (
            ("第一条　范围", "甲", "第二条　价款", "2.1 总价"),
            ["第一条 第1段", "第一条 第2段", "第二条 第1段", "第二条 2.1 第1段"],
        ),
        (
            ('{{ no("第一条", "a") }}　甲', "乙", "{{ no(“第一条”) }}丙"),
            ["第一条 第1段", "第一条 第2段", "第二条 第1段"],
        ),
        (('{{ no("一、") }}甲', '{{ no("（一）") }}乙', "丙"), ["一 第1段", "一、（一） 第1段", "一、（一） 第2段"]),
        (('{{ no("1.1") }}', '{{ no("甲") }}', '{{ no("1.") }}乙'), ["正文 第1段", "正文 第2段", "1. 第1段"]),
    ],
)
def test_a_paragraph_is_named_by_its_clause(texts: tuple[str, ...], expected: list[str]) -> None:
    """Numbers stand for themselves or are counted where no() will print them; what is no number names nothing."""
    assert list(labels(texts)) == expected


def test_what_stands_before_the_first_clause_bears_the_given_name() -> None:
    """A shared block is named where no clause of its own is."""
    assert list(labels(("甲", "乙"), "共用段落“签署栏”")) == ["共用段落“签署栏” 第1段", "共用段落“签署栏” 第2段"]
