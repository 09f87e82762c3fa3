"""Rules on data: one slip is told once, at its place; what honest contracts do is no fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.rules.catalogue import check_contract
from tests.rules.snippets import contract_of


def told(text: str, folder: Path) -> list[tuple[str, str, str]]:
    """Code, severity and path of every finding in a snippet."""
    found = check_contract(contract_of(text, folder))
    return [(finding.rule, finding.severity.label, finding.place.path or "") for finding in found]


PRICE = """
    price:
      total: 1040000
      sections:
        - title: 绩效评估
          subtotal: 630000
          rows:
            - {item: 专家工作, unit_price: 12000, quantity: 45}
            - {item: 报告, amount: 90000}
        - title: 社会调查
          subtotal: 410000
          rows:
            - {item: 问卷, unit_price: 8, quantity: 50000, amount: 400000}
            - {item: 座谈, unit_price: 5000, quantity: 2}
      sub_budgets:
        - {name: 绩效, amount: 630000, sections: [绩效评估]}
        - {name: 调查, amount: 410000, sections: [社会调查]}
      instalments:
        - {amount: 630000}
        - {amount: 410000}
    review: {amount: 1040000}
"""


def test_a_price_that_agrees_has_no_finding(tmp_path: Path) -> None:
    """Rows, subtotals, sub-budgets, instalments and review form may all be typed when they agree."""
    assert told(PRICE, tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "finding"),
    [
        ("amount: 400000", "amount: 410000", ("M201", "error", "price.sections[2].rows[1].amount")),
        ("quantity: 50000,", "quantity: 60000,", ("M201", "error", "price.sections[2].rows[1].amount")),
        ("unit_price: 12000", "unit_price: 13000", ("M202", "error", "price.sections[1].rows[1].unit_price")),
        ("quantity: 2}", "quantity: 3}", ("M202", "error", "price.sections[2].rows[2].quantity")),
        ("amount: 90000", "amount: 91000", ("M202", "error", "price.sections[1].rows[2].amount")),
        ("subtotal: 630000", "subtotal: 603000", ("M202", "error", "price.sections[1].subtotal")),
        ("total: 1040000", "total: 1400000", ("M203", "error", "price.total")),
        (
            "{name: 调查, amount: 410000",
            "{name: 调查, amount: 401000",
            ("M204", "error", "price.sub_budgets[2].amount"),
        ),
        ("- {amount: 410000}", "- {amount: 41000}", ("M212", "error", "price.instalments[2].amount")),
        ("review: {amount: 1040000}", "review: {amount: 104000}", ("M207", "error", "review.amount")),
    ],
)
def test_one_slip_is_one_finding_at_its_place(
    before: str, after: str, finding: tuple[str, str, str], tmp_path: Path
) -> None:
    """Whatever single figure is changed, the root cause is told and nothing that only follows from it."""
    assert told(PRICE.replace(before, after, 1), tmp_path) == [finding]


def test_a_dated_review_form_tells_what_was_reviewed_then(tmp_path: Path) -> None:
    """After the price changed it is no fault, and no reason to change the form: the contract is to be reviewed again."""
    changed = PRICE.replace("amount: 1040000}", "amount: 1000000, date: 2021-04-16}")

    (found,) = check_contract(contract_of(changed, tmp_path))

    assert (found.rule, found.severity.label, found.place.path, found.expected) == (
        "M207",
        "warning",
        "review.amount",
        None,
    )
    assert found.message == (
        "2021年4月16日法审的标的金额是 1,000,000.00 元，合同总价现在是 1,040,000.00 元，相差 40,000.00 元，需重新法审。"
    )


def test_a_dated_review_form_tells_the_name_that_was_reviewed(tmp_path: Path) -> None:
    """A contract that was renamed since is to be reviewed again, and is no fault of the form; an undated one is wrong."""
    text = "contract: {name: 甲服务合同}\nreview: {contract_name: 乙服务合同, date: 2021-04-16}"

    assert told(text, tmp_path) == [("W201", "warning", "review.contract_name")]
    assert told(text.replace(", date: 2021-04-16", ""), tmp_path) == [("W201", "error", "review.contract_name")]


def test_a_dated_review_form_has_no_say_in_what_the_total_is(tmp_path: Path) -> None:
    """The price table alone contradicts a total that was not changed with it, whatever was reviewed."""
    stale = """
        price: {total: 1040000, sections: [{rows: [{amount: 1050000}]}]}
        review: {amount: 1040000, date: 2021-04-16}
    """

    assert told(stale, tmp_path) == [("M203", "error", "price.total")]


def test_a_total_that_was_changed_on_purpose_is_told_with_all_that_has_to_follow(tmp_path: Path) -> None:
    """Either the total is wrong, or every control figure that contradicts it: each with what it would be."""
    text = """
        price:
          total: 2180000
          instalments:
            - {share: 50%, amount: 1080000}
            - {share: 25%, amount: 540000}
            - {amount: 余款}
    """

    (found,) = check_contract(contract_of(text, tmp_path))

    assert found.rule == "M203"
    assert found.hint == (
        "请核对合同总价；合同总价没有写错的，下列控制数要跟着改，或者删去，由程序得出："
        "价款.付款[1].金额应为 1,090,000.00 元，价款.付款[2].金额应为 545,000.00 元。"
    )
    assert [(place.path, place.line) for place in found.related] == [
        ("price.instalments[1].amount", 5), ("price.instalments[2].amount", 6)
    ]  # fmt: skip


SHARES = """
    price:
      total: 2160000
      instalments:
        - {name: 首付款, share: 50%, amount: 1080000}
        - {name: 中期款, share: 25%, amount: 540000}
        - {name: 尾款, share: 25%, amount: 540000}
"""


@pytest.mark.parametrize(
    ("before", "after", "finding"),
    [
        ("total: 2160000", "total: 2610000", ("M203", "error", "price.total")),
        ("share: 50%", "share: 60%", ("M211", "error", "price.instalments[1].share")),
        ("amount: 1080000", "amount: 1008000", ("M211", "error", "price.instalments[1].amount")),
        (
            "share: 25%, amount: 540000}\n",
            "share: 25%, amount: 450000}\n",
            ("M211", "error", "price.instalments[2].amount"),
        ),
        ("share: 25%, amount: 540000}\n    ", "share: 20%}\n    ", ("M213", "error", "price.instalments")),
    ],
)
def test_shares_amounts_and_total_tell_which_one_slipped(
    before: str, after: str, finding: tuple[str, str, str], tmp_path: Path
) -> None:
    """Of total, share and amount the odd one out is told."""
    assert told(SHARES.replace(before, after, 1), tmp_path) == [finding]


@pytest.mark.parametrize(
    "text",
    [
        "price: {total: 100, basis: 据实结算, instalments: [{amount: 30}]}",
        "price: {total: 100, basis: 据实结算, instalments: [{share: 30%}]}",
        "price: {total: 100, instalments: [{share: 30%}, {amount: 余款}]}",
        "price: {total: 100, instalments: [{name: 首付款}, {share: 70%}]}",
        "price: {total: 100.01, instalments: [{share: 50%, amount: 50.01}, {share: 50%, amount: 50.00}]}",
        "price: {total: 100.01, instalments: [{share: 50%, amount: 50.00}, {share: 50%, amount: 50.01}]}",
        "price: {total: 100, sub_budgets: [{name: 其中专家费, amount: 20}]}",
        "price: {sections: [{title: 甲, rows: [{amount: 1}]}, {title: 乙, rows: [{amount: 2}]}], sub_budgets: [{sections: [甲]}]}",
        "price: {total: 100, sections: [{rows: [{amount: 100}, {item: 备用行}]}]}",
        "price: {sections: [{rows: [{unit_price: 3.33, quantity: 0.5, amount: 1.66}]}]}",
        "price: {total: 100, tax: {rate: 6%, net: 94.34, tax: 5.66}}",
        "price: {total: 100, tax: {rate: 6%}}",
        "price: {sections: [{rows: []}]}",
        "{price: {total: 待填, instalments: [{share: 50%}, {share: 待填}]}, review: {amount: 待填}}",
    ],
)
def test_honest_prices_are_no_fault(text: str, tmp_path: Path) -> None:
    """据实结算, 余款, open fields, spare rows, 其中 and roundings of one 分 are as they should be."""
    assert told(text, tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "contract: {period: {start: 合同签订之日, end: 2022-05-31}}\nacceptance: {start: 2022年4月, end: 2022年5月}",
        "contract: {sign_date: 2021年6月, period: {start: 2021-06-21, end: 2022年}}",
        "contract: {sign_date: 2021-06-21, period: {start: 2021-06-21, end: 2021-06-21}}",
        "contract: {year: 2020, sign_date: 2021-06-21, name: 2020年度考核服务合同}",
        "contract: {year: 2021, name: 2020年度考核服务合同}",
        "contract: {name: 2021—2022年度服务合同, project_name: 2021年度服务项目}",
        "phases: [{start: 2026年2月, end: 2026年6月}, {start: 2026年6月下旬, end: 2026年12月}, {start: 2026年, end: 待填}]",
        "contract: {sign_date: 待填}\nreview: {date: 2021-06-21}",
        "contract: {period: {start: 2026-06-01, end: 2027-06-30}}\nacceptance: {mid_start: 2026年11月下旬, mid_end: 2026年12月上旬}",
    ],
)
def test_honest_dates_are_no_fault(text: str, tmp_path: Path) -> None:
    """Events, partial dates, acceptance before the end and a year beside the year of signing are as they should be."""
    assert told(text, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (
            "contract: {sign_date: 2021-06-22, period: {start: 2021-06-21, end: 2022-05-31}}",
            [("D201", "warning", "contract.sign_date")],
        ),
        ("contract: {period: {start: 2022-06-01, end: 2022年5月}}", [("D202", "error", "contract.period.end")]),
        ("acceptance: {start: 2022年5月, end: 2022年4月}", [("D203", "error", "acceptance.end")]),
        (
            "contract: {period: {start: 合同签订之日, end: 2022-05-31}}\nacceptance: {start: 2024年4月, end: 2022年5月}",
            [("D203", "error", "acceptance.start")],
        ),
        (
            "acceptance: {start: 2022年4月, end: 2022年5月, mid_start: 2022年6月}",
            [("D204", "error", "acceptance.mid_start")],
        ),
        (
            "contract: {period: {start: 2026-02-01, end: 2026-12-31}}\nphases: [{title: 甲, start: 2026年7月, end: 2027年1月}]",
            [("D205", "warning", "phases[1].end")],
        ),
        (
            "phases: [{title: 甲, start: 2026年2月, end: 2026年8月}, {title: 乙, start: 2026年7月, end: 2026年12月}]",
            [("D205", "warning", "phases[2].start")],
        ),
        (
            "phases: [{title: 甲, start: 2026年7月, end: 2026年8月}, {title: 乙, start: 2026年1月, end: 2026年2月}]",
            [("D205", "error", "phases[2].end")],
        ),
    ],
)
def test_dates_out_of_order_are_told_at_the_date(
    text: str, findings: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """Only what cannot be true is an error; what may be meant so is a warning."""
    assert told(text, tmp_path) == findings


@pytest.mark.parametrize(
    "text",
    [
        "party_b: {name: 示例咨询（集团）有限公司, bank: {account_name: 示例咨询(集团)有限公司}}",
        "team: [{name: 张某, phone: 138****0001}, {name: 张某, phone: 138****0001}]",
        "party_a: {phone: '13800000001', contact: {phone: '13800000001'}}\nparty_b: {phone: '13800000001'}",
        "team: [{no: 1, name: 甲小明}, {name: 乙小红}, {no: 3, name: 丙小刚}]",
        "contract: {copies: {total: 6}}",
        "contract: {copies: {total: 6, holders: [{holder: 甲方, count: 待填}, {holder: 乙方, count: 1}]}}",
        "indicator_tables: [{title: 否决指标, groups: [{name: 网站, rows: [{indicator: 安全}]}]}]",
        "indicator_tables: [{points: 100, groups: [{points: 60, rows: [{points: 60}, {indicator: 二季度不检查}]}, {points: 40}]}]",
    ],
)
def test_honest_people_and_counts_are_no_fault(text: str, tmp_path: Path) -> None:
    """Masked names, shared telephones, brackets of both widths and tables without points are as they should be."""
    assert told(text, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (
            "indicator_tables: [{points: 100, groups: [{name: 甲, points: 61, rows: [{points: 60}]}, {points: 40}]}]",
            [("N202", "error", "indicator_tables[1].groups[1].points")],
        ),
        (
            "indicator_tables: [{points: 100, groups: [{name: 甲, points: 60, rows: [{points: 50}]}, {points: 40}]}]",
            [("N202", "error", "indicator_tables[1].groups[1].points")],
        ),
        (
            "price: {sections: [{rows: [{no: 1, amount: 1}, {no: 2, amount: 1}, {no: 2, amount: 1}, {no: 3, amount: 1}]}]}",
            [("N204", "error", "price.sections[1].rows[3].no")],
        ),
    ],
)
def test_numbers_are_told_where_they_first_break(
    text: str, findings: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """A slip in points or serial numbers is one finding."""
    assert told(text, tmp_path) == findings


@pytest.mark.parametrize(
    "text",
    [
        "work_plans: [{annex_title: 方案, summary: 本项目附件一式两份，附件3份，见附件1。}]",
        "work_plans: [{annex_title: 方案, summary: 按招标文件第五章及附件9、《通知》附件三办理。}]",
        "work_plans: [{annex_title: 方案}]\nreview: {opinions: [{text: [建议删去附件7。]}]}",
        "work_plans: [{annex_title: 方案, section: 待填}]",
    ],
)
def test_annexes_of_other_papers_are_not_ours(text: str, tmp_path: Path) -> None:
    """Counted annexes, annexes of other papers and quoted drafts are no references of the set."""
    assert told(text, tmp_path) == []


def test_a_finding_shows_the_line_and_what_to_do(tmp_path: Path) -> None:
    """Message, expected text, hint, frame and related places are complete."""
    text = """
        price:
          total: 1,040,000.00
          instalments:
            - {amount: 630000}
            - {amount: 41万元}
        review:
          amount: 100万元
    """
    (finding,) = check_contract(contract_of(text, tmp_path))

    assert finding.message == "法审建议单的标的金额是 1,000,000.00 元，合同总价是 1,040,000.00 元，相差 40,000.00 元。"
    assert (finding.quote, finding.expected) == ("100万元", "1,040,000.00 元")
    assert (finding.place.line, finding.place.column, finding.place.label) == (8, 11, "法审建议单.标的金额")
    assert [place.label for place in finding.related] == ["价款.合同总价"]
    assert finding.hint == "请核对；标的金额可以删去，由合同总价得出。"
    assert finding.frame is not None
    assert "100万元" in finding.frame


def test_a_reference_is_shown_at_its_own_words(tmp_path: Path) -> None:
    """Of a long text only the words in question are marked."""
    text = "work_plans:\n  - annex_title: 方案\n    summary: 具体安排见附件9，工作量见附件1。\n"
    (finding,) = check_contract(contract_of(text, tmp_path))

    assert (finding.rule, finding.quote, finding.place.path) == ("R205", "附件9", "work_plans[1].summary")
    assert (finding.place.line, finding.place.column) == (3, 19)
    assert text[finding.place.offset :].startswith("附件9")
