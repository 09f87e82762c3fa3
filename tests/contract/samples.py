"""A small kit and data folders for the tests of loading."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from docgen.contract.contract import Contract
from docgen.contract.group import Group
from docgen.contract.load import load
from docgen.contract.scalars import Scalar
from docgen.contract.shape import ListShape, Shape, shape_of
from docgen.findings import Finding
from tests.wordfiles import p, word_file

KIT = """\
label: 样例合同
description: 测试用
documents:
  - id: body
    template: 正文.docx
    title: "{{ contract.name }}"
    role: contractual
  - id: plan
    template: 方案.docx
    each: work_plans
    as: plan
    title: "{{ plan.annex_title }}"
    role: annex
blocks:
  人员保障: 保障.docx
required:
  - contract.number
fields:
  delivery:
    label: 交货
    type: group
    fields:
      place: {label: 交货地点, type: line}
      days: {label: 交货期, type: count, description: 天}
      installed: {label: 需要安装, type: flag}
      manner: {label: 交货方式, type: choice, options: [送货, 自提]}
      kinds: {label: 类别, type: list, of: line}
      fees: {label: 费用, type: list, of: money}
      goods: {label: 货物, type: list, of: {name: {label: 名称, type: line}, share: {label: 比重, type: rate}}}
"""


def make_kit(root: Path, text: str = KIT, *, name: str = "样例", templates: dict[str, str] | None = None) -> Path:
    """The folder of kits under `root`, with one kit whose templates hold the given text, one paragraph a line."""
    folder = root / "templates" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kit.yaml").write_text(text, encoding="utf-8")
    bodies = {"正文.docx": "", "方案.docx": "", "保障.docx": ""} | (templates or {})
    for file, body in bodies.items():
        (folder / file).write_bytes(word_file("".join(p(line) for line in body.splitlines())))
    return folder.parent


def make_data(root: Path, text: str, **parts: str) -> Path:
    """A data folder with a contract.yaml, and further files by stem."""
    folder = root / "data" / "甲"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "contract.yaml").write_text(text, encoding="utf-8")
    for stem, part in parts.items():
        (folder / f"{stem}.yaml").write_text(part, encoding="utf-8")
    return folder


def loaded(root: Path, text: str, **parts: str) -> tuple[Contract | None, list[Finding]]:
    """What loading a contract of the sample kit gives; its file is shown as d/contract.yaml."""
    return load(make_data(root, text, **parts), shown="d", kits=make_kit(root))


def draft(root: Path, text: str, **parts: str) -> tuple[Contract, list[Finding]]:
    """The same for a draft that has what the sample kit requires, before the given text (which may add to 合同)."""
    contract, findings = loaded(root, f"kit: 样例\ncontract:\n  stage: 草稿\n  number: 一号\n{text}", **parts)
    assert contract is not None
    return contract, findings


def told(findings: list[Finding]) -> list[str]:
    """The findings as `code line:column path` in their order."""
    return [f"{f.rule} {f.place.line}:{f.place.column} {f.place.path}" for f in findings]


_Made = TypeVar("_Made", bound=Group)


def group_of(model: type[_Made], texts: Mapping[str, Any]) -> _Made:
    """The group of plain texts, each read by its own kind of value; there must be nothing wrong with them."""
    shape = shape_of(model)
    return model(**{key: _value(shape.fields[key].shape, value) for key, value in texts.items()})


def _value(shape: Shape, value: Any) -> Any:
    if isinstance(shape, Scalar):
        return shape.parse(value)
    if isinstance(shape, ListShape):
        return tuple(_value(shape.item, item) for item in value)
    return group_of(shape.model, value)
