"""Which set a data file is of where a batch made it: named after the file, and not after its folder."""

from __future__ import annotations

from pathlib import Path

from docgen.contract.folders import DATA_FILE
from docgen.outputs.workspace import recorded


def batched(data: Path, out: Path) -> str | None:
    """The name of the set that a batch made of this file alone; None where the set is named after the folder."""
    if data.name == DATA_FILE or data.is_dir() or recorded(out / data.stem) is None:
        return None
    return data.stem
