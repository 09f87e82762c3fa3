"""Work over all cores: each piece in a process that may hang, die or run out of memory without harm to the rest."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from time import monotonic
from typing import Any, Final, Generic, NamedTuple, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_MOST_WORKERS = 60
# How a process has ended that used up its time; Windows has no such limit, there the clock alone decides.
_SPENT = getattr(signal, "SIGXCPU", 0)
# What a process may take for data; with its programs that stays within 512 MB.
_MEMORY: Final = 448 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Lost:
    """A piece of work without a result, and why in a few Chinese words."""

    reason: str


class Words(NamedTuple):
    """How a lost piece is told of: what had not been done in time, and which program ended."""

    unfinished: str
    ended: str


READING: Final = Words("没有读完", "内容过大或已损坏，读取它的程序退出了")


@dataclass(frozen=True, slots=True)
class Job(Generic[Task, Result]):
    """What to do with each piece (a function at the top of its module), and for how many seconds at most.

    `processor` is how many seconds of the processor's time a process gets, whatever else the machine does meanwhile,
    `memory` how many bytes it may take for data.
    A job that `employs` starts processes of its own.
    """

    work: Callable[[Task], Result]
    seconds: Callable[[Task], float]
    words: Words = READING
    processor: int | None = None
    memory: int = _MEMORY
    employs: bool = False


def cores() -> int:
    """How many processes this machine works on at once."""
    with suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def forks() -> bool:
    """Whether a new process has what this one has in its memory, be it data that cannot be sent."""
    # A fork inherits what is loaded already, but beside other threads it is not safe.
    return sys.platform == "linux" and threading.active_count() == 1


def limits_processor() -> bool:
    """Whether this system ends a process that has used the processor for too long."""
    return bool(_SPENT)


def results(
    job: Job[Task, Result], tasks: Sequence[Task], workers: int | None = None
) -> Iterator[tuple[int, Result | Lost]]:
    """The number of each task with its result, in the order they are done; all cores work where nothing is said."""
    team = _Team(job, tasks)
    try:
        yield from team.run(min(workers or cores(), _MOST_WORKERS, len(tasks)))
    finally:
        team.dismiss()


class _Worker:
    """One process and the task that it is at."""

    def __init__(self, context: Any, job: Job[Any, Any]) -> None:
        self.pipe, far = context.Pipe()
        given = far, job.work, job.memory, job.processor
        self.process = context.Process(target=_serve, args=given, daemon=not job.employs)
        self.process.start()
        far.close()
        self.task: int | None = None
        self.deadline = 0.0

    def give(self, number: int, task: object, seconds: float) -> None:
        """Hand a task over."""
        self.task, self.deadline = number, monotonic() + seconds
        with suppress(BrokenPipeError):
            self.pipe.send(task)

    def end(self) -> None:
        """End the process; gently first, so that it can end what it has started."""
        self.pipe.close()
        self.process.terminate()
        self.process.join(1)
        self.process.kill()
        self.process.join()


class _Team:
    """The processes at work on one list of tasks."""

    def __init__(self, job: Job[Any, Any], tasks: Sequence[Any]) -> None:
        self._job, self._tasks = job, tasks
        self._context = _context()
        self._workers: list[_Worker] = []
        self._next = 0

    def run(self, workers: int) -> Iterator[tuple[int, Any]]:
        """The results as they come."""
        for _ in range(workers):
            self._hire()
        while self._workers:
            soonest = min(worker.deadline for worker in self._workers)
            ready = connection.wait([worker.pipe for worker in self._workers], max(0.0, soonest - monotonic()))
            for worker in list(self._workers):
                if worker.pipe in ready:
                    yield self._received(worker)
                elif monotonic() >= worker.deadline:
                    yield self._replaced(worker, self._late(self._seconds(worker)))

    def dismiss(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _hire(self) -> None:
        if self._next < len(self._tasks):
            worker = _Worker(self._context, self._job)
            self._workers.append(worker)
            self._give(worker)

    def _give(self, worker: _Worker) -> None:
        if self._next == len(self._tasks):
            self._workers.remove(worker)
            worker.end()
            return
        task = self._tasks[self._next]
        worker.give(self._next, task, self._job.seconds(task))
        self._next += 1

    def _seconds(self, worker: _Worker) -> float:
        return self._job.seconds(self._tasks[worker.task or 0])

    def _received(self, worker: _Worker) -> tuple[int, Any]:
        number = worker.task
        assert number is not None
        try:
            result = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(1)
            spent = self._job.processor is not None and worker.process.exitcode == -_SPENT
            return self._replaced(worker, self._late(self._job.processor or 0) if spent else self._job.words.ended)
        self._give(worker)
        return number, result

    def _late(self, seconds: float) -> str:
        return f"超过 {seconds:.0f} 秒{self._job.words.unfinished}，已停止"

    def _replaced(self, worker: _Worker, reason: str) -> tuple[int, Lost]:
        number = worker.task
        assert number is not None
        self._workers.remove(worker)
        worker.process.kill()
        worker.end()
        self._hire()
        return number, Lost(reason)


def _context() -> Any:
    return multiprocessing.get_context("fork" if forks() else "spawn")


def _serve(pipe: connection.Connection, work: Callable[[Any], Any], memory: int, processor: int | None) -> None:
    """Work on what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    _limit_memory(memory)
    if processor is not None:
        _limit_time(processor)
    _hush()
    # What a file leaves behind is let go of at once; looking for cycles would only cost time.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    parent = multiprocessing.parent_process()
    assert parent is not None
    while True:
        # Other processes may hold the far end of the pipe as well: that the parent has ended is told by itself.
        if pipe not in connection.wait([pipe, parent.sentinel]):
            return
        try:
            task = pipe.recv()
        except EOFError:
            return
        with suppress(BrokenPipeError):
            pipe.send(_attempt(work, task))


def _attempt(work: Callable[[Any], Any], task: object) -> object:
    try:
        return work(task)
    except (MemoryError, RecursionError) as error:
        return Lost("内容过大，内存不足" if isinstance(error, MemoryError) else "内容嵌套过深")
    except Exception as error:  # noqa: BLE001 - one bad file never stops the rest
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return Lost(f"docgen 内部出错（{type(error).__name__}，{os.path.basename(frame.filename)}:{frame.lineno}）")  # noqa: PTH119


def _leave(*_: object) -> None:
    raise SystemExit(1)


def _hush() -> None:
    # What libraries say when they give up is told in other words.
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _limit_memory(size: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def _limit_time(seconds: int) -> None:
    """Let the system end this process when it has used the processor for so long; what it inherited does not count."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        # The count of a new process begins with it; the hard limit ends what would not be ended by the soft one.
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
