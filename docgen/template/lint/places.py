"""Faults as findings: at the place in the file where a clerk finds the tag, named as Word shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from docgen.errors import DocgenError
from docgen.findings import Finding, Place
from docgen.reading.document import Block, Reading
from docgen.reading.headings import numbered
from docgen.reading.word import BODY, read_word
from docgen.template.dialect import Fault
from docgen.template.labels import labels


@dataclass(slots=True)
class Sheet:
    """One template file, read as a person sees it when somebody first asks where something stands in it."""

    file: str
    data: bytes = field(repr=False)
    _reading: Reading | None = None
    _blocks: dict[tuple[str, int], Block] = field(default_factory=dict)
    _labels: dict[int, str] = field(default_factory=dict)

    @property
    def reading(self) -> Reading | None:
        """What a person sees of the file; None where it cannot be read."""
        if self._reading is None:
            try:
                self._reading = read_word(self.data, self.file)
            except DocgenError:
                return None
            self._blocks = self._reading.by_place()
            self._labels = _labels(self._reading)
        return self._reading

    def findings(self, faults: Iterable[Fault]) -> list[Finding]:
        """The faults as findings in this file; one that headers or footers have in common is told once."""
        found: dict[object, Finding] = {}
        for finding in map(self.finding, faults):
            place = finding.place
            where = place.label if place.part != BODY else (place.block, place.start)
            found.setdefault((where, finding.rule, finding.message, finding.quote), finding)
        return list(found.values())

    def finding(self, fault: Fault) -> Finding:
        """The fault as a finding in this file."""
        message, hint = worded(fault)
        place, quote = self._place(fault)
        return Finding(fault.rule, fault.severity, message, place, quote, fault.expected, hint=hint)

    def _place(self, fault: Fault) -> tuple[Place, str]:
        """Where the fault stands, and what is typed there."""
        reading = self.reading if fault.place.label else None
        block = self._blocks.get((fault.place.part, fault.place.position)) if reading else None
        if block is None:
            return Place(self.file, label=fault.place.label or None), fault.typed
        start = block.text.find(fault.typed, fault.start) if fault.typed else -1
        start = block.text.find(fault.typed) if start < 0 < len(fault.typed) else start
        span = (start, start + len(fault.typed)) if start >= 0 and fault.typed else (0, len(block.text))
        quote = fault.typed or block.text[:60]
        return Place(self.file, block.part, block.index, *span, label=self._labels.get(block.index)), quote


def worded(fault: Fault) -> tuple[str, str | None]:
    """The message of a fault, what was probably meant included, and what else there is to do."""
    message = fault.message.rstrip("。")
    if fault.hint is not None and fault.hint.startswith("是不是"):
        return f"{message}，{fault.hint}", None
    return f"{message}。", fault.hint


def _labels(reading: Reading) -> dict[int, str]:
    """What a clerk calls the place of every block: 第四条 第2段, 表1 第3行第2列, 页眉."""
    found = {block.index: block.label or "正文" for block in reading.blocks}
    free = [block for block in reading.blocks if block.part == BODY and block.cell is None]
    texts = (numbered(block.number, block.text) for block in free)
    return found | dict(zip((block.index for block in free), labels(texts), strict=True))
