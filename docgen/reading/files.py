"""Any file as a Reading: chosen by what its bytes are, and by its suffix where bytes do not tell."""

from __future__ import annotations

import os
import re
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final

from docgen.errors import InputError, reason
from docgen.reading.document import Reading

WORD: Final = frozenset({".docx", ".docm", ".dotx", ".dotm"})
LEGACY: Final = frozenset({".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt"})
PDF: Final = frozenset({".pdf"})
PLAIN: Final = frozenset({".txt", ".md", ".markdown"})
SUFFIXES: Final = WORD | LEGACY | PDF | PLAIN

MOST_BYTES: Final = 256 * 1024 * 1024
MOST_PLAIN_BYTES: Final = 32 * 1024 * 1024

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF: Final = b"%PDF-"
_RTF: Final = b"{\\rtf"
# What Office and websites save as .doc although it is a page for a browser.
_WEB: Final = rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype|<html|<head|<\?xml|<table|(?:[\w-]+:[^\n]*\r?\n){0,8}MIME-Version:)"
_HEAD: Final = 2048
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def readable(path: Path) -> bool:
    """Whether a file of this name is of a kind that docgen reads."""
    return path.suffix.lower() in SUFFIXES


def file_bytes(path: Path, shown: str) -> bytes:
    """The bytes of a file; InputError says why they cannot be had."""
    try:
        status = path.stat()
        if S_ISDIR(status.st_mode):
            raise InputError(f"{shown}：这是文件夹，不是文件。")
        if not S_ISREG(status.st_mode):
            # A pipe or a device may have no end, or never begin.
            raise InputError(f"{shown}：这不是普通文件，无法读取。")
        if status.st_size > MOST_BYTES:
            raise InputError(f"{shown}：文件过大（{status.st_size >> 20} MB），最多 {MOST_BYTES >> 20} MB。")
        return path.read_bytes()
    except (OSError, UnicodeEncodeError, ValueError) as error:
        told = reason(error) if isinstance(error, (OSError, UnicodeEncodeError)) else "名称里有不能使用的字符"
        raise InputError(f"{shown}：{told}。", hint="请检查文件名、权限，或文件是否被其他程序占用。") from None


def is_legacy(data: bytes, shown: str) -> bool:
    """Whether only LibreOffice reads these bytes: an old .doc or .wps, also under another suffix."""
    if data.startswith(_OLE):
        return _ENCRYPTED not in data
    return data.startswith(_RTF) or (os.path.splitext(shown)[1].lower() == ".odt" and data.startswith(_ZIP))  # noqa: PTH122


def read_data(data: bytes, shown: str) -> Reading:
    """The Reading of a file's bytes; what they are is seen from how they begin, not from the suffix."""
    if not data:
        raise InputError(f"{shown}：文件是空的（0 字节）。", hint="请重新取得该文件。")
    if is_legacy(data, shown):
        from docgen.reading.legacy import read_legacy

        return read_legacy(data, shown)
    if data.startswith((_ZIP, _OLE)):
        from docgen.reading.word import read_word

        return read_word(data, shown)
    if _PDF in data[:1024]:
        from docgen.reading.pdf import read_pdf

        return read_pdf(data, shown)
    return _read_text(data, shown)


def _read_text(data: bytes, shown: str) -> Reading:
    from docgen.reading.plain import read_plain

    suffix = os.path.splitext(shown)[1].lower()  # noqa: PTH122
    if suffix in SUFFIXES - PLAIN:
        if re.match(_WEB, data[:_HEAD], re.IGNORECASE):
            hint = "请在 Word 或 WPS 中打开，另存为 .docx。"
            raise InputError(f"{shown}：内容是网页（HTML、MHT 或 XML），只是用了 {suffix} 后缀，不能读取。", hint=hint)
        raise InputError(f"{shown}：内容不是 {suffix} 文件，可能已损坏，或只是改了后缀。", hint="请重新取得该文件。")
    if len(data) > MOST_PLAIN_BYTES:
        raise InputError(f"{shown}：文本过大（{len(data) >> 20} MB），最多 {MOST_PLAIN_BYTES >> 20} MB。")
    return read_plain(data, shown)
