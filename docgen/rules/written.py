"""What rendering wrote, found again in the saved file: a value that went in must come out unharmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from docgen.findings import Finding, Place, Severity
from docgen.reading.document import Reading
from docgen.rules.rule import rule


class Value(Protocol):
    """One value that rendering wrote: its field, its text, and where it must stand."""

    @property
    def path(self) -> str | None:
        """The field it came from."""

    @property
    def text(self) -> str:
        """The text as written."""

    @property
    def part(self) -> str:
        """The part of the file."""

    @property
    def position(self) -> int:
        """The paragraph of the part, from 0."""

    @property
    def start(self) -> int:
        """The first character in the paragraph."""

    @property
    def end(self) -> int:
        """The character behind the last."""


@rule("W103", "写入的内容没有原样出现在文件里", on=Value)
def values_stand(reading: Reading, values: Iterable[Value]) -> Iterator[Finding]:
    """为什么: 数据里的每个值写进文件以后，从存好的文件里读回来必须一字不差，否则打开的合同就少了字。"""
    texts = reading.by_place()
    for value in values:
        block = texts.get((value.part, value.position))
        found = "" if block is None else block.text[value.start : value.end]
        # Hidden text of a template counts where it stands, but nobody reads it.
        beside = block is not None and block.unseen and value.text in f"{block.text}\n{block.unseen}"
        if found == value.text or beside:
            continue
        index = None if block is None else block.index
        place = Place(reading.file, value.part, index, value.start, value.end, path=value.path)
        message = f"写入的是“{value.text}”，从文件里读回来的是“{found}”。"
        hint = "请检查模板里的这一处；这也可能是程序的错误。"
        yield Finding("", Severity.ERROR, message, place, found, expected=value.text, hint=hint)
