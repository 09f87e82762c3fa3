"""Contracts and kits are found where they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.contract.folders import find_kits, kit_names
from docgen.errors import TemplateError
from tests.contract.samples import make_kit

HERE = Path(__file__).resolve().parent.parent.parent


def test_kits_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A given folder counts first, then ./templates where it holds a kit, then those that came along."""
    monkeypatch.chdir(tmp_path)
    own = HERE / "templates"
    assert find_kits(own) == own
    assert kit_names(find_kits()) == kit_names(own)
    (tmp_path / "templates").mkdir()
    assert kit_names(find_kits()) == kit_names(own)
    make_kit(tmp_path)
    assert find_kits() == Path("templates")
    with pytest.raises(TemplateError):
        find_kits(tmp_path / "nowhere")
