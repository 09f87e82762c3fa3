"""Where words stand in a version of a file, as a clerk would say it: 第四条 4.4 第3段, 表1 第6行第3列."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Final

from docgen.findings import Place
from docgen.reading.document import Block, Reading
from docgen.reading.word import read_word
from docgen.rules.rule import place_of

# A short line that no sentence ends is the heading of the paragraphs below it, and is not counted with them.
_HEADING: Final = 40
_SENTENCE: Final = "。；：，！？、"

Key = tuple[str, int]


class Places:
    """The places in one version of a file, which is read when the first of them is asked for."""

    def __init__(self, file: str, data: bytes) -> None:
        self._file, self._data = file, data

    def of(self, part: str, position: int, start: int = 0, end: int = 0) -> Place:
        """The place of some characters of a paragraph."""
        return place_of(self._file, self._reading.by_place().get((part, position)), part, (start, end))

    def named(self, part: str, position: int, start: int = 0, end: int = 0, *, gone: bool = False) -> Place:
        """The place with the number of the paragraph among those of its clause; said to be an earlier one if `gone`."""
        label = self._counted.get((part, position)) or "正文"
        return replace(self.of(part, position, start, end), label=f"原{label}" if gone else label)

    @cached_property
    def _reading(self) -> Reading:
        return read_word(self._data, self._file)

    @cached_property
    def _counted(self) -> Mapping[Key, str]:
        return dict(_labels(self._reading.blocks))


def _labels(blocks: Sequence[Block]) -> Iterator[tuple[Key, str]]:
    """The label of each paragraph, with its number among those that have the same one."""
    outside = sorted(blocks, key=lambda block: block.cell is not None)
    for (_, label), group in groupby(outside, key=lambda block: (block.part, block.label)):
        here = list(group)
        said = [block for block in here if block.text.strip()]
        counted = said[1:] if len(said) > 1 and label and here[0].cell is None and _heads(said[0]) else said
        numbers = {block.index: number for number, block in enumerate(counted, 1)} if len(counted) > 1 else {}
        for block in here:
            count = numbers.get(block.index)
            named = label or ("正文" if count is not None else "")
            yield (block.part, block.position), f"{named}{f' 第{count}段' if count is not None else ''}".strip()


def _heads(block: Block) -> bool:
    text = block.text.strip()
    return len(text) <= _HEADING and not text.endswith(tuple(_SENTENCE))
