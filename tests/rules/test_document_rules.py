"""Rules on documents: contradictions at their characters, and silence about what honest contracts say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from docgen.findings import Finding, Severity
from docgen.rules.document_rules import check_reading, check_written
from docgen.rules.facts import UNKNOWN, Facts
from tests.rules.snippets import reading_of

KNOWN = Facts(total=Decimal(1040000), annexes=frozenset({1, 2, 3}), final=True)


def told(text: str, facts: Facts = UNKNOWN) -> list[tuple[str, str, str]]:
    """Code, severity and quote of every finding in a document."""
    found = check_reading(reading_of(text), facts)
    return [(finding.rule, finding.severity.label, finding.quote) for finding in found]


def only(text: str, facts: Facts = UNKNOWN) -> Finding:
    """The one finding in a document."""
    (finding,) = check_reading(reading_of(text), facts)
    return finding


@pytest.mark.parametrize(
    "text",
    [
        "合同总价为1040000元（大写：壹佰零肆万元整）",
        "委托项目经费总金额¥1040000元（大写：壹佰零肆万元整）。",
        "合同总价为 ￥1,040,000.00（大写：人民币壹佰零肆万圆整）",
        "4.1 本合同总价（含税）为：人民币 1040000 元（大写：壹佰零肆万元整），甲方不再另行支付。",
        "首付款为合同总价的50%，即520000元（大写：伍拾贰万元整）",
        "原合同总价为900000元；上年度合同总价800000元。",
        "单项合同金额100万元以上的业绩",
        "每份合同金额为500元，新增部分不超过合同金额10%。",
        "大写金额和小写金额不一致的，以大写金额为准",
        "_____元整（大写：_____元整）",
        "合同总价为XXX元（大写：XXX元整）",
        "合同编号：1040001，第17.2条，2021年6月21日",
    ],
)
def test_honest_amounts_are_no_fault(text: str) -> None:
    """Pairs that agree, other contracts' totals, shares, thresholds, blanks and rules about amounts are left alone."""
    assert told(text, KNOWN) == []


def test_a_pair_that_disagrees_is_told_at_its_words() -> None:
    """The 大写 is quoted with what the figures would be, and the figures are related."""
    finding = only("首期款为630000元（大写：陆拾万元整）。", KNOWN)

    assert (finding.rule, finding.quote, finding.expected) == ("M101", "陆拾万元整", "陆拾叁万元整")
    assert (finding.place.file, finding.place.block, finding.place.start, finding.place.end) == ("样例.docx", 0, 15, 20)
    assert [(place.start, place.end) for place in finding.related] == [(4, 11)]
    assert finding.message == ("小写是 630,000.00 元，大写是“陆拾万元整”（600,000.00 元），两者不是同一笔金额。")


def test_the_known_total_decides_which_side_slipped() -> None:
    """Where the words say the contract's total, the figures are told, once."""
    finding = only("合同总价为1400000元（大写：壹佰零肆万元整）。", KNOWN)

    assert (finding.rule, finding.quote, finding.expected) == ("M101", "1400000元", "1,040,000.00")


def test_bare_figures_that_agree_in_wan_are_a_warning() -> None:
    """A column in 万元 is honest; figures that say 元 are not."""
    assert told("57600（大写：伍亿柒仟陆佰万元整）") == [("M101", "warning", "伍亿柒仟陆佰万元整")]
    assert told("57600元（大写：伍亿柒仟陆佰万元整）") == [("M101", "error", "伍亿柒仟陆佰万元整")]


@pytest.mark.parametrize(
    ("text", "facts", "findings"),
    [
        ("合同总价为1400000元。", KNOWN, [("M103", "error", "1400000元")]),
        ("本合同总金额：￥140万元", KNOWN, [("M103", "error", "￥140万元")]),
        ("合同总价（大写）：壹佰肆拾万元整", KNOWN, [("M103", "error", "壹佰肆拾万元整")]),
        ("合同总价为1400000元。\n合同总价为1040000元。", UNKNOWN, [("M103", "warning", "1040000元")]),
        ("合同总价为1400000元（大写：壹佰肆拾万元整）", UNKNOWN, []),
    ],
)
def test_every_statement_of_the_total_is_held_to_it(
    text: str, facts: Facts, findings: list[tuple[str, str, str]]
) -> None:
    """With the contract known a wrong total is an error; without it only statements that differ are told."""
    assert told(text, facts) == findings


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("（大写：壹佰零肆万元）", [("M102", "note", "壹佰零肆万元")]),
        ("1040000元（大写：贰万伍元整）", [("M102", "error", "贰万伍元整")]),
        ("6007.14元（大写：陆仟零柒元壹角肆分）", []),
        ("107000.53元（大写：壹拾万柒仟元零伍角叁分）", []),
    ],
)
def test_the_spelling_of_words_is_a_note_and_nonsense_an_error(text: str, findings: list[tuple[str, str, str]]) -> None:
    """Permitted variants pass, irregular ones are noted, what no number writes as is an error."""
    assert told(text) == findings


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("见附件4。", ["附件4"]),
        ("见附件四和附件 5。", ["附件四", "附件 5"]),
        ("附件1至附件4为本合同的组成部分", ["附件1至附件4"]),
        ("附件1至附件3为本合同的组成部分，本合同附件3", []),
        ("十一、合同附件 6\n12.合同附件 9\n[13.合同附件 9](#合同附件)", []),  # pages of a table of contents
        ("按照招标文件附件9、《通知》附件10的要求", []),
        ("附件一式四份，附件4份，附件五份，附件4页，附件2021年版", []),
        ("依据《政府采购法》签订，详见本合同附件4", ["附件4"]),
    ],
)
def test_annexes_that_the_set_does_not_have_are_told(text: str, quotes: list[str]) -> None:
    """Only references to annexes of this set count."""
    assert told(text, KNOWN) == [("R101", "error", quote) for quote in quotes]


def test_nothing_is_said_about_annexes_that_nobody_knows() -> None:
    """A document alone, without a list of annexes, may refer to any."""
    assert told("详见附件7。") == []
    assert told("详见附件7。\n附件1：报价\n附件7：名单") == []


ARTICLES = "第一条 内容\n第二条 期限\n第三条　违约\n"


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("按本合同第四条处理", ["第四条"]),
        ("违反第3条、第十二条的", ["第十二条"]),
        ("依据《民法典》第五百六十三条、第五百六十四条", []),
        ("按招标文件第五章第二十条", []),
        ("根据政府采购法第五十条", []),
        ("依据民法典第五百七十七条、第五百八十四条和第五百八十五条第二款的规定", []),
        ("民法典第一百九十五条规定的中断以后，再次出现第一百九十五条规定的事由", []),
        ("按照民事诉讼法司法解释第九十条，以及公约第七条第（一）项、第九条", []),
        ("按本合同第三条、第七条处理", ["第七条"]),
        ("违反第二条、第八条的", ["第八条"]),
        ("根据《财政部关于〈中华人民共和国政府采购法实施条例〉第十九条第一款具体适用问题的意见》", []),
        ("主合同第八条约定的保密义务", []),
        ("违反本合同第二条、第三条的", []),
        ("第四条第二条所称期限另行约定。", []),  # the next article itself
    ],
)
def test_articles_beyond_the_last_are_told(text: str, quotes: list[str]) -> None:
    """Articles of laws and of other papers are not ours."""
    assert told(ARTICLES + text) == [("R102", "error", quote) for quote in quotes]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("按第2.2款处理", []),
        ("按本条第2.3款处理", ["第2.3款"]),
        ("按原合同第2.7条处理", []),
        ("按第3.4条处理", []),  # nothing here is numbered 3.1, 3.2
        ("本合同由通用条款和专用条款组成，按第2.9款处理", []),
    ],
)
def test_points_beyond_the_last_are_told(text: str, quotes: list[str]) -> None:
    """第2.3款 is of an article whose points end at 2.2; general terms have more points than their supplement."""
    assert told(f"2 价款\n2.1 总价\n2.2 税费\n3 其他\n{text}") == [("R102", "warning", quote) for quote in quotes]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("违反第一条第（二）项的", []),
        ("违反第一条第（三）项的", ["第一条第（三）项"]),
        ("违反第二条第（一）项的", []),  # nothing is listed there
        ("违反《民法典》第一条第（三）项的", []),
        ("按主合同第一条第（三）项办理", []),
    ],
)
@pytest.mark.parametrize("heads", ["{}、标题", "第{}条 标题"])
def test_items_beyond_the_last_are_told(heads: str, text: str, quotes: list[str]) -> None:
    """第一条第（三）项 is of an article whose items end at （二）."""
    listed = f"{heads.format('一')}\n（一）甲\n（二）乙\n{heads.format('二')}\n价款\n{heads.format('三')}\n{text}"

    assert told(listed) == [("R102", "warning", quote) for quote in quotes]


def test_points_of_articles_that_are_not_there_are_told() -> None:
    """第18.1款 is of no article where the points of all articles are known and end before."""
    points = "\n".join(f"第{name}条 标题\n{at}.1 甲{at}\n{at}.2 乙{at}" for at, name in enumerate("一二三四五", 1))

    assert told(f"{points}\n按第8.1款支付") == [("R102", "warning", "第8.1款")]
    assert told(f"{points}\n按第5.1款支付，按招标文件第8.1款办理") == []


def test_a_clause_of_a_pdf_file_may_be_numbered_otherwise() -> None:
    """第25条 is clause 25. of the instructions, beside which the articles of a contract stand."""
    reading = reading_of(f"{ARTICLES}25. 报价的修正\n修正后的报价按照本文件第25条的规定确认，乙方按第二十六条处理")
    paged = replace(reading, blocks=tuple(block._replace(page=1, line=None) for block in reading.blocks))

    assert [f.quote for f in check_reading(paged) if f.rule == "R102"] == ["第二十六条"]


def test_articles_parted_by_line_breaks_only_are_articles() -> None:
    """A paragraph of a Word file may hold several articles, each on a line of its own."""
    reading = reading_of("第一条 内容\n第二条 期限\n按第四条处理")
    blocks = (
        reading.blocks[0],
        reading.blocks[1]._replace(text="第二条 期限\n　第三条 违约\n第四条 份数"),
        reading.blocks[2],
    )

    assert list(check_reading(replace(reading, blocks=blocks), UNKNOWN)) == []


def test_a_document_without_articles_may_refer_to_any() -> None:
    """Without headings of its own a document speaks of another's articles; so may an annex."""
    assert told("按本合同第十五条处理") == []
    assert told("附件1：保密协议书\n第一条 定义\n第二条 义务\n按本合同第十五条处理") == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("甲方：{{ party_a.name }}", ["{{ party_a.name }}"]),
        ("{% if x %}附件{# 注 #}", ["{% if x %}", "{# 注 #}"]),
        ("[]{#_Toc24574 .anchor}1.培训服务", []),  # an anchor of another program
        ("集合{x|占比20%}，嵌套{a，{b}}，信息量log{p(y|xz)|p(y|z)}", []),  # formulas
        ("联系人：None", ["None"]),
        ("合同编号：Undefined。", ["Undefined"]),
        ("{序号}、集合{1，2}、None of the parties shall be liable. There are none, None at all.", []),
        ("第{}条", []),
        ("甲方：{ party_a.name }", ["{ party_a.name }"]),
        ("甲方：{｛party_a.name｝}，乙方：｛｛ party_b.name ｝｝", ["{｛party_a.name｝}", "｛｛ party_b.name ｝｝"]),
        ("大写：{total|大写}", ["{total|大写}"]),
        ("{ no(“一、”) }场地", ["{ no(“一、”) }"]),
        ("{％ if x ％}{% endif ％}", ["{％ if x ％}", "{% endif ％}"]),
        ("集合{a, b}、{x}、｛甲、乙｝、{见 a.docx}", []),
    ],
)
def test_marks_of_templates_are_told(text: str, quotes: list[str]) -> None:
    """Braces of templates, whole or broken, and Python's nothing are leftovers; other braces and English are not."""
    reading = reading_of(text)
    found = [(f.rule, f.severity, [f.place, *f.related]) for f in check_reading(reading)]
    shown = [[reading.text[place.start : place.end] for place in places] for _, _, places in found]

    assert [(rule, severity) for rule, severity, _ in found] == [("W101", Severity.ERROR)] * bool(quotes)
    assert shown == ([quotes] if quotes else [])


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("总价100元（大写：）", ["（大写：）"]),
        ("总价100元(大写: 元整)", ["(大写: 元整)"]),
        ("人民币（大写）元", ["（大写）"]),
        ("人民币（大写）壹佰元整", []),
        ("大写：________元整", []),
        ("合计（大写）", []),
    ],
)
def test_empty_words_are_an_error_in_a_final_contract(text: str, quotes: list[str]) -> None:
    """An empty 大写 is a fault when the document is ready to be signed, and a note about a form that is not."""
    assert told(text, KNOWN) == [("W102", "error", quote) for quote in quotes]
    assert told(text) == [("W102", "note", quote) for quote in quotes]


@dataclass(frozen=True)
class Value:
    """A value that was written."""

    path: str | None
    text: str
    part: str
    position: int
    start: int
    end: int


def test_values_must_stand_where_they_were_written() -> None:
    """A value that reads back differently is told with its field; one that stands is not."""
    reading = reading_of("甲方：示例市应急管理局\n乙方：示例公司")
    stands = Value("party_a.name", "示例市应急管理局", "body", 0, 3, 11)
    altered = Value("party_b.name", "示例〈集团〉公司", "body", 1, 3, 11)
    lost = Value(None, "附件1", "body", 7, 0, 3)
    found = check_written(reading, [stands, altered, lost])

    assert [(f.rule, f.place.path, f.place.block, f.quote, f.expected) for f in found] == [
        ("W103", None, None, "", "附件1"),
        ("W103", "party_b.name", 1, "示例公司", "示例〈集团〉公司"),
    ]


def test_a_flood_of_marks_is_told_at_once_and_briefly() -> None:
    """A paragraph of nothing but braces costs no more than any other, and is told once."""
    findings = check_reading(reading_of("甲方：" + "{" * 40_000))

    assert [("W101", 40_000)] == [(finding.rule, len(finding.quote)) for finding in findings]
