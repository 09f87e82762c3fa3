"""What papers say of themselves."""

from __future__ import annotations

import pytest

from docgen.template.papers.facts import facts_in
from docgen.template.papers.lines import line_of


@pytest.mark.parametrize(
    ("markup", "path", "value"),
    [
        ("[顶格] 委托方（甲方）：示例市应急管理局", "party_a.name", "示例市应急管理局"),
        ("[顶格] 乙方：示例咨询有限公司", "party_b.name", "示例咨询有限公司"),
        ("[顶格] 开户行：示例银行示例支行", "party_b.bank.bank", "示例银行示例支行"),
        ("[顶格] 合同编号：示合〔2026〕7号", "contract.number", "示合〔2026〕7号"),
        ("｜项目名称｜示例市共享平台[>3]｜", "contract.project_name", "示例市共享平台"),
        ("[正文] 合同总价为人民币86500元", "price.total", "86500"),
        ("[正文] 合同总金额为人民币贰拾捌万陆仟肆佰元整（￥286400.00），含税", "price.total", "286400.00"),
        ("[正文] 每逾期一日，按总价的0.1%支付违约金", "penalty.delay_daily", "0.1%"),
        ("[正文] 应当按合同总额的20%支付违约金", "penalty.breach", "20%"),
        ("[正文] 本合同一式陆份", "contract.copies.total", "6"),
        ("[正文] 服务期限自合同签订之日起至2027年6月30日止", "contract.period.end", "2027年6月30日"),
    ],
)
def test_facts_are_told_by_the_words_before_them(markup: str, path: str, value: str) -> None:
    """The words before a value tell which field it is."""
    assert facts_in([line_of(markup)])[path] == value


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        ("[顶格] 甲方：________", "party_a.name"),
        ("[顶格] 甲方（盖章）：", "party_a.name"),
        ("[正文] 每逾期一日，按总价的0.1%支付违约金", "penalty.breach"),
        ("[落款] 甲方（盖章）：", "party_a.name"),
        ("[落款] 授权代表：授权代表：", "party_a.agent"),
        ("｜联系电话｜项目内职务｜", "party_b.contact.phone"),
        ("[顶格] 地址：示例市明政区", "party_b.address"),
    ],
)
def test_what_is_not_sure_is_no_fact(markup: str, path: str) -> None:
    """A blank, a heading, a rate for days and a party that was not named tell nothing."""
    assert path not in facts_in([line_of(markup)])


def test_particulars_belong_to_the_party_above_them() -> None:
    """An address below 甲方 is the address of that party."""
    texts = ("甲方：示例市应急管理局", "地址：示例市一路1号", "乙方：示例咨询有限公司", "地址：示例市二路2号")
    found = facts_in([line_of(f"[顶格] {text}") for text in texts])

    assert (found["party_a.address"], found["party_b.address"]) == ("示例市一路1号", "示例市二路2号")


def test_particulars_side_by_side_are_told_apart() -> None:
    """Who is to be asked and by which number stand in one line of most contracts; so do both days of a period."""
    found = facts_in([
        line_of("[顶格] 乙方：示例物业服务有限公司"),
        line_of("[顶格] 联系人：李样本　电话：13800000002"),
        line_of("[顶格] 联 系 人：张样本"),
        line_of("[正文] 服务期限为一年，自2026年7月1日起至2027年6月30日止。"),
    ])  # fmt: skip

    assert found == {
        "party_b.name": "示例物业服务有限公司", "party_b.contact.name": "李样本", "party_b.phone": "13800000002",
        "contract.period.start": "2026年7月1日", "contract.period.end": "2027年6月30日",
    }  # fmt: skip
