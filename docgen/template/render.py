"""Templates rendered: the bytes of a Word file, and where each value in it came from and stands.

Rendering runs the compiled program of each part, which yields the numbers of literal pieces and the printed values
between marks; putting them together tells the paragraph and position of every value. References to clauses are
filled in last, when every document of the set has counted its clauses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

from jinja2 import Template
from jinja2.runtime import Context

from docgen.errors import DocgenError, LeftOutError, TemplateError
from docgen.template.compiled import (
    CLOSE,
    DRAWING_ID,
    LOOKED_UP,
    LOOKUP,
    MARK,
    NEEDS_PARAGRAPH,
    OPEN,
    STOP,
    TABLE_END,
    TABLE_START,
    CompiledPart,
    CompiledTemplate,
    Piece,
    said_at,
)
from docgen.template.environment import (
    END,
    FAILURES,
    LINE_BREAK,
    TAB,
    TEXT,
    VALUE,
    allowed_method,
    bounded_range,
    templates,
    told,
)
from docgen.template.grids import with_fitting_grids
from docgen.template.meter import METER, MOST_CHARACTERS, Meter
from docgen.template.numbering import Numbering
from docgen.template.properties import CORE, core_properties
from docgen.template.written import Written
from docgen.word.package import Package, write_package

_STREAM = re.compile(
    f"{MARK}([0-9]+){STOP}|{VALUE}([^{TEXT}]*){TEXT}([^{END}]*){END}|([{NEEDS_PARAGRAPH}-{DRAWING_ID}])"
    f"|([^{MARK}{VALUE}{NEEDS_PARAGRAPH}-{DRAWING_ID}]+)"
)
_LOOKUP = re.compile(f"{LOOKUP}([0-9]+){LOOKED_UP}")
_PARAGRAPH_END = re.compile(r"</w:p>|<w:p(?: [^<>]*)?/>")
_FIRST_DRAWING = 1001
_TOO_LONG = f"写出的内容过长（超过 {MOST_CHARACTERS >> 20} MB）"


_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Rendered(NamedTuple):
    """A rendered document: the bytes of the Word file, and each value written into it."""

    data: bytes
    written: tuple[Written, ...]


class Job(NamedTuple):
    """One document to render: its template, what the template sees, and the file's properties."""

    template: CompiledTemplate
    context: Mapping[str, Any]
    properties: Mapping[str, str]


class Evaluated(NamedTuple):
    """A document whose values are computed, and whose references are still open.

    It is a stream for each compiled part, or the package that docxtpl made.
    """

    job: Job
    numbering: Numbering
    streams: tuple[str, ...] = ()
    foreign: Package | None = None


def render(template: CompiledTemplate, context: Mapping[str, Any], properties: Mapping[str, str]) -> Rendered:
    """The Word file of one document; references reach into the documents rendered before with the same set."""
    return render_set([Job(template, context, properties)])[0]


def render_set(jobs: Iterable[Job]) -> list[Rendered]:
    """The Word files of all documents; references reach into any of them, earlier or later."""
    return each(finish, each(evaluate, jobs))


def each(step: Callable[[_Given], _Made], items: Iterable[_Given]) -> list[_Made]:
    """What the step makes of each item; one TemplateError tells all those that were raised on the way."""
    made, faults = [], []
    for item in items:
        try:
            made.append(step(item))
        except TemplateError as error:
            faults.append(error)
    if faults:
        raise _together(faults) from faults[0]
    return made


def _together(faults: Sequence[TemplateError]) -> TemplateError:
    """One exception that says what all of them do; where it is only for fields left out, it names all those fields."""
    said = "\n".join(dict.fromkeys(map(str, faults)))
    hint = next((fault.hint for fault in faults if fault.hint), None)
    paths = [fault.paths for fault in faults if isinstance(fault, LeftOutError)]
    if len(paths) == len(faults):
        return LeftOutError(said, paths=frozenset().union(*paths), hint=hint)
    return TemplateError(said, hint=hint)


def evaluate(job: Job) -> Evaluated:
    """The document with its values; what it refers to is filled in by `finish`, once all of the set are evaluated."""
    known = job.context.get("_numbering")
    numbering = known.afresh() if isinstance(known, Numbering) else Numbering()
    context = {
        **job.context,
        "no": allowed_method(numbering.no),
        "ref": allowed_method(numbering.deferred),
        "range": bounded_range,
        METER: Meter(),
    }
    evaluated = Evaluated(job, numbering)
    if job.template.foreign is not None:
        from docgen.template.foreign import evaluate_foreign

        evaluated = evaluated._replace(foreign=evaluate_foreign(job.template, context))
    else:
        streams = each(lambda part: _run(part, context, job.template.name), job.template.parts)
        evaluated = evaluated._replace(streams=tuple(streams))
    numbering.labels.documents[numbering.document] = numbering.own
    return evaluated


def finish(document: Evaluated) -> Rendered:
    """The Word file of a document whose set has been evaluated."""
    template = document.job.template
    properties = {CORE: core_properties(document.job.properties)}
    try:
        package, changes, written = _changes(document)
    except DocgenError as error:
        raise TemplateError(f"模板“{template.name}”：{error}", hint=error.hint) from None
    return Rendered(write_package(package.replaced({**changes, **properties})), tuple(written))


def _changes(document: Evaluated) -> tuple[Package, dict[str, bytes], list[Written]]:
    """The package to start from, the parts that are changed in it, and the values in them."""
    template, resolved = document.job.template, document.numbering.resolved
    if document.foreign is not None:
        from docgen.template.foreign import unmarked

        return document.foreign, *unmarked(document.foreign, resolved)
    changes: dict[str, bytes] = {}
    written: list[Written] = []
    for part, stream in zip(template.parts, document.streams, strict=True):
        xml, values = _assemble(part, resolved(stream))
        changes[part.path] = with_fitting_grids(xml.encode()) if part.columns_vary else xml.encode()
        written += values
    return template.package, changes, written


def _run(part: CompiledPart, context: Mapping[str, Any], name: str) -> str:
    """The stream of piece numbers and values that the part's program yields."""
    template = Template.from_code(templates(), part.code, {})
    failed: dict[object, tuple[str, Exception]] = {}
    try:
        stream = "".join(_chunks(part, template, template.new_context(dict(context)), failed))
    except FAILURES as error:
        failed[None] = (_failing(error.__traceback__, template, part) or "未知位置", error)
    if failed:
        raise _together([_failure(name, said, error, context) for said, error in failed.values()])
    return stream


def _chunks(
    part: CompiledPart, template: Template, context: Context, failed: dict[object, tuple[str, Exception]]
) -> Iterator[str]:
    """What the program yields, with every lookup done when its turn comes.

    A lookup that fails is noted and the rest goes on, so that all of them are told: a field that was left out each
    time, any other failure of a tag once.
    """

    def look_up(match: re.Match[str]) -> str:
        number = int(match[1])
        lookup = part.lookups[number]
        try:
            return lookup.printed(context)
        except FAILURES as error:
            failed.setdefault(getattr(error, "path", number), (lookup.said, error))
            return ""

    room = MOST_CHARACTERS
    for chunk in template.root_render_func(context):
        text = _LOOKUP.sub(look_up, chunk) if LOOKUP in chunk else chunk
        room -= len(text)
        if room < 0:
            raise ValueError(_TOO_LONG)
        yield text


def _failure(name: str, said: str, error: Exception, context: Mapping[str, Any]) -> TemplateError:
    from docgen.template.reasons import reason

    failure = told(f"模板“{name}” {said}：{reason(error, context, said)}", error)
    failure.__cause__ = error
    return failure


def _failing(trace: TracebackType | None, template: Template, part: CompiledPart) -> str | None:
    """What is said of the tag whose code was running."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == part.path:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return said_at(part.said, line) if line is not None else None


@dataclass(slots=True)
class _Position:
    """How far a part is written: pieces so far, paragraphs opened, and the characters of each open paragraph."""

    out: list[str]
    paragraph: int
    open: list[list[int]]
    drawings: int = _FIRST_DRAWING

    def follow(self, piece: Piece) -> None:
        """Write a piece."""
        self.out.append(piece.xml)
        for event in piece.events:
            if event > 0:
                if self.open:
                    self.open[-1][1] += event
            elif event == OPEN:
                self.paragraph += 1
                self.open.append([self.paragraph, 0])
            elif event == CLOSE:
                self.open.pop()
            else:
                self.paragraph -= event + 1

    def look_after(self, mark: str, tables: list[int]) -> None:
        """Do what a mark asks for: a paragraph at the end of a cell, no table without rows, drawings with own ids."""
        if mark == DRAWING_ID:
            self.out.append(str(self.drawings))
            self.drawings += 1
        elif mark == TABLE_START:
            tables.append(len(self.out))
        elif mark == TABLE_END:
            start = tables.pop()
            if not any("</w:tr>" in written for written in self.out[start:]):
                del self.out[start:]
        elif not _PARAGRAPH_END.fullmatch(self.out[-1], self.out[-1].rfind("<")):
            self.out.append("<w:p/>")
            self.paragraph += 1


def _assemble(part: CompiledPart, stream: str) -> tuple[str, list[Written]]:
    """The XML of a part, and the values in it with their places."""
    position = _Position([], -1, [])
    written: list[Written] = []
    tables: list[int] = []
    for number, path, text, mark, other in _STREAM.findall(stream):
        if number:
            position.follow(part.pieces[int(number)])
        elif mark:
            position.look_after(mark, tables)
        elif other:
            position.out.append(other)
        else:
            position.out.append(text)
            if position.open:
                written.append(_written(part.name, path, text, position.open[-1]))
    return _whole(part, stream, position.out), written


def _whole(part: CompiledPart, stream: str, out: Sequence[str]) -> str:
    """The text of a part; how long it will be is looked at closely only where it may be too long."""
    longest = max((len(piece.xml) for piece in part.pieces), default=0)
    if longest * len(out) + len(stream) > MOST_CHARACTERS and sum(map(len, out)) > MOST_CHARACTERS:
        raise TemplateError(f"{part.name}：{_TOO_LONG}")
    return "".join(out)


def _written(part: str, path: str, text: str, place: list[int]) -> Written:
    """The value just printed; the place moves behind it."""
    if "<" in text:
        text = text.replace(LINE_BREAK, "\n").replace(TAB, "\t")
    plain = _unescaped(text) if "&" in text else text
    paragraph, start = place
    place[1] = end = start + len(plain)
    return Written(path or None, plain, part, paragraph, start, end)


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
