"""Plans of payment in one paragraph: 签订后支付50%，即125,000元；验收后支付剩余50%，即125,000元."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from docgen.amounts.find import Found
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.instalments import share_of, singly
from docgen.rules.numerals import how_many
from docgen.rules.phrases import percent, plain, yuan
from docgen.rules.rule import inside

_CENT: Final = Decimal("0.01")
_SHARE: Final = r"(?P<share>[0-9]{1,3}(?:\.[0-9]{1,4})?\s?[%％])"
_TIED: Final = regex(
    rf"(?<![0-9.]){_SHARE}[一-龥]{{0,6}}[，,（(]?\s?(?:即|计|共计|合计|为|金额|人民币|小写|大写|[￥¥：:（(\s])*\Z"
)
_BEHIND: Final = regex(rf"\s*元?整?\s?[（(](?:即|占|为)?[一-龥]{{0,10}}?{_SHARE}\s?[）)]")
_NO_PLAN: Final = regex(r"[付至到]至|累计|违约|逾期|赔偿|罚|税|保证金|折扣|优惠|下浮|不低于|不超过|不少于")
_TIMES: Final = regex(r"分(?P<number>[二两三四五六七八]|[2-8])\s?[次期批笔](?:支付|付款|付清|结算)")
_BACK: Final = 40
_LONGEST: Final = 600
_LEAST: Final = 2
_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class _Part:
    """One payment of a plan: its share with its characters, and its amount."""

    share: Decimal
    span: tuple[int, int]
    amount: Found

    def is_of(self, base: Decimal) -> bool:
        """Whether the amount is this share of a base."""
        return abs((self.amount.value or Decimal(0)) - base * self.share) <= _CENT


def off_plans(reading: Reading, known: Callable[[], AbstractSet[Decimal]]) -> Iterator[Finding]:
    """The one payment of a plan in a paragraph that is not its share of the amount that the others are shares of."""
    for block in blocks_with(reading, "%", "％"):
        if block.text.count("%") + block.text.count("％") < _LEAST or len(block.text) > _LONGEST:
            continue
        parts = [] if _NO_PLAN.search(block.text) else _parts(block.text)
        if _LEAST <= len(parts) <= _MOST:
            yield from _off(reading, block, parts, known())


def _parts(text: str) -> list[_Part]:
    """The payments of which a paragraph says both the share and the amount."""
    parts = []
    for found in singly(text):
        match = _BEHIND.match(text, found.end) or _TIED.search(text, max(0, found.start - _BACK), found.start)
        share = share_of(match["share"]) if match and found.value else None
        if match and share:
            parts.append(_Part(share, match.span("share"), found))
    return parts


def _off(reading: Reading, block: Block, parts: list[_Part], known: AbstractSet[Decimal]) -> Iterator[Finding]:
    shares = sum((part.share for part in parts), Decimal(0))
    paid = sum((part.amount.value or Decimal(0) for part in parts), Decimal(0))
    bases = known - {part.amount.value for part in parts}
    if shares == 1 and paid in bases:
        yield from _off_times(reading, block, parts)
        return
    if shares != 1 and paid not in bases:
        return
    apart = [(base, [part for part in parts if not part.is_of(base)]) for base in bases]
    sure = [(base, off[0]) for base, off in apart if len(off) == 1 and (shares == 1 or base == paid)]
    if len(sure) != 1:
        return
    ((base, off),) = sure
    if shares == 1:
        right = (base * off.share).quantize(_CENT)
        message = (
            f"{yuan(base)}的 {percent(off.share)} 是 {yuan(right)}，金额写的是 {yuan(off.amount.value or right)}。"
        )
        span, expected = (off.amount.start, off.amount.end), yuan(right)
    else:
        meant = ((off.amount.value or Decimal(0)) / base).normalize()
        expected, span = f"{plain(round(meant * 100, 4))}%", off.span
        message = f"各期金额之和是 {yuan(base)}，这一期是它的 {expected}，比例写的是 {percent(off.share)}。"
    yield inside(
        reading, block, span, message, severity=Severity.WARNING, expected=expected,
        hint="请核对各期的比例和金额：哪一个写错，就改哪一个。",
    )  # fmt: skip


def _off_times(reading: Reading, block: Block, parts: list[_Part]) -> Iterator[Finding]:
    """The number of payments that a sentence announces, where the payments behind it are a whole plan of others."""
    match = _TIMES.search(block.text, 0, parts[0].span[0])
    said = how_many(match["number"]) if match else None
    if match and said != len(parts):
        message = f"后面写了 {len(parts)} 次付款，次数写的是“{match['number']}”。"
        span = match.span("number")
        yield inside(reading, block, span, message, severity=Severity.WARNING, hint="请核对付款的次数。")
