"""A faulty kit is refused before anything is rendered; a sound one is judged once."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.contract.kit import load_kit
from docgen.errors import TemplateError
from docgen.template.lint import verdict
from docgen.template.lint.verdict import refuse_faulty
from tests.template.lint.kits import KIT, SIGNATURE, USED, make

FILES = {"正文": "[正文] 一", "价格": USED, "方案": "[正文] 三", "签署栏": SIGNATURE}


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder in which is kept what was found sound."""
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "templates"


def test_what_is_found_sound_is_remembered_until_it_changes(kept: Path, tmp_path: Path) -> None:
    """A sound kit is remembered once, and anew with every change of a template or of kit.yaml."""
    folder = make(tmp_path / "样", FILES)
    seen = []
    for content in (KIT, KIT, f"{KIT}# 改\n"):
        (folder / "kit.yaml").write_text(content, encoding="utf-8")
        refuse_faulty(load_kit("样", tmp_path))
        seen.append(len(list(kept.glob("*.sound"))))
    make(folder, {**FILES, "方案": "[正文] 四"})
    refuse_faulty(load_kit("样", tmp_path))

    assert [*seen, len(list(kept.glob("*.sound")))] == [1, 1, 2, 3]


def test_what_is_remembered_is_not_judged_again(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked for in a kit that is known to be sound."""
    make(tmp_path / "样", FILES)
    refuse_faulty(load_kit("样", tmp_path))
    monkeypatch.setattr(verdict, "_errors", None)

    refuse_faulty(load_kit("样", tmp_path))


def test_without_a_cache_nothing_is_remembered(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is kept, a faulty kit is refused and a sound one taken all the same."""
    monkeypatch.setenv("DOCGEN_CACHE", "off")
    folder = make(tmp_path / "样", FILES)
    refuse_faulty(load_kit("样", tmp_path))
    make(folder, {**FILES, "方案": "[正文] {{ a }}"})
    with pytest.raises(TemplateError, match="有 1 处错误"):
        refuse_faulty(load_kit("样", tmp_path))

    assert not kept.exists()


def test_a_faulty_kit_is_refused_each_time_with_all_its_errors(kept: Path, tmp_path: Path) -> None:
    """The message tells each error in its file, at its place, with what was probably meant; warnings stop nothing."""
    folder = make(tmp_path / "样", {**FILES, "正文": "[正文] {{ a }}{{ party_a.nmae }}{{ price.total|百分比 }}"})
    for _ in range(2):
        with pytest.raises(TemplateError) as caught:
            refuse_faulty(load_kit("样", tmp_path))

    assert str(caught.value).splitlines() == [
        "合同类型“样”的模板有 2 处错误，没有生成：",
        f"  1. {folder}/正文.docx 正文 第1段 {{{{ a }}}}：没有名为 a 的字段。",
        f"  2. {folder}/正文.docx 正文 第1段 {{{{ party_a.nmae }}}}：甲方（party_a）没有名为 nmae 的字段，"
        "是不是想写 party_a.name？",
    ]
    assert not kept.exists()


def test_of_very_many_errors_the_first_are_told(kept: Path, tmp_path: Path) -> None:
    """A message stays readable; the command that lists them all is named."""
    make(tmp_path / "样", {**FILES, "正文": "\n".join(f"[正文] {{{{ party_a.x{n} }}}}" for n in range(40))})
    with pytest.raises(TemplateError) as caught:
        refuse_faulty(load_kit("样", tmp_path))
    lines = str(caught.value).splitlines()

    assert (len(lines), lines[0], lines[-1]) == (
        32, "合同类型“样”的模板有 40 处错误，没有生成：", "  …… 其余 10 处从略"
    )  # fmt: skip
    assert caught.value.hint == f"docgen template lint {tmp_path}/样 列出全部；加 --annotate 把它们批注在模板副本上。"


def test_what_judging_a_template_costs_is_bounded(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template on which judging would never end is told of, costs seconds, and is not remembered."""
    make(tmp_path / "样", FILES)
    monkeypatch.setattr("docgen.template.lint.kits.lint_kit", lambda _: 9**9**9)
    monkeypatch.setattr(verdict, "_SECONDS", 1)

    with pytest.raises(TemplateError, match="合同类型“样”的模板超过 2 秒没有检查完，已停止。"):
        refuse_faulty(load_kit("样", tmp_path))
    assert not kept.exists()
