"""Paragraphs far longer than any contract has: a rule looks a sentence back from a place, never to the beginning."""

from __future__ import annotations

from time import process_time

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of

_HEAD = "第一条 服务内容\n第二条 违约责任\n附件1：报价\n附件2：名单\n"
_SECONDS = 5  # the worst took minutes while every place was held against all that stands before it


@pytest.mark.parametrize(
    "unit", ["违反第九条的，", "按本合同第一条办理，", "见附件2，", "【】", "合计1000元，", "待补充"]
)
def test_time_grows_no_faster_than_the_paragraph(unit: str) -> None:
    """A paragraph of 100,000 characters with one word over and over is judged in seconds."""
    reading = reading_of(_HEAD + unit * (100_000 // len(unit)))
    begun = process_time()
    check_reading(reading)

    assert process_time() - begun < _SECONDS
