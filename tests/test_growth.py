"""Texts that no person writes are judged in time that grows with their length, not with its square."""

from __future__ import annotations

from itertools import islice
from time import process_time

import pytest

from docgen.errors import InputError
from docgen.judge import compare, located
from docgen.reading.document import Reading
from docgen.reading.files import read_data
from docgen.reading.plain import read_plain
from docgen.rules.catalogue import rules
from docgen.rules.facts import UNKNOWN

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


@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS)
def test_endless_texts_are_judged_in_seconds(text: str) -> None:
    """Read, judged by all rules, each finding with its line and column."""
    started = process_time()
    reading = read_data(text.encode(), "a.txt")
    found = [finding for rule in rules() if rule.on is Reading for finding in rule.check(reading, UNKNOWN)]
    for finding in islice(found, 3000):
        located(finding, {reading.file: reading})
    compare([reading])
    assert process_time() - started < _SECONDS


def test_a_text_of_endless_lines_is_refused() -> None:
    """It would take the memory of all other files together."""
    with pytest.raises(InputError, match=r"a\.txt：超过 400,000 行，不予读取。"):
        read_plain(b"\n" * 400_001, "a.txt")
