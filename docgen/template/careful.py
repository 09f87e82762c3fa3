"""Templates rendered by Jinja, tag by tag: what has no program of its own, and whatever failed the quick way.

Every case that the dialect knows is done right here, and every failure is told with the tag and its place, all those
of a document at once. The program of a part yields the numbers of pieces, and the printed values between marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from jinja2 import Template
from jinja2.runtime import Context
from jinja2.utils import missing

from docgen.errors import LeftOutError, TemplateError
from docgen.template.budget import MOST_CHARACTERS, TOO_LONG
from docgen.template.compiled import (
    DRAWING_ID,
    LOOKED_UP,
    LOOKUP,
    MARK,
    NEEDS_PARAGRAPH,
    STOP,
    CompiledPart,
    Lookup,
    said_at,
)
from docgen.template.environment import END, FAILURES, TEXT, VALUE, Sandbox, told
from docgen.template.printing import LINE_BREAK, TAB, Finished, Printed
from docgen.template.values import Text

_STREAM: Final = re.compile(
    f"{MARK}([0-9]+){STOP}|{VALUE}([^{TEXT}]*){TEXT}([^{END}]*){END}|([{NEEDS_PARAGRAPH}-{DRAWING_ID}])"
    f"|([^{MARK}{VALUE}{NEEDS_PARAGRAPH}-{DRAWING_ID}]+)"
)
_LOOKUP: Final = re.compile(f"{LOOKUP}([0-9]+){LOOKED_UP}")


class _Failed(NamedTuple):
    """A failure: what is said of the tag, what was raised, and the names of the program with what they stood for."""

    said: str
    error: Exception
    names: Mapping[str, Any] = MappingProxyType({})


def run_carefully(part: CompiledPart, context: Mapping[str, Any], name: str, sandbox: Sandbox) -> Printed:
    """What the part prints; a TemplateError tells everything that fails in it."""
    failed: dict[object, _Failed] = {}
    template = None
    try:
        code = part.careful or sandbox.compile(part.source, part.path, part.path)
        template = Template.from_code(sandbox, code, sandbox.globals)
        stream = "".join(_chunks(part, template, template.new_context(dict(context)), failed))
    except FAILURES as error:
        failed[None] = _failing(error, template, part)
    if failed:
        raise together([_failure(name, failing, context) for failing in failed.values()])
    return _listed(stream, len(part.pieces))


def _chunks(part: CompiledPart, template: Template, context: Context, failed: dict[object, _Failed]) -> Iterator[str]:
    """What the program yields, with every lookup done when its turn comes.

    A lookup that fails is noted and the rest goes on, so that all of them are told: a field that was left out each
    time, any other failure of a tag once.
    """

    def look_up(match: re.Match[str]) -> str:
        number = int(match[1])
        lookup = part.lookups[number]
        try:
            return _printed(lookup, context)
        except FAILURES as error:
            failed.setdefault(getattr(error, "path", number), _Failed(lookup.said, error))
            return ""

    room = MOST_CHARACTERS
    for chunk in template.root_render_func(context):
        text = _LOOKUP.sub(look_up, chunk) if LOOKUP in chunk else chunk
        room -= len(text)
        if room < 0:
            raise ValueError(TOO_LONG)
        yield text


def _failure(name: str, failing: _Failed, context: Mapping[str, Any]) -> TemplateError:
    from docgen.template.reasons import entry_said, reason

    said, error = failing.said, failing.error
    why = reason(error, context, said)
    entry = entry_said(failing.names, said, context)
    failure = told(f"模板“{name}” {said}", f"{why}{'' if entry is None or entry[0] in why else entry[1]}", error)
    failure.__cause__ = error
    return failure


def _failing(error: Exception, template: Template | None, part: CompiledPart) -> _Failed:
    """What is said of the tag whose code was running, and what the names of the program stood for then."""
    line, names, trace = None, {}, error.__traceback__
    while trace is not None and template is not None:
        if trace.tb_frame.f_code.co_filename == part.path:
            line, names = template.get_corresponding_lineno(trace.tb_lineno), trace.tb_frame.f_locals
        trace = trace.tb_next
    said = said_at(part.said, line) if line is not None else None
    return _Failed(said or "未知位置", error, names)


def _printed(lookup: Lookup, context: Context) -> str:
    """What the tag prints."""
    sandbox = context.environment
    assert isinstance(sandbox, Sandbox)
    value = context.resolve_or_missing(lookup.name)
    if value is missing:
        value = sandbox.undefined(name=lookup.name)
    for field in lookup.fields:
        value = sandbox.getattr(value, field)
    if lookup.words is not None:
        value = sandbox.call(context, value, *lookup.words)
    for name in lookup.filters:
        value = sandbox.filters[name](value)
    return sandbox.printed_in(value)


def _listed(stream: str, pieces: int) -> Printed:
    """The stream as a program lists it: pieces and values in turn."""
    listed = Printed([], [])
    for number, path, text, mark, other in _STREAM.findall(stream):
        if number or mark:
            piece = int(number) if number else pieces + 1 + ord(mark) - ord(NEEDS_PARAGRAPH)
            listed.pieces.append(~piece)
            listed.values.append("")
            continue
        if listed.pieces and listed.pieces[-1] < 0:
            listed.pieces[-1] = ~listed.pieces[-1]
            listed.values.pop()
        else:
            listed.pieces.append(pieces)
        listed.values.append(Finished(other) if other else Text(_unescaped(text), path or None))
    return listed


def _unescaped(text: str) -> str:
    if "<" in text:
        text = text.replace(LINE_BREAK, "\n").replace(TAB, "\t")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text


def together(faults: Sequence[TemplateError]) -> TemplateError:
    """One exception that says what all of them do; where it is only for fields left out, it names all those fields."""
    said = "\n".join(dict.fromkeys(map(str, faults)))
    hint = next((fault.hint for fault in faults if fault.hint), None)
    left_out = [fault for fault in faults if isinstance(fault, LeftOutError)]
    if len(left_out) < len(faults):
        return TemplateError(said, hint=hint)
    paths: dict[str, tuple[str, ...]] = {}
    for fault in left_out:
        paths |= {path: (*paths.get(path, ()), *places) for path, places in fault.paths.items()}
    return LeftOutError(said, paths=paths, hint=hint)
