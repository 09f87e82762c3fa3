"""What documents say of the parties under labels."""

from __future__ import annotations

import pytest

from docgen.rules.party_facts import kind_of, party_facts
from tests.rules.snippets import reading_of


def facts(text: str) -> list[tuple[str, str, str]]:
    """Whose, of what kind and which value, for all facts of a text."""
    return [(fact.party, fact.kind, fact.value) for fact in party_facts(reading_of(text))]


def test_fields_below_a_party_are_its_own() -> None:
    """Fields belong to the party named last above them, several in one line and in brackets too."""
    text = """
        委托方：示例市应急管理局 (甲方)
        地 址：示例市政务大道 1 号（注册地址：示例市创新路2号）
        联系人：陈一 联系电话：010-85012377
    """
    assert facts(text) == [
        ("甲", "名称", "示例市应急管理局"),
        ("甲", "通讯地址", "示例市政务大道 1 号"),
        ("甲", "注册地址", "示例市创新路2号"),
        ("甲", "联系人", "陈一"),
        ("甲", "电话", "010-85012377"),
    ]


def test_lines_with_both_parties_side_by_side_are_told_apart() -> None:
    """After a line with two parties, the first of two like fields is the first party's; a single one is nobody's."""
    text = """
        需方：示例市第一中学          供方：样本教学设备有限公司
        地址：示例市人民路1号          地址：示例市创业路9号
        电话：                        电话：0571-88005678
        联系人：刘一
    """
    assert facts(text) == [
        ("甲", "名称", "示例市第一中学"),
        ("乙", "名称", "样本教学设备有限公司"),
        ("甲", "通讯地址", "示例市人民路1号"),
        ("乙", "通讯地址", "示例市创业路9号"),
        ("乙", "电话", "0571-88005678"),
    ]


def test_rows_and_columns_of_tables_are_told_apart() -> None:
    """A label cell names the value beside it; the party stands in the first column or above its own column."""
    rows = "委托人(甲方)\t名称(或姓名)\t示例市应急管理局\n\t联系(经办)人\t葛一 (签章)\n\t电话\t010-85012377\t传真\t"
    columns = "甲方：示例市应急管理局\t乙方：样本有限公司\n地址：示例路1号\t地址：创业路9号"

    assert facts(rows) == [
        ("甲", "名称", "示例市应急管理局"),
        ("甲", "经办人", "葛一"),
        ("甲", "电话", "010-85012377"),
    ]
    assert facts(columns) == [
        ("甲", "名称", "示例市应急管理局"),
        ("乙", "名称", "样本有限公司"),
        ("甲", "通讯地址", "示例路1号"),
        ("乙", "通讯地址", "创业路9号"),
    ]


def test_the_name_may_stand_below_the_head_of_its_column() -> None:
    """甲方（盖章）： and the name in the row below, the other party beside it."""
    text = (
        "甲方（单位公章）：\t乙方（单位公章）：\n示例市应急管理局\t样本有限公司\n授权代表（签字）：\t授权代表（签字）："
    )

    assert facts(text) == [("甲", "名称", "示例市应急管理局"), ("乙", "名称", "样本有限公司")]


def test_the_bracket_says_which_party_a_form_means() -> None:
    """研究开发人（乙方） is the second party, and what stands below is no longer the first party's."""
    text = """
        委托人（甲方）\t名称\t示例省商务厅
        \t法定代表人\t陈一
        研究开发人（乙方）\t名称\t样本科技有限公司
        \t法定代表人\t刘二
    """
    assert [fact for fact in facts(text) if fact[1] == "法定代表人"] == [
        ("甲", "法定代表人", "陈一"),
        ("乙", "法定代表人", "刘二"),
    ]


def test_the_agency_below_the_purchaser_is_no_party() -> None:
    """The rows of the agency in a table of a tender are not the purchaser's, though they stand in the same columns."""
    text = """
        1\t采购人\t采购人\t名称：示例市第一中学
        \t\t\t地址：示例市人民路1号
        2\t代理机构\t采购代理机构\t名称：样本招标代理有限公司
        \t\t\t地址：示例市友谊路9号
    """
    assert [fact for fact in facts(text) if fact[0]] == [
        ("甲", "名称", "示例市第一中学"),
        ("甲", "通讯地址", "示例市人民路1号"),
    ]


@pytest.mark.parametrize(
    "label", ["乙方户名", "6.2 乙方户名", "6.2乙方户名", "（3）乙方户名", "账户信息如下，乙方户名"]
)
def test_a_label_may_name_its_party(label: str) -> None:
    """The party in a label is whose the value is, and what follows it, behind the number of a clause too."""
    found = party_facts(reading_of(f"甲方：示例市应急管理局\n{label}：示例咨询有限公司\n账号：6222080812345011"))

    assert [(fact.party, fact.kind, fact.value) for fact in found[1:]] == [
        ("乙", "户名", "示例咨询有限公司"),
        ("乙", "账号", "6222080812345011"),
    ]


def test_accounts_are_their_holders() -> None:
    """An account below a heading that names the party is its own, and its holder stands beside it."""
    found = party_facts(reading_of("4.4 乙方指定的收款账户信息如下:\n户名:样本有限公司\n账号:6222080812345011"))

    assert [(fact.party, fact.kind, fact.beside) for fact in found] == [
        ("乙", "户名", ""),
        ("乙", "账号", "样本有限公司"),
    ]


@pytest.mark.parametrize(
    "text",
    ["甲方：________\n地址：", "联系人：刘一", "姓名：水一\n区运", "甲方应当按时付款。", "联系人\t职务\n刘一\t经理"],
)
def test_blanks_stamps_and_lists_are_no_facts(text: str) -> None:
    """Blanks, values that are nobody's, sentences and columns of lists say nothing of a party."""
    assert facts(text) == []


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("地 址", "通讯地址"),
        ("住所(通讯地址)", "通讯地址"),
        ("法定代表人（签字）", "法定代表人"),
        ("法定代表人或授权代表", ""),
        ("法定代表人/委托代理人", ""),
        ("乙方开户银行", "开户行"),
        ("账户名称", "户名"),
        ("E-mail", "电子邮箱"),
        ("交货地址", ""),
    ],
)
def test_labels_are_known_however_they_are_spaced(label: str, kind: str) -> None:
    """Spaces, brackets and the party's name in a label do not matter; a label of either of two people is none."""
    assert kind_of(label)[0] == kind
