"""Where a value comes from that is worked out: what to change instead, with the figures as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from docgen.amounts.figures import format_figures
from docgen.contract.contract import Contract
from docgen.contract.derive import complete, section_subtotals, settle
from docgen.contract.fit import OPEN
from docgen.contract.model import ContractData, IndicatorTable, PriceSection
from docgen.contract.scalars import Rest

_MOST = 4


def origin_of(path: str, contract: Contract) -> str | None:
    """What a value comes from and what to change for it; None for one that is not worked out."""
    for pattern, told in _ORIGINS.items():
        match = re.fullmatch(pattern, path)
        if match is not None:
            said = told(contract.data, *(int(number) - 1 for number in match.groups()))
            open_ones = _open(path, contract)
            return f"{said}；{open_ones}还没有填写，请先填写" if open_ones else said
    return None


def _open(path: str, contract: Contract) -> str:
    """The open fields that a value waits for."""
    row = re.match(r"price\.sections\[\d+\](?:\.rows\[\d+\])?", path)
    around = row[0] if row else "price.sections" if path.startswith("price.") else path.rpartition(".")[0]
    found = sorted(blank for blank in contract.blanks if blank.startswith((f"{around}.", f"{around}[")))
    return "、".join(contract.label(blank) for blank in found[:_MOST])


def _row(data: ContractData, section: int, row: int) -> str:
    found = data.price.sections[section].rows[row]
    return f"它是单价 {_figure(found.unit_price)} 乘以数量 {_plain(found.quantity)} 得出的，请改单价或数量"


def _subtotal(data: ContractData, section: int) -> str:
    whole: PriceSection = complete(data).price.sections[section]
    return f"它是这一节各行金额之和（{_listed(row.amount for row in whole.rows)}），请改各行的单价、数量或金额"


def _total(data: ContractData) -> str:
    sections = complete(data).price.sections
    told = _named((section.title, section.subtotal) for section in sections)
    return f"它是报价表各节小计之和（{told}），请改各行的单价、数量或金额"


def _sub_budget(data: ContractData, number: int) -> str:
    subtotals = section_subtotals(data.price, settle(data))
    titles = data.price.sub_budgets[number].sections
    return f"它是所含各节小计之和（{_named((title, subtotals.get(title)) for title in titles)}），请改报价表"


def _instalment(data: ContractData, number: int) -> str:
    price = complete(data).price
    whole, typed = _figure(price.total), data.price.instalments[number]
    if typed.amount is Rest.REST:
        others = _named((item.name, _decimal(item.amount)) for n, item in enumerate(price.instalments) if n != number)
        return f"它是余款：合同总价 {whole} 减去其他各期（{others}），请改其他各期或合同总价"
    return f"它是合同总价 {whole} 的 {_rate(typed.share)}，请改比例或合同总价"


def _tax(data: ContractData) -> str:
    price = complete(data).price
    return f"它由合同总价 {_figure(price.total)} 和税率 {_rate(price.tax.rate)} 算出，请改合同总价或税率"


def _copies(data: ContractData) -> str:
    told = "、".join(f"{holding.holder or OPEN} {_plain(holding.count)}" for holding in data.contract.copies.holders)
    return f"它是各方份数之和（{told}），请改各方的份数"


def _group_points(data: ContractData, table: int, group: int) -> str:
    rows = data.indicator_tables[table].groups[group].rows
    told = "＋".join(_plain(row.points) for row in rows[:_MOST]) + ("…" if len(rows) > _MOST else "")
    return f"它是这一组各项分值之和（{told}），请改各项的分值"


def _table_points(data: ContractData, table: int) -> str:
    whole: IndicatorTable = complete(data).indicator_tables[table]
    told = "、".join(f"{group.name or OPEN} {_plain(group.points)}" for group in whole.groups[:_MOST])
    return f"它是各组分值之和（{told}），请改各项的分值"


def _same(told: str) -> Callable[..., str]:
    return lambda *_: told


_ORIGINS: Final[Mapping[str, Callable[..., str]]] = {
    r"price\.sections\[(\d+)\]\.rows\[(\d+)\]\.amount": _row,
    r"price\.sections\[(\d+)\]\.subtotal": _subtotal,
    r"price\.total": _total,
    r"price\.sub_budgets\[(\d+)\]\.amount": _sub_budget,
    r"price\.instalments\[(\d+)\]\.amount": _instalment,
    r"price\.tax\.(?:net|tax)": _tax,
    r"contract\.copies\.total": _copies,
    r"indicator_tables\[(\d+)\]\.groups\[(\d+)\]\.points": _group_points,
    r"indicator_tables\[(\d+)\]\.points": _table_points,
    r"review\.amount": _same("它就是合同总价，请改合同总价"),
    r"review\.contract_name": _same("它就是合同名称，请改合同名称"),
    r".*\.no": _same("序号按次序自动编排，要换次序请移动整行"),
}


def _listed(figures: Iterable[Decimal | None]) -> str:
    found = [_figure(figure) for figure in figures]
    return "＋".join(found[:_MOST]) + (f"＋…共 {len(found)} 行" if len(found) > _MOST else "")


def _named(figures: Iterable[tuple[str | None, Decimal | None]]) -> str:
    found = [f"{name or OPEN} {_figure(figure)}" for name, figure in figures]
    return "、".join(found[:_MOST]) + (f"等 {len(found)} 项" if len(found) > _MOST else "")


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _figure(value: Decimal | None) -> str:
    return OPEN if value is None else format_figures(value)


def _plain(value: Decimal | int | None) -> str:
    return OPEN if value is None else f"{Decimal(value).normalize():f}"


def _rate(value: Decimal | None) -> str:
    return OPEN if value is None else f"{_plain(value * 100)}%"
