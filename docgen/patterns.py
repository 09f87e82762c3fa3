"""Regular expressions that are compiled when they are first used.

A rule has several, and most contracts need few of them: compiling all when the rules are loaded would take longer
than judging a contract by them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """What stands for a regular expression until it is used; from then on its methods are the compiled one's."""

    __slots__ = ("_flags", "_source", "findall", "finditer", "fullmatch", "match", "search", "split", "sub")

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    @property
    def pattern(self) -> str:
        """The expression as written."""
        return self._source

    def __getattr__(self, name: str) -> Any:
        # Only asked for what is not there yet.
        if name not in self.__slots__:
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in self.__slots__[2:]:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """The regular expression, which is compiled when it is first used."""
    return cast("re.Pattern[str]", _Pattern(source, flags))
