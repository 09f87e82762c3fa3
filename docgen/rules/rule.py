"""What a rule is: a small function with a code, a title, a reason and samples; it yields findings.

The docstring of a rule has three parts, read by `docgen explain`, by the rules page and by the tests:

    为什么: the reason, for a clerk
    错误: a sample that has exactly this fault (YAML for a rule on contracts, lines of text for one on documents)
    正确: a sample that has none
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain
from types import ModuleType
from typing import TYPE_CHECKING, Final

from docgen.findings import Finding, Place, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.spared import spared

if TYPE_CHECKING:
    from docgen.contract.contract import Contract

_PARTS: Final = regex(r"^(为什么|错误|正确)[:：][ ]*", re.MULTILINE)

LETTERS: Final = {
    "M": "金额",
    "N": "编号与计数",
    "R": "引用",
    "D": "日期",
    "P": "主体",
    "W": "文字",
    "T": "模板",
    "F": "数据文件",
}
"""What the first letter of a rule's code stands for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `on` is what it judges, `check` what it is called with, stamped with the rule's code."""

    code: str
    title: str
    on: type
    function: Callable[..., Iterable[Finding]]

    @property
    def why(self) -> str:
        """The reason, for a clerk."""
        return samples(self.function.__doc__ or "")[0]

    @property
    def wrong(self) -> str:
        """A sample that has exactly this fault."""
        return samples(self.function.__doc__ or "")[1]

    @property
    def right(self) -> str:
        """A sample that has none."""
        return samples(self.function.__doc__ or "")[2]

    def check(self, *subject: object) -> list[Finding]:
        """The findings of this rule on a subject."""
        found = iter(self.function(*subject))
        first = next(found, None)
        # Most rules find nothing in most documents.
        return [] if first is None else [replace(one, rule=self.code) for one in spared(chain((first,), found))]


def rule(code: str, title: str, *, on: type) -> Callable[[Callable[..., Iterable[Finding]]], Rule]:
    """A decorator that makes a rule of a function with a docstring."""

    def make(function: Callable[..., Iterable[Finding]]) -> Rule:
        return Rule(code, title, on, function)

    return make


def in_modules(modules: Iterable[ModuleType]) -> tuple[Rule, ...]:
    """The rules that some modules hold, by code."""
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(found, key=lambda rule: rule.code))


def samples(docstring: str) -> tuple[str, str, str]:
    """The reason, the wrong and the right sample of a docstring; empty where it has none."""
    from textwrap import dedent

    first, _, rest = docstring.partition("\n")
    # Not inspect.cleandoc: it turns the tabs of a table into spaces. A tab is written \t.
    pieces = _PARTS.split(f"{first.strip()}\n{dedent(rest)}".replace(r"\t", "\t"))
    parts = {name: dedent(text.strip("\n")).strip() for name, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    return parts.get("为什么", ""), parts.get("错误", ""), parts.get("正确", "")


def at(
    contract: Contract,
    path: str,
    message: str,
    *,
    severity: Severity = Severity.ERROR,
    quote: str = "",
    expected: str | None = None,
    related: Iterable[str] = (),
    hint: str | None = None,
) -> Finding:
    """A finding at a path of the data, or at the words there that `quote` names; `related` are paths beside it."""
    places = tuple(contract.place(other) for other in related)
    return Finding("", severity, message, contract.place(path), quote, expected, places, hint)


def inside(
    reading: Reading,
    block: Block,
    span: tuple[int, int],
    message: str,
    *,
    severity: Severity = Severity.ERROR,
    expected: str | None = None,
    related: tuple[Place, ...] = (),
    hint: str | None = None,
    fix: str | None = None,
    cause: Place | None = None,
) -> Finding:
    """A finding at some characters of a document."""
    quote = block.text[slice(*span)]
    return Finding("", severity, message, place_in(reading, block, span), quote, expected, related, hint, fix, cause)


def place_in(reading: Reading, block: Block, span: tuple[int, int]) -> Place:
    """The place of some characters of a document."""
    return place_of(reading.file, block, block.part, span)


def place_of(file: str, block: Block | None, part: str, span: tuple[int, int]) -> Place:
    """The place of some characters of a paragraph; of the part alone where it has no such paragraph."""
    if block is None:
        return Place(file, part)
    start, end = span
    return Place(file, block.part, block.index, start, end, label=block.label or None)
