"""What plain documents (plain.py) need now and then: compiling, Jinja's own filters, and docxtpl itself."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Mapping, Sized
from decimal import Decimal
from functools import partial
from types import MappingProxyType, ModuleType
from typing import Any, Final

from docxtpl import DocxTemplate
from jinja2 import Undefined, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as JINJA_TESTS
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup, escape

from docgen.errors import TemplateError
from docgen.template.budget import METER, MOST_CHARACTERS, Meter
from docgen.template.compile import compiled_part, is_foreign, main_part, opened, templated
from docgen.template.compiled import CompiledPart, CompiledTemplate
from docgen.template.dialect import BEGINNING, Fault, refuse, spans
from docgen.template.environment import FAILURES, Sandbox, bounded_range, finalize, is_in, sandboxed, told
from docgen.template.foreign import refuse_stray
from docgen.template.grids import refuse_wide
from docgen.template.meter import meter_of
from docgen.template.places import Places, automatic
from docgen.template.plain import text_of
from docgen.template.properties import CORE
from docgen.template.running import Unsure
from docgen.template.safety import unattached, without_traces
from docgen.template.streams import finite
from docgen.template.weave import cut_copies
from docgen.word.package import Package, read_package, write_package
from docgen.word.parts import parse

Filters = Mapping[str, Callable[..., Any]]

_MOST: Final = 1_000_000
# Widths and precisions of five digits and more in what is formatted by signs of per cent, and by braces.
_WIDE_SIGNS: Final = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(?:\d{5,}|\d*\.\d{5,})")
_WIDE_BRACES: Final = re.compile(r"\{[^{}]*:[^{}]*\d{5,}")
# Widths that are given with the values.
_GIVEN_WIDTH: Final = re.compile(r"%[^%]*\*|\{[^{}]*\{")
_FIVE_DIGITS: Final = re.compile(r"\d{5,}")
# What makes much of little: Jinja's filters of these names, and the methods of texts.
_GROWING: Final = frozenset(
    {"center", "indent", "ljust", "rjust", "zfill", "expandtabs", "format", "format_map", "replace", "translate",
     "join", "slice", "batch"}
)  # fmt: skip
# So many characters that a filter has made count as one pass.
_A_PASS: Final = 256
_MOST_PARTS: Final = 100_000
# A template made for docxtpl may have tags that docgen minds and docxtpl does not, but not that many.
_MOST_FAULTS: Final = 200
# Jinja's filters that go through all of a value, with the passes that 16 entries or characters count as.
_COUNTED: Final[Mapping[str, int]] = MappingProxyType(
    {
        **dict.fromkeys(("list", "sum", "min", "max", "join", "reverse", "slice", "batch", "items"), 1),
        **dict.fromkeys(("map", "select", "reject", "selectattr", "rejectattr", "unique"), 2),
        **dict.fromkeys(("urlize", "striptags", "wordwrap", "wordcount", "title"), 2),
        **dict.fromkeys(("sort", "dictsort", "tojson", "pprint", "xmlattr"), 4),
        "groupby": 32,
    }
)
# The same where something is done with every entry, as a field of it looked up.
_BY_FIELD: Final = 4
_MAKERS: Final = (dict, Cycler, Joiner, Namespace)


class Plain(Sandbox):
    """The sandbox of plain documents: Jinja's own rules for methods, docgen's bounds for what they make."""

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call the object."""
        if obj in _MAKERS or super().is_safe_callable(obj):
            return True
        # A method of a value; whatever else the data hold was not given to be called.
        held, named = _held_by(obj), getattr(obj, "__name__", "_")
        if held is None or isinstance(held, ModuleType) or named.startswith("_"):
            return False
        return ImmutableSandboxedEnvironment.is_safe_callable(self, obj)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What calling the object gives."""
        name = getattr(obj, "__name__", "")
        if name in _GROWING and isinstance(held := _held_by(obj), str):
            args = tuple(finite(item, meter_of(context)) for item in args) if name == "join" else args
            _refuse_growth("braces" if name.startswith("format") else name, held, *args, *kwargs.values())
        elif obj in _MAKERS:
            args = tuple(finite(item, meter_of(context)) for item in args)
        return super().call(context, obj, *args, **kwargs)

    def text_of(self, value: Any) -> str:
        """The text that is printed for a value."""
        return text_of(value)


def _held_by(method: Any) -> Any:
    """The value whose method it is; Jinja wraps the one of texts that formats."""
    return getattr(getattr(method, "__wrapped__", method), "__self__", None)


def plain(filters: Filters, *, marked: bool = True) -> Plain:
    """The sandbox with those filters besides; `marked` is whether what is printed keeps its marks, as docgen needs."""
    sandbox = sandboxed(Plain, autoescape=True, finalize=finalize if marked else None)
    watched = _GROWING | _COUNTED.keys()
    bounded = {name: _bounded(name, apply) if name in watched else apply for name, apply in JINJA_FILTERS.items()}
    sandbox.filters |= {**bounded, "safe": _unmarked, **filters, "_attribute": _attribute}
    sandbox.tests |= {**JINJA_TESTS, "in": is_in}
    sandbox.globals |= {"range": bounded_range, **{maker.__name__.lower(): maker for maker in _MAKERS}}
    return sandbox


def _attribute(value: Any) -> Markup:
    return escape(text_of(value))


def _unmarked(value: Any) -> Any:
    """The value as it is: nothing that a template says makes a text XML."""
    return value


def _bounded(name: str, apply: Callable[..., Any]) -> Callable[..., Any]:
    """Jinja's filter, refused what could fill the memory, with what it goes through counted by the meter."""
    asked = getattr(apply, "jinja_pass_arg", None)

    def bounded(meter: Meter, own: tuple[Any, ...], value: Any, *given: Any, **options: Any) -> Any:
        if name in _COUNTED and not isinstance(value, Undefined):
            value = finite(value, meter)
            passes = max(_COUNTED[name], _BY_FIELD if given or options else 0)
            meter.spend(len(value) * passes // 16 if isinstance(value, Sized) else 0)
        if name in _GROWING:
            _refuse_growth(name, value, *given, *options.values())
        made = apply(*own, value, *given, **options)
        meter.spend(len(made) // _A_PASS if isinstance(made, str) else 0)
        return str(made) if name == "urlize" else made  # no text becomes XML

    def called(context: Context, *given: Any, **options: Any) -> Any:
        return bounded(meter_of(context), () if asked is None else (_own(asked.name, context),), *given, **options)

    called.asked, called.bounded = asked, bounded  # type: ignore[attr-defined]  # for programs without a context
    return pass_context(called)


def _own(asked: str, context: Context) -> Any:
    """What a filter asks to be given before the value."""
    return {"context": context, "eval_context": context.eval_ctx, "environment": context.environment}[asked]


def _refuse_growth(name: str, value: Any, *given: Any) -> None:
    """Raise where so much could become of a value that it fills the memory."""
    size = len(value) if isinstance(value, Sized) else len(str(value))
    if name in {"slice", "batch"}:
        grows = any(isinstance(item, int) and item > _MOST_PARTS for item in given)
    elif name in {"format", "braces"}:
        text, wide = str(value), _WIDE_SIGNS if name == "format" else _WIDE_BRACES
        grows = bool(wide.search(text)) or (bool(_GIVEN_WIDTH.search(text)) and not all(map(_is_narrow, given)))
    elif name == "translate":
        grows = not isinstance(given[0], Mapping) or any(size * _length(item) > _MOST for item in given[0].values())
    elif name in {"replace", "join"}:
        whole = sum(map(_length, value)) if name == "join" and isinstance(value, Collection) else size
        grows = whole > MOST_CHARACTERS or any(size * len(item) > _MOST for item in given if isinstance(item, Sized))
    else:
        grows = any(isinstance(item, int) and (size + 1) * item > _MOST for item in given)
    if grows:
        raise SecurityError("结果过长")


def _is_narrow(item: Any) -> bool:
    """Whether a value may be a width: a small number, or a text that holds none but small ones."""
    if isinstance(item, int):
        return abs(item) < _MOST_PARTS
    return isinstance(item, (float, Decimal)) or (isinstance(item, str) and not _FIVE_DIGITS.search(item))


def _length(item: Any) -> int:
    return len(item) if isinstance(item, str) else 1


def ready(kind: str, name: str, filters: Filters, meter: Meter) -> Callable[..., Any]:
    """The filter or test of that name, ready to be given nothing but values."""
    sandbox = plain(filters)
    known: Mapping[str, Any] = sandbox.filters if kind == "filters" else sandbox.tests
    apply: Callable[..., Any] = known[name]
    bounded = getattr(apply, "bounded", None)
    asked = getattr(apply, "asked" if bounded else "jinja_pass_arg", None)
    if asked is not None and asked.name == "context":
        raise Unsure
    own = () if asked is None else (EvalContext(sandbox) if asked.name == "eval_context" else sandbox,)
    return partial(bounded, meter, own) if bounded else partial(apply, *own)


def compile_plain(source: bytes, name: str, filters: Filters) -> CompiledTemplate:
    """The compiled template, with its properties and comments as they are.

    A template that docgen cannot compile is left to docxtpl, as long as it does nothing by itself.
    """
    package = opened(source, name)
    without_traces(package, name)  # for what it refuses: files and contents from elsewhere
    package = unattached(package)
    parts, faults = _parts(package, source, name, filters)
    if faults and _beyond_repair(package, faults):
        refuse(name, faults)
    if parts is None or faults:
        return CompiledTemplate(name, Package(()), (), source)
    return CompiledTemplate(name, package.replaced({part.path: b"" for part in parts}).only_packed(), tuple(parts))


def _beyond_repair(package: Package, faults: list[Fault]) -> bool:
    """Whether so much is wrong that docxtpl need not be asked, which looks for an end from every beginning."""
    texts = (part.data.decode("utf-8", "ignore") for part in package if part.name.endswith(".xml"))
    return len(faults) > _MOST_FAULTS or any(
        len(BEGINNING.findall(text)) - sum(1 for _ in spans(text)) > _MOST_FAULTS for text in texts
    )


def _parts(
    package: Package, source: bytes, name: str, filters: Filters
) -> tuple[list[CompiledPart] | None, list[Fault]]:
    """The parts that hold tags, compiled, and what is wrong with them; None where they are docxtpl's."""
    roots = {path: parse(package[path]) for path in _held(package, main_part(package, name))}
    if any(map(is_foreign, roots.values())):
        return None, []
    for root in roots.values():
        cut_copies(root)
    sandbox = plain(filters)
    numbers = automatic(package, source)
    made = [compiled_part(path, root, Places(path, root, numbers), sandbox) for path, root in roots.items()]
    return [part for part, _ in made if part is not None], [fault for _, faults in made for fault in faults]


def _held(package: Package, body: str) -> list[str]:
    """The parts that hold tags."""
    paths = templated(package, body, holds_blocks=False)
    return [*paths, CORE] if CORE in package and b"{" in package[CORE] else paths


def by_docxtpl(template: bytes | DocxTemplate, context: dict[str, Any], filters: Filters, name: str) -> bytes:
    """The Word file that docxtpl makes, in the sandbox of plain documents.

    What is wrong with a template is told at its place, if docgen finds it.
    """
    source = template if isinstance(template, bytes) else None
    opened_template = DocxTemplate(io.BytesIO(template)) if isinstance(template, bytes) else template
    file = io.BytesIO()
    try:
        opened_template.render({**context, METER: Meter()}, plain(filters, marked=False), autoescape=True)
        opened_template.save(file)
    except FAILURES as error:
        from docgen.template.reasons import reason

        if source is not None:
            refuse(name, _parts(opened(source, name), source, name, filters)[1])
        raise told(f"模板“{name}”", reason(error, context, ""), error) from error
    made = file.getvalue()
    package = read_package(made, name)
    refuse_stray(package, name)
    try:
        for part in package:
            if part.name.endswith(".xml") and b"<w:tbl>" in part.data:
                refuse_wide(part.data)
    except TemplateError as error:
        raise TemplateError(f"模板“{name}”：{error}", hint=error.hint) from error
    kept = unattached(package)
    return made if kept is package else write_package(kept)
