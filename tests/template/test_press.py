"""New templates are tried in a process of their own: whatever they do there, the run goes on and says what it was."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from docgen import pool
from docgen.contract.contract import Contract
from docgen.contract.load import load
from docgen.errors import LeftOutError, TemplateError
from docgen.template import press
from docgen.template.cache import VARIABLE, kept
from docgen.template.documents import documents
from docgen.template.press import Shelf, printed_set
from tests.template.making import docx, texts

KIT = "label: 样本\ndocuments:\n  - {id: a, template: a.docx, title: 甲, role: contractual}\n  - {id: b, template: b.docx, title: 乙, role: annex}\n"
DATA = "kit: sample\ncontract:\n  stage: 定稿\n  name: 合同甲\n"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of compiled templates."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def contract(folder: Path, *templates: bytes) -> Contract:
    """A contract of two documents by these templates."""
    kit, data = folder / "kits" / "sample", folder / "data" / "甲"
    kit.mkdir(parents=True)
    data.mkdir(parents=True)
    (kit / "kit.yaml").write_text(KIT, encoding="utf-8")
    (data / "contract.yaml").write_text(DATA, encoding="utf-8")
    for name, template in zip(("a", "b"), templates, strict=True):
        (kit / f"{name}.docx").write_bytes(template)
    loaded, findings = load(data, kits=folder / "kits")
    assert loaded is not None, findings
    return loaded


def printed(made: Contract, shelf: Shelf | None = None) -> list[list[str]]:
    """What the documents of the set say."""
    return [texts(rendered.data) for rendered in printed_set(made, documents(made), shelf)]


GOOD = docx("{{ contract.name }}{{ 1 + 1 }}")


def test_a_new_template_is_known_afterwards(tmp_path: Path, cache: Path) -> None:
    """Its compiled form is kept once it has come to an end, and the second set needs no process."""
    made = contract(tmp_path, GOOD, docx("{% for n in range(3) %}{{ n }}{% endfor %}"))

    assert printed(made) == [["合同甲2"], ["012"]]
    assert len(list((cache / "templates").iterdir())) == 2
    assert printed(made) == [["合同甲2"], ["012"]]


def test_a_shared_shelf_compiles_once_without_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no cache on the disk, the templates stay in memory."""
    monkeypatch.setenv(VARIABLE, "off")
    made, shelf = contract(tmp_path, GOOD, GOOD), Shelf(shared=True)
    assert printed(made, shelf) == [["合同甲2"], ["合同甲2"]]

    monkeypatch.setattr(press, "_tried", None)
    assert printed(made, shelf) == [["合同甲2"], ["合同甲2"]]


def test_the_same_in_a_process_that_inherits_nothing(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a process cannot be forked, it loads the contract once more."""
    monkeypatch.setattr(pool, "forks", lambda: False)

    assert printed(contract(tmp_path, GOOD, GOOD)) == [["合同甲2"], ["合同甲2"]]


@pytest.mark.parametrize("disaster", ["spin", "fill", "die"])
def test_what_a_new_template_does_costs_only_itself(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, disaster: str
) -> None:
    """One that no meter stops is stopped by the system, named, and not kept."""

    def evaluate(job: press.Rendering) -> press.Evaluated:
        if job.template.name.endswith("b.docx"):
            {"spin": lambda: 9**9**9, "fill": lambda: bytes(10**10), "die": lambda: _exit(3)}[disaster]()
        return real(job)

    from os import _exit

    real = press.evaluate
    monkeypatch.setattr(press, "evaluate", evaluate)
    monkeypatch.setattr(press, "PROCESSOR_SECONDS", 1)
    made, begun = contract(tmp_path, GOOD, GOOD), time.monotonic()

    with pytest.raises(TemplateError) as caught:
        printed(made)

    said = {
        "spin": "超过 1 秒没有生成完，已停止",
        "fill": "内容过大，内存不足",
        "die": "内容过大，生成它的程序退出了",
    }
    assert str(caught.value) == f"模板“{(tmp_path / 'kits/sample/b.docx').as_posix()}”{said[disaster]}。"
    assert time.monotonic() - begun < 30  # seconds of the clock, on a machine that may be busy
    assert not (cache / "templates").exists()


def test_faults_come_through(tmp_path: Path, cache: Path) -> None:
    """What is wrong in any template is told as ever, a field that was left out with its path."""
    made = contract(tmp_path, docx("{{ contract.nmae }}"), docx("{{ 1|没有 }}"))
    with pytest.raises(TemplateError, match=r"(?s)是不是想写 name.*没有名为 没有 的过滤器"):
        printed(made)

    left_out = contract(tmp_path / "left", GOOD, docx("{{ party_a.fax }}"))
    with pytest.raises(LeftOutError) as caught:
        printed(left_out)
    template = tmp_path / "left/kits/sample/a.docx"
    printed_at = f"模板“{template.with_name('b.docx').as_posix()}” 正文 第1段 “{{{{ party_a.fax }}}}”，标签 {{{{ party_a.fax }}}}"
    assert caught.value.paths == {"party_a.fax": (printed_at,)}
    assert kept(GOOD, template.as_posix(), {}) is not None
