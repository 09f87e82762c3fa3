"""Values of any length: what no contract has is refused at its place, before any rule goes through it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.contract.samples import draft, told

ENDLESS = ("第一条", "附件1、", "1", "（", "壹仟贰佰", "2026年6月1日", "-", "a@b.", "../", "1,", "甲", "。")


@pytest.mark.parametrize("piece", ENDLESS)
def test_a_value_without_end_is_refused_at_its_place(piece: str, tmp_path: Path) -> None:
    """Whatever field it stands in, it is told in a moment how long it is and how long it may be."""
    endless = f'"{piece * (200_000 // len(piece))}"'
    text = f"  sign_date: {endless}\n  year: {endless}\n  name: {endless}\nprice:\n  basis: {endless}\n  total: {endless}\n"
    started = time.process_time()
    _, findings = draft(tmp_path, text)

    assert time.process_time() - started < 3
    places = [place.partition(" ")[2].partition(" ")[2] for place in told(findings)]
    assert {"contract.sign_date", "contract.year", "contract.name", "price.basis", "price.total"} <= set(places)
    said = [finding.message for finding in findings if finding.place.path == "contract.sign_date"]
    assert said[0].endswith("最多 500 个。")


def test_a_long_text_of_a_contract_is_none(tmp_path: Path) -> None:
    """A line of thousands of characters may stand as it is."""
    contract, findings = draft(tmp_path, f"  name: {'长' * 4_000}\n")

    assert [finding for finding in findings if finding.place.path == "contract.name"] == []
    assert contract.data.contract.name == "长" * 4_000


def test_a_list_without_end_is_refused_at_its_place(tmp_path: Path) -> None:
    """It is told how many entries it has and how many it may have; none of them is read."""
    entries = "    - {name: 首付款, share: 1%}\n" * 10_001
    contract, findings = draft(tmp_path, f"price:\n  instalments:\n{entries}")

    said = [finding.message for finding in findings if finding.place.path == "price.instalments"]
    assert said == ["这个列表有 10,001 项，最多 10,000 项。"]
    assert contract.data.price.instalments == ()
