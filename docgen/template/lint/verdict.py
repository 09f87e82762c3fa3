"""A kit refused because of its faults, before anything is rendered; one that was found sound is not judged again.

What was found sound is remembered beside the compiled templates (cache.py), under a name that follows from every file
of the kit and from the programs that judge. Without a cache every process judges anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from docgen.contract.folders import KIT_FILE
from docgen.contract.kit import Kit
from docgen.errors import DocgenError, TemplateError
from docgen.findings import Finding, Severity
from docgen.template.cache import cache_folder
from docgen.template.delivered import are_delivered

_PACKAGE: Final = Path(__file__).resolve().parents[2]
_PROGRAMS: Final = ("amounts", "contract", "template", "template/lint", "word")
_MOST_TOLD: Final = 30
# What judging a kit may take: seconds of the processor's time, more for many templates, and bytes.
_SECONDS: Final = 3
_MEMORY: Final = 1024 * 1024 * 1024


def refuse_faulty(kit: Kit) -> None:
    """Raise a TemplateError that tells every error of the kit's templates; nothing happens where there is none."""
    files = _files(kit)
    if are_delivered(files):
        return
    digest = _digest(kit.folder, files)
    folder = cache_folder()
    mark = None if digest is None or folder is None else folder / f"{digest}.sound"
    if mark is not None and mark.exists():
        return
    errors = _errors.__wrapped__(None, kit.folder) if digest is None else _errors(digest, kit.folder)
    if errors:
        raise _error(kit, errors)
    if mark is not None:
        with suppress(OSError):
            mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            mark.touch(mode=0o600)


@cache
def _errors(digest: str | None, folder: Path) -> tuple[Finding, ...]:  # noqa: ARG001  (it tells one state of the folder)
    """The errors of the kit in a folder, which a process that makes many contracts looks for once.

    They are looked for in a process of its own: nobody knows yet what the templates hold.
    """
    from docgen.pool import Job, Lost, Words, forks, results

    if forks():
        # What is loaded here, neither this process nor the one that tries the templates has to load again.
        import docgen.template.lint.kits  # noqa: F401
    words = Words("没有检查完", "内容过大，检查它的程序退出了")
    processor = _SECONDS + len(list(folder.glob("*.docx"))) // 4
    job = Job(_judged, lambda _: 10.0 * processor, words, processor, _MEMORY)
    ((_, result),) = results(job, [folder], 1)
    if isinstance(result, Lost):
        raise TemplateError(
            f"合同类型“{folder.name}”的模板{result.reason}。", hint="请检查其中异常大或异常复杂的模板。"
        )
    if isinstance(result, DocgenError):
        raise result
    return result


def _judged(folder: Path) -> tuple[Finding, ...] | DocgenError:
    from docgen.template.lint.kits import lint_kit

    try:
        return tuple(finding for finding in lint_kit(folder).findings if finding.severity is Severity.ERROR)
    except DocgenError as error:
        return error


def _error(kit: Kit, errors: Sequence[Finding]) -> TemplateError:
    told = [f"  {number}. {_told(finding)}" for number, finding in enumerate(errors[:_MOST_TOLD], 1)]
    if len(errors) > _MOST_TOLD:
        told.append(f"  …… 其余 {len(errors) - _MOST_TOLD} 处从略")
    message = f"合同类型“{kit.name}”的模板有 {len(errors)} 处错误，没有生成：\n" + "\n".join(told)
    hint = f"docgen template lint {kit.folder.as_posix()} 列出全部；加 --annotate 把它们批注在模板副本上。"
    return TemplateError(message, hint=hint)


def _told(finding: Finding) -> str:
    """A fault on one line: the file, the place in it, the tag, what is wrong, what was probably meant."""
    place = finding.place
    at = f":{place.line}:{place.column}" if place.line is not None else ""
    label = f" {place.label}" if place.label else ""
    quote = f" {finding.quote}" if finding.quote and finding.quote not in finding.message else ""
    return f"{place.file}{at}{label}{quote}：{finding.message}{finding.hint or ''}"


def _files(kit: Kit) -> dict[str, bytes]:
    """The files of a kit by name; none where one of them cannot be read."""
    try:
        return {path.name: path.read_bytes() for path in [kit.folder / KIT_FILE, *sorted(kit.folder.glob("*.docx"))]}
    except OSError:
        return {}


def _digest(folder: Path, files: Mapping[str, bytes]) -> str | None:
    """What tells this state of the kit's files, and of the programs that judge them, from every other one."""
    if not files:
        return None
    digest = hashlib.sha256(_programs())
    for name, content in files.items():
        digest.update(f"{(folder / name).as_posix()} {len(content)}\n".encode("utf-8", "surrogatepass"))
        digest.update(content)
    return digest.hexdigest()


def _programs() -> bytes:
    """What tells this version of the programs that judge from every other one."""
    return repr([stamp for name in _PROGRAMS for stamp in _stamps(_PACKAGE / name)]).encode()


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                yield entry.name, entry.stat().st_size, entry.stat().st_mtime_ns
