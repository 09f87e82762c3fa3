"""What rendering remembers of every value it writes; a tuple, because there may be a hundred thousand of them."""

from __future__ import annotations

from typing import NamedTuple


class Written(NamedTuple):
    """A value in a rendered document: the path of its field, its text, and the characters it stands on.

    `part` and `position` are those of the Reading of the same file: the part's name and the paragraph, counted by
    opening tags; `start` and `end` are positions in the paragraph's visible text. `path` is None for what comes
    from no single field.
    """

    path: str | None
    text: str
    part: str
    position: int
    start: int
    end: int
