"""What one rendering may spend: so many passes of loops, calls, and characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

MOST_PASSES: Final = 500_000
MOST_CHARACTERS: Final = 64 * 1024 * 1024
"""No part of a Word file is read that is larger than this, so none is written."""

CALL: Final = 5
"""What a call costs: about as much time as so many empty passes."""

PROCESSOR_SECONDS: Final = 3
MEMORY: Final = 1024 * 1024 * 1024
"""What a template may take that is not known yet, of the processor's time and of memory."""
LIMITED: Final = "新的模板第一次使用时，时间和内存都有限制；请检查其中的循环、宏和运算。"

METER: Final = "_meter"
TOO_MANY: Final = f"循环超过了 {MOST_PASSES} 次"
TOO_LONG: Final = f"写出的内容过长（超过 {MOST_CHARACTERS >> 20} MB）"

_Item = TypeVar("_Item")


class Meter:
    """The passes and calls that one rendering has made so far."""

    __slots__ = ("_spent",)

    def __init__(self) -> None:
        self._spent = 0

    def spend(self, passes: int = 1) -> None:
        """Count passes; a ValueError says that there are too many."""
        self._spent += passes
        if self._spent > MOST_PASSES:
            raise ValueError(TOO_MANY)

    def counted(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """The items of something whose number is not known before."""
        for item in items:
            self.spend()
            yield item
