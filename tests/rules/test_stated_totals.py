"""The contract's total wherever it is stated, in one document and over the files of a set."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_bundle, check_reading
from tests.rules.snippets import bundle_of, reading_of

PRICE = "序号\t事项\t单价（元）\t数量\t金额（元）\n1\t甲\t100\t3\t300\n2\t乙\t\t\t104\n总计\t\t\t\t404\n"


def told(text: str) -> list[tuple[str, str, str, str | None]]:
    """Code, severity, quote and expectation of the findings about amounts."""
    found = check_reading(reading_of(text))
    return [(f.rule, f.severity.label, f.quote, f.expected) for f in found if f.rule.startswith("M")]


def test_most_statements_are_right() -> None:
    """Of three statements the one that differs is told, wherever it stands."""
    others = "本项目最终报价为1040000元。\n合同总价为1040000元（大写：壹佰零肆万元整）。"

    assert told(f"项目经费总金额¥1004000元。\n{others}") == [("M103", "error", "¥1004000元", "1,040,000.00 元")]
    assert told(f"{others}\n服务费共计¥104元。") == [("M103", "warning", "¥104元", "1,040,000.00 元")]


@pytest.mark.parametrize(
    "text",
    [
        "合同总价为100元（大写：壹佰元整）。\n合同总价为200元。\n合同总价为300元。",
        "第一包合同总价为100元（大写：壹佰元整）。\n第二包合同总价为200元。",
        "合同总价106万元（大写：壹佰零陆万元整），其中不含税合同总价100万元。",
        "合同总价为500元（大写：伍佰元整）。\n服务费共计¥80元。\n最终报价为90元。",
        f"合同总价为400元（大写：肆佰元整）。\n{PRICE.replace('总计', '合计')}",
    ],
)
def test_other_totals_are_left_alone(text: str) -> None:
    """Lots, totals without tax and fees of other kinds are no other statement of the total."""
    assert told(text) == []


def test_the_table_is_held_to_the_total() -> None:
    """A table that adds up to a total one slip away from the contract's is told; one that adds up to it is not."""
    assert told(f"合同总价为440元（大写：肆佰肆拾元整）。\n{PRICE}") == [("M106", "warning", "404", None)]
    assert told(f"合同总价为404元（大写：肆佰零肆元整）。\n{PRICE}") == []


def test_files_of_one_contract_state_one_total() -> None:
    """Files that name the same contract number are compared, others are not."""
    text = "【文件】甲.docx\n合同编号：示合2021-1\n合同总价为500元。\n【文件】乙.docx\n合同编号：{}\n合同总价为600元。"

    (finding,) = check_bundle(bundle_of(text.format("示合2021-1")))
    assert (finding.rule, finding.place.file, finding.quote) == ("M104", "乙.docx", "600元")
    assert finding.related[0].file == "甲.docx"
    assert check_bundle(bundle_of(text.format("示合2021-2"))) == []


def test_a_total_without_words_is_a_note() -> None:
    """Only in a contract between two parties, and only where no 大写 stands anywhere."""
    assert told("甲方：示例局\n乙方：示例公司\n合同总价为500元。") == [("M105", "note", "500元", None)]
    assert told("甲方：示例局\n乙方：示例公司\n合同总价为500元。\n大写：________") == []
    assert told("合同总价为500元。") == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        # The same words, one of them slipped, although they are not the strictest.
        ("签约合同价为32156000元。\n附注：签约合同价32516000元。", ["32516000元"]),
        ("研究经费总额为38万元。\n经费总额：83万元。", ["83万元"]),
        ("签约合同价为32156000元。\n另一标段签约合同价500000元。", []),
        # No file has a contract number.
        ("【文件】1.docx\n投标总价：867500元\n【文件】2.docx\n投标总价：857500元", ["857500元"]),
        ("【文件】1.docx\n投标总价：867500元\n【文件】2.docx\n投标总价：12000元", []),
        # A paper that names neither number nor party.
        ("【文件】1.docx\n合同编号：PX-2026-33\n合同总价为156800元。\n【文件】2.docx\n总计人民币壹拾伍万陆仟元整。", ["人民币壹拾伍万陆仟元整"]),
    ],
)  # fmt: skip
def test_totals_in_the_same_words_or_beside_the_contract(text: str, quotes: list[str]) -> None:
    """Where nothing says that one total is meant, only a slip of the hand is told."""
    bundle = bundle_of(text)
    found = [f for reading in bundle.readings for f in check_reading(reading)] + check_bundle(bundle)

    assert [f.quote for f in found if f.rule in ("M103", "M104")] == quotes


GOODS = (
    "【文件】合同.txt\n序号\t品名\t数量\t单价\t总价\n1\t试纸\t1200\t42.50\t51,000.00\n"
    "2\t手套\t80000\t0.62\t49,600.00\n合计\t\t\t\t100,600.00\n【文件】承诺书.txt\n"
)


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("二、不虚报价格，合同金额{}元为最终价格。", "100,600.00"),
        ("二、泄密的，按合同金额（¥{}）的20%支付违约金。", "100,600.00"),
    ],
)
def test_another_file_may_state_what_the_price_table_adds_up_to(line: str, total: str) -> None:
    """A total that only a sentence of another file says is held to the table, where a slip parts them."""
    found = {
        one: [(f.rule, f.severity.label, f.expected) for f in check_bundle(bundle_of(GOODS + line.format(one)))]
        for one in (total, "100,060.00", "95,000.00")
    }

    assert found == {total: [], "100,060.00": [("M104", "warning", f"{total} 元")], "95,000.00": []}


def test_a_total_named_in_passing_needs_no_words() -> None:
    """按合同金额（¥…）的20% speaks of a total that is stated elsewhere."""
    text = "甲方：示例市档案馆\n乙方：示例数档科技有限公司\n泄密的，按合同金额（¥658,200.00）的20%支付违约金。"

    assert told(text) == []
