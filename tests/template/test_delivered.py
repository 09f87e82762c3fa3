"""A kit that came along with docgen is neither judged nor tried anew; one that somebody changed is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docgen.contract.kit import load_kit
from docgen.contract.load import load
from docgen.draft import drafted
from docgen.findings import Severity
from docgen.template import press
from docgen.template.delivered import are_delivered
from docgen.template.documents import documents
from docgen.template.lint import verdict
from docgen.template.lint.kits import lint_kit

ROOT = Path(__file__).resolve().parents[2]
KITS = sorted(path.parent for path in (ROOT / "templates").glob("*/kit.yaml"))
SETS = sorted(path.parent for path in (ROOT / "data").glob("*/contract.yaml"))


def files(kit: Path) -> dict[str, bytes]:
    """The files of a kit by name."""
    return {path.name: path.read_bytes() for path in (kit / "kit.yaml", *kit.glob("*.docx"))}


@pytest.mark.parametrize("kit", KITS, ids=lambda path: path.name)
def test_the_kits_that_come_along_are_sound(kit: Path) -> None:
    """Each is known, whole or in part, and judging it finds no error."""
    own = files(kit)

    assert are_delivered(own)
    assert all(are_delivered({name: data}) for name, data in own.items())
    assert [] == [finding for finding in lint_kit(kit).findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("name", files(KITS[0]))
def test_a_kit_that_was_changed_is_not_known(name: str) -> None:
    """One other byte, or one file under another's name, and nothing is known of the kit."""
    own = files(KITS[0])
    other = next(key for key in own if key != name)

    assert not are_delivered({**own, name: own[name] + b"\n"})
    assert not are_delivered({**own, name: own[other]})
    assert not are_delivered({**own, "另.docx": own[name]})


def test_kits_are_not_mixed() -> None:
    """Files of two kits that came along do not make a third that did; nor does nothing at all."""
    first, second = map(files, KITS[:2])

    assert not are_delivered({"kit.yaml": first["kit.yaml"], **{k: v for k, v in second.items() if k != "kit.yaml"}})
    assert not are_delivered({})


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_a_delivered_kit_prints_in_this_process_what_it_prints_in_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes of a set are the same whether its templates were known or tried."""
    monkeypatch.setenv("DOCGEN_CACHE", "off")
    contract, _ = load(folder, kits=ROOT / "templates")
    assert contract is not None
    planned = documents(contract)
    monkeypatch.setattr(press, "_tried", None)
    known = [draft.data for draft in drafted(contract, planned, Path())]
    monkeypatch.undo()
    monkeypatch.setenv("DOCGEN_CACHE", "off")
    monkeypatch.setattr(press, "are_delivered", lambda _: False)

    assert known == [draft.data for draft in drafted(contract, planned, Path())]


def test_a_delivered_kit_is_not_judged_until_it_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy is as good as the kit itself; with a word changed in kit.yaml it is judged like any other."""
    monkeypatch.setenv("DOCGEN_CACHE", "off")
    shutil.copytree(KITS[0], tmp_path / "样")
    judged: list[Path] = []
    monkeypatch.setattr(verdict, "_errors", lambda _, folder: judged.append(folder) or ())
    verdict.refuse_faulty(load_kit("样", tmp_path))
    with (tmp_path / "样" / "kit.yaml").open("a", encoding="utf-8") as file:
        file.write("# 改\n")
    verdict.refuse_faulty(load_kit("样", tmp_path))

    assert judged == [tmp_path / "样"]
