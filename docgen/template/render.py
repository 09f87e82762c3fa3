"""Templates rendered: the bytes of a Word file, and where each value in it came from and stands.

Rendering runs the compiled program of each part, which yields the numbers of literal pieces and the printed values
between marks; putting them together tells the paragraph and position of every value. References to clauses are
filled in last, when every document of the set has counted its clauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, TypeVar

from docgen.errors import DocgenError, TemplateError
from docgen.template.budget import METER, Meter
from docgen.template.careful import run_carefully, together
from docgen.template.compiled import CompiledPart, CompiledTemplate
from docgen.template.environment import allowed_method, bounded_range, templates, text_of
from docgen.template.numbering import Numbering
from docgen.template.packing import packed_parts
from docgen.template.printing import Printed, PrintedPart, Printers, places_of, printed_part
from docgen.template.properties import CORE, core_properties
from docgen.template.running import TooMuchError, run
from docgen.template.written import Written
from docgen.word.package import Package, open_package, pack, write_package

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True, eq=False)
class Rendered:
    """A rendered document: the bytes of the Word file; which values stand where is worked out when it is asked for."""

    data: bytes
    _written: Callable[[], Iterable[Written]] = field(repr=False)
    _package: Package | None = field(default=None, repr=False)

    @property
    def package(self) -> Package:
        """The packed parts that the file is made of."""
        return self._package or open_package(self.data).packed()

    @property
    def written(self) -> tuple[Written, ...]:
        """Each value written into the file, and where it stands."""
        return tuple(self._written())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rendered) and (self.data, self.written) == (other.data, other.written)

    def __hash__(self) -> int:
        return hash(self.data)

    def __reduce__(self) -> tuple[Any, ...]:
        # Into another process goes what was worked out: what it is worked out from is many times as much.
        return _rendered, (self.data, self.written)


def _rendered(data: bytes, written: tuple[Written, ...]) -> Rendered:
    return Rendered(data, lambda: written)


class Job(NamedTuple):
    """One document to render: its template, what the template sees, and the file's properties."""

    template: CompiledTemplate
    context: Mapping[str, Any]
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A document whose values are computed, and whose references are still open.

    It is what each compiled part prints, or the package that docxtpl made.
    """

    job: Job
    numbering: Numbering
    parts: tuple[PrintedPart, ...] = ()
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
        raise together(faults) from faults[0]
    return made


def evaluate(job: Job) -> Evaluated:
    """The document with its values; what it refers to is filled in by `finish`, once all of the set are evaluated."""
    if job.template.foreign is not None:
        from docgen.template.foreign import evaluate_foreign

        numbering, context = _seen(job)
        evaluated = Evaluated(job, numbering, foreign=evaluate_foreign(job.template, context))
    else:
        evaluated = _swiftly(job) or _carefully(job)
    numbering = evaluated.numbering
    numbering.labels.documents[numbering.document] = numbering.own
    return evaluated


def _seen(job: Job) -> tuple[Numbering, dict[str, Any]]:
    """The numbering of one rendering, and what the template sees."""
    known = job.context.get("_numbering")
    numbering = known.afresh() if isinstance(known, Numbering) else Numbering()
    own = {"no": allowed_method(numbering.no), "ref": allowed_method(numbering.deferred), "range": bounded_range}
    return numbering, {**job.context, **own, METER: Meter()}


def _swiftly(job: Job) -> Evaluated | None:
    """The document by the quick way; None where that does not know what to do, or anything is wrong."""
    numbering, context = _seen(job)
    known = templates().filters, templates().tests
    try:
        parts = [_printed(part, run(part, context, known)) for part in job.template.parts]
    except TooMuchError as error:
        raise TemplateError(f"模板“{job.template.name}”：{error}") from error
    except Exception:  # noqa: BLE001  (whatever it is, the careful way tells it, or knows better)
        return None
    return Evaluated(job, numbering, tuple(parts))


def _carefully(job: Job) -> Evaluated:
    numbering, context = _seen(job)

    def made(part: CompiledPart) -> PrintedPart:
        printed = run_carefully(part, context, job.template.name, templates())
        try:
            return _printed(part, printed)
        except ValueError as error:
            raise TemplateError(f"模板“{job.template.name}” {part.name}：{error}") from error

    return Evaluated(job, numbering, tuple(each(made, job.template.parts)))


def _printed(part: CompiledPart, printed: Printed) -> PrintedPart:
    made = printed_part(part, printed, Printers(text_of, refers=True))
    if part.refers or part.columns_vary or part.lists:
        return made._replace(xml=tuple(made.xml))
    return made._replace(xml=(), packed=pack(made.xml))


def finish(document: Evaluated) -> Rendered:
    """The Word file of a document whose set has been evaluated."""
    template = document.job.template
    properties = core_properties(document.job.properties)
    resolved = document.numbering.resolved
    try:
        if document.foreign is not None:
            from docgen.template.foreign import unmarked

            changes, written = unmarked(document.foreign, resolved)
            package = document.foreign.replaced({**changes, CORE: properties})
            return _rendered(write_package(package), tuple(written))
        packed = packed_parts(template.package, document.parts, resolved)
    except DocgenError as error:
        raise TemplateError(f"模板“{template.name}”：{error}", hint=error.hint) from None
    package = template.package.repacked({**packed, CORE: pack((properties,))})
    return Rendered(write_package(package), partial(_all_placed, document.parts, resolved), package)


def _all_placed(parts: Iterable[PrintedPart], resolved: Callable[[str], str]) -> Iterable[Written]:
    return (item for made in parts for item in _placed(made, resolved))


def _placed(made: PrintedPart, resolved: Callable[[str], str]) -> Iterable[Written]:
    def text(value: Any) -> str:
        shown = text_of(value)
        return resolved(shown) if "\ufdd5" in shown else shown

    return places_of(made, text)
