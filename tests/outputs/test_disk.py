"""What lies on the disk in place of docgen's own records."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.errors import OutputError
from docgen.outputs.journal import read_journal
from docgen.outputs.manifest import read_manifest


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_a_record_that_is_no_file_is_told_and_not_waited_for(make: Callable[[Path], None], tmp_path: Path) -> None:
    """A pipe would never end; it is named, with what to do."""
    path = tmp_path / "record.json"
    make(path)

    for read in (lambda: read_manifest(path), lambda: read_journal(tmp_path, path)):
        with pytest.raises(OutputError, match=r"record\.json：这里应是 docgen 的记录，却不是文件。"):
            read()
