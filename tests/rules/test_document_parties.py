"""Names, people and addresses of the parties over the parts of a set."""

from __future__ import annotations

import pytest

from docgen.findings import Severity
from docgen.rules.document_parties import same_addresses, same_names, same_people
from docgen.rules.document_rules import check_bundle, check_reading
from docgen.rules.facts import UNKNOWN
from docgen.rules.rule import Rule
from tests.rules.snippets import bundle_of

RULES = (same_names, same_people, same_addresses)

CONTRACT = """
【文件】01.txt
合同编号：示政合【2026】12号
委托方：示例市政务服务和数据管理局 (甲方)
地 址：示例市明政区政务大道 1 号 2 号楼 1108 室
法定代表人：陈示一
受托方：示例科技战略咨询研究院 (乙方)
地 址：示例市学知区明湖村研究院路15号（注册地址：示例市学知区研究院东路55号）
法定代表人：周例三
联系人：吴例四
示例市政务服务和数据管理局（甲方）确定示例科技战略咨询研究院（乙方）为中标人。
第一条 服务内容
第二条 合同价款
户名：示例科技战略咨询研究院
第三条 双方权利义务
第四条 违约责任
市政务局和甲方的工作人员应当配合。
委托人(甲方)\t名称(或姓名)\t示例市政务服务和数据管理局
\t法定代表人\t陈示一 (签章)
\t住所(通讯地址)\t示例市明政区政务大道1号
受托人(乙方)\t名称(或姓名)\t示例科技战略咨询研究院
\t法定代表人\t周例三 (签章)
\t住所(通讯地址)\t学知区明湖村研究院路15号
【文件】02.txt
合同编号：示政合【2026】12号
甲方（盖章）：示例市政务服务和数据管理局　　　　乙方（盖章）：示例科技战略咨询研究院
授权代表（签字）：赵甲　　　　授权代表（签字）：钱乙
"""


def found(rule: Rule, text: str) -> list[tuple[str, str | None, Severity]]:
    """Quote, expectation and severity of what a rule finds in a set."""
    return [(f.quote, f.expected, f.severity) for f in rule.check(bundle_of(text), UNKNOWN)]


def test_a_set_that_agrees_is_silent() -> None:
    """Roles in brackets, short addresses, a registered one, representatives per annex, short names: no faults."""
    assert [found(rule, CONTRACT) for rule in RULES] == [[], [], []]


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("户名：示例科技战略咨询研究院", "户名：示例科枝战略咨询研究院", "示例科枝战略咨询研究院"),
        ("（盖章）：示例科技战略咨询研究院", "（盖章）：示例科技战略咨洵研究院", "示例科技战略咨洵研究院"),
        ("(或姓名)\t示例科技战略咨询研究院", "(或姓名)\t示例科技战略询研究院", "示例科技战略询研究院"),
        ("(或姓名)\t示例市政务服务和数据管理局", "(或姓名)\t示例市政务服务和数据管理", "示例市政务服务和数据管理"),
        ("甲方（盖章）：示例市", "甲方（盖章）：示例示", "示例示政务服务和数据管理局"),
    ],
)
def test_a_slip_in_a_name_is_an_error_at_the_odd_place(old: str, new: str, quote: str) -> None:
    """In labels, cells, accounts and places for stamps, with the name that the other places have."""
    right = "示例科技战略咨询研究院" if "科" in quote else "示例市政务服务和数据管理局"
    assert old in CONTRACT

    assert found(same_names, CONTRACT.replace(old, new)) == [(quote, right, Severity.ERROR)]


def test_of_two_spellings_the_one_that_stands_more_often_in_the_text_is_right() -> None:
    """Where the labels are undecided, running text and accounts decide which spelling is the slip."""
    text = """
        受托方（乙方）：示例咨询服有限公司
        乙方（受托方）：示例咨询服务有限公司
        示例咨询服务有限公司（以下简称乙方）
    """
    assert [quote for quote, _, _ in found(same_names, text)] == ["示例咨询服有限公司"]


def test_a_slip_in_a_name_in_running_text_is_a_warning() -> None:
    """A doubled, swapped or left out character of a full name is found wherever it stands."""
    text = CONTRACT.replace("确定示例科技战略咨询", "确定示例科技战略略咨询")

    assert [quote for quote, _, _ in found(same_names, text)] == ["示例科技战略略咨询研究院"]


def test_another_organisation_under_the_same_label_is_a_warning() -> None:
    """A name left from another contract contradicts the party of this one."""
    text = CONTRACT.replace("乙方（盖章）：示例科技战略咨询研究院", "乙方（盖章）：样本信息技术有限公司")

    assert found(same_names, text) == [("样本信息技术有限公司", "示例科技战略咨询研究院", Severity.WARNING)]


@pytest.mark.parametrize(
    "text",
    [
        "甲方：示例市应急管理局\n甲方：市应急管理局\n甲方：示例市应急管理局办公室\n甲方：示例应急管理局",
        "甲方：________\n乙方：　　　　\n甲方（盖章）：\n乙方（盖章）：",
        "甲方：示例市应急管理局\n乙方：示例咨询有限公司\n保密协议\n甲方：示例咨询有限公司\n乙方：示例市应急管理局",
        "甲方：示例市应急管理局\n甲方：按时支付合同价款。\n甲方：负责提供资料；",
        "供应商：示例甲公司\n供应商：样本乙公司",
        "甲方：示例市应急管理局\n乙方：示例咨询有限公司\n乙方：xxx公司\n乙方：××有限公司",
        "人)：示例市应急管理所\n甲方：示例市应急管理局\n姓名：水己八",
        "甲方：示例市应急管理局\n姓名：水己八\n朝阳区运河东大街57号",
        "【文件】a.txt\n甲方：示例市应急管理局\n乙方：甲子有限公司\n【文件】b.txt\n甲方：示例市应急管理局\n乙方：乙丑集团公司",
        "乙方：示例咨询有限公司\n联系人：吴例四\n联系人：郑例五",
        "乙方：示例咨询有限公司\n联系人：吴例四\n一、\n二、\n三、\n四、\n乙方：示例咨询有限公司\n经办人：郑例五",
        "乙方：示例咨询有限公司\n地址：示例市创新路66号2号楼11层1108室\n乙方：示例咨询有限公司\n地址：示例市创新路66号2号楼1108室",
        "乙方：示例咨询有限公司\n地址：示例市示例区创新路66号\n通讯地址：示例市学知区研究路8号",
        "采购人：示例市应急管理局\n地址：示例市明政区政务路1号\n采购代理机构：样本招标有限公司\n地址：示例市学知区研究路8号",
        "采购人：示例市应急管理局\n地址：示例市明政区政务路1号\n2、采购代理机构信息\n名 称：样本招标有限公司\n地 址：示例市学知区研究路8号",
        "1\t采购人\t名称：示例市应急管理局\n\t\t地址：示例市明政区政务路1号\n2\t采购代理机构\t名称：样本招标有限公司\n\t\t地址：示例市学知区研究路8号",
        "甲方：示例市应急管理局\n地址：示例市明政区政务路1号\n甲方：示例市应急管理局\n地址：数据来源-采购单位所在地",
        "甲方：示例市应急管理局\n地址：示例市明政区政务路1号\n甲方：示例市应急管理局\n地址：{{ buyer_address }}",
    ],
)
def test_honest_differences_are_left_alone(text: str) -> None:
    """Short names, offices, blanks, roles exchanged, duties, bidders, stamps, other contracts, several people."""
    assert [found(rule, text) for rule in RULES] == [[], [], []]


def test_people_of_one_role_that_differ_are_warnings() -> None:
    """A legal representative who is another one in the signature table is reported there."""
    text = CONTRACT.replace("\t法定代表人\t周例三", "\t法定代表人\t周例二")

    assert found(same_people, text) == [("周例二", None, Severity.WARNING)]


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("学知区明湖村研究院路15号\n【", "学知区研究院路15号\n【", "学知区研究院路15号"),
        ("政务大道1号\n", "政务大道7号\n", "示例市明政区政务大道7号"),
    ],
)
def test_an_address_that_is_another_one_is_a_warning(old: str, new: str, quote: str) -> None:
    """Words left out in the middle and other numbers are found, a city left out is not."""
    assert old in CONTRACT

    assert [(words, severity) for words, _, severity in found(same_addresses, CONTRACT.replace(old, new))] == [
        (quote, Severity.WARNING)
    ]


PERSON = """
甲方：示例市政务服务和数据管理局
联系人：林示二
联系电话：13800000001
第一条 服务内容
甲方（盖章）：示例市政务服务和数据管理局
经办人：{}
联系电话：{}
"""


def test_a_name_beside_the_same_telephone_is_the_same_person() -> None:
    """A contact and an agent whose names differ by a character and whose telephone is one are told."""
    assert found(same_people, PERSON.format("林示三", "13800000001")) == [("林示三", None, Severity.WARNING)]
    assert found(same_people, PERSON.format("林示三", "13900000007")) == []
    assert found(same_people, PERSON.format("陈例四", "13800000001")) == []


def test_a_name_below_the_head_of_its_column_is_compared() -> None:
    """The names in the row below 甲方（盖章）： are held to the parties' names."""
    text = "甲方：示例市应急管理局\n乙方：示例咨询有限公司\n第一条 服务\n甲方（盖章）：\t乙方（盖章）：\n{}\t示例咨询有限公司"

    assert found(same_names, text.format("示例市应急管理局")) == []
    assert found(same_names, text.format("示例市应急管里局")) == [
        ("示例市应急管里局", "示例市应急管理局", Severity.ERROR)
    ]


def test_contracts_with_numbers_of_their_own_are_not_compared() -> None:
    """Two contracts in one folder are no set: their parties, terms and days differ honestly."""
    text = """
        【文件】a.txt
        合同编号：202101103
        乙方：示例咨询有限公司
        户名：示例咨询有限公司
        服务期限：自合同签订之日起至2022年5月31日。
        签订日期：2021年6月9日
        【文件】b.txt
        合同编号：示政合【2026】12号
        乙方：示例咨洵有限公司
        户名：示例咨洵有限公司
        服务期限：自合同签订之日起至2027年6月30日。
        签订日期：2026年6月9日
    """
    bundle = bundle_of(text)

    assert [f for reading in bundle.readings for f in check_reading(reading)] + check_bundle(bundle) == []


@pytest.mark.parametrize(("gap", "quotes"), [("　　", []), ("  ", []), ("", ["示例人民建设银行行"])])
def test_a_blank_in_a_name_is_to_be_filled_in(gap: str, quotes: list[str]) -> None:
    """示例人民建设银行　　行 names a branch that nobody has written yet."""
    text = f"甲方：示例有限公司\n乙方：示例人民建设银行\n致示例人民建设银行{gap}行：\n现申请借款。"

    assert [f.quote for f in check_bundle(bundle_of(text)) if f.rule == "P101"] == quotes
