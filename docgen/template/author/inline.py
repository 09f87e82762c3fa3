r"""Text inside a line of the house markup: Jinja tags as typed, **bold**, ++underlined++, \ before a special sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from docgen.template.author.model import Run, Runs

CELL, PIECE = "｜", "¶"
FIELD = re.compile(r"〔(PAGE|NUMPAGES|SECTIONPAGES)〕")

_TOKEN = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})|\\(.)|(\*\*|\+\+)|(.)", re.DOTALL)
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_MEANING = {"t": "\t", "n": "\n", "s": " "}


def split_outside_tags(text: str, separator: str) -> list[str]:
    r"""The pieces of `text` between separators, where one inside a Jinja tag or after \ does not count."""
    pieces = [""]
    for token in _TOKEN.finditer(text):
        if token.group() == separator:
            pieces.append("")
        else:
            pieces[-1] += token.group()
    return pieces


def parse_runs(text: str) -> Runs:
    """The runs that `text` stands for."""
    runs: list[Run] = []
    bold = underline = False
    for token in _TOKEN.finditer(text):
        _, escaped, mark, _ = token.groups()
        if mark:
            bold, underline = bold ^ (mark == "**"), underline ^ (mark == "++")
            continue
        plain = token.group() if escaped is None else _MEANING.get(escaped, escaped)
        runs.append(Run(plain, bold, underline))
    return joined(runs)


def joined(runs: list[Run]) -> Runs:
    """The runs with neighbours of one look put together and empty ones left out."""
    result: list[Run] = []
    for run in runs:
        if result and (result[-1].bold, result[-1].underline) == (run.bold, run.underline):
            result[-1] = Run(result[-1].text + run.text, run.bold, run.underline)
        elif run.text:
            result.append(run)
    return tuple(result)


def print_runs(runs: Runs) -> str:
    """The text that `parse_runs` reads as these runs."""
    return _edges("".join(_print_run(run) for run in _with_whole_tags(runs)))


def _with_whole_tags(runs: Runs) -> Runs:
    """The runs with each Jinja tag in the look of its first character, so that no mark falls inside of it."""
    text = "".join(run.text for run in runs)
    looks = [run for run in runs for _ in run.text]
    for tag in _TAG.finditer(text):
        looks[tag.start() : tag.end()] = [looks[tag.start()]] * len(tag.group())
    return joined([replace(look, text=character) for look, character in zip(looks, text, strict=True)])


def _print_run(run: Run) -> str:
    marks = "**" * run.bold + "++" * run.underline
    return marks + "".join(_escaped(run.text)) + marks[::-1]


def _escaped(text: str) -> Iterator[str]:
    for position, piece in enumerate(_TAG.split(text)):
        if position % 2:
            yield piece.replace("\n", " ")
            continue
        plain = re.sub(r"[\\｜¶]|([*+])(?=\1|$)|(?<=([*+]))\2|^[*+]", r"\\\g<0>", piece)
        yield plain.replace("\t", r"\t").replace("\n", r"\n")


def _edges(text: str) -> str:
    if text.startswith(" "):
        text = r"\s" + text[1:]
    return text[:-1] + r"\s" if text.endswith(" ") else text
