"""How far a long run is, on a terminal: files done and files in all."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self

_FEW: Final = 20


class Bar:
    """A progress bar on standard error that appears once a run has many files, and leaves nothing behind."""

    def __init__(self) -> None:
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
            self._bar = _Rich(whole)
        if self._bar is not None:
            self._bar.show(done)


class _Rich:
    def __init__(self, whole: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("核对"), BarColumn(), MofNCompleteColumn(), TextColumn("份，还需"), TimeRemainingColumn())
        # Without a thread of its own: processes are started meanwhile.
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
        self._task = self._progress.add_task("", total=whole)
        self._progress.start()
        self._shown = 0.0

    def show(self, done: int) -> None:
        """Draw the bar anew, ten times a second at most."""
        from time import monotonic

        self._progress.update(self._task, completed=done)
        if monotonic() - self._shown > 0.1:
            self._shown = monotonic()
            self._progress.refresh()

    def stop(self) -> None:
        """Take the bar off the screen."""
        self._progress.stop()
