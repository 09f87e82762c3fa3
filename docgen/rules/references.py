"""References in the data: what is named must exist, and annex numbers must be those of the set."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.contract.contract import Contract
from docgen.contract.model import WorkPlan
from docgen.errors import DocgenError
from docgen.findings import Finding
from docgen.rules.annexes import annex_references, foreign
from docgen.rules.phrases import quoted
from docgen.rules.rule import at, rule
from docgen.rules.texts import texts_of
from docgen.template.documents import Document, documents
from docgen.template.values import path_of


@rule("R201", "附件号与文件次序不符", on=Contract)
def annex_numbers(contract: Contract) -> Iterator[Finding]:
    """为什么: 附件号由整套文件的次序得出；写在数据里的只用来核对，不符说明次序变过而编号没有改。

    错误:
        work_plans: [{id: 绩效, annex_title: 绩效评估方案, annex: 3}]
    正确:
        work_plans: [{id: 绩效, annex_title: 绩效评估方案, annex: 1}]
    """
    if all(plan.annex is None for plan in contract.data.work_plans):
        return
    numbers = {path_of(annex.item): annex.annex for annex in _annexes_of(contract)}
    for place, plan in enumerate(contract.data.work_plans, 1):
        right = numbers.get(f"work_plans[{place}]")
        if plan.annex is None or right is None or plan.annex == right:
            continue
        name = f"“{plan.title}”" if plan.title else f"第 {place} 个工作方案"
        message = f"{name}的附件号写的是 {plan.annex}，按文件次序是附件{right}。"
        hint = "请核对文件次序；附件号可以删去由程序编排。"
        yield at(contract, f"work_plans[{place}].annex", message, expected=str(right), hint=hint)


@rule("R202", "附件清单与整套文件不符", on=Contract)
def annex_list(contract: Contract) -> Iterator[Finding]:
    """为什么: 正文列出的附件必须正是随合同交付的那几份，编号、标题都相同。

    错误:
        work_plans: [{id: 绩效, annex_title: 绩效评估方案}]
        annexes: [{no: 1, title: 绩效评估工作方案}]
    正确:
        work_plans: [{id: 绩效, annex_title: 绩效评估方案}]
        annexes: [{no: 1, title: 绩效评估方案}]
    """
    typed = contract.data.annexes
    made = _annexes_of(contract) if typed else ()
    if not made:
        return
    for place, (entry, annex) in enumerate(zip(typed, made, strict=False), 1):
        path = f"annexes[{place}]"
        if entry.no is not None and entry.no != annex.annex:
            message = f"附件清单第 {place} 项的附件号写的是 {entry.no}，按文件次序是 {annex.annex}。"
            yield at(contract, f"{path}.no", message, expected=str(annex.annex), hint="请核对附件的次序。")
        if entry.title is not None and entry.title != annex.title:
            message = f"附件清单第 {place} 项写的是“{entry.title}”，附件{annex.annex}的标题是“{annex.title}”。"
            yield at(contract, f"{path}.title", message, expected=annex.title, hint="请把标题改成一致。")
    if len(typed) != len(made):
        message = f"附件清单列了 {len(typed)} 份附件，整套文件有 {len(made)} 份：{quoted(a.title for a in made)}。"
        yield at(contract, "annexes", message, hint="请补上或删去；附件清单可以整个删去由程序列出。")


@rule("R203", "报价表没有这一节", on=Contract)
def sections_exist(contract: Contract) -> Iterator[Finding]:
    """为什么: 工作方案和分项费用按标题引用报价表的分节，标题不同就对不上金额。

    错误:
        price: {sections: [{title: 社会调查, rows: [{amount: 100}]}]}
        work_plans: [{id: 调查, section: 社会调研}]
    正确:
        price: {sections: [{title: 社会调查, rows: [{amount: 100}]}]}
        work_plans: [{id: 调查, section: 社会调查}]
    """
    data = contract.data
    titles = [section.title for section in data.price.sections if section.title]
    named = [(f"work_plans[{place}].section", plan.section) for place, plan in enumerate(data.work_plans, 1)]
    for number, budget in enumerate(data.price.sub_budgets, 1):
        named += [(f"price.sub_budgets[{number}].sections[{place}]", s) for place, s in enumerate(budget.sections, 1)]
    for path, title in named:
        if title is not None and title not in titles and not contract.is_open(path):
            yield _unknown(contract, path, f"报价表里没有“{title}”这一节。", title, titles)


def _unknown(contract: Contract, path: str, message: str, name: str, known: list[str]) -> Finding:
    """The finding about a name that does not exist, with the one that was probably meant."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"是不是想写“{near[0]}”？" if near else f"已有的是：{quoted(known) or '没有'}。"
    return at(contract, path, message, expected=near[0] if near else None, hint=hint)


@rule("R204", "没有这张指标表", on=Contract)
def tables_exist(contract: Contract) -> Iterator[Finding]:
    """为什么: 工作方案按标识引用指标表，标识写错，附件里就会缺一张表。

    错误:
        indicator_tables: [{id: 单项否决, title: 单项否决指标}]
        work_plans: [{id: 网站, services: [{title: 检查, tasks: [{title: 评分, tables: [单项否绝]}]}]}]
    正确:
        indicator_tables: [{id: 单项否决, title: 单项否决指标}]
        work_plans: [{id: 网站, services: [{title: 检查, tasks: [{title: 评分, tables: [单项否决]}]}]}]
    """
    known = [table.id for table in contract.data.indicator_tables if table.id]
    for number, plan in enumerate(contract.data.work_plans, 1):
        for path, name in _named_tables(plan, f"work_plans[{number}]"):
            if name not in known and not contract.is_open(path):
                yield _unknown(contract, path, f"没有标识为“{name}”的指标表。", name, known)


def _named_tables(plan: WorkPlan, path: str) -> Iterator[tuple[str, str]]:
    """The tables that the tasks and steps of a plan name, with their paths."""
    for i, service in enumerate(plan.services, 1):
        for j, task in enumerate(service.tasks, 1):
            above = f"{path}.services[{i}].tasks[{j}]"
            yield from ((f"{above}.tables[{n}]", name) for n, name in enumerate(task.tables, 1))
            for k, step in enumerate(task.steps, 1):
                yield from ((f"{above}.steps[{k}].tables[{n}]", name) for n, name in enumerate(step.tables, 1))


@rule("R205", "文字中引用的附件不存在", on=Contract)
def annexes_in_texts(contract: Contract) -> Iterator[Finding]:
    """为什么: 条文写“见附件9”而没有附件9，对方会问附件在哪里；别的文件的附件、审核意见里引述的草稿编号不在此列。

    错误:
        work_plans: [{id: 绩效, annex_title: 绩效评估方案, summary: 具体安排见附件9。}]
    正确:
        work_plans: [{id: 绩效, annex_title: 绩效评估方案, summary: 具体安排见附件1，格式见招标文件附件9。}]
    """
    found = [
        (path, text, reference)
        for path, text in texts_of(contract.data, leave_out=("review", "annexes", "kit"))
        for reference in annex_references(text)
        if not foreign(text, reference.start)
    ]
    numbers = {annex.annex for annex in _annexes_of(contract) if annex.annex} if found else set()
    for path, text, reference in found:
        if numbers and reference.number not in numbers:
            quote = text[reference.start : reference.end]
            message = f"这里引用了“{quote}”，而整套文件只有附件1至附件{max(numbers)}。"
            yield at(contract, path, message, quote=quote, hint="请改成实际的附件号。")


def _annexes_of(contract: Contract) -> tuple[Document, ...]:
    """The annexes that the set will have; none where its documents cannot be told (the template package says why)."""
    try:
        return tuple(document for document in documents(contract) if document.annex is not None)
    except DocgenError:
        return ()
