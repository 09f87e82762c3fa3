"""Judging files that exist: each file read and checked by itself, in whatever process this runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from docgen.errors import DocgenError
from docgen.findings import Finding, Place, Severity
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.excerpt import excerpt
from docgen.reading.files import file_bytes, is_legacy, read_data
from docgen.reading.folders import Listed
from docgen.reading.once import forget
from docgen.reading.plain import PlainReading
from docgen.rules.amount_pairs import amount_blocks, amounts_in
from docgen.rules.belonging import contracts_of
from docgen.rules.bound_sets import differences, parted, repeats
from docgen.rules.document_rules import document_rules
from docgen.rules.facts import UNKNOWN
from docgen.rules.price_lines import price_runs
from docgen.rules.rule import Rule

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Task:
    """Files that one process works on together.

    `alone` tells that they belong to no set with others, `keep` that the Readings are wanted.
    """

    files: tuple[Listed, ...]
    alone: bool
    keep: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one file: its findings, and its Reading where that is wanted; or why it could not be read."""

    shown: str
    findings: tuple[Finding, ...] = ()
    amounts: int = 0
    unread: str | None = None
    hint: str | None = None
    reading: Reading | None = None


TOGETHER: Final = 16
"""So many small files are judged at once: a rule that is at work looks at the next file faster than at the first."""

SMALL: Final = 256 * 1024
"""So many bytes the files may have that are judged at once, and carried at the same time."""


def judge(task: Task) -> list[Judged]:
    """What became of each file of the task."""
    found: list[Judged] = []
    for some in handfuls(_loaded(task.files), lambda one: len(one[1]) if isinstance(one[1], bytes) else 0, TOGETHER):
        found += _judged(some, task)
        # A process looks at many files, and must not carry them all.
        forget()
    return found


def handfuls(some: Iterable[Given], size: Callable[[Given], int], most: int) -> Iterator[list[Given]]:
    """The files, of `size` bytes each, in handfuls of at most so many that are small together."""
    held: list[Given] = []
    whole = 0
    for one in some:
        bytes_more = size(one)
        if held and (len(held) >= most or whole + bytes_more > SMALL):
            yield held
            held, whole = [], 0
        held.append(one)
        whole += bytes_more
    if held:
        yield held


def compare(readings: Sequence[Reading]) -> list[Finding]:
    """What the documents of a set contradict each other in."""
    (found,) = _across([readings])
    forget()
    return found


@dataclass(frozen=True, slots=True)
class Together:
    """Documents that are compared with each other; in a folder (`many`) several contracts may lie."""

    readings: tuple[Reading, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What documents contradict each other in, and the files that only say again what the others say."""

    findings: list[Finding]
    repeated: list[str]


def compare_all(documents: Together) -> Compared:
    """What the documents contradict each other in; what a bound set says again of them is told only once."""
    members, bound = parted(documents.readings)
    contracts = contracts_of(members) if documents.many else [members]
    compared = Compared([finding for contract in contracts for finding in compare(contract)], [])
    for volume in bound:
        if repeats(volume, members):
            compared.repeated.append(volume.file)
        else:
            compared.findings.extend([*compare([volume]), *differences(volume, members)])
    return compared


def _judged(some: Sequence[tuple[Listed, bytes | DocgenError]], task: Task) -> list[Judged]:
    read = [_read(file, data) for file, data in some]
    readings = [one for one in read if isinstance(one, Reading)]
    alone = _across([[reading] for reading in readings]) if task.alone else [[] for _ in readings]
    judged = map(_of, readings, _found(Reading, readings), alone)
    done = (one if task.keep else replace(one, reading=None) for one in judged)
    return [one if isinstance(one, Judged) else next(done) for one in read]


def _of(reading: Reading, own: Sequence[Finding], alone: Sequence[Finding]) -> Judged:
    found = [located(one, {reading.file: reading}) for one in (*_not_read(reading), *own)]
    return Judged(reading.file, (*found, *alone), amounts_of(reading), reading=reading)


def _read(file: Listed, data: bytes | DocgenError) -> Reading | Judged:
    try:
        if isinstance(data, DocgenError):
            raise data
        return read_data(data, file.shown)
    except DocgenError as error:
        return Judged(file.shown, unread=_reason(str(error), file.shown), hint=error.hint)


def _reason(message: str, shown: str) -> str:
    """Why a file could not be read, without its name, which is said beside it."""
    return message.removeprefix(f"{shown}：").replace(f"“{shown}”", "文件", 1).rstrip("。")


def _loaded(files: Iterable[Listed]) -> Iterator[tuple[Listed, bytes | DocgenError]]:
    """Each file with its bytes, those of old files as LibreOffice made them, all in one call."""
    loaded = [(file, _bytes(file)) for file in files]
    old = {file.shown: data for file, data in loaded if isinstance(data, bytes) and is_legacy(data, file.shown)}
    if old:
        from docgen.reading.legacy import converted

        made = converted(old)
        loaded = [(file, made.get(file.shown, data)) for file, data in loaded]
    yield from loaded


def _bytes(file: Listed) -> bytes | DocgenError:
    try:
        return file_bytes(file.path, file.shown)
    except DocgenError as error:
        return error


def _across(contracts: Sequence[Sequence[Reading]]) -> list[list[Finding]]:
    """What the documents of each contract contradict each other in."""
    named = [{reading.file: reading for reading in readings} for readings in contracts]
    found = _found(Bundle, [Bundle(tuple(readings)) for readings in contracts])
    return [[located(one, files) for one in ones] for ones, files in zip(found, named, strict=True)]


def _found(kind: type, subjects: Sequence[Reading | Bundle]) -> list[list[Finding]]:
    """What the rules of a kind find in each subject."""
    found: list[list[Finding]] = [[] for _ in subjects]
    for rule in document_rules():
        if rule.on is kind:
            for at, subject in enumerate(subjects):
                found[at] += _checked(rule, subject)
    return found


def _checked(rule: Rule, subject: Reading | Bundle) -> list[Finding]:
    """What a rule finds; where it breaks down that is told, and the others go on."""
    try:
        return rule.check(subject, UNKNOWN)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of docgen must not hide what else is wrong
        message = f"规则 {rule.code} 没有做完：docgen 内部出错（{type(error).__name__}）。"
        hint = "这条规则所查的内容请人工核对，并把这份文件的情况告诉维护人员。"
        readings = (subject,) if isinstance(subject, Reading) else subject.readings
        return [Finding("F403", Severity.NOTE, message, Place(one.file), hint=hint) for one in readings[:1]]


def _not_read(reading: Reading) -> Iterator[Finding]:
    for what in reading.unread:
        message = f"有一部分没有核对：{what.rstrip('。')}。"
        yield Finding("F401", Severity.NOTE, message, Place(reading.file), hint="这一部分请人工核对。")


def amounts_of(reading: Reading) -> int:
    """How many amounts a document states, figures and 大写 counted singly; blanks are none.

    A bare number in a table counts where its column is one of amounts or unit prices.
    """
    lines = [line for run in price_runs(reading) for line in run.lines]
    marks = [mark for line in lines for mark in (*line.amounts.values(), line.price) if mark is not None]
    bare = {mark.block.index for mark in marks if not amounts_in(mark.block.text)}
    return sum(len(amounts_in(block.text)) for block in amount_blocks(reading)) + len(bare)


def located(finding: Finding, readings: Mapping[str, Reading]) -> Finding:
    """The finding with the sentence it stands in; in plain text with line, column, offset, and its quote exactly."""
    place = _located(finding.place, readings)
    related = tuple(_located(other, readings) for other in finding.related)
    cause = finding.cause and _located(finding.cause, readings)
    reading = readings.get(place.file)
    quote, frame = finding.quote, finding.frame
    if reading is not None and place.block is not None and place.end:
        text, at = _around(reading, reading.blocks[place.block])
        frame = excerpt(text, at + (place.start or 0), at + place.end)
    if isinstance(reading, PlainReading) and place.offset is not None:
        quote = reading.source[place.offset : place.offset + len(quote)]
    return replace(finding, place=place, related=related, quote=quote, cause=cause, frame=frame)


def _around(reading: Reading, block: Block) -> tuple[str, int]:
    """The text that a person looks at, and where the block begins in it: the paragraph, or the row of its table."""
    if block.cell is None:
        return block.text, 0
    near = reading.blocks[max(0, block.index - _ROW) : block.index + _ROW]
    row = [one for one in near if one.cell and (one.cell.table, one.cell.row) == (block.cell.table, block.cell.row)]
    shown = [one for one in row if one is block or one.text.strip()]
    texts = [one.text if one is block else one.text[:_CELL] for one in shown]
    before = sum(len(text) + len(_BAR) for text in texts[: shown.index(block)])
    return _BAR.join(texts), before


_ROW: Final = 60
_CELL: Final = 1000  # more of a cell beside is never shown
_BAR: Final = " | "


def _located(place: Place, readings: Mapping[str, Reading]) -> Place:
    reading = readings.get(place.file)
    if not isinstance(reading, PlainReading) or place.block is None:
        return place
    offset = (reading.blocks[place.block].offset or 0) + (place.start or 0)
    line, column = reading.position(offset)
    return replace(place, line=line, column=column, offset=offset)
