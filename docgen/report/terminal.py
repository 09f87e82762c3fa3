"""Findings for people: grouped by file, graver ones marked, each with its place, its line and what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from docgen.findings import Finding, Place, Severity
from docgen.report.outcome import FileReport, Outcome
from docgen.visible import visible

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_MOST_RELATED = 3
_MOST_OPEN = 20
_OPEN = "F232"
_OUTPUTS = {"written": "已生成", "unchanged": "未变动", "merged": "已合并", "refused": "未写出"}


def show(outcomes: Iterable[Outcome]) -> None:
    """Print the outcomes on standard output, and the sum of them all when there are several."""
    outcomes = list(outcomes)
    for outcome in outcomes:
        _show(outcome)
    if len(outcomes) > 1:
        _echo(f"共 {len(outcomes)} 套：{summary(outcomes)}")


def _show(outcome: Outcome) -> None:
    if outcome.title:
        _echo("", lead=_styled(visible(outcome.title), bold=True))
    for report in outcome.files:
        _show_file(report)
    for remark in outcome.remarks:
        _echo(f"  {remark}")
    _echo(f"  {summary([outcome])}\n")


def _show_file(report: FileReport) -> None:
    marks = [_OUTPUTS[report.output]] if report.output else []
    marks += [report.remark] if report.remark else []
    if report.amounts:
        marks.append(f"金额 {report.amounts} 处")
    if report.values:
        marks.append(f"数据 {report.values} 处")
    if report.unread is not None:
        marks.append(report.unread)
    if marks or report.findings:
        _echo(f"  {report.file}{'：' if marks else ''}{'，'.join(marks)}")
    unfilled = [finding for finding in report.findings if _is_open(finding)]
    many = len(unfilled) > _MOST_OPEN
    for finding in report.findings:
        if not (many and _is_open(finding)):
            _show_finding(finding)
    if many:
        _show_open(unfilled)


def _is_open(finding: Finding) -> bool:
    return finding.rule == _OPEN and finding.severity is Severity.NOTE


def _show_open(findings: list[Finding]) -> None:
    """Print many open fields group by group, so that they do not hide what is wrong."""
    kind = _styled(f"{Severity.NOTE.chinese} {_OPEN}", fg=_COLOURS[Severity.NOTE])
    _echo(f" 尚未填写，共 {len(findings)} 处：", lead=f"    {kind}")
    for group, members in groupby(findings, key=lambda finding: (finding.place.label or "").split(".")[0]):
        found = list(members)
        lines = dict.fromkeys((found[0].place.line, found[-1].place.line))
        names = "、".join(filter(None, ((finding.place.label or "").partition(".")[2] for finding in found)))
        _echo(f"      {group}（第 {'—'.join(map(str, lines))} 行）{'：' if names else ''}{names}")


def _show_finding(finding: Finding) -> None:
    """Print a finding; one that only follows from the one before stands below it, further in."""
    indent = "        " if finding.follows else "    "
    kind = _styled(f"{finding.severity.chinese} {finding.rule}", fg=_COLOURS[finding.severity])
    mark = "└ " if finding.follows else ""
    _echo(f" {where(finding.place)}{finding.message}", lead=f"{indent}{mark}{kind}")
    for line in _more(finding):
        _echo(f"{indent}  {line}")


def _more(finding: Finding) -> Iterator[str]:
    """What is said below a finding: the line it stands in, what it should be, what to do, and where to look too."""
    if finding.cause == finding.place:
        pass  # the sentence stands above, with its cause
    elif finding.frame and finding.severity > Severity.NOTE:
        yield from finding.frame.splitlines()
    elif not (finding.frame and finding.place.path) and finding.quote and finding.quote not in finding.message:
        yield f"原文：{finding.quote}"
    if finding.expected and finding.expected not in finding.message:
        yield f"应为：{finding.expected}"
    if finding.hint:
        yield f"提示：{finding.hint}"
    # Several places of one paragraph have one name, and that of the finding itself has been said.
    own = elsewhere(finding.place, finding.place.file)
    named = [name for place in finding.beside if (name := elsewhere(place, finding.place.file)) != own]
    shown = list(dict.fromkeys(named))[:_MOST_RELATED]
    yield from (f"另见：{name}" for name in shown)
    if rest := sum(name not in shown for name in named):
        yield f"另见：其余 {rest} 处"


def where(place: Place) -> str:
    """The place as a clerk looks it up: 文件:行:列 in data, the label in a document; with a space after it."""
    if place.line is not None:
        at = f"{place.file}:{place.line}:{place.column or 1}"
        return f"{at} {place.label}　" if place.label else f"{at} "
    return f"{place.label}　" if place.label else ""


def elsewhere(place: Place, file: str) -> str:
    """The place as it is named beside a finding in `file`: with its own file where that is another Word file."""
    named = where(place).rstrip("　 ") or (f"第 {place.block + 1} 段" if place.block is not None else "全文")
    return named if place.line is not None or place.file == file else f"{place.file} {named}".rstrip()


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many findings of each severity there are, in words, and how many files could not be read."""
    counts = {severity: sum(outcome.count(severity) for outcome in outcomes) for severity in Severity}
    files = [file for outcome in outcomes for file in outcome.files]
    lost = sum(file.lost for file in files)
    named = [f"{severity.chinese} {counts[severity]}" for severity in reversed(Severity) if counts[severity]]
    named += [f"未能读取 {lost} 份"] if lost else []
    if not any(counts.values()) and lost < len(files):
        named.append(f"{'其余' if lost else ''}{_sound(outcomes)}")
    return "，".join(named)


def _sound(outcomes: Sequence[Outcome]) -> str:
    files = [file for outcome in outcomes for file in outcome.files]
    amounts, values = sum(file.amounts for file in files), sum(file.values for file in files)
    if not values:
        return "没有发现问题"
    return f"逐份回读：金额 {amounts} 处、数据 {values} 处全部相符，没有发现问题"


def _echo(text: str, *, lead: str = "") -> None:
    """Print the lead, which may hold colours, and the text, of which every character is shown."""
    import click

    click.echo(f"{lead}{visible(text)}", file=sys.stdout)


def _styled(text: str, *, fg: str | None = None, bold: bool | None = None) -> str:
    import click

    return click.style(text, fg=fg, bold=bold)
