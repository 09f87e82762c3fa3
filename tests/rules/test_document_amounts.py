"""Figures and 大写 wherever they stand, and what decides which side of a pair slipped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.findings import Finding
from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def found_in(text: str) -> list[Finding]:
    """The findings about amounts in a document, but for notes."""
    return [found for found in check_reading(reading_of(text)) if found.rule.startswith("M") and found.severity > 1]


@pytest.mark.parametrize(
    "text",
    [
        "￥ 8100 元（人民币），\n大写 捌仟壹佰 元整",
        "合同价（￥：\n50000 元）大写：伍万元整",
        "支付金额¥630000元（大写：人民币陆拾\n\n104\n务\n\n叁万元整);尾款¥410000元(大写:人民币肆拾壹万元整)",
        "支付剩余30%，即人民币肆拾万玖仟\n伍佰元整（¥409,500.00）。",
        "支付剩余30%，即人民币肆拾万玖仟\n第 3 页 共 4 页\n伍佰元整（¥409,500.00）。",
        "支付剩余30%，即人民币肆拾万玖仟第3 页共 4 页\n伍佰元整（¥409,500.00）。",
        "付款金额为人民币壹佰\n零肆万元整（￥1040000.00）。",
        "保证金为人民币壹佰\n\n— 3 —\n\n零肆万元整。",
        "项目\t小写（元）\t大写\n投标报价\t1040000\t壹佰零肆万元整\n保证金\t20000\t贰万元整",
        "投标总价\t（小写）1040000元\t（大写）壹佰零肆万元整",
        "投标总价（大写）\t壹佰零肆万元整\t（小写）\t1040000",
        "名称\t投标报价（万元）\t大写\n甲\t104\t壹佰零肆万元整",
        "单位：万元\n名称\t投标报价\t大写\n甲\t104\t壹佰零肆万元整",
        "序号\t名称\t单价（元）\t数量\t金额（元）\n1\t甲\t100\t3\t300\n合计（大写）\t叁佰元整\t\t\t300",
        "序号\t名称\t单价（元）\t数量\t金额（元）\n1\t甲\t100\t3\t300\n合计\t\t\t\t300\n大写\t叁佰元整\t\t\t",
        "名称\t金额（万元）\n甲\t104（大写：壹佰零肆万元整）",
        "项目\t数量\t总价\n桌子\t2\t伍万元整",
        "数量\t2\t总价\t伍万元整",
        "_____元整\n（大写：_____元整）",
        "押金为500元。\n伍佰壹拾元整的罚款另计。",
    ],
)
def test_pairs_that_agree_or_are_none_are_left_alone(text: str) -> None:
    """Paragraph breaks, table columns, units of headers and page stamps do not hide that a pair agrees."""
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("￥ 8100 元（人民币），\n大写 捌仟贰佰 元整", "捌仟贰佰 元整", "捌仟壹佰元整"),
        ("合同价（￥：\n50000 元）大写：陆万元整", "陆万元整", "伍万元整"),
        ("项目\t小写（元）\t大写\n保证金\t20000\t叁万元整", "叁万元整", "贰万元整"),
        ("投标总价（大写）\t壹佰零肆万元整\t（小写）\t1400000", "壹佰零肆万元整", "壹佰肆拾万元整"),
        ("总额为1,366,000元（大写：壹佰叁拾\n专用章\n陆万伍仟元整）。", "陆万伍仟元整", "壹佰叁拾陆万陆仟元整"),
        ("合计人民币壹佰零肆\n — 3 — \n万元整（￥1050000.00）。", "万元整", "人民币壹佰零伍万元整"),
        ("名称\t金额（元）\n甲\t300\n合计\t300\n大写\t叁佰壹拾元整", "叁佰壹拾元整", "叁佰元整"),
    ],
)
def test_pairs_are_found_over_breaks_and_in_rows(text: str, quote: str, expected: str) -> None:
    """The words are quoted where they stand, with what the figures in the other block would be."""
    (finding,) = found_in(text)

    assert (finding.rule, finding.quote, finding.expected) == ("M101", quote, expected)


@pytest.mark.parametrize(
    ("text", "quote", "fix"),
    [
        ("价款为500元（大写：陆佰元整）。大小写不一致的，以大写为准。", "500元", "600元"),
        ("首付款500000元，签订后支付￥510,000.00元（大写：伍拾万元整）。", "￥510,000.00元", "￥500,000.00元"),
        ("首付款50万元，签订后支付50万元（大写：人民币伍拾壹万元整）。", "人民币伍拾壹万元整", "人民币伍拾万元整"),
        ("首付款50万元，签订后支付51万元（大写：伍拾万元整）。", "51万元", "50万元"),
        ("价款为500元（大写：陆佰元整）。", "陆佰元整", None),
        ("首付款500元，支付500元（大写：陆佰元整），大小写不一致的以大写金额为准。", "陆佰元整", None),
    ],
)
def test_a_third_fact_corrects_the_side_that_slipped(text: str, quote: str, fix: str | None) -> None:
    """The contract's own clause or another statement decides; where they contradict, or there is none, nothing does."""
    (finding,) = found_in(text)

    assert (finding.quote, finding.fix) == (quote, fix)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("合计（大写）：肆仟零佰零拾零元整（￥4000.00）", []),
        ("合计（大写）：人民币零拾贰万叁仟零佰零拾零元整", []),
        ("合计：壹万零仟伍佰零拾零元零角零分（小写：10500元）", []),
        ("合计（大写）：肆仟零佰零拾零元整（￥4500.00）", ["M102"]),
        ("合计（大写）：肆佰零拾元整", ["M102"]),
    ],
)
def test_forms_with_a_blank_for_every_place_are_read(text: str, codes: list[str]) -> None:
    """An amount filled in place by place is plain, one with a single 零拾 is not, nor one beside other figures."""
    assert [finding.rule for finding in check_reading(reading_of(text))] == codes


def test_a_figure_that_a_narrow_cell_breaks_is_the_one_that_the_words_say() -> None:
    """A PDF file breaks 3,098,000.00 over two lines; the deposit beside it is not what the words speak of."""
    rows = "投标报价（元）\t大写\t保证金（元）\n3,098,00 0.00\t叁佰零玖万捌仟元整\t60,000"
    reading = reading_of(rows)
    paged = replace(reading, blocks=tuple(block._replace(page=1, line=None) for block in reading.blocks))
    wrong = [block._replace(text=block.text.replace("叁佰零玖万", "叁佰零捌万")) for block in paged.blocks]

    assert check_reading(paged) == []
    assert [f.rule for f in check_reading(replace(paged, blocks=tuple(wrong)))] == ["M101"]


_GOODS = (
    "序号\t名称\t数量\t单价\t金额\n1\t甲\t50\t4,860.00\t243,000.00\n2\t乙\t5\t1000\t5000\n合计\t\t55\t\t248,000.00\n"
)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (_GOODS + "大写：人民币贰拾肆万捌仟元整", []),
        (_GOODS + "大写：人民币贰拾叁万捌仟元整", ["人民币贰拾叁万捌仟元整"]),
        (_GOODS + "合计（大写）：贰拾肆万伍仟元整", ["贰拾肆万伍仟元整"]),
        (_GOODS.replace("合计", "丙") + "大写：人民币贰拾叁万捌仟元整", []),
        (_GOODS + "优惠后大写：人民币贰拾叁万捌仟元整（￥238000元）", []),
        ("送审金额1,000元，审定金额900元。\n审定金额大写：玖佰元整", []),
        ("送审金额1,000元，审定金额900元。\n审定金额大写：捌佰元整", ["捌佰元整"]),
        ("送审金额1,000元，审定金额900元。\n审减金额大写：壹佰元整", []),
        ("接入费人民币30,000元（大写：万元整），首期支付。", ["万元整"]),
        ("暂列金额：人民币（大写）佰万元整（￥2000000元）。", ["佰万元整"]),
        ("合同价（大写）：人民币万元整（￥：     元）", []),
        ("合同价（大写）：    万元整（￥30000元）", []),
        ("租金人民币010,000.00元（大写：壹拾万元整）", ["人民币010,000.00元"]),
        ("编号0200000元整", []),
        ("人民币　壹　佰　贰　拾　万　零　仟　零　佰　零　拾　零　元整（¥1,200,000.00）", []),
        ("大写用壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分填写。", []),  # the characters themselves
        ("合同价100元（大写：壹贰叁肆元整）", ["壹贰叁肆元整"]),
    ],
)
def test_words_and_figures_apart_or_torn(text: str, findings: list[str]) -> None:
    """Words below a table or a sentence, words that lost their first digit, figures whose first digits are turned."""
    assert findings == [f.quote for f in check_reading(reading_of(text)) if f.rule in {"M101", "M102"}]


@pytest.mark.parametrize(
    ("words", "quotes"),
    [
        ("壹佰零 - 3 - 伍万元整", ["壹佰零 - 3 - 伍万元整"]),
        ("人民币壹佰零伍 第 3 页 共 9 页 万元整", ["人民币壹佰零伍 第 3 页 共 9 页 万元整"]),
        ("壹佰零 - 3 - 肆万元整", []),
        ("壹佰零肆 第12页 万元整", []),
    ],
)
def test_words_that_a_page_number_tears_in_one_line_are_read_as_one(words: str, quotes: list[str]) -> None:
    """What stands on both sides of the page number is one amount, held to the figures beside it."""
    text = f"合同总价为￥1,040,000.00元（大写：{words}）。"

    assert [f.quote for f in check_reading(reading_of(text)) if f.rule == "M101"] == quotes
