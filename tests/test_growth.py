"""Texts that no person writes are judged in time that grows with their length, not with its square."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path
from time import process_time

import pytest

from docgen.errors import InputError
from docgen.judge import compare, located
from docgen.pipeline import Options, build
from docgen.reading.document import Reading
from docgen.reading.files import read_data
from docgen.reading.plain import read_plain
from docgen.rules.document_rules import document_rules
from docgen.rules.facts import UNKNOWN

ROOT = Path(__file__).resolve().parent.parent
_SECONDS = 6.0  # of the processor; each takes a few tenths, and took a minute where its square counted
_TEXTS = {
    "digits": "1" * 400_000,
    "amounts": "".join(f"第{n}笔：合同价款{n * 7919 + 10000}.00元整，由甲方支付。\n" for n in range(3000)),
    "contradictions": "".join(f"合同价款{n + 100}元（大写：壹佰万元整）。\n" for n in range(3000)),
    "totals in one line": "合同总价100元（大写：" * 12_000,
    "shares in one line": "".join(f"支付合同总价的{n % 99 + 1}%，即{n * 100}元；" for n in range(4000)),
    "lists that begin anew": "".join(f"{n % 9 + 1}. 说明第{n}项；\n" for n in range(12_000)),
    "blank lines": "\n" * 60_000,
    "tabs": "\t" * 100_000 + "待填",
    "titles in one line": "".join(f"《示例市数据管理办法{n}》" for n in range(6000)),
    "brackets": "（" * 100_000,
    "characters of amounts": "万" * 60_000,
}

_VALUES = {
    "spaces": "示" + " " * 40_000 + "例",
    "brackets": "（" * 40_000,
    "commas": "示" + "，" * 40_000 + "例",
    "annexes": "附件1" * 13_000,
    "characters of amounts": "万" * 40_000,
}


@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS)
def test_endless_texts_are_judged_in_seconds(text: str) -> None:
    """Read, judged by all rules, each finding with its line and column."""
    started = process_time()
    reading = read_data(text.encode(), "a.txt")
    found = [finding for rule in document_rules() if rule.on is Reading for finding in rule.check(reading, UNKNOWN)]
    for finding in islice(found, 3000):
        located(finding, {reading.file: reading})
    compare([reading])
    assert process_time() - started < _SECONDS


@pytest.mark.parametrize("text", _VALUES.values(), ids=_VALUES)
def test_endless_values_are_printed_and_judged_in_seconds(text: str, tmp_path: Path) -> None:
    """As the name of a contract, as name and address of a party, through all rules and the whole set."""
    shutil.copytree(ROOT / "data" / "2026-好差评", tmp_path / "长")
    data = tmp_path / "长" / "contract.yaml"
    whole = data.read_text(encoding="utf-8")
    title = "name: 2026年度政务服务“好差评”质效监测评价服务项目委托合同书"
    for value in (title, "name: 示例市政务服务和数据管理局", "address: 示例市明政区政务大道1号"):
        whole = whole.replace(value, f'{value.partition(":")[0]}: "{text}"', 1)
    data.write_text(whole, encoding="utf-8")
    started = process_time()
    outcome = build(tmp_path / "长", "长", Options(tmp_path / "outputs", kits=ROOT / "templates"))
    assert outcome.files
    assert process_time() - started < _SECONDS


def test_a_text_of_endless_lines_is_refused() -> None:
    """It would take the memory of all other files together."""
    with pytest.raises(InputError, match=r"a\.txt：超过 400,000 行，不予读取。"):
        read_plain(b"\n" * 400_001, "a.txt")
