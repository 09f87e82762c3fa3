"""Running a job over several inputs: one that fails is said and does not stop the rest."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from docgen.errors import DocgenError, InputError, refusal
from docgen.report.outcome import FileReport, Outcome
from docgen.visible import complaint

Outcomes = tuple[list[Outcome], int]


def each(data: Sequence[str], job: Callable[[Path, str], Outcome]) -> Outcomes:
    """The outcome of the job for every input, and 2 if it could not go on for one of them, else 0."""
    from docgen.outputs.rewrite import recover

    outcomes, failed = [], 0
    for shown in data:
        try:
            recover(Path(shown))
            outcomes.append(job(Path(shown), shown))
        except (DocgenError, OSError, UnicodeEncodeError) as error:
            told = error if isinstance(error, DocgenError) else refusal(error, shown)
            failed = max(failed, told.exit_code)
            outcomes.append(Outcome((FileReport(shown, unread=str(told)),)))
            said = str(told) if shown in str(told) else f"{shown}：{told}"
            click.echo(complaint(said, told.hint), file=sys.stderr)
    return outcomes, failed


def report(result: Outcomes, output_format: str, *, built: bool = False) -> int:
    """Print the outcomes as asked and give the exit code that follows from all of them."""
    outcomes, failed = result
    try:
        _print(outcomes, output_format, built=built)
    except BrokenPipeError:
        # Whoever wanted to read this has left; what became of the work is the same.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    return max([failed, *(outcome.exit_code for outcome in outcomes)])


def _print(outcomes: list[Outcome], output_format: str, *, built: bool) -> None:
    if output_format == "json":
        from docgen.report.machine import document

        click.echo(document(outcomes, built=built, ascii_only=not speaks_utf8()))
    else:
        from docgen.report.terminal import show

        show(outcome for outcome in outcomes if not _only_unread(outcome))


def clashing(data: Sequence[str]) -> dict[str, InputError]:
    """The inputs whose sets would be written to one folder, each with the error that says so."""
    by_name: dict[str, list[str]] = {}
    for shown in data:
        by_name.setdefault(_set_name(shown), []).append(shown)
    return {
        shown: InputError(f"{'、'.join(together)} 的数据文件夹同名（{name}），几套文件会写到一处，都没有生成。",
                          hint="请改文件夹的名称，或分几次生成、用 --out 写到不同的地方。")
        for name, together in by_name.items() if len(together) > 1 for shown in together
    }  # fmt: skip


def _set_name(shown: str) -> str:
    # Unlike Path's own methods these two answer for every path, be it too long or a link that leads to itself.
    path = Path(os.path.realpath(shown))
    return path.name if os.path.isdir(path) else path.parent.name  # noqa: PTH112


def speaks_utf8() -> bool:
    """Whether standard output takes any character; JSON for another console is spelt in ASCII, so that none is lost."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"


def _only_unread(outcome: Outcome) -> bool:
    # Said on standard error already.
    return len(outcome.files) == 1 and outcome.files[0].unread is not None and not outcome.files[0].findings
