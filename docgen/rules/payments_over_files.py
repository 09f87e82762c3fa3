"""The plan of payment where a set states it more than once: the same instalment has the same share and amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Severity
from docgen.reading.document import Bundle, Reading
from docgen.rules.facts import Facts
from docgen.rules.instalments import Instalment, Said, instalment_groups
from docgen.rules.party_records import contracts_of
from docgen.rules.phrases import percent, yuan
from docgen.rules.rule import inside, place_in, rule

_FEW: Final = 2

Plan = tuple[Reading, tuple[Instalment, ...]]


@rule("M127", "同一期付款前后不一", on=Bundle)
def plans_agree(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 正文和附件各写一遍付款方式，同一期的比例或金额不同，付款时就不知道依哪一份。

    错误:
        首付款：合同签订后支付合同总价的50%。
        尾款：验收合格后支付合同总价的50%。
        附件1：采购需求
        首付款：合同签订后支付合同总价的30%。
        尾款：验收合格后一次付清余额。
    正确:
        首付款：合同签订后支付合同总价的50%。
        尾款：验收合格后支付合同总价的50%。
        附件1：采购需求
        首付款：合同签订后支付合同总价的50%。
        尾款：验收合格后一次付清余额。
    """
    for contract in contracts_of(bundle):
        plans = [(reading, group) for reading in contract.readings for group in instalment_groups(reading)]
        if len(plans) > 1:
            yield from _off_plans(plans)


def _off_plans(plans: Sequence[Plan]) -> Iterator[Finding]:
    """The instalments that differ from those of the plan that says most, for plans with the same instalments."""
    fullest = max(plans, key=lambda plan: sum(one.amount is not None for one in plan[1]))
    labels = [one.label for one in fullest[1]]
    if len(labels) < _FEW or len(set(labels)) < len(labels):
        return
    for reading, group in plans:
        if group is fullest[1] or [one.label for one in group] != labels:
            continue
        for own, other in zip(group, fullest[1], strict=True):
            yield from _off(reading, own, fullest[0], other)


def _off(reading: Reading, own: Instalment, right: Reading, other: Instalment) -> Iterator[Finding]:
    if own.unclear or other.unclear or own.up_to != other.up_to:
        return
    for mine, theirs, shown in ((own.share, other.share, percent), (own.amount, other.amount, yuan)):
        if mine is None or theirs is None or mine.value == theirs.value:
            continue
        message = f"{own.label}在这里是 {shown(mine.value)}，另一处是 {shown(theirs.value)}。"
        expected = shown(theirs.value) if _is_held(other, theirs.value) else None
        related = (place_in(right, theirs.block, theirs.span),)
        yield inside(
            reading, mine.block, mine.span, message, severity=Severity.WARNING, expected=expected, related=related,
            hint="请核对付款方式；以哪一份为准的，请写明。",
        )  # fmt: skip


def _is_held(one: Instalment, value: Decimal) -> bool:
    """Whether another figure stands beside the one that is taken for right."""
    beside: list[Said] = [said for said in (one.share, one.amount) if said is not None]
    return len(beside) > 1 and any(said.value == value for said in beside)
