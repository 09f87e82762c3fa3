"""Parties and people in the data: who they are, by names and by numbers that can be proven."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.contract.contract import Contract
from docgen.contract.model import Party
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.rules.check_digits import credit_check, identity_check
from docgen.rules.rule import at, rule

_MASKED: Final = regex(r"[*＊×某Xx]")


def _parties(contract: Contract) -> Iterator[tuple[str, str, Party]]:
    """Both parties with their paths and what they are called."""
    yield "party_a", "甲方", contract.data.party_a
    yield "party_b", "乙方", contract.data.party_b


@rule("P201", "甲方和乙方相同", on=Contract)
def two_parties(contract: Contract) -> Iterator[Finding]:
    """为什么: 合同要有两方；名称或统一社会信用代码相同，多半是复制以后没有改。

    错误:
        party_a: {name: 示例市应急管理局}
        party_b: {name: 示例市应急管理局}
    正确:
        party_a: {name: 示例市应急管理局}
        party_b: {name: 示例咨询有限公司}
    """
    first, second = contract.data.party_a, contract.data.party_b
    keys = [
        ("name", "名称", first.name, second.name),
        ("credit_code", "统一社会信用代码", first.credit_code, second.credit_code),
    ]
    for key, label, one, other in keys:
        if one is not None and one == other:
            message = f"甲方和乙方的{label}相同，都是“{one}”。"
            yield at(contract, f"party_b.{key}", message, related=[f"party_a.{key}"], hint="请核对乙方的资料。")


@rule("P202", "统一社会信用代码校验不通过", on=Contract)
def credit_codes(contract: Contract) -> Iterator[Finding]:
    """为什么: 统一社会信用代码的末位由前 17 位算出（GB 32100），算出来不同就一定抄错了。

    错误:
        party_b: {credit_code: 91990000MA0A10017A}
    正确:
        party_b: {credit_code: 91990000MA0A20023W}
    """
    for path, name, party in _parties(contract):
        code = party.credit_code
        if code is not None and code[-1] != credit_check(code[:-1]):
            message = f"{name}的统一社会信用代码 {code} 末位校验不通过。"
            yield at(contract, f"{path}.credit_code", message, hint="请对照营业执照逐位核对，注意 0 与 O、1 与 I。")


@rule("P203", "身份证号校验不通过", on=Contract)
def identity_numbers(contract: Contract) -> Iterator[Finding]:
    """为什么: 身份证号的末位由前 17 位算出（GB 11643），算出来不同就一定抄错了。

    错误:
        party_b: {id_number: "110101199003070000"}
    正确:
        party_b: {id_number: "11010119900307002X"}
    """
    for path, name, party in _parties(contract):
        number = party.id_number
        if number is not None and number[-1] != identity_check(number[:-1]):
            message = f"{name}的身份证号 {number} 末位校验不通过。"
            yield at(contract, f"{path}.id_number", message, hint="请对照证件逐位核对。")


@rule("P204", "户名与当事人名称不同", on=Contract)
def account_names(contract: Contract) -> Iterator[Finding]:
    """为什么: 款项应当付到合同当事人自己的账户，户名不同的付款会被退回，也可能付错人。

    错误:
        party_b: {name: 示例咨询有限公司, bank: {account_name: 示例咨询中心}}
    正确:
        party_b: {name: 示例咨询有限公司, bank: {account_name: 示例咨询有限公司}}
    """
    for path, name, party in _parties(contract):
        account = party.bank.account_name
        if account is None or party.name is None or _squeezed(account) == _squeezed(party.name):
            continue
        message = f"{name}的户名是“{account}”，名称是“{party.name}”。"
        hint = "请核对；确由他人收款的，应有书面说明。"
        related = [f"{path}.name"]
        place = f"{path}.bank.account_name"
        yield at(contract, place, message, severity=Severity.WARNING, expected=party.name, related=related, hint=hint)


def _squeezed(name: str) -> str:
    """The name without blanks and with half-width brackets: differences nobody means."""
    return re.sub(r"\s+", "", name).replace("（", "(").replace("）", ")")


@rule("P205", "团队成员重复", on=Contract)
def team_members_twice(contract: Contract) -> Iterator[Finding]:
    """为什么: 名单里同一个人、同一个电话出现两次，多半是复制以后没有改。

    错误:
        team: [{name: 甲小明, phone: "13800000001"}, {name: 乙小红, phone: "13800000001"}]
    正确:
        team: [{name: 甲小明, phone: "13800000001"}, {name: 乙小红, phone: "13800000002"}]
    """
    team = contract.data.team
    for key, label, values in (
        ("name", "姓名", [member.name for member in team]),
        ("phone", "联系电话", [member.phone for member in team]),
    ):
        for place, value in enumerate(values, 1):
            first = values.index(value) + 1
            if value is None or first == place or _MASKED.search(value) or len(value) < 2:
                continue
            message = f"第 {place} 位成员的{label}“{value}”与第 {first} 位相同。"
            related = [f"team[{first}].{key}"]
            hint = "请核对；确是同名的可以不改。" if key == "name" else "请核对。"
            path = f"team[{place}].{key}"
            yield at(contract, path, message, severity=Severity.WARNING, related=related, hint=hint)
