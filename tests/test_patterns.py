"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from docgen.patterns import regex


def test_they_answer_like_compiled_ones() -> None:
    """Every way to use one gives what the compiled expression gives, the first time and after it."""
    text = "甲1、乙22"
    compiled, lazy = re.compile(r"([甲乙])(\d+)"), regex(r"([甲乙])(\d+)")

    for _ in range(2):
        assert [match[0] for match in lazy.finditer(text)] == [match[0] for match in compiled.finditer(text)]
        for use in ("search", "match", "fullmatch"):
            assert str(getattr(lazy, use)(text, 3)) == str(getattr(compiled, use)(text, 3))
        assert lazy.findall(text) == compiled.findall(text)
        assert lazy.sub(r"\2\1", text) == compiled.sub(r"\2\1", text)
        assert lazy.split(text) == compiled.split(text)
    assert lazy.pattern == compiled.pattern
    assert regex("A", re.IGNORECASE).match("a")


def test_they_are_compiled_once_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is compiled until a text is looked at, and then once."""
    made: list[str] = []
    compiled = re.compile("甲")

    def compiling(source: str, _flags: int) -> re.Pattern[str]:
        made.append(source)
        return compiled

    monkeypatch.setattr("re.compile", compiling)
    lazy = regex("甲")
    assert made == []

    assert (bool(lazy.search("甲")), bool(lazy.match("乙"))) == (True, False)
    assert made == ["甲"]


def test_they_have_nothing_else() -> None:
    """A name that is none of theirs is told as such."""
    with pytest.raises(AttributeError):
        _ = regex("甲").nothing  # type: ignore[attr-defined]
