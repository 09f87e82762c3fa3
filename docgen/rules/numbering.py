"""Numbers and counts in the data: serial numbers, copies, points; all are derived, and checked where typed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.contract.contract import Contract
from docgen.contract.derive import group_points, table_points
from docgen.contract.model import IndicatorGroup, IndicatorTable
from docgen.contract.settle import sum_known
from docgen.findings import Finding
from docgen.rules.phrases import plain, quoted
from docgen.rules.rule import at, rule


@rule("N201", "份数与各持有人份数之和不符", on=Contract)
def copies(contract: Contract) -> Iterator[Finding]:
    """为什么: 一式几份必须等于各方所执份数之和，否则签署和归档时对不上。

    错误:
        contract:
          copies: {total: 6, holders: [{holder: 甲方, count: 4}, {holder: 乙方, count: 1}]}
    正确:
        contract:
          copies: {total: 6, holders: [{holder: 甲方, count: 5}, {holder: 乙方, count: 1}]}
    """
    held = contract.data.contract.copies
    counts = [holding.count for holding in held.holders]
    added = sum(count for count in counts if count is not None)
    if held.total is None or not counts or None in counts or added == held.total:
        return
    message = f"合同一式 {held.total} 份，各持有人的份数之和是 {added} 份。"
    related = [f"contract.copies.holders[{number}].count" for number in range(1, len(counts) + 1)]
    hint = "请核对各方份数；合计可以删去由程序计算。"
    yield at(contract, "contract.copies.total", message, expected=str(added), related=related, hint=hint)


@rule("N202", "分组分值与组内指标之和不符", on=Contract)
def points_of_groups(contract: Contract) -> Iterator[Finding]:
    """为什么: 一级指标的分值等于其下各指标分值之和，否则考核得分无法计算。

    错误:
        indicator_tables:
          - {title: 扣分指标, groups: [{name: 信息公开, points: 31, rows: [{points: 20}, {points: 10}]}]}
    正确:
        indicator_tables:
          - {title: 扣分指标, groups: [{name: 信息公开, points: 30, rows: [{points: 20}, {points: 10}]}]}
    """
    for number, table in enumerate(contract.data.indicator_tables, 1):
        for position, group in enumerate(table.groups, 1):
            added = sum_known(row.points for row in group.rows)
            if group.points is None or added is None or added == group.points:
                continue
            name = f"“{group.name}”" if group.name else f"第 {position} 组"
            message = f"{name}的分值写的是 {plain(group.points)}，组内各指标之和是 {plain(added)}。"
            path = f"indicator_tables[{number}].groups[{position}]"
            hint = _points_hint(table, group, added)
            rows = [f"{path}.rows[{line}].points" for line in range(1, len(group.rows) + 1)]
            yield at(contract, f"{path}.points", message, expected=plain(added), related=rows, hint=hint)


def _points_hint(table: IndicatorTable, group: IndicatorGroup, added: Decimal) -> str:
    """Which side the table's typed points support."""
    typed = sum_known(map(group_points, table.groups))
    if table.points is not None and typed == table.points:
        return "按写着的分组分值，总分相符：请核对各指标的分值。"
    if table.points is not None and typed is not None and typed - (group.points or added) + added == table.points:
        return "按组内各指标之和，总分相符：请改分组的分值，或把它删去由程序计算。"
    return "请核对各指标的分值；分组的分值可以删去由程序计算。"


@rule("N203", "总分与各组分值之和不符", on=Contract)
def points_of_tables(contract: Contract) -> Iterator[Finding]:
    """为什么: 指标表的总分等于各组分值之和。

    错误:
        indicator_tables:
          - {title: 扣分指标, points: 100, groups: [{points: 60, rows: []}, {points: 30, rows: []}]}
    正确:
        indicator_tables:
          - {title: 扣分指标, points: 100, groups: [{points: 60, rows: []}, {points: 40, rows: []}]}
    """
    for number, table in enumerate(contract.data.indicator_tables, 1):
        added = sum_known(map(group_points, table.groups))
        by_rows = sum_known(sum_known(row.points for row in group.rows) or group.points for group in table.groups)
        if table.points is None or added is None or table.points in {added, by_rows}:
            continue
        name = f"“{table.title}”" if table.title else f"第 {number} 张指标表"
        message = f"{name}的总分写的是 {plain(table_points(table) or added)}，各组分值之和是 {plain(added)}。"
        related = [f"indicator_tables[{number}].groups[{place}]" for place in range(1, len(table.groups) + 1)]
        hint = "请核对各组分值；总分可以删去由程序计算。"
        yield at(
            contract, f"indicator_tables[{number}].points", message, expected=plain(added), related=related, hint=hint
        )


@rule("N204", "序号不连续", on=Contract)
def serial_numbers(contract: Contract) -> Iterator[Finding]:
    """为什么: 报价行各节自 1 起编号，团队成员自 1 起编号；跳号、重号说明少了一行或多了一行。

    错误:
        team: [{no: 1, name: 甲某某}, {no: 3, name: 乙某某}]
    正确:
        team: [{no: 1, name: 甲某某}, {no: 2, name: 乙某某}]
    """
    lists = [(f"price.sections[{n}].rows", section.rows) for n, section in enumerate(contract.data.price.sections, 1)]
    numbers = [(path, [row.no for row in rows]) for path, rows in lists]
    numbers.append(("team", [member.no for member in contract.data.team]))
    for path, typed in numbers:
        off = [(place, number) for place, number in enumerate(typed, 1) if number not in {None, place}]
        if off:
            place, number = off[0]
            more = f"（后面还有 {len(off) - 1} 处）" if len(off) > 1 else ""
            message = f"第 {place} 行的序号写的是 {number}，应为 {place}{more}。"
            hint = "请核对是否漏行或重复；序号可以删去由程序编排。"
            yield at(contract, f"{path}[{place}].no", message, expected=str(place), hint=hint)


@rule("N205", "标识或标题重复", on=Contract)
def names_used_twice(contract: Contract) -> Iterator[Finding]:
    """为什么: 分节的标题、工作方案和指标表的标识供别处引用，重复了就分不清引的是哪一个。

    错误:
        indicator_tables: [{id: 扣分, title: 市级部门}, {id: 扣分, title: 区级部门}]
    正确:
        indicator_tables: [{id: 扣分市级, title: 市级部门}, {id: 扣分区级, title: 区级部门}]
    """
    data = contract.data
    lists = [
        ("price.sections", "title", [section.title for section in data.price.sections]),
        ("price.sub_budgets", "name", [budget.name for budget in data.price.sub_budgets]),
        ("work_plans", "id", [plan.id for plan in data.work_plans]),
        ("indicator_tables", "id", [table.id for table in data.indicator_tables]),
    ]
    for path, key, names in lists:
        for place, name in enumerate(names, 1):
            first = names.index(name) + 1
            if name is not None and first < place:
                related = [f"{path}[{first}].{key}"]
                message = f"{quoted([name])}与第 {first} 项重复。"
                yield at(contract, f"{path}[{place}].{key}", message, related=related, hint="请改成各不相同的写法。")
