"""Python code made from the tags of a part: one function that lists what is printed, piece by value by piece.

What a template prints is an alternation: a literal piece, a value, a piece, a value. The program only puts the numbers
of the pieces in one list and the values in another; printing, escaping and joining are then done for thousands of them
at once (printing.py). Where two pieces follow each other, the first is written as its complement (~3), and no value
belongs to it.

Only what is common is coded. A part with anything else, such as macros, has no such program (NotCodedError), and is
always rendered with care (careful.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import nodes

from docgen.template.compiled import DRAWING_ID, LOOKED_UP, LOOKUP, MARK, NEEDS_PARAGRAPH, STOP, Lookup
from docgen.template.expressions import ASKING, COUNTED, NotCodedError, Scope, code, listed, refuse
from docgen.template.running import OWN_NAMES

_SPLIT: Final = re.compile(f"{MARK}([0-9]+){STOP}|{LOOKUP}([0-9]+){LOOKED_UP}|([{NEEDS_PARAGRAPH}-{DRAWING_ID}])")
_HEAD: Final = "def program(context, filters, tests, pieces, values, most, take):"

# What is printed behind a piece; None where another piece follows.
_Shown = nodes.Expr | Lookup | None


@dataclass(slots=True)
class _Coder:
    """The lines of a program as it grows: those that come first, and all others."""

    lookups: Sequence[Lookup]
    pieces: int
    first: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    indent: int = 1
    count: int = 0

    def line(self, text: str) -> None:
        """Write a line."""
        self.lines.append("    " * self.indent + text)

    def number(self) -> int:
        """A number that nothing else has."""
        self.count += 1
        return self.count


def coded(tree: nodes.Template, lookups: Sequence[Lookup], pieces: int) -> str:
    """The source of the program; a NotCodedError where the tags need more than that.

    `pieces` is how many literal pieces there are; the numbers behind them are an empty one and the single marks.
    """
    coder = _Coder(lookups, pieces)
    _own(coder, tree.body, Scope())
    return "\n".join([_HEAD, *coder.first, *coder.lines, "    return None", ""])


def _own(coder: _Coder, body: Sequence[nodes.Node], scope: Scope) -> None:
    """The code of a block whose names are its own: at its beginning they stand for what they do outside."""
    for name in dict.fromkeys(_set(body)):
        variable, outside = f"v{coder.number()}", scope.names.get(name)
        coder.line(f"{variable} = {outside or f'context.get({name!r}, missing)'}")
        if outside is None or outside in scope.unsure:
            scope.unsure.add(variable)
        scope.names[name] = variable
    _block(coder, body, scope)


def _set(body: Iterable[nodes.Node]) -> Iterator[str]:
    """The names that the block gives a value."""
    for node in body:
        if isinstance(node, nodes.Assign):
            yield from _targets(node.target)
        elif isinstance(node, nodes.If):
            yield from _set([*node.body, *node.elif_, *node.else_])


def _targets(target: nodes.Node) -> Iterator[str]:
    if isinstance(target, nodes.Name):
        yield target.name
    elif isinstance(target, nodes.Tuple):
        for item in target.items:
            yield from _targets(item)
    else:
        raise NotCodedError


def _block(coder: _Coder, body: Sequence[nodes.Node], scope: Scope) -> None:
    """The code of statements one after another; what is printed between two of them is printed at once."""
    shown: list[nodes.Node] = []
    for node in body:
        if isinstance(node, nodes.Output):
            shown += node.nodes
            continue
        _show(coder, shown, scope)
        shown = []
        if type(node) not in _STATEMENTS:
            refuse(node)
        _STATEMENTS[type(node)](coder, node, scope)
    _show(coder, shown, scope)


def _inside(coder: _Coder, body: Sequence[nodes.Node], scope: Scope, write: Callable[..., None] = _block) -> None:
    """The code of a block, one step further in."""
    coder.indent += 1
    coder.line("pass")
    write(coder, body, scope)
    coder.indent -= 1


def _show(coder: _Coder, shown: Sequence[nodes.Node], scope: Scope) -> None:
    """Print pieces and values that follow each other."""
    pieces, values = _pairs(coder, shown)
    if not pieces:
        return
    coder.line(f"pieces += {listed(map(str, pieces))}")
    _read_ahead(coder, values, scope)
    coder.line(f"values += {listed(_value(value, scope) for value in values)}")
    scope.ahead.clear()


def _value(value: _Shown, scope: Scope) -> str:
    if value is None:
        return '""'
    return _looked_up(value) if isinstance(value, Lookup) else code(value, scope)


def _looked_up(lookup: Lookup) -> str:
    found = f"context[{lookup.name!r}]"
    if lookup.words is not None:
        found = f"call({', '.join([found, *map(repr, lookup.words)])})"
    asked = bool(lookup.filters) and lookup.filters[0] in ASKING
    if asked and not lookup.fields:
        found = f"named(context, {lookup.name!r})"
    for number, name in enumerate(lookup.fields, 1):
        found = f"{'given' if asked and number == len(lookup.fields) else 'field'}({found}, {name!r})"
    for name in lookup.filters:
        found = f"filters[{name!r}]({found})"
    return found


def _pairs(coder: _Coder, shown: Iterable[nodes.Node]) -> tuple[list[int], list[_Shown]]:
    """The numbers of pieces, and the value behind each."""
    pieces: list[int] = []
    values: list[_Shown] = []
    for item in _items(coder, shown):
        if isinstance(item, int):
            pieces.append(~item)
            values.append(None)
        elif pieces and pieces[-1] < 0:
            pieces[-1], values[-1] = ~pieces[-1], item
        else:
            pieces.append(coder.pieces)
            values.append(item)
    return pieces, values


def _items(coder: _Coder, shown: Iterable[nodes.Node]) -> Iterator[int | nodes.Expr | Lookup]:
    """Pieces by number, and values."""
    for node in shown:
        if isinstance(node, nodes.TemplateData):
            yield from _data(coder, node.data)
        else:
            assert isinstance(node, nodes.Expr)
            yield node


def _data(coder: _Coder, text: str) -> Iterator[int | Lookup]:
    at = 0
    for match in _SPLIT.finditer(text):
        if match.start() != at:
            raise NotCodedError
        at = match.end()
        if match[1]:
            yield int(match[1])
        elif match[2]:
            yield coder.lookups[int(match[2])]
        else:
            yield coder.pieces + 1 + ord(match[3]) - ord(NEEDS_PARAGRAPH)
    if at != len(text):
        raise NotCodedError


def _read_ahead(coder: _Coder, values: Iterable[_Shown], scope: Scope) -> None:
    """Read the fields of a group that are all printed here at once, which takes a third of the time."""
    asked: dict[str, dict[str, None]] = {}
    for value in values:
        read = _read(value, scope) if isinstance(value, nodes.Expr) else None
        if read is not None:
            asked.setdefault(read[0], {})[read[1]] = None
    for variable, names in asked.items():
        if len(names) > 1:
            _read_at_once(coder, variable, list(names), scope)


def _read_at_once(coder: _Coder, variable: str, names: Sequence[str], scope: Scope) -> None:
    number = coder.number()
    held = [f"f{number}_{index}" for index in range(len(names))]
    into, asked = ", ".join(held), ", ".join(map(repr, names))
    coder.first += [f"    items{number} = itemgetter({asked})", f"    fields{number} = attrgetter({asked})"]
    coder.line(f"if {variable}.__class__ is dict: {into} = items{number}({variable})")
    coder.line(f"elif {variable}.__class__ is Record: {into} = fields{number}({variable})")
    coder.line(f"else: {into} = {listed(f'field({variable}, {name!r})' for name in names)}")
    scope.ahead.update({(variable, name): one for name, one in zip(names, held, strict=True)})


def _read(node: nodes.Expr, scope: Scope) -> tuple[str, str] | None:
    """The variable and field that the expression reads in any case."""
    while isinstance(node, nodes.Filter) and node.node is not None and node.name not in ASKING:
        node = node.node
    while isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Getattr):
        node = node.node
    if not isinstance(node, nodes.Getattr) or not isinstance(node.node, nodes.Name) or node.attr in OWN_NAMES:
        return None
    variable = scope.names.get(node.node.name)
    return (variable, node.attr) if variable is not None else None


def _if(coder: _Coder, node: nodes.If, scope: Scope) -> None:
    for number, branch in enumerate((node, *node.elif_)):
        coder.line(f"{'elif' if number else 'if'} {code(branch.test, scope)}:")
        _inside(coder, branch.body, scope)
    if node.else_:
        coder.line("else:")
        _inside(coder, node.else_, scope)


def _assign(coder: _Coder, node: nodes.Assign, scope: Scope) -> None:
    coder.line(f"{_bound(node.target, scope)} = {code(node.node, scope)}")


def _with(coder: _Coder, node: nodes.With, scope: Scope) -> None:
    inner = scope.inner()
    for target, value in zip(node.targets, node.values, strict=True):
        found = code(value, scope)  # every value is seen from outside
        _name(coder, target, inner)
        coder.line(f"{_bound(target, inner)} = {found}")
    _own(coder, node.body, inner)


def _name(coder: _Coder, target: nodes.Node, scope: Scope) -> None:
    """Give the names of a target variables of their own."""
    scope.names |= {name: f"v{coder.number()}" for name in _targets(target)}


def _bound(target: nodes.Node, scope: Scope) -> str:
    if isinstance(target, nodes.Name):
        return scope.names[target.name]
    return listed(_bound(item, scope) for item in target.iter_child_nodes())


def _for(coder: _Coder, node: nodes.For, scope: Scope) -> None:
    number = coder.number()
    coder.line(f"s{number} = entries({code(node.iter, scope)}, {_shown_in(node)})")
    inner = scope.inner(number)
    _name(coder, node.target, inner)
    target = _bound(node.target, inner)
    if node.recursive or "loop" in inner.names:
        raise NotCodedError
    if node.test is not None:
        _keep(coder, node.test, inner, target)
    coder.line(f"n{number} = len(s{number})")
    begin = [f"loop{number}.index0 = i{number}"] if _needs_loop(node.body) else []
    if begin:
        coder.line(f"loop{number} = Loop(n{number})")
    coder.line(f"for i{number}, {target} in enumerate(s{number}):")
    coder.indent += 1
    for line in begin:
        coder.line(line)
    _own(coder, node.body, inner)
    coder.line("if len(values) > most: take()")
    coder.indent -= 1
    if node.else_:
        coder.line(f"if not n{number}:")
        _inside(coder, node.else_, scope.inner(), _own)


def _shown_in(node: nodes.For) -> int:
    """How much one pass of the loop lists."""
    values = sum(len(output.nodes) for output in node.find_all(nodes.Output))
    return values + sum(len(_SPLIT.findall(data.data)) for data in node.find_all(nodes.TemplateData))


def _keep(coder: _Coder, test: nodes.Node, inner: Scope, target: str) -> None:
    """Keep the entries that the loop's own condition holds for; there is no `loop` yet."""
    number = inner.loop
    coder.line(f"k{number} = []")
    coder.line(f"for {target} in s{number}:")
    coder.line(f"    if {code(test, Scope(inner.names, inner.unsure))}: k{number} += ({target},)")
    coder.line(f"s{number} = k{number}")


def _needs_loop(body: Iterable[nodes.Node]) -> bool:
    """Whether the loop itself is asked for, and not only what it counts."""
    return any(map(_asks_loop, body))


def _asks_loop(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Name):
        return node.name == "loop"
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop":
        return node.attr not in COUNTED
    return _needs_loop([node.iter] if isinstance(node, nodes.For) else node.iter_child_nodes())


_STATEMENTS: Final[Mapping[type[nodes.Node], Callable[[_Coder, Any, Scope], None]]] = {
    nodes.If: _if,
    nodes.For: _for,
    nodes.Assign: _assign,
    nodes.With: _with,
}
