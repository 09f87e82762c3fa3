"""Small kits made from outlines, and what linting finds in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docgen.findings import Finding
from docgen.template.author import author
from docgen.template.lint.kits import Report, lint_kit

KIT = """\
label: 样例
documents:
  - {id: body, template: 正文.docx, title: 正文, role: contractual}
  - {id: price, template: 价格.docx, title: 价格, role: annex}
  - {id: plan, template: 方案.docx, title: "{{ plan.annex_title }}", role: annex, each: work_plans, as: plan}
blocks: {签署栏: 签署栏.docx}
fields:
  goods:
    label: 货物
    type: list
    of:
      name: {label: 名称, type: line}
      amount: {label: 金额, type: money}
      quantity: {label: 数量, type: count}
      colour: {label: 颜色, type: choice, options: [红色, 黑色]}
  urgent: {label: 加急, type: flag}
"""
# A template that uses what the kit brings along, so that only what a test is about is found.
USED = """\
[正文] {{ doc.label }}
{%p for one in goods %}
[正文] {{ one.name }}{{ one.amount|金额 }}{{ one.quantity }}{% if urgent %}{{ one.colour }}{% endif %}
{%p endfor %}
{%p include "签署栏" %}
"""
SIGNATURE = "[正文] 甲方：{{ party_a.name }}\n[正文] 完"


def make(folder: Path, files: Mapping[str, str | bytes], kit: str = KIT) -> Path:
    """A kit's folder with that kit.yaml and templates, each an outline or a Word file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kit.yaml").write_text(kit, encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content if isinstance(content, bytes) else author(content))
    return folder


def linted(folder: Path, body: str | bytes, kit: str = KIT, **others: str | bytes) -> Report:
    """What linting finds in a kit whose first document is as given."""
    files = {"正文": body, "价格": USED, "方案": "[正文] 三", "签署栏": SIGNATURE, **others}
    return lint_kit(make(folder, files, kit))


def said(findings: tuple[Finding, ...] | list[Finding]) -> list[tuple[str, str, str, str]]:
    """Of each finding its code, the name of the file, the place in it, and what is typed there."""
    return [(finding.rule, Path(finding.place.file).stem, _where(finding), finding.quote) for finding in findings]


def _where(finding: Finding) -> str:
    place = finding.place
    return place.label or (f"{place.line}:{place.column}" if place.line is not None else "")
