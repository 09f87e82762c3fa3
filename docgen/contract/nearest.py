"""是不是想写…: the known word that a mistyped one most likely means."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`; None when none is much like it."""
    from difflib import get_close_matches  # only a fault needs it, and its import takes a while

    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return near[0] if near else None
