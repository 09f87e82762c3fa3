"""The help of a command, in Chinese throughout and in columns that count Chinese characters as the two they take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import click

from docgen.visible import columns

_WIDEST: Final = 28
# What click says in English; the names of values as they stand behind an option.
_SAID: Final = {
    "Options": "选项",
    "Show this message and exit.": "显示这段说明",
    "Show the version and exit.": "显示版本",
}
_VALUES: Final = {"PATH": "路径", "FILE": "文件", "TEXT": "文字", "INTEGER": "N", "CODES": "规则", "REASON": "理由"}
_VALUE: Final = re.compile(r"(?<= )(INTEGER RANGE|PATH|FILE|TEXT|INTEGER|CODES|REASON)$")
_EXTRA: Final = (
    (re.compile(r"\[x>=(\d+)\]"), r"[≥ \1]"),
    (re.compile(r"\[(\d+)<=x<=(\d+)\]"), r"[\1 至 \2]"),
    (re.compile(r"\[default: ([^\];]*)"), r"[默认 \1"),
    (re.compile(r"(?<=[\[ ])required\]"), "必填]"),
)
_WORD: Final = re.compile(r"(?:[!-~]+|\s+|.)[，。；：、！？）”》…]*")


class Formatter(click.HelpFormatter):
    """What writes the help of all commands."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        """Write how the command is called."""
        told = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …")
        self.write(f"{'':>{self.current_indent}}用法：{prog} {told}".rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """Write what stands above a list."""
        self.write(f"{'':>{self.current_indent}}{_SAID.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; one that begins with a backspace mark keeps its lines."""
        paragraphs = (_lines(part, self.width - self.current_indent) for part in re.split(r"\n\s*\n", text))
        told = "\n\n".join("\n".join(f"{'':>{self.current_indent}}{line}" for line in lines) for lines in paragraphs)
        self.write(f"{told}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST, col_spacing: int = 2) -> None:
        """Write names, each with what it means beside it, or below it where the name is long."""
        told = [(_VALUE.sub(lambda match: _VALUES[match[0].split()[0]], name), _meaning(text)) for name, text in rows]
        widest = min(col_max, self.width // 2, max((columns(name) for name, _ in told), default=0)) + col_spacing
        edge = " " * self.current_indent
        for name, text in told:
            beside = columns(name) + col_spacing <= widest
            lines = list(wrapped(text, self.width - self.current_indent - widest))
            first = name + " " * (widest - columns(name)) + lines.pop(0) if beside and lines else name
            self.write(f"{edge}{first}".rstrip() + "\n")
            self.write("".join(f"{edge}{'':>{widest}}{line}\n" for line in lines))


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines of so many columns; no line begins with a mark that closes something."""
    line = ""
    for word in _WORD.findall(text):
        if line and columns((line + word).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += word if line or not word.isspace() else ""
    if line.strip():
        yield line.rstrip()


def _lines(paragraph: str, width: int) -> list[str]:
    lines = [line.strip() for line in paragraph.strip("\n").split("\n")]
    if lines[0] == "\b":
        return lines[1:]
    # Between Chinese characters a line break means no space.
    joined = re.sub(r"(?<=[^\x00-\xff])\n|\n(?=[^\x00-\xff])", "", "\n".join(lines)).replace("\n", " ")
    return list(wrapped(joined, width))


def _meaning(text: str) -> str:
    text = _SAID.get(text, text)
    for pattern, told in _EXTRA:
        text = pattern.sub(told, text)
    return text
