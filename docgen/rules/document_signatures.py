"""The places where the parties sign and stamp: each part that both agree to has one for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.facts import Facts
from docgen.rules.party_records import contracts_of
from docgen.rules.rule import inside, place_in, rule

_WHO: Final = r"甲\s*方|乙\s*方|委托方|受托方|委托人|受托人|采购人|供应商|买方|卖方|发包人|承包人"
_NAMED: Final = regex(rf"\s*({_WHO})\s*(?:[:：（(]|$)")
_SIGNED: Final = regex(
    rf"(?:^|(?<=[\s\u3000]))(?P<who>{_WHO})[\s\u3000]*"
    r"[（(][^（）()\n]{0,12}(?:章|签字|签署)[^（）()\n]{0,6}[）)]"
)
_FIRST: Final = frozenset({"甲方", "委托方", "委托人", "采购人", "买方", "发包人"})
_PART: Final = regex(r"^\s*附\s*[件表录]\s*[0-9０-９一二三四五六七八九十]{1,3}\s*(?:[:：、.．\s].{0,40})?$")
_BOTH: Final = regex(
    r"(?:双方|各方)[^，。；]{0,14}(?:签字|盖章|签署|签订)|甲乙双方|双方各执|甲方(?:执|持)[^，。；]{0,8}份"
)
_ONE_SIDED: Final = regex(r"承诺|声明|授权|委托书|报价|清单|保证函|投标|响应|须知|函$|告知|申请|确认单")
_HEADING: Final = regex(r"[^：:。；，]{2,30}")
_ENDS: Final = 30
_NEAR: Final = 20


@dataclass(slots=True)
class _Part:
    """One part of a document, from its title on: where its parties sign, and whether both agree to it."""

    reading: Reading
    title: str
    signed: dict[str, tuple[Block, tuple[int, int]]] = field(default_factory=dict)
    named: list[tuple[int, str]] = field(default_factory=list)
    both: bool = False
    opening: int = 0


@rule("P108", "签署处缺少一方", on=Bundle)
def both_sign(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 双方约定由双方签字盖章才生效，签署处只有一方，这一部分就没有生效。单方出具的承诺函等不算错。

    错误:
        附件1
        保密协议书
        一、甲乙双方共同遵守本协议。
        甲方（盖章）：
        乙方（盖章）：
        附件2
        廉政责任书
        一、甲乙双方共同遵守本协议。
        乙方（盖章）：
    正确:
        附件1
        保密协议书
        一、甲乙双方共同遵守本协议。
        甲方（盖章）：
        乙方（盖章）：
        附件2
        廉政责任书
        一、甲乙双方共同遵守本协议。
        甲方（盖章）：
        乙方（盖章）：
    """
    for contract in contracts_of(bundle):
        yield from _signed_by_both(contract)


def _signed_by_both(bundle: Bundle) -> Iterator[Finding]:
    # Most papers are signed at one place.
    if sum(map(_signatures, bundle.readings)) <= _SIDES:
        return
    parts = [part for reading in bundle.readings for part in _parts(reading)]
    whole = next((part for part in parts if len(part.signed) == _SIDES), None)
    if whole is None:
        return
    for part in parts:
        if len(part.signed) != 1 or not part.both or _ONE_SIDED.search(part.title):
            continue
        side, (block, span) = next(iter(part.signed.items()))
        missing = "乙方" if side == "甲方" else "甲方"
        if any(who == missing and abs(index - block.index) <= _NEAR for index, who in part.named):
            continue
        other, where = whole.signed[missing]
        yield inside(
            part.reading,
            block,
            span,
            f"这一部分由双方约定，签署处却只有{block.text[slice(*span)]}，没有{missing}的签署处。",
            severity=Severity.WARNING,
            related=(place_in(whole.reading, other, where),),
            hint=f"请补上{missing}的签署处；确由一方出具的，请核对正文的说法。",
        )


_SIDES: Final = 2


def _signatures(reading: Reading) -> int:
    """How many signatures a document has room for."""
    found = blocks_with(reading, "章", "签")
    return sum(1 for block in found if len(block.text) <= _ENDS * 2 for _ in _SIGNED.finditer(block.text))


def _parts(reading: Reading) -> Iterator[_Part]:
    """The parts of a document in order: its body, then each annex."""
    part = _Part(reading, "")
    for block in reading.blocks:
        text = block.text
        if block.cell is None and len(text) <= _ENDS * 2 and "附" in text and _PART.match(text):
            yield part
            part = _Part(reading, text)
        elif part.opening < 3 and text.strip() and block.cell is None:
            part.title += text.strip() if _HEADING.fullmatch(text) else ""
            part.opening += 1
        part.both = part.both or ("方" in text and _BOTH.search(text) is not None)
        if len(text) <= _ENDS * 2:
            if match := _NAMED.match(text):
                part.named.append((block.index, _side(match[1])))
            for match in _SIGNED.finditer(text) if "章" in text or "签" in text else ():
                part.signed.setdefault(_side(match["who"]), (block, match.span()))
    yield part


def _side(who: str) -> str:
    return "甲方" if re.sub(r"\s+", "", who) in _FIRST else "乙方"
