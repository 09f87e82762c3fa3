"""Awkward but right documents: verify has nothing to object to."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.findings import Severity
from docgen.reading.document import Bundle
from docgen.reading.plain import read_plain
from docgen.rules.document_rules import check_bundle, check_reading

DOCUMENTS = sorted((Path(__file__).resolve().parent.parent / "cases" / "honest").iterdir())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_right_document_is_left_alone(path: Path) -> None:
    """No error and no warning; notes may speak of blanks and of unusual spelling."""
    reading = read_plain(path.read_bytes(), path.name)
    found = check_reading(reading) + check_bundle(Bundle((reading,)))

    assert [finding for finding in found if finding.severity > Severity.NOTE] == []


def test_right_documents_of_different_contracts_are_one_set_without_quarrel() -> None:
    """Contracts of different parties that lie in one folder do not contradict each other beyond doubt."""
    readings = tuple(read_plain(path.read_bytes(), path.name) for path in DOCUMENTS)

    assert [finding for finding in check_bundle(Bundle(readings)) if finding.severity is Severity.ERROR] == []
