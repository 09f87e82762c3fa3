"""Changes of values for people and for programs: what plan, where, pull and diff print."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from docgen.changes import Change
from docgen.findings import Place
from docgen.report.machine import place_entry
from docgen.report.outcome import Outcome
from docgen.visible import escaped, visible

_OUTDATED = "outdated"
_STATES: Mapping[str, str] = {
    "new": "新增",
    "changed": "将更新",
    "unchanged": "未变动",
    "edited": "手工改过",
    "orphaned": "不再属于这套合同，将移到一边",
    "reached": "写到",
    "restored": "已恢复",
    "aside": "不在这一版里，已移到 .docgen/orphans/",
    "signed": "已签署的记录，没有动",
    "dropped": "已删去",
    "old": "旧版",
    "same": "与旧版相同",
    "differs": "新版",
    "redline": "已写出，在旧版上用修订标出新版的改动",
    _OUTDATED: "已签署，合同有改动，需重新法审",
}
_STALE = "已经过时，将移到一边"
_LONGEST = 60
_SHORT = 30
_AROUND = 12
_MOST_PLACES = 4
_NUMBER = re.compile("^[0-9]{2}_")
_LONGEST_TITLE, _HEAD, _TAIL = 20, 10, 5


@dataclass(frozen=True, slots=True)
class FileState:
    """A file and what is to be said of it: its state, a remark, and lines that go below it."""

    file: str
    state: str
    remark: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What one run has to say of changes: files, changes of values with their labels, findings, remarks.

    `heading` stands above the changes; without one they are only for programs, and the files' lines tell them. So are
    the `others`: what was changed and is of no field, or could not be taken over.
    `failed` tells that something asked for was not done. `titles` are those of documents by their files, where they
    are called otherwise than their files are.
    """

    title: str
    files: tuple[FileState, ...] = ()
    changes: tuple[Change, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome | None = None
    remarks: tuple[str, ...] = ()
    heading: str = "数据引起的改动"
    failed: bool = False
    others: tuple[Change, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """What the findings come to, and whether something could not be done."""
        return max(self.failed, self.outcome.exit_code if self.outcome is not None else 0)


def document(reports: Iterable[ChangeReport], *, ascii_only: bool = False) -> str:
    """The JSON of plan, where, pull and diff: the changes, the files, and how many there are of each."""
    reports = list(reports)
    changes = [_change(change) for report in reports for change in (*report.changes, *report.others)]
    files = [_file(file) for report in reports for file in report.files]
    outdated = {_OUTDATED: count} if (count := sum(_OUTDATED in file for file in files)) else {}
    summary = {"files": len(files), "changes": len(changes), **Counter(file["state"] for file in files), **outdated}
    text = json.dumps({"changes": changes, "files": files, "summary": summary}, ensure_ascii=ascii_only, indent=2)
    return escaped(text.encode("utf-8", "backslashreplace").decode())


def _file(file: FileState) -> dict[str, Any]:
    """A file with its state; a record that the contract has changed since is unchanged, and outdated besides."""
    if file.state == _OUTDATED:
        return {"file": file.file, "state": "unchanged", _OUTDATED: True}
    return {"file": file.file, "state": file.state}


def _change(change: Change) -> dict[str, Any]:
    return {"field": change.field or None, "old": change.old, "new": change.new, "place": place_entry(change.place)}


def lines(report: ChangeReport) -> Iterator[str]:
    """The report as lines for a terminal."""
    if report.title:
        yield visible(report.title)
    for file in report.files:
        state = (
            _STALE if file.state == "orphaned" and file.file.endswith(".pdf") else _STATES.get(file.state, file.state)
        )
        yield f"  {visible(file.file)}：{state}{f'，{file.remark}' if file.remark else ''}"
        yield from (f"    {line}" for line in file.lines)
    if report.changes and report.heading:
        yield f"  {report.heading}（{len(report.changes)} 处）："
        yield from (f"    {line}" for line in _listed(report))
    yield from (f"  {remark}" for remark in report.remarks)


def _listed(report: ChangeReport) -> Iterator[str]:
    """The changes field by field: a value that changes alike at several places is told once with all of them."""
    grouped: dict[tuple[str, str | None, str | None], list[Place]] = {}
    for change in report.changes:
        grouped.setdefault((change.field, change.old, change.new), []).append(change.place)
    for (path, old, new), places in grouped.items():
        named = report.labels.get(path) or path or "由模板得出"
        yield f"{visible(named)}：{said(old, new)}{visible(_places(places, report.titles))}"


def _places(places: list[Place], titles: Mapping[str, str]) -> str:
    """The places file by file, each file by the title of its document."""
    named = []
    for file, inside in groupby(places, key=lambda place: place.file):
        title = titles.get(file) or _NUMBER.sub("", file.rpartition("/")[2]).removesuffix(".docx")
        labels = list(dict.fromkeys(_inside(place.label or "正文", title) for place in inside))
        more = f" 等 {len(labels)} 处" if len(labels) > _MOST_PLACES else ""
        named.append(f"《{_title(title)}》 {'，'.join(labels[:_MOST_PLACES])}{more}")
    return f"（{'；'.join(named)}）"


def _inside(label: str, title: str) -> str:
    """The place without the number of the annex, which the title has already."""
    annex, _, rest = label.partition(" ")
    return (rest or "开头") if title.startswith(f"{annex} ") else label


def _title(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_HEAD]}…{title[-_TAIL:]}"


def said(old: str | None, new: str | None) -> str:
    """What a text was and is, each shortened to what fits a line."""
    if old is None or new is None:
        whole = f"“{_short(_flat(old or new or ''))}”"
        return f"（无） → {whole}" if old is None else f"{whole} → （删去）"
    before, after = _flat(old), _flat(new)
    if before == after:
        return f"“{_short(before)}”"
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    tail = next((n for n in range(shorter - head) if before[-1 - n] != after[-1 - n]), shorter - head)
    return f"“{_around(before, head, tail)}” → “{_around(after, head, tail)}”"


def _flat(text: str) -> str:
    return visible(text.replace("\n", "／").replace("\t", "　"))


def _around(text: str, head: int, tail: int) -> str:
    """The text, or what stands around all but the first `head` and the last `tail` of its characters."""
    first, last = max(head - _AROUND, 0), min(len(text) - tail + _AROUND, len(text))
    if len(text) <= _SHORT:
        first, last = 0, len(text)
    shown = _short(text[first:last])
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) and not shown.endswith('…') else ''}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
