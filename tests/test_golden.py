"""Templates and sample sets as readable outlines: what a diff shows is what changed. `nox -s golden` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.contract.load import load
from docgen.draft import drafted
from docgen.rules.explain import catalogue_page
from docgen.template.delivered import LIST, listing
from docgen.template.documents import documents
from docgen.template.outline import outline

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
TEMPLATES = sorted((ROOT / "templates").glob("*/*.docx"))
SETS = sorted(path.parent for path in (ROOT / "data").glob("*/contract.yaml"))
WRITE = os.environ.get("DOCGEN_GOLDEN") == "write"


def golden(path: Path, text: str) -> str:
    """The text kept at a path; with DOCGEN_GOLDEN=write the text of now is kept first."""
    if WRITE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_templates_are_as_reviewed(template: Path) -> None:
    """Every template reads as its kept outline says."""
    actual = outline(template.read_bytes())

    assert golden(CASES / "outlines" / template.parent.name / f"{template.stem}.txt", actual) == actual


@pytest.mark.parametrize("folder", SETS, ids=lambda path: path.name)
def test_sample_sets_read_as_reviewed(folder: Path) -> None:
    """Every document of a sample set reads as its kept outline says."""
    contract, findings = load(folder)
    assert contract is not None, findings
    drafts = drafted(contract, documents(contract), Path())
    actual = {f"{Path(draft.name).stem}.txt": outline(draft.data) for draft in drafts}
    kept = CASES / "sets" / folder.name

    assert {name: golden(kept / name, text) for name, text in actual.items()} == actual
    assert sorted(actual) == sorted(path.name for path in kept.iterdir())


def test_outlines_have_templates() -> None:
    """No outline is kept of a template that is no longer there."""
    kept = {f"{path.parent.name}/{path.stem}" for path in (CASES / "outlines").glob("*/*.txt")}

    assert kept == {f"{path.parent.name}/{path.stem}" for path in TEMPLATES}


def test_what_is_known_of_the_kits_is_what_they_hold() -> None:
    """The list of the kits that come along tells each of their files as it is."""
    actual = listing(path.parent for path in (ROOT / "templates").glob("*/kit.yaml"))

    assert golden(LIST, actual) == actual


def test_the_rules_page_is_that_of_the_rules() -> None:
    """docs/规则.md holds every rule as the program explains it."""
    actual = catalogue_page()

    assert golden(ROOT / "docs" / "规则.md", actual) == actual
