"""The code of tags judged and compiled: syntax in the words of a clerk, and nothing beyond the dialect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import CodeType
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from docgen.template.coding import coded
from docgen.template.compiled import Lookup, at_line
from docgen.template.dialect import Fault, Kind, Tag
from docgen.template.environment import Sandbox, templates
from docgen.template.expressions import NotCodedError
from docgen.template.reasons import syntax_reason, unknown_filter, unknown_test

_STATEMENTS = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.AssignBlock, nodes.With,
    nodes.Macro, nodes.CallBlock,
)  # fmt: skip
_CLOSED = {"for": "endfor", "if": "endif", "with": "endwith", "macro": "endmacro", "call": "endcall", "set": "endset"}
_DEEPEST_LOOPS = 8


class Programs(NamedTuple):
    """The programs of a part: the swift one (coding.py), else Jinja's."""

    swift: CodeType | None
    careful: CodeType | None


def compiled(
    source: str, tags: Sequence[Tag], path: str, lookups: Sequence[Lookup], pieces: int, *, sandbox: Sandbox
) -> tuple[Programs | None, list[Fault]]:
    """The programs of a part with so many literal pieces, or None and everything that is wrong with its tags."""
    try:
        tree = sandbox.parse(source, path, path)
        faults = list(beyond(tree, tags, sandbox))
        if faults:
            return None, faults
        swift = _swift(tree, path, lookups, pieces)
        return Programs(swift, sandbox.compile(tree, path, path) if swift is None else None), []
    except TemplateSyntaxError as error:
        found = syntax_faults(tags)
        return None, found or [_fault(tags, error.lineno, "T101", syntax_reason(error.message or ""))]
    except RecursionError:
        return None, [_fault(tags, 2, "T101", "标签嵌套过深")]


def _swift(tree: nodes.Template, path: str, lookups: Sequence[Lookup], pieces: int) -> CodeType | None:
    try:
        return compile(coded(tree, lookups, pieces), path, "exec", dont_inherit=True)
    except (NotCodedError, SyntaxError, RecursionError, MemoryError):  # Python nests less deeply than Jinja
        return None


def syntax_faults(tags: Sequence[Tag]) -> list[Fault]:
    """The tags that are no proper code by themselves."""
    found = ((tag, _wrong(tag)) for tag in tags)
    return [Fault(said, tag.place, tag.typed, syntax_rule(said), tag.start) for tag, said in found if said is not None]


def syntax_rule(message: str) -> str:
    """The code of what is wrong with the code of a tag."""
    return "T104" if "全角符号" in message else "T101"


def tag_at(tags: Sequence[Tag], line: int) -> Tag | None:
    """The tag that stands on a line of the Jinja source."""
    return tags[at_line(line, len(tags))] if tags else None


def _wrong(tag: Tag) -> str | None:
    if tag.kind is Kind.OUTPUT:
        source = f"{{{{ {tag.code} }}}}"
    elif tag.opens:
        source = f"{{% {tag.code} %}}{{% {_CLOSED[tag.keyword]} %}}"
    elif tag.keyword == "elif":
        source = f"{{% if x %}}{{% {tag.code} %}}{{% endif %}}"
    elif tag.keyword == "set":
        source = f"{{% {tag.code} %}}"
    else:
        return None
    try:
        templates().parse(source)
    except TemplateSyntaxError as error:
        return "语法有误：多写了花括号，应为两个" if tag.code.startswith("{") else syntax_reason(error.message or "")
    except RecursionError:
        return "标签嵌套过深"
    return None


def _fault(tags: Sequence[Tag], line: int, rule: str, message: str) -> Fault:
    tag = tag_at(tags, line) or tags[0]
    return Fault(message, tag.place, tag.typed, rule, tag.start)


def beyond(tree: nodes.Template, tags: Sequence[Tag], sandbox: Sandbox) -> Iterator[Fault]:
    """What the dialect does not have: other statements, unknown filters and tests, private names, deep loops."""
    for node, loops in _walk(tree, 0):
        found = _reason(node, sandbox)
        if found is None and loops > _DEEPEST_LOOPS:
            found = "T106", f"循环套了 {loops} 层，最多 {_DEEPEST_LOOPS} 层"
        if found is not None:
            yield _fault(tags, node.lineno, *found)


def _walk(node: nodes.Node, loops: int) -> Iterator[tuple[nodes.Node, int]]:
    inside = loops + isinstance(node, nodes.For)
    yield node, inside
    for child in node.iter_child_nodes():
        yield from _walk(child, inside)


def _reason(node: nodes.Node, sandbox: Sandbox) -> tuple[str, str] | None:
    """The code and the words for what the dialect does not have; None where it has the node."""
    if isinstance(node, nodes.Filter) and node.name not in sandbox.filters:
        return "T202", unknown_filter(node.name)
    if isinstance(node, nodes.Test) and node.name not in sandbox.tests:
        return "T202", unknown_test(node.name)
    if isinstance(node, (nodes.Getattr, nodes.Name)):
        name = node.attr if isinstance(node, nodes.Getattr) else node.name
        return ("T106", f"不允许使用 {name}") if name.startswith("_") else None
    if isinstance(node, nodes.Stmt) and not isinstance(node, _STATEMENTS):
        return "T106", f"不支持的语句（{type(node).__name__}）"
    return ("T106", "不支持乘方") if isinstance(node, nodes.Pow) else None
