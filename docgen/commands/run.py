"""Running a job over several inputs: one that fails is said and does not stop the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from docgen.errors import DocgenError, InputError
from docgen.report.outcome import FileReport, Outcome

Outcomes = tuple[list[Outcome], int]


def each(data: Sequence[str], job: Callable[[Path, str], Outcome]) -> Outcomes:
    """The outcome of the job for every input, and 2 if it could not go on for one of them, else 0."""
    outcomes, failed = [], 0
    for shown in data:
        try:
            outcomes.append(job(Path(shown), shown))
        except DocgenError as error:
            failed = max(failed, error.exit_code)
            outcomes.append(Outcome((FileReport(shown, unread=str(error)),)))
            click.echo(f"错误：{error}" + (f"\n　提示：{error.hint}" if error.hint else ""), file=sys.stderr)
    return outcomes, failed


def report(result: Outcomes, output_format: str, *, built: bool = False) -> int:
    """Print the outcomes as asked and give the exit code that follows from all of them."""
    outcomes, failed = result
    if output_format == "json":
        from docgen.report.machine import document

        click.echo(document(outcomes, built=built))
    else:
        from docgen.report.terminal import show

        show(outcome for outcome in outcomes if not _only_unread(outcome))
    return max([failed, *(outcome.exit_code for outcome in outcomes)])


def distinct(data: Sequence[str]) -> None:
    """Refuse two inputs whose sets would be written to one folder."""
    seen: dict[str, str] = {}
    for shown in data:
        path = Path(shown).resolve()
        name = path.name if path.is_dir() else path.parent.name
        if name in seen:
            raise InputError(f"{shown} 与 {seen[name]} 的数据文件夹同名（{name}），两套文件会写到一处。",
                             hint="请改文件夹的名称，或分两次生成、用 --out 写到不同的地方")  # fmt: skip
        seen[name] = shown


def _only_unread(outcome: Outcome) -> bool:
    # Said on standard error already.
    return len(outcome.files) == 1 and outcome.files[0].unread is not None and not outcome.files[0].findings
