"""Expressions of templates judged: what each stands for, which fields it uses, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from jinja2 import nodes

from docgen.contract.nearest import nearest
from docgen.contract.shape import GroupShape
from docgen.findings import Severity
from docgen.template.dialect import Fault, Tag
from docgen.template.lint import operations
from docgen.template.lint.kinds import ANY, FLAG, NUMBER, SINGLE, TEXT, WHOLE, Meant, Sort, either, entry_of, field_of
from docgen.template.lint.program import UNKNOWN
from docgen.template.lint.scope import Scope
from docgen.template.lint.signatures import FILTERS, FUNCTIONS, TESTS, Signature, meant_instead, miscounted, missampled
from docgen.template.lint.uses import Use
from docgen.template.lint.world import World

_FORGIVING: Final = frozenset({"default", "d", "defined", "undefined"})
_NAMING: Final = frozenset({"no", "ref", "annex", "table"})
_CHAIN: Final = (nodes.Name, nodes.Getattr, nodes.Getitem)


@dataclass(slots=True)
class Judge:
    """Judges the expressions of one part; gathers faults, uses, and what no(), ref() and annex() are called with."""

    world: World
    tag_of: Callable[[nodes.Node], Tag]
    scope: Scope = field(default_factory=Scope)
    faults: list[Fault] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    called: list[tuple[str, nodes.Call, frozenset[tuple[int, int]], bool]] = field(default_factory=list)
    printed: bool = False
    bound: bool = False
    forgiving: bool = False
    whole: bool = False
    arms: frozenset[tuple[int, int]] = frozenset()

    @contextmanager
    def mood(self, **changes: bool) -> Iterator[None]:
        """For a while what is looked at counts as printed, as bound to a condition, or as allowed to be missing."""
        before = {name: getattr(self, name) for name in changes}
        for name, value in changes.items():
            setattr(self, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(self, name, value)

    def fault(self, rule: str, node: nodes.Node, message: str, **more: Any) -> None:
        """Note what is wrong with the tag of a node; `more` as a Fault has it."""
        tag = self.tag_of(node)
        found = Fault(message, tag.place, tag.typed, rule, tag.start)
        self.faults.append(replace(found, **more) if more else found)

    def meant(self, node: nodes.Node) -> Meant:
        """What an expression stands for; the fields in it are noted as used."""
        if isinstance(node, _CHAIN):
            found = self._chain(node)
            self.use(found, node)
            return found
        return _MEANINGS.get(type(node), _others)(self, node)

    def use(self, meant: Meant, node: nodes.Node, *, goes: bool = False) -> None:
        """Note that the field which something stands for is used."""
        if meant.path is not None:
            self.uses.append(Use(meant.path, self.tag_of(node), self.printed, self.bound, goes, self.whole))

    def value(self, node: nodes.Node) -> Meant:
        """What an expression stands for that has to be one value, to be printed or computed with."""
        found = self.meant(node)
        if (why := operations.unprintable(found)) is not None:
            said, wanted = why
            self.fault("T205", node, f"{_source(node)} {said}", expected=wanted)
            return ANY
        return found

    def truth(self, node: nodes.Node) -> None:
        """Judge a condition: in it every sort of value has its place."""
        with self.mood(printed=False):
            self.meant(node)

    def _chain(self, node: nodes.Node) -> Meant:
        """What a name with fields and entries behind it stands for."""
        if isinstance(node, nodes.Name):
            return self._name(node)
        if isinstance(node, nodes.Getattr):
            holder = self._holder(node.node)
            return self._field(node, holder, node.attr)
        if not isinstance(node, nodes.Getitem):
            return self.meant(node)
        holder = self._holder(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._field(node, holder, node.arg.value)
        with self.mood(printed=False):
            self.meant(node.arg)
        return self._entry(node, holder)

    def _holder(self, node: nodes.Node) -> Meant:
        return self._chain(node) if isinstance(node, _CHAIN) else self.meant(node)

    def _name(self, node: nodes.Name) -> Meant:
        found = self.scope.meant(node.name)
        if found is None:
            found = self.world.names.get(node.name)
        if found is not None:
            return found
        if node.name == UNKNOWN:
            return ANY
        if self.world.functions and (node.name in FUNCTIONS or self.scope.macro(node.name)):
            return Meant(Sort.FUNCTION)
        if not self.world.is_known:
            return Meant(path=node.name)
        self._unknown(node, node.name, None, "")
        return ANY

    def _field(self, node: nodes.Node, holder: Meant, name: str) -> Meant:
        if name.startswith("_"):
            return ANY
        if holder.sort is Sort.ANY:
            return Meant(path=f"{holder.path}.{name}") if holder.path is not None else ANY
        found = field_of(holder, name, self.world.extras)
        if found is None:
            self._unknown(node, name, holder, _source(getattr(node, "node", node)))
            return ANY
        return found

    def _entry(self, node: nodes.Getitem, holder: Meant) -> Meant:
        if isinstance(node.arg, nodes.Slice):
            return holder
        if holder.sort in SINGLE - {Sort.TEXT} or holder.sort is Sort.GROUP:
            self.fault("T206", node, f"{_source(node.node)} 是{holder.sort.value}，不是列表，没有第几项")
            return ANY
        return entry_of(holder, self.world.extras)

    def _unknown(self, node: nodes.Node, name: str, holder: Meant | None, before: str) -> None:
        """Note that a name stands for nothing."""
        if holder is None and name == "loop":
            self.fault("T201", node, "loop 只能写在循环里", expected="写在 for 与 endfor 之间")
            return
        near = self.world.nearest(_tail(self.tag_of(node), name), holder, before)
        self._probably(node, near, holder)
        severity = Severity.WARNING if self.forgiving else Severity.ERROR
        more: dict[str, Any] = {"severity": severity, "hint": f"是不是想写 {near}？" if near else None}
        if holder is None:
            self.fault("T201", node, f"没有名为 {name} 的字段", **more)
            return
        if holder.sort in SINGLE:
            message = f"{before} 是{holder.sort.value}，下面没有名为 {name} 的字段"
        elif holder.sort is Sort.LIST:
            message = f"{before} 是列表，要用 for 逐项取，不能直接写 .{name}"
        else:
            where = f"{self.world.label(holder.path)}（{holder.path}）" if holder.path else f"{before} "
            message = f"{where}没有名为 {name} 的字段"
            more["expected"] = f"其中一项：{'、'.join(_known(holder))}"
        self.fault("T201", node, message, **more)

    def _probably(self, node: nodes.Node, near: str | None, holder: Meant | None) -> None:
        """Count what was probably meant as used, so that nobody is told besides that nothing uses it."""
        if near is not None:
            inside = holder.path if holder is not None else None
            path = f"{inside}.{near.rpartition('.')[2]}" if inside else near
            self.uses.append(Use(path, self.tag_of(node), whole=True, guessed=True))

    def call(self, node: nodes.Call) -> Meant:
        """What a call gives; its arguments are judged."""
        with self.mood(whole=True):
            given = [(item, self.meant(item)) for item in (*node.args, *(pair.value for pair in node.kwargs))]
        if not isinstance(node.node, nodes.Name):
            return self._method(node)
        name = node.node.name
        macro = self.scope.macro(name)
        known = macro or (FUNCTIONS.get(name) if self.world.functions else None)
        if known is None or self.scope.meant(name) is not None:
            return self._uncallable(node, name)
        self._count(node, f"{name}()", known)
        if macro is None:
            self._named(name, given)
            self.called.append((name, node, self.arms, self.bound))
            return self._given(name, known)
        return ANY

    def _named(self, function: str, given: Sequence[tuple[nodes.Expr, Meant]]) -> None:
        """Note what is handed to a function that takes names, and can be none."""
        for node, found in given if function in _NAMING else ():
            if found.sort in (Sort.LIST, Sort.GROUP, Sort.FUNCTION):
                source = _source(node)
                hint = f'名称要加引号，如 {function}("{source}")。' if isinstance(node, nodes.Name) else None
                self.fault("T204", node, f"{function}() 的参数要写名称，{source} 是{found.sort.value}", hint=hint)

    def _given(self, name: str, signature: Signature) -> Meant:
        if name == "table":
            tables = self.world.names.get("indicator_tables")
            return entry_of(tables, self.world.extras) if tables else ANY
        return Meant(Sort.LIST, entry=WHOLE) if signature.gives is Sort.LIST else Meant(signature.gives)

    def _method(self, node: nodes.Call) -> Meant:
        holder = self._holder(node.node)
        if holder.sort is Sort.FUNCTION:
            return Meant(Sort.TEXT, holder.path)
        if holder.sort is not Sort.ANY:
            self.fault("T203", node, f"{_source(node.node)} 是{holder.sort.value}，不是函数，后面不能写括号")
        elif holder.path is not None:
            self.use(holder, node)
        return ANY

    def _uncallable(self, node: nodes.Call, name: str) -> Meant:
        found = self.scope.meant(name) or self.world.names.get(name)
        if found is not None:
            self.use(found, node)
            if found.sort not in (Sort.ANY, Sort.FUNCTION) and name != "loop":
                self.fault("T203", node, f"{name} 是{found.sort.value}，不是函数，后面不能写括号")
        elif self.world.is_known:
            near = nearest(name, FUNCTIONS) if self.world.functions else None
            known = f"可用的函数：{'、'.join(FUNCTIONS)}" if self.world.functions else "这里不能用函数"
            hint = f"是不是想写 {near}？" if near else f"{known}。"
            self.fault("T203", node, f"没有名为 {name} 的函数", hint=hint)
        return ANY

    def _count(self, node: nodes.Call | nodes.Filter | nodes.Test, called: str, signature: Signature) -> None:
        """Note arguments that are too few, too many, or of other names."""
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            return
        wrong = miscounted(signature, len(node.args), tuple(str(pair.key) for pair in node.kwargs))
        if wrong is not None:
            self.fault("T204", node, f"{called} {wrong}")

    def filter(self, node: nodes.Filter) -> Meant:
        """What a filter gives; it is judged whether it fits its value and its arguments."""
        for argument in (*node.args, *(pair.value for pair in node.kwargs)):
            self.meant(argument)
        if node.node is None:
            return TEXT
        if node.name in _FORGIVING:
            with self.mood(forgiving=True, bound=True):
                value = self.meant(node.node)
        else:
            value = self.meant(node.node)
        signature = FILTERS.get(node.name)
        if signature is None:
            return ANY
        self._count(node, f"|{node.name}", signature)
        if (why := missampled(node)) is not None:
            self.fault("T204", node, why)
        self._fits(node, value, signature)
        if node.name == "join":
            self._joined(node, value)
        if node.name in ("first", "last"):
            return entry_of(value, self.world.extras) if value.sort in (Sort.LIST, Sort.ANY) else value
        return value if node.name in _FORGIVING else Meant(signature.gives, value.path)

    def _fits(self, node: nodes.Filter, value: Meant, signature: Signature) -> None:
        if value.sort is Sort.ANY or (not signature.takes and value.sort is not Sort.FUNCTION):
            return
        written = _source(node.node) if node.node is not None else ""
        if value.sort not in signature.takes:
            message = f"|{node.name} 不能用于{value.sort.value}（{written}）"
            self.fault("T207", node, message, expected=operations.words(signature.takes))
        elif (other := meant_instead(node.name, value.sort)) is not None:
            message = f"|{node.name} 用在{value.sort.value}（{written}）上，印出的多半不是想要的"
            self.fault("T207", node, message, severity=Severity.WARNING, hint=f"是不是想写 |{other}？")

    def _joined(self, node: nodes.Filter, value: Meant) -> None:
        """Judge what is joined: the entries of a list, or one field of each."""
        named = next((pair.value for pair in node.kwargs if pair.key == "attribute"), None)
        named = node.args[1] if len(node.args) > 1 else named
        entry = entry_of(value, self.world.extras)
        if isinstance(named, nodes.Const) and isinstance(named.value, str):
            entry = self._field(node, entry, named.value)
        self.use(entry, node)
        if (why := operations.unprintable(entry)) is not None:
            more = {"expected": 'join("、", attribute="字段名")'} if entry.sort is Sort.GROUP else {}
            self.fault("T205", node, f"列表的每一项{why[0]}", **more)

    def test(self, node: nodes.Test) -> Meant:
        """What a test gives: true or false; it is judged whether it fits its value."""
        for argument in node.args:
            self.meant(argument)
        with self.mood(forgiving=self.forgiving or node.name in _FORGIVING, printed=False):
            value = self.meant(node.node)
        signature = TESTS.get(node.name, Signature())
        self._count(node, f"is {node.name}", signature)
        if signature.takes and value.sort is not Sort.ANY and value.sort not in signature.takes:
            message = f"is {node.name} 不能用于{value.sort.value}"
            self.fault("T207", node, message, expected=operations.words(signature.takes))
        return FLAG


def _tail(tag: Tag, name: str) -> str:
    """The name with the fields that were typed behind it."""
    import re

    found = re.search(rf"(?<![\w.]){re.escape(name)}(?:\.\w+|\[\d+\])*", tag.code)
    return found[0] if found else name


def _known(group: Meant) -> list[str]:
    own = list(group.shape.fields) if isinstance(group.shape, GroupShape) else []
    return list(dict.fromkeys([*own, *group.fields]))


def _source(node: nodes.Node) -> str:
    """The expression as it was typed, as far as names, fields and entries go."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_source(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        index = str(node.arg.value) if isinstance(node.arg, nodes.Const) else "…"
        return f"{_source(node.node)}[{index}]"
    if isinstance(node, nodes.Filter) and node.node is not None:
        return f"{_source(node.node)}|{node.name}"
    return f"{_source(node.node)}(…)" if isinstance(node, nodes.Call) else "这个式子"


def _constant(_: Judge, node: nodes.Const) -> Meant:
    if isinstance(node.value, bool):
        return FLAG
    if isinstance(node.value, str):
        return TEXT
    return WHOLE if isinstance(node.value, int) else NUMBER if isinstance(node.value, float) else ANY


def _conditional(judge: Judge, node: nodes.CondExpr) -> Meant:
    judge.truth(node.test)
    with judge.mood(bound=True, whole=True):
        first = judge.meant(node.expr1)
        return first if node.expr2 is None else either(first, judge.meant(node.expr2))


def _either(judge: Judge, node: nodes.And | nodes.Or) -> Meant:
    with judge.mood(bound=True, whole=judge.printed):
        return either(judge.meant(node.left), judge.meant(node.right))


def _joined_text(judge: Judge, node: nodes.Concat) -> Meant:
    for part in node.nodes:
        judge.value(part)
    return TEXT


def _negated(judge: Judge, node: nodes.Not) -> Meant:
    judge.truth(node.node)
    return FLAG


def _listed(judge: Judge, node: nodes.List | nodes.Tuple) -> Meant:
    with judge.mood(whole=True):
        entries = [judge.meant(item) for item in node.items]
    return Meant(Sort.LIST, entry=entries[0] if entries and all(item == entries[0] for item in entries) else ANY)


def _compared(judge: Judge, node: nodes.Compare) -> Meant:
    with judge.mood(printed=False):
        left, written = judge.meant(node.expr), node.expr
        for operand in node.ops:
            right = judge.meant(operand.expr)
            for found in operations.compared(operand.op, (left, written), (right, operand.expr)):
                judge.fault("T208", node, found.message, severity=found.severity, hint=found.hint)
            left, written = right, operand.expr
    return FLAG


def _computed(judge: Judge, node: nodes.BinExpr) -> Meant:
    left, right = judge.meant(node.left), judge.meant(node.right)
    found, gives = operations.computed(node.operator, (left, node.left), (right, node.right))
    if found is not None:
        judge.fault("T208", node, found.message, severity=found.severity, hint=found.hint)
    return gives


def _others(judge: Judge, node: nodes.Node) -> Meant:
    for child in node.iter_child_nodes():
        judge.meant(child)
    return ANY


_MEANINGS: Mapping[type, Callable[[Judge, Any], Meant]] = {
    nodes.Const: _constant,
    nodes.Call: Judge.call,
    nodes.Filter: Judge.filter,
    nodes.Test: Judge.test,
    nodes.CondExpr: _conditional,
    nodes.And: _either,
    nodes.Or: _either,
    nodes.Not: _negated,
    nodes.Concat: _joined_text,
    nodes.Compare: _compared,
    nodes.List: _listed,
    nodes.Tuple: _listed,
    **dict.fromkeys((nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow), _computed),
}
