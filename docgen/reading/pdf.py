"""PDF files as Readings: text in reading order, tables as cells, pages labelled."""

from __future__ import annotations

from docgen.errors import ToolMissing
from docgen.reading.document import Reading


def read_pdf(data: bytes, shown: str) -> Reading:
    """The Reading of a PDF file; ToolMissing where the extra for it is not installed."""
    del data
    raise ToolMissing(f"{shown}：PDF 文件还不能读取。", hint="请取得 Word 文件。")
