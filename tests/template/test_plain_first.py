"""Plain documents of templates that nobody has used yet: limited, and the same as later ones."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import TemplateError
from docgen.template import deadline, plain_first, plain_ways
from docgen.template.budget import PROCESSOR_SECONDS
from docgen.template.cache import VARIABLE
from docgen.template.deadline import seconds_for
from docgen.template.plain import render_file
from tests.template.making import docx, texts

SOURCE = docx("{{ a }}")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def spin(*_: object) -> None:
    """Work without end."""
    while True:
        pass


def fill(*_: object) -> None:
    """Take all memory there is."""
    filled = [b""]
    while True:
        filled.append(b"x" * 50_000_000)


class Spinning:
    """A value that is printed without end."""

    __str__ = spin  # type: ignore[assignment]


class Odd:
    """A value that cannot be printed."""

    def __str__(self) -> str:
        raise OSError("no")


def test_a_new_template_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling is limited, and so is printing; the reason and the way out are told."""
    monkeypatch.setattr(deadline, "PROCESSOR_SECONDS", 1)
    before = sum(os.times()[2:4])

    with pytest.raises(TemplateError, match="模板“模板”超过 1 秒没有生成完，已停止。") as caught:
        render_file(SOURCE, {"a": Spinning()})
    assert "第一次使用" in (caught.value.hint or "")

    monkeypatch.setattr(plain_ways, "compile_plain", spin)
    with pytest.raises(TemplateError, match="超过 1 秒"):
        render_file(SOURCE, {"a": len})
    assert sum(os.times()[2:4]) - before < 5


def test_a_new_template_gets_so_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fills the memory is stopped as well."""
    monkeypatch.setattr(plain_first, "MEMORY", 100_000_000)
    monkeypatch.setattr(plain_ways, "compile_plain", fill)

    with pytest.raises(TemplateError, match="模板“模板”内容过大，内存不足。"):
        render_file(SOURCE, {"a": 1})


def test_a_known_template_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the second time on it is rendered where it is asked for, to the same bytes."""
    first = render_file(SOURCE, {"a": "甲"})
    monkeypatch.delattr(plain_first, "results")

    assert render_file(SOURCE, {"a": "甲"}) == first
    assert texts(first) == ["甲"]


def test_a_template_is_known_whatever_was_wrong_with_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Data that do not fit say nothing against a template."""
    with pytest.raises(TemplateError, match="没有名为 a 的字段"):
        render_file(SOURCE, {})
    monkeypatch.delattr(plain_first, "results")

    assert texts(render_file(SOURCE, {"a": 1})) == ["1"]


def test_errors_of_the_callers_own_data_are_seen_by_the_caller() -> None:
    """They are raised here as they are, the first time as the second."""
    for _ in range(2):
        with pytest.raises(OSError, match="no"):
            render_file(docx("{{p a }}"), {"a": Odd()})


def test_what_the_caller_gave_to_be_called_is_called_here() -> None:
    """Whatever it does besides is not lost."""
    called: list[int] = []

    def count() -> int:
        called.append(1)
        return len(called)

    assert texts(render_file(docx("{{ count() }}"), {"count": count})) == ["1"]
    assert called == [1]


def _made_within(pipe: Any) -> None:
    pipe.send(texts(render_file(SOURCE, {"a": "甲"})))


def test_a_helper_of_others_begins_no_process_of_its_own() -> None:
    """There, as beside threads, a document is made all the same."""
    context = multiprocessing.get_context("fork")
    near, far = context.Pipe()
    process = context.Process(target=_made_within, args=(far,), daemon=True)
    process.start()

    assert near.recv() == ["甲"]
    process.join()


def test_a_long_table_is_given_its_time() -> None:
    """How much is printed counts by itself."""
    assert seconds_for({"a": {"b": [1] * 40_000}, "c": "x" * 99_999, "d": [[1] * 5]}) == PROCESSOR_SECONDS + 2
