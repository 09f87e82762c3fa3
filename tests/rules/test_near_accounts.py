"""Accounts that one slip tells apart."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_bundle
from tests.rules.snippets import bundle_of


def told(text: str) -> list[tuple[str, str, str | None]]:
    """What is told of a set: rule, quote, and what is expected there."""
    return [(f.rule, f.quote, f.expected) for f in check_bundle(bundle_of(text))]


SET = "【文件】合同.docx\n开户名称：示例智教设备有限公司；开户银行：示例银行学府支行；账号：6200 0012 3456 7890 123\n【文件】报价.docx\n供方（盖章）：示例智教设备有限公司\n账号：{}\n"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("6200 0012 3456 7890 123", []),
        ("6200001234567890123", []),
        ("6200 0012 3756 7890 123", [("P104", "6200 0012 3756 7890 123", None)]),
        ("6200 0021 3456 7890 123", [("P104", "6200 0021 3456 7890 123", None)]),
        ("6200 0012 3456 7890 124", []),  # perhaps the next account
        ("6200 0012 9956 7890 123", []),
        ("6200 0023 3456 7890 123", []),  # 12 and 23 are no two that changed places
        ("7777 5555 3333 1111", []),
    ],
)
def test_an_account_that_one_slip_tells_apart_is_told(number: str, expected: list[tuple[str, str, str | None]]) -> None:
    """One digit, or two that changed places, make another account of the same; other numbers are other accounts."""
    assert told(SET.format(number)) == expected


def test_an_account_is_told_once() -> None:
    """What the rule for accounts of one holder tells is not told again."""
    text = "户名：示例咨询有限公司\n账号：6222 0808 1234 5011\n附件1\n户名：示例咨询有限公司\n账号：6222 0808 7234 5011"

    assert len(told(text)) == 1
