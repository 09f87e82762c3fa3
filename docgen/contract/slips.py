"""The slips that clerks make in YAML, found line by line where the parser cannot go on."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.contract.shadow import Edit
from docgen.contract.source_text import SourceText
from docgen.findings import Finding


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip and the mend that lets reading go on behind it."""

    finding: Finding
    edit: Edit


def find_slips(source: SourceText) -> list[Slip]:
    """The slips of a text that the parser refuses, or that holds no keys at all."""
    return []
