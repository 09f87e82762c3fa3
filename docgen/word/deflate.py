"""How parts are compressed: by zlib, or by the faster ISA-L where it is installed (the extra `[fast]`).

DOCGEN_DEFLATE=zlib keeps to zlib, whose bytes are the same wherever the files are made.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from functools import cache
from typing import Final, Protocol

VARIABLE: Final = "DOCGEN_DEFLATE"
_LEVEL: Final = 6
_FAST_LEVEL: Final = 2


class Deflater(Protocol):
    """A stream being compressed."""

    def compress(self, data: bytes, /) -> bytes:
        """What is ready of the stream after these bytes."""

    def flush(self) -> bytes:
        """The rest of the stream."""


Making = tuple[Deflater, Callable[[bytes, int], int]]


def deflater() -> Making:
    """A new compressor of a part, and the checksum that goes with it."""
    fast = None if os.environ.get(VARIABLE) == "zlib" else _isal()
    return fast() if fast else usual_deflater()


def usual_deflater() -> Making:
    """The same by zlib, for what is kept and used wherever that is the only one."""
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS), zlib.crc32


@cache
def _isal() -> Callable[[], Making] | None:
    try:
        from isal import isal_zlib
    except ImportError:
        return None
    return lambda: (isal_zlib.compressobj(_FAST_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS), isal_zlib.crc32)
