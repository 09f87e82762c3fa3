"""Names of contract, project and deliverables: near misses are told, shortened and honest other names are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.reading.document import Bundle
from docgen.reading.word import read_word
from docgen.rules.document_rules import check_bundle
from docgen.rules.name_search import sounds_alike, squeezed, swapped, telling
from tests.rules.snippets import bundle_of
from tests.wordfiles import p, word_file

TITLE = "2026年度示例市公共数据质量监测评估服务委托合同书\n甲方：示例市数据局\n"

SLIPS = {
    TITLE + "按《2026年度示例市公共数据质量监测评估服务政府采购合同》执行。": "W105",
    TITLE + "按《2026年度示例市公共数据质量评估监测服务委托合同书》执行。": "W105",
    TITLE + "合同名称\t2026年度示例市公共数据质量监测评估服委托合同书": "W105",
    "项目名称：示例市公共数据质量监测评估服务\n项目名称：示例市公共数据质量检测评估服务": "W106",
    TITLE + "甲方委托乙方承担2016年度示例市公共数据质量监测评估服务。": "W114",
    TITLE + "甲方委托乙方承担2025年度示例市公共数据质量监测评估服务。": "W114",
    "编制示例市年度绩效评估工作总体方案。\n报送示例市年度绩效评估工作总体方案。\n见示例市年度效绩评估工作总体方案。": "W107",
}

HONEST = [
    TITLE + "按《公共数据质量监测评估服务委托合同书》执行。",
    TITLE + "按《2026年度示例市公共数据质量监测评估服务委托合同》执行。",
    TITLE + "与《2025年度示例市公共数据质量监测评估服务委托合同书》相同。",
    TITLE + "乙方曾承担2025年度示例市公共数据质量监测评估服务。",
    TITLE + "另签《2026年度示例市公共数据质量监测评估服务保密协议书》。",
    TITLE + "2026年度  示例市公共数据质量\n监测评估服务委托合同书\n甲方：示例市数据局",
    "# X单位办公设备采购项目招标文件\n项目名称：XX单位办公设备采购项目\nXX单位办公设备采购项目的潜在供应商，X单位办公设备采购项目",
    "项目名称：${contractName}\n联系人：${contactName}\n项目名称：${contractName}",
    "《示例市公共数据项目委托合同》\n《示例市园林绿化养护委托合同》",
    "项目名称：示例市公共数据质量监测评估服务\n项目名称：公共数据质量监测评估服务",
    "提交全市政务服务发展趋势中期分析报告。\n提交全市政务服务发展趋势中期分析报告。\n提交全市政务服务发展趋势终期分析报告。",
    "于2018年示例区食品安全创建评估项目中。\n于2018年示例区食品安全创建评估项目中。\n于2019年示例区食品安全创建评估项目中。",
    "乙方编制示例市重大决策风险评估办法。\n乙方编制示例市重大决策风险评估的办法。\n乙方编制示例市重大决策风险评估办法。",
]


@pytest.mark.parametrize(("text", "code"), SLIPS.items(), ids=str)
def test_a_slip_in_a_name_is_told(text: str, code: str) -> None:
    """A name that differs in a few characters from the name elsewhere is found once."""
    assert [finding.rule for finding in check_bundle(bundle_of(text)) if finding.rule[0] == "W"] == [code]


@pytest.mark.parametrize("text", HONEST)
def test_honest_names_stay_alone(text: str) -> None:
    """Shortened names, other years, other papers, other spacing and other stages are no slips."""
    assert [finding for finding in check_bundle(bundle_of(text)) if finding.rule[0] == "W"] == []


def test_a_title_over_several_lines_is_marked_where_it_differs() -> None:
    """The line of a title that holds the difference is quoted, the whole right name is expected."""
    name = "示例市2026年度公共数据\n质量监测评估服务\n委托合同书"
    wrong = name.replace("监测", "检测")
    text = f"{name}\n甲方：示例市数据局\n{wrong}\n甲方：示例市数据局\n\n{name}\n"
    (finding,) = [finding for finding in check_bundle(bundle_of(text)) if finding.rule == "W105"]

    assert (finding.quote, finding.place.block, finding.expected) == ("质量检测评估服务", 5, name.replace("\n", ""))


@pytest.mark.parametrize("wrong", range(4))
def test_a_single_other_year_is_a_warning(wrong: int) -> None:
    """Where three places agree, the one that differs is the slip, the title not excepted."""
    years = ["2027" if place == wrong else "2026" for place in range(4)]
    name = "年度示例市公共数据质量监测评估服务"
    title, *others = (f"{year}{name}" for year in years)
    text = f"{title}委托合同书\n甲方：示例市数据局\n{'。'.join(f'就{other}约定' for other in others)}。"
    told = [(f.rule, f.severity.label, f.quote, f.expected) for f in check_bundle(bundle_of(text))]

    assert told == [("W114", "warning", "2027", "2026")]


def test_comparing() -> None:
    """Spaces and quotation marks do not count; order and sound tell slips, numbers and stages are meant."""
    assert squeezed("《示例 “好差评”——２》") == "示例好差评2"
    assert swapped("效绩", "绩效")
    assert sounds_alike("局", "居")
    assert not sounds_alike("局", "市")
    assert telling("中", "终")
    assert telling("的", "")
    assert not telling("信息", "")


def test_a_table_of_contents_is_no_part_of_a_title() -> None:
    """The line 目录 before a title that is repeated does not belong to it."""
    title = "2026年度示例市公共数据质量监测评估服务委托合同书"

    assert check_bundle(bundle_of(f"{title}\n合同编号：1\n目　录\n{title}\n第一条 内容")) == []


def test_titles_in_headers_and_names_that_break_a_telling_word() -> None:
    """A header says the contract's name too, and 质监量 is a slip of 质量监."""
    right, wrong = "示例市人民路整修工程施工合同", "示例市人民路整修工程施合工同"
    header = read_word(word_file(p(right) + p("甲方：示例局"), header=p(f"{wrong}　合同编号：A-2026-01")), "a.docx")
    labels = bundle_of(
        "【文件】1.docx\n项目名称：示例市公共数据质量监测平台建设项目\n【文件】2.docx\n项目名称：示例市公共数据质监量测平台建设项目"
    )

    assert ["施合工" in f.quote for f in check_bundle(Bundle((header,)))] == [True]
    assert [f.rule for f in check_bundle(labels)] == ["W106"]


def test_a_running_title_with_another_title_printed_into_it_is_no_name() -> None:
    """The line at the top of a PDF page holds the title of the chapter too."""
    name = "示例高新集团安全环保管家项目"
    pages = [
        (f"项目名称：{name}", "公告"),
        *[(f"{name}　招标文件", "正文")] * 3,
        ("示例高新集团安全环保管家第项目　招标文件", "二章"),
    ]
    (plain,) = bundle_of("\n".join(line for page in pages for line in page)).readings
    paged = tuple(block._replace(page=number // 2 + 1, line=None) for number, block in enumerate(plain.blocks))
    inner = tuple(block._replace(page=1, line=None) for block in plain.blocks)

    assert [f.rule for f in check_bundle(Bundle((replace(plain, blocks=paged),)))] == []
    assert [f.rule for f in check_bundle(Bundle((replace(plain, blocks=inner),)))] == ["W107"]
