"""是不是想写…: the known word that a mistyped one most likely means."""

from __future__ import annotations

from collections.abc import Iterable

_COMPARED = 8


def nearest(word: str, known: Iterable[str], cutoff: float = 0.5) -> str | None:
    """The known word most like `word`; None when none is much like it.

    Of several that are alike to it, the one that has more of its characters in their places is meant.
    """
    from difflib import SequenceMatcher, get_close_matches  # only a fault needs it, and its import takes a while

    def likeness(other: str) -> tuple[float, int]:
        return SequenceMatcher(None, other, word).ratio(), sum(map(str.__eq__, word, other))

    return max(get_close_matches(word, list(known), n=_COMPARED, cutoff=cutoff), key=likeness, default=None)
