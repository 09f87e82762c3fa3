"""Wording of the data: names that must be the same wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.contract.contract import Contract
from docgen.findings import Finding, Severity
from docgen.rules.rule import at, rule


@rule("W201", "法审建议单的合同名称与合同不同", on=Contract)
def review_name(contract: Contract) -> Iterator[Finding]:
    """为什么: 法审建议单审的就是这份合同，名称不同就无法证明审过的是这一份；填了日期的是记录，只提醒需要重新法审。

    错误:
        contract: {name: 示例市2021年度专项评估委托服务协议}
        review: {contract_name: 示例市2021年度专项评估服务协议}
    正确:
        contract: {name: 示例市2021年度专项评估委托服务协议}
        review: {contract_name: 示例市2021年度专项评估委托服务协议}
    """
    typed, name = contract.data.review.contract_name, contract.data.contract.name
    if typed is not None and name is not None and typed != name:
        path, related, reviewed = "review.contract_name", ["contract.name"], contract.data.review.date
        if reviewed is not None:
            # What is dated is a record: it says rightly what was reviewed then.
            message = f"{reviewed}法审的合同名称是“{typed}”，合同名称现在是“{name}”，需重新法审。"
            hint = "填了日期的法审建议单是记录，照当时所审的保留，不必改；重新法审以后，再填新的名称和日期。"
            yield at(contract, path, message, severity=Severity.WARNING, related=related, hint=hint)
            return
        message = f"法审建议单的合同名称是“{typed}”，合同名称是“{name}”。"
        hint = "请核对；法审建议单的合同名称可以删去，由合同名称得出。"
        yield at(contract, path, message, expected=name, related=related, hint=hint)
