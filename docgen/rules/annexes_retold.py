"""Annexes named again with their title, in a clause, a header, a note or a text box: 见附件3《工作方案》."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Bundle
from docgen.reading.whole import blocks_with
from docgen.rules.annex_titles import Annexes, Entry, bare
from docgen.rules.annexes import foreign
from docgen.rules.annexes_quoted import one_left_out
from docgen.rules.numerals import NUMERAL, numeral
from docgen.rules.rule import inside, place_in

_TITLED: Final = 5
_NEAR: Final = 0.74
_ONE_MORE: Final = 1
_ANNEX: Final = rf"附\s?件[ \u3000]?(?P<number>{NUMERAL})"
_LINE: Final = regex(rf"\s*{_ANNEX}(?:\s*[:：、]\s*|[\s\u3000]+)(?P<title>[^\s。，；]{{5,40}})\s*$")
_QUOTED: Final = regex(rf"{_ANNEX}\s?[:：]?\s?[《“](?P<title>[^《》“”]{{4,40}})[》”]")
# 《安全保密协议》（附件二）
_BEHIND: Final = regex(rf"《(?P<title>[^《》]{{4,40}})》\s?[（(](?:详?见|即)?(?:本合同|本协议)?{_ANNEX}[）)]")


def retold(bundle: Bundle, annexes: Annexes) -> Iterator[Finding]:
    """The places that name an annex with a title a letter or two beside its own, or with that of another one."""
    titled = _titled(annexes)
    numbers = {bare(entry.title): number for number, entry in titled.items()}
    if len(numbers) != len(titled):
        return
    known = _judged(annexes)
    headed = {(entry.reading.file, entry.block.index) for entry in annexes.headed}
    for reading in bundle.readings if titled else ():
        for block in blocks_with(reading, "附件"):
            if (reading.file, block.index) in known:
                continue
            for match in _namings(block):
                # A wrong number in a clause is told as a reference that means something else.
                own = (reading.file, block.index) in headed or match[0].startswith("《")
                told = _off(titled, numbers if own else {}, match)
                if told is not None and not foreign(block.text, match.start()):
                    message, entry, group, expected = told
                    yield inside(
                        reading, block, match.span(group), message, severity=Severity.WARNING, expected=expected,
                        related=(place_in(entry.reading, entry.block, entry.span),), hint="请核对附件号和附件的名称。",
                    )  # fmt: skip


def _namings(block: Block) -> Iterator[re.Match[str]]:
    line = _LINE.match(block.text)
    if line is not None:
        yield line
    else:
        yield from _QUOTED.finditer(block.text)
        yield from _BEHIND.finditer(block.text)


def _titled(annexes: Annexes) -> dict[int, Entry]:
    """The annexes whose title is plain: as the list has it, else as all that bear the number call themselves."""
    found: dict[int, Entry] = {}
    for entries in (annexes.headed, annexes.listed):
        named: dict[int, list[Entry]] = defaultdict(list)
        for entry in entries:
            named[entry.number].append(entry)
        for number, some in named.items():
            if len({bare(entry.title) for entry in some}) == 1 and len(bare(some[0].title)) >= _TITLED:
                found[number] = some[0]
            else:
                found.pop(number, None)
    return found


def _judged(annexes: Annexes) -> set[tuple[str, int]]:
    """The lists, and the headings that are held against them: what is told of those is told elsewhere."""
    called: dict[int, set[str]] = defaultdict(set)
    for entry in annexes.headed:
        called[entry.number].add(bare(entry.title))
    plain = (entry for entry in annexes.headed if len(called[entry.number]) == 1)
    return {(entry.reading.file, entry.block.index) for entry in (*annexes.listed, *plain)}


def _off(titled: dict[int, Entry], numbers: dict[str, int], match: re.Match[str]) -> tuple[str, Entry, str, str] | None:
    """What is wrong with a number and a title, the annex that is meant, which of the two it is, and what is right."""
    number, title = numeral(match["number"]), bare(match["title"])
    meant = numbers.get(title)
    if meant is not None and number != meant:
        message = f"“{title}”是附件{meant}，这里写的是附件{number}。"
        return message, titled[meant], "number", str(meant)
    entry = titled.get(number or 0)
    own = bare(entry.title) if entry is not None else ""
    if entry is not None and one_left_out(own, title):
        return f"附件{number}的名称是“{own}”，这里写的是“{title}”。", entry, "title", own
    if entry is None or own == title or own in title or title in own or abs(len(own) - len(title)) > _ONE_MORE:
        return None
    if SequenceMatcher(None, own, title, autojunk=False).ratio() < _NEAR:
        return None
    return f"附件{number}的名称是“{own}”，这里写的是“{title}”。", entry, "title", own
