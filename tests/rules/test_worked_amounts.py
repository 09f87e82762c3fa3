"""Amounts that a sentence works out from others."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str | None]]:
    """What M135 quotes, and what it expects."""
    return [(f.quote, f.expected) for f in check_reading(reading_of(text)) if f.rule == "M135"]


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("借款金额：3,500,000.00元。\n按借款金额的1.5%向保证人支付担保费，计55,200元。", "55,200元", "52,500.00 元"),
        ("审定金额为13,779,922.80元。\n按审定金额的3%预留质保金，计431,397.68元。", "431,397.68元", "413,397.68 元"),
        ("年服务费7,032,000元。\n履约保证金356,100元（年服务费的5%）。", "356,100元", "351,600.00 元"),
        ("合同总价为人民币546000元（大写：伍拾肆万陆仟元整）。\n预付50%（237,000元），余款验收后付清。", "237,000元",
         "273,000.00 元"),
        ("月租金118,800元。\n提前退租的，支付相当于三个月租金（354,600元）的违约金。", "354,600元", "356,400.00 元"),
        ("采购电脑20套，单价8,600.00元，核减127,000.00元。", "127,000.00元", "172,000.00 元"),
        ("购数控机床数量2台，单台限价65万元，合计120万元。", "120万元", "1,300,000.00 元"),
        ("合同金额6,280,000.00元，增加合同金额314,000.00元，合同金额调整为6,549,000.00元。", "6,549,000.00元",
         "6,594,000.00 元"),
        ("投标总报价21,096,000.00元，服务期三年，年服务费730.2万元。", "730.2万元", "7,032,000.00 元"),
        ("合同金额：人民币贰佰叁拾伍万捌仟元整（￥2,358,000.00元）。\n签订后支付40%（943,200元），验收后支付至97%（再付1,434,060元）。",
         "1,434,060元", "1,344,060.00 元"),
        ("合同总价1,248,000元（大写：壹佰贰拾肆万捌仟元整），每月140,000元。", "140,000元", "104,000.00 元"),
        ("转让价款为人民币6,500万元（大写：陆仟伍佰万元整）。\n违约金为转让价款的10%，即560万元。", "560万元",
         "6,500,000.00 元"),
        ("暂定监理酬金5,751,000元（伍佰柒拾伍万壹仟元整）。\n进场后支付10%，即75.51万元。", "75.51万元", "575,100.00 元"),
        ("房款人民币1,513,430.00元（大写：壹佰伍拾壹万叁仟肆佰叁拾元整）。\n按全部房价款的3%支付违约金（45,042.90元）。",
         "45,042.90元", "45,402.90 元"),
        ("安置房建筑面积98.60㎡，价格8,900元/㎡，计875,740元。", "875,740元", "877,540.00 元"),
        ("自第三年起每年递增5%，即第三年月租金124,740元，第四年月租金130,997元，第五年月租金137,525.85元。", "130,997元",
         "130,977.00 元"),
    ],
)  # fmt: skip
def test_an_amount_that_slipped_from_what_it_is_worked_out_of_is_told(text: str, quote: str, expected: str) -> None:
    """A share, some months, pieces times a price, a difference and a yearly rise are told where one slip makes them."""
    assert told(text) == [(quote, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "中标价7,851,236.80元，履约担保为中标价的10%，即785,123.68元。",
        "合同总价为1000000元。违约金不超过合同总价的5%，最高50000元。",
        "合同总价为1000000元。合同总价的5%作为质保金，即49000元，余款另付。",  # another figure altogether
        "合同金额1,276.8万元，付至90%（再付383.04万元），已支付至合同金额的60%，计766.08万元。",
        "A款3台，单价100元，运费50元，合计350元。",
        "月租金118,800元，押金为两个月租金，计237,600元。",
        "投标总报价21,096,000.00元，服务期三年，年服务费703.2万元。",
        "合同总价936,000元，三年，每年费用分别为300,000元、312,000元、324,000元。",
        "合同总价1,248,000元（大写：壹佰贰拾肆万捌仟元整），每月104,000元。",
        "合同总价1,248,000元（大写：壹佰贰拾肆万捌仟元整），其中值班费每月14,000元。",
        "合同金额：人民币贰佰叁拾伍万捌仟元整（￥2,358,000.00元）。\n签订后支付40%（943,200元），验收后支付至97%（再付1,344,060元）。",
        "原价1,200元，增加300元，调整为1,600元。",  # too few digits to be sure
        "每年递增5%，即第三年租金100,000元，第四年租金120,000元。",
        "预付款30%，即人民币______元。",
    ],
)
def test_amounts_that_agree_or_say_something_else_are_left_alone(text: str) -> None:
    """What agrees, is a limit, is rounded, or differs by more than a slip is no finding."""
    assert told(text) == []


def test_what_a_nearer_rule_tells_is_not_told_again() -> None:
    """The share of the contract's total is M121's."""
    text = "合同总价为2160000元（大写：贰佰壹拾陆万元整）。\n甲方支付合同总价的50%，即人民币1008000元（大写：壹佰万捌仟元整）。"

    assert [f.rule for f in check_reading(reading_of(text))] == ["M121"]


def test_documents_with_very_many_amounts_are_not_guessed_at() -> None:
    """Among a hundred amounts there is always one that a share could be of."""
    many = "\n".join(f"第{number}项费用{number * 7919 + 10000}元。" for number in range(1, 100))

    assert told(f"{many}\n保证金为该价款的10%，即18,900元。") == []


@pytest.mark.parametrize(
    ("text", "slip", "right"),
    [
        ("建筑面积共计5,400平方米。物业管理费每平方米每月2.5元，每月{}；水费4.1元/吨。", "15,300元", "13,500元"),
        ("建筑面积118.73平方米，其中套内95.41平方米。\n维修资金：每平方米95元，计{}，由买受人缴存。", "12,179.35元", "11,279.35元"),
        ("每座责任限额1.2万元，15座合计{}。", "81万元", "18万元"),
        ("服务费由每人每月180元调整为170元，以86人计算，全年{}。", "174,540元", "175,440元"),
        ("合同金额1,276.8万元，约定竣工验收。\n我方已支付至合同金额的60%，计766.08万元。\n剩余款项{}，按合同执行。",
         "501.72万元", "510.72万元"),
        ("合同价款为人民币壹拾捌万元整（180,000.00元）。\n交货验收后一次付清，合计人民币{}。", "19万元", "18万元"),
        ("总价款人民币（大写）壹佰伍拾壹万叁仟肆佰叁拾元整（￥1,513,430.00元）。\n第三条 付款方式：贷款方式付款。\n"
         "（一）首付款：占全部房价款的30%，计人民币{}，于2026年5月10日前支付；\n"
         "（二）余款人民币1,060,000.00元（大写：壹佰零陆万元整），申请贷款支付。\n第四条 定金人民币5万元，抵作首付款。\n"
         "第五条 误差超过3%的，买受人有权解除合同，据实结算房价款。", "435,430.00元", "453,430.00元"),
        ("年费用312,000元，逐年支付。\n每超1次扣减当年费用的1%（{}），最高扣减10%（31,200元）。", "3,210元", "3,120元"),
        ("执行固定年利率4.35%；逾期罚息利率在本合同利率基础上加收50%，即{}；挪用的另计。", "6.252%", "6.525%"),
        ("合同总价：USD 324,800.00\n90%即USD {}以信用证支付；10%即USD 32,480.00电汇。", "293,220.00", "292,320.00"),
        ("合同总价：USD 324,800.00\n参考汇率：1 USD = 7.10 RMB，折合人民币约{}元，免税。", "2,360,080.00", "2,306,080.00"),
    ],
)  # fmt: skip
def test_an_amount_by_a_rate_is_what_the_rate_makes_it(text: str, slip: str, right: str) -> None:
    """So much for each ㎡, seat or head, the rest of a total, interest, other currencies: a slip is told, else nothing."""
    assert told(text.format(right)) == []
    assert [one.removeprefix("人民币") for one, _ in told(text.format(slip))] == [slip.removesuffix("%")]


@pytest.mark.parametrize(
    "text",
    [
        "建筑面积5,400平方米。物业管理费每平方米每月2.5元，每月16,000元（含公共能耗）。",
        "合同总价：USD 324,800.00\n预付10%，即USD 32,480；另付运费USD 1,200.00。",
        "合同总价：USD 324,800.00\n参考汇率：1 USD = 7.10 RMB，折合人民币约230.6万元。",
        "贷款利率4.35%，罚息在基础上加收50%，即6.53%。",
        "合同金额100万元。\n签订后支付30%。\n剩余款项56万元，扣除4万元罚款后支付。",
    ],
)
def test_what_a_rate_does_not_make_is_left_alone(text: str) -> None:
    """Rounded amounts, other sums and what is no slip are not told."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "slip", "right"),
    [
        ("本合同年养护费为711,700.00元（大写：柒拾壹万壹仟柒佰元整）。\n擅自转包的，按年养护费的{}支付违约金，即71,170.00元。", "15%", "10%"),
        ("制作费用共计人民币486,000.00元（大写：肆拾捌万陆仟元整）。\n1. 签约后支付制作费用的{}，即19.44万元；", "35%", "40%"),
        ("制作费用共计人民币486,000.00元（大写：肆拾捌万陆仟元整）。\n1. 签约后支付制作费用的40%，即{}；", "19.14万元", "19.44万元"),
        ("年养护费为711,700.00元。\n按年养护费的10%支付违约金，即{}。", "71,170.00万元", "71,170.00元"),
        ("本项目服务费（含税）为人民币189,316.00元（大写：壹拾捌万玖仟叁佰壹拾陆元整）。\n首付款：签订后支付服务费的{}，即94,658.00元。",
         "55%", "50%"),
        ("年度服务费总额为1,298,592.00元。\n履约保证金，金额为年度服务费总额的5%，即{}。", "64,929.60万元", "64,929.60元"),
        ("年度服务费总额为1,298,592.00元。\n服务费每月支付{}。", "108,216.00万元", "108,216.00元"),
        ("制作费用共计人民币486,000.00元。\n每迟延一日，按制作费用的千分之二（{}）支付违约金，累计不超过制作费用的5%（24,300元）。", "792元", "972元"),
        ("制作费用共计人民币486,000.00元。\n每迟延一日，按制作费用的千分之二（972元）支付违约金，累计不超过制作费用的{}（24,300元）。", "6%", "5%"),
        ("年服务费为692,400.00元。\n全年扣减不超过年服务费的10%，即不超过{}。", "69,204.00元", "69,240.00元"),
        ("年养护费为711,700.00元。\n安全文明施工费为14,234.00元，占年养护费的{}，已含在年养护费中。", "3%", "2%"),
    ],
)  # fmt: skip
def test_a_share_of_what_it_names_is_that_share(text: str, slip: str, right: str) -> None:
    """An amount that is plainly another round share of what the sentence names, or 万元 for 元, is told."""
    assert told(text.format(right)) == []
    assert len(told(text.format(slip))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "年服务费为600,000元。\n验收后支付至年服务费的80%，即120,000元。",
        "年服务费为600,000元，其中驻场服务费240,000元。\n扣减驻场服务费的10%，即24,000元；扣减上季度服务费的20%，即60,000元。",
        "服务费为600,000元。\n第二年服务费为500,000元。\n支付服务费的10%，即50,000元。",
    ],
)
def test_a_share_of_something_else_is_left_alone(text: str) -> None:
    """What is paid so far, and a name that two amounts have, say nothing sure."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "slip", "right"),
    [
        ("年度服务费总额为1,298,592.00元（大写：人民币壹佰贰拾玖万捌仟伍佰玖拾贰元整）。\n服务费按月支付，每月支付{}，次月5日前开票。",
         "108,212.00元", "108,216.00元"),
        ("年养护费为711,700.00元。\n养护费按季度支付，每季度应付{}，其中70%为基本费用。", "177,952.00元", "177,925.00元"),
        ("年费用87,250.00元。\n维保费每半年支付{}。", "43,652.00元", "43,625.00元"),
        ("全年合计2,714,400.00元。\n于次月10日前支付上月服务费{}。", "226,020.00元", "226,200.00元"),
    ],
)  # fmt: skip
def test_what_is_paid_for_a_period_is_its_part_of_the_year(text: str, slip: str, right: str) -> None:
    """A month, a quarter and half a year of what the document says for years are told where one slip makes them."""
    assert told(text.format(right)) == []
    assert [(one, right) for one, _ in told(text.format(slip))] == [(slip, right)]


@pytest.mark.parametrize(
    "text",
    [
        "年度服务费总额为1,298,592.00元。\n服务费每月支付100,000.00元，年底结清。",
        "年度服务费总额为1,298,592.00元。\n每月扣减108,212.00元。",
        "年度服务费总额为1,298,592.00元。\n每人每月108,212.00元。",
    ],
)
def test_what_is_no_part_of_the_year_is_left_alone(text: str) -> None:
    """Another amount altogether, and what is taken off or paid for each, say nothing."""
    assert told(text) == []
