"""PDF through LibreOffice."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest

from docgen import office
from docgen.errors import OutputError, ToolMissing
from docgen.outputs import pdf
from tests.endure import ENDURE

PACKAGES = "apt install libreoffice-writer-nogui fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


def word_file(text: str, font: str = "仿宋") -> bytes:
    """A Word file with one paragraph."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    run = document.add_paragraph().add_run(text)
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program named soffice in place of LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_set_becomes_pdf() -> None:
    """Names, text and fonts arrive; a second conversion differs in nothing."""
    import pdfplumber

    files = {"01_协议（正本）.docx": word_file("合同总价壹佰零肆万元整"), "02_报价.docx": word_file("示例", "黑体")}
    made = pdf.pdfs(files)

    assert list(made.files) == ["01_协议（正本）.pdf", "02_报价.pdf"]
    with pdfplumber.open(BytesIO(made.files["01_协议（正本）.pdf"])) as opened:
        assert (opened.pages[0].extract_text() or "").strip() == "合同总价壹佰零肆万元整"
        assert opened.metadata["CreationDate"].startswith("D:19800101000000")
    if ENDURE:
        assert pdf.pdfs(files) == made


def test_dates_and_ids_are_set_without_moving_a_byte() -> None:
    """The table of offsets at the end of a PDF counts bytes."""
    first, second = (
        b"(x) /CreationDate(D:20261121%s+08'00')>> trailer\n/ID [ <%s>\n<%s> ]\n/DocChecksum /%s\n"
        % (time, identity, identity, identity)
        for time, identity in ((b"201122", b"A1" * 16), (b"201123", b"5C" * 16))
    )

    assert pdf._steady(first) == pdf._steady(second)
    assert len(pdf._steady(first)) == len(first)
    assert b"D:19800101000000Z00'00')" in pdf._steady(first)


def test_nothing_to_convert_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty set is an empty answer."""
    monkeypatch.setenv("PATH", "")

    assert pdf.pdfs({}) == pdf.Conversion({})


def test_a_missing_program_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint names the packages and the site."""
    monkeypatch.setattr(office, "PLACES", ())
    monkeypatch.setenv("PATH", "")

    with pytest.raises(ToolMissing, match="没有找到 LibreOffice") as caught:
        pdf.pdfs({"a.docx": b""})
    assert caught.value.hint == (
        f"Debian/Ubuntu：{PACKAGES}；Windows 和 macOS：请从 https://www.libreoffice.org 下载安装。"
    )


@posix
def test_a_pdf_that_was_not_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice says yes and writes nothing: the file is named, with its answer."""
    stand_in(tmp_path, monkeypatch, "echo source file could not be loaded")

    with pytest.raises(OutputError, match=r"没能生成 PDF：01_协议\.pdf。") as caught:
        pdf.pdfs({"01_协议.docx": b"broken"})
    assert caught.value.hint == "LibreOffice 的回答：source file could not be loaded"


@posix
def test_an_endless_conversion_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time limit holds for what LibreOffice has started as well."""
    monkeypatch.setattr(office, "SECONDS_TO_START", 0.2)
    monkeypatch.setattr(office, "SECONDS_A_FILE", 0)
    stand_in(tmp_path, monkeypatch, "sleep 30 & sleep 30")
    begun = time.monotonic()

    with pytest.raises(OutputError, match="没有转换完 1 个文件"):
        pdf.pdfs({"a.docx": b""})
    assert time.monotonic() - begun < 10


@posix
def test_libreoffice_gets_a_profile_and_the_font_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a running LibreOffice nor missing fonts get in the way."""
    seen = tmp_path / "seen"
    stand_in(tmp_path, monkeypatch, f'echo "$FONTCONFIG_FILE" "$@" > {seen}; for last; do :; done; '
             'out=$(dirname $(dirname "$last"))/out; printf "%%PDF-" > $out/000.pdf')  # fmt: skip

    assert pdf.pdfs({"a.docx": b""}).files == {"a.pdf": b"%PDF-"}
    words = seen.read_text(encoding="utf-8").split()
    assert words[0] == str(pdf.FONTS)
    assert pdf.FONTS.is_file()
    assert words[1].startswith("-env:UserInstallation=file:///")
    assert words[2:4] == ["--headless", "--norestore"]
    assert Path(words[-1]).name == "000.docx"


@posix
@pytest.mark.parametrize(
    ("faces", "notes"),
    [
        ("BAAAAA+UMingCN CAAAAA+LiberationSerif", ()),
        ("BAAAAA+UMingCN DAAAAA+DejaVuSans", ("01_协议.pdf：本机缺少文件所用的字体，由 DejaVuSans 代替。",)),
        (
            "CAAAAA+LiberationSerif",
            (f"01_协议.pdf：没有用到中文字体，汉字可能显示不出来；请安装中文字体（{PACKAGES}）。",),
        ),
        ("", ()),
    ],
)
def test_fonts_that_stand_in_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faces: str, notes: tuple[str, ...]
) -> None:
    """A face that is neither Chinese nor one of the Latin ones stands in for a missing font."""
    program = tmp_path / "pdffonts"
    program.write_text(f"#!/bin/sh\necho name; echo ----; for f in {faces}; do echo $f TrueType; done\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    assert pdf._font_notes({"01_协议.pdf": b""}) == notes
