"""A list is not held to its order where a missing number stands there in another form, or is not the document's own."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def slips(text: str) -> list[str]:
    """The numbers that N101 quotes."""
    return [f.quote for f in check_reading(reading_of(dedent(text))) if f.rule == "N101"]


@pytest.mark.parametrize(
    "text",
    [
        "1.甲\n★2.乙\n★3.丙\n4.丁",
        "六、甲\n□七、乙\n☑八、丙\n九、丁",
        "5、甲\n6、乙\n7 、丙\n8、丁",
        "1、甲\n2、乙\n3：丙\n4、丁",
        "8．甲方的权利\n8．1 甲\n8． 2 乙\n8．3 丙\n9．乙方的权利",
        "说明：（1）甲。\n（2）乙。\n（3）丙。",
        "【声明】\n1.甲\n2.乙\n3.丙\n【服务条款】1.关于账户\n\n丁\n\n戊\n\n2.终端协议",
        "注：①资质按新版标准\n甲\n乙\n丙\n丁\n戊\n己\n庚\n\n7\n\n辛\n②证书\n③业绩",
        # The chapters of two parts over articles that are counted through.
        "第一编 总则\n第一章 甲\n第一条 一\n第二章 乙\n第二条 二\n第三章 丙\n第三条 三\n"
        "第二编 分则\n第一章 丁\n第四条 四\n第二章 戊\n第五条 五\n第三章 己\n第六条 六\n第四章 庚\n第七条 七",
        # The clauses that a tender marks, taken out of their lists.
        "招标文件中标有“▲”的内容\n▲（4）甲\n▲（9）乙\n▲（11）丙\n▲5.丁\n▲7.戊",
        "劳动合同法\n- 第42条：不得解除的情形\n- 第44条：终止的情形\n- 第47条：经济补偿",
        "五、甲\n第8章 乙\n第9章 丙\n六、丁\n1. 戊\n- 第8章：己\n- 第9章：庚\n2. 辛",
        # A line of a Markdown file that Pandoc broke on purpose.
        "第十二条 甲方违约责任\\\n1.\n甲方未按时集中货物，造成乙方船舶不能按时起航的，每延误一小时偿付违约金。\\\n2.\n甲方擅自变更合同的，偿付乙方违约金，并赔偿由此造成的全部损失。\\\n"
        "第十三条 乙方违约责任\\\n1.\n乙方未按期将货物运达目的港码头的，每逾期一天，应偿付甲方违约金。\\\n2. 乙方未通知的，自行负责。\\\n第十四条 其他\\\n1.\n甲",
        "1.自行承担拆除费用和一切损失2.向有关机关提出请求，封存商品。\n3.依法追索赔偿责任。\n4.其他",
        "（1）甲\n（2）乙\n说明：（1）丙\n（2）丁\n（3）戊",
        "政府采购法\n第22条(资格)\n第26条(方式)\n第46条(签订)\n第52条(质疑)\n招标投标法\n第24条(截止)\n第33条(要求)\n第45条(通知)",
        "27.甲\n28 乙\n28.1 丙\n29.丁",
        # The list of one part and that of the next, both below a 4. or 六、 of their own.
        "一、甲\n1.1 乙\n二、丙\n2.1 丁\n2.2 戊\n第二部分\n一、己\n二、庚\n2.1 辛",
        "1. 甲\n1.1 乙\n1.1.1 丙\n1.1.2 丁\n第二类\n1. 戊\n1.1 己\n1.1.1 庚\n",
        # A sentence that speaks of several numbers, and a line of a list that has no stop at its end.
        "（1）基本完好；\n（2）轻微破坏；\n（3）中等破坏。\n各类房屋可按下表计算：\n（2）（3）为现场调查",
        "1. 标书太长，不能一次性生成，必须拆成叶子章节逐节编写\n2. 分节编写容易重复，所以要把上级章节和同级章节信息一起传入\n"
        "这个思路没有问题。\n1. 同一份项目概述，加上全部章节的标题和各自的写作要求\n2. 相同的上级\n3. 相同的同级",
        # The end of a chapter, a version.
        "第一章 公告\n第二章 合同条款\n第二章 合同条款结束\n第三章 需求",
        "2.1 甲\n2.0 版软件\n2.0 版手册\n2.2 乙",
        "3.1 甲\n3.2 接受联合体的，除应符合本章\n3.1 项要求外，还应当乙\n3.3 丙",
        # One of two versions of a clause will be struck out.
        "4.2.1 甲\n4.2.2 （A）乙\n4.2.2 （B）丙\n4.2.3 丁",
        "（3）甲\n（4）（A）乙\n（4）（B）丙\n（5）丁",
        "3.4 甲\n3.5 资格审查资料（适用于已进行资格预审的）\n3.5 资格审查资料（适用于未进行资格预审的）\n3.6 乙",
        # Excerpts of laws below their titles.
        "一、甲\n二、《民事诉讼法》司法解释\n第一百三十六条 甲\n第一百三十七条 乙\n三、关于邮寄送达的《若干规定》\n第十一条 丙\n"
        "四、最高法院《关于送达工作的若干意见》\n第二条 丁\n第七条 戊",
        "人民法院在线诉讼规则（节选）\n第三条 甲\n第四条 乙\n\n在线运行规则（节选）\n第二十九条 丙\n第三十条 丁",
        # A note that begins inside a line, over the lines of a scan, and the list that goes on behind it.
        "5、甲。\n6、乙。\n注：1、采用施工总承包资质二级\n或以上的项目及地基基础工程、桥梁工程、\n隧道工程、钢结构工程的，\n"
        "宜要求技术负责人具备高级职称；\n和其他条件。\n2、采用其他资质的项目，宜要求中级职称。\n7、丙。\n8、丁。",
        # The column of clauses that a table has, line by line.
        "2\n2.2\n工程名称\n3\n2.2\n建设地点\n4\n2.2\n建设规模",
        # Numbers that go on over the headings, in a document that had another list before.
        "联系方式：\n1.甲\n2.乙\n3.丙\n一、总表\n二、总则\n1.甲\n2.乙\n三、招标文件\n3.丙\n4.丁\n四、投标文件\n5.戊\n6.己\n五、开标",
        "1.甲\n2.乙\n四、招聘标准\n1.26周岁（含）以下，大专及以上学历；\n2.具有相关知识。\n3.具备表达能力。",
        "（一）时限\n1.2小时内响应；\n2.24小时内到场；\n3.3个工作日内修复。",
        # Numbers on lines of their own, some of them.
        "3.1 权利\n3.1.1\n按照规定执行。\n3.1.2\n获得服务。\n3.1.3 获得信息。\n3.2 义务\n3.2.1\n维护。\n3.2.2\n服从。\n3.2.3 遵守。\n3.2.4\n通知。",
        # Special terms take up some of the general ones.
        "第一部分 通用合同条款\n第一条 甲\n第二条 乙\n第三条 丙\n第四条 丁\n第五条 戊\n第二部分 专用合同条款\n第三条 依据为：\n第五条\n"
        "五、有权解除合同：\n八、有权解除合同：",
        # A list below an item, set further in.
        "1.  甲\n2.  乙\n3.  丙\n4.  丁\n    1.  戊\n\n1.  己\n2.  庚\n5.  辛",
    ],
)
def test_other_forms_of_a_number_are_seen(text: str) -> None:
    """Marks before a number, other signs behind it, and numbers inside a line leave no gap."""
    assert slips(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("★1.甲\n★2.乙\n★4.丙", "4."),
        ("1、甲，共2项\n3、乙", "3、"),
        ("（1）甲\n（2）乙\n（2）丙\n（3）丁", "（2）"),
        # A stray number is told, and not the one with which the list goes on behind it.
        ("1.3 甲\n1.4 乙\n说明：\n1.1 从业人员按上一年度填报\n1.5 丙\n1.6 丁", "1.1"),
        # The number that a list under another heading would have next, by chance.
        ("一、甲\n1.乙\n2.丙\n3.丁\n二、戊\n4.己\n2.庚\n3.辛\n三、壬", "4."),
        ("一、甲\n1.乙\n2.丙\n3.丁\n二、戊\n1.己\n4.庚\n3.辛\n三、壬", "4."),
    ],
)
def test_slips_are_still_found(text: str, quote: str) -> None:
    """Figures in a sentence are no numbers of a list."""
    assert slips(text) == [quote]


def test_a_scan_that_lost_many_numbers_is_not_blamed_for_each() -> None:
    """Numbers that a scan did not recognise are the scan's fault; one or two that are missing may be the paper's."""
    lines = [f"3.{number} 各方应当遵守本条的规定。" for number in range(1, 40) if number % 5]
    scan = reading_of("\n".join(lines))
    paged = replace(scan, blocks=tuple(block._replace(page=1, line=None) for block in scan.blocks))
    short = replace(paged, blocks=paged.blocks[:10])

    assert [f.quote for f in check_reading(paged) if f.rule == "N101"] == []
    assert [f.quote for f in check_reading(short) if f.rule == "N101"] == ["3.6", "3.11"]


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("（1）汇总数据。\n（2）比对数据。\n（1）追溯成因。", "（1）"),
        ("一、甲。\n1.乙。\n2.丙。\n二、丁。\n三、戊。\n1.己。\n2.庚。\n一、成果物", "一、"),
        ("（一）甲。\n" + "1.乙。\n2.丙。\n" * 30 + "（一）丁。\n（三）戊。", "（一）"),
        ("第一章 总则\n第一条 甲\n第二条 乙\n第二章 费用\n第九条 丙\n第四条 丁\n第五条 戊", "第九条"),
        ("（一）甲。\n（二）乙。\n（九）丙的，适用第三条第（五）项的约定。", "（九）"),
        ("第一条 甲\n第二条 乙\n第三条 违反第二条约定的，应当丙。\n第二条 丁", "第二条"),
    ],
)
def test_a_number_that_goes_back_is_told(text: str, slip: str) -> None:
    """A last item that is numbered as the first, and a number that an inner or outer list parts from its own."""
    assert slips(text) == [slip]


@pytest.mark.parametrize(
    "text",
    [
        "（1）甲。\n（2）乙。\n乙方的义务\n（1）丙。",
        "（1）甲。\n（2）乙方应当：\n（1）丙。",
        "一、甲。\n二、乙。\n附件1：方案\n一、丙。",
        "一、甲\n（一）乙。\n（二）丙。\n二、丁\n（一）戊。",
        "第一章 总则\n第一条 甲\n第二条 乙\n第二章 费用\n第一条 丙\n第二条 丁",
    ],
)
def test_a_list_of_one_item_may_begin(text: str) -> None:
    """A number 1 behind a title, an announcement or in another part begins a list of its own."""
    assert slips(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "条款号   条款名称   编列内容\n7.1   公示媒介\n7.4   是否授权\n7.6   经济补偿",
        "一、 甲方\n二、 乙方要依法经营\n三、\n四、\n应当在规定时限内整改完成。\n六、 乙方应建立预案",
    ],
)
def test_a_page_whose_numbers_lie_apart_from_their_texts_is_not_judged(text: str) -> None:
    """A PDF file may give the numbers of a list by themselves, or only the clauses that a table speaks of."""
    reading = reading_of(text)
    paged = replace(reading, blocks=tuple(block._replace(page=1, line=None) for block in reading.blocks))

    assert [f.quote for f in check_reading(paged) if f.rule == "N101"] == []
