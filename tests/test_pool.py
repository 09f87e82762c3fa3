"""Work over all cores: every task has a result, and one that hangs, dies or breaks costs no other."""

from __future__ import annotations

import multiprocessing
import os
import time

import pytest

from docgen.pool import Job, Lost, Words, results


def work(task: str) -> str:
    """What the tests have done: a word for a word, or a disaster."""
    if task == "hang":
        time.sleep(60)
    elif task == "die":
        os._exit(1)
    elif task == "break":
        raise ValueError(task)
    elif task == "fill":
        bytes(10**11)
    return task.upper()


def done(*tasks: str, seconds: float = 30) -> list[str | Lost]:
    """The results in the order of the tasks."""
    found = dict(results(Job(work, lambda task: seconds if task == "hang" else 30.0), tasks))
    assert sorted(found) == list(range(len(tasks)))
    return [found[number] for number in range(len(tasks))]


def test_every_task_has_its_result() -> None:
    """Also more tasks than processes, and none at all."""
    assert done(*map(str, range(50))) == list(map(str, range(50)))
    assert done() == []


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("die", "内容过大或已损坏，读取它的程序退出了"),
        ("break", "docgen 内部出错（ValueError，test_pool.py:21）"),
        ("fill", "内容过大，内存不足"),
    ],
)
def test_a_task_that_fails_costs_no_other(task: str, reason: str) -> None:
    """The others are done, before it and after it."""
    assert done("a", task, "b", "c") == ["A", Lost(reason), "B", "C"]


def test_a_task_that_hangs_is_ended() -> None:
    """Its time is limited, and its process replaced."""
    begun = time.monotonic()

    assert done("hang", "a", "b", seconds=0.5) == [Lost("超过 0 秒没有读完，已停止"), "A", "B"]
    assert time.monotonic() - begun < 10


def test_whoever_stops_listening_ends_all_work() -> None:
    """No process is left behind."""
    running = results(Job(work, lambda _: 30.0), ["a", "hang", "hang"])
    assert next(running) == (0, "A")
    running.close()  # type: ignore[attr-defined]

    assert multiprocessing.active_children() == []


def test_a_task_that_works_for_too_long_is_ended() -> None:
    """Its time on the processor is limited by the system, whatever the clock says."""
    job = Job(spin, lambda _: 60.0, Words("没有做完", "做它的程序退出了"), processor=1)

    assert sorted(results(job, ["a", "spin"], 1)) == [(0, "A"), (1, Lost("超过 1 秒没有做完，已停止"))]


def spin(task: str) -> str:
    """A word, or work without end in which Python itself would never look up."""
    return str(9**9**9) if task == "spin" else task.upper()
