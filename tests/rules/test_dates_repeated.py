"""The same day in another year elsewhere, and terms that last longer or shorter than their dates."""

from __future__ import annotations

from textwrap import dedent

import pytest

from docgen.rules.document_rules import check_bundle
from tests.rules.snippets import bundle_of


def told(text: str, rule: str) -> list[tuple[str, str | None]]:
    """What a rule quotes in a set, and what it expects."""
    return [(f.quote, f.expected) for f in check_bundle(bundle_of(dedent(text))) if f.rule == rule]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("【文件】1.docx\n签订日期：2026年5月12日\n【文件】2.docx\n双方于2025年5月12日签订合同。", [("2025年5月12日", None)]),
        ("【文件】1.docx\n日期：2026年7月8日\n【文件】2.docx\n日期：2026年7月8日\n【文件】3.docx\n日期：2027年7月8日", [("2027年7月8日", "2026年7月8日")]),
        ("【文件】1.docx\n服务期自2026年4月1日起至2026年12月31日止。\n【文件】2.docx\n工作自2026年4月1日开始，2027年12月31日结束。", [("2027年12月31日", None)]),
        # Another contract, the next year of the same one, and a list of years.
        ("【文件】1.docx\n签订日期：2026年5月12日\n【文件】2.docx\n双方已于2025年5月12日签订原合同。", []),
        ("双方签订《保安服务合同》（编号：甲1），期限自2025年1月1日起至2026年12月31日止。\n" + "其余不变。\n" * 20 + "变更自2026年1月1日起执行。", []),
        ("服务期限自2026年10月1日起至2031年9月30日止。\n" + "其余不变。\n" * 20 + "本合同取代《租赁合同》（编号甲2，期限至2026年9月30日）。", []),
        ("第一年自2026年4月1日起。\n第二年自2027年4月1日起。", []),
        ("有效期三年，自2025年7月1日起至2028年6月30日，本协议自2025年7月1日起至2026年6月30日止。", []),
        ("本办法自2026年9月12日起适用。\n" + "其余不变。\n" * 20 + "第四章自2028年9月12日起适用于此前订立的合同。", []),
        ("审计期间为2025年1月1日至2025年12月31日。\n" + "其余不变。\n" * 20 + "本约定书自2026年5月6日起生效，至2026年12月31日终止。", []),
        ("（1）2026年6月30日截止。\n（2）2027年6月30日截止。", []),
        # What a bidder has done since some day is another matter in every tender.
        ("【文件】1.docx\n自2021年1月1日至投标截止之日完成的合同。\n【文件】2.docx\n近三年（2023年1月1日至今）完成的项目，自2023年1月1日至今签订。", []),
    ],
)  # fmt: skip
def test_the_same_day_of_another_year(text: str, findings: list[tuple[str, str | None]]) -> None:
    """Signing, beginning and end are known by the words around the date; lists of years are left alone."""
    assert told(text, "D107") == findings


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("租赁期限2026年2月1日至2029年1月31日，共三年。", []),
        ("租赁期限2026年2月1日至2029年2月1日，共3年。", []),
        ("租赁期限2026年2月1日至2028年1月31日，共三年。", ["三"]),
        ("自2026年1月1日起至2026年12月31日止，为期12个月。", []),
        ("自2026年1月1日起至2027年12月31日止，为期12个月。", ["12"]),
        ("2026年1月1日至2026年12月31日，合同期12个月。", []),
        ("2026年1月1日至2026年12月31日，合同期13个月。", ["13"]),
        ("自合同签订之日起240个日历天，工期即2026年4月10日至2026年12月5日。", []),
        ("工期：自合同签订之日起240个日历天，即2026年4月10日至2026年12月5日。", []),
        ("工期：自合同签订之日起240个日历天，即2026年4月10日至2027年12月5日。", ["240"]),
        ("计划开工日期：2026年4月1日；计划竣工日期：2027年3月31日；工期总日历天数：365天。", []),
        ("计划开工日期：2026年4月1日；计划竣工日期：2028年3月31日；工期总日历天数：365天。", ["365"]),
        ("自2026年2月1日至2029年1月31日，其中免租期共三个月。", []),
        ("监理期限：自2026年4月1日始，至2028年9月30日止，共30个月。", []),
        ("监理期限：自2026年4月1日始，至2028年9月30日止，共36个月。", ["36"]),
        ("服务期自2026年3月1日起至2026年11月30日止（9个月）。", []),
        ("服务期自2026年3月1日起至2026年12月30日止（9个月）。", ["9"]),
        ("培训期自2026年10月8日至2026年10月16日（5天）。", []),
        ("租赁期限为五年，自2026年7月1日起至2031年6月30日止。", []),
        ("租赁期限为五年，自2026年7月1日起至2032年6月30日止。", ["五"]),
        ("服务期：三年，自2026年1月1日起至2026年12月31日止为第一年。", []),
        ("合伙期限为7年，其中投资期4年、退出期3年，自2026年1月1日起至2032年12月31日止。", []),
        ("服务期三年（2026年7月1日至2028年6月30日）。", ["三"]),
        ("2025年8月31日至2026年2月28日，共六个月。服务期限如上。", []),
    ],
)
def test_a_term_lasts_as_long_as_its_dates(text: str, findings: list[str]) -> None:
    """Years, months and days are counted from the first day to the last, one day more or less."""
    assert [quote for quote, _ in told(text, "D108")] == findings
