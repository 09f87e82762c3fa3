"""The Jinja environment of templates: plain data in, escaped text out, and nothing else within reach.

Templates are untrusted. They see no Python beyond an allow-list of filters, tests and functions; what could fill
memory or time by itself (powers, repeated strings, endless ranges) is refused or bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from functools import cache, partial
from typing import Any, TypeVar

from jinja2 import StrictUndefined, Undefined, nodes, pass_eval_context
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Macro, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from docgen.errors import DocgenError, LeftOutError, TemplateError
from docgen.template.budget import CALL, MOST_CHARACTERS, TOO_LONG, Meter
from docgen.template.filters import FILTERS, printed
from docgen.template.meter import (
    FINITE,
    JOINED,
    PASSES,
    SEARCHED,
    WEIGHED,
    ending,
    growing,
    joined,
    meter_of,
    metered,
    passes,
    sought,
    weighed,
)
from docgen.template.printing import LINE_BREAK, TAB, Finished, refuse_forbidden
from docgen.template.running import METHODS
from docgen.template.streams import searched
from docgen.template.values import Blank, Record, path_of

# Around each value that is printed, so that its place and path are found again in the finished text.
VALUE, TEXT, END = "\ufdd2", "\ufdd3", "\ufdd4"

_TESTS = (
    "defined", "undefined", "odd", "even", "divisibleby", "number", "string", "integer", "boolean", "true", "false",
    "in", "eq", "==", "ne", "!=", "lt", "<", "le", "<=", "gt", ">", "ge", ">=", "equalto", "sequence", "mapping",
)  # fmt: skip
_LOOP_METHODS = frozenset({"cycle", "changed"})
_MOST_NUMBERS = 100_000
_MOST_BITS = 4096
_MOST_CHARACTERS = 1_000_000
FAILURES = (
    JinjaError, DocgenError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError,
)  # fmt: skip
"""Whatever the code of a template may raise."""


class Unknown(StrictUndefined):
    """A field that the data do not have: any use of it is an error that says so in Chinese."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: type[Exception] = UndefinedError
    ) -> None:
        super().__init__(hint, obj, name, exc)  # type: ignore[arg-type]  # it takes any exception
        if isinstance(name, str) and hint is None and exc is UndefinedError:
            error = partial(UnknownNameError, name=name, holder=obj)
            self._undefined_exception = error  # type: ignore[assignment]  # it is only ever called

    @property
    def _undefined_message(self) -> str:
        if self._undefined_exception is SecurityError:
            return f"不允许使用 {self._undefined_name}"
        if self._undefined_hint:
            return self._undefined_hint
        name, holder = self._undefined_name, self._undefined_obj
        if not isinstance(holder, Record):
            return f"没有名为 {name} 的字段" if isinstance(name, str) else f"没有第 {name} 项（从 0 数起）"
        return f"{path_of(holder) or '该组数据'} 没有名为 {name} 的字段"


class UnknownNameError(UndefinedError):
    """A name stands for nothing: neither at the top, where `holder` is no group, nor as a field of a group."""

    def __init__(self, message: str, name: str, holder: object) -> None:
        super().__init__(message)
        self.name = name
        self.holder = holder


class _LeftOutUsedError(UndefinedError):
    """A field that was left out has been used as if it were there."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path


def told(where: str, why: str, error: BaseException) -> TemplateError:
    """The exception that says where and why, for what the code of a template raised."""
    hint = getattr(error, "hint", None)
    if isinstance(error, _LeftOutUsedError):
        return LeftOutError(f"{where}：{why}", paths={error.path: (where,)}, hint=hint)
    return TemplateError(f"{where}：{why}", hint=hint)


class LeftOut(StrictUndefined):
    """A field of the contract that was left out: false in a condition, an error when it is printed."""

    __slots__ = ("_path",)

    def __init__(self, path: str | None = None) -> None:
        hint = f"字段 {path} 没有填写；可以不填的字段请先用 {{% if %}} 判断"
        error = UndefinedError if path is None else partial(_LeftOutUsedError, path=path)
        super().__init__(hint=hint, name=path, exc=error)  # type: ignore[arg-type]  # it is only ever called
        self._path = path

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


def allowed(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which templates may call from now on."""
    function.allowed_in_templates = True  # type: ignore[attr-defined]
    return function


def allowed_method(method: Callable[..., Any]) -> Callable[..., Any]:
    """The bound method as a function that templates may call."""

    @allowed
    def call(*values: Any, **options: Any) -> Any:
        return method(*values, **options)

    return call


@allowed
def bounded_range(*bounds: int) -> range:
    """Python's own range, of a bounded length; a loop over it counts its passes like every other."""
    numbers = range(*map(int, bounds))
    if len(numbers) > _MOST_NUMBERS:
        raise ValueError(f"range 超过了 {_MOST_NUMBERS} 次")
    return numbers


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without reach: only listed functions and methods are called, only bounded arithmetic is done."""

    concat = staticmethod(joined)
    intercepted_binops = frozenset({"**", "*", "+", "%"})

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call the object."""
        if isinstance(obj, (Macro, LoopContext)) or getattr(obj, "allowed_in_templates", False) is True:
            return True
        holder, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        if isinstance(holder, LoopContext):
            return name in _LOOP_METHODS
        return any(isinstance(holder, kind) and name in names for kind, names in METHODS.items())

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The field of a group, or the attribute of anything else within the sandbox's rules."""
        if type(obj) is Record and attribute[:1] != "_":
            try:
                return obj.__dict__[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What calling the object gives; every call counts, a loop that calls itself by what it is given."""
        recursive = isinstance(obj, LoopContext) and args and isinstance(args[0], Sized)
        meter_of(context).spend(len(args[0]) + CALL if recursive else CALL)
        return super().call(context, obj, *args, **kwargs)

    def text_of(self, value: Any) -> str:
        """The text that is printed for a value."""
        return text_of(value)

    def printed_in(self, value: Any) -> str:
        """The value as it is printed: escaped, line breaks and tabs as Word's own, between marks with its path."""
        if isinstance(value, Markup):
            return value
        text = self.text_of(value)
        if isinstance(value, Undefined):  # the other branch of an inline condition that has none
            return Finished(text)
        if isinstance(text, Finished):
            return text
        if len(text) > MOST_CHARACTERS:
            raise ValueError(TOO_LONG)
        if "&" in text or "<" in text or ">" in text or not text.isprintable():
            text = _escaped(text)
        return Finished(f"{VALUE}{path_of(value) or ''}{TEXT}{text}{END}")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """The result of + * % within bounds; powers are refused."""
        texts = isinstance(left, str) and isinstance(right, str)
        if not texts and (isinstance(left, Blank) or isinstance(right, Blank)):
            return left if isinstance(left, Blank) else right
        sized = isinstance(left, Sized) or isinstance(right, Sized)
        if operator == "**" or (operator in "*%" and sized):
            raise SecurityError(f"不支持对这样的值做 {operator} 运算")
        if operator == "+" and sized and len(left) + len(right) > _MOST_CHARACTERS:
            raise SecurityError("结果过长")
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and result.bit_length() > _MOST_BITS:
            raise SecurityError("数过大")
        return result

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(metered(source), name, filename, defer_init)


class _Expressions(Sandbox):
    """The sandbox of single values: what can make much of little is no part of a title or a condition."""

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        if (statement := growing(source)) is not None:
            raise SecurityError(f"这里不能用循环（{type(statement).__name__}），只写一个值或条件")
        return super()._generate(source, name, filename, defer_init)


@pass_eval_context  # which keeps Jinja from printing constants on its own when it compiles
def finalize(evaluation: EvalContext, value: Any) -> str:
    """What Jinja is to print for a value."""
    sandbox = evaluation.environment
    assert isinstance(sandbox, Sandbox)
    return sandbox.printed_in(value)


def text_of(value: Any) -> str:
    """The text that is printed for a value; it is Finished where it is XML already.

    What macros and block assignments print is finished text, and so are docxtpl's own objects, which are made by the
    program and never by data.
    """
    return Finished(value.__html__()) if hasattr(type(value), "__html__") else printed(value)


def _escaped(text: str) -> str:
    refuse_forbidden(text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", LINE_BREAK).replace("\t", TAB)


@cache
def templates() -> Sandbox:
    """The environment that document templates are compiled and rendered in."""
    return sandboxed(Sandbox, autoescape=True, finalize=finalize)


@cache
def expressions() -> Sandbox:
    """The environment for a kit's own expressions: titles and conditions."""
    return sandboxed(_Expressions, autoescape=False, finalize=None)


_Kind = TypeVar("_Kind", bound=Sandbox)


def sandboxed(kind: type[_Kind], *, autoescape: bool, finalize: Callable[[EvalContext, Any], Any] | None) -> _Kind:
    """A sandbox with the filters and tests of contracts."""
    sandbox = kind(
        autoescape=autoescape,
        undefined=Unknown,
        finalize=finalize,
        keep_trailing_newline=True,
        optimized=False,  # folding constants costs more than it saves, templates have hardly any
        cache_size=0,
        auto_reload=False,
    )
    sandbox.globals = {}
    own = {PASSES: passes, JOINED: _joined, WEIGHED: weighed, FINITE: ending, SEARCHED: sought}
    sandbox.filters = {**FILTERS, **own}
    known = sandbox.tests
    sandbox.tests = {name: known[name] for name in _TESTS} | {"none": is_none, "in": is_in}
    return sandbox


@pass_eval_context
def _joined(context: EvalContext, values: list[Any]) -> str:
    """What `~` makes of values: bounded, and escaped as Jinja does it."""
    texts = [value if isinstance(value, str) else str(value) for value in values]
    whole = joined(texts, _MOST_CHARACTERS)
    return markup_join(texts) if context.autoescape else whole


def is_in(item: object, holder: Any) -> bool:
    """Whether the item is among those of the list, group or text."""
    return item in searched(holder, Meter())


def is_none(value: object) -> bool:
    """Whether the field is left out."""
    return value is None or isinstance(value, Undefined) or (isinstance(value, Blank) and not value)
