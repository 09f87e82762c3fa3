"""A kit broken in more than twenty ways: one run tells all of them, each at its place."""

from __future__ import annotations

import re
from pathlib import Path

from docgen.findings import Severity
from docgen.template.author import author
from docgen.template.lint.kits import lint_kit
from docgen.word.package import read_package, write_package
from tests.template.lint.kits import make

KIT = """\
label: 坏样例
documents:
  - id: order
    template: 订单.docx
    title: "{{ contract.nmae }}"
    role: contractual
  - id: price
    template: 价格表.docx
    title: 价格表
    role: annex
    when: goods.name
blocks: {签署栏: 签署栏.docx, 闲置: 闲置.docx}
required: [contract.number, contract.nubmer]
fields:
  goods:
    label: 货物
    type: list
    of:
      name: {label: 名称, type: line}
      amount: {label: 金额, type: money}
      colour: {label: 颜色, type: choice, options: [红色, 黑色]}
  urgent: {label: 加急, type: flag}
  spare: {label: 备用, type: line}
"""
ORDER = """\
@页面 纵向
@页眉 合同编号：{{ contract.nomber }}
@页脚 页码
[标题] {{ contract.name }}
[顶格] 买方：{{ party_a.name }
[顶格] 卖方：{{ party_c.name }}
[条] {{ no("第一条", "goods") }}　货物
[正文] {{ no("1.1") }}　共{{ goods }}种，见{{ annex("prize") }}。
[正文] {{ no("1.1") }}　总价{{ price.total｜大写 }}，其中税率{{ price.tax.rate|大写 }}，签于{{ contract.sign_date|金额 }}。
[正文] 在｛｛ contract.place ｝｝交货。
[条] {{ no("第一条", "goods") }}　付款
{%p for item in price %}
[正文] {{ item.name }}
{%p endfor %}
{%p for item in goods %}
[正文] {{ loop.idx }}、{{ item.nam }}{{ item.amount|大些 }}{% if item.colour == "红" %}（红）{% endif %}
{%p endfor %}
{%p if price.total > "100" %}
[正文] 按第{{ ref("good") }}条。{{ urgent }}
{%p endif %}
[正文] {% if contract.place %}地点
[正文] {{ contract.
[正文] project_name }}
[正文] {{ price.total + }}、{{ no("第1条") }}、{{ total(1) }}、{{ price.total|大写(1) }}
{%p include "签署" %}
{%p include "签署栏" %}
[正文] 加急：{%p if urgent %}
[正文] {{ price.total * 0.1 }}、{{ 价款.合同总价 }}、{% import "x" as y %}、{{ contract._stage }}
"""
PRICES = """\
@页面 纵向
[标题] {{ doc.title }}
@表 宽=50,50
｜名称｜金额｜
｜{%tr for row in goods %}｜
｜{{ row.name }}｜{{ row.price|金额 }}｜
｜{%tr endfor %}｜
｜合计｜{{ price.sections.subtotal }}｜
@表终
[正文] 甲{% vm %}乙
"""


def without_chinese_font(outline: str) -> bytes:
    """The template of these lines, in styles that name Western fonts only."""
    package = read_package(author(outline))
    styles = re.sub(' w:eastAsia="[^"]*"', "", package["word/styles.xml"].decode())
    parts = {part.name: part.data for part in package}
    return write_package({**parts, "word/styles.xml": styles.encode()})


FILES: dict[str, str | bytes] = {
    "订单": ORDER,
    "价格表": without_chinese_font(PRICES),
    "签署栏": "[正文] 甲方：{{ party_a.nam }}\n[正文] 完",
    "闲置": "[正文] 闲{{ x",
}


def test_every_fault_of_a_kit_is_told_in_one_run(tmp_path: Path) -> None:
    """What is wrong in kit.yaml, in each template, in a shared block and in a header stands at its place."""
    folder = make(tmp_path / "坏", FILES, KIT)
    found = [
        (finding.rule, Path(finding.place.file).stem, finding.place.label or finding.place.line, finding.quote)
        for finding in lint_kit(folder).findings
        if finding.severity is not Severity.NOTE
    ]

    assert found == EXPECTED


EXPECTED: list[tuple[str, str, str | int | None, str]] = [
    ("T201", "kit", 5, "{{ contract.nmae }}"),
    ("T201", "kit", 11, "goods.name"),
    ("T303", "kit", 12, "闲置"),
    ("F250", "kit", "必填[2]", "contract.nubmer"),
    ("T210", "kit", 23, "spare"),
    ("T302", "价格表", "表1 第1行第1列", "名称"),
    ("T201", "价格表", "表1 第3行第2列", "{{ row.price|金额 }}"),
    ("T201", "价格表", "表1 第5行第2列", "{{ price.sections.subtotal }}"),
    ("T302", "价格表", "正文 第2段", "甲{% vm %}乙"),
    ("T107", "价格表", "正文 第2段", "{% vm %}"),
    ("T201", "签署栏", "正文 第1段", "{{ party_a.nam }}"),
    ("T103", "订单", "正文 第2段", "{{ party_a.name }"),
    ("T201", "订单", "正文 第3段", "{{ party_c.name }}"),
    ("T205", "订单", "第一条 1.1 第1段", "{{ goods }}"),
    ("T209", "订单", "第一条 1.1 第1段", '{{ annex("prize") }}'),
    ("T104", "订单", "第一条 1.2 第1段", "{{ price.total｜大写 }}"),
    ("T207", "订单", "第一条 1.2 第1段", "{{ price.tax.rate|大写 }}"),
    ("T207", "订单", "第一条 1.2 第1段", "{{ contract.sign_date|金额 }}"),
    ("T104", "订单", "第一条 1.2 第2段", "｛｛ contract.place ｝｝"),
    ("T209", "订单", "第二条 第1段", '{{ no("第一条", "goods") }}'),
    ("T206", "订单", "第二条 第2段", "{%p for item in price %}"),
    ("T201", "订单", "第二条 第6段", "{{ loop.idx }}"),
    ("T201", "订单", "第二条 第6段", "{{ item.nam }}"),
    ("T202", "订单", "第二条 第6段", "{{ item.amount|大些 }}"),
    ("T208", "订单", "第二条 第6段", '{% if item.colour == "红" %}'),
    ("T208", "订单", "第二条 第8段", '{%p if price.total > "100" %}'),
    ("T209", "订单", "第二条 第9段", '{{ ref("good") }}'),
    ("T205", "订单", "第二条 第9段", "{{ urgent }}"),
    ("T102", "订单", "第二条 第11段", "{% if contract.place %}"),
    ("T105", "订单", "第二条 第12段", "{{ contract."),
    ("T101", "订单", "第二条 第14段", "{{ price.total + }}"),
    ("T209", "订单", "第二条 第14段", '{{ no("第1条") }}'),
    ("T203", "订单", "第二条 第14段", "{{ total(1) }}"),
    ("T204", "订单", "第二条 第14段", "{{ price.total|大写(1) }}"),
    ("T109", "订单", "第二条 第15段", '{%p include "签署" %}'),
    ("T102", "订单", "第二条 第17段", "{%p if urgent %}"),
    ("T107", "订单", "第二条 第17段", "{%p if urgent %}"),
    ("T208", "订单", "第二条 第18段", "{{ price.total * 0.1 }}"),
    ("T201", "订单", "第二条 第18段", "{{ 价款.合同总价 }}"),
    ("T106", "订单", "第二条 第18段", '{% import "x" as y %}'),
    ("T106", "订单", "第二条 第18段", "{{ contract._stage }}"),
    ("T201", "订单", "页眉", "{{ contract.nomber }}"),
    ("T103", "闲置", "正文 第1段", "{{ x"),
]
