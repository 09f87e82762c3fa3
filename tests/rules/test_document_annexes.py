"""Annexes over a set: lists, headings and references."""

from __future__ import annotations

from textwrap import dedent

import pytest

from docgen.rules.document_rules import check_bundle
from tests.rules.snippets import bundle_of


def found(text: str) -> list[tuple[str, str, str | None]]:
    """The findings about annexes: code, quote, what was expected."""
    return [(f.rule, f.quote, f.expected) for f in check_bundle(bundle_of(dedent(text))) if f.rule in _RULES]


_RULES = ("R103", "R104", "R105")
SET = """\
【文件】01_合同.docx
第一条 本合同附件如下：
附件1：项目报价
附件2：成员名单
附件3：绩效考核方案
费用见附件1，人员见附件2，绩效考核见附件3。
【文件】02_报价.docx
附件1
项目报价
总价一万元。
【文件】03_名单.docx
附件2　成员名单
共三人。
【文件】04_方案.docx
附件 3：绩效考核方案
绩效考核每季度一次，费用详见附件1。
"""


def test_a_sound_set_is_left_alone() -> None:
    """Titles on the line of the number or on the next, and any way to write the number, agree."""
    assert [] == found(SET)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("附件2：成员名单", "附件2：成员名册", [("R103", "成员名册", "成员名单")]),
        ("附件2　成员名单", "附件2　人员名单", [("R103", "成员名单", "人员名单")]),
        ("绩效考核见附件3", "绩效考核见附件2", []),  # two references in one sentence may be a list: not judged
        ("附件3：绩效考核方案\n费用", "附件3：绩效考核方案\n附件4：保密协议\n费用", [("R105", "保密协议", None)]),
    ],
)
def test_a_change_on_one_side_is_found(old: str, new: str, expected: list[tuple[str, str, str | None]]) -> None:
    """What the list says and what an annex calls itself are held against each other."""
    assert old in SET
    assert expected == found(SET.replace(old, new, 1))


@pytest.mark.parametrize(
    "text",
    [
        "附件：\n1. 报价表（格式附后）\n2. 承诺书\n附件1：报价表\n一万元。\n附件2：承诺书\n承诺如下。",
        "请将附件1和附件2一并寄回。\n附件1：报价表\n一万元。",
        # The list of the bid's annexes, and the annexes of the contract.
        "附件：\n1. 法定代表人授权书\n2. 技术偏差说明表\n3. 业绩证明表\n4. 质量违约赔偿承诺函\n"
        "偏差说明表按附件2填写。\n附件1：预制构件规格\n按图纸。\n附件2：预付款保函\n保函如下。\n附件3：构件签收单\n签收如下。",
        "投标文件格式附件\t47\n附件1 报价\t48\n附件2 名单\t50",
        "附件1：投标函\n附件2：报价表\n附件3：声明函\n\n附件1：投标函\n我方投标。\n附件2：报价表\n一万元。\n附件3：声明函\n声明如下。",
        # Titles with little below them are no list where those before and behind them are none.
        "附件一：价格表\n（略）\n附件二：存放明细表\n附件三：交接清单\n已完整接收。\n附件四：收发规程\n（略）\n附件五：管理规程\n（略）",
        "附件",
    ],
)
def test_honest_documents_are_left_alone(text: str) -> None:
    """Remarks behind a title, contents lists and single annexes are no contradiction."""
    assert [] == found(text)


def test_contracts_named_together_keep_their_own_annexes() -> None:
    """Two contracts with numbers of their own in one set are each held to their own list."""
    one = (
        "合同编号：示合2021-103\n附件：\n1. 项目报价\n2. 年度效绩评估工作方案\n附件1：项目报价\n总价一万元。\n"
        "附件2：年度绩效评估工作方案\n为做好绩效工作，制定本方案。\n"
    )
    other = "合同编号：政数【2026】77号\n附件1：廉政责任书\n双方廉洁。\n附件2：保密协议书\n双方保密。\n"
    bundle = bundle_of(f"【文件】甲.docx\n{one}【文件】乙.docx\n{other}")

    assert [(finding.rule, finding.place.file) for finding in check_bundle(bundle)] == [("R103", "甲.docx")]


_TABLED = """\
第一条 附件清单
附件编号\t附件名称\t份数
附件1\t项目报价\t1
附件2\t成员名单\t1
（以下无正文）
附件1
项目报价
总价一万元。
附件2
{}
共三人。
"""


def test_a_list_may_end_in_dots() -> None:
    """附件3：…… names nothing that should be there."""
    listed = "附件清单\n附件1：投标函\n附件2：报价表\n附件3：{}\n第一条 内容\n附件1：投标函\n我方投标。\n附件2：报价表\n一万元。"

    assert found(listed.format("............")) == []
    assert [rule for rule, *_ in found(listed.format("声明函"))] == ["R105"]


def test_a_list_of_annexes_may_be_a_table() -> None:
    """The rows of a table of annexes are held to the titles of the annexes."""
    assert found(_TABLED.format("成员名单")) == []
    assert found(_TABLED.format("成员清单")) == [("R103", "成员名单", "成员清单")]


def test_a_list_of_annexes_may_stand_in_one_line() -> None:
    """附件：1.…；2.…；3.… is held against the titles of the annexes like a list of lines."""
    text = (
        "第九条 附件：1.运维设备清单；2.考核细则；3.安全保密协议。\n甲方（盖章）\n"
        "附件1：运维设备清单\n共三台。\n附件2：考核细则\n每季度一次。\n附件3：安全保密协议\n乙方承诺保密。\n"
    )

    assert found(text) == []
    assert found(text.replace("附件2：考核", "附件2：考勤")) == [("R103", "考核细则", "考勤细则")]
    assert found("附件：1.营业执照；2.资质证书。\n以上附件另附。") == []


TITLED = """\
【文件】01_合同.docx
第一条 本合同附件如下：
附件1：项目报价明细
附件2：项目小组成员名单
附件3：年度绩效评估工作方案
【文件】02_报价.docx
附件1：项目报价明细
总价一万元。
【文件】03_名单.docx
附件2：项目小组成员名单
共三人。
【文件】04_方案.docx
附件3：年度绩效评估工作方案
绩效考核每季度一次。
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("工作安排见附件3《年度绩效评价工作方案》。", [("R103", "年度绩效评价工作方案", "年度绩效评估工作方案")]),
        ("附件3：年度绩效评价工作方案", [("R103", "年度绩效评价工作方案", "年度绩效评估工作方案")]),
        ("附件2：年度绩效评估工作方案", [("R103", "2", "3")]),
        ("工作安排见附件3《年度绩效评估工作方案》、附件2《项目小组成员名单》。", []),
        ("工作安排见附件3《绩效评估工作方案》。", []),  # shortened
        ("人员见附件2《项目小成员名单》。", [("R103", "项目小成员名单", "项目小组成员名单")]),
        ("价款见附件1《目报价明细》。", [("R103", "目报价明细", "项目报价明细")]),
        ("双方另行商定《项目报价明细》（附件1）和《项目小组成员名单》（附件2）。", []),
        ("双方另行商定《项目报价明细》（附件3）。", [("R103", "3", "1")]),
        ("双方另行商定《项目报价明晰》（附件1）。", [("R103", "项目报价明晰", "项目报价明细")]),
        ("附件1：保密承诺书（本附件自带）", []),  # an annex of the annex
        ("按招标文件附件3《年度绩效评价工作方案》编制。", []),
    ],
)
def test_an_annex_named_again_keeps_its_title(line: str, expected: list[tuple[str, str, str | None]]) -> None:
    """Another title of the same number, or another number of the same title, is told wherever it is named again."""
    assert expected == found(f"{TITLED}{line}\n")


QUOTED = """\
【文件】01_合同.docx
第十二条 本合同附件为：附件{}《{}》、附件二《服务费用明细表》、附件三《网络安全责任书》。
【文件】02_附件.docx
附件{} 服务目录
云主机20台。
附件二 服务费用明细表
合计一万元。
附件三
网络安全责任书
乙方承担以下责任。
"""


@pytest.mark.parametrize(
    ("listed", "title", "headed", "expected"),
    [
        ("一", "服务目录", "一", []),
        ("一", "服务方案目录", "一", [("R103", "服务方案目录", "服务目录")]),
        ("一", "服务录", "一", [("R103", "服务录", "服务目录")]),
        ("一", "务目录", "一", [("R103", "务目录", "服务目录")]),
        ("一", "服务目录", "二", [("R103", "服务目录", "附件1")]),
        ("二", "服务目录", "一", [("R103", "服务目录", "附件2")]),
    ],
)
def test_a_list_of_annexes_may_quote_their_titles(
    listed: str, title: str, headed: str, expected: list[tuple[str, str, str | None]]
) -> None:
    """附件一《…》、附件二《…》 behind 附件为： is held to the annexes, numbers, titles and each of their characters."""
    assert [one for one in found(QUOTED.format(listed, title, headed)) if one[0] == "R103"] == expected
