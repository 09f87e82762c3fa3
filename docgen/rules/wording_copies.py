"""Copies: 一式N份 must be what the holders have together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.clauses import Clause, begins_anew
from docgen.rules.copies_clause import CopiesClause, copies_clauses, kinds_before, kinds_held, kinds_shared
from docgen.rules.facts import Facts
from docgen.rules.rule import inside, place_in, rule

_HINT: Final = "请核对总份数和各方份数，改写错的那一个。"
# 各方执…财政 / 部门各执一份: how far a scan may have broken the sentence into lines, and what is none of it.
_LINES: Final = 5
_ENDED: Final = regex(r"[。；;：:）)]\s*\Z")
_PAGE_MARK: Final = regex(r"[\s\-—－–]*(?:第\s*)?\d{0,3}\s*页?(?:\s*[,，/共]*\s*\d{1,3}\s*页)?[\s\-—－–]*")
_SIGNATURE: Final = regex(r"\s*[^。，；]{0,12}[（(](?:盖章|签章|公章|签字|章)[^。]{0,12}|\s*[^\s：:，。]{2,12}[：:]")


@rule("W104", "份数与各方所执份数不符", on=Reading)
def copies_add_up(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 一式几份与各方各执几份对不上，就不知道应当签几份、谁手里少一份。

    错误: 本合同一式陆份，甲方执肆份、乙方执叁份。
    正确: 本合同一式陆份，甲方执肆份、乙方执贰份；本附件一式四份，双方各执两份；本表一式5份，甲方2份，其余归乙方。
    """
    for block in blocks_with(reading, "副本"):
        yield from _off_kinds(reading, block)
    for block in blocks_with(reading, "式"):
        sentence = _sentence(reading, block)
        for clause in copies_clauses(sentence.text):
            if clause.start < len(block.text):
                yield from _twice(reading, block, clause)
                sums = clause.sums()
                if sums and clause.total not in sums:
                    yield _mismatch(reading, sentence, clause, sums)
                elif (off := clause.off_kind()) is not None:
                    yield _off_kind(reading, sentence, clause, off)


def _off_kinds(reading: Reading, block: Block) -> Iterator[Finding]:
    """Whole numbers that are not what the kinds before them are together: 正本贰份、副本肆份，共陆份."""
    counted = {(clause.start, clause.end) for clause in copies_clauses(block.text) if clause.shares}
    for kinds, whole, span in kinds_before(block.text):
        if kinds == whole or any(start <= span[0] < end for start, end in counted):
            continue
        message = f"写的是共“{block.text[slice(*span)]}”份，而前面的正本和副本合计 {kinds} 份。"
        yield inside(reading, block, span, message, severity=Severity.WARNING, hint=_HINT)
    for kind, stated, held, span in (*kinds_shared(block.text), *kinds_held(block.text)):
        message = f"{kind}写的是 {stated} 份，各方所执的{kind}合计 {held} 份。"
        yield inside(reading, block, span, message, severity=Severity.WARNING, hint=_HINT)


def _sentence(reading: Reading, block: Block) -> Clause:
    """A paragraph with the lines on which its last sentence goes on in a scan."""
    text, pieces = block.text, [(0, block, 0)]
    broken = block.cell is None and (block.line is not None or block.page is not None)
    for following in reading.blocks[block.index + 1 : block.index + 1 + (_LINES if broken else 0)]:
        if _PAGE_MARK.fullmatch(following.text):
            continue
        if _ENDED.search(text) or following.cell is not None or begins_anew(following):
            break
        if _SIGNATURE.match(following.text):
            break
        pieces.append((len(text), following, 0))
        text += following.text
    return Clause(text, "", tuple(pieces))


def _twice(reading: Reading, block: Block, clause: CopiesClause) -> Iterator[Finding]:
    """A number that is written once more in brackets: 一式陆（5）份."""
    if clause.again is not None and clause.again != clause.total:
        message = f"“{block.text[clause.start : clause.end]}”里括号内外的份数不同。"
        yield inside(reading, block, (clause.start, clause.end), message, hint=_HINT)


def _mismatch(reading: Reading, sentence: Clause, clause: CopiesClause, sums: list[int]) -> Finding:
    related = tuple(place_in(reading, *sentence.place(share.start, share.end)) for share in clause.shares)
    plain = all(share.holder and not share.kind for share in clause.shares)
    quote = sentence.text[clause.start : clause.end]
    return inside(
        reading,
        *sentence.place(clause.start, clause.end),
        f"写的是“{quote}”，而后面各方的份数合计 {sums[0]} 份。",
        severity=Severity.ERROR if plain else Severity.WARNING,
        related=related,
        hint=_HINT,
    )


def _off_kind(reading: Reading, sentence: Clause, clause: CopiesClause, off: tuple[str, int, int]) -> Finding:
    """The finding about 正本 or 副本 of which the holders have not as many as there are."""
    kind, stated, held = off
    block, span = sentence.place(clause.start, clause.end)
    message = f"{kind}写的是 {stated} 份，各方所执的{kind}合计 {held} 份。"
    return inside(reading, block, span, message, severity=Severity.WARNING, hint=_HINT)
