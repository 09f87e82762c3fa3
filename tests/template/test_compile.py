"""Templates compiled: what is wrong with them is told at once."""

from __future__ import annotations

import re

import pytest

from docgen.errors import TemplateError
from docgen.template.compile import compile_template, inlined
from docgen.word.package import read_package
from tests.template.making import SAMPLE, docx, p, rendered, texts


def fault(*body: str) -> str:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx(*body), "样本.docx")
    return str(caught.value)


def test_all_syntax_errors_are_told_at_once() -> None:
    """Every tag that is no code is named with its place, in one message."""
    said = fault(
        "甲 {{ total + }} 乙", "{{ }}", "{{ total|大謝 }}{% frob %}", "{%p if %}", "{%p endif %}", "{{ a（b） }}"
    )

    assert said == (
        "模板“样本.docx”有 5 处错误：\n"
        "  1. 正文 第3段 “{{ total|大謝 }}{% frob %}”，标签 {% frob %}：不支持的语句 frob\n"
        "  2. 正文 第1段 “甲 {{ total + }} 乙”，标签 {{ total + }}：语法有误：没有写完\n"
        "  3. 正文 第2段 “{{ }}”，标签 {{ }}：语法有误：缺少字段\n"
        "  4. 正文 第4段 “{%p if %}”，标签 {%p if %}：语法有误：缺少字段\n"
        "  5. 正文 第6段 “{{ a（b） }}”，标签 {{ a（b） }}：语法有误：“（”是全角符号，请改为半角的 ("
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (("{%p if yes %}", "甲"), "正文 第1段 “{%p if yes %}”，标签 {%p if yes %}：缺少与之配对的 endif"),
        (("{%p endfor %}",), "正文 第1段 “{%p endfor %}”，标签 {%p endfor %}：前面没有与之配对的 for"),
        (("{%p else %}",), "正文 第1段 “{%p else %}”，标签 {%p else %}：前面没有与之配对的 if 或 for"),
        (
            ("{{ total|大些 }}",),
            "正文 第1段 “{{ total|大些 }}”，标签 {{ total|大些 }}：没有名为 大些 的过滤器，是不是想写 大写",
        ),
        (
            ("{{ count|分数 }}",),
            "正文 第1段 “{{ count|分数 }}”，标签 {{ count|分数 }}：没有名为 分数 的过滤器，是不是想写 份数",
        ),
        (
            ("{{ total｜大写 }}",),
            "正文 第1段 “{{ total｜大写 }}”，标签 {{ total｜大写 }}：语法有误：“｜”是全角符号，请改为半角的 |",
        ),
        (
            ("{{ total。 }}",),
            "正文 第1段 “{{ total。 }}”，标签 {{ total。 }}：语法有误：“。”是全角符号，请改为半角的 .",
        ),
        (
            ("{{ total ‰ }}",),
            "正文 第1段 “{{ total ‰ }}”，标签 {{ total ‰ }}：语法有误：不能用字符 ‰",
        ),
        (("{{ 1 is frob }}",), "正文 第1段 “{{ 1 is frob }}”，标签 {{ 1 is frob }}：没有名为 frob 的判断"),
        (
            ("{% import 'x' as y %}",),
            "正文 第1段 “{% import 'x' as y %}”，标签 {% import 'x' as y %}：不支持的语句 import",
        ),
        (
            ("{% include 'x' %}",),
            "正文 第1段 “{% include 'x' %}”，标签 {% include 'x' %}：须写成 {%p include \"名称\" %}，独占一段",
        ),
    ],
)
def test_each_fault_is_told_with_its_place(body: tuple[str, ...], said: str) -> None:
    """A fault names the template, the paragraph with its text, the tag as typed, and what is wrong."""
    assert fault(*body) == f"模板“样本.docx”有误：{said}"


def test_loops_that_cross_are_told_by_the_inner_one() -> None:
    """Of two blocks that cross, the one without its end is named."""
    said = fault("{%p for r in rows %}", "{%p if yes %}", "{%p endfor %}")

    assert said == "模板“样本.docx”有误：正文 第2段 “{%p if yes %}”，标签 {%p if yes %}：缺少与之配对的 endif"


def test_headers_and_footers_are_rendered() -> None:
    """Tags in headers, footers and footnotes work, and their faults are told by those names."""
    source = docx(
        "甲",
        parts={
            "header1": p("编号 {{ count }}"),
            "footer1": p("{{ total }}"),
            "footnotes": f'<w:footnote w:id="1">{p("{{ day }}")}</w:footnote>',
        },
    )

    data = rendered(source, SAMPLE).data

    found = {name: texts(data, f"word/{name}.xml") for name in ("document", "header1", "footer1", "footnotes")}
    assert found == {"document": ["甲"], "header1": ["编号 6"], "footer1": ["1040000"], "footnotes": ["2021年6月21日"]}
    with pytest.raises(TemplateError, match=re.escape("页眉 “{{ x”")):
        compile_template(docx("甲", parts={"header1": p("{{ x")}), "样本.docx")


def test_a_template_with_blocks_put_in_is_a_word_file() -> None:
    """Where a plain docxtpl script is to render a template, it gets the shared blocks put in."""
    source = inlined(docx("前", '{%p include "块" %}'), "样本.docx", {"块": docx("{{ total }}", "后")})

    assert texts(source) == ["前", "{{ total }}", "后"]


def test_parts_without_tags_keep_their_bytes() -> None:
    """What holds no tag is not touched, down to its compressed bytes."""
    source = docx("甲", parts={"header1": p("页眉")})

    before = {part.name: part for part in read_package(source)}
    after = {part.name: part for part in read_package(rendered(source).data)}

    assert {name for name in before if before[name] != after[name]} == {"[Content_Types].xml", "_rels/.rels"}


def test_what_is_no_template_is_refused() -> None:
    """A file that is no Word file, or whose XML is damaged, is refused by name."""
    with pytest.raises(TemplateError, match=re.escape("模板不能使用：“样本.docx”不是完整的 Word 文件")):
        compile_template(b"PK", "样本.docx")
    with pytest.raises(TemplateError, match=re.escape("模板“样本.docx”的 word/document.xml 已损坏")):
        compile_template(docx("<w:p>{</w:q>"), "样本.docx")
