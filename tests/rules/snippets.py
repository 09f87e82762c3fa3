"""Contracts and documents made of a few lines, for trying rules on."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from docgen.contract.contract import Contract
from docgen.contract.fit import At, Fitter
from docgen.contract.kit import DocumentSpec, Kit
from docgen.contract.model import ContractData
from docgen.contract.parts import Parts
from docgen.contract.shape import shape_of
from docgen.contract.source import read_source
from docgen.reading.document import Bundle, Reading
from docgen.reading.plain import read_plain

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


def reading_of(text: str, file: str = "样例.docx") -> Reading:
    """A document with one paragraph per line of the text; lines with tabs between texts are rows of a table."""
    return read_plain(dedent(text).strip("\n").encode(), file)


def bundle_of(text: str) -> Bundle:
    """A set of documents: a line 【文件】NAME begins the next one, and without such a line the text is one."""
    pieces = _FILE.split(dedent(text).strip("\n"))
    named = zip(pieces[1::2], pieces[2::2], strict=True)
    readings = [reading_of(piece, name) for name, piece in named] or [reading_of(text)]
    return Bundle(tuple(readings))


_FILE = re.compile(r"^【文件】(.+)\n", re.MULTILINE)
