"""Old files through LibreOffice: read like Word files, and one that cannot be converted costs no other."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from docgen import office
from docgen.errors import InputError, ToolMissing
from docgen.office import Answer, Kind, convert
from docgen.reading import legacy
from docgen.reading.files import read_data
from tests.wordfiles import p, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


@needs_office
@pytest.mark.parametrize(("suffix", "filter_name"), [(".doc", "doc:MS Word 97"), (".rtf", "rtf:Rich Text Format")])
def test_old_files_read_like_word_files(suffix: str, filter_name: str) -> None:
    """The text comes through, also under a suffix that is not its own."""
    made = convert({"a.docx": word_file(p("合同总价为1040000元") + p("乙方"))}, Kind(suffix, filter_name), {}, "测试")
    reading = read_data(made.files["a.docx"], "合同.wps")

    assert reading.file == "合同.wps"
    assert [block.text for block in reading.blocks if block.text] == ["合同总价为1040000元", "乙方"]


def test_without_libreoffice_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is not read, and the hint names the packages."""
    monkeypatch.setattr(office, "PLACES", ())
    monkeypatch.setenv("PATH", "")

    with pytest.raises(ToolMissing, match=r"不能读取旧版的 \.doc、\.wps 文件") as caught:
        read_data(OLE, "合同.doc")
    assert "libreoffice" in (caught.value.hint or "")


def test_an_encrypted_word_file_is_no_old_file() -> None:
    """It is told to be encrypted, and LibreOffice is not asked."""
    with pytest.raises(InputError, match="加密"):
        read_data(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "合同.docx")


@pytest.mark.parametrize(
    "data",
    [
        b"<html xmlns:w='urn:schemas-microsoft-com:office:word'><body>x</body></html>",
        "\ufeff<!DOCTYPE html><p>合同</p>".encode(),
        b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>",
        b"Message-ID: <1@localhost>\r\nSubject: Exported\r\nMIME-Version: 1.0\r\n",
    ],
)
def test_a_web_page_under_the_name_of_a_word_file_is_told_to_be_one(data: bytes) -> None:
    """Pages that Office or a website saves as .doc are refused with what helps: to save them anew from Word."""
    with pytest.raises(InputError, match="网页") as told:
        read_data(data, "合同.doc")

    assert "另存为 .docx" in (told.value.hint or "")


def test_a_file_that_takes_libreoffice_down_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that dies at the bad file has converted those before it; the rest goes on in smaller calls."""

    def dying(files: Mapping[str, bytes], kind: Kind, environment: Mapping[str, str], purpose: str) -> Answer:
        names = list(files)
        good = names[: names.index("坏.doc")] if "坏.doc" in names else names
        return Answer({name: files[name] for name in good}, "")

    monkeypatch.setattr(legacy, "convert", dying)
    names = [f"{number}.doc" for number in range(60)]
    names.insert(20, "坏.doc")
    made = legacy.converted({name: name.encode() for name in names})

    assert {name: made[name] for name in names if name != "坏.doc"} == {n: n.encode() for n in names if n != "坏.doc"}
    assert str(made["坏.doc"]) == "坏.doc：LibreOffice 打不开这个文件，可能已损坏或有密码。"


def test_a_conversion_that_is_late_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The reason names the limit."""
    monkeypatch.setattr(
        legacy, "convert", lambda *_: Answer({}, "", "LibreOffice 在 80 秒内没有转换完 1 个文件，已停止。")
    )

    with pytest.raises(InputError, match="80 秒内没有转换完"):
        read_data(OLE, "合同.doc")
