"""Who signs what docgen writes into a Word file beside its text: one name for each job, with its initials."""

from __future__ import annotations

from typing import Final

CHECKING: Final = "docgen"
"""Findings as comments, corrections as tracked changes; in a draft they go when it is made again."""
MERGING: Final = "docgen 合并"
"""Conflicts of hand edits with the data: they stay until somebody settles them."""
COMPARING: Final = "docgen 对比"
"""What a newer version of a document says otherwise."""

_INITIALS: Final = {CHECKING: "核", MERGING: "合", COMPARING: "比"}


def initials(author: str) -> str:
    """What Word shows of an author where there is little room."""
    return _INITIALS.get(author, author[:1])
