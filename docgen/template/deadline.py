"""Work that is ended when it has used the processor for too long, where it is done in this very process.

What a template does is counted (budget.py), but not what the caller's own objects do when they are asked for a field,
an item or their text. They may compute without end; a timer of the processor's time then ends the work.
"""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from docgen.template.budget import PROCESSOR_SECONDS

# A long table takes its time with any template: so many entries of the data are worth one second more.
_ENTRIES: Final = 20_000
_DEEPEST: Final = 4
_AGAIN: Final = 0.2
# The timer and the clock need not agree to the last.
_NEARLY: Final = 0.9


class TooLateError(BaseException):
    """The time is over; no Exception, so that nothing on the way takes it for one of the data's own."""


def seconds_for(data: Mapping[str, Any]) -> int:
    """How many seconds of the processor's time a document of the data gets."""
    return PROCESSOR_SECONDS + _entries(data, _DEEPEST) // _ENTRIES


def _entries(data: Any, depth: int) -> int:
    """How many entries the data have, those within the entries of lists not counted."""
    kind = data.__class__
    if kind is dict:
        return sum(_entries(item, depth - 1) for item in data.values()) if depth else 0
    # Whatever else says how long it is may take its time to say so.
    return len(data) if kind is list or kind is tuple else 0


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """What is done within raises TooLateError after so much of the processor's time.

    Other threads are not counted, nor what Python takes to look through a large program for garbage. Only the main
    thread can be told so, and only where the system has such timers; a caller who uses one keeps it.
    """
    over, spent = False, _Spent()

    def tell(*_: object) -> None:
        if not over and spent.so_far() > seconds * _NEARLY:
            raise TooLateError

    try:
        used = signal.getitimer(signal.ITIMER_VIRTUAL) != (0.0, 0.0)
        before = None if used else signal.signal(signal.SIGVTALRM, tell)
    except (AttributeError, ValueError):
        used = True
    if used:
        yield
        return
    # The first of all, as the signal comes with the first step of Python behind the search.
    gc.callbacks.insert(0, spent.collecting)
    try:
        # Again and again: the first may come where what it raises is passed over.
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
        yield
    finally:
        over = True
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before or signal.SIG_DFL)
        gc.callbacks.remove(spent.collecting)


class _Spent:
    """The processor's time of this thread since the beginning, but for that of looking for garbage."""

    def __init__(self) -> None:
        self._begun = time.thread_time()
        self._since: float | None = None

    def so_far(self) -> float:
        """The time spent so far, in seconds."""
        return (time.thread_time() if self._since is None else self._since) - self._begun

    def collecting(self, phase: str, _info: Mapping[str, int]) -> None:
        """Stop the clock where a search begins, and let it go on where it ends."""
        if phase == "start":
            self._since = time.thread_time()
        elif self._since is not None:
            self._begun += time.thread_time() - self._since
            self._since = None
