"""Many small contracts for batches: a kit of two documents, good contracts and poisoned ones."""

from __future__ import annotations

from pathlib import Path

from tests.template.making import docx, p, row, table

KIT = """
label: 样本
documents:
  - {id: a, template: a.docx, title: 合同, role: contractual}
  - {id: b, template: b.docx, title: 附表, role: annex}
"""
DATA = """
kit: sample
contract:
  stage: 定稿
  name: {name}
price:
  total: {total}
"""
POISON = ("fault", "text", "attack", "spin", "unknown kit")


def kits(folder: Path) -> Path:
    """The folder of the kits: a good one, and one whose templates attack."""
    write(folder / "sample" / "kit.yaml", KIT)
    good = docx("{{ contract.name }}，合同总价{{ price.total|金额 }}元（大写：{{ price.total|大写 }}）。")
    rows = table(row("{%tr for n in range(3) %}"), row("{{ n }}", "{{ contract.name }}"), row("{%tr endfor %}"))
    for name, content in (("a", good), ("b", docx(p("附表"), rows))):
        (folder / "sample" / f"{name}.docx").write_bytes(content)
    write(folder / "hostile" / "kit.yaml", KIT)
    hostile = docx("{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}")
    for name, content in (("a", good), ("b", hostile)):
        (folder / "hostile" / f"{name}.docx").write_bytes(content)
    return folder


def contracts(folder: Path, number: int, poison: dict[int, str] | None = None) -> Path:
    """A folder of contracts 合同1, 合同2…, some of them poisoned."""
    for n in range(1, number + 1):
        text = DATA.format(name=f"合同{n}", total=1000 * n)
        write(folder / f"合同{n}" / "contract.yaml", poisoned(text, (poison or {}).get(n)))
    return folder


def poisoned(text: str, kind: str | None) -> str:
    """The data with something in them that keeps the set from being made."""
    return {
        None: text,
        "fault": text.replace("total: ", "totals: "),
        "text": "这不是数据",
        "attack": text.replace("kit: sample", "kit: hostile"),
        "spin": text + "phases: " + "[" * 200,
        "unknown kit": text.replace("kit: sample", "kit: simple"),
    }[kind]


def write(path: Path, text: str) -> None:
    """Write a text file, its folder with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
