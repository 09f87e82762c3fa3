"""What only follows from another finding is known as such, and one slip in many places is told once."""

from __future__ import annotations

from docgen.findings import Finding, Place, Severity, in_order
from docgen.rules.causes import arranged
from docgen.rules.document_rules import check_bundle, check_reading
from tests.rules.snippets import bundle_of


def told(text: str) -> list[tuple[str, str, bool, int]]:
    """Rule, quote, whether it only follows, and how many places stand beside it."""
    bundle = bundle_of(text)
    found = [finding for reading in bundle.readings for finding in check_reading(reading)] + check_bundle(bundle)
    return [(f.rule, f.quote, f.follows, len(f.beside)) for f in in_order(arranged(found)) if f.severity > 1]


def test_dates_out_of_order_follow_from_the_year_that_is_wrong() -> None:
    """A year that differs is told first; that the days come out of order follows from it."""
    text = """
        2026年度专项评估委托服务协议
        合同期限：自合同签订之日起至2027年5月31日止。
        甲方（盖章）：
        签订日期：2036年6月9日
        乙方（盖章）：
        签订日期：2026年6月9日
    """
    assert told(text) == [("D104", "2036年6月9日", False, 1), ("D106", "2036年6月9日", True, 1)]


def test_a_date_that_many_others_contradict_is_told_once() -> None:
    """Three dates out of order with one date are one finding, at that date."""
    text = """
        合同期限：自合同签订之日起至2021年5月31日止。
        验收时间：2022年4月
        验收时间：2022年5月
        签订日期：2021年6月21日
    """
    assert told(text) == [("D106", "2021年5月31日", False, 3)]


def test_numbers_after_a_wrong_one_follow_from_it() -> None:
    """What is only out of order because of the number before stands behind it."""
    text = "\n".join(["一、甲", "二、乙", "七、丙", *["说明。"] * 3, "四、丁", "五、戊"])

    assert {rule for rule, *_ in told(text)} <= {"N101"}
    assert sum(not follows for _, _, follows, _ in told(text)) == 1


def test_a_serial_typed_wrong_is_told_once() -> None:
    """A repeated serial number where the next one goes on is one slip, not a repetition and a gap."""
    rows = "\n".join(f"{number}\t甲{at}\t研究员" for at, number in enumerate([1, 2, 3, 4, 4, 6, 7]))

    assert told(f"序号\t姓名\t职务\n{rows}") == [("N103", "4", False, 1)]


def test_an_annex_with_two_numbers_is_told_once() -> None:
    """A number that differs between list and annex is one finding that names both."""
    text = """
        附件：
        附件1：项目报价
        附件2：人员名单
        附件8：工作方案
        正文到此为止。
        附件1：项目报价
        总价一万元。
        附件2：人员名单
        共三人。
        附件3：工作方案
        工作分三步。
    """
    found = [(rule, quote) for rule, quote, _, _ in told(text) if rule in {"R103", "R105"}]

    assert found == [("R103", "工作方案")]


def test_one_wrong_name_in_many_places_is_one_finding() -> None:
    """Each place is kept beside the first."""
    wrong = "乙方（盖章）：示例市中冶咨询服务有限公司\n第一条 内容\n"
    right = "乙方（盖章）：示例市中治咨询服务有限公司\n"

    assert told(right * 3 + wrong * 2)[:1] == [("P101", "示例市中冶咨询服务有限公司", False, 4)]


def test_what_follows_stands_behind_its_cause() -> None:
    """The order of a report is: what is wrong, then what comes of it, wherever in the file that stands."""
    place = bundle_of("甲\n乙\n丙").readings[0]
    found = [
        Finding(rule, Severity.ERROR, rule, block_place(place.file, number), cause=cause)
        for rule, number, cause in [
            ("D106", 0, block_place(place.file, 2)), ("M101", 1, None), ("D104", 2, None), ("M102", 3, None),
        ]
    ]  # fmt: skip

    assert [finding.rule for finding in in_order(found)] == ["M101", "D104", "D106", "M102"]


def block_place(file: str, number: int) -> Place:
    """The place of the first character of a block."""
    return Place(file, "body", number, 0, 1)
