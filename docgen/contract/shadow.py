"""A text with its slips mended, so that reading can go on behind them, and the way back to the places typed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """A mend: the characters from `start` to `end` replaced by `new`."""

    start: int
    end: int
    new: str


class Shadow(NamedTuple):
    """The mended text; `origin` leads from its offsets to those of the text that was typed."""

    text: str
    bounds: tuple[int, ...] = ()
    origins: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, text: str, edits: Iterable[Edit]) -> Shadow:
        """The text with the edits made; of overlapping ones the first counts."""
        pieces: list[str] = []
        bounds: list[int] = []
        origins: list[tuple[int, int]] = []
        done = length = 0
        for edit in sorted(edits):
            if edit.start < done:
                continue
            length += edit.start - done + len(edit.new)
            pieces += (text[done : edit.start], edit.new)
            bounds.append(length)
            origins.append((edit.start, edit.end))
            done = edit.end
        return cls("".join((*pieces, text[done:])), tuple(bounds), tuple(origins))

    def origin(self, offset: int) -> int:
        """The offset in the text as typed; inside a mend it is where the mend begins."""
        if not self.bounds:
            return offset
        index = bisect_right(self.bounds, offset)
        behind = offset if index == 0 else self.origins[index - 1][1] + offset - self.bounds[index - 1]
        return behind if index == len(self.bounds) else min(behind, self.origins[index][0])
