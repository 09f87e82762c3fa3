"""What became of many contracts, for people: a line for each that was made, and in full what was not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from docgen.findings import Severity
from docgen.report.outcome import Outcome, Output
from docgen.report.terminal import show as show_all
from docgen.report.terminal import summary, where
from docgen.visible import visible

_MOST_WARNED: Final = 3
_OUTPUTS: Final[Mapping[Output, str]] = {"written": "已生成", "merged": "已合并", "unchanged": "未变动"}


def show(outcomes: Iterable[Outcome]) -> None:
    """Print what was made in a line each, then what has errors or was not made in full, then the sum."""
    outcomes = list(outcomes)
    good = [outcome for outcome in outcomes if outcome.exit_code == 0]
    bad = [outcome for outcome in outcomes if outcome.exit_code != 0]
    for outcome in good:
        _echo(_line(outcome))
        for line in _warned(outcome):
            _echo(f"  {line}")
    if bad:
        _echo(f"\n有错误或没有生成的 {len(bad)} 套：")
    for outcome in bad:
        _show_bad(outcome)
    _echo(_sum(outcomes))


def _show_bad(outcome: Outcome) -> None:
    lost = [file for file in outcome.files if file.lost]
    # What was not written because of the data is told of once, where the data are wrong.
    told = tuple(file for file in outcome.files if file.findings or file.output not in (None, "refused"))
    if told:
        show_all([replace(outcome, files=told, remarks=())])
    for file in lost:
        unread = (file.unread or "").removesuffix("。")
        why = f"{unread}。" if unread.startswith(file.file) else f"{file.file}：{unread}。"
        _echo("\n".join(filter(None, (outcome.title, f"  {why}", file.hint and f"  提示：{file.hint}"))) + "\n")


def _line(outcome: Outcome) -> str:
    outputs = [file.output for file in outcome.files]
    told = [f"{word} {outputs.count(output)} 份" for output, word in _OUTPUTS.items() if output in outputs]
    amounts, values = (sum(getattr(file, kind) for file in outcome.files) for kind in ("amounts", "values"))
    told += [f"金额 {amounts} 处、数据 {values} 处相符"] if values else []
    told += [f"{severity.chinese} {count}" for severity, count in _severities(outcome)]
    return f"{outcome.title}：{'，'.join(told)}"


def _warned(outcome: Outcome) -> Iterator[str]:
    """What somebody should look at in a set that was made, in a line each; the rest is told by a build of it alone."""
    found = [finding for finding in outcome.findings if finding.severity is Severity.WARNING]
    for finding in found[:_MOST_WARNED]:
        place = finding.place
        file = "" if place.line is not None else f"{Path(place.file).name} "
        yield f"{finding.severity.chinese} {finding.rule} {file}{where(place)}{finding.message}"
    if len(found) > _MOST_WARNED:
        yield f"另有 {len(found) - _MOST_WARNED} 处，单独生成这一套时逐处列出"


def _severities(outcome: Outcome) -> Iterable[tuple[Severity, int]]:
    for severity in (Severity.ERROR, Severity.WARNING):
        if count := outcome.count(severity):
            yield severity, count


def _sum(outcomes: Sequence[Outcome]) -> str:
    states = [_state(outcome) for outcome in outcomes]
    told = [f"{state} {states.count(state)} 套" for state in ("已生成", "未变动", "没有生成") if state in states]
    found = summary(outcomes) if any(outcome.findings for outcome in outcomes) else ""
    return f"共 {len(outcomes)} 套：{'，'.join(told)}{'；' if found else ''}{found}。"


def _state(outcome: Outcome) -> str:
    outputs = {file.output for file in outcome.files}
    if "written" in outputs or "merged" in outputs:
        return "已生成"
    return "未变动" if "unchanged" in outputs and "refused" not in outputs else "没有生成"


def _echo(text: str) -> None:
    import click

    click.echo(visible(text))
