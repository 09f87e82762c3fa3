"""Plans of payment that give bare shares: 支付20%，即24万元; the amounts must be shares of one and the same total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from docgen.amounts.find import Found
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.facts import Facts
from docgen.rules.instalments import singly
from docgen.rules.phrases import apart, percent, yuan
from docgen.rules.rule import inside, rule
from docgen.rules.total_facts import known_total

_SHARE: Final = regex(
    r"(?:[支拨]?付|付款|付清|预付款?|首付款?|进度款|验收款|尾款|余款|质保金)(?P<what>[^，。；;0-9%％]{0,10})"
    r"(?P<share>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s*[%％]"
    r"(?:[，,（(：:\s]|即|共计|合计|计|为|金额|人民币|款项|[￥¥]|大写|小写)*\Z"
)
_NAMED: Final = regex(r"[价额费]|至|到|剩余|其余|未付|违约|逾期")
_HUNDRED: Final = Decimal(100)
_NEAR: Final = 6
_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class _Payment:
    """One payment: its share in per cent, and its amount with the paragraph it stands in."""

    share: Decimal
    amount: Found
    block: Block

    @property
    def value(self) -> Decimal:
        return self.amount.value or Decimal(0)

    @property
    def whole(self) -> Decimal:
        """The total of which the amount is this share, in whole 元."""
        return (self.value * _HUNDRED / self.share).quantize(Decimal(1))


@rule("M130", "各期比例与金额对不上同一总额", on=Reading)
def plans_have_one_total(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 各期付款写了比例又写了金额，都应按同一个总额折算；有一期对不上，比例和金额必有一个写错。

    错误:
        合同签订后7日内支付20%，即25万元；
        方案通过后支付30%，即36万元；
        验收后支付50%，即60万元。
    正确:
        合同签订后7日内支付20%，即24万元；
        方案通过后支付30%，即36万元；
        验收后支付50%，即60万元。
    """
    total = known_total(reading, facts)
    for plan in _plans(reading):
        counts = Counter(payment.whole for payment in plan)
        (whole, most), *others = counts.most_common()
        known = total if total is not None and total in counts else None
        if known is None and (most < _LEAST or any(count == most for _, count in others)):
            continue
        right = whole if known is None else known
        yield from (_off(reading, one, right) for one in plan if abs(one.value - one.share * right / _HUNDRED) > 1)


def _off(reading: Reading, one: _Payment, whole: Decimal) -> Finding:
    expected = one.share * whole / _HUNDRED
    message = f"按各期折算的总额 {yuan(whole)}，{percent(one.share / _HUNDRED)} 是 {yuan(expected)}"
    message += f"，金额写的是 {yuan(one.value)}，{apart(one.value, expected)}。"
    return inside(
        reading, one.block, (one.amount.start, one.amount.end), message, severity=Severity.ERROR,
        expected=yuan(expected), hint="请核对这一期的比例和金额：哪一个写错，就改哪一个。",
    )  # fmt: skip


def _plans(reading: Reading) -> Iterator[list[_Payment]]:
    """The payments that stand together and are the whole, 100%."""
    plan: list[_Payment] = []
    for block in reading.blocks:
        if "%" not in block.text and "％" not in block.text:
            continue
        for payment in _payments(block):
            if plan and block.index - plan[-1].block.index > _NEAR:
                plan = []
            plan.append(payment)
            if sum(one.share for one in plan) >= _HUNDRED:
                if len(plan) >= _LEAST and sum(one.share for one in plan) == _HUNDRED:
                    yield plan
                plan = []


def _payments(block: Block) -> Iterator[_Payment]:
    """The payments of a paragraph whose share has no base of its own."""
    done = 0
    for found in singly(block.text):
        match = _SHARE.search(block.text, done, found.start)
        done = found.end
        share = Decimal(match["share"]) if match else Decimal(0)
        if match and found.value is not None and 0 < share < _HUNDRED and not _NAMED.search(match["what"]):
            yield _Payment(share, found, block)
