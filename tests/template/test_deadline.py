"""Values without end: whatever the caller's own objects do, they are told of within moments, and the next is made."""

from __future__ import annotations

import gc
import itertools
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import TemplateError
from docgen.template import budget, deadline, plain_first, running, streams
from docgen.template.cache import VARIABLE
from docgen.template.deadline import TooLateError, ended_after
from docgen.template.plain import render_file
from tests.template.making import docx, rendered, texts


class Counted:
    """Items by number, without end."""

    def __getitem__(self, _: int) -> str:
        return "x"


class Lying(Counted):
    """Items without end that say they are three."""

    def __len__(self) -> int:
        return 3


class Listed:
    """What is gone through by Python's own endless counter."""

    def __iter__(self) -> Iterator[int]:
        return itertools.count()


class Pairs(dict[str, int]):
    """A group whose own ways to go through it never end."""

    def __iter__(self) -> Iterator[str]:
        return map(str, itertools.count())

    def items(self) -> Any:
        """Pairs without end."""
        return zip(self, itertools.count())

    keys = values = __iter__  # type: ignore[assignment]


class Lists(list[int]):
    """A list that is longer than it is."""

    def __iter__(self) -> Iterator[int]:
        return itertools.count()


class Keys(Mapping[str, str]):
    """A group with keys without end."""

    def __getitem__(self, _: str) -> str:
        return "x"

    def __iter__(self) -> Iterator[str]:
        return map(str, itertools.count())

    def __len__(self) -> int:
        return 1


class Letters(str):
    """A text whose letters never end."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return itertools.repeat("x")


class Spinning:
    """What is computed without end, whatever is asked of it."""

    def spin(self, *_: object) -> Any:
        """Nothing, ever."""
        while True:
            pass

    __bool__ = __len__ = __getitem__ = __str__ = spin
    a = property(spin)


ENDLESS = [Counted, Lying, Listed, Pairs, Lists, Keys, Letters, lambda: range(10**12), lambda: "x" * 20_000_000]
ASKED = (
    "{% for a in v %}{{ a }}{% endfor %}",
    "{% for a in v %}{{ loop.index }}{{ loop.length }}{% endfor %}",
    "{{ v|join }}{{ v|list|length }}{{ v|sum }}",
    "{{ v|dictsort }}{{ v|tojson }}{{ v|unique|list }}",
    "{% for a in v.items() %}{{ a }}{% endfor %}{{ ''.join(v) }}",
    "{% if '?' in v %}{% endif %}{{ '?' in v }}{{ f(*v) }}{{ cycler(*v) }}",
    "{% if '?' is in v %}{% endif %}{{ v|map('string')|join }}{{ v|reverse|list }}",
)


@pytest.fixture(autouse=True)
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is done in this process, as for a template that is known, and may take a moment."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(plain_first, "is_possible", lambda: False)
    monkeypatch.setattr(deadline, "PROCESSOR_SECONDS", 0.5)
    for module in (budget, streams, running):
        monkeypatch.setattr(module, "MOST_PASSES", 20_000)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("endless", ENDLESS)
def test_what_never_ends_is_refused(endless: Any, asked: str) -> None:
    """However it is gone through, it is told that it is too much, or no value for that; the next document is made."""
    started = time.process_time()

    with pytest.raises(TemplateError):
        render_file(docx(asked, "{{ v.nothing.at_all }}"), {"v": endless(), "f": max})

    assert time.process_time() - started < 5
    assert texts(render_file(docx("{{ v }}"), {"v": 1})) == ["1"]


@pytest.mark.parametrize("endless", ENDLESS[:-2])
def test_the_engine_of_contracts_refuses_it_as_well(endless: Any) -> None:
    """There a value is plain; what is not would still come to an end."""
    for asked in ("{% for a in v %}{{ a }}{% endfor %}", "{{ '?' in v }}{{ v.x.y }}"):
        with pytest.raises(TemplateError):
            rendered(docx(asked), {"v": endless()})


@pytest.mark.parametrize("asked", ["{{ v.a }}", "{{ v }}", "{% if v %}{% endif %}", "{{ v[0] }}", "{{ v|length }}"])
def test_what_computes_without_end_is_stopped(asked: str) -> None:
    """A property, a text or a length that never comes ends with the time; what to do is told."""
    with pytest.raises(TemplateError, match=r"模板“模板”超过 0\.5 秒没有生成完，已停止。") as caught:
        render_file(docx(asked), {"v": Spinning()})

    assert "尽头" in (caught.value.hint or "")
    assert texts(render_file(docx("{{ v }}"), {"v": 1})) == ["1"]


def test_data_whose_own_keys_never_end_are_stopped() -> None:
    """Also where no template has asked for anything yet."""
    with pytest.raises(TemplateError, match="秒没有生成完"):
        render_file(docx("{{ v }}"), Keys())


def test_what_ends_is_looked_through_and_printed_as_ever() -> None:
    """Classes of the caller's own are no obstacle."""

    class Own(list[str]):
        pass

    class Group(dict[str, str]):
        pass

    asked = "{{ 'a' in v }}{{ 'q' not in v }}{{ v|join }}{{ 'a' is in g }}{{ g|items|list }}{% for x in v %}{{ x }}{% endfor %}"
    assert texts(render_file(docx(asked), {"v": Own("ab"), "g": Group(a="1")})) == ["TrueTrueabTrue[('a', '1')]ab"]
    assert texts(render_file(docx("{{ 'ab' in v }}"), {"v": Letters("xaby")})) == ["True"]


def test_the_timer_of_the_caller_stays_the_callers() -> None:
    """What was set before is as it was, and a timer that runs already is let run."""
    kept = signal.signal(signal.SIGVTALRM, signal.SIG_IGN)
    try:
        with ended_after(5):
            assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
        assert signal.getsignal(signal.SIGVTALRM) is signal.SIG_IGN
        assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 100)
        with ended_after(0.01):
            sum(range(3_000_000))
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 50
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, kept)


def test_nothing_swallows_the_end_of_the_time() -> None:
    """It comes again where it is passed over."""
    passed: list[TooLateError] = []

    def spin() -> None:
        while True:
            try:
                sum(range(100_000))
            except TooLateError as error:
                passed.append(error)
                if len(passed) == 2:
                    raise

    with pytest.raises(TooLateError), ended_after(0.05):
        spin()
    assert len(passed) == 2


def test_other_threads_are_made_no_fuss_of() -> None:
    """There no timer can be set: the document is made all the same."""
    made: list[list[str]] = []
    thread = threading.Thread(target=lambda: made.append(texts(render_file(docx("{{ v }}"), {"v": 1}))))
    thread.start()
    thread.join()

    assert made == [["1"]]


def spend(seconds: float) -> None:
    """Use the processor for so long."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum(range(20_000))  # the timer leaves out what the system takes to tell the time


def test_looking_for_garbage_does_not_count() -> None:
    """A program with much in its memory may take seconds for it, which is no fault of a template."""

    def slowly(phase: str, _: Mapping[str, int]) -> None:
        spend(0.8 if phase == "start" else 0)

    gc.callbacks.append(slowly)
    try:
        with ended_after(0.6):
            gc.collect()
            spend(0.4)
    finally:
        gc.callbacks.remove(slowly)
    with pytest.raises(TooLateError), ended_after(0.2):
        spend(60)
