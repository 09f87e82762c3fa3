"""The program that the tags of a part are, as Jinja's syntax tree, also where some of the tags are faulty.

A tag that cannot be read is mended as far as the others need it: a loop still gives its entry a name, a block that
is not closed is closed at the end of what stands around it. So what is wrong elsewhere is found in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from docgen.template.dialect import Fault, Kind, Place, Tag
from docgen.template.environment import templates
from docgen.template.reasons import syntax_reason
from docgen.template.syntax import beyond, syntax_faults, syntax_rule, tag_at

UNKNOWN: Final = "docgen_unknown"
"""The name that stands for a value of which nothing is known."""

_CLOSERS: Final = {"for": "endfor", "if": "endif", "with": "endwith", "macro": "endmacro", "call": "endcall",
                   "set": "endset"}  # fmt: skip
_NAMES: Final = re.compile(r"[^\W\d]\w*")


class Program(NamedTuple):
    """The syntax tree of a part, None where nothing can be made of it, and what is wrong with single tags."""

    tree: nodes.Template | None
    faults: list[Fault]


def program(tags: Sequence[Tag]) -> Program:
    """The program of a part's tags; every tag begins a line of its own, from the second line on."""
    try:
        tree = templates().parse("".join(map(_written, tags)))
    except (TemplateSyntaxError, RecursionError):
        return _mended(tags)
    return Program(tree, list(beyond(tree, tags, templates())))


def _mended(tags: Sequence[Tag]) -> Program:
    faults = syntax_faults(tags)
    wrong = {(fault.place, fault.typed) for fault in faults}
    source = "".join(_balanced(tags, wrong))
    try:
        tree = templates().parse(source)
    except TemplateSyntaxError as error:
        said = syntax_reason(error.message or "")
        tag = tag_at(tags, error.lineno)
        if tag is None or faults:
            return Program(None, faults)
        return Program(None, [Fault(said, tag.place, tag.typed, syntax_rule(said), tag.start)])
    except RecursionError:
        return Program(None, faults or [Fault("标签嵌套过深", tags[0].place, tags[0].typed)])
    return Program(tree, [*faults, *beyond(tree, tags, templates())])


def _written(tag: Tag) -> str:
    return f"{{{{\n{tag.code} }}}}" if tag.kind is Kind.OUTPUT else f"{{%\n{tag.code} %}}"


def _balanced(tags: Sequence[Tag], wrong: set[tuple[Place, str]]) -> Iterator[str]:
    """The tags as Jinja, with ends where they are missing and without those that end nothing."""
    opened: list[str] = []
    for tag in tags:
        faulty = (tag.place, tag.typed) in wrong
        if tag.kind is Kind.OUTPUT:
            yield _blank(tag) if faulty else _written(tag)
        elif tag.opens:
            opened.append(tag.keyword)
            yield _replaced(tag) if faulty else _written(tag)
        elif tag.keyword in {"elif", "else"}:
            fits = bool(opened) and (opened[-1] == "if" or (tag.keyword == "else" and opened[-1] == "for"))
            faulty = faulty or tag.code.startswith("else ")
            yield ("{%\nelif true %}" if faulty else _written(tag)) if fits else _blank(tag)
        elif tag.closes:
            yield from _closing(tag, opened)
        elif tag.keyword == "set":
            yield _replaced(tag) if faulty else _written(tag)
        else:
            yield _blank(tag)
    yield from (f"{{% {_CLOSERS[keyword]} %}}" for keyword in reversed(opened))


def _closing(tag: Tag, opened: list[str]) -> Iterator[str]:
    wanted = tag.keyword.removeprefix("end")
    if wanted not in opened:
        yield _blank(tag)
        return
    while (keyword := opened.pop()) != wanted:
        yield f"{{% {_CLOSERS[keyword]} %}}"
    yield f"{{%\n{tag.keyword} %}}"


def _blank(_: Tag) -> str:
    return "{#\n#}"


def _replaced(tag: Tag) -> str:
    """A statement that can be read in the place of one that cannot, which gives values to the same names."""
    names, _, rest = tag.code.partition(tag.keyword)[2].partition(" in " if tag.keyword == "for" else "=")
    bound = [name for name in _NAMES.findall(names) if rest or tag.keyword == "for"]
    if tag.keyword == "for":
        return f"{{%\nfor {', '.join(bound) or UNKNOWN} in {UNKNOWN} %}}"
    if tag.keyword in {"set", "with"} and bound:
        given = ", ".join(f"{name} = {UNKNOWN}" for name in bound[:1])
        return f"{{%\n{tag.keyword} {given} %}}"
    if tag.keyword == "macro":
        return f"{{%\nmacro {(_NAMES.findall(names) or [UNKNOWN])[0]}() %}}"
    if tag.keyword == "call":
        return f"{{%\ncall {UNKNOWN}() %}}"
    return f"{{%\n{tag.keyword} true %}}" if tag.keyword == "if" else _blank(tag)
