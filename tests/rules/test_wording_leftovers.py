"""Drafting notes and open places: told in a finished contract, left alone in forms, quotations and plain prose."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

FILLED = "合同总价为1040000元（大写：壹佰零肆万元整），于2026年5月31日前付清。\n"


def told(text: str) -> list[tuple[str, str]]:
    """Code and quote of every finding about leftovers."""
    return [(f.rule, f.quote) for f in check_reading(reading_of(text)) if f.rule in {"W109", "W110"}]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("乙方应于【填写日期】前交付。", "【填写日期】"),
        ("此处填写项目名称。", "此处填写项目名称"),
        ("地址：（请根据实际情况填写）", None),
        ("（填写单位名称、地址、电话等）", None),
        ("（修改本条的期限）", None),
        ("TODO 补上交付日期", "TODO"),
        ("联系人：待补充", "待补充"),
        ("交付日期为（待定）。", "待定"),
        ("合同编号：${number}", "${number}"),
        ("（起草说明：本条可按需要删减）", "（起草说明：本条可按需要删减）"),
        ("联系人\t待填", "待填"),
    ],
)
def test_drafting_notes_are_told(text: str, quote: str | None) -> None:
    """Words to the drafter and words in the place of a value are quoted."""
    found = [words for code, words in told(text) if code == "W109"]

    assert len(found) == 1
    assert quote in {None, found[0]}


@pytest.mark.parametrize(
    "text",
    [
        "验收的具体时间待定，以甲方通知为准。",
        "投标人应当如实填写报价表，填写说明见招标文件。",
        "未尽事宜，由双方协商补充。",
        "原稿写的是“【】0.1%的违约金”和“（待定）”。",
        "乙方名称为示例咨询有限公司，地址在示例市示例区。",
        "此处道路由甲方负责清扫，请乙方填写巡查记录。",
        "见[附件一](files/1.md)。",
        "特别决议事项（修改章程、增减注册资本、合并分立等）须经三分之二以上表决权通过。",
        "约定不明的，依次按（补充协议、合同有关条款、交易习惯）确定。",
    ],
)
def test_plain_prose_is_no_drafting_note(text: str) -> None:
    """Words that a contract may use, and quotations, stay alone."""
    assert told(FILLED + text) == []


@pytest.mark.parametrize(
    ("text", "quote"), [("乙方指定【　】为负责人。", "【　】"), ("甲方：XX市应急管理局", "XX"), ("20XX年5月", "20XX")]
)
def test_an_open_place_in_a_filled_contract_is_noted(text: str, quote: str) -> None:
    """A single sign that nobody has filled in is told as a note."""
    assert told(FILLED + text) == [("W110", quote)]


@pytest.mark.parametrize(
    "text",
    [
        "合同总价XXX元(￥XXX)，一式x份。",
        FILLED + "甲方：____\n乙方：____\n电话：____\n地址：____\n传真：____\n邮编：____\n负责人：【】",
        FILLED + "【】【】【】【】【】【】【】",
        FILLED + "型号：XX-200，接口 XXL，负责人【赵甲】。",
    ],
)
def test_forms_are_left_alone(text: str) -> None:
    """A blank form, and signs that are names, are no open places."""
    assert told(text) == []
