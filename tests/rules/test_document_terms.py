"""Dates of a set against each other: years, terms, order."""

from __future__ import annotations

import pytest

from docgen.findings import Severity
from docgen.rules.document_terms import days_in_order, same_terms, same_years
from docgen.rules.facts import UNKNOWN
from docgen.rules.rule import Rule
from tests.rules.snippets import bundle_of

RULES = (same_years, same_terms, days_in_order)

CONTRACT = """
【文件】01.txt
合同编号：示政合【2026】12号
2026年度专项评估委托服务协议
甲方：示例市应急管理局
乙方：示例咨询有限公司
2026年6月
一、期限
项目履行期限为：合同签订之日起至 2027 年 6 月 30 日 止。
（1）机制设计阶段（合同生效-2026 年 7 月下旬）
（2）监测分析实施阶段（2026 年 8 月上旬-2027 年 5 月下旬）
（3）总结及验收阶段（2027 年 6 月）
验收时间为2027年5-6月。
委托人(甲方)\t名称\t示例市应急管理局\t2026年6月9日
\t法定代表人\t甲一 (签章)\t
【文件】02.txt
附件1
乙方（盖章）：示例咨询有限公司
授权代表（签字）：
签订日期：2026年 6月 9日
附件2
项目服务期限
合同签订之日起至 2027 年 6 月 30 日 止。
（三）总结及验收阶段（2027 年 6 月）
"""


def found(rule: Rule, text: str) -> list[tuple[str, str | None, Severity]]:
    """Quote, expectation and severity of what a rule finds in a set."""
    return [(f.quote, f.expected, f.severity) for f in rule.check(bundle_of(text), UNKNOWN)]


def mutated(old: str, new: str, *, last: bool = False) -> str:
    """The contract with the first (or the last) of some words changed."""
    assert old in CONTRACT
    if last:
        head, tail = CONTRACT.rsplit(old, 1)
        return head + new + tail
    return CONTRACT.replace(old, new, 1)


def test_a_contract_with_months_thirds_and_spaces_is_silent() -> None:
    """A cover with a month only, phases, spaces in dates and acceptance before the end are no faults."""
    assert [found(rule, CONTRACT) for rule in RULES] == [[], [], []]


@pytest.mark.parametrize(
    ("old", "new", "last", "quote", "right"),
    [
        ("2026年6月9日", "2016年6月9日", False, "2016年6月9日", "2026年6月9日"),
        ("2026年6月\n", "2062年6月\n", False, "2062年6月", "2026年6月"),
        ("2026年 6月 9日", "2016年 6月 9日", True, "2016年 6月 9日", "2026年 6月 9日"),
        ("2027 年 6 月 30 日", "2037 年 6 月 30 日", False, "2037 年 6 月 30 日", "2027 年 6 月 30 日"),
        ("2027 年 6 月）", "2072 年 6 月）", True, "2072 年 6 月", "2027 年 6 月"),
    ],
)
def test_the_odd_year_is_an_error(old: str, new: str, last: bool, quote: str, right: str) -> None:
    """A year that nothing else in the set supports is reported where it stands, with the year of the others."""
    assert found(same_years, mutated(old, new, last=last)) == [(quote, right, Severity.ERROR)]


NOTHING = "其余不变。\n" * 15


@pytest.mark.parametrize("said", ["提交年度报告", "提交报告"])
def test_the_same_duty_in_another_year_is_told(said: str) -> None:
    """Somebody who has to do the same by that day is told with both years, in fewer words too."""
    text = f"承包人应在2026年12月31日前提交年度报告。\n{NOTHING}承包人应在2027年12月31日前{said}。"

    assert [quote for quote, _, _ in found(same_years, text)] == ["2027年12月31日"]


def test_a_year_that_stands_elsewhere_too_is_a_warning() -> None:
    """Where the odd year is written elsewhere in the set, a person has to look."""
    text = mutated("2026年 6月 9日", "2027年 6月 9日", last=True)

    assert found(same_years, text) == [("2027年 6月 9日", "2026年 6月 9日", Severity.WARNING)]


@pytest.mark.parametrize(
    "text",
    [
        "申请人签名：甲一\n日期：2021.6.15\n签订时间： 2020年6月21日",
        "2021年4月16日\n签订时间：2021年6月21日",
        "第一年度的服务期限为2025年1月1日至2025年12月31日。\n第二年度的服务期限为2026年1月1日至2026年12月31日。",
        "甲方（盖章）：\n签订日期：2025年12月30日\n乙方（盖章）：\n签订日期：2026年1月5日",
        "甲方（盖章）：\n签订日期：    年   月   日\n乙方（盖章）：\n签订日期：2026年1月5日",
        "合同名称\t签订时间\n甲项目\t2024年6月\n乙项目\t2025年6月",
        "【文件】a.txt\n2025年度合同\n2025年度\n签订日期：2025年1月1日\n【文件】b.txt\n2026年度合同\n签订日期：2026年1月1日",
        "项目名称\t合同签订时间\t完成时间\n甲\t2022年3月\t2023年3月\n乙\t2021年3月15日\t2022年3月14日\n丙\t2022年3月15日\t无",
        "服务期限：自合同签订之日起至2025年5月31日，2025年度免费。\n验收时间为 2022 年 4-5 月。",
        "服务期限：自合同签订之日起至2025年12月31日。\n验收时间为 2022 年 4-5 月。",
        "营业期限：2010年6月9日至2040年6月8日\n签订日期：2024年5月20日",
        "服务期限由2023年7月1日至2024年6月30日延长至2024年12月31日。\n签订日期：2024年6月9日",
        "保密期限：合同签订之日起至2030年6月30日止。\n服务期限：合同签订之日起至2027年6月30日止。",
        "服务期限：2021年1月1日至2021年12月31日。\n签订日期：2021年3月15日",
        "（1）准备阶段（2026年6月-2026年12月）\n（2）实施阶段（2026年8月-2027年1月）",
        # What somebody has to do by a day of one year, and what by that day of another.
        "承包人应在2026年12月31日前提交年度报告。\n" + "其余不变。\n" * 15 + "承包人应在2027年12月31日前移交全部资料。",
        # A plan in a table, then its phases in words; “签字准备” is no place for a signature.
        "编制日期：2026-04-15\n第一阶段：启动\t2026-05-06 ~ 2026-05-19\n第二阶段：培训、上线演练、签字准备\t2026-06-01 ~ 2026-07-09\n"
        "第三阶段：上线\t2026-07-10\n分阶段计划\n6.1 第一阶段：启动（2026-05-06 ~ 2026-05-19）",
    ],
)
def test_honest_dates_are_left_alone(text: str) -> None:
    """Stamps, reviews, years of a list, signing on two days, blanks, other contracts, other terms and overlaps."""
    assert [found(rule, text) for rule in RULES] == [[], [], []]


def test_terms_that_differ_are_reported() -> None:
    """The end of the term in an annex is held against that in the body."""
    text = mutated("2027 年 6 月 30 日", "2027 年 7 月 31 日", last=True)

    assert [quote for quote, _, _ in found(same_terms, text)] == ["2027 年 7 月 31 日"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("服务期限：2021年1月1日至2021年12月31日。\n签订日期：2022年3月15日", "2022年3月15日"),
        ("服务期限：2020年1月1日至2021年12月31日。\n签订日期：2021年3月15日", "2020年1月1日"),
        ("签订日期：2021年6月21日\n验收时间为 2021 年 4-5 月。", "2021 年 4-5 月"),
        ("期限为合同签订之日起至2022年5月31日。\n验收时间为 2024 年 4-5 月。", "2024 年 4-5 月"),
        (CONTRACT.replace("8 月上旬-2027 年 5", "8 月上旬-2028 年 5"), "2028 年 5 月下旬"),
        (CONTRACT.replace("2026 年 8 月上旬", "2025 年 8 月上旬"), "2025 年 8 月上旬"),
        ("服务期限至合同签订之日起至2027年6月30日。\n中期评估验收安排在2027年11月下旬。", "2027年11月下旬"),
        ("服务期限：签订之日起至2027年6月30日。\n形成终期分析报告（2028 年 6 月）。", "2028 年 6 月"),
        ("项目的时间为自合同签订之日起至2023年5月31日。\n验收时间为 2022 年 4-5 月。", "2023年5月31日"),
        ("签订日期：2026年6月9日\n中期评估验收，时间在2025年11月下旬或12月上旬。", "2025年11月下旬"),
        ("服务期限：签订之日起至2027年6月30日。\n成果\t提交时间\n终期报告\t2028年6月", "2028年6月"),
        ("签订日期：2021年6月21日\n法制处合同法审建议单\n意见：可以签订。\n2022年4月16日", "2022年4月16日"),
        ("法制处合同法审建议单\n2021年7月16日\n【文件】b.txt\n签订日期：2021年6月21日", "2021年7月16日"),
    ],
)
def test_days_out_of_order_are_reported(text: str, quote: str) -> None:
    """Signing after the end, acceptance before signing, phases, mid-terms and deliverables outside the term, review after signing."""
    if "【文件】" not in text[:6]:
        text = f"【文件】a.txt\n{text}"

    assert [words for words, _, _ in found(days_in_order, text)] == [quote]
