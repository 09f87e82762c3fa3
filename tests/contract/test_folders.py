"""Contracts and kits are found where they lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docgen.contract.folders import DATA_FILE, find_kits, holding, kit_names
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


def test_a_folder_nobody_may_look_into_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts among those that hold a contract or a kit, to be told when its turn comes; hidden ones do not."""
    for name in ("丙", "甲", "空", "锁着", ".隐藏"):
        (tmp_path / name).mkdir()
    for name in ("丙", "甲"):
        (tmp_path / name / DATA_FILE).touch()
    (tmp_path / "文件").touch()

    stat = Path.stat

    def refused(path: Path, **options: Any) -> Any:
        if path.parent.name in {"锁着", ".隐藏"}:
            raise PermissionError
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refused)

    assert [path.name for path in holding(tmp_path, DATA_FILE)] == ["丙", "甲", "锁着"]
    assert holding(tmp_path / "没有", DATA_FILE) == []
