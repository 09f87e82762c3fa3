"""Instalments and tax in the data: what is paid, and when, must add up to the total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.contract.contract import Contract
from docgen.contract.derive import instalment_amounts, settle, share_amounts
from docgen.contract.model import Price
from docgen.contract.scalars import Rest
from docgen.contract.settle import CENT, sum_known, times, to_cents, typed_amount
from docgen.findings import Finding, Severity
from docgen.rules.phrases import apart, percent, yuan
from docgen.rules.rule import at, rule
from docgen.rules.slips import suspects_of

Amounts = tuple[Decimal | None, ...]


@rule("M211", "付款比例与金额不符", on=Contract)
def share_against_amount(contract: Contract) -> Iterator[Finding]:
    """为什么: 一期付款同时写了比例和金额，两者必须是同一笔钱。

    错误:
        price:
          total: 2160000
          instalments: [{share: 50%, amount: 1080000}, {share: 25%, amount: 504000}, {share: 25%}]
    正确:
        price:
          total: 2160000
          instalments: [{share: 50%, amount: 1080000}, {share: 25%, amount: 540000}, {share: 25%}]
    """
    price, whole = contract.data.price, settle(contract.data).total
    shares, amounts = share_amounts(price.instalments, whole), instalment_amounts(price, whole)
    amounts_close = sum_known(map(typed_amount, price.instalments)) == whole
    for number in _off_share(shares, amounts):
        right, found = shares[number - 1] or CENT, amounts[number - 1] or CENT
        share = price.instalments[number - 1].share or CENT
        path = f"price.instalments[{number}]"
        message = f"第 {number} 期付款写的比例是 {percent(share)}，按合同总价 {yuan(whole or CENT)} 应付 {yuan(right)}"
        message += f"，金额却是 {yuan(found)}，{apart(found, right)}。"
        rounded = amounts_close and abs(found - right) < 1
        place, other = (f"{path}.share", f"{path}.amount") if amounts_close else (f"{path}.amount", f"{path}.share")
        yield at(
            contract,
            place,
            message,
            severity=Severity.WARNING if rounded else Severity.ERROR,
            expected=None if amounts_close else yuan(right),
            related=[other, "price.total"],
            hint=_share_hint(amounts_close=amounts_close),
        )


def _off_share(shares: Amounts, amounts: Amounts) -> list[int]:
    """The numbers of the instalments whose amount is not their share of the total, but for the rounding."""
    slack = CENT * (len(shares) - 1)
    pairs = enumerate(zip(shares, amounts, strict=True), 1)
    return [
        number
        for number, (share, amount) in pairs
        if share is not None and amount is not None and abs(share - amount) > slack
    ]


def _off_by_share(price: Price, whole: Decimal) -> bool:
    """Whether some typed amount is not its share, which is told at its own place."""
    amounts = tuple(map(typed_amount, price.instalments))
    return bool(_off_share(share_amounts(price.instalments, whole), amounts))


def _share_hint(*, amounts_close: bool) -> str:
    if amounts_close:
        return "各期金额合计等于合同总价：请先核对比例。"
    return "请核对比例和金额；写了比例的，金额可以删去由程序计算。"


@rule("M212", "各期付款合计与合同总价不符", on=Contract)
def instalment_sum(contract: Contract) -> Iterator[Finding]:
    """为什么: 总价包干的合同，各期付款合计必须等于合同总价；据实结算的不在此列。

    错误:
        price:
          total: 1040000
          instalments: [{amount: 630000}, {amount: 400000}]
    正确:
        price:
          total: 1040000
          instalments: [{amount: 630000}, {amount: 余款}]
    """
    price, whole = contract.data.price, settle(contract.data).total
    amounts = instalment_amounts(price, whole)
    added = sum_known(amounts)
    if price.basis == "据实结算" or whole is None or added is None or added == whole:
        return
    if all(item.share is not None for item in price.instalments) and not _off_by_share(price, whole):
        return  # the shares themselves do not add up: M213
    if sum_known(_by_share(price, whole, amounts)) == whole:
        return  # one amount is not its share: M211 tells it at its own place
    message = f"各期付款合计是 {yuan(added)}，合同总价是 {yuan(whole)}，{apart(added, whole)}。"
    typed = {
        f"price.instalments[{n}].amount": amount for n, amount in enumerate(map(typed_amount, price.instalments), 1)
    }
    figures = [(path, amount) for path, amount in typed.items() if amount is not None]
    suspects = [suspect.path for suspect in suspects_of(figures, added - whole)]
    place = next(iter([*suspects, *(path for path, _ in figures)]))
    related = ["price.total", *(path for path in typed if path != place)]
    hint = "请核对各期金额；最后一期可以写 余款。据实结算的请写 结算方式: 据实结算。"
    yield at(contract, place, message, related=related, hint=hint)


def _by_share(price: Price, whole: Decimal, amounts: Amounts) -> Amounts:
    """The amounts with each one that has a share put right by it."""
    shares = share_amounts(price.instalments, whole)
    return tuple(amount if share is None else share for share, amount in zip(shares, amounts, strict=True))


@rule("M213", "付款比例合计不是 100%", on=Contract)
def shares_add_up(contract: Contract) -> Iterator[Finding]:
    """为什么: 全部按比例付款时，比例合计必须是 100%，否则少付或多付。

    错误:
        price:
          total: 2160000
          instalments: [{share: 50%}, {share: 25%}, {share: 20%}]
    正确:
        price:
          total: 2160000
          instalments: [{share: 50%}, {share: 25%}, {share: 25%}]
    """
    price, whole = contract.data.price, settle(contract.data).total
    known = [item.share for item in price.instalments if item.amount is not Rest.REST]
    added = sum_known(known)
    if price.basis == "据实结算" or added is None or added == 1 or len(known) < len(price.instalments):
        return
    if _off_share(share_amounts(price.instalments, whole), instalment_amounts(price, whole)):
        return  # a share that is not its amount: M211 tells it at its own place
    message = f"各期付款比例合计是 {percent(added)}，应为 100%。"
    related = [f"price.instalments[{number}].share" for number in range(1, len(known) + 1)]
    hint = "请核对各期比例；每期写本期的比例，不写累计的比例。"
    yield at(contract, "price.instalments", message, expected="100%", related=related, hint=hint)


@rule("M214", "余款不成立", on=Contract)
def rest_makes_sense(contract: Contract) -> Iterator[Finding]:
    """为什么: 余款是合同总价减去其余各期，只能有一期，而且要有余。

    错误:
        price:
          total: 1040000
          instalments: [{amount: 630000}, {amount: 420000}, {amount: 余款}]
    正确:
        price:
          total: 1040000
          instalments: [{amount: 630000}, {amount: 400000}, {amount: 余款}]
    """
    price, whole = contract.data.price, settle(contract.data).total
    rests = [number for number, item in enumerate(price.instalments, 1) if item.amount is Rest.REST]
    for number in rests[1:]:
        related = [f"price.instalments[{rests[0]}].amount"]
        message = f"第 {rests[0]} 期已经是余款，第 {number} 期又写余款，分不出各是多少。"
        hint = "只留一期余款，其余各期写金额或比例。"
        yield at(contract, f"price.instalments[{number}].amount", message, related=related, hint=hint)
    taken = sum_known(_known_parts(price, whole))
    if (
        len(rests) == 1
        and whole is not None
        and taken is not None
        and taken >= whole
        and not _off_by_share(price, whole)
    ):
        message = f"其余各期付款合计已是 {yuan(taken)}，合同总价是 {yuan(whole)}，没有余款可付。"
        path = f"price.instalments[{rests[0]}].amount"
        yield at(contract, path, message, related=["price.total"], hint="请核对其余各期的金额和比例。")


def _known_parts(price: Price, whole: Decimal | None) -> Amounts:
    """The amounts of all instalments but 余款."""
    others = tuple(item for item in price.instalments if item.amount is not Rest.REST)
    return instalment_amounts(price.changed(instalments=others), whole)


@rule("M221", "不含税价加税额不等于合同总价", on=Contract)
def net_and_tax(contract: Contract) -> Iterator[Finding]:
    """为什么: 含税总价由不含税价和税额组成，开票和付款都以此为据。

    错误:
        price: {total: 106000, tax: {net: 100000, tax: 6600}}
    正确:
        price: {total: 106000, tax: {net: 100000, tax: 6000}}
    """
    tax, whole = contract.data.price.tax, settle(contract.data).total
    added = sum_known((tax.net, tax.tax))
    if added is None or whole is None or added == whole:
        return
    message = (
        f"不含税价 {yuan(tax.net or CENT)} 加税额 {yuan(tax.tax or CENT)} 是 {yuan(added)}，合同总价是 {yuan(whole)}。"
    )
    place, other = "price.tax.tax", "price.tax.net"
    if tax.rate is not None and tax.net != _net(whole, tax.rate) and tax.tax == whole - _net(whole, tax.rate):
        place, other = other, place
    hint = "请核对不含税价和税额；写了税率的，两项都可以删去由程序计算。"
    yield at(contract, place, message, related=[other, "price.total"], hint=hint)


def _net(whole: Decimal, rate: Decimal) -> Decimal:
    return to_cents(whole / (1 + rate))


@rule("M222", "税额与税率不符", on=Contract)
def tax_rate(contract: Contract) -> Iterator[Finding]:
    """为什么: 税额等于不含税价乘以税率；一分钱以内的差别是四舍五入，不算错。

    错误:
        price: {total: 106000, tax: {rate: 9%, net: 100000, tax: 6000}}
    正确:
        price: {total: 106000, tax: {rate: 6%, net: 100000, tax: 6000}}
    """
    tax, whole = contract.data.price.tax, settle(contract.data).total
    if tax.rate is None or tax.net is None or tax.tax is None or whole is None or tax.net + tax.tax != whole:
        return
    right = times(tax.net, tax.rate)
    if abs(right - tax.tax) <= CENT:
        return
    message = f"不含税价 {yuan(tax.net)} 按税率 {percent(tax.rate)} 的税额是 {yuan(right)}，写的是 {yuan(tax.tax)}。"
    near = abs(right - tax.tax) < 1
    hint = "不含税价与税额之和等于合同总价：请先核对税率。"
    yield at(
        contract,
        "price.tax.rate",
        message,
        severity=Severity.WARNING if near else Severity.ERROR,
        related=["price.tax.net", "price.tax.tax"],
        hint=hint,
    )
