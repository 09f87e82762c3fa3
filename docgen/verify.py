"""Checking files that exist already, step by step: find, read and judge each, compare the sets, report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from docgen.choice import Choice
from docgen.findings import Finding, Place, Severity
from docgen.judge import SMALL, TOGETHER, Judged, Task, Together, compare_all, handfuls, judge
from docgen.pool import Job, Lost, Words, cores, results
from docgen.reading.document import Reading
from docgen.reading.files import LEGACY
from docgen.reading.folders import FileSet, Listed, sets_of
from docgen.report.outcome import FileReport, Outcome, by_file
from docgen.rules.causes import arranged

__all__ = ["Choice", "Verdict", "verify"]

MOST_COMPARED: Final = 200
"""More files than this are no set of one contract, and each is judged by itself."""

SECONDS_A_FILE: Final = 60.0
SECONDS_A_MEGABYTE: Final = 15.0
MOST_SECONDS_MORE: Final = 180.0
SECONDS_A_SET: Final = 120.0
_COMPARING: Final = Words("没有核对完", "内容过大，核对它们的程序退出了")
_OLD_AT_ONCE: Final = 25
# Each core gets its files in so many rounds at least, as some take longer than others.
_ROUNDS: Final = 3
_SLOW: Final = frozenset({".pdf"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run has found, set by set, and where it was asked to keep them the Readings by file."""

    outcomes: list[Outcome]
    readings: dict[str, Reading] = field(default_factory=dict)

    @property
    def unread(self) -> list[FileReport]:
        """The files that should have been read and could not be."""
        return [file for outcome in self.outcomes for file in outcome.files if file.lost]


Progress = Callable[[int, int], None]
"""What is called with the number of files done and of all files."""


def verify(
    names: Sequence[str], choice: Choice | None = None, *, keep: bool = False, progress: Progress | None = None
) -> Verdict:
    """What is wrong in the named files and folders, set by set; what cannot be read is said and stops nothing.

    With `keep` the Readings come along, for reports that show the text; a large folder then takes the memory.
    """
    desks = [_Desk(files, keep) for files in sets_of(names)]
    tasks = [(desk, task) for desk in desks for task in desk.tasks()]
    done, whole = 0, sum(len(task.files) for _, task in tasks)
    while tasks:
        singly: list[tuple[_Desk, Task]] = []
        for number, result in results(Job(judge, _seconds), [task for _, task in tasks]):
            desk, task = tasks[number]
            if isinstance(result, Lost) and len(task.files) > 1 and not _is_old(task.files[0]):
                singly += [(desk, one) for one in desk.apart(task)]
                continue
            desk.take(task, result)
            done += len(task.files)
            if progress is not None:
                progress(done, whole)
        # A file that could not be worked on takes nothing away from those that were judged beside it.
        tasks = singly
    kept = {name: reading for desk in desks for name, reading in desk.readings.items()}
    return Verdict([desk.outcome(choice or Choice()) for desk in desks], kept)


def _seconds(task: Task) -> float:
    """How long a task may take: LibreOffice has limits of its own, a large file gets more than a small one."""
    if _is_old(task.files[0]):
        return 3600.0
    with suppress(OSError, ValueError):
        megabytes = task.files[0].path.stat().st_size / 1024 / 1024
        return SECONDS_A_FILE + min(megabytes * SECONDS_A_MEGABYTE, MOST_SECONDS_MORE)
    return SECONDS_A_FILE


def _is_old(file: Listed) -> bool:
    return file.path.suffix.lower() in LEGACY


def _weight(file: Listed) -> int:
    """How many bytes a file counts for; one that takes long for its size is judged by itself."""
    if file.path.suffix.lower() in _SLOW:
        return SMALL
    with suppress(OSError, ValueError):
        return file.path.stat().st_size
    return 0


@dataclass(slots=True)
class _Desk:
    """One set, and what is known of its files so far."""

    files: FileSet
    keep: bool = False
    judged: dict[str, Judged] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    across: list[Finding] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    waiting: int = 0

    def tasks(self) -> list[Task]:
        """The work there is: old files by the batch, small ones by the handful, so that all cores have some."""
        readable = [file for file in self.files.files if not file.unknown and file.reason is None]
        alone = len(readable) == 1 or len(readable) > MOST_COMPARED
        old = [file for file in readable if _is_old(file)]
        batches = [tuple(old[at : at + _OLD_AT_ONCE]) for at in range(0, len(old), _OLD_AT_ONCE)]
        new = [file for file in readable if not _is_old(file)]
        most = min(TOGETHER, max(1, len(new) // (_ROUNDS * cores())))
        batches += [tuple(some) for some in handfuls(new, _weight, most)]
        self.waiting = len(batches)
        return [Task(batch, alone, self.keep or not alone) for batch in batches]

    def apart(self, task: Task) -> list[Task]:
        """The files of a task singly."""
        self.waiting += len(task.files) - 1
        return [replace(task, files=(file,)) for file in task.files]

    def take(self, task: Task, result: list[Judged] | Lost) -> None:
        """Note what came of a task; with the last one the set is compared, and its Readings are let go."""
        if isinstance(result, Lost):
            result = [Judged(file.shown, unread=result.reason) for file in task.files]
        for judged in result:
            self.judged[judged.shown] = replace(judged, reading=None)
            if judged.reading is not None:
                self.readings[judged.shown] = judged.reading
        self.waiting -= 1
        if not self.waiting and not task.alone:
            self._compare()
        if not self.waiting and not self.keep:
            self.readings.clear()

    def _compare(self) -> None:
        """Compare the documents of the set, in a process that can be ended as well."""
        readings = tuple(self.readings[file.shown] for file in self.files.files if file.shown in self.readings)
        if not readings:
            return
        # Files named together are one set because a person said so.
        documents = Together(readings, many=bool(self.files.title))
        ((_, result),) = results(Job(compare_all, lambda _: SECONDS_A_SET, _COMPARING), [documents])
        if isinstance(result, Lost):
            message = f"这些文件没有互相核对：{result.reason}。"
            hint = "每份文件已单独核对；请把同一份合同的文件放在一起，分几次核对。"
            place = Place(readings[0].file)
            self.across = [Finding("F401", Severity.NOTE, message, place, hint=hint)]
        else:
            self.across, self.repeated = result.findings, result.repeated

    def outcome(self, choice: Choice) -> Outcome:
        """The findings of the set, file by file in the order of the folder."""
        reports = [self._report(file) for file in self.files.files]
        judged = [judged for name, judged in self.judged.items() if name not in self.repeated]
        found = [finding for one in judged for finding in one.findings]
        found += [*self.across, *(_unknown(file) for file in self.files.files if file.unknown)]
        wanted, accepted = choice.sorted_out(found)
        many = sum(not file.unknown for file in self.files.files) > MOST_COMPARED
        remarks = [f"这里的文件超过 {MOST_COMPARED} 份，不作为一套合同，只逐份核对。"] if many else []
        remarks += [f"{name} 与各份文件逐段相同，其中的金额和问题不再重复列出。" for name in self.repeated]
        remarks += [f"已接受 {accepted} 项，不再列出。"] if accepted else []
        return Outcome(by_file(reports, arranged(wanted)), title=self.files.title, remarks=tuple(remarks))

    def _report(self, file: Listed) -> FileReport:
        if file.unknown:
            return FileReport(file.shown, unread="不是能核对的文件种类", passed_over=True)
        judged = self.judged.get(file.shown, Judged(file.shown, unread=file.reason))
        amounts = 0 if file.shown in self.repeated else judged.amounts
        return FileReport(file.shown, amounts=amounts, unread=judged.unread, hint=judged.hint)


def _unknown(file: Listed) -> Finding:
    message = f"没有核对：不认识这种文件（{file.path.suffix or '没有后缀'}）。"
    hint = "能核对的有 .docx .docm .dotx .doc .wps .pdf .txt .md。"
    return Finding("F402", Severity.NOTE, message, Place(file.shown), hint=hint)
