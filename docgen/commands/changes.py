"""Running a job that tells changes over several inputs: one that fails is said and does not stop the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from docgen.commands.run import speaks_utf8
from docgen.errors import DocgenError, refusal
from docgen.outputs.rewrite import recover
from docgen.report.changes import ChangeReport, FileState, document, lines
from docgen.visible import complaint

Reports = tuple[list[ChangeReport], int]


def each(inputs: Sequence[str], job: Callable[[Path, str], ChangeReport]) -> Reports:
    """The report of the job for every input, and 2 if it could not go on for one of them, else 0."""
    reports, failed = [], 0
    for shown in inputs:
        try:
            recover(Path(shown))
            reports.append(job(Path(shown), shown))
        except (DocgenError, OSError, UnicodeEncodeError) as error:
            refused = error if isinstance(error, DocgenError) else refusal(error, shown)
            failed = max(failed, refused.exit_code)
            reports.append(ChangeReport("", (FileState(shown, "unread"),)))
            said = str(refused) if shown in str(refused) else f"{shown}：{refused}"
            click.echo(complaint(said, refused.hint), file=sys.stderr)
    return reports, failed


def told(inputs: Sequence[str], job: Callable[[], list[ChangeReport]]) -> Reports:
    """The reports of a job over all inputs together, and 2 if it could not be done, else 0."""
    try:
        return job(), 0
    except (DocgenError, OSError, UnicodeEncodeError) as error:
        refused = error if isinstance(error, DocgenError) else refusal(error, inputs[0])
        click.echo(complaint(str(refused), refused.hint), file=sys.stderr)
        return [ChangeReport("", tuple(FileState(shown, "unread") for shown in inputs))], refused.exit_code


def report(result: Reports, output_format: str) -> int:
    """Print the reports as asked and give the exit code that follows from all of them."""
    reports, failed = result
    if output_format == "json":
        click.echo(document(reports, ascii_only=not speaks_utf8()))
    else:
        for one in reports:
            _show(one)
    return max([failed, *(one.exit_code for one in reports)])


def _show(one: ChangeReport) -> None:
    if {file.state for file in one.files} == {"unread"}:
        return  # Said on standard error already.
    for line in lines(one):
        click.echo(line)
    if one.outcome is not None and one.outcome.findings:
        from docgen.report.terminal import show

        show([one.outcome])
