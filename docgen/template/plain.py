"""Any template made for docxtpl, with any plain data: `render_file(template, data)` is the Word file.

This is docgen's engine without its contracts. Values print as they do with docxtpl (a missing number as None, a list in
brackets), but always as text: never as XML, never as code. A field that the data do not have is an error and never
just left out. What only docxtpl can do (RichText, pictures, subdocuments, pages broken within a value) is done by
docxtpl, in the same sandbox.

Nothing but what a document needs is loaded, and a long document is compressed while it is made: it is never in memory
as a whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MappingProxyType, MethodType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docgen.errors import TemplateError, reason
from docgen.template.budget import METER, MOST_CHARACTERS, TOO_LONG, Meter
from docgen.template.cache import kept
from docgen.template.compiled import CompiledPart, CompiledTemplate
from docgen.template.deadline import TooLateError, ended_after, seconds_for
from docgen.template.packing import packed_parts
from docgen.template.printing import Finished, ForbiddenError, Printed, PrintedPart, Printers, printed_part
from docgen.template.running import Names, run
from docgen.template.streams import lasting
from docgen.word.package import Packed, Packer, write_package

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

    from docgen.template.plain_ways import Plain

Filters = Mapping[str, Callable[..., Any]]

# The shapes of values that docxtpl makes of characters, and docgen has none for: a new paragraph and a new page.
BROKEN: Final = frozenset("\a\f")
_NO_FILTERS: Final[Filters] = MappingProxyType({})
_FUNCTIONS: Final = (FunctionType, MethodType, BuiltinFunctionType)
_KEY: Final = "docxtpl"
_FOR_PICTURES: Final = 27
_ENDLESS: Final = "请检查数据里由程序算出的值（属性、逐项取出的内容）是否有尽头。"


class ForeignError(Exception):
    """A value is one that only docxtpl can print."""


def render_file(
    template: bytes | str | os.PathLike[str] | DocxTemplate, data: Mapping[str, Any], *, filters: Filters = _NO_FILTERS
) -> bytes:
    """The Word file that a docxtpl template makes of the data; a TemplateError says what is wrong with either.

    The template is a file, its bytes, or a DocxTemplate where pictures or subdocuments are bound to one. `filters` are
    there besides Jinja's and docgen's own. Functions among the data may be called by the template.
    """
    bound = not isinstance(template, (bytes, str, os.PathLike))
    name = os.fspath(template) if isinstance(template, (str, os.PathLike)) else "模板"
    seconds = seconds_for(data) + (_FOR_PICTURES if bound else 0)
    try:
        with ended_after(seconds):
            return _rendered_file(template, name, data, filters)
    except TooLateError as error:
        raise TemplateError(f"模板“{name}”超过 {seconds} 秒没有生成完，已停止。", hint=_ENDLESS) from error


def _rendered_file(
    template: bytes | str | os.PathLike[str] | DocxTemplate, name: str, data: Mapping[str, Any], filters: Filters
) -> bytes:
    data = lasting(data)
    if not isinstance(template, (bytes, str, os.PathLike)):
        from docgen.template.plain_ways import by_docxtpl

        return by_docxtpl(template, _seen(data), filters, name)
    source = template if isinstance(template, bytes) else _bytes(Path(template))
    work = Work(source, name, data, filters)
    compiled = kept(source, name, work.key)
    if compiled is None:
        from docgen.template.plain_first import first_rendered

        return first_rendered(work)
    return rendered(work, compiled)


class Work(NamedTuple):
    """A document to be made: its template with the name it is told by, and what the template is given."""

    source: bytes
    name: str
    data: Mapping[str, Any]
    filters: Filters

    @property
    def key(self) -> dict[str, bytes]:
        """What the compiled template follows from besides its source."""
        return {_KEY: "\0".join(sorted(self.filters)).encode()}

    @property
    def is_pure(self) -> bool:
        """Whether the caller gave nothing to be called, which might do more than give a value."""
        return not self.filters and not any(isinstance(item, _FUNCTIONS) for item in self.data.values())


def rendered(work: Work, compiled: CompiledTemplate) -> bytes:
    """The document of a template that has been compiled."""
    made = None if compiled.foreign is not None else _made(compiled, work.data, work.filters)
    if made is not None:
        return made
    from docgen.template.plain_ways import by_docxtpl

    return by_docxtpl(work.source, _seen(work.data), work.filters, work.name)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(f"模板 {path} 不能读取：{reason(error)}") from error


def _seen(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the template sees: the data, and the functions that the caller gave it."""
    from docgen.template.environment import allowed_method

    return {name: allowed_method(item) if isinstance(item, _FUNCTIONS) else item for name, item in data.items()}


def _made(template: CompiledTemplate, data: Mapping[str, Any], filters: Filters) -> bytes | None:
    """The file by docgen's own ways; None where only docxtpl can make it."""
    try:
        packed = _swiftly(template, data, filters)
        if packed is None:
            from docgen.template.plain_ways import plain

            packed = _carefully(template, _seen(data), plain(filters))
    except ForeignError:
        return None
    return write_package(template.package.repacked(packed))


def _swiftly(template: CompiledTemplate, data: Mapping[str, Any], filters: Filters) -> dict[str, Packed] | None:
    """The parts by the quick way; None where that does not know what to do, or anything is wrong."""
    if any(isinstance(item, _FUNCTIONS) for item in data.values()):
        data = _seen(data)
    meter = Meter()
    context = {**data, METER: meter}
    known = (
        Names(lambda name: _ready("filters", name, filters, meter)),
        Names(lambda name: _ready("tests", name, filters, meter)),
    )
    try:
        return packed_parts(template.package, [_run(part, context, known) for part in template.parts])
    except ForeignError:
        raise
    except ForbiddenError as error:
        if error.character in BROKEN:
            raise ForeignError from error
        return None
    except Exception:  # noqa: BLE001  (whatever it is, the careful way tells it, or knows better)
        return None


def _ready(kind: str, name: str, filters: Filters, meter: Meter) -> Callable[..., Any]:
    from docgen.template.plain_ways import ready

    return ready(kind, name, filters, meter)


def _carefully(template: CompiledTemplate, context: dict[str, Any], sandbox: Plain) -> dict[str, Packed]:
    from docgen.template.careful import run_carefully

    context[METER] = Meter()
    printed = [(part, run_carefully(part, context, template.name, sandbox)) for part in template.parts]
    try:
        return packed_parts(template.package, [printed_part(*item, Printers(text_of)) for item in printed])
    except (ValueError, TemplateError) as error:
        raise TemplateError(f"模板“{template.name}”：{error}", hint=getattr(error, "hint", None)) from error


def _run(part: CompiledPart, context: Mapping[str, Any], known: tuple[Names, Names]) -> PrintedPart:
    """The part, packed while it is printed where nothing in it has to be looked after."""
    packer, printers = Packer(), Printers(text_of)
    if part.marked or part.columns_vary or part.lists:
        return printed_part(part, run(part, context, known), printers)

    def take(printed: Printed) -> None:
        for stretch in printed_part(part, printed, printers).xml:
            packer.take(stretch)
        if packer.size > MOST_CHARACTERS:
            raise ValueError(TOO_LONG)
        for listed in printed:
            listed.clear()

    last = run(part, context, known, take)
    take(last)
    return PrintedPart(part, last, (), packed=packer.done())


def text_of(value: Any) -> str:
    """The text that docxtpl prints for a value; a ForeignError where it takes docxtpl itself."""
    if hasattr(type(value), "__html__"):
        if not isinstance(value, str):
            raise ForeignError
        return Finished(value)
    text = str(value)
    if not BROKEN.isdisjoint(text):
        raise ForeignError
    return text
