"""Where an edit stands, as a clerk would say it: 第四条 4.4 第3段, 表1 第6行第3列."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from docgen.findings import Place
from docgen.pull.found import Spot, WordEdit
from docgen.pull.origin import Returned
from docgen.reading.document import Block, Reading
from docgen.reading.word import read_word
from docgen.rules.rule import place_of

# A short line that no sentence ends is the heading of the paragraphs below it, and is not counted with them.
_HEADING: Final = 40
_SENTENCE: Final = "。；：，！？、"

Key = tuple[str, int]


class Places:
    """The places in files that came back and in what docgen had made of them; each is read when it is asked for."""

    def __init__(self) -> None:
        self._readings: dict[tuple[str, bool], Reading] = {}
        self._labels: dict[tuple[str, bool], dict[Key, str]] = {}

    def of(self, file: Returned, spot: Spot | None) -> Place:
        """The place of an edit in the file as it is now."""
        return self._place(file, spot, made=False)

    def named(self, file: Returned, edit: WordEdit) -> Place:
        """The place of words with the number of their paragraph; where they stood, for those that are gone."""
        gone = edit.spot is None and edit.before is not None
        spot = edit.before if gone else edit.spot
        place = self._place(file, spot, made=gone)
        if spot is None:
            return place
        label = self._counted(file, made=gone).get((spot.part, spot.position)) or "正文"
        return replace(place, label=f"原{label}" if gone else label)

    def _place(self, file: Returned, spot: Spot | None, *, made: bool) -> Place:
        if spot is None:
            return Place(file.file)
        block = self._reading(file, made=made).by_place().get((spot.part, spot.position))
        return place_of(file.file, block, spot.part, (spot.start, spot.end))

    def _reading(self, file: Returned, *, made: bool) -> Reading:
        key = file.file, made
        if key not in self._readings:
            self._readings[key] = read_word(file.base if made else file.data, file.file)
        return self._readings[key]

    def _counted(self, file: Returned, *, made: bool) -> dict[Key, str]:
        key = file.file, made
        if key not in self._labels:
            self._labels[key] = dict(_labels(self._reading(file, made=made).blocks))
        return self._labels[key]


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
