"""Names of clauses, annexes and forms of numbering, as no(), ref() and annex() of a whole set are called with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from jinja2 import nodes

from docgen.contract.nearest import nearest
from docgen.findings import Severity
from docgen.template.dialect import Fault
from docgen.template.lint.expressions import Judge
from docgen.template.numbering import LEVELS

_SAMPLES: Final = tuple(sample for level in LEVELS for sample in level.samples)

Arms = frozenset[tuple[int, int]]


class Called(NamedTuple):
    """One call of no(), ref() or annex() with fixed words: what it asks for, where, and in which arms of conditions.

    It is `bound` where it is made on a condition, of whatever form.
    """

    function: str
    words: tuple[str | None, ...]
    fault: Fault
    arms: Arms
    part: int
    bound: bool


def calls(judges: Sequence[Judge]) -> list[Called]:
    """The calls in the parts of one document, in order; arguments that are no fixed words count as None."""
    found = []
    for number, judge in enumerate(judges):
        for name, node, arms, bound in judge.called:
            tag = judge.tag_of(node)
            fault = Fault("", tag.place, tag.typed, "T209", tag.start)
            found.append(Called(name, tuple(_words(node)), fault, arms, number, bound))
    return found


def _words(node: nodes.Call) -> Iterator[str | None]:
    named = {pair.key: pair.value for pair in node.kwargs}
    given: list[Any] = [*node.args, *(named[key] for key in ("sample", "name", "identity") if key in named)]
    for argument in given:
        fixed = isinstance(argument, nodes.Const) and isinstance(argument.value, str)
        yield str(argument.value) if fixed else None


def clause_faults(
    documents: Mapping[str, list[Called]], annexes: Mapping[str, str | None] | None, document: str
) -> Iterator[Fault]:
    """What is wrong with the calls in one document of a set; `annexes` are those there may be, None if nobody knows."""
    names = {key: [call.words[1] for call in called if _names(call)] for key, called in documents.items()}
    others = [name for key, known in names.items() if key != document for name in dict.fromkeys(known)]
    yield from _numbers(documents[document])
    for call in documents[document]:
        if call.function == "ref":
            yield from _reference(call, names[document], others, alone=annexes is None)
        elif call.function == "annex" and annexes is not None:
            yield from _annex(call, annexes)


def _names(call: Called) -> bool:
    return call.function == "no" and len(call.words) > 1 and call.words[1] is not None


def _said(call: Called, message: str, **more: Any) -> Fault:
    return replace(call.fault, message=message, **more)


def _numbers(called: Iterable[Called]) -> Iterator[Fault]:
    """Forms of numbering there are not, and names that two clauses of a document have."""
    first: dict[str, list[Called]] = {}
    for call in called:
        if call.function != "no":
            continue
        sample = call.words[0] if call.words else None
        if sample is not None and sample not in _SAMPLES:
            known = "、".join(level.samples[0] for level in LEVELS)
            near = nearest(sample, _SAMPLES)
            hint = f"是不是想写 {near}？" if near else None
            yield _said(call, f"编号的样式“{sample}”不认识；可用的样式：{known}", hint=hint)
        if _names(call):
            name = str(call.words[1])
            if clashing := [other for other in first.setdefault(name, []) if _both(call, other)]:
                sure = any(_surely(call, other) for other in clashing)
                yield _said(
                    call,
                    f"条款名称“{name}”用了两次，ref 会指向不明",
                    severity=Severity.ERROR if sure else Severity.WARNING,
                    hint="请给各条起不同的名称。",
                )
            first[name].append(call)


def _both(one: Called, other: Called) -> bool:
    """Whether both calls may be made in one document: not where they stand in different arms of one condition."""
    if one.part != other.part:
        return True
    taken = dict(one.arms)
    return all(taken.get(condition, arm) == arm for condition, arm in other.arms)


def _surely(one: Called, other: Called) -> bool:
    """Whether one of the calls is made wherever the other one is: conditions of their own might exclude each other."""
    if one.part != other.part:
        return not (one.arms or other.arms)
    return one.arms <= other.arms or other.arms <= one.arms


def _reference(
    call: Called, own: Sequence[str | None], others: Sequence[str | None], *, alone: bool
) -> Iterator[Fault]:
    name = call.words[0] if call.words else None
    if name is None or name in own:
        return
    if others.count(name) > 1:
        yield _said(call, f"ref 指向不明：有 {others.count(name)} 份文件里都有名为“{name}”的条款")
    elif name not in others:
        near = nearest(name, [known for known in (*own, *others) if known])
        severity = Severity.WARNING if alone else Severity.ERROR
        hint = f"是不是想写 {near}？" if near else '名称写在编号标签里，如 no("一、", "名称")。'
        yield _said(call, f"没有名为“{name}”的条款，ref 没有所指", severity=severity, hint=hint)


def _annex(call: Called, annexes: Mapping[str, str | None]) -> Iterator[Fault]:
    name = call.words[0] if call.words else None
    if name is None:
        return
    if name in annexes:
        when = annexes[name]
        if when is not None and not call.bound:
            message = f"附件 {name} 只在 {when} 成立时才有，这里没有判断，没有这份附件的合同就生成不了"
            yield _said(call, message, severity=Severity.WARNING, hint=f"请先用 {{% if {when} %}} 判断。")
        return
    near = nearest(name, annexes)
    hint = f"是不是想写 {near}？" if near else None
    yield _said(call, f"没有标识为“{name}”的附件", expected=f"其中一项：{'、'.join(annexes)}", hint=hint)
