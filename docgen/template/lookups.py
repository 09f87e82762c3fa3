"""The simplest tags, which most tags are: a field with filters, or a function of fixed words.

`{{ price.total|大写 }}` and `{{ no("一、", "payment") }}` need no compiler: they are looked up and printed directly,
through the same sandbox as everything else (compiled.py). That saves half the work of compiling a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from docgen.template.compiled import Lookup
from docgen.template.dialect import Kind, Tag
from docgen.template.environment import Sandbox

_FIELD = re.compile(r"([^\W\d]\w*)((?:\.[^\W\d]\w*)*)((?:\s*\|\s*[^\W\d]\w*)*)")
_CALL = re.compile(r"""([^\W\d]\w*)\((\s*(?:"[^"\\]*"|'[^'\\]*')(?:\s*,\s*(?:"[^"\\]*"|'[^'\\]*'))*\s*)\)""")
_WORDS = re.compile(r'"([^"]*)"|\'([^\']*)\'')
_NAMES = re.compile(r"[^\W\d]\w*")
_CONSTANTS = frozenset({"true", "false", "none", "True", "False", "None"})


def lookups(tags: Sequence[Tag], sandbox: Sandbox) -> Callable[[Tag], Lookup | None]:
    """The function that tells which of a part's tags are looked up: those whose name no statement gives a value."""
    if any(map(_holds_text, tags)):
        return lambda _: None
    bound = _bound(tags)

    def lookup(tag: Tag) -> Lookup | None:
        found = _parsed(tag, sandbox)
        return None if found is None or found.name in bound else found

    return lookup


def _holds_text(tag: Tag) -> bool:
    """Whether the statement keeps text to print it elsewhere: then the order of tags is not that of printing."""
    return tag.keyword in {"macro", "call"} or (tag.keyword == "set" and tag.opens) or "recursive" in tag.code


def _bound(tags: Iterable[Tag]) -> frozenset[str]:
    """The names that statements give values to, and some more."""
    bound = set(_CONSTANTS | {"loop"})
    for tag in tags:
        if tag.keyword in {"for", "set", "with"}:
            bound.update(_NAMES.findall(tag.code.partition(" in ")[0] if tag.keyword == "for" else tag.code))
    return frozenset(bound)


def _parsed(tag: Tag, sandbox: Sandbox) -> Lookup | None:
    if tag.kind is not Kind.OUTPUT:
        return None
    if match := _CALL.fullmatch(tag.code):
        words = tuple(double or single for double, single in _WORDS.findall(match[2]))
        return None if match[1].startswith("_") else Lookup(tag.said, match[1], words=words)
    match = _FIELD.fullmatch(tag.code)
    if match is None or match[0].startswith("_") or "._" in match[0]:
        return None  # private names are the compiler's to refuse, so are unknown filters
    fields, filters = _NAMES.findall(match[2]), _NAMES.findall(match[3])
    known = [sandbox.filters.get(name) for name in filters]
    if any(apply is None or hasattr(apply, "jinja_pass_arg") for apply in known):
        return None  # some are given more than their value
    return Lookup(tag.said, match[1], tuple(fields), tuple(filters))
