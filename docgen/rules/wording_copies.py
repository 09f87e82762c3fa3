"""Copies: 一式N份 must be what the holders have together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.findings import Finding, Severity
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.copies_clause import CopiesClause, copies_clauses
from docgen.rules.facts import Facts
from docgen.rules.rule import inside, place_in, rule

_HINT: Final = "请核对总份数和各方份数，改写错的那一个。"


@rule("W104", "份数与各方所执份数不符", on=Reading)
def copies_add_up(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 一式几份与各方各执几份对不上，就不知道应当签几份、谁手里少一份。

    错误: 本合同一式陆份，甲方执肆份、乙方执叁份。
    正确: 本合同一式陆份，甲方执肆份、乙方执贰份；本附件一式四份，双方各执两份；本表一式5份，甲方2份，其余归乙方。
    """
    for block in blocks_with(reading, "式"):
        for clause in copies_clauses(block.text):
            yield from _twice(reading, block, clause)
            sums = clause.sums()
            if sums and clause.total not in sums:
                yield _mismatch(reading, block, clause, sums)


def _twice(reading: Reading, block: Block, clause: CopiesClause) -> Iterator[Finding]:
    """A number that is written once more in brackets: 一式陆（5）份."""
    if clause.again is not None and clause.again != clause.total:
        message = f"“{block.text[clause.start : clause.end]}”里括号内外的份数不同。"
        yield inside(reading, block, (clause.start, clause.end), message, hint=_HINT)


def _mismatch(reading: Reading, block: Block, clause: CopiesClause, sums: list[int]) -> Finding:
    related = tuple(place_in(reading, block, (share.start, share.end)) for share in clause.shares)
    plain = all(share.holder and not share.kind for share in clause.shares)
    quote = block.text[clause.start : clause.end]
    return inside(
        reading,
        block,
        (clause.start, clause.end),
        f"写的是“{quote}”，而后面各方的份数合计 {sums[0]} 份。",
        severity=Severity.ERROR if plain else Severity.WARNING,
        related=related,
        hint=_HINT,
    )
