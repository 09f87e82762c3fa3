"""The exact text of the YAML that a finding points at, and the lines around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from docgen.contract.contract import Contract
from docgen.contract.source import Node, read_source
from docgen.contract.source_text import SourceText, read_text
from docgen.errors import InputError
from docgen.findings import Finding


def with_quotes(contract: Contract, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with quote and frame; a file that is gone by now leaves its findings without."""
    found = list(findings)
    quoters = {name: _Quoter(*_read(contract, name)) for name in {finding.place.file for finding in found}}
    return [quoters[finding.place.file].quote(finding) for finding in found]


def _read(contract: Contract, name: str) -> tuple[SourceText | None, dict[int, Node]]:
    """The text of a data file and its scalars by the offset they begin at."""
    row = contract.row
    if row is not None and name == row.file:
        cells = (value.cell for value in row.values)
        return row.source, {cell.start: Node("scalar", *cell[:1], row.place, *cell[1:]) for cell in cells}
    main = contract.file if row is None else row.shown
    shown_folder = main[: len(main) - len(Path(main).name)]
    path = contract.folder / name.removeprefix(shown_folder)
    try:
        tree, _ = read_source(path, name, list_too=True)
        return read_text(path, name)[0], {node.start: node for node in _scalars(tree)}
    except InputError:
        return None, {}


def _scalars(node: Node | None) -> Iterator[Node]:
    pending = [node] if node is not None else []
    while pending:
        node = pending.pop()
        if node.kind == "scalar":
            yield node
        pending += node.items
        pending += (one for pair in node.pairs for one in pair)


class _Quoter:
    """One data file, for quoting from it."""

    def __init__(self, source: SourceText | None, scalars: dict[int, Node]) -> None:
        self._source = source
        self._scalars = scalars

    def quote(self, finding: Finding) -> Finding:
        """The finding with the text that stands at its place; one that quotes a part of it is moved to that part."""
        offset = finding.place.offset
        if self._source is None or offset is None:
            return finding
        node = self._scalars.get(offset)
        start, end = (offset, offset + 1) if node is None or node.end == node.start else (node.start, node.end)
        if finding.quote and (within := self._source.text.find(finding.quote, start, end)) >= 0:
            start, end = within, within + len(finding.quote)
        shown = self._source.finding(finding.rule, start, finding.message, length=end - start)
        place = replace(shown.place, path=finding.place.path, label=finding.place.label)
        return replace(finding, place=place, quote=shown.quote if node is not None else "", frame=shown.frame)
