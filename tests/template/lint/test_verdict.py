"""A faulty kit is refused before anything is rendered; a sound one is judged once."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.contract.kit import load_kit
from docgen.errors import TemplateError
from docgen.template.lint import kits
from docgen.template.lint.verdict import refuse_faulty
from tests.template.lint.kits import SIGNATURE, USED, make

FILES = {"正文": "[正文] 一", "价格": USED, "方案": "[正文] 三", "签署栏": SIGNATURE}


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The kits that were judged, in a world with a cache of its own."""
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "cache"))
    seen: list[str] = []
    lint = kits.lint_kit

    def noted(folder: Path) -> kits.Report:
        seen.append(folder.name)
        return lint(folder)

    monkeypatch.setattr(kits, "lint_kit", noted)
    return seen


def test_a_sound_kit_is_judged_once_until_it_changes(judged: list[str], tmp_path: Path) -> None:
    """What was found sound is not judged again, but a changed template or kit.yaml is."""
    folder = make(tmp_path / "样", FILES)
    for _ in range(2):
        refuse_faulty(load_kit("样", tmp_path))
    make(folder, {**FILES, "方案": "[正文] 四"})
    refuse_faulty(load_kit("样", tmp_path))
    (folder / "kit.yaml").write_text((folder / "kit.yaml").read_text("utf-8") + "# 改\n", encoding="utf-8")
    refuse_faulty(load_kit("样", tmp_path))

    assert judged == ["样", "样", "样"]


def test_without_a_cache_every_process_judges(
    judged: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is kept, a kit is judged once for all the contracts that a process makes."""
    monkeypatch.setenv("DOCGEN_CACHE", "off")
    folder = make(tmp_path / "样", FILES)
    for _ in range(2):
        refuse_faulty(load_kit("样", tmp_path))
    make(folder, {**FILES, "方案": "[正文] 四"})
    refuse_faulty(load_kit("样", tmp_path))

    assert judged == ["样", "样"]


def test_a_faulty_kit_is_refused_each_time_with_all_its_errors(judged: list[str], tmp_path: Path) -> None:
    """The message tells each error in its file, at its place, with what was probably meant; warnings stop nothing."""
    folder = make(tmp_path / "样", {**FILES, "正文": "[正文] {{ a }}{{ party_a.nmae }}{{ price.total|百分比 }}"})
    for _ in range(2):
        with pytest.raises(TemplateError) as caught:
            refuse_faulty(load_kit("样", tmp_path))

    assert str(caught.value).splitlines() == [
        "合同类型“样”的模板有 2 处错误，没有生成：",
        f"  1. {folder}/正文.docx 正文 第1段 {{{{ a }}}}：没有名为 a 的字段。",
        f"  2. {folder}/正文.docx 正文 第1段 {{{{ party_a.nmae }}}}：甲方（party_a）没有名为 nmae 的字段。"
        "是不是想写 party_a.name？",
    ]
    assert judged == ["样"]


def test_of_very_many_errors_the_first_are_told(judged: list[str], tmp_path: Path) -> None:
    """A message stays readable; the command that lists them all is named."""
    make(tmp_path / "样", {**FILES, "正文": "\n".join(f"[正文] {{{{ party_a.x{n} }}}}" for n in range(40))})
    with pytest.raises(TemplateError) as caught:
        refuse_faulty(load_kit("样", tmp_path))
    lines = str(caught.value).splitlines()

    assert (len(lines), lines[0], lines[-1]) == (
        32, "合同类型“样”的模板有 40 处错误，没有生成：", "  …… 其余 10 处从略"
    )  # fmt: skip
    assert caught.value.hint == "docgen template lint 样 列出全部；加 --annotate 把它们批注在模板副本上。"
