"""Checking files that exist already, step by step: find, read, judge each, compare the set, report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.errors import DocgenError
from docgen.findings import Finding, Place
from docgen.reading.document import Bundle, Reading
from docgen.reading.files import read_file
from docgen.reading.plain import PlainReading
from docgen.report.outcome import FileReport, Outcome, by_file
from docgen.rules.catalogue import check_bundle, check_reading
from docgen.rules.document_amounts import amounts_in


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules a run reports: all, or those whose codes begin with `select`, never those with `ignore`."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def wants(self, code: str) -> bool:
        """Whether findings of this rule are reported."""
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))


@dataclass(frozen=True, slots=True)
class _Read:
    """One file that was looked at: its Reading, or why there is none."""

    shown: str
    reading: Reading | None = None
    unread: str | None = None


def verify(names: Sequence[str], choice: Choice | None = None) -> list[Outcome]:
    """What is wrong in the named files and folders, set by set; what cannot be read is said and stops nothing."""
    chosen = choice or Choice()
    return [_judged([_read(name) for name in dict.fromkeys(names)], chosen)]


def _read(shown: str) -> _Read:
    try:
        return _Read(shown, read_file(Path(shown), shown))
    except DocgenError as error:
        return _Read(shown, unread=str(error))


def _judged(read: Sequence[_Read], choice: Choice) -> Outcome:
    """The findings about one set: each document by itself, then all of them together."""
    readings = {file.shown: file.reading for file in read if file.reading is not None}
    found = [finding for reading in readings.values() for finding in check_reading(reading)]
    found += check_bundle(Bundle(tuple(readings.values())))
    wanted = [located(finding, readings) for finding in found if choice.wants(finding.rule)]
    return Outcome(by_file([_report(file) for file in read], wanted))


def _report(file: _Read) -> FileReport:
    if file.reading is None:
        return FileReport(file.shown, unread=file.unread)
    return FileReport(file.shown, amounts=amounts_of(file.reading))


def amounts_of(reading: Reading) -> int:
    """How many amounts a document states, figures and 大写 counted singly; blanks are none."""
    return sum(len(amounts_in(block.text)) for block in reading.blocks)


def located(finding: Finding, readings: Mapping[str, Reading]) -> Finding:
    """The finding with line, column and offset where its file is plain text, its quote exactly as it stands there."""
    place = _located(finding.place, readings)
    related = tuple(_located(other, readings) for other in finding.related)
    reading = readings.get(place.file)
    quote = finding.quote
    if isinstance(reading, PlainReading) and place.offset is not None:
        quote = reading.source[place.offset : place.offset + len(quote)]
    return replace(finding, place=place, related=related, quote=quote)


def _located(place: Place, readings: Mapping[str, Reading]) -> Place:
    reading = readings.get(place.file)
    if not isinstance(reading, PlainReading) or place.block is None:
        return place
    offset = (reading.blocks[place.block].offset or 0) + (place.start or 0)
    line, column = reading.position(offset)
    return replace(place, line=line, column=column, offset=offset)


def unread(outcomes: Iterable[Outcome]) -> list[FileReport]:
    """The files that could not be read, of all sets."""
    return [file for outcome in outcomes for file in outcome.files if file.unread is not None]
