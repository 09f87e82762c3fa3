"""PDF from Word files through LibreOffice: all of a set in one call, with the fonts of an agency mapped."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.errors import OutputError, ToolMissing

FONTS = Path(__file__).with_name("fonts.conf")
SECONDS_TO_START = 60
SECONDS_A_FILE = 20
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
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
_DEBIAN = "apt install libreoffice-writer-nogui fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai"


@dataclass(frozen=True, slots=True)
class Conversion:
    """The PDF files by name, and what a person should know about their fonts."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()


def pdfs(files: Mapping[str, bytes]) -> Conversion:
    """A PDF for every Word file, under its name with the suffix .pdf; all of them, or an exception."""
    if not files:
        return Conversion({})
    with TemporaryDirectory(prefix="docgen-pdf-", ignore_cleanup_errors=True) as folder:
        return _converted(files, Path(folder))


def soffice() -> str:
    """The program that starts LibreOffice."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    for place in _PLACES:
        if Path(place).is_file():
            return place
    hint = f"Debian/Ubuntu：{_DEBIAN}；Windows 和 macOS：请从 https://www.libreoffice.org 下载安装。"
    raise ToolMissing("没有找到 LibreOffice，不能生成 PDF。", hint=hint)


def _converted(files: Mapping[str, bytes], folder: Path) -> Conversion:
    # Numbers for names: a locale that knows no Chinese would lose the file.
    sources = {f"{number:03d}{Path(name).suffix}": name for number, name in enumerate(files)}
    source_folder, made = folder / "in", folder / "out"
    source_folder.mkdir()
    made.mkdir()
    for source, name in sources.items():
        (source_folder / source).write_bytes(files[name])
    said = _run([str(source_folder / source) for source in sources], folder)
    paths = {
        Path(name).with_suffix(".pdf").name: made / Path(source).with_suffix(".pdf") for source, name in sources.items()
    }
    lost = [name for name, path in paths.items() if not _is_pdf(path)]
    if lost:
        hint = f"LibreOffice 的回答：{said[-200:]}" if said else "请用 LibreOffice 打开 Word 文件，看能否导出 PDF。"
        raise OutputError(f"没能生成 PDF：{'、'.join(lost)}。", hint=hint)
    notes = _font_notes(paths)
    return Conversion({name: _steady(path.read_bytes()) for name, path in paths.items()}, notes)


def _run(sources: Sequence[str], folder: Path) -> str:
    """What LibreOffice said; a profile of its own keeps it apart from one that the clerk has open."""
    command = [soffice(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--nolockcheck", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder / "out"), *sources]
    seconds = SECONDS_TO_START + SECONDS_A_FILE * len(sources)
    environment = os.environ | {"FONTCONFIG_FILE": str(FONTS)}
    try:
        process = subprocess.Popen(  # noqa: S603 - the program was looked up, the names are our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise ToolMissing(f"LibreOffice 无法启动：{error.strerror}。", hint="请重新安装 LibreOffice。") from None
    try:
        said, _ = process.communicate(timeout=seconds)
    except BaseException as error:
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            message = f"LibreOffice 在 {seconds} 秒内没有转换完 {len(sources)} 个文件，已停止。"
            raise OutputError(message, hint="请重试；仍不行时请用 LibreOffice 打开文件检查。") from None
        raise
    return said.decode(errors="replace").strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with everything that it started."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _is_pdf(path: Path) -> bool:
    return path.is_file() and path.read_bytes()[:5] == b"%PDF-"


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


def _font_notes(paths: Mapping[str, Path]) -> tuple[str, ...]:
    """What pdffonts, where it is installed, tells of fonts that stand in for missing ones."""
    program = shutil.which("pdffonts")
    if program is None:
        return ()
    notes = []
    for name, path in paths.items():
        faces = _faces(program, path)
        strange = [face for face in faces if not _CHINESE_FACE.search(face) and not _LATIN_FACE.search(face)]
        if strange:
            notes.append(f"{name}：本机缺少文件所用的字体，由 {'、'.join(strange)} 代替。")
        elif faces and not any(map(_CHINESE_FACE.search, faces)):
            notes.append(f"{name}：没有用到中文字体，汉字可能显示不出来；请安装中文字体（{_DEBIAN}）。")
    return tuple(notes)


def _faces(program: str, path: Path) -> list[str]:
    """The names of the fonts in a PDF, without the mark of a subset; nothing where they cannot be told."""
    try:
        answer = subprocess.run([program, str(path)], capture_output=True, timeout=30, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return []
    lines = answer.stdout.decode(errors="replace").splitlines()[2:]
    return sorted({re.sub(r"^[A-Z]{6}\+", "", line.split()[0]) for line in lines if line.strip()})
