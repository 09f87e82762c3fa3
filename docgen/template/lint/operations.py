"""Which sorts of values can be printed, compared and computed with each other, and what is said where they cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from jinja2 import nodes

from docgen.contract.nearest import nearest
from docgen.findings import Severity
from docgen.template.lint.kinds import ANY, DECIMALS, NUMBER, NUMBERS, TEXT, WHOLE, Meant, Sort

Side = tuple[Meant, nodes.Expr]
"""What one side of an operator stands for, and the expression."""

_ORDER: Final = frozenset({"lt", "lteq", "gt", "gteq"})
_EQUAL: Final = frozenset({"eq", "ne"})
_MEMBER: Final = frozenset({"in", "notin"})
_PRINT: Final = {
    Sort.GROUP: ("是一组字段，不能直接打印", "写到具体的字段"),
    Sort.LIST: ("是一个列表，不能直接打印", '用 {% for %} 逐项打印，或写 |join("、")'),
    Sort.FLAG: ("是真假值，不能直接打印", "用 {% if %} 判断"),
    Sort.FUNCTION: ("是函数，不能直接打印", "后面加括号和参数"),
}


class Odd(NamedTuple):
    """What is wrong with an operation, how surely, and what to do."""

    message: str
    severity: Severity = Severity.ERROR
    hint: str | None = None


def words(sorts: Iterable[Sort]) -> str:
    """The sorts as a clerk lists them."""
    return "、".join(sort.value for sort in Sort if sort in set(sorts))


def unprintable(meant: Meant) -> tuple[str, str] | None:
    """Why something cannot be printed, and what to write instead; None where it can."""
    return _PRINT.get(meant.sort)


def compared(operator: str, left: Side, right: Side) -> Iterator[Odd]:
    """What is wrong with a comparison of two sides."""
    sorts = left[0].sort, right[0].sort
    if Sort.ANY in sorts:
        return
    if operator in _MEMBER:
        if sorts[1] not in (Sort.LIST, Sort.TEXT):
            yield Odd(f"in 的右边应为列表或文字，这里是{sorts[1].value}")
    elif operator in _ORDER:
        yield from _ordered(*sorts)
    elif operator in _EQUAL:
        yield from _equal(left, right)


def _ordered(one: Sort, other: Sort) -> Iterator[Odd]:
    if one in NUMBERS and other in NUMBERS:
        return
    if Sort.LIST in (one, other):
        yield Odd("列表不能比大小", hint="比较项数写 |length，如 {% if team|length > 3 %}。")
    elif one is other is Sort.DAY:
        yield Odd("日期不能比大小", hint="日期可能不完整，先后由数据核对；要判断是否相同，用 == 。")
    elif not one is other is Sort.TEXT:
        yield Odd(f"{one.value}不能与{other.value}比大小")


def _equal(left: Side, right: Side) -> Iterator[Odd]:
    one, other = left[0].sort, right[0].sort
    if Sort.GROUP in (one, other) or (Sort.LIST in (one, other) and one is not other):
        yield Odd(f"{one.value}不能与{other.value}比较")
    elif Sort.FLAG in (one, other) and one is not other:
        yield Odd(f"{one.value}与{other.value}永远不相等", hint="是否成立直接写 {% if 字段 %} 或 {% if not 字段 %}。")
    elif (one in NUMBERS) is not (other in NUMBERS) and Sort.FLAG not in (one, other):
        yield Odd(f"{one.value}与{other.value}永远不相等", hint="数直接写，不加引号。")
    for (meant, _), (_, written) in ((left, right), (right, left)):
        if meant.options and isinstance(written, nodes.Const) and written.value not in meant.options:
            near = nearest(str(written.value), meant.options, 0.3)
            known = "、".join(meant.options)
            hint = f"是不是想写“{near}”？" if near else None
            yield Odd(f"“{written.value}”不是可选的值，永远不相等；可选的有：{known}", hint=hint)


def computed(operator: str, left: Side, right: Side) -> tuple[Odd | None, Meant]:
    """What is wrong with a computation of two sides, if anything, and what it gives."""
    one, other = left[0].sort, right[0].sort
    if Sort.ANY in (one, other):
        return None, ANY
    if one in NUMBERS and other in NUMBERS:
        return _fraction(left, right), WHOLE if {one, other} == {Sort.WHOLE} and operator != "/" else NUMBER
    if operator == "+" and one is other and one in (Sort.TEXT, Sort.LIST):
        return None, left[0] if one is Sort.LIST else TEXT
    hint = "连接文字用 ~ ，如 {{ 甲 ~ 乙 }}。" if Sort.TEXT in (one, other) else None
    return Odd(f"{one.value}不能与{other.value}做 {operator} 运算", hint=hint), ANY


def _fraction(left: Side, right: Side) -> Odd | None:
    """Exact numbers cannot be computed with decimals as Jinja reads them."""
    for (meant, _), (_, written) in ((left, right), (right, left)):
        fraction = isinstance(written, nodes.Const) and isinstance(written.value, float)
        if fraction and meant.sort in DECIMALS and meant.path is not None:
            hint = "改为整数的乘除，如 × 0.1 写成 / 10；比例最好放在数据里。"
            return Odd(f"{meant.sort.value}不能与小数 {written.value} 直接计算", hint=hint)  # type: ignore[attr-defined]
    return None
