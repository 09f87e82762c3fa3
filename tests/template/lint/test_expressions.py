"""What the code of tags is found to do wrong, and what it may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.findings import Severity
from tests.template.lint.kits import linted


def found(folder: Path, *lines: str) -> list[tuple[str, str, str]]:
    """Of each finding in a template of these lines its code, the tag, and what is said."""
    body = "\n".join(line if line.startswith(("{%p", "[")) else f"[正文] {line}" for line in lines)
    findings = linted(folder / "kit", body).findings
    return [(f.rule, f.quote, " ".join(filter(None, (f.message, f.expected, f.hint)))) for f in findings]


RIGHT = [
    "{{ goods|length }}{{ goods|map }}".replace("{{ goods|map }}", ""),
    "{{ goods[0].name }}{{ (goods|first).name }}{{ goods[1:]|length }}",
    '{{ goods|join("、", attribute="name") }}{{ work_plans[0].purpose|join }}',
    "{% for a, b in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}",
    "{% for one in goods if one.amount > 100 %}{{ loop.index }}{{ loop.previtem.name }}{% endfor %}",
    "{% for one in goods %}{{ loop.cycle('甲', '乙') }}{% if loop.changed(one.name) %}{{ one.name }}{% endif %}{% endfor %}",
    "{% for n in range(3) %}{{ n + 1 }}{% endfor %}",
    "{% set who = party_a %}{{ who.name }}{% if urgent %}{% set x = 1 %}{% else %}{% set x = '一' %}{% endif %}{{ x }}",
    "{% with total = price.total %}{{ total|大写 }}{% endwith %}",
    "{% macro line(a, b=1) %}{{ a.name }}{{ b }}{% endmacro %}{{ line(party_a) }}{{ line(party_b, b=2) }}",
    "{% set text %}甲{% endset %}{{ text }}",
    "{{ contract.sign_date.year }}年{{ contract.name.startswith('甲') and '是' or '否' }}",
    "{{ '急' if urgent else '不急' }}{{ party_a.phone or '无' }}{{ party_a.fax|default('无') }}",
    "{% if price.basis == '总价包干' and contract.year >= 2021 and not urgent %}甲{% endif %}",
    "{% if contract.sign_date == contract.period.start and 'x' in contract.name and 1 in [1, 2] %}甲{% endif %}",
    "{% if team is defined and party_a.fax is none and contract.year is divisibleby(2) %}甲{% endif %}",
    "{{ price.total * 2 / 3 }}{{ contract.copies.total + goods|length }}{{ price.total - 1000 }}",
    "{% for plan in work_plans %}{{ plan.annex_label }}{{ plan['title'] }}{% endfor %}",
    "{% for entry in annexes %}{{ entry.label }}{{ entry.title }}{{ entry.no }}{% endfor %}{{ doc.title }}",
    "{{ table('甲').title }}{% for group in table(goods[0].name).groups %}{{ group.points|数量 }}{% endfor %}",
    '{{ annex("price") }}{{ annex("plan", 1) }}{{ annex(goods[0].name) }}',
    "{% if urgent %}{{ no('一、', 'same') }}{% else %}{{ no('一、', 'same') }}{% endif %}{{ ref('same', full=true) }}",
    "{{ price.total ~ '元' }}{{ “甲” }}{{ price.total|大写(prefix=true) }}",
    "{%- if urgent -%}甲{%- endif -%}",
    "{{ price.instalments[0].amount|金额 }}{{ penalty.breach|百分比 }}{{ contract.copies.total|份数 }}",
]


@pytest.mark.parametrize("line", RIGHT)
def test_what_is_right_is_left_alone(line: str, tmp_path: Path) -> None:
    """Everything that the dialect knows can be written without a finding."""
    assert found(tmp_path, line) == []


WRONG = [
    ("{{ 合同.名称 }}", "T201", "没有名为 合同 的字段，是不是想写 contract.name？"),
    ("{{ ref(price) }}", "T204", 'ref() 的参数要写名称，price 是一组字段。 名称要加引号，如 ref("price")。'),
    ("{{ annex(goods[1:]) }}", "T204", "annex() 的参数要写名称，goods[…] 是列表。"),
    ("{{p party_a.name }}", "T205", "{{p }} 只放由程序做成的内容，数据是文字，写出的文件会打不开。 {{ party_a.name }}"),
    ("{% else if urgent %}", "T106", "不支持的语句 else if，是不是想写 elif。"),
    ("{% end if %}", "T106", "不支持的语句 end，是不是想写 endif。"),
    ("{% endfo %}", "T106", "不支持的语句 endfo，是不是想写 endfor。"),
    ("{% extends 'x' %}", "T106", "不支持的语句 extends。"),
    ("{{{ price.total }}}", "T101", "语法有误：多写了花括号，应为两个。"),
    ("{{ price.total | }}", "T101", "语法有误：此处应为 名称，实为 标签的结尾 }}。"),
    ("{% if urgent = 1 %}{% endif %}", "T101", "语法有误：此处应为 标签的结尾 %}，实为 =；比较是否相等写 ==。"),
    ("{{ party_a.bank.acount_no }}", "T201", "甲方.收款账户（party_a.bank）没有名为 acount_no 的字段，是不是想写 party_a.bank.account_no？"
     " 其中一项：account_name、bank、account_no"),
    ("{{ goods.name }}", "T201", "goods 是列表，要用 for 逐项取，不能直接写 .name。"),
    ("{{ goods[0].name.first }}", "T201", "goods[0].name 是文字，下面没有名为 first 的字段。"),
    ("{{ credit_code }}", "T201", "没有名为 credit_code 的字段，是不是想写 party_a.credit_code 或 party_b.credit_code？"),
    ("{% for one in goods %}{% for two in one.parts %}{% endfor %}{% endfor %}", "T201",
     "货物[]（goods[]）没有名为 parts 的字段。 其中一项：name、amount、quantity、colour"),
    ("{% for one in goods %}{{ one.name }}{% endfor %}{{ one.name }}", "T201", "没有名为 one 的字段。"),
    ("{% if loop.last %}甲{% endif %}", "T201", "loop 只能写在循环里。 写在 for 与 endfor 之间"),
    ("{{ plan.title }}", "T201", "没有名为 plan 的字段，是不是想写 work_plans？"),
    ("{% if party_a.name is text %}甲{% endif %}", "T202", "没有名为 text 的判断，是不是想写 true。"),
    ("{{ party_a.name() }}", "T203", "party_a.name 是文字，不是函数，后面不能写括号。"),
    ("{{ price.total|金额('两位') }}", "T204", "“两位”不是金额的样式；可以写：1,234.00、1234.00、1,234、1234。"),
    ("{{ goods|length(1) }}", "T204", "|length 不要参数，这里写了 1 个。"),
    ("{{ price.total|大写(whole='正', unit=1) }}", "T204", "|大写 没有名为 unit 的参数，有：yuan、whole、prefix。"),
    ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", "T204", "m() 要 1 个参数，这里写了 0 个。"),
    ("{{ no }}", "T205", "no 是函数，不能直接打印。 后面加括号和参数"),
    ("{{ '甲' ~ goods }}", "T205", 'goods 是一个列表，不能直接打印。 用 {% for %} 逐项打印，或写 |join("、")'),
    ("{{ goods|join('、') }}", "T205", '列表的每一项是一组字段，不能直接打印。 join("、", attribute="字段名")'),
    ("{% for x in contract.name %}{{ x }}{% endfor %}", "T206", "for 要逐项取的是文字，不是列表。 列表"),
    ("{{ price[0] }}", "T206", "price 是一组字段，不是列表，没有第几项。"),
    ("{{ contract.name|金额 }}", "T207", "|金额 不能用于文字（contract.name）。 整数、数、金额、比例"),
    ("{{ price.total|日期 }}", "T207", "|日期 不能用于金额（price.total）。 文字、日期"),
    ("{{ price|length }}", "T207", "|length 不能用于一组字段（price）。 文字、列表"),
    ("{{ price.total|百分比 }}", "T207", "|百分比 用在金额（price.total）上，印出的多半不是想要的，是不是想写 |金额？"),
    ("{% if urgent == '是' %}甲{% endif %}", "T208",
     "真假值与文字永远不相等。 是否成立直接写 {% if 字段 %} 或 {% if not 字段 %}。"),
    ("{% if goods > 3 %}甲{% endif %}", "T208", "列表不能比大小。 比较项数写 |length，如 {% if team|length > 3 %}。"),
    ("{% if price.total == '1040000' %}甲{% endif %}", "T208", "金额与文字永远不相等。 数直接写，不加引号。"),
    ("{% if contract.sign_date > contract.period.end %}甲{% endif %}", "T208",
     "日期不能比大小。 日期可能不完整，先后由数据核对；要判断是否相同，用 == 。"),
    ("{{ '共' + price.total }}", "T208", "文字不能与金额做 + 运算。 连接文字用 ~ ，如 {{ 甲 ~ 乙 }}。"),
    ('{{ annex("body") }}', "T209", "没有标识为“body”的附件。 其中一项：price、plan"),
    ('{{ ref("nobody") }}', "T209", '没有名为“nobody”的条款，ref 没有所指。 名称写在编号标签里，如 no("一、", "名称")。'),
    ("{{ price.total ** 2 }}", "T106", "不支持乘方。"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "rule", "message"), WRONG, ids=[line for line, *_ in WRONG])
def test_what_is_wrong_is_told(line: str, rule: str, message: str, tmp_path: Path) -> None:
    """Each fault is told once, with what should stand there and what was probably meant."""
    assert [(code, said) for code, _, said in found(tmp_path, line)] == [(rule, message)]


def test_a_name_that_nothing_stands_for_may_have_a_substitute(tmp_path: Path) -> None:
    """Where a tag says what to print instead, an unknown field is only a warning."""
    (finding,) = linted(tmp_path, "[正文] {{ party_a.nmae|default('甲') }}").findings

    assert (finding.rule, finding.severity) == ("T201", Severity.WARNING)


def test_names_of_loops_end_with_them_in_shared_blocks_too(tmp_path: Path) -> None:
    """A block sees what stands around the place that asks for it, and its faults are told in its own file."""
    block = "[正文] {{ one.name }}\n[正文] {{ who.nmae }}\n[正文] 完"
    body = '{%p set who = party_b %}\n{%p for one in goods %}\n{%p include "签署栏" %}\n{%p endfor %}'
    findings = linted(tmp_path, body, 价格=body.replace("one", "two"), 签署栏=block).findings

    assert [(f.rule, Path(f.place.file).stem, f.place.label, f.quote) for f in findings if f.rule != "T210"] == [
        ("T201", "签署栏", "正文 第1段", "{{ one.name }}"),
        ("T201", "签署栏", "正文 第2段", "{{ who.nmae }}"),
    ]


def test_a_name_used_twice_is_sure_only_where_both_clauses_are_there(tmp_path: Path) -> None:
    """Two conditions may exclude each other, which nobody knows beforehand; one clause of the two has none."""
    one, other = '{{ no("一、", "甲") }}', '{{ no("一、", "乙") }}'
    body = (
        f"[正文] {{% if urgent %}}{one}{{% endif %}}\n[正文] {{% if not urgent %}}{one}{{% endif %}}\n"
        f"[正文] {other}\n[正文] {{% if urgent %}}{other}{{% endif %}}"
    )
    findings = linted(tmp_path, body).findings

    assert [(f.rule, f.severity.label, f.quote) for f in findings] == [
        ("T209", "warning", one),
        ("T209", "error", other),
    ]
