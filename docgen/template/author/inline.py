r"""Text inside a line of the house markup: Jinja tags as typed, **bold**, ++underlined++, \ before a special sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from docgen.template.author.model import Run, Runs
from docgen.template.dialect import Ends, spans

CELL, PIECE = "｜", "¶"
FIELD = re.compile(r"〔(PAGE|NUMPAGES|SECTIONPAGES)〕")

_TOKEN = re.compile(r"\\(?P<escaped>.)|(?P<mark>\*\*|\+\+)|(?P<tag>\{[{%#])|[^\\*+{｜¶]+|.", re.DOTALL)
_MEANING = {"t": "\t", "n": "\n", "s": " "}


class _Token(NamedTuple):
    r"""A piece of a line: a tag, a mark (** or ++), a sign after \, a separator, or text."""

    typed: str
    escaped: str | None = None
    mark: bool = False


def _tokens(text: str) -> Iterator[_Token]:
    at, ends = 0, Ends(text)
    while match := _TOKEN.match(text, at):
        end = ends.of(at) if match["tag"] else match.end()
        end = at + 1 if end is None else end
        yield _Token(text[at:end], match["escaped"], match["mark"] is not None)
        at = end


def split_outside_tags(text: str, separator: str) -> list[str]:
    r"""The pieces of `text` between separators, where one inside a Jinja tag or after \ does not count."""
    pieces: list[list[str]] = [[]]
    for token in _tokens(text):
        if token.typed == separator:
            pieces.append([])
        else:
            pieces[-1].append(token.typed)
    return ["".join(piece) for piece in pieces]


def parse_runs(text: str) -> Runs:
    """The runs that `text` stands for."""
    runs: list[Run] = []
    bold = underline = False
    for token in _tokens(text):
        if token.mark:
            bold, underline = bold ^ (token.typed == "**"), underline ^ (token.typed == "++")
            continue
        plain = token.typed if token.escaped is None else _MEANING.get(token.escaped, token.escaped)
        runs.append(Run(plain, bold, underline))
    return joined(runs)


def joined(runs: Iterable[Run]) -> Runs:
    """The runs with neighbours of one look put together and empty ones left out."""
    alike = groupby((run for run in runs if run.text), key=lambda run: (run.bold, run.underline))
    return tuple(Run("".join(run.text for run in together), *look) for look, together in alike)


def print_runs(runs: Runs) -> str:
    """The text that `parse_runs` reads as these runs."""
    return _edges("".join(_print_run(run) for run in _with_whole_tags(runs)))


def _with_whole_tags(runs: Runs) -> Runs:
    """The runs with each Jinja tag in the look of its first character, so that no mark falls inside of it."""
    text = "".join(run.text for run in runs)
    made: list[Run] = []
    within, at, end = spans(text), 0, 0
    tag = next(within, None)
    for run in runs:
        end += len(run.text)
        while tag is not None and tag[0] < end:
            made += [replace(run, text=text[at : tag[0]]), replace(run, text=text[slice(*tag)])]
            at, tag = tag[1], next(within, None)
        made.append(replace(run, text=text[at:end]))
        at = max(at, end)
    return joined(made)


def _print_run(run: Run) -> str:
    marks = "**" * run.bold + "++" * run.underline
    return marks + "".join(_escaped(run.text)) + marks[::-1]


def _escaped(text: str) -> Iterator[str]:
    at = 0
    for start, end in [*spans(text), (len(text), len(text))]:
        plain = re.sub(r"[\\｜¶]|([*+])(?=\1|$)|(?<=([*+]))\2|^[*+]", r"\\\g<0>", text[at:start])
        yield plain.replace("\t", r"\t").replace("\n", r"\n")
        yield text[start:end].replace("\n", " ")
        at = end


def _edges(text: str) -> str:
    if text.startswith(" "):
        text = r"\s" + text[1:]
    return text[:-1] + r"\s" if text.endswith(" ") else text
