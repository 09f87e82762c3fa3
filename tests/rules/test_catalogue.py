"""Every rule proves itself on its own samples, and the catalogue is complete."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import docgen.rules
from docgen.contract.contract import Contract
from docgen.findings import Finding
from docgen.reading.document import Bundle, Reading
from docgen.rules.catalogue import MODULES, check_contract, rules
from docgen.rules.document_rules import check_bundle, check_reading
from docgen.rules.rule import LETTERS, Rule
from tests.rules.snippets import bundle_of, contract_of

SAMPLED = [rule for rule in rules() if rule.on in {Contract, Reading, Bundle}]


def findings_in(rule: Rule, sample: str, folder: Path) -> list[Finding]:
    """What all rules of its kind find in a rule's sample."""
    if rule.on is Contract:
        return check_contract(contract_of(sample, folder))
    bundle = bundle_of(sample)
    return [finding for reading in bundle.readings for finding in check_reading(reading)] + check_bundle(bundle)


@pytest.mark.parametrize("rule", SAMPLED, ids=lambda rule: rule.code)
def test_the_wrong_sample_has_exactly_this_fault(rule: Rule, tmp_path: Path) -> None:
    """The 错误 sample of a rule yields its code and no other."""
    assert {finding.rule for finding in findings_in(rule, rule.wrong, tmp_path)} == {rule.code}


@pytest.mark.parametrize("rule", SAMPLED, ids=lambda rule: rule.code)
def test_the_right_sample_has_no_fault(rule: Rule, tmp_path: Path) -> None:
    """The 正确 sample of a rule yields nothing."""
    assert findings_in(rule, rule.right, tmp_path) == []


def test_the_catalogue_is_sorted_and_unique() -> None:
    """Codes are in order, each used once, each with a known letter."""
    codes = [rule.code for rule in rules()]

    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"[A-Z][1-9][0-9]{2}", code) and code[0] in LETTERS for code in codes)


def test_the_catalogue_knows_every_module_with_rules() -> None:
    """A module that holds a rule is entered in the catalogue."""
    names = [f"docgen.rules.{info.name}" for info in pkgutil.iter_modules(docgen.rules.__path__)]
    holding = {n for n in names if any(isinstance(v, Rule) for v in vars(importlib.import_module(n)).values())}

    assert holding == {module.__name__ for module in MODULES}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_every_rule_says_why(rule: Rule) -> None:
    """A rule has a title without a full stop and a reason with one."""
    assert rule.title
    assert not rule.title.endswith("。")
    assert rule.why.endswith("。")


def test_every_message_of_a_data_rule_is_complete(tmp_path: Path) -> None:
    """A finding in the data has a Chinese message, a place in the file, and the text that stands there."""
    for rule in SAMPLED:
        if rule.on is Contract:
            for finding in findings_in(rule, rule.wrong, tmp_path):
                source = (tmp_path / "contract.yaml").read_text(encoding="utf-8")
                offset = finding.place.offset or 0
                assert finding.message.endswith("。"), finding
                assert finding.hint, finding
                assert finding.place.line, finding
                assert finding.place.label, finding
                assert finding.frame, finding
                assert source[offset : offset + len(finding.quote)] == finding.quote
