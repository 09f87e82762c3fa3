"""What programs read of a run that broke off: the JSON document of its command, with nothing in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, TextIO

_CHANGES: Final = frozenset({"plan", "where", "pull", "diff", "restore"})
_SUMMARY: Final = '"summary": {"files": 0, "errors": 0, "warnings": 0, "notes": 0}'


class Watched:
    """A stream that knows whether anything was written to it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.used = stream, False

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            self.used = True
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """Write the text; from then on the stream's own method does it."""
        written = self.stream.write(text)
        if text:
            self.used = True
            vars(self)["write"] = self.stream.write
        return written


def wants_json(words: Sequence[str]) -> bool:
    """Whether a command line asks for JSON."""
    words = words[: words.index("--")] if "--" in words else words
    return "--format=json" in words or ("--format", "json") in pairwise(words)


def nothing(words: Sequence[str]) -> str:
    """The JSON document of a command line that came to nothing."""
    command = next((word for word in words if not word.startswith("-")), "")
    if command == "amount":
        return '{"amounts": []}'
    if command in _CHANGES:
        return '{"changes": [], "files": [], "summary": {"files": 0, "changes": 0}}'
    return f'{{"files": [], {_SUMMARY}}}'
