"""Python expressions for the expressions of tags, as the programs of templates hold them (coding.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import nodes

_COMPARED: Final = {
    "eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<=", "in": "in", "notin": "not in",
}  # fmt: skip
_OPERATORS: Final[Mapping[type[nodes.Expr], str]] = {nodes.Sub: "-", nodes.Div: "/", nodes.FloorDiv: "//"}
_BOUNDED: Final[Mapping[type[nodes.Expr], str]] = {nodes.Add: "+", nodes.Mul: "*", nodes.Mod: "%"}
COUNTED: Final = {
    "index": "(i{0} + 1)", "index0": "i{0}", "first": "(i{0} == 0)", "last": "(i{0} + 1 == n{0})", "length": "n{0}",
    "revindex": "(n{0} - i{0})", "revindex0": "(n{0} - i{0} - 1)",
}  # fmt: skip
"""What is known of the loop n without asking it: i is the number of the pass from 0, n that of all passes."""
ASKING: Final = frozenset({"default", "d", "defined", "undefined", "none", "_begins"})
"""The filters and tests that are given what stands for nothing, and say what to do about it."""


class NotCodedError(Exception):
    """The tags hold something that programs do not do."""


@dataclass(slots=True)
class Scope:
    """The names that have a value here, each with its variable, and the loop that is running.

    Variables that are `unsure` may hold nothing. `ahead` are the variables of fields that were read ahead.
    """

    names: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    loop: int | None = None
    ahead: dict[tuple[str, str], str] = field(default_factory=dict)

    def inner(self, loop: int | None = None) -> Scope:
        """A scope within this one."""
        return Scope(dict(self.names), set(self.unsure), self.loop if loop is None else loop)


def refuse(node: nodes.Node, *_: object) -> Any:
    """Nothing: programs do not hold such nodes."""
    raise NotCodedError(type(node).__name__)


def code(node: nodes.Node, scope: Scope) -> str:
    """The Python expression for one of Jinja's."""
    make: Callable[[Any, Scope], str] = _EXPRESSIONS.get(type(node), refuse)
    return make(node, scope)


def listed(codes: Iterable[str]) -> str:
    """The code of a tuple."""
    return f"({''.join(f'{item}, ' for item in codes)})"


def _codes(items: Iterable[nodes.Node], scope: Scope) -> list[str]:
    return [code(item, scope) for item in items]


def _variable(node: nodes.Name, scope: Scope) -> str:
    variable = scope.names.get(node.name)
    if variable is not None:
        return f"sure({variable})" if variable in scope.unsure else variable
    if node.name == "loop" and scope.loop is not None:
        return f"loop{scope.loop}"
    return f"context[{node.name!r}]"


def _attribute(node: nodes.Getattr, scope: Scope) -> str:
    if isinstance(node.node, nodes.Name):
        name = node.node.name
        if name == "loop" and scope.loop is not None and name not in scope.names and node.attr in COUNTED:
            return COUNTED[node.attr].format(scope.loop)
        ahead = scope.ahead.get((scope.names.get(name, ""), node.attr))
        if ahead is not None:
            return ahead
    return f"field({code(node.node, scope)}, {node.attr!r})"


def _asked(node: nodes.Expr, scope: Scope) -> str:
    """The code of what may not be there."""
    runs = node == nodes.Name("loop", "load") and scope.loop is not None
    if isinstance(node, nodes.Name) and node.name not in scope.names and not runs:
        return f"named(context, {node.name!r})"
    if isinstance(node, nodes.Getattr):
        return f"given({code(node.node, scope)}, {node.attr!r})"
    return code(node, scope)


def _item(node: nodes.Getitem, scope: Scope) -> str:
    return f"entry({code(node.node, scope)}, {code(node.arg, scope)})"


def _constant(node: nodes.Const, _: Scope) -> str:
    if node.value is not None and type(node.value) not in (str, int, float, bool):
        raise NotCodedError
    return f"({node.value!r})"


def _arguments(node: nodes.Call | nodes.Filter | nodes.Test, scope: Scope) -> list[str]:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise NotCodedError
    named = [f"{item.key!r}: {code(item.value, scope)}" for item in node.kwargs]
    return [*_codes(node.args, scope), *([f"**{{{', '.join(named)}}}"] if named else [])]


def _called(node: nodes.Call, scope: Scope) -> str:
    return f"call({', '.join([code(node.node, scope), *_arguments(node, scope)])})"


def _applied(node: nodes.Filter | nodes.Test, scope: Scope) -> str:
    if node.node is None:
        raise NotCodedError
    kind = "filters" if isinstance(node, nodes.Filter) else "tests"
    value = _asked(node.node, scope) if node.name in ASKING else code(node.node, scope)
    return f"{kind}[{node.name!r}]({', '.join([value, *_arguments(node, scope)])})"


def _compared(node: nodes.Compare, scope: Scope) -> str:
    rest = (f"{_COMPARED[item.op]} {_operand(item, scope)}" for item in node.ops)
    return f"({code(node.expr, scope)} {' '.join(rest)})"


def _operand(item: nodes.Operand, scope: Scope) -> str:
    found = code(item.expr, scope)
    return f"searched({found})" if item.op in {"in", "notin"} else found


def _either(node: nodes.CondExpr, scope: Scope) -> str:
    if node.expr2 is None:
        raise NotCodedError
    test, one, other = _codes((node.test, node.expr1, node.expr2), scope)
    return f"({one} if {test} else {other})"


def _computed(node: nodes.BinExpr, scope: Scope) -> str:
    left, right = _codes((node.left, node.right), scope)
    if type(node) in _BOUNDED:
        return f"computed({_BOUNDED[type(node)]!r}, {left}, {right})"
    return f"({left} {_OPERATORS[type(node)]} {right})"


def _both(word: str) -> Callable[[nodes.BinExpr, Scope], str]:
    def both(node: nodes.BinExpr, scope: Scope) -> str:
        return f"({f' {word} '.join(_codes((node.left, node.right), scope))})"

    return both


def _signed(sign: str) -> Callable[[nodes.UnaryExpr, Scope], str]:
    def signed(node: nodes.UnaryExpr, scope: Scope) -> str:
        return f"({sign}{code(node.node, scope)})"

    return signed


def _listed(node: nodes.List | nodes.Tuple, scope: Scope) -> str:
    # Lists of lists may grow without end, which is for the careful way to measure.
    if not all(isinstance(item, nodes.Const) for item in node.items):
        raise NotCodedError
    return listed(_codes(node.items, scope))


_EXPRESSIONS: Final[Mapping[type[nodes.Node], Callable[[Any, Scope], str]]] = {
    nodes.Name: _variable,
    nodes.Getattr: _attribute,
    nodes.Getitem: _item,
    nodes.Const: _constant,
    nodes.Call: _called,
    nodes.Filter: _applied,
    nodes.Test: _applied,
    nodes.Compare: _compared,
    nodes.CondExpr: _either,
    **dict.fromkeys((*_OPERATORS, *_BOUNDED), _computed),
    nodes.And: _both("and"),
    nodes.Or: _both("or"),
    nodes.Not: _signed("not "),
    nodes.Neg: _signed("-"),
    nodes.Pos: _signed("+"),
    nodes.List: _listed,
    nodes.Tuple: _listed,
    nodes.Concat: lambda node, scope: f"joined({listed(_codes(node.nodes, scope))})",
}
