"""Numbers of clauses and rows: what is a slip, and what honest documents do."""

from __future__ import annotations

from textwrap import dedent

import pytest

from docgen.findings import Severity
from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def found(text: str, codes: str = "N10") -> list[tuple[str, str, str | None]]:
    """The numbering findings of a text: code, quoted number, expected number."""
    findings = check_reading(reading_of(dedent(text)))
    return [(f.rule, f.quote.strip(), f.expected) for f in findings if f.rule.startswith(codes)]


@pytest.mark.parametrize(
    ("numbers", "slip"),
    [
        (["第一条 甲", "第二条 乙", "第四条 丙", "第五条 丁"], ("第四条", "第三条")),
        (["第一条 甲", "第二条 乙", "第二条 丙", "第三条 丁"], ("第二条", "第三条")),
        (["第一条 甲", "第三条 乙", "第三条 丙"], ("第三条", "第二条")),
        (["第二条 甲", "第二条 乙", "第三条 丙"], ("第二条", "第一条")),
        (["一、甲", "二、乙", "四、丙"], ("四、", "三、")),
        (["4.1 甲", "4.2 乙", "4.4 丙", "4.5 丁"], ("4.4", "4.3")),
        (["(1) 甲", "(2) 乙", "(4) 丙"], ("(4)", "(3)")),
        (["1. 甲", "2. 乙", "2. 丙", "3. 丁"], ("2.", "3.")),
        (["① 甲", "② 乙", "④ 丙"], ("④", "③")),
        (["一、甲", "二、乙", "一、丙", "四、丁"], ("一、", "三、")),
        (["（一）甲", "（十）乙"], ("（十）", "（二）")),
        (
            ["一、甲", "（四）乙", *["1.丙", "（1）丁", "（2）戊", "（3）己"] * 5, "（二）庚", "二、辛"],
            ("（四）", "（一）"),
        ),
    ],
)
def test_a_slip_is_found_on_every_level(numbers: list[str], slip: tuple[str, str]) -> None:
    """A gap, a repetition or a misprint is told once, with the number that belongs there."""
    assert [("N101", *slip)] == found("\n".join(numbers))


def test_a_list_goes_on_behind_a_long_table() -> None:
    """Rows between two items do not make another list of the second."""
    rows = "\n".join(f"{number}\t内容{number}\t说明" for number in range(1, 41))

    assert [("N101", "（九）", "（二）")] == found(f"（一）甲\n序号\t项目\t说明\n{rows}\n（九）乙\n（三）丙")


@pytest.mark.parametrize(
    ("wrong", "right"), [("8.1", "3.1"), ("8.2", "3.2"), ("2.3", "3.3")], ids=["first", "in between", "last"]
)
@pytest.mark.parametrize("heads", ["第{}条 标题", "{}、标题"])
def test_a_number_under_another_article_is_a_misprint(wrong: str, right: str, heads: str) -> None:
    """In a document that counts 3.1, 3.2 under 第三条, one number with another article before the dot is told."""
    lines = []
    for head, name in enumerate("一二三四", 1):
        lines += [heads.format(name), *(f"{head}.{number} 内容" for number in (1, 2, 3))]

    assert [] == found("\n".join(lines))
    assert [("N101", wrong, right)] == found("\n".join(lines).replace(f"{right} ", f"{wrong} "))


def test_numbers_below_an_article_with_a_wrong_number_are_left_alone() -> None:
    """Where all numbers below an article disagree with it, the article is the slip."""
    lines = []
    for head, name in enumerate("一二九四五", 1):
        lines += [f"第{name}条 标题{head}", *(f"{head}.{number} 内容" for number in (1, 2, 3))]

    assert [("N101", "第九条", "第三条")] == found("\n".join(lines))


@pytest.mark.parametrize(
    "text",
    [
        # Lists inside lists, the outer one going on behind them.
        "一、甲\n（一）乙\n1. 丙\n2. 丁\n（二）戊\n1. 己\n二、庚\n（一）辛\n（二）壬\n三、癸",
        # The same form on two levels.
        "（一）指导思想\n（二）目标\n（三）内容\n（一）甲\n（二）乙\n（三）丙\n（四）丁\n（四）保障\n（五）成果",
        # A contents list before the articles.
        "第一条 服务\t1\n第二条 价款\t3\n第三条 保密\t5\n第一条 服务\n第二条 价款\n第三条 保密",
        # Items that go on inside a paragraph.
        "1. 甲；2. 乙；3. 丙。\n4. 丁。",
        # Articles of other papers at the beginning of a line.
        "第一条 服务\n第二条 价款\n第五百六十三条规定的情形除外。\n第三条 保密",
        # Figures, dates, percentages, blanks.
        "1. 甲\n2. 乙\n3.5% 的比例\n2021.6.15\n10:30 开会\n3. 丙",
        # Several agreements in one file.
        "第一条 甲\n第二条 乙\n保密协议\n第一条 丙\n第二条 丁",
        # Another contract behind the first, the beginning of whose list is lost.
        "1、甲\n2、乙\n3、丙\n甲方：\n乙方：\n甲、乙双方本着平等互利的原则，经友好协商，达成如下协议，双方共同遵守：\n6、丁\n7、戊",
        "1、甲\n2、乙\n3、丙\n根据有关法律，双方在自愿的基础上订立本合同：\n2、丁\n一、甲方\n1、戊",
        # A part that only says what it adds to the clauses of a general one.
        "八、订立\n1. 时间\n2. 地点\n3. 份数\n第三部分 专用条件\n5. 支付\n5.3 酬金\n6. 生效",
        # An excerpt that begins in the middle.
        "三、甲\n四、乙\n五、丙",
    ],
)
def test_honest_lists_are_left_alone(text: str) -> None:
    """Nested, repeated and excerpted lists, and numbers that are none, are no faults."""
    assert [] == found(text)


def test_chapters_and_articles_are_beyond_doubt() -> None:
    """A slip in what everybody cites is an error, one in a small list a warning."""
    severities = [
        f.severity for text in ("第一条 甲\n第三条 乙", "1. 甲\n3. 乙") for f in check_reading(reading_of(text))
    ]

    assert [Severity.ERROR, Severity.WARNING] == severities


@pytest.mark.parametrize(
    "text",
    [
        "包括两部分：\n（1）甲\n（2）乙",
        "包括三方面：\n（1）甲\n（2）乙\n（4）丙",  # the list itself is in doubt: told once, there
        "共分三期支付。\n1. 甲\n2. 乙",
        "具体包括以下内容：\n1. 甲\n2. 乙",
        "应当满足以下三项要求，具体如下：\n1. 甲\n2. 乙",
        "招标文件包括下列文件，以及按本须知第8条发出的答疑和按本须知第9条发出的补充文件：\n第一章 须知\n第二章 合同\n第三章 格式",
        "甲方分三期支付：\n1、合同签订后付10%。\n2、测试后付60%。\n3、验收后付30%。\n4、需求变更引起的事项，由双方另签补充协议。",
        "甲方有权采取下列一项或者多项措施：\n（一）扣款；\n（二）限期整改；\n（三）解除合同。",
        "贷款人有权按下列一项或数项规定处理。\n（1）警告；\n（2）停止发放贷款；\n（3）收回贷款。",
        "有下列两项以上情形：\n（一）迟到；\n（二）早退；\n（三）旷工。",
    ],
)
def test_counts_are_compared_only_where_a_list_follows(text: str) -> None:
    """A count is held against the list that it announces, and against nothing else."""
    assert [] == found(text, "N102")


def test_roster_fragments_go_on_with_each_other() -> None:
    """A table that goes on on the next page goes on with its numbers."""
    header = "序号\t姓名\t职务\n"
    pages = f"{header}1\t甲\t督导\n2\t乙\t督导\n\n{header}3\t丙\t督导\n4\t丁\t督导"

    assert [] == found(pages)
    assert [("N103", "5", "4")] == found(pages.replace("4\t丁", "5\t丁"))


def test_rows_left_open_are_no_gap() -> None:
    """A form whose rows between are …… is filled in by whoever needs more rows."""
    form = "序号\t任务\t进度\n1\t需求分析报告\t\n\t……\t\n\t……\t\n{}\t系统上线\t2026年5月"

    assert [] == found(form.format(3))
    assert [("N103", "4", "3")] == found("序号\t任务\t进度\n1\t甲\t五月\n2\t乙\t五月\n4\t丙\t六月\n5\t丁\t六月")


def test_sums_among_numbered_rows_need_no_number() -> None:
    """What is to be paid, held back or left, and sums of any name, are lines of the table and no items."""
    table = (
        "序号\t项目\t上期（元）\t本期（元）\n1\t工程款\t100\t50\n2\t变更\t20\t10\n\t{}\t120\t60\n3\t扣预付款\t20\t10"
    )

    assert [] == [slip for name in ("应付小计", "实付金额", "本期应付", "税额") for slip in found(table.format(name))]
    assert [("N104", "签证", None)] == found(table.format("签证"))


def test_a_step_of_a_price_needs_no_number() -> None:
    """A row of a price table that names nothing is another price of the row above; people without a name are not."""
    table = "序号\t品名\t规格\t起订量\t{}\n1\t信封\t5号\t1000\t0.21\n2\t宣传册\tA5\t500\t3.20\n\t\tA5\t2000\t2.65\n3\t档案袋\tA4\t500\t0.85"

    assert [] == found(table.format("单价（元）"))
    assert [("N104", "A5", None)] == found(table.format("编号"))


def test_rows_with_a_letter_behind_their_number_are_no_gap() -> None:
    """2a and 2b are the second rows, and 3 follows them."""
    assert [] == found("序号\t类型\t说明\n1\t甲\t一\n2a\t乙\t二\n2b\t丙\t三\n3\t丁\t四\n4\t戊\t五")


def test_what_a_row_consists_of_needs_no_number() -> None:
    """其中：… and the rows behind it belong to the row above; behind the next numbered row that is over."""
    table = (
        "序号\t项目\t第一年（元）\t第二年（元）\n1\t人工\t100\t100\n2\t营业费用\t\t\n\t其中：房租\t60\t60\n\t水电\t15\t15\n"
        "3\t管理费用\t20\t20\n{}\t差旅\t10\t10\n5\t其他\t5\t5"
    )

    assert [] == found(table.format(4))
    assert [("N104", "差旅", None)] == [slip for slip in found(table.format("")) if slip[0] == "N104"]


def test_points_behind_their_column_belong_to_an_item() -> None:
    """（8分） at the end of an item is no group whose points the next rows must make."""
    table = (
        "序号\t评分因素\t分值\t评分标准\t说明\n1\t实施方案\t15\t人员\t满足要求（7分）\n\t\t\t方案\t方案可行（8分）\n"
        "2\t信用\t2\t报告\t提供报告\n3\t业绩\t2\t合同\t每项一分"
    )

    assert [] == found(table)


def test_a_serial_number_may_stand_in_the_second_column() -> None:
    """The first row of a group has the name of the group before its number."""
    rows = "类型\t序号\t文件\n索引\t1\t自查表\n\t2\t索引表\n资格部分\t3\t承诺函\n\t4\t授权书"

    assert [] == found(rows)
    assert [("N103", "5", "4")] == found(f"{rows.replace('4', '5')}")


def test_rules_that_give_points_for_this_and_that_are_no_group() -> None:
    """A cell that gives （5分） and （3分） is the rule of one item, and not the name of a group."""
    table = (
        "评分项\t评分标准\t分值\n同类业绩\t每份合同得5分，满分15分\t15\n"
        "服务团队\t项目经理持证（5分）专职质检员三人（3分）\t8\n应急预案\t针对延误的赔付方案\t7\n配合\t书面声明\t5"
    )

    assert [] == found(table)


def test_a_row_below_merged_cells_goes_on_with_the_row_above() -> None:
    """Where other items spread over several rows, one without number and name is the rest of an item."""
    table = (
        "<table><tr><td>序号</td><td>楼栋</td><td>桩型</td><td>桩长</td><td>数量</td></tr>"
        '<tr><td rowspan="2">1</td><td rowspan="2">图书馆</td><td>甲型</td><td>36</td><td>409</td></tr>'
        "<tr><td>乙型</td><td>28</td><td>271</td></tr>"
        "<tr><td>2</td><td>教学楼</td><td>甲型</td><td>30</td><td>483</td></tr>"
        "<tr><td></td><td></td><td>乙型</td><td>21</td><td>77</td></tr>"
        "<tr><td>3</td><td>实验楼</td><td>甲型</td><td>31</td><td>52</td></tr></table>"
    )
    # Whoever made the text wrote the rows and forgot how far the cells reach.
    bare = table.replace(' rowspan="2"', "")
    alone = table.replace("<td></td><td></td>", "<td></td><td>食堂</td>")

    assert [] == found(table) == found(bare)
    assert [("N104", "食堂", None)] == found(alone)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("报价按下列三节计算，总价为一万元。\n一、人员\n二、差旅", ["三"]),
        ("报价按下列二节计算，总价为一万元。\n一、人员\n二、差旅", []),
        ("培训共分五个专题：\n（一）法规；\n（二）识别；\n（三）处置。", ["五"]),
        ("甲方按下列三种方式之一付款。\n一、转账\n二、支票", []),
    ],
)
def test_counts_of_what_follows_below(text: str, quotes: list[str]) -> None:
    """下列六节 is a count of the list that follows, although its sentence goes on."""
    assert [f.quote for f in check_reading(reading_of(text)) if f.rule == "N102"] == quotes


def test_a_repeated_number_says_when_the_next_one_is_taken() -> None:
    """第六条, 第六条, 第七条: whoever mends the second must move all that follow."""
    (taken,) = check_reading(reading_of("第五条 甲\n第六条 乙\n第六条 丙\n第七条 丁"))
    (free,) = check_reading(reading_of("第五条 甲\n第六条 乙\n第六条 丙\n第八条 丁"))

    assert taken.hint == "后面已有“第七条”：如改成“第七条”，其后的编号都要顺延。"
    assert free.hint == "请核对是编号写错，还是缺了条款。"


_SURVEYS = "序号\t调查选题\t样本量\n1\t防火\t600\n2\t防汛\t600\n3\t演练\t600\n4\t预案\t600"


@pytest.mark.parametrize(
    ("lead", "quotes"),
    [
        ("面向9个部门开展问卷调查4次，选题和样本量如下：", []),
        ("面向9个部门开展问卷调查5次，选题和样本量如下：", ["5"]),
        ("面向9个部门开展问卷调查五次，选题见下表。\n年度调查选题", ["五"]),
        ("本项目分为3个标段，采购清单如下：", []),
        ("每季度开展问卷调查不少于5次，选题如下：", []),
        ("全年共开展问卷调查4次，每次调查5项，选题如下：", []),
        ("全年开展问卷调查40次，主要选题如下：", []),
        ("全年开展问卷调查5次，由甲方确定选题。", []),
    ],
)
def test_a_table_has_as_many_rows_as_the_sentence_before_it_says(lead: str, quotes: list[str]) -> None:
    """The last number of the sentence is held to the numbered rows where both speak of the same."""
    assert [("N102", quote) for quote in quotes] == [(code, quote) for code, quote, _ in found(f"{lead}\n{_SURVEYS}")]


@pytest.mark.parametrize(
    ("lines", "quotes"),
    [
        ("4.0 首付款。\n4.2 中期款。\n4.3 尾款。", ["4.0"]),
        ("4.0 总则。\n4.1 首付款。\n4.2 中期款。", []),
        ("2.0 版本的接口由乙方提供。\n4.1 首付款。\n4.2 中期款。", []),
        ("4.1 首付款。\n4.2 中期款。\n2.0米以上的沟槽另计。\n4.3 尾款。", []),
    ],
)
def test_a_point_zero_stands_for_the_first_where_the_second_follows(lines: str, quotes: list[str]) -> None:
    """4.0, 4.2: the first was meant; 4.0 before 4.1, versions and measures are none of the list."""
    text = f"第三条 服务\n3.1 甲。\n3.2 乙。\n第四条 付款\n{lines}\n第五条 违约\n5.1 甲。\n5.2 乙。"

    assert [f.quote for f in check_reading(reading_of(text)) if f.rule == "N101"] == quotes
