"""What a rule finds over and over: told so often as a person may want to read it, the rest as a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from docgen.findings import Finding

MOST_IN_PARAGRAPH: Final = 100
"""So many findings of one rule are told of one paragraph: no paragraph that a person wrote has more."""

MOST_IN_FILE: Final = 10_000
"""So many findings of one rule are told of one file."""

_HINT: Final = "请先改正已经列出的，再核对一次。"


def spared(findings: Iterable[Finding]) -> Iterable[Finding]:
    """The findings of one rule; of too many in one paragraph or file the first ones, and how many more there are."""
    coming = iter(findings)
    first = list(islice(coming, MOST_IN_PARAGRAPH))
    # Most rules find nothing, and few so much.
    return first if len(first) < MOST_IN_PARAGRAPH else _counted(chain(first, coming))


def _counted(findings: Iterable[Finding]) -> Iterator[Finding]:
    told: dict[tuple[str, int | None], int] = {}
    left: dict[tuple[str, int | None], tuple[Finding, int]] = {}
    for finding in findings:
        file, block = finding.place.file, finding.place.block
        if block is None:
            yield finding
            continue
        paragraph, whole = (file, block), (file, None)
        full = paragraph if told.get(paragraph, 0) >= MOST_IN_PARAGRAPH else whole
        if full is paragraph or told.get(whole, 0) >= MOST_IN_FILE:
            first, number = left.get(full, (finding, 0))
            left[full] = (max(first, finding, key=lambda one: one.severity), number + 1)
            continue
        told[paragraph] = told.get(paragraph, 0) + 1
        told[whole] = told.get(whole, 0) + 1
        yield finding
    for (_, block), (first, number) in left.items():
        where = "这份文件里" if block is None else "这一段里"
        message = f"{where}同样的问题还有 {number:,} 处，没有逐一列出。"
        yield replace(first, message=message, expected=None, related=(), hint=_HINT, fix=None, cause=None)
