"""How far a long run is, on a terminal: how much is done, how fast it goes, how long it will take."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self

_FEW: Final = 20


class Bar:
    """A progress bar on standard error that appears once a run has many files, and leaves nothing behind.

    `doing` is what is done to each, `unit` how they are counted.
    """

    def __init__(self, doing: str = "核对", unit: str = "份") -> None:
        self._doing, self._unit = doing, unit
        self._bar: _Rich | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, done: int, whole: int) -> None:
        """Show that so many files are done."""
        if self._bar is None and whole > _FEW:
            self._bar = _Rich(whole, self._doing, self._unit)
        if self._bar is not None:
            self._bar.show(done)


class _Rich:
    def __init__(self, whole: int, doing: str, unit: str) -> None:
        from time import monotonic

        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        pace = TextColumn(unit + "，{task.fields[pace]:.1f} " + unit + "/秒，还需")
        columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), pace, TimeRemainingColumn())
        # Without a thread of its own: processes are started meanwhile.
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
        self._task = self._progress.add_task("", total=whole, pace=0.0)
        self._progress.start()
        self._begun = monotonic()
        self._first = -1
        self._shown = 0.0

    def show(self, done: int) -> None:
        """Draw the bar anew, ten times a second at most."""
        from time import monotonic

        if self._first < 0:
            self._first, self._begun = done, monotonic()
        taken = monotonic() - self._begun
        pace = (done - self._first) / taken if taken else 0.0
        self._progress.update(self._task, completed=done, pace=pace)
        if monotonic() - self._shown > 0.1:
            self._shown = monotonic()
            self._progress.refresh()

    def stop(self) -> None:
        """Take the bar off the screen."""
        self._progress.stop()
