"""Statements of templates judged: what loops, conditions and assignments give names to, and what is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from jinja2 import nodes

from docgen.template.dialect import Tag
from docgen.template.lint.expressions import Judge
from docgen.template.lint.kinds import ANY, SINGLE, TEXT, Meant, Sort, either, entry_of
from docgen.template.lint.scope import Scope
from docgen.template.lint.signatures import Signature
from docgen.template.lint.world import World, loop_of
from docgen.template.syntax import tag_at


def judged(tree: nodes.Template, tags: Sequence[Tag], world: World) -> Judge:
    """All that can be said of the program of a part before there are any data."""

    def tag_of(node: nodes.Node) -> Tag:
        tag = tag_at(tags, node.lineno)
        assert tag is not None, "a program without tags has no expressions"
        return tag

    judge = Judge(world, tag_of)
    _Statements(judge).all(tree.body)
    return judge


class _Statements:
    """One walk over the statements of a part, in the order in which they act."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._conditions = count()

    def all(self, statements: Sequence[nodes.Node]) -> None:
        """Judge statements one after the other."""
        for statement in statements:
            judge = _STATEMENTS.get(type(statement))
            if judge is not None:
                judge(self, statement)

    def _inside(self, statements: Sequence[nodes.Node], names: Mapping[str, Meant]) -> None:
        """Judge statements that names are known in which nobody outside knows."""
        scope = self._judge.scope
        self._judge.scope = Scope(scope)
        self._judge.scope.names.update(names)
        self.all(statements)
        self._judge.scope = scope

    def output(self, node: nodes.Output) -> None:
        """Judge what is printed."""
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                with self._judge.mood(printed=True):
                    self._judge.value(part)

    def loop(self, node: nodes.For) -> None:
        """Judge a loop, and what stands in it for every entry."""
        judge = self._judge
        whole = judge.meant(node.iter)
        judge.use(whole, node.iter, goes=True)
        if whole.sort in SINGLE or whole.sort is Sort.GROUP:
            judge.fault("T206", node, f"for 要逐项取的是{whole.sort.value}，不是列表", expected="列表")
            whole = ANY
        elif whole.sort is Sort.FUNCTION:
            judge.fault("T206", node, "for 要逐项取的是函数，后面缺括号和参数", expected="列表")
            whole = ANY
        entry = entry_of(whole, judge.world.extras)
        names = {**_targets(node.target, entry), "loop": loop_of(entry)}
        if node.test is not None:
            scope = judge.scope
            judge.scope = Scope(scope)
            judge.scope.names.update(names)
            judge.truth(node.test)
            judge.scope = scope
        self._inside(node.body, names)
        self._inside(node.else_, {})

    def condition(self, node: nodes.If) -> None:
        """Judge a condition with all its arms; what an arm gives a name to is known behind it."""
        judge, number = self._judge, next(self._conditions)
        before = dict(judge.scope.names)
        arms, kept = judge.arms, []
        branches = [node, *node.elif_]
        with judge.mood(bound=True):
            for arm, branch in enumerate(branches):
                judge.truth(branch.test)
                kept.append(self._arm(branch.body, before, arms | {(number, arm)}))
            kept.append(self._arm(node.else_, before, arms | {(number, len(branches))}))
        judge.arms = arms
        judge.scope.names = _merged(before, kept)

    def _arm(
        self, statements: Sequence[nodes.Node], before: Mapping[str, Meant], arms: frozenset[tuple[int, int]]
    ) -> dict[str, Meant]:
        self._judge.scope.names = dict(before)
        self._judge.arms = arms
        self.all(statements)
        return self._judge.scope.names

    def assign(self, node: nodes.Assign) -> None:
        """Judge an assignment."""
        with self._judge.mood(printed=False):
            found = self._judge.meant(node.node)
        self._judge.scope.names.update(_targets(node.target, found))

    def assign_text(self, node: nodes.AssignBlock) -> None:
        """Judge the text that is given a name."""
        self._inside(node.body, {})
        self._judge.scope.names.update(_targets(node.target, TEXT))

    def within(self, node: nodes.With) -> None:
        """Judge what stands in a block that names values."""
        names: dict[str, Meant] = {}
        for target, value in zip(node.targets, node.values, strict=True):
            names.update(_targets(target, self._judge.meant(value)))
        self._inside(node.body, names)

    def macro(self, node: nodes.Macro) -> None:
        """Judge a macro, of whose arguments nothing is known, and remember how it is called."""
        names = tuple(argument.name for argument in node.args)
        for default in node.defaults:
            self._judge.meant(default)
        self._judge.scope.macros[node.name] = Signature(len(names) - len(node.defaults), len(names), names)
        inside = ("caller", "varargs", "kwargs")
        self._inside(node.body, {**dict.fromkeys(names, ANY), **dict.fromkeys(inside, ANY)})

    def call(self, node: nodes.CallBlock) -> None:
        """Judge the call of a macro with a text."""
        self._judge.meant(node.call)
        self._inside(node.body, {argument.name: ANY for argument in node.args})


def _targets(target: nodes.Node, meant: Meant) -> dict[str, Meant]:
    """What the names on the left of an assignment or of a loop stand for."""
    if isinstance(target, nodes.Name):
        return {target.name: meant}
    return {name.name: ANY for name in target.find_all(nodes.Name)}


def _merged(before: Mapping[str, Meant], arms: Sequence[Mapping[str, Meant]]) -> dict[str, Meant]:
    """What names stand for behind a condition, whichever of its arms was taken."""
    merged: dict[str, Meant] = {}
    for name in dict.fromkeys(name for names in (before, *arms) for name in names):
        first, *others = (names[name] for names in arms if name in names)
        for meant in others:
            first = either(first, meant)
        merged[name] = first
    return merged


_STATEMENTS: Mapping[type, Callable[[_Statements, Any], None]] = {
    nodes.Output: _Statements.output,
    nodes.For: _Statements.loop,
    nodes.If: _Statements.condition,
    nodes.Assign: _Statements.assign,
    nodes.AssignBlock: _Statements.assign_text,
    nodes.With: _Statements.within,
    nodes.Macro: _Statements.macro,
    nodes.CallBlock: _Statements.call,
}
