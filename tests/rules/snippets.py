"""Contracts and documents made of a few lines, for trying rules on."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from docgen.contract.contract import Contract
from docgen.contract.fit import At, Fitter
from docgen.contract.kit import DocumentSpec, Kit
from docgen.contract.model import ContractData
from docgen.contract.parts import Parts
from docgen.contract.shape import shape_of
from docgen.contract.source import read_source
from docgen.reading.document import Block, Reading

DOCUMENTS = (
    DocumentSpec("body", "正文.docx", "正文", "contractual"),
    DocumentSpec("plan", "方案.docx", "{{ plan.annex_title }}", "annex", each="work_plans", item="plan"),
)


def contract_of(text: str, folder: Path) -> Contract:
    """The contract of a YAML snippet that no kit requires anything of; faults of the snippet are errors of the test."""
    (folder / "contract.yaml").write_text(dedent(text), encoding="utf-8")
    tree, findings = read_source(folder / "contract.yaml", "contract.yaml")
    assert tree is not None
    shape = shape_of(ContractData)
    kit = Kit("样例", "样例", folder, DOCUMENTS, shape=shape)
    fitter = Fitter(shape, Parts(folder, ""))
    data = fitter.value(tree, shape, At("", tree, ("contract.yaml",)))
    assert [*findings, *fitter.findings] == []
    places = {path: node.place for path, node in fitter.nodes.items()}
    return Contract("contract.yaml", folder, "样例", kit, data, "定稿", places, frozenset(fitter.open))


def reading_of(text: str) -> Reading:
    """A document with one paragraph per line of the text."""
    lines = dedent(text).strip("\n").split("\n")
    return Reading("样例.docx", tuple(Block(index, "body", index, line) for index, line in enumerate(lines)))
