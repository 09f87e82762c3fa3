"""Accounts that one slip tells apart, wherever the files of a set write them: in a text box, in a line of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.rule import inside, place_in
from docgen.rules.slips import slipped

_ACCOUNT: Final = regex(r"[账帐]\s?[号户][^0-9\n。；;]{0,12}(?<![0-9])(?P<value>[0-9](?:[ \-]?[0-9]){11,24})(?![0-9])")
_LAST: Final = 3  # accounts opened one after the other differ at their ends
_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class _Account:
    """An account as it is written in one place."""

    digits: str
    reading: Reading
    block: Block
    span: tuple[int, int]


def near_accounts(readings: Sequence[Reading]) -> Iterator[Finding]:
    """The accounts that differ from another one in a single digit, or in two neighbours that changed places."""
    found: dict[str, list[_Account]] = {}
    for one in _accounts(readings):
        found.setdefault(one.digits, []).append(one)
    if not 1 < len(found) <= _MOST:
        return
    for first, second in combinations(found.values(), 2):
        rare, usual = sorted((second, first), key=len)
        if not _one_slip(rare[0].digits, usual[0].digits):
            continue
        for one in rare:
            said = [other.block.text[slice(*other.span)] for other in (one, usual[0])]
            related = (place_in(usual[0].reading, usual[0].block, usual[0].span),)
            yield inside(
                one.reading, one.block, one.span, f"账号在这里是 {said[0]}，别处是 {said[1]}，只差一处。",
                severity=Severity.WARNING, expected=said[1] if len(usual) > len(rare) else None, related=related,
                hint="请核对账号；确是两个账户的，可以不改。",
            )  # fmt: skip


def _accounts(readings: Sequence[Reading]) -> Iterator[_Account]:
    for reading in readings:
        for block in blocks_with(reading, "账", "帐"):
            for match in _ACCOUNT.finditer(block.text):
                yield _Account(re.sub(r"[^0-9]", "", match["value"]), reading, block, match.span("value"))


def _one_slip(one: str, other: str) -> bool:
    places = slipped(one, other)
    return bool(places) and places[-1] < len(one) - _LAST
