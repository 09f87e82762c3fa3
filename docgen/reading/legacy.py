"""Old files (.doc, .wps, .rtf) as Readings, converted by LibreOffice."""

from __future__ import annotations

from docgen.errors import ToolMissing
from docgen.reading.document import Reading


def read_legacy(data: bytes, shown: str) -> Reading:
    """The Reading of an old file; ToolMissing where nothing on this machine can convert it."""
    del data
    raise ToolMissing(f"{shown}：旧版文件还不能读取。", hint="请用 Word 或 WPS 另存为 .docx。")
