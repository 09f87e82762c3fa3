"""Accounts, contract numbers, phones, codes: near misses and check digits."""

from __future__ import annotations

import pytest

from docgen.findings import Severity
from docgen.rules.document_identifiers import (
    check_digits,
    near_numbers,
    same_accounts,
    same_contract_numbers,
)
from docgen.rules.document_rules import check_bundle, check_reading
from docgen.rules.facts import UNKNOWN
from docgen.rules.rule import Rule
from tests.rules.snippets import bundle_of, reading_of

RULES = (same_accounts, same_contract_numbers, near_numbers)

CONTRACT = """
【文件】01.txt
合同编号：示政合【2026】121号
乙方：示例咨询有限公司
统一社会信用代码：91990000MA0A20023W
联系人：吴例四
联系电话：010-85012377
E-mail: wu.example@example.com
邮政编码：100190
4.4 乙方指定的收款账户信息如下：
开户行：示例银行示例市学知支行
户名：示例咨询有限公司
账号：6222 0808 1234 5011
第一条 服务内容
第二条 合同价款
【文件】02.txt
合同编号：示政合〔2026〕121号
乙方\t名称\t示例咨询有限公司
\t统一社会信用代码\t91990000MA0A20023W
\t联系人\t吴例四
\t电话\t010-85012377\t传真\t010-85012378
\t邮政编码\t100190
\t邮箱\twu.example@example.com
户名：示例咨询有限公司
账号：6222080812345011
【文件】03.txt
合同编号：示政合【2026】121号
"""


def found(rule: Rule, text: str) -> list[tuple[str, Severity]]:
    """Quote and severity of what a rule finds in a set."""
    return [(finding.quote, finding.severity) for finding in rule.check(bundle_of(text), UNKNOWN)]


def test_a_set_that_agrees_is_silent() -> None:
    """Spaces in accounts, other brackets, phone beside fax: no faults."""
    assert [found(rule, CONTRACT) for rule in RULES] == [[], [], []]


@pytest.mark.parametrize(
    ("rule", "old", "new", "quote", "severity"),
    [
        (same_accounts, "6222080812345011", "6222080812345001", "6222080812345001", Severity.ERROR),
        (same_accounts, "6222080812345011", "622208081234511", "622208081234511", Severity.ERROR),
        (same_contract_numbers, "〔2026〕121", "〔2026〕112", "示政合〔2026〕112号", Severity.WARNING),
        (near_numbers, "电话\t010-85012377", "电话\t010-85012877", "010-85012877", Severity.WARNING),
        (near_numbers, "电话\t010-85012377", "电话\t010-8501237", "010-8501237", Severity.WARNING),
        (near_numbers, "码\t91990000MA0A20023W", "码\t91990000MA0A20032W", "91990000MA0A20032W", Severity.ERROR),
        (near_numbers, "邮政编码\t100190", "邮政编码\t109190", "109190", Severity.WARNING),
        (near_numbers, "箱\twu.", "箱\two.", "wo.example@example.com", Severity.WARNING),
    ],
)
def test_a_digit_that_differs_is_found(rule: Rule, old: str, new: str, quote: str, severity: Severity) -> None:
    """One digit changed, left out or swapped is reported at the odd place."""
    assert old in CONTRACT

    assert found(rule, CONTRACT.replace(old, new)) == [(quote, severity)]


@pytest.mark.parametrize(
    "text",
    [
        CONTRACT.replace("电话\t010-85012377", "电话\t13912345678"),
        CONTRACT.replace("吴例四\n\t电话\t010-85012377", "郑例五\n\t电话\t010-85012379"),
        "合同编号：示政合【2026】121号\n项目编号：示政合【2026】122号\n原合同编号：示政合【2026】120号",
        "【文件】a.txt\n合同编号：示政合【2026】121号\n【文件】b.txt\n合同编号：示政合【2026】122号",
        "合同编号：________\n合同编号：示政合【2026】121号",
        "甲方：示例市应急管理局\n邮政编码：100190\n乙方：示例咨询有限公司\n邮政编码：100191",
        "户名：示例咨询有限公司\n账号：6222080812345011\n户名：示例咨询中心\n账号：6222080812345012",
        "乙方：示例咨询有限公司\n电话：010-85012377、010-85012378",
    ],
)
def test_honest_numbers_are_left_alone(text: str) -> None:
    """Other phones, other people's, other numbers, other contracts, blanks, the other party's, other accounts."""
    assert [found(rule, text) for rule in RULES] == [[], [], []]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("统一社会信用代码：91990000MA0A20023W", []),
        ("统一社会信用代码：91990000MA0A20023X", ["91990000MA0A20023X"]),
        ("纳税人识别号：91990000******023X", []),
        ("统一社会信用代码：911100000000000000", []),
        ("身份证号码：11010119900307002X", []),
        ("身份证号码：110101199003071934", ["110101199003071934"]),
        ("身份证号码：110101199003071234", []),
        ("身份证号码：320000199003071934", []),
        ("身份证号：1101011990****1234", []),
        ("税号\t91990000MA0A20023X\n电话\t无", ["91990000MA0A20023X"]),
    ],
)
def test_check_digits_are_proven(text: str, quotes: list[str]) -> None:
    """A code whose last character does not follow from the others is a warning; masked and invented ones are skipped."""
    assert [finding.quote for finding in check_digits.check(reading_of(text), UNKNOWN)] == quotes


def test_a_whole_set_has_no_other_faults() -> None:
    """No other rule finds anything in the same set."""
    bundle = bundle_of(CONTRACT)

    assert [f for reading in bundle.readings for f in check_reading(reading)] + check_bundle(bundle) == []


def test_a_number_that_a_sentence_names() -> None:
    """双方签订合同（编号：…） names the contract of the set, and 《…合同》（编号：…） another one."""
    set_of = "【文件】1.docx\n合同编号：SJ【2026】021号\n【文件】2.docx\n双方签订{}（编号：SJ【2026】027号）。"

    assert [f.quote for f in check_bundle(bundle_of(set_of.format("合同"))) if f.rule == "P105"] == ["SJ【2026】027号"]
    assert [f for f in check_bundle(bundle_of(set_of.format("《采购合同》"))) if f.rule == "P105"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("项目编号：SLCG-2026-058\n一、报价\n项目编号\tSLCG-2026-085\n项目名称\t环卫作业", [("SLCG-2026-085", None)]),
        (
            "项目编号：SLCG-2026-058\n（项目编号：SLCG-2026-085）\n二、商务\n项目编号：SLCG-2026-058号",
            [("SLCG-2026-085", "SLCG-2026-058")],
        ),
        ("项目编号：SLCG-2026-058\n项目编号：SLCG-2026-058\n项目编号\tSLCG-2026-058\n名称\t环卫", []),
        ("项目编号：SLCG-2026-058-1\n项目编号：SLCG-2026-058-2", []),  # two lots
        ("项目编号：SLCG-2026-058\n采购编号：ZFCG〔2026〕0091", []),
    ],
)
def test_numbers_of_projects_are_held_against_each_other(text: str, found: list[tuple[str, str | None]]) -> None:
    """One slip is told, at the odd one where the other stands twice; lots and other systems of numbers are not."""
    assert [(f.quote, f.expected) for f in check_bundle(bundle_of(text)) if f.rule == "P105"] == found


@pytest.mark.parametrize(("number", "told"), [("SLSZ〔2026〕55号", 0), ("SLSZ〔2026〕56号", 1)])
def test_a_number_beside_the_title_of_the_contract_is_that_of_the_contract(number: str, told: int) -> None:
    """《…合同》（合同编号：…） names this contract where another file of the set bears that very title."""
    text = f"【文件】1.docx\n云平台运维服务合同\n合同编号：SLSZ〔2026〕55号\n【文件】2.docx\n在履行《云平台运维服务合同》（合同编号：{number}）期间，遵守规定。"

    assert [f.rule for f in check_bundle(bundle_of(text))] == ["P105"] * told
