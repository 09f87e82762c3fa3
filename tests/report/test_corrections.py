"""Every correction that a rule is sure of: accepted in Word, it makes the finding vanish and raises no other."""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from docgen.contract.contract import Contract
from docgen.findings import Finding, Severity
from docgen.reading.document import Bundle, Reading
from docgen.reading.plain import PlainReading
from docgen.reading.word import read_word
from docgen.report.copies import corrected
from docgen.rules.catalogue import rules
from docgen.rules.causes import arranged
from docgen.rules.document_rules import check_bundle, check_reading
from docgen.rules.rule import Rule
from docgen.word.package import read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.text import w
from tests.rules.snippets import bundle_of
from tests.wordfiles import p, table, word_file

SAMPLED = [rule for rule in rules() if rule.on is not Contract and rule.wrong]

# Those whose sample holds a third fact that decides which side is wrong; in the others a person has to.
DECIDED = "D104 M102 M111 M125 M126 P101"

PLAN = "合同总价为1040000元（大写：壹佰零肆万元整）。\n（1）首付款：签订后支付{}；\n（2）尾款：验收后支付{}。"
ROWS = "序号\t事项\t单价（元）\t数量\t金额（元）\n1\t驻场\t2000\t12\t24000\n2\t视频\t5000\t6\t30000\n总计\t\t\t\t{}"
CONFIRMED = [
    ("M101", "合同总价为10000元（大写：壹仟元整），乙方另行出具10000元的收据。", "大写：壹万元整"),
    ("M101", "大小写不一致的，以大写为准。\n服务费￥10,000.00元（大写：人民币壹仟元整）", "￥1,000.00元"),
    ("M101", PLAN.format("630000元（大写：陆拾叁万元整）", "400000元（大写：肆拾壹万元整）"), "支付410000元（大写"),
    ("M101", "合同总价为440000元（大写：肆拾肆万元整）。\n验收后支付合同总价的60%，即264000元（大写：陆万肆仟元整）。", "贰拾陆万肆仟元整"),
    ("M102", "服务费10000元（大写：人民币壹万圆）。", "人民币壹万圆整"),
    ("M103", "合同总价为1040000元。\n协议总价为104万元。\n合同总价：140万元（大写：壹佰肆拾万元整）。", "104万元（大写：壹佰零肆万元整）"),
    ("M103", f"合同总价为54000元。\n合同总价：45000元（大写：肆万伍仟元整）。\n{ROWS.format(54000)}", "54000元（大写：伍万肆仟元整）"),
    ("M106", f"合同总价为45000元（大写：肆万伍仟元整）。\n首付款：签订后支付24000元；\n尾款：验收后支付30000元。\n{ROWS.format(54000)}", "54000元（大写：伍万肆仟元整）"),
    ("M112", f"{ROWS.format(45000).replace('总计', '合计')}\n乙方收到54000元后开工。", "54000"),
    ("M113", f"{ROWS.format(94000).replace('总计', '小计').replace('94000', '54000')}\n1\t咨询\t100\t10\t1000\n小计\t\t\t\t1000\n总计\t\t\t\t65000\n乙方收到55000元后开工。", "55000"),
    ("M121", PLAN.format("合同总价的50%，即500000元（大写：伍拾万元整）", "520000元"), "520000元（大写：伍拾贰万元整）"),
    ("M121", PLAN.format("合同总价的60%，即520000元", "520000元"), "50%"),
    ("M122", f"{PLAN.format('630000元', '430000元')}\n阶段\t付款金额（元）\n签订\t630000\n验收\t410000", "410000元"),
    ("M124", "服务费共计1040000元，由以下两项组成：风险评估220000元，绩效评估830000元。\n绩效评估的费用是820000元。", "绩效评估820000元。\n"),
    ("M125", "不含税金额100000元，税率6%，税额6600元（大写：陆仟陆佰元整），价税合计106000元。", "6000元（大写：陆仟元整）"),
    ("M125", "合同总价（含税）为2016000元（大写：贰佰零壹万陆仟元整），税率6%，不含税价款2037735.85元，税额122264.15元。\n（1）首付款：支付合同总价的50%，即1080000元。", "2160000元（大写：贰佰壹拾陆万元整）"),
    ("D102", "2026年6月9日（星期三）开标。\n请于2026年6月9日到场。", "（星期二）"),
    ("D105", "项目履行期限为：合同签订之日起至2027年6月30日止。\n附件1\n服务期限：合同签订之日起至2027年6月30日止。\n附件2\n服务期限：合同签订之日起至2027年7月31日止。", "附件2\n服务期限：合同签订之日起至2027年6月30日止"),
    ("N102", "乙方的工作包括三部分内容：\n（1）接诉即办；\n（2）依申请公开；\n（3）清单调整；\n（4）统计报送。\n上述四部分工作由乙方完成。", "包括四部分内容"),
    ("N103", "序号\t姓名\n1\t甲\n2\t乙\n5\t丙\n4\t丁", "3"),
    ("W111", "合同价款为1O4万元（大写：壹佰零肆万元整）。", "104万元"),
]  # fmt: skip


def word_files(sample: str) -> dict[str, bytes]:
    """The files of a sample as Word files: lines are paragraphs, lines with tabs the rows of a table."""
    readings = (reading for reading in bundle_of(sample).readings if isinstance(reading, PlainReading))
    return {reading.file: word_file(_body(escape(reading.source))) for reading in readings}


def _body(text: str) -> str:
    found = ""
    for tabbed, group in groupby(text.split("\n"), key=lambda line: "\t" in line):
        lines = list(group)
        found += table(*(tuple(line.split("\t")) for line in lines)) if tabbed else "".join(map(p, lines))
    return found


def verified(files: dict[str, bytes]) -> tuple[list[Finding], dict[str, Reading]]:
    """What verify finds in the files as one set, and how they read."""
    readings = {name: read_word(data, name) for name, data in files.items()}
    found = [finding for reading in readings.values() for finding in check_reading(reading)]
    return arranged([*found, *check_bundle(Bundle(tuple(readings.values())))]), readings


def accepted(data: bytes) -> bytes:
    """The file with all tracked changes accepted, as Word does it."""
    package = read_package(data)
    root = parse(package["word/document.xml"])
    etree.strip_elements(root, w("del"), with_tail=False)
    etree.strip_tags(root, w("ins"))
    return write_package(package.replaced({"word/document.xml": serialize(root)}))


def corrected_files(sample: str) -> tuple[list[Finding], list[Finding], str]:
    """What is found before and after the corrections are accepted, and the text that then stands there."""
    files = word_files(sample)
    before, readings = verified(files)
    own = {name: [one for one in before if one.place.file == name] for name in files}
    made = {name: corrected(data, readings[name], own[name]) for name, data in files.items()}
    after, texts = verified({name: accepted(data) for name, data in made.items()})
    assert {name: reading.text for name, reading in texts.items()} == {
        name: read_word(data, name).text for name, data in made.items()
    }
    return before, after, "\n".join(reading.text for reading in texts.values())


@pytest.mark.parametrize("rule", SAMPLED, ids=lambda rule: rule.code)
def test_an_accepted_correction_leaves_nothing_to_find(rule: Rule) -> None:
    """The finding is gone, and what is found now was found before."""
    before, after, _ = corrected_files(rule.wrong)

    fixed = [finding for finding in before if finding.fix is not None]
    assert bool(fixed) == (rule.code in DECIDED.split())
    assert {(f.rule, f.message) for f in after} <= {(f.rule, f.message) for f in before if f not in fixed}


@pytest.mark.parametrize(("code", "sample", "right"), CONFIRMED)
def test_a_third_fact_decides_what_is_wrong(code: str, sample: str, right: str) -> None:
    """Where something else in the document confirms one side, the other side is put right, and all is well."""
    before, after, text = corrected_files(sample)

    assert code in {finding.rule for finding in before if finding.fix is not None}
    assert right in text
    assert [finding for finding in after if finding.severity > Severity.NOTE] == []


def test_a_clause_that_the_arithmetic_contradicts_decides_nothing() -> None:
    """Where words prevail by the contract but the share confirms the figures, a person has to look."""
    sample = (
        "合同总价为440000元（大写：肆拾肆万元整）。\n大小写不一致的，以大写为准。\n"
        "验收后支付合同总价的60%，即264000元（大写：陆万肆仟元整）。"
    )
    before, _, text = corrected_files(sample)

    assert [(finding.rule, finding.quote, finding.fix) for finding in before] == [("M101", "陆万肆仟元整", None)]
    assert "先核实" in (before[0].hint or "")
    assert "264000元（大写：陆万肆仟元整）" in text
