"""What one rendering may take: so many passes of loops, calls, and characters, wherever the data come from.

Every loop of a template tells its meter how many passes it will make before the first of them, and every call counts
as one; so a template ends, whatever it does with the data. What is joined is measured before it is joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from types import MappingProxyType
from typing import Any, Final

from jinja2 import nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

from docgen.template.budget import METER, MOST_CHARACTERS, Meter
from docgen.template.streams import KNOWN, finite, searched

PASSES: Final = "_passes"
JOINED: Final = "_joined"
WEIGHED: Final = "_weighed"
FINITE: Final = "_finite"
SEARCHED: Final = "_searched"
_MOST_ENTRIES: Final = 10_000
# Statements that can make much of little; a title or a condition needs none of them.
_GROWING = (nodes.For, nodes.AssignBlock, nodes.Macro, nodes.CallBlock, nodes.FilterBlock)


def meter_of(context: Context) -> Meter:
    """The meter of the rendering that a context belongs to; a new one where it has none."""
    meter = context.parent.get(METER)
    return meter if isinstance(meter, Meter) else Meter()


@pass_context
def passes(context: Context, items: Any) -> Any:
    """What a loop runs over, its passes counted before the first."""
    meter = meter_of(context)
    if not isinstance(items, Sized) or items.__class__ not in KNOWN:
        # What a class of somebody else's says of its length need not be so.
        return meter.counted(items)
    meter.spend(len(items))
    return items


@pass_context
def ending(context: Context, items: Any) -> Any:
    """What a call is given all items of, which come to an end."""
    return finite(items, meter_of(context))


@pass_context
def sought(context: Context, items: Any) -> Any:
    """What an item is looked for in, which comes to an end."""
    return searched(items, meter_of(context))


def joined(texts: Iterable[str], most: int = MOST_CHARACTERS) -> str:
    """The texts one after another; a ValueError says that they are too long, before they take the memory."""
    kept: list[str] = []
    room = most
    for text in texts:
        room -= len(text)
        if room < 0:
            raise ValueError("结果过长")
        kept.append(text)
    return "".join(kept)


def weighed(items: Any) -> Any:
    """The list, tuple or group that was written out; a ValueError where lists of lists of lists hold too much."""
    weight = 1 + sum(map(_weight, items.values() if isinstance(items, dict) else items))
    if weight > _MOST_ENTRIES:
        raise ValueError(f"列表超过了 {_MOST_ENTRIES} 项")
    kind = next(kind for kind in _KINDS if isinstance(items, kind))
    made = _KINDS[kind](items)
    made.weight = weight
    return made


class _List(list[Any]):
    weight = 1


class _Tuple(tuple[Any, ...]):  # noqa: SLOT001  (no slots: it keeps its weight in its __dict__)
    weight = 1


class _Group(dict[Any, Any]):
    weight = 1


_KINDS: Mapping[type, Any] = MappingProxyType({list: _List, tuple: _Tuple, dict: _Group})


def _weight(item: object) -> int:
    return item.weight if isinstance(item, (_List, _Tuple, _Group)) else 1


def metered(tree: nodes.Template) -> nodes.Template:
    """The program with its loops and its joining of texts measured."""
    _Metering().visit(tree)
    return tree


def growing(tree: nodes.Template) -> nodes.Stmt | None:
    """The first statement of a program that can make much of little; None where its work follows from its size."""
    return next((node for node in tree.find_all(_GROWING)), None)


class _Metering(NodeTransformer):
    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  (Jinja's visitors are called by the node)
        self.generic_visit(node)
        node.iter = _filtered(node.iter, PASSES)  # type: ignore[arg-type]  # an expression, says the grammar
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        for operand in node.ops:
            if operand.op in {"in", "notin"}:
                operand.expr = _filtered(operand.expr, SEARCHED)
        return node

    def visit_Call(self, node: nodes.Call | nodes.Filter | nodes.Test) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if node.dyn_args is not None:
            node.dyn_args = _filtered(node.dyn_args, FINITE)
        if node.dyn_kwargs is not None:
            node.dyn_kwargs = _filtered(node.dyn_kwargs, FINITE)
        return node

    visit_Filter = visit_Test = visit_Call  # noqa: N815

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802
        if node.name.startswith("_"):
            raise SecurityError(f"不允许使用 {node.name}")
        return node

    def visit_FilterBlock(self, node: nodes.FilterBlock) -> nodes.Node:  # noqa: N802
        raise SecurityError(f"不支持的语句（{type(node).__name__}）")

    visit_EvalContextModifier = visit_ScopedEvalContextModifier = visit_FilterBlock  # noqa: N815

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno, environment=node.environment), JOINED)

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, WEIGHED)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, WEIGHED)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, WEIGHED) if node.ctx == "load" else node


def _filtered(node: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno, environment=node.environment)
