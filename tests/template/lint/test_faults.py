"""Every fault of templates proves itself on its own samples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.contract.faults import Fault
from docgen.template.lint.faults import TEMPLATE_FAULTS
from tests.template.lint.kits import linted

SAMPLED = [fault for fault in TEMPLATE_FAULTS if fault.wrong]


def codes(sample: str, folder: Path) -> set[str]:
    """The codes of what is found in a template of these lines."""
    return {finding.rule for finding in linted(folder / "kit", sample).findings}


@pytest.mark.parametrize("fault", SAMPLED, ids=lambda fault: fault.code)
def test_the_wrong_sample_has_exactly_this_fault(fault: Fault, tmp_path: Path) -> None:
    """The 错误 sample yields its code and no other."""
    assert codes(fault.wrong, tmp_path) == {fault.code}


@pytest.mark.parametrize("fault", SAMPLED, ids=lambda fault: fault.code)
def test_the_right_sample_has_no_fault(fault: Fault, tmp_path: Path) -> None:
    """The 正确 sample yields nothing."""
    assert codes(fault.right, tmp_path) == set()


def test_the_faults_are_sorted_and_say_why() -> None:
    """Codes are in order, each used once, each with a title without a full stop and a reason with one."""
    known = [fault.code for fault in TEMPLATE_FAULTS]

    assert known == sorted(set(known))
    assert all(re.fullmatch("T[1-9][0-9]{2}", code) for code in known)
    assert all(not fault.title.endswith("。") and fault.why.endswith("。") for fault in TEMPLATE_FAULTS)
