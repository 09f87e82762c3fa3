"""PDF from Word files through LibreOffice: all of a set in one call, with the fonts of an agency mapped."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.errors import OutputError
from docgen.office import DEBIAN, PDF, PDF_WITH_BLANKS, convert

FONTS = Path(__file__).with_name("fonts.conf")
_CHANGING = (
    re.compile(rb"(?<=/CreationDate\(D:)[0-9]{14}[^)]*(?=\))"),
    re.compile(rb"(?<=/ModDate\(D:)[0-9]{14}[^)]*(?=\))"),
    re.compile(rb"(?<=/ID \[ <)[0-9A-F]{32}(?=>)"),
    re.compile(rb"(?<=<)[0-9A-F]{32}(?=> \]\n/DocChecksum)"),
    re.compile(rb"(?<=/DocChecksum /)[0-9A-F]{32}"),
)
_CHINESE_FACE = re.compile(
    r"UMing|UKai|Noto(?:Sans|Serif)CJK|SourceHan|Sim(?:Sun|Hei)|FangSong|KaiTi|^FZ|^ST(?:Song|Fangsong|Kaiti|Heiti|Zhongsong)"
    r"|YaHei|PingFang|Songti|WenQuanYi|[\u4e00-\u9fff]",
    re.IGNORECASE,
)
_LATIN_FACE = re.compile(r"Liberation|Tinos|Arimo|Cousine|Times|Arial|Calibri|Carlito|Cambria|Caladea|Symbol|Wingdings")


@dataclass(frozen=True, slots=True)
class Conversion:
    """The PDF files by name, and what a person should know about their fonts."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


def pdfs(files: Mapping[str, bytes], *, blanks: bool = False) -> Conversion:
    """A PDF for every Word file, under its name with the suffix .pdf; all of them, or an exception.

    With `blanks` it has the pages that are left blank so that the next one is odd.
    """
    if not files:
        return Conversion({})
    answer = convert(files, PDF_WITH_BLANKS if blanks else PDF, {"FONTCONFIG_FILE": str(FONTS)}, "生成 PDF")
    if answer.late:
        raise OutputError(answer.late, hint="请重试；仍不行时请用 LibreOffice 打开文件检查。")
    lost = [name for name in files if not answer.files.get(name, b"").startswith(b"%PDF-")]
    if lost:
        said = f"LibreOffice 的回答：{answer.said[-200:]}" if answer.said else ""
        named = "、".join(str(Path(name).with_suffix(".pdf").name) for name in lost)
        raise OutputError(f"没能生成 PDF：{named}。", hint=said or "请用 LibreOffice 打开 Word 文件，看能否导出 PDF。")
    made = {Path(name).with_suffix(".pdf").name: answer.files[name] for name in files}
    return Conversion({name: _steady(data) for name, data in made.items()}, _font_notes(made))


def _steady(data: bytes) -> bytes:
    """The PDF with a fixed date and an id from its content, so that the same file gives the same bytes.

    Lengths stay, so that the table of offsets at the end of the file still holds.
    """
    blank = data
    for pattern in _CHANGING:
        blank = pattern.sub(lambda match: b"0" * len(match[0]), blank)
    identity = hashlib.sha256(blank).hexdigest()[:32].upper().encode()
    date = b"19800101000000Z00'00'"
    for pattern in _CHANGING[:2]:
        data = pattern.sub(lambda match: date[: len(match[0])].ljust(len(match[0]), b"'"), data)
    for pattern in _CHANGING[2:]:
        data = pattern.sub(identity, data)
    return data


def _font_notes(made: Mapping[str, bytes]) -> tuple[str, ...]:
    """What pdffonts, where it is installed, tells of fonts that stand in for missing ones."""
    program = shutil.which("pdffonts")
    if program is None:
        return ()
    notes = []
    for name, data in made.items():
        faces = _faces(program, data)
        strange = [face for face in faces if not _CHINESE_FACE.search(face) and not _LATIN_FACE.search(face)]
        if strange:
            notes.append(f"{name}：本机缺少文件所用的字体，由 {'、'.join(strange)} 代替。")
        elif faces and not any(map(_CHINESE_FACE.search, faces)):
            notes.append(f"{name}：没有用到中文字体，汉字可能显示不出来；请安装中文字体（{DEBIAN}）。")
    return tuple(notes)


def _faces(program: str, data: bytes) -> list[str]:
    """The names of the fonts in a PDF, without the mark of a subset; nothing where they cannot be told."""
    with TemporaryDirectory(prefix="docgen-pdf-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "made.pdf"
        path.write_bytes(data)
        try:
            answer = subprocess.run([program, str(path)], capture_output=True, timeout=30, check=True)  # noqa: S603
        except (OSError, subprocess.SubprocessError):
            return []
    lines = answer.stdout.decode(errors="replace").splitlines()[2:]
    return sorted({re.sub(r"^[A-Z]{6}\+", "", line.split()[0]) for line in lines if line.strip()})
