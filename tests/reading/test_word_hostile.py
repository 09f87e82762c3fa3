"""Bad Word files are refused with a reason, in seconds and within bounds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.errors import InputError
from docgen.reading.word import read_word
from docgen.word.package import write_package
from tests.reading.hostile import FILES, packed
from tests.wordfiles import p, word_file, word_files

_PART = "a.docx：其中的 word/document.xml "
REFUSED = {
    "a part of 300 MB": "“a.docx”中的 word/document.xml 展开后过大（超过 64 MB），不予读取。",
    "600 MB in all": "“a.docx”展开后过大（超过 512 MB 或 10000 个部件），不予读取。",
    "a billion laughs": f"{_PART}带有 DTD 或实体定义，正常的 Word 文件没有，不予读取。",
    "a file of the machine": f"{_PART}带有 DTD 或实体定义，正常的 Word 文件没有，不予读取。",
    "a definition in another encoding": f"{_PART}带有 DTD 或实体定义，正常的 Word 文件没有，不予读取。",
    "100,000 elements deep": f"{_PART}嵌套过深，不能读取。",
    "tables 100,000 deep": f"{_PART}嵌套过深，不能读取。",
    "ten million paragraphs": f"{_PART}内容过多，不予读取。",
    "a million paragraphs": "a.docx：内容过多或有过长的段落，不予读取。",
    "many attributes": f"{_PART}内容过多，不予读取。",
    "one text of 20 MB": f"{_PART}有过长的内容，不能读取。",
    "one paragraph of 5 MB": "a.docx：内容过多或有过长的段落，不予读取。",
    "a long line of styles": "1 blocks",
    "styles in a circle": "1 blocks",
    "styles that never end": "1 blocks",
    "a cell over a billion columns": "1 blocks",
}


def test_hostile_files_are_refused_in_seconds_and_bounds(tmp_path: Path) -> None:
    """Bombs of every kind are refused with the reason, or read where they do no harm, all within 512 MB."""
    names = []
    for number, make in enumerate(FILES.values()):
        names.append(str(tmp_path / f"{number}.docx"))
        Path(names[-1]).write_bytes(make())
    command = [sys.executable, "-m", "tests.reading.hostile", *names]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, encoding="utf-8")
    said, seconds = json.loads(run.stdout)

    assert REFUSED == dict(zip(FILES, said, strict=True))
    assert seconds < 20


WHOLE = write_package(word_files(p("甲" * 3000)))
DAMAGED = {
    "nothing": (b"", "“a.docx”不是完整的 Word 文件"),
    "no zip": (b"PK\x03\x04 and no more", "“a.docx”不是完整的 Word 文件"),
    "cut off": (WHOLE[: len(WHOLE) // 2], "“a.docx”不是完整的 Word 文件"),
    "a byte changed": (WHOLE.replace(WHOLE[700:704], b"\0\0\0\0"), "“a.docx”不是完整的 Word 文件"),
    "an old or encrypted file": (b"\xd0\xcf\x11\xe0" + bytes(600), "“a.docx”是加密的 Word 文件或旧版 .doc 文件"),
    "no XML": (word_file("<w:p>"), r"a\.docx：其中的 word/document\.xml 不是完好的 XML"),
    "no document": (packed().replace(b"word/document.xml", b"word/documens.xml"), "“a.docx”中没有正文"),
    "a workbook": (
        write_package(
            word_files("", raw={"word/document.xml": b"<workbook/>", "[Content_Types].xml": b"<spreadsheetml/>"})
        ),
        "“a.docx”不是 Word 文件，而是 Excel 工作簿",
    ),
}


@pytest.mark.parametrize(("data", "said"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_files_are_refused(data: bytes, said: str) -> None:
    """What is damaged, or no Word file, is refused with what is wrong with it."""
    with pytest.raises(InputError, match=said):
        read_word(data, "a.docx")
