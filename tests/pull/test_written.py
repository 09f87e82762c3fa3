"""What pulling writes into data files of all kinds: the value alone, every other byte as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from docgen.pipeline import Options as BuildOptions
from docgen.pipeline import build
from docgen.pull.report import Options, pulled

ROOT = Path(__file__).resolve().parent.parent.parent
SET = "2026-好差评"
LINE = "  address: 示例市明政区政务大道1号\n"
NEW = "示例市明政区政务大道2号: #甲 & “乙”"


def _line(text: str) -> Callable[[str], bytes]:
    return lambda source: source.replace(LINE, text, 1).encode()


WAYS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "as it is": (str.encode, f'"{NEW}"'),
    "in another encoding": (lambda source: source.encode("gb18030"), f'"{NEW}"'),
    "with a byte order mark": (lambda source: b"\xef\xbb\xbf" + source.encode(), f'"{NEW}"'),
    "in lines of Windows": (lambda source: source.replace("\n", "\r\n").encode(), f'"{NEW}"'),
    "in quotes": (_line('  address:   "示例市明政区政务大道1号"   # 办公地址，待核\n'), f'"{NEW}"'),
    "in single quotes": (_line("  address: '示例市明政区政务大道1号'\n"), f'"{NEW}"'),
    "under its label": (_line("  地址: 示例市明政区政务大道1号 # 同上\n\n\n"), f'"{NEW}"'),
    "as a block": (_line("  address: |-\n    示例市明政区政务大道1号\n"), NEW),
}


@pytest.mark.parametrize("way", WAYS)
def test_all_but_the_value_stays_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """Comments, blanks, encoding, line ends, byte order mark and quotes of everything else are those of the clerk."""
    written, new = WAYS[way]
    for name in (f"data/{SET}", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data" / SET / "contract.yaml"
    before = written(data.read_text(encoding="utf-8"))
    data.write_bytes(before)
    build(data.parent, "data", BuildOptions(only=("1",)))
    path = next((tmp_path / "outputs" / SET).glob("01_*.docx"))
    document = docx.Document(str(path))
    run = next(run for p in document.paragraphs for run in p.runs if "政务大道1号" in run.text)
    run.text = run.text.replace("示例市明政区政务大道1号", NEW)
    document.save(str(path))

    (report,) = pulled([(path, path.name)], Options(write=True))

    assert [(change.field, change.new) for change in report.changes] == [("party_a.address", NEW)]
    encoding = "gb18030" if "encoding" in way else "utf-8"
    head, tail = _parted(before, encoding)
    assert data.read_bytes() == head + new.encode(encoding) + tail


def _parted(data: bytes, encoding: str) -> tuple[bytes, bytes]:
    """What stands before and behind the value and its quotes."""
    head, _, tail = data.partition("示例市明政区政务大道1号".encode(encoding))
    for mark in (b'"', b"'"):
        if head.endswith(mark):
            head, tail = head.removesuffix(mark), tail.removeprefix(mark)
    return head, tail
