"""Trees of data for tests."""

from __future__ import annotations

import tempfile
from pathlib import Path

from docgen.contract.source import read_source
from docgen.contract.tree import Node


def tree(text: str) -> Node:
    """The tree of a YAML text without faults."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.yaml"
        file.write_text(text, encoding="utf-8")
        found, findings = read_source(file)
    assert found is not None
    assert findings == []
    return found
