"""Kits and templates judged before anything is rendered, step by step: find them, judge each, report."""

from __future__ import annotations

from pathlib import Path

from docgen.contract.folders import KIT_FILE, find_kits, kit_names
from docgen.contract.kit import known_kits, meant_kit
from docgen.errors import InputError, TemplateError
from docgen.reading.document import Reading
from docgen.report.outcome import FileReport, Outcome, by_file
from docgen.template.lint.kits import Report, lint_kit, lint_template

_WORD = (".docx", ".dotx", ".docm")


def targets(names: tuple[str, ...], kits: Path | None) -> list[str]:
    """The folders and files that are to be judged; without names all kits there are."""
    root = find_kits(kits)
    if names:
        return [target for name in names for target in _targets(name, root)]
    found = [(root / name).as_posix() for name in kit_names(root)]
    if not found:
        raise TemplateError(
            f"{root.as_posix()}：没有合同类型。", hint="每种合同类型是一个文件夹，里面有一份 kit.yaml。"
        )
    return found


def _targets(name: str, root: Path) -> list[str]:
    """What a word on the command line stands for: a file, a folder of a kit, of kits or of templates, or a kit."""
    path = Path(name)
    if not path.is_dir():
        return [(root / name).as_posix()] if name in kit_names(root) else [name]
    if (path / KIT_FILE).is_file():
        return [name]
    inside = [(path / kit).as_posix() for kit in kit_names(path)]
    files = [file.as_posix() for file in sorted(path.glob("*.docx")) if not file.name.startswith("~$")]
    return inside or files or [name]


def lint(path: Path, shown: str, root: Path) -> tuple[Outcome, dict[str, Reading]]:
    """The findings in a kit's folder or in a template, and what each file that has some reads as."""
    if path.is_file():
        report = lint_template(path)
    elif (path / KIT_FILE).is_file():
        report = lint_kit(path)
    else:
        raise _unknown(path, shown, root)
    return outcome(report), readings(report)


def unused(data: Path, shown: str, kits: Path | None) -> Outcome:
    """Notes on what a contract's data fill and no template of its kit has a use for."""
    from docgen.contract.load import load
    from docgen.template.lint.idle import idle

    contract, findings = load(data, shown=shown, kits=kits)
    if contract is None:
        said = f"：{findings[0].message}" if findings else ""
        raise InputError(f"{shown}：数据不能读取{said}", hint="请先改好数据：docgen check。")
    report = lint_kit(contract.kit.folder)
    found = list(idle(contract, report)) if report.whole else []
    return Outcome(by_file([FileReport(contract.file)], found), title=contract.name)


def _unknown(path: Path, shown: str, root: Path) -> InputError | TemplateError:
    if path.is_dir():
        return InputError(f"{shown}：文件夹中没有 {KIT_FILE}，也没有 .docx 模板。")
    if path.suffix.lower() in _WORD or len(path.parts) > 1:
        return InputError(f"{shown}：没有这个文件。")
    near = meant_kit(shown, root)
    message = f"没有“{shown}”这种合同类型。{f'是不是想写“{near}”？' if near else ''}"
    return TemplateError(message, hint=known_kits(root))


def outcome(report: Report) -> Outcome:
    """The report as an outcome, file by file."""
    return Outcome(by_file([FileReport(file) for file in report.files], report.findings), title=report.title)


def readings(report: Report) -> dict[str, Reading]:
    """What the files with findings read as, for copies with comments."""
    wanted = {finding.place.file for finding in report.findings}
    found = {file: sheet.reading for file, sheet in report.sheets.items() if file in wanted}
    return {file: reading for file, reading in found.items() if reading is not None}
