"""Money in the data: every amount that is stated or bound twice must agree with itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from docgen.contract.contract import Contract
from docgen.contract.controls import Outdated, left_behind, typed_controls
from docgen.contract.derive import complete, section_subtotals, settle, sub_budget_amount
from docgen.contract.model import PriceRow, PriceSection
from docgen.contract.settle import CENT, Settled, exact_product, sum_known, to_cents
from docgen.findings import Finding, Severity
from docgen.rules.phrases import apart, plain, quoted, yuan
from docgen.rules.rule import at, rule
from docgen.rules.slips import Suspect, suspects_of

LARGEST = Decimal("9999999999999999.99")
"""The largest amount that can be written in 大写."""


@rule("M201", "金额与单价乘数量不符", on=Contract)
def row_products(contract: Contract) -> Iterator[Finding]:
    """为什么: 报价行的金额应当等于单价乘以数量；不符时，按哪个数付款会有争议。

    错误:
        price:
          sections:
            - rows: [{item: 问卷调查, unit_price: 8, quantity: 1200, amount: 96000}]
    正确:
        price:
          sections:
            - rows: [{item: 问卷调查, unit_price: 8, quantity: 1200, amount: 9600}]
    """
    for part, section in enumerate(contract.data.price.sections, 1):
        for line, row in enumerate(section.rows, 1):
            product = exact_product(row)
            if product is None or row.amount is None or _same(row.amount, product):
                continue
            path = f"price.sections[{part}].rows[{line}]"
            right = to_cents(product)
            sums = f"{plain(row.unit_price or CENT)} × {plain(row.quantity or CENT)} = {yuan(right)}"
            message = f"{_named(row.item)}写的金额是 {yuan(row.amount)}，而 {sums}，{apart(row.amount, right)}。"
            meant = settle(contract.data).sections[part - 1].amounts[line - 1]
            yield at(
                contract,
                f"{path}.amount",
                message,
                expected=yuan(right),
                related=[f"{path}.unit_price", f"{path}.quantity"],
                hint=_row_hint(section, meant, right),
            )


def _same(amount: Decimal, product: Decimal) -> bool:
    """Whether the amount is the exact product, or next to it where the product is no whole 分."""
    return amount == product or (product != to_cents(product) and abs(amount - product) < CENT)


def _named(item: str | None) -> str:
    return f"“{_short(item)}”" if item else "这一行"


def _short(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= 20 else f"{line[:19]}…"


def _row_hint(section: PriceSection, meant: Decimal | None, product: Decimal) -> str:
    if section.subtotal is not None and meant == product:
        return "按单价乘数量计算，小计正好相符：请改金额，或把金额一项删去由程序计算。"
    if section.subtotal is not None:
        return "按写着的金额计算，与小计更相符：请先核对单价和数量。"
    return "请核对单价、数量和金额；金额一项可以删去由程序计算。"


@rule("M202", "小计与各行之和不符", on=Contract)
def subtotals(contract: Contract) -> Iterator[Finding]:
    """为什么: 小计是各行金额之和；不符说明漏了一行、错了一行，或小计没有跟着改。

    错误:
        price:
          sections:
            - {title: 社会调查, subtotal: 9600, rows: [{amount: 8000}, {amount: 1500}]}
    正确:
        price:
          sections:
            - {title: 社会调查, subtotal: 9500, rows: [{amount: 8000}, {amount: 1500}]}
    """
    settled = settle(contract.data)
    for number, (section, part) in enumerate(zip(contract.data.price.sections, settled.sections, strict=True), 1):
        typed, added = section.subtotal, sum_known(part.amounts)
        if typed is None or added is None or typed == added:
            continue
        title = f"“{section.title}”" if section.title else f"第 {number} 节"
        message = f"{title}的小计写的是 {yuan(typed)}，各行金额之和是 {yuan(added)}，{apart(typed, added)}。"
        path = f"price.sections[{number}]"
        rows = [f"{path}.rows[{line}]" for line in range(1, len(section.rows) + 1)]
        if contract.data.price.total == settled.sections_sum and part.subtotal == typed:
            yield _row_at_fault(contract, path, message, added - typed, rows)
        else:
            hint = "请改小计，或把小计一项删去由程序计算。"
            yield at(contract, f"{path}.subtotal", message, expected=yuan(added), related=rows, hint=hint)


def _row_at_fault(contract: Contract, path: str, message: str, excess: Decimal, rows: list[str]) -> Finding:
    """The finding where the total supports the subtotal: at the one row that a slip explains, if there is one."""
    section = contract.data.price.sections[int(path[path.rindex("[") + 1 : -1]) - 1]
    suspects = [
        suspect for name, row in zip(rows, section.rows, strict=True) for suspect in _suspects(name, row, excess)
    ]
    hint = "按写着的小计，合同总价相符：请核对各行的金额。"
    if len({suspect.path.rpartition(".")[0] for suspect in suspects}) != 1:
        return at(contract, f"{path}.subtotal", message, related=rows, hint=hint)
    suspect = suspects[0]
    hint = f"按写着的小计，合同总价相符；这里的 {plain(suspect.found)} 改成 {plain(suspect.right)}，各行之和就相符。"
    related = [f"{path}.subtotal", *rows]
    return at(contract, suspect.path, message, expected=plain(suspect.right), related=related, hint=hint)


def _suspects(path: str, row: PriceRow, excess: Decimal) -> Iterator[Suspect]:
    """The figures of a row that a slip would explain, when the row is too large by `excess`."""
    if row.amount is not None:
        yield from suspects_of([(f"{path}.amount", row.amount)], excess)
    elif row.unit_price and row.quantity:
        yield from suspects_of([(f"{path}.unit_price", row.unit_price)], excess / row.quantity)
        yield from suspects_of([(f"{path}.quantity", row.quantity)], excess / row.unit_price)


@rule("M203", "合同总价与各项不符", on=Contract)
def contract_total(contract: Contract) -> Iterator[Finding]:
    """为什么: 合同总价是付款和结算的依据，必须等于报价表各节之和，也必须与分期付款、分项费用一致。

    错误:
        price:
          total: 1040000
          sections: [{rows: [{amount: 630000}]}, {rows: [{amount: 400000}]}]
    正确:
        price:
          total: 1040000
          sections: [{rows: [{amount: 630000}]}, {rows: [{amount: 410000}]}]
    """
    price, settled = contract.data.price, settle(contract.data)
    typed, added = price.total, settled.sections_sum
    if typed is None:
        return
    if added is not None and added != typed:
        message = f"合同总价写的是 {yuan(typed)}，报价表各节之和是 {yuan(added)}，{apart(typed, added)}。"
        related = [f"price.sections[{number}]" for number in range(1, len(price.sections) + 1)]
        yield at(
            contract, "price.total", message, expected=yuan(added), related=related, hint=_total_hint(settled, typed)
        )
    elif settled.total is not None and settled.total != typed:
        message = f"合同总价写的是 {yuan(typed)}，而付款、税款等其他各处都与 {yuan(settled.total)} 相符。"
        left = left_behind(contract.data, [path for path in typed_controls(contract.data) if path != "price.total"])
        hint, related = _following_hint(contract, left), [one.path for one in left]
        yield at(contract, "price.total", message, expected=yuan(settled.total), related=related, hint=hint)


def _following_hint(contract: Contract, left: Sequence[Outdated]) -> str:
    """What to do about a total that contradicts the rest, which may be what has to be changed."""
    if not left:
        return "请核对合同总价。"
    named = "，".join(f"{contract.label(one.path)}应为 {yuan(one.right)}" for one in left)
    return f"请核对合同总价；合同总价没有写错的，下列控制数要跟着改，或者删去，由程序得出：{named}。"


def _total_hint(settled: Settled, typed: Decimal) -> str:
    if settled.total != typed:
        return "付款、分项费用等其他各处与各节之和相符：请改合同总价，或把它删去由程序计算。"
    return "请核对报价表是否漏行、错行；确认报价表无误的，请改合同总价。"


@rule("M204", "分项费用与所含分节不符", on=Contract)
def sub_budgets(contract: Contract) -> Iterator[Finding]:
    """为什么: 分项费用写在正文里，分节小计写在报价表里，两处说的是同一笔钱。

    错误:
        price:
          sections: [{title: 风险评估, rows: [{amount: 220000}]}, {title: 绩效评估, rows: [{amount: 820000}]}]
          sub_budgets: [{name: 风险评估费, amount: 230000, sections: [风险评估]}]
    正确:
        price:
          sections: [{title: 风险评估, rows: [{amount: 220000}]}, {title: 绩效评估, rows: [{amount: 820000}]}]
          sub_budgets: [{name: 风险评估费, amount: 220000, sections: [风险评估]}]
    """
    price = contract.data.price
    known = section_subtotals(price, settle(contract.data))
    for number, budget in enumerate(price.sub_budgets, 1):
        added = sub_budget_amount(budget, known)
        if budget.amount is None or added is None or budget.amount == added:
            continue
        name = f"“{budget.name}”" if budget.name else f"第 {number} 项分项费用"
        sections = quoted(budget.sections)
        message = f"{name}写的是 {yuan(budget.amount)}，所含分节{sections}之和是 {yuan(added)}。"
        path = f"price.sub_budgets[{number}]"
        hint = "请核对金额和所含分节；金额一项可以删去由程序计算。"
        yield at(contract, f"{path}.amount", message, expected=yuan(added), related=[f"{path}.sections"], hint=hint)


@rule("M205", "分项费用之和与合同总价不符", on=Contract)
def sub_budget_sum(contract: Contract) -> Iterator[Finding]:
    """为什么: 分项费用把合同总价分完，各项之和应当等于总价；只列出其中一项的不在此列。

    错误:
        price:
          total: 1040000
          sub_budgets: [{name: 风险评估, amount: 220000}, {name: 绩效评估, amount: 810000}]
    正确:
        price:
          total: 1040000
          sub_budgets: [{name: 风险评估, amount: 220000}, {name: 绩效评估, amount: 820000}]
    """
    price, settled = contract.data.price, settle(contract.data)
    known = section_subtotals(price, settled)
    derived = [sub_budget_amount(budget, known) for budget in price.sub_budgets]
    meant = [
        amount if budget.amount is None else budget.amount
        for budget, amount in zip(price.sub_budgets, derived, strict=True)
    ]
    added, whole = sum_known(meant), settled.total
    if added is None or whole is None or added == whole or _told_before(meant, derived, whole):
        return
    if added < whole and (len(price.sub_budgets) == 1 or _uncovered(contract)):
        return
    message = f"各项分项费用之和是 {yuan(added)}，合同总价是 {yuan(whole)}，{apart(added, whole)}。"
    related = ["price.total", *(f"price.sub_budgets[{number}].amount" for number in range(1, len(meant) + 1))]
    hint = "请核对各项的金额，以及是否有一个分节没有归入任何一项或归入了两项。"
    yield at(contract, "price.sub_budgets", message, expected=yuan(whole), related=related, hint=hint)


def _told_before(typed: list[Decimal | None], derived: list[Decimal | None], whole: Decimal) -> bool:
    """Whether the sum closes once the sub-budgets that differ from their sections are put right."""
    mended = [amount if other is None else other for amount, other in zip(typed, derived, strict=True)]
    return sum_known(mended) == whole


def _uncovered(contract: Contract) -> bool:
    """Whether some section of the price table belongs to no sub-budget although every sub-budget names its own."""
    price = contract.data.price
    named = {title for budget in price.sub_budgets for title in budget.sections}
    titles = {section.title for section in price.sections if section.title}
    return all(budget.sections for budget in price.sub_budgets) and not titles <= named


@rule("M206", "分节重复归入分项费用", on=Contract)
def section_counted_twice(contract: Contract) -> Iterator[Finding]:
    """为什么: 一个分节归入两项分项费用，同一笔钱就算了两次。

    错误:
        price:
          sections: [{title: 调查, rows: [{amount: 10}]}, {title: 评估, rows: [{amount: 20}]}]
          sub_budgets: [{name: 甲项, sections: [调查]}, {name: 乙项, sections: [调查]}]
    正确:
        price:
          sections: [{title: 调查, rows: [{amount: 10}]}, {title: 评估, rows: [{amount: 20}]}]
          sub_budgets: [{name: 甲项, sections: [调查]}, {name: 乙项, sections: [评估]}]
    """
    seen: dict[str, str] = {}
    for number, budget in enumerate(contract.data.price.sub_budgets, 1):
        for place, title in enumerate(budget.sections, 1):
            path = f"price.sub_budgets[{number}].sections[{place}]"
            if title in seen:
                hint = "每个分节只归入一项。"
                yield at(contract, path, f"分节“{title}”已经归入前面的一项。", related=[seen[title]], hint=hint)
            seen.setdefault(title, path)


@rule("M207", "法审建议单的标的金额与合同总价不符", on=Contract)
def review_amount(contract: Contract) -> Iterator[Finding]:
    """为什么: 法审建议单审的就是这份合同，金额不同就无法证明审过的是这个价；填了日期的是记录，只提醒需要重新法审。

    错误:
        price: {total: 1040000}
        review: {amount: 1004000}
    正确:
        price: {total: 1040000}
        review: {amount: 104万元}
    """
    review, whole = contract.data.review, settle(contract.data).total
    typed, path = review.amount, "review.amount"
    if typed is None or whole is None or typed == whole:
        return
    if review.date is not None:
        # What is dated is a record: it says rightly what was reviewed then.
        now = f"合同总价现在是 {yuan(whole)}，{apart(typed, whole)}，需重新法审。"
        message = f"{review.date}法审的标的金额是 {yuan(typed)}，{now}"
        hint = "填了日期的法审建议单是记录，标的金额照当时所审的保留，不必改；重新法审以后，再填新的金额和日期。"
        yield at(contract, path, message, severity=Severity.WARNING, related=["price.total"], hint=hint)
        return
    message = f"法审建议单的标的金额是 {yuan(typed)}，合同总价是 {yuan(whole)}，{apart(typed, whole)}。"
    hint = "请核对；标的金额可以删去，由合同总价得出。"
    yield at(contract, path, message, expected=yuan(whole), related=["price.total"], hint=hint)


@rule("M208", "金额超出可以写成大写的范围", on=Contract)
def amounts_too_large(contract: Contract) -> Iterator[Finding]:
    """为什么: 大写金额最多写到 9,999,999,999,999,999.99 元，再大的多半是单价或数量多写了几位。

    错误:
        price: {sections: [{rows: [{unit_price: 9000000000000, quantity: 90000}]}]}
    正确:
        price: {sections: [{rows: [{unit_price: 9000, quantity: 90000}]}]}
    """
    for number, section in enumerate(complete(contract.data).price.sections, 1):
        for line, row in enumerate(section.rows, 1):
            if row.amount is not None and row.amount > LARGEST:
                path = f"price.sections[{number}].rows[{line}].amount"
                message = f"{_named(row.item)}的金额算出来是 {yuan(row.amount)}，超出了可以写成大写的范围。"
                yield at(contract, path, message, hint="请核对单价和数量的位数。")
