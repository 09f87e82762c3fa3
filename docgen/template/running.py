"""What the programs of templates call while they run: fields, entries, loops, functions.

Everything here is the quick way for values that a template nearly always meets: plain data and the house's own
records. Whatever else comes up raises Unsure (or what Python raises by itself), and then the whole document is
rendered again with care (careful.py), which knows every case and tells every fault at its place. So nothing here
decides what is allowed: it only knows some things that are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import islice
from operator import attrgetter, itemgetter
from sys import maxsize
from typing import Any, Final

from docgen.template.budget import CALL, METER, MOST_PASSES
from docgen.template.compiled import CompiledPart
from docgen.template.printing import AT_ONCE, Printed
from docgen.template.streams import searched
from docgen.template.values import Record, Rows

METHODS: Final[Mapping[type, frozenset[str]]] = {
    dict: frozenset({"items", "keys", "values", "get"}),
    str: frozenset({"startswith", "endswith", "strip", "lstrip", "rstrip", "split", "upper", "lower", "title"}),
}
"""The methods of plain data that a template may call."""
# What is asked of a dict by name is its method first, as everywhere in Jinja; the same goes for a record's own.
OWN_NAMES: Final = frozenset(dir(dict)) | {"extended"}
_MOST_JOINED: Final = 1_000_000
# What all loops may list together where nobody takes it from time to time.
_MOST_SHOWN: Final = 4_000_000
_LISTS: Final[frozenset[type]] = frozenset({list, tuple, Rows})
_INDEXED: Final[frozenset[type]] = _LISTS | {dict}


class Unsure(Exception):  # noqa: N818  (no error: it asks for the careful way)
    """The quick way does not know what to do here."""


MISSING: Final = object()
"""What a name holds that has been given no value."""


class TooMuchError(Exception):
    """The loops list more than any document holds; rendered with care, it would only take longer to say so."""


class Loop:
    """The `loop` of a template where it is used for more than counting."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.index0 = 0

    @property
    def index(self) -> int:
        """The number of the pass from 1."""
        return self.index0 + 1

    @property
    def first(self) -> bool:
        """Whether it is the first pass."""
        return self.index0 == 0

    @property
    def last(self) -> bool:
        """Whether it is the last pass."""
        return self.index0 + 1 == self.length


class Names(dict[str, Any]):
    """Filters or tests by name, each made ready when a program first asks for it."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: str) -> Any:
        self[name] = found = self._find(name)
        return found


def field(holder: Any, name: str) -> Any:
    """The field of a group; the name begins with no underscore."""
    kind: type = holder.__class__
    if kind is Record:
        return holder.__dict__[name]
    if kind is dict:
        if name not in OWN_NAMES:
            return holder[name]
    elif kind is Loop and name in {"index", "index0", "first", "last", "length"}:
        return getattr(holder, name)
    if name in METHODS.get(kind, ()):
        return getattr(holder, name)
    return _field(holder, name)


def _field(holder: Any, name: str) -> Any:
    """The field of anything else, within the sandbox's rules."""
    from docgen.template.environment import templates

    found = templates().getattr(holder, name)
    if _is_undefined(found):
        raise Unsure
    return found


def entry(holder: Any, key: Any) -> Any:
    """The entry of a list or of a group by its number or name."""
    if type(key) is (str if type(holder) is dict else int) and type(holder) in _INDEXED:
        return holder[key]
    from docgen.template.environment import templates

    found = templates().getitem(holder, key)
    if _is_undefined(found):
        raise Unsure
    return found


def call(function: Any, *values: Any, **options: Any) -> Any:
    """What the function returns, if a template may call it."""
    if getattr(function, "allowed_in_templates", False) is True:
        return function(*values, **options)
    holder = getattr(function, "__self__", None)
    if getattr(function, "__name__", "") in METHODS.get(holder.__class__, ()):
        return function(*values, **options)
    raise Unsure


def entries(value: Any) -> Any:
    """What a loop goes through, as a list whose length is known; of what has no end, one more than may be."""
    return value if value.__class__ in _LISTS else tuple(islice(value, MOST_PASSES + 1))


def computed(operator: str, left: Any, right: Any) -> Any:
    """The result of + * % within the sandbox's bounds."""
    from docgen.template.environment import templates

    return templates().call_binop(None, operator, left, right)  # type: ignore[arg-type]  # it asks nothing of it


def joined(values: tuple[Any, ...]) -> str:
    """The texts of the values one after another."""
    if any(hasattr(value.__class__, "__html__") for value in values):
        raise Unsure
    texts = tuple(map(str, values))
    if sum(map(len, texts)) > _MOST_JOINED:
        raise Unsure
    return "".join(texts)


def sure(value: Any) -> Any:
    """The value of a name that may have none."""
    if value is MISSING:
        raise Unsure
    return value


def given(holder: Any, name: str) -> Any:
    """The field of a group, or what stands for none: for tests and filters that ask whether there is one."""
    if name not in OWN_NAMES:
        fields = vars(holder) if holder.__class__ is Record else holder
        if fields.__class__ is dict and name in fields:
            return fields[name]
    from docgen.template.environment import templates

    return templates().getattr(holder, name)


def named(context: Mapping[str, Any], name: str) -> Any:
    """What a name stands for, or what stands for nothing."""
    if name in context:
        return context[name]
    from docgen.template.environment import templates

    return templates().undefined(name=name)


def _is_undefined(value: Any) -> bool:
    return hasattr(value.__class__, "_fail_with_undefined_error")


_FUNCTIONS: Final = (
    field, entry, computed, joined, sure, given, named, itemgetter, attrgetter, Loop, Record, dict, len, enumerate,
)  # fmt: skip
_NAMES: Final = {"__builtins__": {}, "missing": MISSING} | {known.__name__: known for known in _FUNCTIONS}


def run(
    part: CompiledPart,
    context: Mapping[str, Any],
    known_names: tuple[Mapping[str, Any], Mapping[str, Any]],
    take: Callable[[Printed], None] | None = None,
) -> Printed:
    """What the program of a part prints, with those filters and tests; Unsure where it has none.

    `take` is given the lists whenever they are long, and empties them.
    """
    if part.swift is None:
        raise Unsure
    meter = context[METER]

    room = maxsize if take else _MOST_SHOWN

    def counted(value: Any, shown: int) -> Any:
        nonlocal room
        listed = entries(value)
        meter.spend(len(listed))
        room -= len(listed) * shown
        if room < 0:
            raise TooMuchError(f"循环写出的内容过多（超过 {_MOST_SHOWN // 10_000} 万处）")
        return listed

    def called(function: Any, *values: Any, **options: Any) -> Any:
        meter.spend(CALL)
        return call(function, *values, **options)

    known: dict[str, Any] = {
        **_NAMES,
        "entries": counted,
        "call": called,
        "searched": lambda held: searched(held, meter),
    }
    exec(part.swift, known)  # noqa: S102  (docgen's own program, made from the tags: see coding.py)
    printed = Printed([], [])
    most = maxsize if take is None else AT_ONCE
    known["program"](context, *known_names, *printed, most, partial(take or len, printed))
    return printed
