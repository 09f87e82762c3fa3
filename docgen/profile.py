"""House rules in docgen.yaml: which rules are reported, how grave they count, and which findings were accepted."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from docgen.choice import Accepted, Choice, fingerprint
from docgen.contract.fit import At, Fitter
from docgen.contract.group import Group, labelled, listed
from docgen.contract.parts import Parts
from docgen.contract.scalars import Line, Text, choice
from docgen.contract.shape import shape_of
from docgen.contract.source import read_source
from docgen.errors import InputError, OutputError, refusal
from docgen.findings import Finding, Severity, in_order
from docgen.rules.explain import titles

_LEVELS: Final = {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.NOTE}
_HEAD: Final = "# docgen 的本单位规则，见使用指南“核对已有的文件”一节。\n"


class LevelEntry(Group):
    """How grave a rule counts in this house."""

    rule: Line | None = labelled("规则")
    level: Annotated[str, choice(tuple(_LEVELS))] | None = labelled("级别")


class AcceptedEntry(Group):
    """A finding that was looked at and let stand."""

    rule: Line | None = labelled("规则")
    file: Line | None = labelled("文件")
    quote: Text | None = labelled("原文")
    mark: Line | None = labelled("指纹")
    reason: Line | None = labelled("理由")


class ProfileEntry(Group):
    """What docgen.yaml may say."""

    select: tuple[Line, ...] = listed("只报")
    ignore: tuple[Line, ...] = listed("不报")
    levels: tuple[LevelEntry, ...] = listed("级别")
    accepted: tuple[AcceptedEntry, ...] = listed("已接受")


def read_profile(path: Path) -> Choice:
    """The house rules of a file; an InputError tells all that is wrong with it."""
    return _Reader(path).choice()


class _Reader:
    """Reads one docgen.yaml; all its faults are told at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parts = Parts(Path(os.path.realpath(path.parent)), f"{path.parent.as_posix()}/")
        self._fitter = Fitter(shape_of(ProfileEntry), self._parts)
        self._known = titles()

    def choice(self) -> Choice:
        tree = self._parts.read(self._path, self._path.as_posix())
        if tree is None and [finding.rule for finding in self._parts.findings] == ["F102"]:
            return Choice()
        if tree is None:
            raise self._error()
        entry = self._fitter.value(tree, self._fitter.root, At("", tree, ()))
        made = Choice(
            tuple(self._codes(entry.select, "select")),
            tuple(self._codes(entry.ignore, "ignore")),
            MappingProxyType(dict(self._levels(entry.levels))),
            tuple(self._accepted(entry.accepted)),
        )
        if any(finding.severity is Severity.ERROR for finding in self._findings()):
            raise self._error()
        return made

    def _codes(self, codes: Sequence[str | None], path: str) -> Iterator[str]:
        for number, code in enumerate(codes, 1):
            yield self._code(code, f"{path}[{number}]")

    def _code(self, code: str | None, path: str) -> str:
        found = (code or "").upper()
        if code and not any(known.startswith(found) for known in self._known):
            self._fault(path, f"没有“{code}”这条规则；docgen explain 列出全部规则。")
        return found

    def _levels(self, entries: Sequence[LevelEntry]) -> Iterator[tuple[str, Severity]]:
        for number, entry in enumerate(entries, 1):
            path = f"levels[{number}]"
            self._complete(path, ("rule", "规则"), ("level", "级别"))
            yield self._code(entry.rule, f"{path}.rule"), _LEVELS.get(entry.level or "", Severity.NOTE)

    def _accepted(self, entries: Sequence[AcceptedEntry]) -> Iterator[Accepted]:
        for number, entry in enumerate(entries, 1):
            path = f"accepted[{number}]"
            self._complete(path, ("rule", "规则"), ("file", "文件"), ("reason", "理由"))
            code = self._code(entry.rule, f"{path}.rule")
            if code and code not in self._known and any(known.startswith(code) for known in self._known):
                self._fault(f"{path}.rule", f"这里要写一条规则的全部代码，“{code}”只是开头。")
            yield Accepted(code, entry.file or "", entry.reason or "", entry.quote, entry.mark)

    def _complete(self, path: str, *fields: tuple[str, str]) -> None:
        missing = [label for key, label in fields if f"{path}.{key}" not in self._fitter.nodes]
        if missing and path not in self._fitter.faulty:
            self._fault(path, f"缺少 {'、'.join(missing)}。")

    def _fault(self, path: str, message: str) -> None:
        node = self._fitter.nodes[path]
        self._fitter.fault("F260", node, At(path, node, ()), message)

    def _findings(self) -> list[Finding]:
        return in_order([*self._parts.findings, *self._fitter.findings])

    def _error(self) -> InputError:
        faults = [finding for finding in self._findings() if finding.severity is Severity.ERROR]
        told = "\n".join(f"  第 {found.place.line} 行：{found.message}{found.hint or ''}" for found in faults)
        return InputError(f"{self._path.as_posix()} 有 {len(faults)} 处错误：\n{told}")


def accept(path: Path, findings: Iterable[Finding], reason: str) -> int:
    """How many findings were written into the file as accepted, with the reason; they must not stand there already."""
    entries = [_entry(finding, reason) for finding in findings]
    if not entries:
        return 0
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else _HEAD
        made = _with_entries(path, text, entries)
        copy = path.with_name(f".{path.name}.{os.getpid()}")
        copy.write_bytes(made.encode())
        _Reader(copy).choice()
        copy.replace(path)
    except (OSError, UnicodeError) as error:
        raise (
            refusal(error, str(path)) if isinstance(error, OSError) else InputError(f"{path}：不是 UTF-8 编码。")
        ) from None
    return len(entries)


def _with_entries(path: Path, text: str, entries: Sequence[str]) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    at, indent = _end_of_accepted(path, text)
    if at is None:
        return text.rstrip() + end * 2 + "已接受:" + end + "".join(_indented(entry, "  ", end) for entry in entries)
    line_end = text.find("\n", at)
    at = len(text) if line_end < 0 else line_end + 1
    before = text[:at] if text[:at].endswith("\n") else text[:at] + end
    return before + "".join(_indented(entry, indent, end) for entry in entries) + text[at:]


def _end_of_accepted(path: Path, text: str) -> tuple[int | None, str]:
    """Where the list of accepted findings ends, and how its entries are indented; None where there is no list."""
    tree = read_source(path, path.as_posix())[0] if path.exists() else None
    found = next((value for key, value in (tree.pairs if tree else ()) if key.text in {"accepted", "已接受"}), None)
    if found is None:
        return None, ""
    if not found.items or text[found.start : found.start + 1] != "-":
        message = f"{path.as_posix()}：“已接受”要写成一行一个“- ”的列表，才能往下添加。"
        raise OutputError(message, hint="请改写这一段，或删去空的“已接受:”一行。")
    return found.end, " " * ((found.place.column or 1) - 1)


def _entry(finding: Finding, reason: str) -> str:
    fields: Mapping[str, str] = {
        "规则": finding.rule,
        "文件": finding.place.file.replace("\\", "/").rpartition("/")[2],
        "原文": finding.quote,
        "指纹": fingerprint(finding),
        "理由": reason,
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items() if value]
    return "\n".join([f"- {lines[0]}", *(f"  {line}" for line in lines[1:])])


def _indented(entry: str, indent: str, end: str) -> str:
    return "".join(f"{indent}{line}{end}" for line in entry.split("\n"))
