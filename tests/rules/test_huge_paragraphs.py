"""Paragraphs far longer than any contract has: a rule looks a sentence back from a place, never to the beginning."""

from __future__ import annotations

from time import process_time

import pytest

from docgen.reading.document import Bundle
from docgen.report.outcome import FileReport, by_file
from docgen.rules.causes import arranged
from docgen.rules.document_rules import check_bundle, check_reading
from tests.rules.snippets import reading_of

_HEAD = "第一条 服务内容\n第二条 违约责任\n附件1：报价\n附件2：名单\n"
_SECONDS = 5  # the worst took minutes while every place was held against all that stands before it


@pytest.mark.parametrize(
    "unit",
    [
        "违反第九条的，",
        "按本合同第一条办理，",
        "见附件2，",
        "【】",
        "合计1000元，",
        "待补充",
        "人民币拾万元，",
        "2026年6月9日（星期一），",
    ],
)
def test_time_grows_no_faster_than_the_paragraph(unit: str) -> None:
    """A paragraph of 100,000 characters with one word over and over is judged in seconds."""
    reading = reading_of(_HEAD + unit * (100_000 // len(unit)))
    begun = process_time()
    check_reading(reading)

    assert process_time() - begun < _SECONDS


@pytest.mark.parametrize(
    "unit",
    [
        "违反第九十九条的",
        "见附件9",
        "于2026年2月30日签订",
        "2026年6月9日（星期一）开标",
        "本合同一式六份，甲方三份，乙方二份",
        "支付人民币1000元（大写：贰仟元整）",
    ],
)
def test_time_grows_no_faster_than_the_number_of_paragraphs(unit: str) -> None:
    """Ten thousand paragraphs with the same fault are judged, compared and put in order in seconds."""
    total = "本合同总价为人民币10000元（大写：壹万元整）。\n首付款：签订后支付合同总价的50%，即5000元；尾款：支付合同总价的50%。\n"
    reading = reading_of(_HEAD + total + f"{unit}。\n" * 10_000)
    begun = process_time()
    found = [*check_reading(reading), *check_bundle(Bundle((reading,)))]
    by_file([FileReport(reading.file)], arranged(found))

    assert process_time() - begun < 2 * _SECONDS
