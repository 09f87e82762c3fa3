"""Templates of any size: what grows with a template takes time in proportion, or is refused with a reason."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from docgen.errors import DocgenError, TemplateError
from docgen.lint import lint
from docgen.template.cache import VARIABLE
from docgen.template.outline import outline
from docgen.template.plain import render_file
from tests.template.making import cell, docx, p, row, table

MANY = 3_000
LARGE: dict[str, Callable[[], bytes]] = {
    "cells in a row": lambda: docx(table(row(*["{{ a }}"] * MANY), columns=MANY)),
    "faulty cells in a row": lambda: docx(table(row(*["{{ a"] * MANY), columns=MANY)),
    "merged cells in a row": lambda: docx(table(row(*["{% vm %}x"] * 1_200), columns=1_200)),
    "loops of rows": lambda: docx(table(*[row("{%tr for r in rows %}"), row("{{ r }}"), row("{%tr endfor %}")] * 500)),
    "runs in a tag": lambda: docx(p(*list("{{ a }}" * 1_900))),
    "beginnings of outputs": lambda: docx("{{ " * 60_000),
    "beginnings of statements": lambda: docx("{%" * 60_000),
    "braces": lambda: docx("{" * 120_000),
    "ends": lambda: docx("}}" * 60_000),
    "braces apart": lambda: docx("{ {" * 60_000),
    "faulty headers": lambda: docx("x", parts={f"header{n}": p("{{ a }} {% if %}") for n in range(1, 601)}),
    "a chain of filters": lambda: docx("{{ a" + "|upper" * 20_000 + " }}"),
    "a chain of fields": lambda: docx("{{ a" + ".b" * 20_000 + " }}"),
    "a chain of sums": lambda: docx("{{ a" + " + a" * 5_000 + " }}"),
    "nested conditions": lambda: docx("{% if a %}" * 500 + "x" + "{% endif %}" * 500),
}  # fmt: skip

# What nobody writes, and what lint does not look at one by one.
HUGE: dict[str, Callable[[], bytes]] = {
    "outputs": lambda: docx(*["{{ a.b.c }}"] * 100_000),
    "conditions": lambda: docx(*["{% if a %}x{% endif %}"] * 50_000),
    "conditions that do not end": lambda: docx(*["{%p if a %}", "x"] * 50_000),
    "outputs that do not end": lambda: docx(*["{{ a"] * 100_000),
    "full-width braces": lambda: docx(*["｛｛ a ｝｝"] * 50_000),
    "a tower of conditions": lambda: docx(*["{%p if a %}"] * 20_000, "x", *["{%p endif %}"] * 20_000),
    "a tower of loops": lambda: docx(*["{%p for i in range(99999) %}"] * 20_000),
    "rows of loops": lambda: docx(table(*[row("{%tr for r in a %}"), row("{{ r }}"), row("{%tr endfor %}")] * 30_000)),
}


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known from before."""
    monkeypatch.setenv(VARIABLE, "off")


def taken(work: Callable[[], object]) -> float:
    """The seconds of the processor's time that the work takes; what it refuses, it refuses as docgen does."""
    started = time.process_time()
    with suppress(DocgenError):
        work()
    return time.process_time() - started


@pytest.mark.parametrize("large", LARGE)
def test_a_large_template_takes_no_longer_than_it_is_long(large: str, tmp_path: Path) -> None:
    """It is judged and shown within moments, or refused."""
    source = LARGE[large]()
    path = tmp_path / "样.docx"
    path.write_bytes(source)

    assert taken(lambda: lint(path, path.name, tmp_path)) < 4
    assert taken(lambda: outline(source, path.name)) < 4


@pytest.mark.parametrize("huge", HUGE)
def test_a_template_of_a_hundred_thousand_tags_is_told_as_such(huge: str, tmp_path: Path) -> None:
    """It is not judged tag by tag, and the reason stands in the place of the findings; nothing else is guessed."""
    path = tmp_path / "样.docx"
    path.write_bytes(HUGE[huge]())
    told: list[str] = []

    def judge() -> None:
        told.extend(found.message for file in lint(path, path.name, tmp_path)[0].files for found in file.findings)

    assert taken(judge) < 4
    assert len(told) == 1
    assert re.fullmatch(r"这份文件有大约 [\d,]+ 个标签，最多 10,000 个，没有检查。?", told[0])


@pytest.mark.parametrize("large", LARGE)
def test_a_large_template_is_printed_within_moments(large: str) -> None:
    """A plain document of it is made, or its faults are told."""
    source = LARGE[large]()

    assert taken(lambda: render_file(source, {"a": "甲", "rows": ["一"]})) < 4


def test_a_row_is_counted_with_those_of_tags_before_it() -> None:
    """A row's number is the one that a person counts in the template, rows of loops included."""
    body = table(
        row("{%tr for r in rows %}", ""), row(cell("{{ r }}", properties='<w:gridSpan w:val="2"/>'), "{{ b + }}")
    )

    with pytest.raises(TemplateError, match="表1 第2行第3列"):
        render_file(docx(body, table(row("{%tr endfor %}"))), {"rows": []})
