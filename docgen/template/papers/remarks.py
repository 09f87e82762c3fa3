"""What a proposal says about the paper: what was left out, changed, or left for a person to decide."""

from __future__ import annotations

from typing import NamedTuple


class Remark(NamedTuple):
    """One thing that a person should know: its kind, where it stood, the words, and what is said of them."""

    kind: str
    place: str
    text: str
    told: str
