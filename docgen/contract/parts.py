"""The files a contract's data is made of: contract.yaml and the parts that it names with “文件 NAME.yaml”."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Final

from docgen.contract.nearest import nearest
from docgen.contract.source import Node, read_source
from docgen.contract.source_text import SourceText, read_text
from docgen.errors import InputError
from docgen.findings import Finding

MOST_PARTS: Final = 200
_REFERENCE: Final = re.compile(r"(?:文件[ \u3000：]*|file[ \u3000]+)(?P<name>\S.*\.ya?ml)", re.IGNORECASE)


class PartRefused(Exception):  # noqa: N818 - it becomes a finding
    """A part that cannot be used; `str()` says why, `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(slots=True)
class Parts:
    """The files read so far, by the name they are shown under; all stand inside `folder`."""

    folder: Path
    shown_folder: str
    files: dict[str, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    texts: dict[str, SourceText] = field(default_factory=dict)
    spliced: int = 0

    def read(self, path: Path, shown: str, *, list_too: bool = False) -> Node | None:
        """The tree of a file; what is wrong with its YAML is added to the findings once."""
        again = shown in self.files
        self.files[shown] = path
        tree, findings = read_source(path, shown, list_too=list_too)
        self.findings += () if again else findings
        return tree

    def part(self, name: str, within: tuple[str, ...]) -> Node | None:
        """The tree of the part of that name; `within` are the shown names of the files that lead to it."""
        path = self._inside(name)
        shown = f"{self.shown_folder}{path.relative_to(self.folder).as_posix()}"
        if shown in within:
            chain = " → ".join((*within[within.index(shown) :], shown))
            raise PartRefused(f"文件绕回了自己：{chain}", "请去掉其中一处引用。")
        self.spliced += 1
        if self.spliced > MOST_PARTS:
            raise PartRefused(f"引用的文件超过了 {MOST_PARTS} 处", "请合并较小的文件。")
        try:
            return self.read(path, shown, list_too=True)
        except InputError as error:
            hint = f"文件应放在 {self.shown_folder or './'} 之下，文件名的大小写也要一致。"
            near = None if path.exists() else self._meant(path)
            told = f"是不是想写“文件 {near}”？" if near else error.hint or hint
            raise PartRefused(str(error).rstrip("。"), told) from None

    def _meant(self, path: Path) -> str | None:
        """The name of the file beside a missing one that was probably meant; the data itself is never a part."""
        files = [file for file in path.parent.glob("*.y*ml") if file.name != "contract.yaml"]
        names = {file.stem: file.relative_to(self.folder).as_posix() for file in files}
        near = nearest(path.stem, names)
        return names[near] if near else None

    def text(self, shown: str) -> SourceText:
        """The text of a file that was read."""
        if shown not in self.texts:
            self.texts[shown] = read_text(self.files[shown], shown)[0]
        return self.texts[shown]

    def _inside(self, name: str) -> Path:
        """The true path of a part, refused when it is not inside the data folder."""
        hint = "只能引用数据文件夹之内的文件，如 文件 roster.yaml。"
        if name.startswith(("/", "\\", "~")) or PureWindowsPath(name).drive:
            raise PartRefused(f"“{name}”不是数据文件夹之内的文件名", hint)
        try:
            path = (self.folder / name.replace("\\", "/")).resolve()
        except (OSError, RuntimeError, ValueError):
            raise PartRefused(f"“{name}”不能作为文件名", hint) from None
        if not path.is_relative_to(self.folder):
            raise PartRefused(f"“{name}”在数据文件夹之外", hint)
        return path


def reference(text: str) -> str | None:
    """The name in `文件 NAME.yaml`, or None when the text is no such reference."""
    match = _REFERENCE.fullmatch(text.strip())
    return match["name"] if match else None
