"""LibreOffice without a window: many files converted in one call, in a profile of its own, with a time limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from docgen.errors import ToolMissing

SECONDS_TO_START = 60
SECONDS_A_FILE = 20
PLACES: tuple[str, ...] = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
DEBIAN = "apt install libreoffice-writer-nogui fonts-noto-cjk fonts-arphic-uming fonts-arphic-ukai"

# No macro runs and no link is followed, whatever a file from outside asks for.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


class Kind(NamedTuple):
    """What to convert to: the suffix of the results, and LibreOffice's name for the format."""

    suffix: str
    filter: str


PDF = Kind(".pdf", "pdf:writer_pdf_Export")
PDF_WITH_BLANKS = Kind(".pdf", 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}')
WORD = Kind(".docx", "docx:MS Word 2007 XML")


class Answer(NamedTuple):
    """The bytes of the files that were converted, under the names of their sources, and what LibreOffice said.

    `late` tells that it was stopped when its time was up, None that it ended by itself.
    """

    files: Mapping[str, bytes]
    said: str
    late: str | None = None


def soffice(purpose: str) -> str:
    """The program that starts LibreOffice; `purpose` is what cannot be done without it."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    for place in PLACES:
        if Path(place).is_file():
            return place
    hint = f"Debian/Ubuntu：{DEBIAN}；Windows 和 macOS：请从 https://www.libreoffice.org 下载安装。"
    raise ToolMissing(f"没有找到 LibreOffice，不能{purpose}。", hint=hint)


def convert(files: Mapping[str, bytes], kind: Kind, environment: Mapping[str, str], purpose: str) -> Answer:
    """What came of the files; one that is missing in the answer could not be converted."""
    with TemporaryDirectory(prefix="docgen-office-", ignore_cleanup_errors=True) as folder:
        return _converted(files, kind, environment, purpose, Path(folder))


def _converted(
    files: Mapping[str, bytes], kind: Kind, environment: Mapping[str, str], purpose: str, folder: Path
) -> Answer:
    # Numbers for names: a locale that knows no Chinese would lose the file.
    sources = {f"{number:03d}{Path(name).suffix}": name for number, name in enumerate(files)}
    source_folder, made = folder / "in", folder / "out"
    source_folder.mkdir()
    made.mkdir()
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    for source, name in sources.items():
        (source_folder / source).write_bytes(files[name])
    command = [soffice(purpose), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--nolockcheck", "--convert-to", kind.filter, "--outdir", str(made)]
    said, late = _run([*command, *(str(source_folder / source) for source in sources)], environment, len(sources))
    results = {name: made / Path(source).with_suffix(kind.suffix) for source, name in sources.items()}
    return Answer({name: path.read_bytes() for name, path in results.items() if path.is_file()}, said, late)


def _run(command: Sequence[str], environment: Mapping[str, str], files: int) -> tuple[str, str | None]:
    """What LibreOffice said, and that it was late: it is ended then with everything that it started."""
    seconds = SECONDS_TO_START + SECONDS_A_FILE * files
    try:
        process = subprocess.Popen(  # noqa: S603 - the program was looked up, the names are our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | dict(environment),
            start_new_session=True,
        )
    except OSError as error:
        raise ToolMissing(f"LibreOffice 无法启动：{error.strerror}。", hint="请重新安装 LibreOffice。") from None
    try:
        said, _ = process.communicate(timeout=seconds)
    except BaseException as error:
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            return "", f"LibreOffice 在 {seconds} 秒内没有转换完 {files} 个文件，已停止。"
        raise
    return said.decode(errors="replace").strip(), None


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
